#include "tools/cli/simulation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <set>

#include "ketensim/simulate.hpp"
#include "tools/cli/output_text.hpp"
#include "tools/cli/progress.hpp"
#include "tools/report/html.hpp"
#include "tools/report/text.hpp"
#include "tools/results/csv.hpp"
#include "tools/results/errors.hpp"
#include "tools/results/history.hpp"
#include "tools/results/json.hpp"
#include "tools/results/netcdf.hpp"
#include "tools/results/spreadsheet.hpp"

namespace ketensim::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kMostReplications = 1'000'000, kMostThreads = 1024;
constexpr std::uint64_t kMostSeed = UINT64_MAX;

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

/// What the partners delivered before the state that scenarios start from: beside it, where `calibrate` put it.
std::string history_beside(const std::vector<Scenario>& scenarios) {
  for (const Scenario& scenario : scenarios) {
    if (!scenario.state) continue;
    std::ifstream file(fs::path(scenario.state->file).parent_path() / "history.csv", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!text.empty()) read_history(text);  // is it one?
    return text;
  }
  return "";
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
      ("calibrated", text("DIR"), "folder of the chain.yaml and state.csv of `base:` and `start_from: calibrated`")  //
      ("cases", text("N"), "also write cases.csv, the case log of the first N replications (needs --out)")           //
      ("lang", text("LANG"), "language of the report: nl (default) or en")                                           //
      ("json", "print the figures of the whole period as JSON, in place of tables")                                  //
      ("excel", "write the tables as a Dutch spreadsheet opens them: `;` and a decimal comma")                       //
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
  std::vector<Results> results;
  {
    Progress progress(!options_.quiet);
    RunOptions run;
    run.threads = options_.threads;
    run.log_replications = options_.cases;
    run.progress = [&](int done, int total) { progress.update(done, total); };
    results = simulate(scenarios, run);
  }
  Study study = make_study(scenarios, std::move(results), compared);
  study.history = history_beside(scenarios);
  if (options_.json)
    show(study_json(study));
  else if (!options_.quiet)
    show(report::text_tables(study, {options_.all_members}));
  if (folder_) write_files(study);
}

void Simulation::write_files(const Study& study) {
  std::vector<std::string> outdated;  // by an earlier command in the same folder
  const auto add = [&](const char* name, const std::string& table) {
    folder_->add(name, options_.excel ? for_spreadsheet(table) : table);
  };
  add("indicators.csv", indicators_csv(study));
  if (study.compared)
    add("effects.csv", effects_csv(study));
  else
    outdated.push_back("effects.csv");
  if (options_.cases > 0)
    add("cases.csv", cases_csv(study));
  else
    outdated.push_back("cases.csv");
  folder_->add("results.nc", netcdf_image(study));
  folder_->add("report.html", report::html_report(study, options_.language));
  folder_->commit(outdated);
  if (!options_.quiet && !options_.json) show(fmt::format("\nReport and results are in {}\n", options_.out.string()));
}

}  // namespace ketensim::cli
