#include "tools/cli/simulation.hpp"
#include "tools/cli/verbs.hpp"
#include "tools/results/errors.hpp"

namespace ketensim::cli {
namespace {

po::options_description options() {
  po::options_description options = simulation_options();
  options.add_options()("layers", "also say what chance, parameters and plans for staff each bring to the spread");
  return options;
}

void run(const Arguments& arguments) {
  SimulationOptions options = read_simulation_options(arguments);
  options.layers = arguments.has("layers");
  if (options.layers && options.shards > 1) throw InputError("--shard: --layers needs all replications");
  if (arguments.files().empty()) throw InputError("run: name at least one scenario file");
  const std::vector<Scenario> loaded = load_scenarios(arguments.files(), options.calibrated, options.quiet, true);
  std::vector<Scenario> scenarios = split_ranges(loaded);
  for (Scenario& scenario : scenarios) {
    if (options.replications) scenario.precision.reset();
    scenario.replications = options.replications.value_or(scenario.replications);
    scenario.seed = options.seed.value_or(scenario.seed);
  }
  const bool validated = scenarios.size() == loaded.size() && !options.replications;
  Simulation(options).run(std::move(scenarios), false, validated);
}

}  // namespace

Verb run_verb() {
  return {"run",
          "SCENARIO...",
          "Simulates scenarios and shows flow, waiting, norms and utilisation per step",
          "  ketensim run scenarios/twente/baseline.yaml\n"
          "  ketensim run baseline.yaml --out results --replications 200\n"
          "  ketensim run baseline.yaml --out results --cases 1\n"
          "  ketensim run forecast.yaml --calibrated calibrated --layers\n",
          options,
          run};
}

}  // namespace ketensim::cli
