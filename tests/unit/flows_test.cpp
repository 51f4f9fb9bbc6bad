// Which ways cases go, of which scenario and replication.
#include "engine/statistics/flows.hpp"

#include <gtest/gtest.h>

#include <map>

#include "ketensim/simulate.hpp"
#include "tests/support/chain_builder.hpp"
#include "tests/support/chains.hpp"

namespace ketensim {
namespace {

using namespace support;

double figure(const Results& results, const std::string& place, const char* indicator, int replication) {
  const std::size_t dot = place.rfind('.');
  const std::size_t index = results.find(place.substr(0, dot), place.substr(dot + 1), indicator);
  return results.value(replication, index, results.periods.size() - 1);
}

double gone(const Results& results, int replication, bool (*goes)(const Way&, const std::string&),
            const std::string& place = "") {
  double cases = 0.0;
  for (std::size_t way = 0; way < results.flows.ways.size(); ++way)
    if (goes(results.flows.ways[way], place)) cases += results.flows.count(replication, way);
  return cases;
}

TEST(Flows, ToAStepAreItsInflowAndOutAreTheChainsOutflow) {
  Scenario scenario = mini_chain();
  scenario.replications = 3;
  const Results results = simulate({scenario}).front();
  ASSERT_GT(results.flows.ways.size(), 10u);
  for (int replication = 0; replication < 3; ++replication) {
    for (const char* step : {"VTT.triage", "VTT.research", "RVDK.research", "JBOV.intake", "GM0153.access"})
      EXPECT_EQ(gone(
                    results, replication, [](const Way& way, const std::string& to) { return way.to == to; }, step),
                figure(results, step, "inflow", replication))
          << step;
    EXPECT_EQ(gone(results, replication, [](const Way& way, const std::string&) { return way.to == Way::kOut; }),
              figure(results, "chain.all", "outflow", replication));
    EXPECT_EQ(gone(results, replication, [](const Way& way, const std::string&) { return way.from == Way::kReturned; }),
              figure(results, "chain.all", "returns", replication));
    EXPECT_EQ(gone(results, replication,
                   [](const Way& way, const std::string&) {
                     return way.from == Way::kReported || way.from == Way::kReturned;
                   }),
              figure(results, "chain.all", "inflow", replication));
  }
}

TEST(Flows, OfTwoPartsAreThoseOfTheWhole) {
  Scenario scenario = mini_chain();
  scenario.replications = 5;
  const Flows whole = simulate({scenario}).front().flows;
  RunOptions rest;
  rest.first_replication = 2;
  const Flows last = simulate({scenario}, rest).front().flows;
  scenario.replications = 2;
  const Flows both = joined(simulate({scenario}).front().flows, 2, last, 3);
  EXPECT_EQ(both.ways, whole.ways);
  EXPECT_EQ(both.counts, whole.counts);
}

TEST(Flows, KeepAWayThatOnlyOnePartWent) {
  const Flows first{{{"A.a", "out"}}, {4, 5}}, second{{{"A.a", "A.b"}}, {7}};
  const Flows both = joined(first, 2, second, 1);
  EXPECT_EQ(both.ways, (std::vector<Way>{{"A.a", "A.b"}, {"A.a", "out"}}));
  EXPECT_EQ(both.counts, (std::vector<std::uint32_t>{0, 4, 0, 5, 7, 0}));
}

TEST(WayCounter, CountsAsManyWaysAsThereAre) {
  WayCounter counter;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> expected;
  const auto count = [&](std::uint32_t i) {
    counter.count(i % 977, i % 1013);
    ++expected[{i % 977, i % 1013}];
  };
  for (std::uint32_t i = 0; i < 20'000; ++i) count(i * 7919);
  counter.clear();
  EXPECT_TRUE(counter.counted().empty());
  expected.clear();
  for (std::uint32_t i = 0; i < 20'000; ++i) count(i * 104'729);
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> counted;
  for (const WayCount& way : counter.counted()) counted[{way.from, way.to}] = way.count;
  EXPECT_EQ(counted, expected);
}

// One slot, taken for longer than is simulated: whoever comes waits, and has waited so long at each end.
TEST(WaitingSoFar, IsCountedByItsBandAtTheEndOfAPeriod) {
  ChainBuilder chain(CalendarKind::continuous, date(2024, 1, 1), date(2024, 7, 1), 0.0, Report::month);
  chain.organisation("A");
  chain.stream("reports", "A.desk", 1.0);
  chain.station("A.desk", 1, deterministic(400.0));
  const Results results = simulate({chain.scenario}).front();
  const auto at = [&](const char* indicator, std::size_t period) {
    return results.value(0, results.find("A", "desk", indicator), period);
  };
  for (std::size_t period = 0; period < results.base_periods; ++period) {
    EXPECT_EQ(at("queue_to_1w", period) + at("queue_to_4w", period) + at("queue_to_13w", period) +
                  at("queue_over_13w", period),
              at("queue_end", period));
    // Nobody is served but the first: who waits for at most so long has come in that time.
    EXPECT_EQ(at("queue_over_13w", period) > 0.0, period >= 3) << period;  // from the end of April on
  }
  EXPECT_GT(at("queue_to_4w", 0), at("queue_to_1w", 0));
  EXPECT_EQ(results.value(0, results.find("chain", "all", "queue_over_13w"), 5), at("queue_over_13w", 5));
}

}  // namespace
}  // namespace ketensim
