#pragma once

#include <vector>

#include "engine/kernel/model.hpp"
#include "ketensim/simulate.hpp"

namespace ketensim {

/// As simulate(), of scenarios that are known to be valid. `alike`: for each a model of a scenario that has the same
/// state and differs in nothing that the state hangs on (names, routes, kept slots), or null; none: null for all. A
/// large state is then read once, and not again for each scenario.
std::vector<Results> simulate_valid(const std::vector<Scenario>& scenarios, const std::vector<const Model*>& alike,
                                    const RunOptions& options);

}  // namespace ketensim
