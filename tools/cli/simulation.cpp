#include "tools/cli/simulation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <set>
#include <tuple>
#include <utility>

#include "ketensim/simulate.hpp"
#include "tools/cli/output_text.hpp"
#include "tools/cli/progress.hpp"
#include "tools/report/html.hpp"
#include "tools/report/tables.hpp"
#include "tools/report/text.hpp"
#include "tools/results/csv.hpp"
#include "tools/results/errors.hpp"
#include "tools/results/gaps.hpp"
#include "tools/results/history.hpp"
#include "tools/results/json.hpp"
#include "tools/results/netcdf.hpp"
#include "tools/results/past.hpp"
#include "tools/results/quality.hpp"
#include "tools/results/spreadsheet.hpp"

namespace ketensim::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kMostReplications = 1'000'000, kMostThreads = 1024;
constexpr std::uint64_t kMostSeed = UINT64_MAX;
constexpr std::size_t kMostInMemory = std::size_t{64} << 20;  // bytes of values: more than that lie in files meanwhile

/// Of an earlier command in the same folder they would contradict what this one writes.
constexpr std::array kOptionalFiles{"effects.csv",    "cases.csv",      "wave.csv",      "sequence.csv",
                                    "allocation.csv", "frontier.csv",   "accompany.csv", "early_warning.csv",
                                    "layers.csv",     "constraint.csv", "steps.csv",     "buffers.csv",
                                    "causes.csv",     "changes.html"};

bool same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  return a == b || fs::equivalent(a, b, error);
}

/// The files to load: each once if `once`, and no two that results could not tell apart.
std::vector<std::string> files_to_load(const std::vector<std::string>& files, bool once) {
  std::vector<std::string> chosen;
  for (const std::string& file : files) {
    const bool again =
        std::any_of(chosen.begin(), chosen.end(), [&](const auto& other) { return same_file(file, other); });
    for (const std::string& other : chosen)
      if (!again && fs::path(file).stem() == fs::path(other).stem())
        throw InputError(fmt::format("{} and {} would both be called {} in the results: rename one of them", other,
                                     file, fs::path(file).stem().string()));
    if (!again || !once) chosen.push_back(file);
  }
  return chosen;
}

/// What could not be reached with the replications that are allowed.
void tell_imprecise(const Scenario& scenario, const Results& results, const PrecisionReached& reached) {
  if (reached.enough) return;
  fmt::print(stderr,
             "{}: warning: after {} replications {} of {}.{} in the period {} is known to {:.2g}% of its mean, not to "
             "the {:g}% of `precision`\n",
             scenario.id, results.replications, scenario.precision->indicator, reached.organisation, reached.step,
             reached.period, 100.0 * reached.relative, 100.0 * scenario.precision->relative);
}

std::string text_of_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What is known of the past beside the state that scenarios start from, where `calibrate` put it, and of earlier
/// forecasts by `backtest`, there or in a folder beside it.
void add_past(Study& study, const std::vector<Scenario>& scenarios) {
  const auto from_state = std::find_if(scenarios.begin(), scenarios.end(),
                                       [](const Scenario& scenario) { return scenario.state != nullptr; });
  if (from_state == scenarios.end()) return;
  const fs::path calibrated = fs::absolute(from_state->state->file).parent_path();
  study.history = text_of_file(calibrated / "history.csv");
  study.quality = text_of_file(calibrated / "quality.csv");
  study.gaps = text_of_file(calibrated / "gaps.csv");
  study.skill = text_of_file(calibrated / "skill.csv");
  if (study.skill.empty()) study.skill = text_of_file(calibrated.parent_path() / "backtest" / "skill.csv");
  // Are they what they are taken for?
  if (!study.history.empty()) read_history(study.history);
  if (!study.quality.empty()) read_quality(study.quality);
  if (!study.gaps.empty()) read_gaps(study.gaps);
  if (!study.skill.empty()) read_skill(study.skill);
}

}  // namespace

