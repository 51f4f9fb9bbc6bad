#include "tools/report/disclosure.hpp"

#include <fmt/format.h>

namespace ketensim::report {

std::string Disclosure::told(std::size_t count, const NumberStyle& style) const {
  if (!may_tell(count)) return fmt::format("<{}", least_);
  return number(static_cast<double>(rounded(count)), 0, style);
}

std::vector<bool> Disclosure::hidden(std::span<const std::size_t> counts) const {
  std::vector<bool> hide(counts.size());
  std::size_t cells = 0, sum = 0;
  const auto add = [&](std::size_t cell) {
    hide[cell] = true;
    ++cells;
    sum += counts[cell];
  };
  for (std::size_t cell = 0; cell < counts.size(); ++cell)
    if (!may_tell(counts[cell])) add(cell);
  while (cells > 0 && cells < counts.size() && (cells < 2 || sum < least_)) {
    std::size_t smallest = counts.size();
    for (std::size_t cell = 0; cell < counts.size(); ++cell)
      if (!hide[cell] && (smallest == counts.size() || counts[cell] < counts[smallest])) smallest = cell;
    add(smallest);
  }
  return hide;
}

}  // namespace ketensim::report
