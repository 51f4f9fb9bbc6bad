#pragma once

#include "tools/report/tables.hpp"
#include "tools/results/causes.hpp"

namespace ketensim::report {

/// Who waits at each step, and why.
Table causes_table(const CausesStudy& study);

}  // namespace ketensim::report
