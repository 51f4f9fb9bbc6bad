#include <fmt/format.h>

#include <memory>

#include "ketensim/calibration.hpp"
#include "tools/cli/deliveries.hpp"
#include "tools/cli/output_text.hpp"
#include "tools/cli/simulation.hpp"
#include "tools/cli/verbs.hpp"
#include "tools/report/fit.hpp"
#include "tools/results/dates.hpp"
#include "tools/results/gaps.hpp"
#include "tools/results/history.hpp"
#include "tools/results/output.hpp"
#include "tools/results/quality.hpp"

namespace ketensim::cli {
namespace {

po::options_description options() {
  po::options_description options("Options");
  add_delivery_options(options);
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  options.add_options()                                                                                      //
      ("out", text("DIR"), "write chain.yaml, draws.csv, state.csv and what they rest on into this folder")  //
      ("snapshot", text("DATE"), "calibrate on what was known at the end of that day")                       //
      ("draws", text("N"), "draws of the uncertain parameters (default 200; 0: none)")                       //
      ("lang", text("LANG"), "language of fit.html: nl (default) or en");
  return options;
}

Monitor read(const ImportPlan& plan, const Arguments& arguments) {
  Monitor monitor = read_deliveries(plan, arguments);
  const auto day = day_of(arguments, "snapshot", monitor.from, monitor.until - std::chrono::days{1});
  return day ? known_at(monitor, *day) : std::move(monitor);
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
  const bool quiet = arguments.has("quiet");
  CalibrationOptions options = calibration_options(arguments);
  options.draws = static_cast<int>(arguments.number("draws", 0, 1000).value_or(200));
  const report::Language language = language_of(arguments);

  const ImportPlan plan = read_import(arguments, "calibrate");
  const std::unique_ptr<OutputFolder> folder = output_folder(arguments);
  const Monitor monitor = read(plan, arguments);
  const Linked linked = link(monitor);
  const Calibration calibration = calibrate(plan, monitor, linked, options);
  check_made("chain", calibration.problems);
  if (!quiet) show(summary(monitor, calibration));
  if (!folder) return;
  folder->add("chain.yaml", scenario_yaml(calibration.scenario, calibration.remarks));
  if (options.draws > 0) folder->add("draws.csv", draws_csv(calibration.scenario));
  folder->add("state.csv", state_csv(*calibration.scenario.state));
  const std::vector<ReportedPeriod> months = history_months(monitor.from, monitor.until);
  folder->add("history.csv",
              history_csv(added_per_step(plan, observed_figures(plan, monitor, months)), months, options.min_cell));
  folder->add("quality.csv", quality_csv(monitor, options.min_cell));
  folder->add("gaps.csv", gaps_csv(monitor));
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
