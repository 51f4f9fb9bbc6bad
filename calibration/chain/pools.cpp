// Which pools a chain has, by what the deliveries tell of their members.
#include <algorithm>
#include <cmath>

#include "calibration/chain/assemble.hpp"

namespace ketensim::chain {
namespace {

const CapacityFit* more_telling(const CapacityFit* one, const CapacityFit* other) {
  if (!one || !one->limits) return other && other->limits ? other : one;
  return other->limits && other->full_days > one->full_days ? other : one;
}

}  // namespace

/// The mean of the members that limit, weighted by their precision, and the spread between them beyond their errors
/// (DerSimonian and Laird 1986).
CommonCaseload common_caseload(const PoolPlan& pool) {
  double weights = 0.0, squares = 0.0, sum = 0.0, q = 0.0;
  int count = 0;
  const auto weight_of = [](const CapacityFit& fit) {
    const double error = std::max(fit.cases_per_fte.standard_error, 1e-3 * fit.cases_per_fte.estimate);
    return 1.0 / (error * error);
  };
  const auto each = [&](auto&& act) {
    for (const CapacityFit* fit : pool.members)
      if (fit->limits && fit->cases_per_fte.estimate > 0.0) act(*fit, weight_of(*fit));
  };
  each([&](const CapacityFit& fit, double w) {
    ++count;
    weights += w;
    squares += w * w;
    sum += w * fit.cases_per_fte.estimate;
  });
  if (count == 0) return {};
  const double mean = sum / weights;
  each([&](const CapacityFit& fit, double w) { q += w * std::pow(fit.cases_per_fte.estimate - mean, 2); });
  const double between = count > 1 ? std::max(0.0, (q - (count - 1)) / (weights - squares / weights)) : 0.0;
  double sum_again = 0.0, weights_again = 0.0;
  each([&](const CapacityFit& fit, double w) {
    const double again = 1.0 / (1.0 / w + between);
    sum_again += again * fit.cases_per_fte.estimate;
    weights_again += again;
  });
  // One member tells nothing of the spread: a twentieth, as caseloads differ that are agreed to be alike.
  const double spread = count > 1 ? std::sqrt(between + 1.0 / weights_again) : 0.05 * mean;
  return {sum_again / weights_again, spread};
}

std::vector<PoolPlan> pools_of(const Evidence& evidence, const std::vector<CapacityFit>& fits) {
  std::vector<PoolPlan> pools;
  for (const CapacityFit& fit : fits) {
    if (!fit.ok()) continue;
    const std::int32_t named = fit.reported_at != kUnknown ? fit.reported_at : fit.claimed_at;
    if (named == kUnknown) continue;
    const MonitorStep& step = evidence.monitor().steps[static_cast<std::size_t>(named)];
    auto pool = std::find_if(pools.begin(), pools.end(), [&](const PoolPlan& p) { return p.id == step.id; });
    if (pool == pools.end()) pool = pools.insert(pools.end(), PoolPlan{step.id, step.organisation});
    pool->members.push_back(&fit);
    pool->telling = more_telling(pool->telling, &fit);
  }
  std::erase_if(pools, [](const PoolPlan& pool) { return !pool.telling || !pool.telling->limits; });
  for (PoolPlan& pool : pools) {
    pool.claimed_at = pool.telling->claimed_at;
    pool.held_until = pool.telling->held_until;
  }
  return pools;
}

}  // namespace ketensim::chain
