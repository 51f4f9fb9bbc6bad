#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "ketensim/calibration.hpp"
#include "tools/cli/output_text.hpp"
#include "tools/cli/simulation.hpp"
#include "tools/cli/verbs.hpp"
#include "tools/report/fit.hpp"
#include "tools/results/dates.hpp"
#include "tools/results/errors.hpp"
#include "tools/results/output.hpp"

namespace ketensim::cli {
namespace {

po::options_description options() {
  po::options_description options("Options");
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  options.add_options()                                                                                          //
      ("data", text("DIR"), "folder of the deliveries (default: where the import file stands)")                  //
      ("out", text("DIR"), "write chain.yaml, draws.csv, state.csv, repairs.csv and fit.html into this folder")  //
      ("snapshot", text("DATE"), "calibrate on what was known at the end of that day")                           //
      ("draws", text("N"), "draws of the uncertain parameters (default 200; 0: none)")                           //
      ("seed", text("S"), "seed of the draws and of the chain file (default 1)")                                 //
      ("threads", text("T"), "use T threads (default: all); the results do not depend on it")                    //
      ("min-cell", text("N"), "tell no number of cases below N, and round others to 5 (default 10; 1: exact)")   //
      ("lang", text("LANG"), "language of fit.html: nl (default) or en")                                         //
      ("quiet", "print nothing but errors");
  return options;
}

/// Prints what is wrong; throws InputError if any of it is an error.
void tell(const std::vector<Diagnostic>& diagnostics, bool quiet) {
  int errors = 0;
  for (const Diagnostic& diagnostic : diagnostics) {
    const bool error = diagnostic.severity == Problem::Severity::error;
    errors += error ? 1 : 0;
    if (error || !quiet) fmt::print(stderr, "{}\n", diagnostic.text());
  }
  if (errors > 0) throw InputError(fmt::format("{} error{}", errors, errors == 1 ? "" : "s"));
}

Monitor read(const ImportPlan& plan, const Arguments& arguments, const std::string& folder) {
  MonitorRead read = read_monitor(plan, folder);
  tell(read.diagnostics, arguments.has("quiet"));
  const auto snapshot = arguments.text("snapshot");
  if (!snapshot) return std::move(read.monitor);
  const std::optional<Date> date = parse_iso_date(*snapshot);
  if (!date) throw InputError(fmt::format("--snapshot: expected a date such as 2023-12-31, not '{}'", *snapshot));
  if (*date < read.monitor.from || *date >= read.monitor.until)
    throw InputError(fmt::format("--snapshot: {} lies outside the deliveries, which go from {} to {}", *snapshot,
                                 iso_date(read.monitor.from), iso_date(read.monitor.until - std::chrono::days{1})));
  return known_at(read.monitor, *date);
}

std::string summary(const Monitor& monitor, const Calibration& calibration) {
  std::string text = cleaning_summary(monitor);
  text += fmt::format("\nThe chain at the end of {}: {} steps, {} pools, {} cases in the state\n",
                      iso_date(monitor.until - std::chrono::days{1}), calibration.scenario.chain.steps.size(),
                      calibration.scenario.chain.pools.size(), calibration.scenario.state->cases.size());
  for (const std::string& note : calibration.notes) text += fmt::format("- {}\n", note);
  return text;
}

void run(const Arguments& arguments) {
  if (arguments.files().size() != 1) throw InputError("calibrate: name one import file");
  const std::filesystem::path file = arguments.files().front();
  const bool quiet = arguments.has("quiet");
  CalibrationOptions options;
  options.draws = static_cast<int>(arguments.number("draws", 0, 1000).value_or(200));
  options.seed = arguments.number("seed", 0, INT64_MAX).value_or(1);
  options.threads = static_cast<int>(arguments.number("threads", 1, 1024).value_or(0));
  options.min_cell = static_cast<int>(arguments.number("min-cell", 1, 1000).value_or(10));
  const report::Language language = language_of(arguments);

  const LoadedImport import = load_import(file);
  tell(import.diagnostics, quiet);
  std::optional<OutputFolder> folder;
  if (const auto out = arguments.text("out")) {
    if (out->empty()) throw InputError("--out: expected a folder");
    folder.emplace(*out);
  }
  const std::string parent = file.parent_path().empty() ? "." : file.parent_path().string();
  const Monitor monitor = read(import.plan, arguments, arguments.text("data").value_or(parent));
  const Linked linked = link(monitor);
  const Calibration calibration = calibrate(import.plan, monitor, linked, options);
  if (!calibration.ok()) {
    std::string all;
    for (const std::string& problem : calibration.problems) all += fmt::format("\n  {}", problem);
    throw InputError("no chain can be made of these deliveries:" + all);
  }
  if (!quiet) show(summary(monitor, calibration));
  if (!folder) return;
  folder->add("chain.yaml", scenario_yaml(calibration.scenario, calibration.remarks));
  if (options.draws > 0) folder->add("draws.csv", draws_csv(calibration.scenario));
  folder->add("state.csv", state_csv(*calibration.scenario.state));
  folder->add("repairs.csv", repairs_csv(monitor));
  folder->add("fit.html", report::fit_report(monitor, calibration, options.min_cell, language));
  std::vector<std::string> outdated;
  if (options.draws == 0) outdated.emplace_back("draws.csv");
  folder->commit(outdated);
}

}  // namespace

Verb calibrate_verb() {
  return {"calibrate",
          "IMPORT.yaml",
          "Makes a chain of the partners' deliveries: arrivals, durations, routes and capacity with their errors",
          "  ketensim calibrate scenarios/twente/monitor.yaml --data scenarios/twente/monitor --out out/calibrated\n"
          "  ketensim calibrate monitor.yaml --data deliveries --out calibrated --snapshot 2022-12-31\n",
          options,
          run};
}

}  // namespace ketensim::cli
