#include "ketensim/backtest.hpp"

#include <fmt/format.h>

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

po::options_description options() {
  po::options_description options("Options");
  add_delivery_options(options);
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  options.add_options()                                                                               //
      ("origins", text("N"), "ends of quarters to forecast from, the latest (default 12)")            //
      ("quarters", text("N"), "quarters to forecast, as far as the deliveries go (default 8)")        //
      ("history", text("N"), "months that are known at the first origin, at least (default 24)")      //
      ("replications", text("N"), "simulated futures of each origin (default 200)")                   //
      ("draws", text("N"), "draws of the uncertain parameters at each origin (default 50; 0: none)")  //
      ("out", text("DIR"), "write backtest.csv and skill.csv into this folder");
  return options;
}

BacktestOptions read_options(const Arguments& arguments) {
  BacktestOptions options;
  const CalibrationOptions typed = calibration_options(arguments);
  const auto number = [&](const char* option, std::uint64_t low, std::uint64_t high, int otherwise) {
    return static_cast<int>(arguments.number(option, low, high).value_or(static_cast<std::uint64_t>(otherwise)));
  };
  options.seed = typed.seed;
  options.threads = typed.threads;
  options.origins = number("origins", 1, 400, options.origins);
  options.quarters = number("quarters", 1, 40, options.quarters);
  options.history = number("history", 12, 1200, options.history);
  options.replications = number("replications", 2, 100'000, options.replications);
  options.calibration.draws = number("draws", 0, 1000, options.calibration.draws);
  return options;
}

std::string heading(const ImportPlan& plan, const Backtest& result, const BacktestOptions& options) {
  return fmt::format("{}, forecast from {} origins, {} to {}, {} replications, seed {}\n", plan.name,
                     result.origins.size(), iso_date(result.origins.front()), iso_date(result.origins.back()),
                     options.replications, options.seed);
}

void run(const Arguments& arguments) {
  const bool quiet = arguments.has("quiet");
  const int min_cell = calibration_options(arguments).min_cell;
  BacktestOptions options = read_options(arguments);
  const ImportPlan plan = read_import(arguments, "backtest");
  const std::unique_ptr<OutputFolder> folder = output_folder(arguments);
  const Monitor monitor = read_deliveries(plan, arguments);
  Backtest result;
  {
    Progress progress(!quiet, "calibrations and forecasts");
    options.progress = [&](int done, int total) { progress.update(done, total); };
    result = backtest(plan, monitor, options);
  }
  check_made("backtest", result.problems);
  if (!quiet)
    show(heading(plan, result, options) + report::set_out(report::queue_skill_table(result), screen()) +
         report::set_out(report::flow_skill_table(result), screen()));
  if (!folder) return;
  folder->add("backtest.csv", backtest_csv(result, min_cell));
  folder->add("skill.csv", skill_csv(result));
  folder->commit();
}

}  // namespace

Verb backtest_verb() {
  return {"backtest",
          "IMPORT.yaml",
          "Forecasts from days in the past by what was known then, and scores the forecasts by what came",
          "  ketensim backtest scenarios/twente/monitor.yaml --data scenarios/twente/monitor --out backtest\n"
          "  ketensim backtest monitor.yaml --data deliveries --origins 4 --quarters 4\n",
          options,
          run};
}

}  // namespace ketensim::cli
