#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tools/cli/simulation.hpp"

namespace ketensim::cli {

/// What `compare` finds out beside the scenarios that were typed. Scenarios, results and files come together here.
struct Comparison {
  std::vector<Scenario> scenarios;  // the baseline first
  std::vector<Results> results;
  Simulation::Addition addition;

  void add(Scenario scenario, Results result);
};

/// --sequence: each alternative's interventions one after the other, and which to do first.
void add_sequences(Comparison& comparison, const std::vector<Scenario>& alternatives, const std::string& objective,
                   const Simulation& simulation);

/// --accompany: the smallest capacity that keeps every queue at or below the baseline's. `files`: of the alternatives.
void add_accompaniments(Comparison& comparison, const std::vector<Scenario>& alternatives,
                        const std::vector<std::string>& files, const std::filesystem::path& out,
                        const Simulation& simulation);

/// The waves of all alternatives, where there are any; as tables those of the first `shown` scenarios.
void add_waves(const Study& study, std::size_t shown, bool all_members, Simulation::Addition& addition);

}  // namespace ketensim::cli
