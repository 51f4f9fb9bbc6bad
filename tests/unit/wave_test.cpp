#include "ketensim/wave.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "ketensim/simulate.hpp"
#include "tests/support/chain_builder.hpp"

namespace ketensim {
namespace {

using namespace support;
using std::chrono::days;
using testing::ElementsAre;
using testing::IsEmpty;

std::size_t indicator(std::string_view name) {
  const auto kinds = indicator_kinds();
  return static_cast<std::size_t>(
      std::find_if(kinds.begin(), kinds.end(), [&](const IndicatorKind& kind) { return kind.name == name; }) -
      kinds.begin());
}

/// One step A.work over periods of ten days, with the same in both replications but for a jitter of the inflow.
Results of(const std::map<std::string, std::vector<double>>& figures, double jitter) {
  Results results;
  results.replications = 2;
  results.base_periods = figures.begin()->second.size();
  for (std::size_t p = 0; p < results.base_periods; ++p) {
    const Date from = date(2024, 1, 1) + days{10 * static_cast<int>(p)};
    results.periods.push_back({std::to_string(p), from, from + days{10}});
  }
  for (const auto& [name, values] : figures) results.figures.push_back({"A", "work", indicator(name)});
  for (const double sign : {-1.0, 1.0})
    for (const auto& [name, values] : figures)
      for (const double value : values) results.values.push_back(value + (name == "inflow" ? sign * jitter : 0.0));
  return results;
}

TEST(Wave, IsWhatABurstDoesFromItsArrivalOn) {
  const Results baseline = of({{"inflow", {5, 5, 5, 5, 5}},
                               {"left", {0, 0, 0, 0, 0}},
                               {"norm_met", {1, 1, 1, 1, 1}},
                               {"outflow", {5, 5, 5, 5, 5}},
                               {"queue_mean", {2, 2, 2, 2, 2}}},
                              0.0);
  const Results alternative = of({{"inflow", {5, 25, 12, 7, 5}},
                                  {"left", {0, 0, 1, 0, 0}},
                                  {"norm_met", {0.0, 0.5, 0.8, 1, 1}},
                                  {"outflow", {5, 10, 11, 9, 5}},
                                  {"queue_mean", {9, 12, 8, 3, 1}}},
                                 0.05);
  const std::vector<Wave> found = waves(baseline, alternative);
  ASSERT_EQ(found.size(), 1U);
  const Wave& wave = found.front();
  EXPECT_EQ(wave.burst.first, 1U);
  EXPECT_EQ(wave.burst.gone, 4U);
  EXPECT_DOUBLE_EQ(wave.inflow.mean, 20 + 7 + 2);
  EXPECT_EQ(wave.passed, 2U);  // 27 of 29 have come by then, 20 before
  EXPECT_EQ(wave.days_to_pass, 20.0);
  EXPECT_DOUBLE_EQ(wave.waiting.mean, 10.0 * (10 + 6 + 1 - 1));  // the first period lies before the arrival
  EXPECT_EQ(wave.waiting.se, 0.0);
  EXPECT_TRUE(wave.normed);
  EXPECT_DOUBLE_EQ(wave.breaches.mean, 0.5 * 10 + 0.2 * 10);
}

TEST(Wave, IsNotThereWithoutABurst) {
  const Results same = of({{"inflow", {5, 5}}, {"queue_mean", {1, 2}}}, 0.1);
  EXPECT_THAT(waves(same, same), IsEmpty());
}

/// Too little capacity at A, whose backlog is cleared: a burst at B, and behind it at C.
Scenario before_clearing() {
  ChainBuilder builder(CalendarKind::continuous, date(2024, 1, 1), date(2024, 4, 1), 60.0, Report::week);
  builder.organisation("A");
  builder.stream("reports", "A.first", 1.2);
  builder.station("A.first", 1, exponential(1.0), {to("A.second")});
  builder.station("A.second", 2, exponential(1.4), {to("A.third")});
  builder.station("A.third", 3, exponential(2.2));
  builder.scenario.replications = 12;
  return builder.scenario;
}

Scenario after_clearing() {
  Scenario scenario = before_clearing();
  scenario.interventions.push_back({"clear_backlog", {{{"step", "A.first"}, {"on", date(2024, 1, 20)}}}});
  return scenario;
}

Results run(const Scenario& scenario, const std::vector<Accompanying>& added = {}) {
  Scenario with = scenario;
  for (Intervention& intervention : interventions_of(added)) with.interventions.push_back(std::move(intervention));
  return simulate({with}).front();
}

/// By the definition, without the search's code.
bool at_baseline(const Results& baseline, const Results& results, const std::string& step) {
  const std::size_t figure = baseline.find("A", step, "queue_mean");
  for (std::size_t period = 0; period < baseline.base_periods; ++period) {
    const Summary extra = effect(baseline, results, figure, period);
    if (extra.mean > std::max(kAtBaseline, 2.0 * extra.se)) return false;
  }
  return true;
}

TEST(Accompany, FindsTheFewestSlotsThatBruteForceFinds) {
  const Scenario alternative = after_clearing();
  const Results baseline = run(before_clearing()), results = run(alternative);
  ASSERT_FALSE(at_baseline(baseline, results, "second"));
  const Accompaniment found = accompany(baseline, alternative, results,
                                        [](const std::vector<Scenario>& scenarios) { return simulate(scenarios); });
  EXPECT_THAT(found.left_over, IsEmpty());
  ASSERT_EQ(found.pools.size(), 2U);
  EXPECT_EQ(found.pools[0].pool, "A.second");
  EXPECT_EQ(found.pools[1].pool, "A.third");
  EXPECT_TRUE(at_baseline(baseline, run(alternative, found.pools), "second"));
  EXPECT_TRUE(at_baseline(baseline, run(alternative, found.pools), "third"));

  const Date start = alternative.period.start, end = alternative.period.end;
  int fewest = 1'000;
  for (int second = 1; second <= 8; ++second)
    for (int third = 1; third <= 8 && second + third < fewest; ++third) {
      const Results tried = run(alternative, {{"A.second", start, end, second}, {"A.third", start, end, third}});
      if (at_baseline(baseline, tried, "second") && at_baseline(baseline, tried, "third")) fewest = second + third;
    }
  EXPECT_EQ(found.pools[0].slots + found.pools[1].slots, fewest);
}

TEST(Accompany, EndsAsEarlyAsCanBeAndThenBeginsAsLate) {
  const Scenario alternative = after_clearing();
  const Results baseline = run(before_clearing()), results = run(alternative);
  const Accompaniment found = accompany(baseline, alternative, results,
                                        [](const std::vector<Scenario>& scenarios) { return simulate(scenarios); });
  const Accompanying& added = found.pools.front();  // nothing comes back from the third to the second
  const auto keeps = [&](Date from, Date until, int slots) {
    return at_baseline(baseline, run(alternative, {{added.pool, from, until, slots}}), "second");
  };
  EXPECT_TRUE(keeps(added.from, added.until, added.slots));
  EXPECT_FALSE(keeps(alternative.period.start, alternative.period.end, added.slots - 1));
  EXPECT_FALSE(keeps(alternative.period.start, added.until - days{7}, added.slots));
  ASSERT_GT(added.until - added.from, days{7});
  EXPECT_FALSE(keeps(added.from + days{7}, added.until, added.slots));
}

TEST(Accompany, IsNothingWhereNoQueueRises) {
  const Scenario scenario = before_clearing();
  const Results baseline = run(scenario);
  const Accompaniment found = accompany(baseline, scenario, baseline, [](const std::vector<Scenario>& scenarios) {
    ADD_FAILURE() << "nothing need be simulated";
    return simulate(scenarios);
  });
  EXPECT_THAT(found.pools, IsEmpty());
  EXPECT_THAT(found.left_over, IsEmpty());
}

TEST(Accompany, TellsWhatSlotsCannotMend) {
  // Whoever is in service at the second needs a slot of another pool as well, which is not the one given more.
  Scenario scenario = before_clearing();
  scenario.chain.pools.push_back({"A.both", always(2.0), {}, {}, {}, 0.0});
  scenario.chain.steps[1].more_pools = {"A.both"};
  Scenario alternative = scenario;
  alternative.interventions = after_clearing().interventions;
  const Results baseline = run(scenario), results = run(alternative);
  const Accompaniment found = accompany(baseline, alternative, results,
                                        [](const std::vector<Scenario>& scenarios) { return simulate(scenarios); });
  ASSERT_EQ(found.left_over.size(), 1U);
  EXPECT_EQ(found.left_over[0].step, "second");
  EXPECT_GT(found.left_over[0].extra.mean, kAtBaseline);
}

}  // namespace
}  // namespace ketensim
