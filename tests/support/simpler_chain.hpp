#pragma once

#include <vector>

#include "ketensim/scenario.hpp"

namespace ketensim::support {

/// Valid scenarios that are one thing simpler, the boldest first: what a failing property is tried on again and again
/// until nothing can be left out.
std::vector<Scenario> simpler(const Scenario& scenario);

}  // namespace ketensim::support
