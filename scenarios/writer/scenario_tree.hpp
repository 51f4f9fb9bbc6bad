#pragma once

#include "ketensim/scenario.hpp"
#include "scenarios/writer/tree.hpp"

namespace ketensim::writer {

/// The file of a scenario; with `chain` in place of its own chain. Throws std::invalid_argument on interventions.
Tree tree_of(const Scenario& scenario, const Chain& chain);

std::string day_of(Date date);

}  // namespace ketensim::writer
