#pragma once

#include <vector>

#include "ketensim/allocate.hpp"
#include "tools/report/tables.hpp"

namespace ketensim::report {

/// What one unit is worth at each pool, what the best allocations are of each amount, and what the last of them does to
/// every objective.
std::vector<Table> allocation_tables(const AllocationStudy& study, const AllocationOptions& options, int replications);

}  // namespace ketensim::report
