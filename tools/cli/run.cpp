#include "tools/cli/simulation.hpp"
#include "tools/cli/verbs.hpp"
#include "tools/results/errors.hpp"

namespace ketensim::cli {
namespace {

void run(const Arguments& arguments) {
  const SimulationOptions options = read_simulation_options(arguments);
  if (arguments.files().empty()) throw InputError("run: name at least one scenario file");
  std::vector<Scenario> scenarios =
      split_ranges(load_scenarios(arguments.files(), options.calibrated, options.quiet, true));
  for (Scenario& scenario : scenarios) {
    scenario.replications = options.replications.value_or(scenario.replications);
    scenario.seed = options.seed.value_or(scenario.seed);
  }
  Simulation(options).run(scenarios, false);
}

}  // namespace

Verb run_verb() {
  return {"run",
          "SCENARIO...",
          "Simulates scenarios and shows flow, waiting, norms and utilisation per step",
          "  ketensim run scenarios/twente/baseline.yaml\n"
          "  ketensim run baseline.yaml --out results --replications 200\n"
          "  ketensim run baseline.yaml --out results --cases 1\n",
          simulation_options,
          run};
}

}  // namespace ketensim::cli
