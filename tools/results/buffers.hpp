#pragma once

#include <string>
#include <vector>

#include "ketensim/buffers.hpp"

namespace ketensim {

struct BufferStudy {
  std::string scenario;
  std::vector<Buffer> buffers;
};

/// buffers.csv: a row for each step, norm and period.
std::string buffers_csv(const std::vector<BufferStudy>& studies);

}  // namespace ketensim