po::options_description basic_simulation_options() {
  po::options_description options("Options");
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  options.add_options()                                                                                              //
      ("out", text("DIR"), "write the results into this folder")                                                     //
      ("replications", text("N"), "simulate N futures instead of what the scenario says")                            //
      ("seed", text("S"), "seed of the draws, instead of the scenario's")                                            //
      ("threads", text("T"), "use T threads (default: all); the results do not depend on it")                        //
      ("shard", text("I/N"), "simulate only the I-th of N parts of the futures: `merge` puts them together")         //
      ("calibrated", text("DIR"), "folder of the chain.yaml and state.csv of `base:` and `start_from: calibrated`")  //
      ("quiet", "print nothing but errors");
  return options;
}

po::options_description simulation_options() {
  po::options_description options = basic_simulation_options();
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  options.add_options()                                                                                     //
      ("cases", text("N"), "also write cases.csv, the case log of the first N replications (needs --out)")  //
      ("lang", text("LANG"), "language of the report: nl (default) or en")                                  //
      ("json", "print the figures of the whole period as JSON, in place of tables")                         //
      ("excel", "write the tables as a Dutch spreadsheet opens them: `;` and a decimal comma")              //
      ("all-members", "show every member of a group (each municipality) in the table");
  return options;
}

report::Language language_of(const Arguments& arguments) {
  const std::string language = arguments.text("lang").value_or("nl");
  if (language != "nl" && language != "en")
    throw InputError(fmt::format("--lang: expected nl or en, not '{}'", language));
  return language == "nl" ? report::Language::nl : report::Language::en;
}

/// I/N, from 1.
std::pair<int, int> shard_of(const std::string& text) {
  int shard = 0, shards = 0;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, shard);
  const bool divided = first.ec == std::errc() && first.ptr != end && *first.ptr == '/';
  const auto second = divided ? std::from_chars(first.ptr + 1, end, shards) : first;
  if (!divided || second.ec != std::errc() || second.ptr != end || shard < 1 || shard > shards)
    throw InputError(fmt::format("--shard: expected I/N with I from 1 to N, not '{}'", text));
  return {shard - 1, shards};
}

SimulationOptions read_simulation_options(const Arguments& arguments) {
  SimulationOptions options;
  options.out = arguments.text("out").value_or("");
  options.calibrated = arguments.text("calibrated").value_or("");
  if (arguments.has("out") && options.out.empty()) throw InputError("--out: expected a folder");
  if (const auto replications = arguments.number("replications", 1, kMostReplications))
    options.replications = static_cast<int>(*replications);
  options.seed = arguments.number("seed", 0, kMostSeed);
  options.threads = static_cast<int>(arguments.number("threads", 1, kMostThreads).value_or(0));
  options.cases = static_cast<int>(arguments.number("cases", 1, kMostReplications).value_or(0));
  options.language = language_of(arguments);
  options.quiet = arguments.has("quiet");
  options.excel = arguments.has("excel");
  options.json = arguments.has("json");
  options.all_members = arguments.has("all-members");
  if (const auto shard = arguments.text("shard")) {
    std::tie(options.shard, options.shards) = shard_of(*shard);
    if (options.out.empty()) throw InputError("--shard: name a folder for its results with --out");
    if (options.cases > 0) throw InputError("--cases: the case log is not written by shards");
  }
  if (options.cases > 0 && options.out.empty()) throw InputError("--cases: name a folder for cases.csv with --out");
  return options;
}

