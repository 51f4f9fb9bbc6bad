#pragma once

#include "tools/report/tables.hpp"
#include "tools/results/buffers.hpp"

namespace ketensim::report {

/// How far the open cases are into their norms, on average, and why those in the red are there.
Table buffer_table(const BufferStudy& study);

}  // namespace ketensim::report
