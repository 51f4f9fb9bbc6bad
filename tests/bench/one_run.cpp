// One thread simulates a few replications of a scenario: what callgrind counts the instructions of (see instructions.sh).
// Usage: ketensim_bench_one_run SCENARIO REPLICATIONS [DAYS]; DAYS cuts the reported period short. Prints the events.
#include <fmt/format.h>

#include <cstdlib>
#include <vector>

#include "engine/kernel/simulator.hpp"
#include "ketensim/load.hpp"

int main(int count, char** words) {
  using namespace ketensim;
  if (count < 3) return EXIT_FAILURE;
  Loaded loaded = load_scenario(words[1]);
  if (!loaded.ok()) return EXIT_FAILURE;
  Scenario& scenario = loaded.scenario;
  if (count > 3) scenario.period.end = scenario.period.start + std::chrono::days{std::atoi(words[3])};
  Layout layout = lay_out_periods(scenario.period);
  const Model model = compile(scenario, layout.cells);
  lay_out_figures(model, layout);
  std::vector<double> values(layout.size());
  Simulator simulator(model, layout);
  std::uint64_t events = 0;
  for (int replication = 0; replication < std::atoi(words[2]); ++replication) {
    simulator.run(scenario.seed, replication, values.data());
    events += simulator.events();
  }
  fmt::print("{}\n", events);
}
