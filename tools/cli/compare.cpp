#include "ketensim/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include "tools/cli/beside.hpp"
#include "tools/cli/each.hpp"
#include "tools/cli/simulation.hpp"
#include "tools/cli/verbs.hpp"
#include "tools/results/errors.hpp"

namespace ketensim::cli {
namespace {

po::options_description options() {
  po::options_description options = simulation_options();
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  options.add_options()                                                                                   //
      ("each", "run every intervention of an alternative alone too, then all of them together")           //
      ("sequence", "also one after the other, with what each adds, and which three to do first")          //
      ("objective", text("NAME"), "what --sequence judges by, as in `allocate` (default: time_to_help)")  //
      ("accompany", "search the smallest capacity that keeps every queue at or below the baseline's");
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

  const bool sequence = arguments.has("sequence"), accompanied = arguments.has("accompany");
  if (arguments.has("objective") && !sequence) throw InputError("--objective: it is --sequence that judges by it");
  std::vector<Scenario> alternatives;
  for (std::size_t i = 1; i < scenarios.size(); ++i) {
    if (arguments.has("each") && !sequence)  // a sequence has each of them anyhow
      for (Scenario& alone : each_alone(baseline, scenarios[i])) alternatives.push_back(std::move(alone));
    alternatives.push_back(std::move(scenarios[i]));
  }
  const std::size_t typed = alternatives.size();
  alternatives = split_ranges(alternatives);
  if ((sequence || accompanied) && (alternatives.size() != typed || (accompanied && arguments.has("each"))))
    throw InputError(fmt::format("--{} is for alternatives as they are typed: leave out ranges of changes{}",
                                 sequence ? "sequence" : "accompany", accompanied ? ", and --each" : ""));
  if (settings.shards > 1 && (sequence || accompanied))
    throw InputError("--shard: what --sequence and --accompany search for needs all replications");
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

  const Simulation simulation(settings);
  Comparison comparison{{std::move(baseline)}, {}, {}};
  comparison.scenarios.insert(comparison.scenarios.end(), alternatives.begin(), alternatives.end());
  const auto warm_ups = choose_warm_ups(comparison.scenarios, true, settings.threads);
  comparison.results = simulation.precise(comparison.scenarios, true, true);
  // What is simulated beside them has as many replications as they turned out to need.
  for (Scenario& scenario : comparison.scenarios) scenario.replications = comparison.results.front().replications;
  alternatives.assign(comparison.scenarios.begin() + 1, comparison.scenarios.end());
  const std::size_t shown = comparison.scenarios.size();
  if (sequence) add_sequences(comparison, alternatives, arguments.text("objective").value_or(""), simulation);
  if (accompanied)
    add_accompaniments(comparison, alternatives, {arguments.files().begin() + 1, arguments.files().end()}, settings.out,
                       simulation);
  Study study = simulation.study(comparison.scenarios, std::move(comparison.results), true);
  for (std::size_t s = 0; s < study.conditions.size(); ++s) study.conditions[s].chosen = warm_ups[s < shown ? s : 0];
  add_waves(study, shown, settings.all_members, comparison.addition);
  simulation.finish(study, shown, comparison.addition);
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
