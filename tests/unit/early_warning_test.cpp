#include "ketensim/early_warning.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "ketensim/simulate.hpp"
#include "tests/support/chain_builder.hpp"

namespace ketensim {
namespace {

using support::date;

Scenario watched() {
  support::ChainBuilder chain(CalendarKind::continuous, date(2024, 1, 1), date(2024, 7, 1), 100.0, Report::month);
  chain.organisation("A");
  chain.stream("reports", "A.desk", 1.9);
  chain.station("A.desk", 2, support::exponential(1.0)).norm.lead_time = Duration{5.0, false};
  chain.station("A.other", 2, support::exponential(1.0));
  chain.scenario.chain.steps.front().next.front().to.front().to = "A.other";
  chain.scenario.replications = 60;
  chain.scenario.warn = {0.6, {{"A.desk", 8.0}}};
  return chain.scenario;
}

TEST(EarlyWarning, IsTheShareOfFuturesInTrouble) {
  const Scenario scenario = watched();
  const Results results = simulate({scenario}).front();
  const std::vector<EarlyWarning> warnings = early_warnings(results, scenario.warn);
  ASSERT_EQ(warnings.size(), 2u);  // the other step has neither norm nor threshold
  for (const EarlyWarning& warning : warnings) {
    const bool queue = warning.indicator == "queue_end";
    EXPECT_EQ(warning.organisation + "." + warning.step, "A.desk");
    EXPECT_EQ(warning.threshold, queue ? 8.0 : 0.6);
    ASSERT_EQ(warning.ahead.size(), results.base_periods);
    const std::size_t figure = results.find("A", "desk", warning.indicator);
    double any = 0.0;
    for (std::size_t period = 0; period < results.base_periods; ++period) {
      int times = 0;
      for (int r = 0; r < results.replications; ++r) {
        const double value = results.value(r, figure, period);
        times += queue ? value > 8.0 : value < 0.6;
      }
      EXPECT_DOUBLE_EQ(warning.ahead[period].probability, times / 60.0);
      any += warning.ahead[period].probability;
    }
    EXPECT_GT(any, 0.0);
    EXPECT_LT(any, 6.0);
  }
}

TEST(EarlyWarning, IsUndefinedWhereTheFigureIs) {
  Results results;
  std::size_t norm = 0;
  while (indicator_kinds()[norm].name != "norm_met") ++norm;
  results.figures = {{"A", "desk", norm}};
  results.periods = {{"2024-01-01", {}, {}}, {"2024-02-01", {}, {}}};
  results.base_periods = 2;
  results.replications = 2;
  const double none = std::numeric_limits<double>::quiet_NaN();
  results.values = {none, 0.1, none, none};
  const EarlyWarning warning = early_warnings(results, {}).front();
  EXPECT_TRUE(std::isnan(warning.ahead[0].probability));
  EXPECT_TRUE(std::isnan(warning.ahead[0].standard_error()));
  EXPECT_EQ(warning.ahead[1].probability, 1.0);
  EXPECT_EQ(warning.ahead[1].defined, 1);
}

TEST(EarlyWarning, NamesStepsThatThereAre) {
  Scenario scenario = watched();
  scenario.warn.queue_above = {{"A.desc", 3.0}};
  bool found = false;
  for (const Problem& problem : validate(scenario))
    found |=
        problem.path == std::vector<std::string>{"warn", "queue_above", "A.desc"} && problem.suggestion == "A.desk";
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace ketensim
