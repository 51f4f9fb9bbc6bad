#pragma once

#include <cstring>
#include <vector>

namespace ketensim::support {

/// Bit for bit, so that undefined figures (NaN) are equal too.
inline bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0);
}

}  // namespace ketensim::support
