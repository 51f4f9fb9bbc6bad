#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "ketensim/chain.hpp"
#include "ketensim/indicators.hpp"

namespace ketensim {

/// What capacity may be used for: one figure of a replication over its whole period.
struct Objective {
  std::string_view name, unit, meaning;
  bool more_is_better = false;
  /// Of one replication in one period; NaN where undefined.
  double (*value)(const Chain& chain, const Results& results, int replication, std::size_t period);
};

/// The table of objectives: adding one means adding a row.
std::span<const Objective> objectives();

/// The row with that name, or null.
const Objective* find_objective(std::string_view name);

/// The objective in every replication, over the whole period.
std::vector<double> objective_values(const Objective& objective, const Chain& chain, const Results& results);

}  // namespace ketensim
