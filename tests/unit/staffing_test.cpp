// Staff that differs from plan, the caseload of those who are there, and layers of uncertainty.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "ketensim/layers.hpp"
#include "ketensim/simulate.hpp"
#include "tests/support/chain_builder.hpp"

namespace ketensim {
namespace {

using support::always;
using support::date;

/// Two desks of 50 fte with 4 cases each, and work for about 160 of the 200 slots of each.
Scenario desks() {
  support::ChainBuilder chain(CalendarKind::continuous, date(2024, 1, 1), date(2024, 3, 1), 200.0, Report::month);
  chain.organisation("A");
  chain.stream("reports", "A.one", 8.0);
  for (const char* id : {"A.one", "A.two"}) {
    Pool& pool = chain.pool(id, 0);
    pool.slots.reset();
    pool.fte = always(50.0);
    pool.cases_per_fte = always(4.0);
    chain.step(id, id, support::exponential(20.0));
  }
  chain.scenario.chain.steps.front().next.front().to.front().to = "A.two";
  chain.scenario.replications = 400;
  return chain.scenario;
}

double mean(const Results& results, const char* step, const char* indicator) {
  return summarise(results, results.find("A", step, indicator), results.find_period("all")).mean;
}
double value(const Results& results, int replication, const char* step, const char* indicator) {
  return results.value(replication, results.find("A", step, indicator), results.find_period("all"));
}

TEST(Caseload, IsBusySlotsPerFteAtWork) {
  Scenario scenario = desks();
  scenario.replications = 20;
  Pool& pool = scenario.chain.pools.front();
  pool.leave.fill(0.1);
  const Results results = simulate({scenario}).front();
  for (int r = 0; r < results.replications; ++r) {
    EXPECT_DOUBLE_EQ(value(results, r, "one", "slots_mean"), 180.0);
    EXPECT_NEAR(value(results, r, "one", "caseload"), value(results, r, "one", "wip_mean") / 45.0, 1e-9);
    EXPECT_NEAR(value(results, r, "two", "caseload"), value(results, r, "two", "wip_mean") / 50.0, 1e-9);
  }
}

TEST(Caseload, IsOfPoolsInFteAlone) {
  Scenario scenario = desks();
  scenario.chain.pools.back().fte.reset();
  scenario.chain.pools.back().cases_per_fte.reset();
  scenario.chain.pools.back().slots = always(200.0);
  scenario.replications = 1;
  const Results results = simulate({scenario}).front();
  EXPECT_NE(results.find("A", "one", "caseload"), Results::npos);
  EXPECT_EQ(results.find("A", "two", "caseload"), Results::npos);
}

TEST(Caseload, FollowsALever) {
  Scenario scenario = desks();
  scenario.replications = 1;
  Scenario more = scenario;
  more.interventions = {{"capacity", Settings{{{"pool", std::string("A.one")},
                                               {"from", date(2024, 1, 1)},
                                               {"change", Change{Change::Kind::add_fte, 25.0}}}}}};
  const Results results = simulate({more}).front();
  EXPECT_NEAR(value(results, 0, "one", "caseload"), value(results, 0, "one", "wip_mean") / 75.0, 1e-9);
}

TEST(StaffingUncertainty, ChangesStaffByItsShareAroundThePlan) {
  Scenario scenario = desks();
  scenario.staffing_uncertainty = 0.1;
  const Results results = simulate({scenario}).front();
  const std::size_t slots = results.find("A", "one", "slots_mean"), all = results.find_period("all");
  double sum = 0.0, squares = 0.0;
  const double n = results.replications;
  for (int r = 0; r < results.replications; ++r) {
    const double ratio = results.value(r, slots, all) / 200.0;
    sum += ratio;
    squares += ratio * ratio;
  }
  const double of_mean = sum / n, spread = std::sqrt(squares / n - of_mean * of_mean);
  // Slots are rounded down, by half of one in 200 as a mean. Four standard errors of a mean, and of a standard
  // deviation (about sd / sqrt(2 n)).
  EXPECT_NEAR(of_mean, 1.0 - 0.5 / 200.0, 4.0 * 0.1 / std::sqrt(n));
  EXPECT_NEAR(spread, 0.1, 4.0 * 0.1 / std::sqrt(2.0 * n) + 0.002);
}

TEST(StaffingUncertainty, IsOfEachPoolOnItsOwn) {
  Scenario scenario = desks();
  scenario.staffing_uncertainty = 0.1;
  const Results results = simulate({scenario}).front();
  double product = 0.0;
  for (int r = 0; r < results.replications; ++r)
    product += (value(results, r, "one", "slots_mean") / mean(results, "one", "slots_mean") - 1.0) *
               (value(results, r, "two", "slots_mean") / mean(results, "two", "slots_mean") - 1.0);
  const double correlation = product / results.replications / (0.1 * 0.1);
  EXPECT_NEAR(correlation, 0.0, 4.0 / std::sqrt(static_cast<double>(results.replications)));
}

TEST(StaffingUncertainty, BeginsWithThePeriod) {
  Scenario scenario = desks();
  scenario.replications = 1;
  Scenario uncertain = scenario;
  uncertain.staffing_uncertainty = 0.1;
  // What stands in service as the period begins came to be with the staff as planned: the first case is the same.
  const Results plain = simulate({scenario}).front(), other = simulate({uncertain}).front();
  EXPECT_EQ(value(plain, 0, "one", "inflow"), value(other, 0, "one", "inflow"));
  EXPECT_NE(value(plain, 0, "one", "slots_mean"), value(other, 0, "one", "slots_mean"));
}

TEST(StaffingUncertainty, IsSharedByScenarios) {
  Scenario scenario = desks();
  scenario.staffing_uncertainty = 0.2;
  scenario.replications = 10;
  Scenario other = scenario;
  other.chain.streams.front().per_day = 4.0;
  const auto results = simulate({scenario, other});
  for (int r = 0; r < 10; ++r)
    EXPECT_EQ(value(results[0], r, "one", "slots_mean"), value(results[1], r, "one", "slots_mean"));
}

TEST(StaffingUncertainty, OfNothingChangesNothing) {
  Scenario scenario = desks();
  scenario.replications = 3;
  Scenario tiny = scenario;
  tiny.staffing_uncertainty = 1e-12;
  const auto results = simulate({scenario, tiny});
  for (int r = 0; r < 3; ++r)
    for (const char* indicator : {"inflow", "outflow", "queue_mean", "wip_mean"})
      EXPECT_EQ(value(results[0], r, "two", indicator), value(results[1], r, "two", indicator)) << indicator;
}

// ---- Layers

Scenario layered() {
  Scenario scenario = desks();
  scenario.staffing_uncertainty = 0.15;
  for (const double rate : {6.0, 7.0, 8.0, 9.0, 10.0}) {
    Chain drawn = scenario.chain;
    drawn.streams.front().per_day = rate;
    scenario.drawn.push_back(std::make_shared<const Chain>(drawn));
  }
  return scenario;
}

TEST(Layers, GiveEachUncertaintyItsPart) {
  const LayeredResults layers = simulate_layers(layered());
  const Results& chance = layers.runs[0];
  const std::size_t all = chance.find_period("all"), inflow = chance.find("A", "one", "inflow"),
                    slots = chance.find("A", "one", "slots_mean");
  // Reports over 60 days: Poisson at 8 a day, and a rate with a variance of 2 (of five draws, each as often).
  const double n = chance.replications, days = 60.0;
  const double by_chance = std::sqrt(8.0 * days), by_rate = std::sqrt(2.0) * days;
  EXPECT_NEAR(layers.standard_deviation(Layer::chance, inflow, all), by_chance, 4.0 * by_chance / std::sqrt(2.0 * n));
  EXPECT_NEAR(layers.standard_deviation(Layer::parameters, inflow, all), by_rate, 4.0 * by_rate / std::sqrt(2.0 * n));
  EXPECT_EQ(layers.standard_deviation(Layer::staffing, inflow, all), 0.0);
  EXPECT_NEAR(layers.standard_deviation(Layer::together, inflow, all), std::hypot(by_chance, by_rate),
              4.0 * by_rate / std::sqrt(2.0 * n));
  EXPECT_EQ(layers.standard_deviation(Layer::chance, slots, all), 0.0);
  EXPECT_EQ(layers.standard_deviation(Layer::parameters, slots, all), 0.0);
  EXPECT_NEAR(layers.standard_deviation(Layer::staffing, slots, all), 30.0, 4.0 * 30.0 / std::sqrt(2.0 * n) + 1.0);
}

TEST(Layers, TogetherAreTheScenarioItself) {
  Scenario scenario = layered();
  scenario.replications = 10;
  const LayeredResults layers = simulate_layers(scenario);
  const Results results = simulate({scenario}).front();
  const Results& together = layers.runs[static_cast<std::size_t>(Layer::together)];
  ASSERT_EQ(together.values.size(), results.values.size());
  for (std::size_t i = 0; i < results.values.size(); ++i)
    ASSERT_EQ(std::bit_cast<std::uint64_t>(together.values[i]), std::bit_cast<std::uint64_t>(results.values[i]));
}

TEST(Layers, ThatAScenarioHasNotBringNothing) {
  Scenario scenario = desks();
  scenario.replications = 10;
  const LayeredResults layers = simulate_layers(scenario);
  const std::size_t queue = layers.runs[0].find("A", "one", "wip_end");
  EXPECT_GT(layers.standard_deviation(Layer::chance, queue, 0), 0.0);
  EXPECT_EQ(layers.standard_deviation(Layer::parameters, queue, 0), 0.0);
  EXPECT_EQ(layers.standard_deviation(Layer::staffing, queue, 0), 0.0);
  EXPECT_EQ(layers.standard_deviation(Layer::together, queue, 0), layers.standard_deviation(Layer::chance, queue, 0));
}

}  // namespace
}  // namespace ketensim
