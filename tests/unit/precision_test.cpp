// Replications are added until a figure is known precisely enough.
#include <gtest/gtest.h>

#include <bit>

#include "ketensim/simulate.hpp"
#include "tests/support/chain_builder.hpp"

namespace ketensim {
namespace {

using support::date;

/// M/M/4 that is nearly full: about 20 cases wait, and how many differs much.
Scenario crowded_desk() {
  support::ChainBuilder chain(CalendarKind::continuous, date(2024, 1, 1), date(2024, 4, 1), 200.0, Report::month);
  chain.organisation("A");
  chain.stream("reports", "A.desk", 3.8);
  chain.station("A.desk", 4, support::exponential(1.0));
  chain.scenario.replications = 20;
  chain.scenario.seed = 7;
  return chain.scenario;
}

Scenario precise(double relative, int at_most) {
  Scenario scenario = crowded_desk();
  scenario.precision = Precision{"queue_mean", relative, "", at_most};
  return scenario;
}

bool same(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

TEST(Precision, IsReachedWhereverAQueueStands) {
  std::vector<PrecisionReached> reached;
  const Results results = simulate_to_precision({precise(0.15, 5000)}, {}, reached).front();
  ASSERT_EQ(reached.size(), 1u);
  EXPECT_TRUE(reached.front().enough);
  EXPECT_GT(results.replications, 20);
  EXPECT_LT(results.replications, 5000);
  const std::size_t queue = results.find("A", "desk", "queue_mean");
  double widest = 0.0;
  int queues = 0;
  for (std::size_t period = 0; period < results.base_periods; ++period) {
    const Summary summary = summarise(results, queue, period);
    if (summary.mean < 10.0) continue;
    ++queues;
    widest = std::max(widest, 1.96 * summary.se / summary.mean);
  }
  EXPECT_GE(queues, 1);
  EXPECT_LE(widest, 0.15 * 1.0001);
  EXPECT_NEAR(reached.front().relative, widest, 1e-4);
}

TEST(Precision, AddsReplicationsToThoseThatWereThere) {
  std::vector<PrecisionReached> reached;
  const Results more = simulate_to_precision({precise(0.15, 5000)}, {}, reached).front();
  const Results plain = simulate({crowded_desk()}).front();
  Scenario as_many = crowded_desk();
  as_many.replications = more.replications;
  const Results at_once = simulate({as_many}).front();
  ASSERT_EQ(at_once.values.size(), more.values.size());
  for (std::size_t i = 0; i < plain.values.size(); ++i) ASSERT_TRUE(same(plain.values[i], more.values[i]));
  for (std::size_t i = 0; i < at_once.values.size(); ++i) ASSERT_TRUE(same(at_once.values[i], more.values[i]));
}

TEST(Precision, DrawsItsParametersInTheSameOrder) {
  Scenario scenario = precise(0.2, 5000);
  for (const double rate : {3.6, 3.7, 3.8}) {
    Chain drawn = scenario.chain;
    drawn.streams.front().per_day = rate;
    scenario.drawn.push_back(std::make_shared<const Chain>(drawn));
  }
  std::vector<PrecisionReached> reached;
  const Results more = simulate_to_precision({scenario}, {}, reached).front();
  ASSERT_GT(more.replications, scenario.replications);
  Scenario as_many = scenario;
  as_many.precision.reset();
  as_many.replications = more.replications;
  const Results at_once = simulate({as_many}).front();
  for (std::size_t i = 0; i < at_once.values.size(); ++i) ASSERT_TRUE(same(at_once.values[i], more.values[i]));
}

TEST(Precision, SaysWhereItCannotBeReached) {
  std::vector<PrecisionReached> reached;
  const Results results = simulate_to_precision({precise(0.001, 60)}, {}, reached).front();
  EXPECT_EQ(results.replications, 60);
  ASSERT_EQ(reached.size(), 1u);
  EXPECT_FALSE(reached.front().enough);
  EXPECT_GT(reached.front().relative, 0.001);
  EXPECT_EQ(reached.front().organisation + "." + reached.front().step, "A.desk");
  EXPECT_TRUE(reached.front().period.starts_with("2024-0"));
}

TEST(Precision, IsOfTheNamedStepHoweverShortItsQueue) {
  Scenario scenario = precise(0.1, 400);
  scenario.chain.pools.front().slots = support::always(40);
  std::vector<PrecisionReached> reached;
  simulate_to_precision({scenario}, {}, reached);
  EXPECT_TRUE(reached.front().enough);  // no queue anywhere
  scenario.precision->at = "A.desk";
  scenario.precision->indicator = "wip_mean";
  const Results results = simulate_to_precision({scenario}, {}, reached).front();
  EXPECT_EQ(reached.front().step, "desk");
  EXPECT_LE(reached.front().relative, 0.1);
  EXPECT_GE(results.replications, 20);
}

TEST(Precision, OfAComparisonIsThatOfEachScenario) {
  Scenario calm = precise(0.15, 5000);
  calm.id = "calm";
  calm.chain.pools.front().slots = support::always(40);
  std::vector<PrecisionReached> reached;
  const auto results = simulate_to_precision({calm, precise(0.15, 5000)}, {}, reached);
  ASSERT_EQ(reached.size(), 2u);
  EXPECT_TRUE(reached[0].enough && reached[1].enough);
  EXPECT_EQ(results[0].replications, results[1].replications);
  EXPECT_GT(results[0].replications, 20);
}

TEST(Precision, MustBePossible) {
  const auto problem = [](const Precision& precision) {
    Scenario scenario = crowded_desk();
    scenario.precision = precision;
    std::string text;
    for (const Problem& found : validate(scenario))
      if (found.severity == Problem::Severity::error) text += found.path.back() + ": " + found.message + "\n";
    return text;
  };
  EXPECT_EQ(problem({"queue_end", 0.02, "A.desk", 100}), "");
  EXPECT_NE(problem({"queue_ned", 0.02, "", 100}).find("indicator: unknown indicator `queue_ned`"), std::string::npos);
  EXPECT_NE(problem({"queue_end", 0.0, "", 100}).find("relative: "), std::string::npos);
  EXPECT_NE(problem({"queue_end", 0.02, "A.desc", 100}).find("at: unknown step"), std::string::npos);
  EXPECT_NE(problem({"queue_end", 0.02, "", 10}).find("at_most: there are 20 replications"), std::string::npos);
}

}  // namespace
}  // namespace ketensim
