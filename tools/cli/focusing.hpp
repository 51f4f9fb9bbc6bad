#pragma once

#include "ketensim/focusing.hpp"
#include "tools/cli/levers.hpp"
#include "tools/results/focusing.hpp"

namespace ketensim::cli {

/// Takes the focusing steps of a scenario, showing each as soon as it is known unless `quiet`.
FocusingStudy focusing_study(const Scenario& scenario, const FocusingOptions& options, bool quiet);

/// Writes the file of each step.
void add_levers(LeverFiles& levers, FocusingStudy& study, const std::string& scenario_file);

}  // namespace ketensim::cli
