#pragma once

#include "ketensim/scenario.hpp"
#include "tools/cli/levers.hpp"
#include "tools/cli/simulation.hpp"
#include "tools/results/causes.hpp"

namespace ketensim::cli {

CausesStudy causes_study(const Scenario& scenario, const SimulationOptions& settings);

/// Writes `SCENARIO-without-CAUSE.yaml` with all causes up to that one taken away, where a file on top of the scenario
/// can say that.
void add_levers(LeverFiles& levers, const CausesStudy& study, const Scenario& scenario,
                const std::string& scenario_file);

}  // namespace ketensim::cli
