#pragma once

#include <cstddef>
#include <vector>

#include "ketensim/scenario.hpp"

namespace ketensim::cli {

/// How many interventions the alternative begins with that are the baseline's.
std::size_t shared_interventions(const Scenario& baseline, const Scenario& alternative);

/// The alternative with each of its own interventions alone, as `<id>-1-<kind>`, `<id>-2-<kind>`, ...: interventions
/// that it shares with the baseline stay in all of them. Empty where it has fewer than two of its own: alone and
/// together are the same then.
std::vector<Scenario> each_alone(const Scenario& baseline, const Scenario& alternative);

}  // namespace ketensim::cli
