#include "ketensim/replay.hpp"

#include <fmt/format.h>

#include <memory>
#include <span>

#include "ketensim/simulate.hpp"
#include "tools/cli/deliveries.hpp"
#include "tools/cli/output_text.hpp"
#include "tools/cli/progress.hpp"
#include "tools/cli/verbs.hpp"
#include "tools/report/past.hpp"
#include "tools/report/text.hpp"
#include "tools/results/dates.hpp"
#include "tools/results/past.hpp"

namespace ketensim::cli {
namespace {

using std::chrono::days;

po::options_description options() {
  po::options_description options("Options");
  add_delivery_options(options);
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  options.add_options()                                                                         //
      ("from", text("DATE"), "first day (default: a year after the deliveries begin)")          //
      ("until", text("DATE"), "day before which it ends (default: the end of the deliveries)")  //
      ("replications", text("N"), "simulated pasts (default 100)")                              //
      ("out", text("DIR"), "write replay.csv into this folder");
  return options;
}

/// The first of a month, a year after the deliveries begin, where that leaves a year: until then it is not known who
/// was on the way between two partners.
Date default_from(const Monitor& monitor) {
  const std::chrono::year_month_day first(monitor.from);
  const auto month = first.year() / first.month() + std::chrono::months{unsigned(first.day()) == 1 ? 12 : 13};
  const Date start{month / std::chrono::day{1}};
  return monitor.until - start >= days{365} ? start : monitor.from;
}

Scenario scenario_of(const ImportPlan& plan, const Monitor& monitor, const Calibration& calibration,
                     const Arguments& arguments) {
  const Date from = day_of(arguments, "from", monitor.from, monitor.until - days{1}).value_or(default_from(monitor));
  const Date until = day_of(arguments, "until", from + days{1}, monitor.until).value_or(monitor.until);
  const auto replications = static_cast<int>(arguments.number("replications", 1, 100'000).value_or(100));
  Scenario scenario = replay_scenario(plan, monitor, calibration, from, until, replications, calibration.scenario.seed);
  std::vector<std::string> problems;
  for (const Problem& problem : validate(scenario))
    if (problem.severity == Problem::Severity::error) problems.push_back(problem.message);
  check_made("replay", problems);
  return scenario;
}

void run(const Arguments& arguments) {
  const bool quiet = arguments.has("quiet");
  CalibrationOptions options = calibration_options(arguments);
  options.draws = 100;
  const ImportPlan plan = read_import(arguments, "replay");
  const std::unique_ptr<OutputFolder> folder = output_folder(arguments);
  const Monitor monitor = read_deliveries(plan, arguments);
  const Calibration calibration = calibrate(plan, monitor, link(monitor), options);
  check_made("chain", calibration.problems);
  const Scenario scenario = scenario_of(plan, monitor, calibration, arguments);

  Results results;
  {
    Progress progress(!quiet);
    RunOptions run;
    run.threads = options.threads;
    run.progress = [&](int done, int total) { progress.update(done, total); };
    results = std::move(simulate({scenario}, run).front());
  }
  const std::span<const ReportedPeriod> months = std::span(results.periods).first(results.base_periods);
  const Replay replay = compare_replay(results, observed_figures(plan, monitor, months));
  if (!quiet)
    show(fmt::format("{}, replayed from {} to {}, {} replications, seed {}\n", plan.name,
                     iso_date(scenario.period.start), iso_date(scenario.period.end), scenario.replications,
                     scenario.seed) +
         report::set_out(report::replay_table(replay, options.min_cell), screen()));
  if (!folder) return;
  folder->add("replay.csv", replay_csv(replay, options.min_cell));
  folder->commit();
}

}  // namespace

Verb replay_verb() {
  return {"replay",
          "IMPORT.yaml",
          "Drives the calibrated chain with the arrivals and staff that were recorded, beside the queues observed",
          "  ketensim replay scenarios/twente/monitor.yaml --data scenarios/twente/monitor\n"
          "  ketensim replay monitor.yaml --data deliveries --from 2022-01-01 --replications 200 --out replayed\n",
          options,
          run};
}

}  // namespace ketensim::cli
