#pragma once

#include "calibration/chain/assemble.hpp"

namespace ketensim::chain {

/// Says beside each figure of the chain file what it rests on, and in `notes` what a planner should know of it.
void add_remarks(const Evidence& evidence, const CalibrationOptions& options, Calibration& fits);

/// A number of cases as it may be told: nothing below `min_cell`, rounded to 5 otherwise.
std::string told_count(std::size_t cases, int min_cell);

}  // namespace ketensim::chain
