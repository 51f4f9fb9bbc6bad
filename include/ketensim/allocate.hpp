#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ketensim/indicators.hpp"
#include "ketensim/objective.hpp"
#include "ketensim/scenario.hpp"

namespace ketensim {

/// What is added to a pool: an fte works as `cases_per_fte` says, a slot takes one case.
enum class CapacityUnit { fte, slots };

/// Whole fte (or slots) added to each pool, in the order of the pools.
using Allocation = std::vector<int>;

struct AllocationLimit {
  std::string organisation;  // a member, a `per:` group as a whole, or any other
  int most = 0;
};

struct AllocationOptions {
  CapacityUnit unit = CapacityUnit::fte;
  int amount = 1;  // 1 to 100, all of it is placed
  std::string objective = "time_to_help";
  std::vector<AllocationLimit> limits;
  std::optional<Date> from, until;  // when the capacity is there; default: the whole period
  /// Allocations whose objectives differ by less are equally good. Default: a tenth of what one unit brings on average.
  std::optional<double> indifference;
  double confidence = 0.95;  // that the choice is within `indifference` of the best of those tried
  bool frontier = false;     // also the best allocation of 1, 2, ... up to `amount`
  /// As many allocations, or fewer, are all tried; of more, those that a search comes by.
  std::size_t enumerate_at_most = 50;
  int threads = 0;

  std::function<void(std::string_view phase, int done, int total)> progress;         // in replications; may be empty
  std::function<void(const Allocation& so_far, const Summary& effect)> best_so_far;  // may be empty
};

/// The best allocation that was found of an amount.
struct BestAllocation {
  Allocation units;
  Summary value, effect;         // the objective, and its paired difference from the baseline
  std::vector<Summary> effects;  // its paired differences in each of objectives()
  Allocation runner_up;          // empty: there was no other
  Summary runner_up_value, runner_up_effect;
  Summary behind;            // runner-up - best, paired
  double probability = 1.0;  // that none of those tried is better by more than the indifference
  std::size_t tried = 0;     // allocations of this amount
  bool all_tried = false;    // there are no others
};

struct AllocationStudy {
  std::vector<std::string> pools;  // members of `per:` pools apart
  Summary baseline;                // the objective without any of it
  double indifference = 0.0;
  std::vector<Summary> marginal;  // what one unit brings at each pool alone: paired differences under `search_seed`
  int marginal_replications = 0;
  std::uint64_t search_seed = 0;
  std::vector<BestAllocation> best;  // of 1, 2, ..., amount; without a frontier only the last is there
};

/// The pools that may be given more, members of `per:` pools apart: with fte only those that are counted in fte.
std::vector<std::string> allocation_pools(const Scenario& scenario, CapacityUnit unit);

/// Everything that stands in the way of an allocation: empty if nothing. The scenario itself must be valid.
std::vector<std::string> allocation_problems(const Scenario& scenario, const AllocationOptions& options);

/// Where `amount` whole units serve the objective best. In three steps: units are added one by one where the next is
/// worth most (Fox 1966); then one unit is moved from pool to pool as long as that helps; then the best few are
/// compared on other draws, those of the scenario's own seed. All allocations share their draws, and any is dropped by
/// procedures that hold under shared draws: the fully sequential one of Kim and Nelson (2001), and paired t-tests. What
/// is reported of the best comes from the last step, of as many replications as the scenario has: it is not judged by
/// the draws on which it was chosen among many. That no allocation beyond those tried is better is certain only where
/// all were. Throws std::invalid_argument with the first of allocation_problems(), or if the objective is undefined.
AllocationStudy allocate(const Scenario& scenario, const AllocationOptions& options);

/// The interventions that give the pools so much.
std::vector<Intervention> interventions_of(const std::vector<std::string>& pools, const Allocation& units,
                                           const Scenario& scenario, const AllocationOptions& options);

}  // namespace ketensim