std::vector<Scenario> load_scenarios(const std::vector<std::string>& files, const fs::path& calibrated, bool quiet,
                                     bool once) {
  std::vector<Scenario> scenarios;
  std::set<std::string> told;  // what is wrong with a base is said once, not for each file that stands on it
  int errors = 0;
  for (const std::string& file : files_to_load(files, once)) {
    Loaded loaded = load_scenario(file, {calibrated});
    for (const Diagnostic& diagnostic : loaded.diagnostics) {
      const bool error = diagnostic.severity == Problem::Severity::error;
      if (!told.insert(diagnostic.text()).second) continue;
      errors += error ? 1 : 0;
      if (error || !quiet) fmt::print(stderr, "{}\n", diagnostic.text());
    }
    if (loaded.ok()) scenarios.push_back(std::move(loaded.scenario));
  }
  if (errors > 0) throw InputError(fmt::format("{} error{}", errors, errors == 1 ? "" : "s"));
  return scenarios;
}

std::vector<Scenario> split_ranges(const std::vector<Scenario>& scenarios) {
  std::vector<Scenario> all;
  for (const Scenario& scenario : scenarios) try {
      for (Scenario& variant : variants(scenario)) all.push_back(std::move(variant));
    } catch (const std::invalid_argument& problem) {
      throw InputError(problem.what());
    }
  return all;
}

Simulation::Simulation(SimulationOptions options) : options_(std::move(options)) {
  if (!options_.out.empty()) folder_ = std::make_unique<OutputFolder>(options_.out);
}

std::vector<Results> Simulation::simulated(const std::vector<Scenario>& scenarios, RunOptions run) const {
  Progress progress(!options_.quiet);
  run.threads = options_.threads;
  run.progress = [&](int done, int total) { progress.update(done, total); };
  try {
    return simulate(scenarios, run);
  } catch (const std::invalid_argument& problem) {
    throw InputError(problem.what());
  }
}

std::vector<Results> Simulation::simulated(const std::vector<Scenario>& scenarios) const {
  RunOptions run;
  run.log_replications = options_.cases;
  return simulated(scenarios, std::move(run));
}

std::vector<Results> Simulation::alike_in_all_but_capacity(const std::vector<Scenario>& scenarios) const {
  RunOptions run;
  run.differ_in_capacity = true;
  return simulated(scenarios, std::move(run));
}

std::vector<Results> Simulation::precise(const std::vector<Scenario>& scenarios, bool together, bool validated) const {
  std::vector<PrecisionReached> reached;
  for (const Scenario& scenario : scenarios) {
    if (options_.shards > 1 && scenario.precision)
      throw InputError(fmt::format(
          "--shard: {} asks for a precision, which no part can reach alone: give --replications", scenario.id));
    if (scenario.replications < options_.shards)
      throw InputError(fmt::format("--shard: {} has {} replication{}, too few for {} parts", scenario.id,
                                   scenario.replications, scenario.replications == 1 ? "" : "s", options_.shards));
  }
  std::vector<Results> results;
  {
    Progress progress(!options_.quiet);
    RunOptions run;
    run.threads = options_.threads;
    run.log_replications = options_.cases;
    run.validated = validated;
    run.shard = options_.shard;
    run.shards = options_.shards;
    run.progress = [&](int done, int total) { progress.update(done, total); };
    const bool precise = std::any_of(scenarios.begin(), scenarios.end(),
                                     [](const Scenario& scenario) { return scenario.precision.has_value(); });
    if (!precise) run.most_in_memory = kMostInMemory;  // results that grow stay in memory
    if (together || !precise) {
      results = simulate_to_precision(scenarios, run, reached);
    } else {
      for (const Scenario& scenario : scenarios) {  // each until it is precise
        std::vector<PrecisionReached> of_one;
        results.push_back(std::move(simulate_to_precision({scenario}, run, of_one).front()));
        reached.push_back(of_one.empty() ? PrecisionReached() : of_one.front());
      }
    }
  }
  for (std::size_t s = 0; s < reached.size(); ++s) tell_imprecise(scenarios[s], results[s], reached[s]);
  return results;
}

