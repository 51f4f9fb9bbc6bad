#include "tools/cli/simulation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <set>
#include <tuple>
#include <utility>

#include "ketensim/simulate.hpp"
#include "tools/cli/output_text.hpp"
#include "tools/cli/progress.hpp"
#include "tools/report/html.hpp"
#include "tools/report/text.hpp"
#include "tools/results/csv.hpp"
#include "tools/results/errors.hpp"
#include "tools/results/netcdf.hpp"

namespace ketensim::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kMostReplications = 1'000'000, kMostThreads = 1024;
constexpr std::uint64_t kMostSeed = UINT64_MAX;
constexpr std::size_t kMostInMemory = std::size_t{64} << 20;  // bytes of values: more than that lie in files meanwhile

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

}  // namespace

po::options_description simulation_options() {
  po::options_description options("Options");
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  options.add_options()                                                                                              //
      ("out", text("DIR"), "write indicators.csv, results.nc and report.html into this folder")                      //
      ("replications", text("N"), "simulate N futures instead of what the scenario says")                            //
      ("seed", text("S"), "seed of the draws, instead of the scenario's")                                            //
      ("threads", text("T"), "use T threads (default: all); the results do not depend on it")                        //
      ("shard", text("I/N"), "simulate only the I-th of N parts of the futures: `merge` puts them together")         //
      ("calibrated", text("DIR"), "folder of the chain.yaml and state.csv of `base:` and `start_from: calibrated`")  //
      ("cases", text("N"), "also write cases.csv, the case log of the first N replications (needs --out)")           //
      ("lang", text("LANG"), "language of the report: nl (default) or en")                                           //
      ("all-members", "show every member of a group (each municipality) in the table")                               //
      ("quiet", "print nothing but errors");
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

void Simulation::run(const std::vector<Scenario>& scenarios, bool compared) {
  for (const Scenario& scenario : scenarios)
    if (scenario.replications < options_.shards)
      throw InputError(fmt::format("--shard: {} has {} replication{}, too few for {} parts", scenario.id,
                                   scenario.replications, scenario.replications == 1 ? "" : "s", options_.shards));
  std::vector<Results> results;
  {
    Progress progress(!options_.quiet);
    RunOptions run;
    run.threads = options_.threads;
    run.log_replications = options_.cases;
    run.shard = options_.shard;
    run.shards = options_.shards;
    run.most_in_memory = kMostInMemory;
    run.progress = [&](int done, int total) { progress.update(done, total); };
    results = simulate(scenarios, run);
  }
  Study study = make_study(scenarios, std::move(results), compared);
  study.shard = options_.shard;
  study.shards = options_.shards;
  if (!options_.quiet) show(report::text_tables(study, {options_.all_members}));
  if (!folder_) return;
  write_files(*folder_, study, options_.language, options_.cases > 0);
  if (!options_.quiet) show(fmt::format("\nReport and results are in {}\n", options_.out.string()));
}

void write_files(OutputFolder& folder, const Study& study, report::Language language, bool cases) {
  std::vector<std::string> outdated;  // by an earlier command in the same folder
  folder.add("indicators.csv", indicators_csv(study));
  if (study.compared)
    folder.add("effects.csv", effects_csv(study));
  else
    outdated.push_back("effects.csv");
  if (cases)
    folder.add("cases.csv", cases_csv(study));
  else
    outdated.push_back("cases.csv");
  folder.add("results.nc", [&](const fs::path& path) { write_netcdf(study, path); });
  folder.add("report.html", report::html_report(study, language));
  folder.commit(outdated);
}

}  // namespace ketensim::cli
