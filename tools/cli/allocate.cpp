#include "ketensim/allocate.hpp"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>

#include "tools/cli/output_text.hpp"
#include "tools/cli/progress.hpp"
#include "tools/cli/simulation.hpp"
#include "tools/cli/verbs.hpp"
#include "tools/report/allocation.hpp"
#include "tools/report/text.hpp"
#include "tools/results/allocation.hpp"
#include "tools/results/dates.hpp"
#include "tools/results/errors.hpp"
#include "tools/results/scenario_text.hpp"

namespace ketensim::cli {
namespace {

po::options_description options() {
  po::options_description options = simulation_options();
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  options.add_options()                                                              //
      ("fte", text("N"), "place N whole fte, in the pools that are counted in fte")  //
      ("slots", text("N"), "place N slots instead, in any pool")                     //
      ("objective", text("NAME"),
       "time_to_help (default), time_to_help_p90, chain_lead, waiting, children or norm_met")  //
      ("limit", po::value<std::vector<std::string>>()->value_name("ORG=N"),
       "at most N of them at this organisation, or at all members of this group; may be given again")  //
      ("from", text("DATE"), "first day of the capacity (default: of the period)")                     //
      ("until", text("DATE"), "day from which it is gone (default: the end of the period)")            //
      ("indifference", text("D"),
       "take allocations that differ by less to be equally good (in the unit of the objective)")  //
      ("confidence", text("P"), "percents of confidence in the choice (default 95)")              //
      ("frontier", "also the best use of 1, 2, ... up to N");
  return options;
}

AllocationLimit limit_of(const std::string& typed) {
  const std::size_t equals = typed.rfind('=');
  AllocationLimit limit;
  if (equals != std::string::npos) {
    limit.organisation = typed.substr(0, equals);
    const char* const end = typed.data() + typed.size();
    const auto [stopped, error] = std::from_chars(typed.data() + equals + 1, end, limit.most);
    if (error == std::errc() && stopped == end && equals + 1 < typed.size()) return limit;
  }
  throw InputError(fmt::format("--limit: expected an organisation and a whole number such as VTT=2, not '{}'", typed));
}

std::optional<Date> day_typed(const Arguments& arguments, const std::string& option) {
  const auto typed = arguments.text(option);
  if (!typed) return std::nullopt;
  const std::optional<Date> day = parse_iso_date(*typed);
  if (!day) throw InputError(fmt::format("--{}: expected a date such as 2024-02-01, not '{}'", option, *typed));
  return day;
}

AllocationOptions read_options(const Arguments& arguments, const SimulationOptions& settings) {
  AllocationOptions options;
  if (arguments.has("fte") == arguments.has("slots"))
    throw InputError("allocate: say how much there is to place, either --fte N or --slots N");
  options.unit = arguments.has("fte") ? CapacityUnit::fte : CapacityUnit::slots;
  options.amount = static_cast<int>(*arguments.number(arguments.has("fte") ? "fte" : "slots", 1, 100));
  options.objective = arguments.text("objective").value_or(options.objective);
  for (const std::string& typed : arguments.texts("limit")) options.limits.push_back(limit_of(typed));
  options.from = day_typed(arguments, "from");
  options.until = day_typed(arguments, "until");
  options.indifference = arguments.positive("indifference");
  if (options.indifference && options.objective == "norm_met") *options.indifference /= 100.0;
  if (const auto percents = arguments.positive("confidence")) options.confidence = *percents / 100.0;
  options.frontier = arguments.has("frontier");
  options.threads = settings.threads;
  return options;
}

Scenario scenario_to_place(const Arguments& arguments, const SimulationOptions& settings) {
  if (arguments.files().size() != 1) throw InputError("allocate: name one scenario file");
  std::vector<Scenario> one = load_scenarios(arguments.files(), settings.calibrated, settings.quiet, true);
  one.front().replications = settings.replications.value_or(one.front().replications);
  one.front().seed = settings.seed.value_or(one.front().seed);
  choose_warm_ups(one, false, settings.threads);
  return std::move(one.front());
}

void check(const Scenario& scenario, const AllocationOptions& options) {
  std::string all;
  const std::vector<std::string> problems = allocation_problems(scenario, options);
  for (const std::string& problem : problems) all += (problems.size() > 1 ? "\n  " : " ") + problem;
  if (!all.empty()) throw InputError("allocate:" + all);
}

AllocationStudy studied(const Scenario& scenario, AllocationOptions& options, bool quiet) {
  Progress progress(!quiet, "");
  const std::vector<std::string> pools = allocation_pools(scenario, options.unit);
  const Objective& objective = *find_objective(options.objective);
  options.progress = [&](std::string_view phase, int done, int total) {
    progress.count(fmt::format("replications: {}", phase));
    progress.update(done, total);
  };
  options.best_so_far = [&](const Allocation& so_far, const Summary& effect) {
    progress.tell(fmt::format("so far: {}: {} {}", allocation_text(pools, so_far),
                              report::difference(effect, objective.unit == "1" ? 100.0 : 1.0, report::plain_style()),
                              objective.unit == "1" ? "% points" : objective.unit));
  };
  try {
    return allocate(scenario, options);
  } catch (const std::invalid_argument& problem) {
    throw InputError(problem.what());
  }
}

/// A scenario that stands on the one that was typed, as a file and as that file will be read.
struct Written {
  std::string file, text;
  Scenario scenario;
};

class Writing {
 public:
  Writing(const Arguments& arguments, const SimulationOptions& settings, const Scenario& scenario,
          const AllocationStudy& study, const AllocationOptions& options)
      : arguments_(arguments), settings_(settings), scenario_(scenario), study_(study), options_(options) {}