/// Those that are compared have one period, and so one warm-up.
std::vector<std::optional<WarmUpChoice>> choose_warm_ups(std::vector<Scenario>& scenarios, bool together, int threads) {
  std::vector<std::optional<WarmUpChoice>> choices(scenarios.size());
  RunOptions run;
  run.threads = threads;
  for (std::size_t s = 0; s < scenarios.size(); ++s) {
    if (!scenarios[s].period.chooses_warm_up) continue;
    choices[s] = together && s > 0 ? choices[0] : choose_warm_up(scenarios[s], run);
    scenarios[s] = with_warm_up(std::move(scenarios[s]), *choices[s]);
    if (choices[s]->is_doubtful && (!together || s == 0))
      fmt::print(stderr,
                 "{}: warning: the warm-up that MSER-5 chooses, {:.0f} days, lies in the second half of the longest "
                 "pilot run: the chain finds no level\n",
                 scenarios[s].id, choices[s]->days);
  }
  return choices;
}

void Simulation::add_layers(const std::vector<Scenario>& scenarios, const Study& study, bool validated,
                            Addition& addition) const {
  std::vector<LayeredResults> all;
  {
    Progress progress(!options_.quiet);
    RunOptions run;
    run.threads = options_.threads;
    run.validated = validated;
    run.progress = [&](int done, int total) { progress.update(done, total); };
    for (const Scenario& scenario : scenarios) all.push_back(simulate_layers(scenario, run));
  }
  addition.files.emplace_back("layers.csv", layers_csv(all));
  if (options_.quiet) return;
  const report::View view{report::Language::en, report::plain_style(), false, options_.all_members};
  for (const LayeredResults& layered : all)
    addition.text +=
        "\n" + layered.runs.front().scenario + report::set_out(report::layer_table(study, layered, view), screen());
}

void Simulation::run(std::vector<Scenario> scenarios, bool compared, bool validated) const {
  const auto warm_ups = choose_warm_ups(scenarios, compared, options_.threads);
  std::vector<Results> results = precise(scenarios, compared, validated);
  Study study = this->study(scenarios, std::move(results), compared);
  for (std::size_t s = 0; s < scenarios.size(); ++s) study.conditions[s].chosen = warm_ups[s];
  Addition addition;
  if (options_.layers) add_layers(scenarios, study, validated, addition);
  finish(study, scenarios.size(), addition);
}

Study Simulation::study(const std::vector<Scenario>& scenarios, std::vector<Results> results, bool compared) const {
  Study study = make_study(scenarios, std::move(results), compared);
  add_past(study, scenarios);
  study.shard = options_.shard;
  study.shards = options_.shards;
  return study;
}

void Simulation::finish(const Study& study, std::size_t shown, const Addition& addition) const {
  if (options_.json)
    show(study_json(study));
  else if (!options_.quiet)
    show((shown > 0 ? report::text_tables(study, {options_.all_members, shown, screen()}) : "") + addition.text);
  if (!folder_) return;
  write_files(*folder_, study, options_, addition);
  if (!options_.quiet && !options_.json) show(fmt::format("\nReport and results are in {}\n", options_.out.string()));
}

void write_files(OutputFolder& folder, const Study& study, const SimulationOptions& options,
                 const Simulation::Addition& addition) {
  std::vector<std::string> outdated(kOptionalFiles.begin(), kOptionalFiles.end());
  const auto write = [&](const std::string& name, const std::string& content) {
    folder.add(name, options.excel && name.ends_with(".csv") ? for_spreadsheet(content) : content);
    std::erase(outdated, name);
  };
  write("indicators.csv", indicators_csv(study));
  write("flows.csv", flows_csv(study));
  if (study.compared) write("effects.csv", effects_csv(study));
  if (options.cases > 0) write("cases.csv", cases_csv(study));
  if (const std::string warnings = early_warning_csv(study); !warnings.empty()) write("early_warning.csv", warnings);
  for (const auto& [name, content] : addition.files) write(name, content);
  folder.add("results.nc", [&](const fs::path& path) { write_netcdf(study, path); });
  write("report.html", report::html_report(study, options.language));
  folder.commit(outdated);
}

}  // namespace ketensim::cli
