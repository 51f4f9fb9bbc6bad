#pragma once

#include <string>

#include "tools/report/tables.hpp"
#include "tools/results/focusing.hpp"

namespace ketensim::report {

/// Throughput, waiting and lead time after each of the steps.
Table steps_table(const FocusingStudy& study);

/// A step in a line, as soon as it is known.
std::string step_line(const FocusingStep& step);

}  // namespace ketensim::report
