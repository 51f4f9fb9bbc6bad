#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "tools/report/numbers.hpp"

namespace ketensim::report {

/// What may be told of how many there were in the past (design: what leaves the region). Counts under `min_cell` are
/// hidden and others rounded to 5; with a `min_cell` of 1 all is told as it is.
class Disclosure {
 public:
  explicit Disclosure(int min_cell) : least_(min_cell > 1 ? static_cast<std::size_t>(min_cell) : 1) {}

  bool exact() const { return least_ == 1; }
  std::size_t least() const { return least_; }
  bool may_tell(std::size_t count) const { return exact() || count >= least_; }
  std::size_t rounded(std::size_t count) const { return exact() ? count : (count + 2) / 5 * 5; }
  /// `<10`, `1.235`.
  std::string told(std::size_t count, const NumberStyle& style) const;

  /// Which of the counts that add up to a known total are hidden: those that may not be told, and as many of the
  /// smallest others (the earlier of two alike) as it takes for at least two to be hidden that hold `min_cell`
  /// together.
  std::vector<bool> hidden(std::span<const std::size_t> counts) const;

 private:
  std::size_t least_;
};

}  // namespace ketensim::report