  /// The best of the whole amount first, then its runner-up, then those of smaller amounts.
  std::vector<Written> allocations() const {
    std::vector<Written> all;
    for (std::size_t i = study_.best.size(); i-- > 0;) {
      const BestAllocation& best = study_.best[i];
      const int amount = units_in(best.units);
      const std::string suffix = i + 1 == study_.best.size() ? "" : fmt::format("-{}", amount);
      const char* unit = options_.unit == CapacityUnit::fte ? "fte" : "slots";
      all.push_back(written("allocation" + suffix, fmt::format("{}, best use of {} {}", scenario_.name, amount, unit),
                            best.units));
      if (!best.runner_up.empty())
        all.push_back(written("runner-up" + suffix,
                              fmt::format("{}, next best use of {} {}", scenario_.name, amount, unit), best.runner_up));
    }
    return all;
  }

  /// One more at every pool: `compare --each` gives what each is worth.
  Written one_each() const {
    return written("one-each", scenario_.name + ", one more at every pool", Allocation(study_.pools.size(), 1),
                   "--each ", study_.search_seed, study_.marginal_replications);
  }

 private:
  Written written(const std::string& stem, const std::string& name, const Allocation& units) const {
    return written(stem, name, units, "", scenario_.seed, scenario_.replications);
  }

  /// With the command that gives its figures again.
  Written written(const std::string& stem, const std::string& name, const Allocation& units, const char* how,
                  std::uint64_t seed, int replications) const {
    if (stem == scenario_.id)
      throw InputError(fmt::format("{}.yaml would be written beside a scenario of that name: rename yours", stem));
    const std::string& base = arguments_.files().front();
    const std::string calibrated =
        settings_.calibrated.empty() ? "" : fmt::format(" --calibrated {}", settings_.calibrated.string());
    const std::string command =
        fmt::format("  ketensim compare {}{} {} --seed {} --replications {}{}", how, base,
                    (settings_.out / (stem + ".yaml")).string(), seed, replications, calibrated);
    const std::vector<Intervention> interventions = interventions_of(study_.pools, units, scenario_, options_);
    Written result;
    result.file = stem + ".yaml";
    result.text = scenario_on(base_seen_from(settings_.out, base), name,
                              {"Written by ketensim allocate. Its figures again:", command}, interventions);
    result.scenario = scenario_;
    result.scenario.id = stem;
    result.scenario.name = name;
    result.scenario.text = result.text + scenario_.text;
    result.scenario.interventions.insert(result.scenario.interventions.end(), interventions.begin(),
                                         interventions.end());
    return result;
  }

  const Arguments& arguments_;
  const SimulationOptions& settings_;
  const Scenario& scenario_;
  const AllocationStudy& study_;
  const AllocationOptions& options_;
};

void run(const Arguments& arguments) {
  const SimulationOptions settings = read_simulation_options(arguments);
  AllocationOptions options = read_options(arguments, settings);
  const Scenario scenario = scenario_to_place(arguments, settings);
  check(scenario, options);
  const Simulation simulation(settings);

  const AllocationStudy study = studied(scenario, options, settings.quiet);
  if (!settings.quiet) {
    std::string text = fmt::format("{}: {}\n", scenario.id, scenario.name);
    for (const report::Table& table : report::allocation_tables(study, options, scenario.replications))
      text += report::set_out(table, screen());
    show(text);
  }
  if (settings.out.empty()) return;
  const Writing writing(arguments, settings, scenario, study, options);
  std::vector<Scenario> scenarios{scenario};
  std::vector<std::pair<std::string, std::string>> files{{"allocation.csv", allocation_csv(study, options)},
                                                         {"frontier.csv", frontier_csv(study, options)}};
  for (Written& written : writing.allocations()) {
    scenarios.push_back(std::move(written.scenario));
    files.emplace_back(written.file, written.text);
  }
  const Written one_each = writing.one_each();
  files.emplace_back(one_each.file, one_each.text);
  simulation.finish(simulation.study(scenarios, simulation.simulated(scenarios), true), 0, {"", files});
}

}  // namespace

Verb allocate_verb() {
  return {"allocate",
          "SCENARIO",
          "Searches where whole fte (or slots) serve an objective best",
          "  ketensim allocate baseline.yaml --fte 5 --objective time_to_help --out results\n"
          "  ketensim allocate baseline.yaml --fte 5 --limit VTT=2 --limit GEM=0 --frontier\n",
          options,
          run};
}

}  // namespace ketensim::cli
