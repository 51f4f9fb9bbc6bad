#pragma once

#include <string>

#include "ketensim/allocate.hpp"

namespace ketensim {

/// allocation.csv: per pool what one unit brings alone, and what the best allocation and the runner-up give it.
std::string allocation_csv(const AllocationStudy& study, const AllocationOptions& options);

/// frontier.csv: per amount the best allocation and the runner-up, with their objective and effect.
std::string frontier_csv(const AllocationStudy& study, const AllocationOptions& options);

/// `2 VTT.triage + 3 RVDK.research`.
std::string allocation_text(const std::vector<std::string>& pools, const Allocation& units);

/// How many units it holds.
int units_in(const Allocation& units);

}  // namespace ketensim
