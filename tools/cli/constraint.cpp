#include "ketensim/constraint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "tools/cli/causes.hpp"
#include "tools/cli/focusing.hpp"
#include "tools/cli/levers.hpp"
#include "tools/cli/output_text.hpp"
#include "tools/cli/progress.hpp"
#include "tools/cli/simulation.hpp"
#include "tools/cli/verbs.hpp"
#include "tools/report/buffers.hpp"
#include "tools/report/causes.hpp"
#include "tools/report/constraint.hpp"
#include "tools/report/html.hpp"
#include "tools/report/text.hpp"
#include "tools/results/buffers.hpp"
#include "tools/results/causes.hpp"
#include "tools/results/constraint.hpp"
#include "tools/results/dates.hpp"
#include "tools/results/errors.hpp"
#include "tools/results/netcdf.hpp"

namespace ketensim::cli {
namespace {

constexpr std::uint64_t kMostSlots = 10'000, kMostRounds = 20;
constexpr const char* kResultsFile = "results.nc";

po::options_description options() {
  po::options_description options = basic_simulation_options();
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  options.add_options()                                                                                           //
      ("objective", text("WORD"), "rank by waiting (default), lead_time, to_help or norm_met")                    //
      ("slots", text("N"), "add N slots at a time (default 1), where the effect of one is too small to be told")  //
      ("steps", "also take the five focusing steps: identify, exploit, subordinate, elevate, and again")          //
      ("rounds", text("N"), "with --steps: deal with N constraints, one after the other (default 2)")             //
      ("buffers", "also tell how far open cases are into their norms: green, yellow, red")                        //
      ("causes", "also tell why children wait at each step")                                                      //
      ("from", text("DATE"), "first day of the slots that are added (default: the start of the period)")          //
      ("lang", text("LANG"), "language of the report: nl (default) or en");
  return options;
}

Aim objective_of(const Arguments& arguments) {
  const std::string word = arguments.text("objective").value_or("waiting");
  for (std::size_t o = 0; o < kObjectives; ++o)
    if (objective_kinds()[o].name == word) return static_cast<Aim>(o);
  throw InputError(fmt::format("--objective: expected waiting, lead_time, to_help or norm_met, not '{}'", word));
}

std::optional<Date> first_day(const Arguments& arguments) {
  const auto typed = arguments.text("from");
  if (!typed) return std::nullopt;
  const std::optional<Date> day = parse_iso_date(*typed);
  if (!day) throw InputError(fmt::format("--from: expected a date such as 2024-02-01, not '{}'", *typed));
  return day;
}

std::vector<Scenario> scenarios_of(const Arguments& arguments, const SimulationOptions& settings) {
  if (arguments.files().empty()) throw InputError("constraint: name at least one scenario file");
  std::vector<Scenario> scenarios = load_scenarios(arguments.files(), settings.calibrated, settings.quiet, false);
  for (Scenario& scenario : scenarios) {
    if (split_ranges({scenario}).size() > 1)
      throw InputError(fmt::format("{}: a range of changes gives several scenarios: give one change", scenario.id));
    scenario.replications = settings.replications.value_or(scenario.replications);
    scenario.seed = settings.seed.value_or(scenario.seed);
  }
  choose_warm_ups(scenarios, false, settings.threads);
  return scenarios;
}

/// A change on a day that is not simulated is the user's mistake, not ours.
void check_first_day(const Scenario& scenario, const std::optional<Date>& from) {
  if (!from || scenario.chain.pools.empty()) return;
  Scenario changed = scenario;
  changed.interventions.push_back({"capacity",
                                   {{{"pool", scenario.chain.pools.front().id},
                                     {"from", *from},
                                     {"change", Change{Change::Kind::add_slots, 1.0}}}}});
  for (const Problem& problem : validate(changed))
    if (problem.severity == Problem::Severity::error)
      throw InputError(fmt::format("--from: {}: {}", iso_date(*from), problem.message));
}

void check_objective(const Scenario& scenario, Aim objective) {
  const std::vector<Step>& steps = scenario.chain.steps;
  if (objective == Aim::to_help && std::none_of(steps.begin(), steps.end(), [](const Step& step) { return step.help; }))
    throw InputError(fmt::format("--objective to_help: no step of {} is marked `help: true`", scenario.id));
  if (objective == Aim::norm_met && std::none_of(steps.begin(), steps.end(), [](const Step& step) {
        return step.norm.service || step.norm.lead_time;
      }))
    throw InputError(
        fmt::format("--objective norm_met: no step of {} has a norm on service or lead time", scenario.id));
}

/// Results that are in the folder become part of the same report: they have to be of these scenarios, as they now are.
void check_results(const std::filesystem::path& folder, const std::vector<Scenario>& scenarios) {
  if (!std::filesystem::exists(folder / kResultsFile)) return;
  const Study study = study_from_netcdf(folder / kResultsFile);
  for (const Scenario& scenario : scenarios)
    if (std::none_of(study.results.begin(), study.results.end(), [&](const Results& results) {
          return results.scenario == scenario.id && results.text == scenario.text;
        }))
      throw InputError(
          fmt::format("constraint: {} holds results without {} as it is now: name another folder with --out",
                      folder.string(), scenario.id));
}

ConstraintStudy study_of(const Scenario& scenario, const ConstraintOptions& options, bool quiet) {
  Progress progress(!quiet);
  ConstraintOptions watched = options;
  watched.progress = [&](int done, int total) { progress.update(done, total); };
  ConstraintStudy study{scenario.id, scenario.name, find_constraint(scenario, watched), {}, {}};
  study.slot_files.resize(study.constraint.pools.size());
  study.fte_files.resize(study.constraint.pools.size());
  return study;
}

void add_levers(LeverFiles& levers, ConstraintStudy& study, const std::string& scenario_file) {
  for (std::size_t p = 0; p < study.constraint.pools.size(); ++p) {
    const PoolWorth& pool = study.constraint.pools[p];
    const auto add = [&](const Worth& worth, double amount, const char* unit) {
      return levers.add(fmt::format("{}-{}+{:g}-{}", study.scenario, pool.pool, amount, unit), scenario_file,
                        fmt::format("{}: {} +{:g} {}", study.name, pool.pool, amount, unit), {&worth.lever, 1});
    };
    study.slot_files[p] = add(pool.slot, study.constraint.slots, study.constraint.slots == 1.0 ? "slot" : "slots");
    if (pool.fte) study.fte_files[p] = add(*pool.fte, 1.0, "fte");
  }
}

void show_study(const ConstraintStudy& study, const Scenario& scenario) {
  show(fmt::format("{}: {}\n{} to {}, {} replications, seed {}\n", study.scenario, study.name,
                   iso_date(scenario.period.start), iso_date(scenario.period.end), scenario.replications,
                   scenario.seed) +
       report::set_out(report::pools_table(study), screen()) + report::set_out(report::worth_table(study), screen()) +
       "\n" + report::constraint_sentence(study) + "\n");
}

BufferStudy buffer_study(const Scenario& scenario, const SimulationOptions& settings) {
  Progress progress(!settings.quiet);
  return {scenario.id,
          buffers(scenario, {settings.threads, [&](int done, int total) { progress.update(done, total); }})};
}

void run(const Arguments& arguments) {
  const SimulationOptions settings = read_simulation_options(arguments);
  ConstraintOptions options;
  options.objective = objective_of(arguments);
  options.slots = static_cast<double>(arguments.number("slots", 1, kMostSlots).value_or(1));
  options.from = first_day(arguments);
  options.threads = settings.threads;
  const std::vector<Scenario> scenarios = scenarios_of(arguments, settings);
  for (const Scenario& scenario : scenarios) {
    check_first_day(scenario, options.from);
    check_objective(scenario, options.objective);
  }
  std::unique_ptr<OutputFolder> folder;
  std::unique_ptr<LeverFiles> levers;
  if (!settings.out.empty()) {
    check_results(settings.out, scenarios);
    folder = std::make_unique<OutputFolder>(settings.out);
    levers = std::make_unique<LeverFiles>(settings.out);
  }

  FocusingOptions focusing;
  focusing.constraint = options;
  focusing.rounds = static_cast<int>(arguments.number("rounds", 1, kMostRounds).value_or(2));
  if (arguments.has("rounds") && !arguments.has("steps")) throw InputError("--rounds: this is of --steps");

  std::vector<ConstraintStudy> studies;
  std::vector<FocusingStudy> steps;
  std::vector<BufferStudy> norms;
  std::vector<CausesStudy> causes;
  for (std::size_t s = 0; s < scenarios.size(); ++s) {
    studies.push_back(study_of(scenarios[s], options, settings.quiet));
    if (levers) add_levers(*levers, studies.back(), arguments.files()[s]);
    if (!settings.quiet) show_study(studies.back(), scenarios[s]);
    if (arguments.has("buffers")) {
      norms.push_back(buffer_study(scenarios[s], settings));
      if (!settings.quiet) show(report::set_out(report::buffer_table(norms.back()), screen()));
    }
    if (arguments.has("causes")) {
      causes.push_back(causes_study(scenarios[s], settings));
      if (levers) add_levers(*levers, causes.back(), scenarios[s], arguments.files()[s]);
      if (!settings.quiet) show(report::set_out(report::causes_table(causes.back()), screen()));
    }
    if (!arguments.has("steps")) continue;
    if (!settings.quiet) show("\n");
    steps.push_back(focusing_study(scenarios[s], focusing, settings.quiet));
    if (levers) add_levers(*levers, steps.back(), arguments.files()[s]);
  }
  if (!folder) return;
  levers->commit();
  folder->add("constraint.csv", constraint_csv(studies));
  std::vector<std::string> outdated;  // by an earlier command in the same folder
  if (arguments.has("steps"))
    folder->add("steps.csv", steps_csv(steps));
  else
    outdated.push_back("steps.csv");
  if (arguments.has("buffers"))
    folder->add("buffers.csv", buffers_csv(norms));
  else
    outdated.push_back("buffers.csv");
  if (arguments.has("causes"))
    folder->add("causes.csv", causes_csv(causes));
  else
    outdated.push_back("causes.csv");
  const ConstraintFiles written{{"constraint.csv", "constraint", constraint_csv(studies)},
                                {"steps.csv", "constraint", steps_csv(steps)},
                                {"buffers.csv", "constraint", buffers_csv(norms)},
                                {"causes.csv", "constraint", causes_csv(causes)}};
  const std::filesystem::path results =
      settings.out / kResultsFile;  // of a study: then this becomes part of its report
  folder->add("report.html", std::filesystem::exists(results)
                                 ? report::html_report(study_from_netcdf(results), written, settings.language)
                                 : report::constraint_report(written, settings.language));
  folder->commit(outdated);
  if (!settings.quiet) show(fmt::format("\nReport and results are in {}\n", settings.out.string()));
}

}  // namespace

Verb constraint_verb() {
  return {"constraint",
          "SCENARIO...",
          "Finds the pool that limits the chain, and what one more slot or fte is worth at every pool",
          "  ketensim constraint scenarios/twente/baseline.yaml --replications 50\n"
          "  ketensim constraint baseline.yaml --out constraint --objective to_help\n"
          "  ketensim constraint baseline.yaml --steps --out constraint\n",
          options,
          run};
}

}  // namespace ketensim::cli
