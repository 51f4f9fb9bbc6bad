#pragma once

#include <string>
#include <vector>

#include "tools/report/fit/view.hpp"

namespace ketensim::report {

/// What a planner should know of the fits, in sentences.
struct Doubts {
  std::size_t fits = 0;               // that were made
  std::vector<std::string> doubtful;  // at most one sentence a fit: the gravest
  std::vector<std::string> changes;   // what was not the same all the time
};
Doubts doubts_of(const FitView& view);

}  // namespace ketensim::report
