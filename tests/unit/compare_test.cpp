#include "ketensim/compare.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ketensim {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::size_t indicator(std::string_view name) {
  const auto kinds = indicator_kinds();
  const auto found =
      std::find_if(kinds.begin(), kinds.end(), [&](const IndicatorKind& kind) { return kind.name == name; });
  return static_cast<std::size_t>(found - kinds.begin());
}

/// The inflow of steps A.one, A.two, ... in consecutive months of 2024: values[replication][step][month].
Results inflows(const std::vector<std::vector<std::vector<double>>>& values) {
  Results results;
  results.replications = static_cast<int>(values.size());
  const char* names[] = {"one", "two", "three"};
  for (std::size_t step = 0; step < values[0].size(); ++step)
    results.figures.push_back({"A", names[step], indicator("inflow")});
  for (unsigned month = 0; month < values[0][0].size(); ++month) {
    const Date first = std::chrono::year(2024) / 1 / 1 + std::chrono::months(month);
    results.periods.push_back({std::to_string(month), first, first + std::chrono::days(28)});
  }
  results.base_periods = results.periods.size();
  for (const auto& replication : values)
    for (const auto& step : replication) results.values.insert(results.values.end(), step.begin(), step.end());
  return results;
}

TEST(Effect, IsTheMeanOfPairedDifferences) {
  const Results baseline = inflows({{{10}}, {{20}}, {{30}}}), alternative = inflows({{{11}}, {{22}}, {{33}}});
  const Summary summary = effect(baseline, alternative, 0, 0);
  EXPECT_DOUBLE_EQ(summary.mean, 2.0);
  EXPECT_DOUBLE_EQ(summary.se, 1.0 / std::sqrt(3.0));
}

TEST(Effect, OfNothingIsExactlyZero) {
  const Results same = inflows({{{0.1}}, {{0.7}}, {{1e17}}});
  const Summary summary = effect(same, same, 0, 0);
  EXPECT_EQ(summary.mean, 0.0);
  EXPECT_EQ(summary.se, 0.0);
  EXPECT_EQ(summary.p05, 0.0);
  EXPECT_EQ(summary.p95, 0.0);
}

TEST(Effect, SkipsPairsThatAreUndefinedOnEitherSide) {
  const Results baseline = inflows({{{kNaN}}, {{20}}, {{30}}}), alternative = inflows({{{11}}, {{kNaN}}, {{33}}});
  const Summary summary = effect(baseline, alternative, 0, 0);
  EXPECT_EQ(summary.defined, 1);
  EXPECT_DOUBLE_EQ(summary.mean, 3.0);
}

TEST(Effect, IsOfTheSameFigureThoughChainsDiffer) {
  const Results baseline = inflows({{{1}, {2}}});
  Results alternative = inflows({{{5}, {9}}});
  std::swap(alternative.figures[0], alternative.figures[1]);
  EXPECT_DOUBLE_EQ(effect(baseline, alternative, 0, 0).mean, 8.0);
  EXPECT_DOUBLE_EQ(effect(baseline, alternative, 1, 0).mean, 3.0);
  alternative.figures[0].step = "elsewhere";
  EXPECT_EQ(effect(baseline, alternative, 1, 0).defined, 0);
}

TEST(ImposeBaseline, GivesPeriodReplicationsAndSeed) {
  Scenario baseline;
  baseline.period.start = std::chrono::sys_days(std::chrono::year(2024) / 1 / 1);
  baseline.replications = 17;
  baseline.seed = 99;
  std::vector<Scenario> alternatives(2);
  alternatives[1].id = "kept";
  impose_baseline(baseline, alternatives);
  for (const Scenario& alternative : alternatives) {
    EXPECT_EQ(alternative.period.start, baseline.period.start);
    EXPECT_EQ(alternative.replications, 17);
    EXPECT_EQ(alternative.seed, 99U);
  }
  EXPECT_EQ(alternatives[1].id, "kept");
}

/// A baseline of nothing and, as alternative, rises that jitter by a tenth between two replications.
std::vector<Burst> bursts_of(const std::vector<std::vector<double>>& rises) {
  std::vector<std::vector<double>> none = rises, up = rises, down = rises;
  for (std::size_t step = 0; step < rises.size(); ++step)
    for (std::size_t month = 0; month < rises[step].size(); ++month) {
      none[step][month] = 0.0;
      up[step][month] += 0.05;
      down[step][month] -= 0.05;
    }
  return bursts(inflows({none, none}), inflows({up, down}));
}

TEST(Bursts, ArrivePeakAndGo) {
  const std::vector<Burst> found = bursts_of({{0, 0, 5, 20, 8, 1, 0, 0}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].organisation, "A");
  EXPECT_EQ(found[0].first, 2U);
  EXPECT_EQ(found[0].peak, 3U);
  EXPECT_EQ(found[0].gone, 5U);  // one is less than a tenth of twenty
  EXPECT_DOUBLE_EQ(found[0].at_peak.mean, 20.0);
}

TEST(Bursts, StandInTheOrderOfTheirArrival) {
  const std::vector<Burst> found = bursts_of({{0, 0, 0, 9, 0}, {0, 4, 0, 0, 0}, {0, 0, 6, 0, 0}});
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].step, "two");
  EXPECT_EQ(found[1].step, "three");
  EXPECT_EQ(found[2].step, "one");
}

TEST(Bursts, ThatLastToTheEndAreNotGone) {
  const std::vector<Burst> found = bursts_of({{0, 5, 20, 18, 19}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].gone, Results::npos);
}

TEST(Bursts, AreGoneOnlyWhenTheyStayAway) {
  const std::vector<Burst> found = bursts_of({{0, 20, 0, 6, 0, 0}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].gone, 4U);
}

TEST(Bursts, AreNoNoiseNoFallAndNoTotal) {
  EXPECT_TRUE(bursts_of({{0.1, -0.1, 0.15, 0}}).empty());
  EXPECT_TRUE(bursts_of({{0, -20, -5, 0}}).empty());
  Results baseline = inflows({{{0.0}}, {{0.0}}}), alternative = inflows({{{9.0}}, {{9.5}}});
  baseline.figures[0].step = alternative.figures[0].step = "all";
  EXPECT_TRUE(bursts(baseline, alternative).empty());
}

TEST(Bursts, CannotBeToldFromChanceInOneReplication) {
  EXPECT_TRUE(bursts(inflows({{{0.0, 0.0}}}), inflows({{{50.0, 0.0}}})).empty());
}

}  // namespace
}  // namespace ketensim
