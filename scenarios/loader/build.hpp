#pragma once

#include "ketensim/scenario.hpp"
#include "scenarios/loader/node.hpp"

namespace ketensim::loader {

/// The scenario that a merged document describes. What check_shape() found wrong is left out, so that the names of
/// whatever is given are known; `id` and `text` are the caller's. Families that a file records are left to
/// read_recorded().
Scenario build_scenario(const Node& root);

/// Parts of it.
Chain build_chain(const Node& root);
Distribution build_distribution(const Node& node);
std::vector<Target> build_targets(const Node& node);
std::vector<Condition> build_conditions(const Node& node);
std::vector<std::string> build_texts(const Node& list);
std::vector<Intervention> build_interventions(const Node& list);

}  // namespace ketensim::loader
