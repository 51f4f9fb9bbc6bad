#include "ketensim/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include "tools/cli/each.hpp"
#include "tools/cli/simulation.hpp"
#include "tools/cli/verbs.hpp"
#include "tools/results/errors.hpp"

namespace ketensim::cli {
namespace {

po::options_description options() {
  po::options_description options = simulation_options();
  options.add_options()("each", "run every intervention of an alternative alone too, then all of them together");
  return options;
}

/// What was valid by itself may not be so within the baseline's period, or with one of its interventions alone. What
/// stays as it was loaded has been checked.
std::vector<bool> to_check(const std::vector<Scenario>& alternatives, const Scenario& baseline,
                           const std::vector<std::string>& loaded) {
  std::vector<bool> check;
  for (const Scenario& alternative : alternatives)
    check.push_back(alternative.period != baseline.period || alternative.replications < baseline.replications ||
                    std::find(loaded.begin(), loaded.end(), alternative.id) == loaded.end());
  return check;
}

int print_errors(const Scenario& scenario) {
  int errors = 0;
  for (const Problem& problem : validate(scenario)) {
    if (problem.severity != Problem::Severity::error) continue;
    ++errors;
    const Diagnostic diagnostic{problem.severity, scenario.id, 0, 0, problem.message, problem.suggestion};
    fmt::print(stderr, "{}\n", diagnostic.text());
  }
  return errors;
}

void check_imposed(const std::vector<Scenario>& alternatives, const std::vector<bool>& check,
                   const Scenario& baseline) {
  int errors = 0;
  for (std::size_t i = 0; i < alternatives.size(); ++i)
    if (check[i]) errors += print_errors(alternatives[i]);
  if (errors > 0)
    throw InputError(fmt::format("{} error{} under the period of {}", errors, errors == 1 ? "" : "s", baseline.id));
}

/// What one scenario begins with and the other does not would be taken for an effect.
void check_same_state(const std::vector<Scenario>& alternatives, const Scenario& baseline) {
  const auto begins_with = [](const Scenario& scenario) {
    return scenario.state ? std::pair(scenario.state->file, scenario.state->snapshot)
                          : std::pair(std::string(), Date{});
  };
  for (const Scenario& alternative : alternatives)
    if (begins_with(alternative) != begins_with(baseline))
      throw InputError(
          fmt::format("{} and {} do not start from the same state: give both the same `start_from` and "
                      "`snapshot`, or neither",
                      baseline.id, alternative.id));
}

void check_distinct(const std::vector<Scenario>& alternatives) {
  for (std::size_t i = 0; i < alternatives.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (alternatives[i].id == alternatives[j].id)
        throw InputError(
            fmt::format("two alternatives would be called {}: rename one of the files", alternatives[i].id));
}

void run(const Arguments& arguments) {
  const SimulationOptions settings = read_simulation_options(arguments);
  if (arguments.files().size() < 2) throw InputError("compare: name a baseline and at least one alternative");
  std::vector<Scenario> scenarios = load_scenarios(arguments.files(), settings.calibrated, settings.quiet, false);

  std::vector<std::string> loaded;
  for (const Scenario& scenario : scenarios) loaded.push_back(scenario.id);
  Scenario baseline = std::move(scenarios.front());
  if (split_ranges({baseline}).size() > 1)
    throw InputError(
        fmt::format("{}: a range of changes gives several scenarios: name one as the baseline", baseline.id));
  if (settings.replications) baseline.precision.reset();
  baseline.replications = settings.replications.value_or(baseline.replications);
  baseline.seed = settings.seed.value_or(baseline.seed);

  std::vector<Scenario> alternatives;
  for (std::size_t i = 1; i < scenarios.size(); ++i) {
    if (arguments.has("each"))
      for (Scenario& alone : each_alone(baseline, scenarios[i])) alternatives.push_back(std::move(alone));
    alternatives.push_back(std::move(scenarios[i]));
  }
  alternatives = split_ranges(alternatives);
  check_distinct(alternatives);
  check_same_state(alternatives, baseline);
  const std::vector<bool> check = to_check(alternatives, baseline, loaded);
  try {
    impose_baseline(baseline, alternatives);
  } catch (const std::invalid_argument& problem) {
    throw InputError(problem.what());
  }
  check_imposed(alternatives, check, baseline);
  if (settings.replications && print_errors(baseline) > 0)
    throw InputError(fmt::format("{} does not allow so many replications", baseline.id));

  alternatives.insert(alternatives.begin(), std::move(baseline));
  Simulation(settings).run(std::move(alternatives), true, true);
}

}  // namespace

Verb compare_verb() {
  return {"compare",
          "BASE ALT...",
          "Simulates a baseline and alternatives with the same draws, and shows what differs",
          "  ketensim compare baseline.yaml clear-backlog.yaml --out results\n"
          "  ketensim compare baseline.yaml levers.yaml --each --replications 200\n",
          options,
          run};
}

}  // namespace ketensim::cli
