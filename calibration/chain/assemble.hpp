#pragma once

#include "calibration/chain/evidence.hpp"
#include "calibration/chain/figures.hpp"

namespace ketensim::chain {

/// The chain that the fits of a calibration amount to, at their estimates or at a draw.
Chain assemble(const Evidence& evidence, const Calibration& fits, Figures& figures);

/// The pool of an organisation, by its members' fits: who limits and what the group has in common.
struct PoolPlan {
  std::string id{}, organisation{};  // of the group, where there are members
  std::int32_t claimed_at = kUnknown, held_until = kUnknown;
  std::vector<const CapacityFit*> members{};  // those with fte, or one alone
  const CapacityFit* telling = nullptr;     // the one with most full days: its order and holding are the pool's
};
std::vector<PoolPlan> pools_of(const Evidence& evidence, const std::vector<CapacityFit>& fits);

/// What a member without a queue of its own takes from the others: their common cases per fte, and the spread between
/// them; at least the busiest that was seen.
struct CommonCaseload {
  double mean = 0.0, spread = 0.0;
};
CommonCaseload common_caseload(const PoolPlan& pool);

/// The attribute that says that a case waited long at a step, where routes depend on it.
std::string late_attribute(const Evidence& evidence, std::int32_t step);

}  // namespace ketensim::chain
