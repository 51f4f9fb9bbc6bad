#pragma once

#include "tools/report/tables.hpp"
#include "tools/results/constraint.hpp"

namespace ketensim::report {

/// Which pools are busy, where children wait, and where a slot more is worth most.
Table pools_table(const ConstraintStudy& study);
/// What one more slot, and one more fte, of each pool brings to the chain.
Table worth_table(const ConstraintStudy& study);

/// What was found, in a sentence.
std::string constraint_sentence(const ConstraintStudy& study);

}  // namespace ketensim::report
