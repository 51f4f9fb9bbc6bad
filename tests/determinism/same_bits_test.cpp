// The same scenario and seed give the same bits, whatever else the machine does.
#include <gtest/gtest.h>

#include <bit>

#include "engine/kernel/simulator.hpp"
#include "ketensim/compare.hpp"
#include "ketensim/simulate.hpp"
#include "tests/determinism/bits.hpp"
#include "tests/support/chains.hpp"

namespace ketensim {
namespace {

using namespace support;

/// The mini chain with its backlog cleared and some capacity added.
Scenario cleared() {
  Scenario scenario = mini_chain();
  scenario.id = "cleared";
  scenario.interventions = {
      {"clear_backlog", {{{"step", "VTT.research"}, {"on", date(2024, 2, 1)}}}},
      {"capacity",
       {{{"pool", "RVDK.research"},
         {"from", date(2024, 3, 1)},
         {"until", date(2024, 9, 1)},
         {"change", Change{Change::Kind::factor, 1.2}}}}},
  };
  return scenario;
}

std::vector<Scenario> both(int replications) {
  std::vector<Scenario> scenarios{mini_chain(), cleared()};
  for (Scenario& scenario : scenarios) scenario.replications = replications;
  return scenarios;
}

TEST(SameBits, WithOneTwoAndSevenThreads) {
  const std::vector<Scenario> scenarios = both(9);
  const std::vector<Results> one = simulate(scenarios, {1, 2, {}});
  for (const int threads : {2, 7}) {
    const std::vector<Results> many = simulate(scenarios, {threads, 2, {}});
    for (std::size_t s = 0; s < scenarios.size(); ++s) {
      EXPECT_TRUE(same_bits(one[s].values, many[s].values)) << threads << " threads";
      EXPECT_EQ(one[s].cases_csv, many[s].cases_csv);
      EXPECT_EQ(one[s].events, many[s].events);
    }
  }
}

TEST(SameBits, ByDatesTooWithOneTwoAndSevenThreads) {
  std::vector<Scenario> scenarios = both(5);
  for (Scenario& scenario : scenarios) {
    scenario.period.resolution = Resolution::day;
    scenario.period.handed_over_on_working_days = true;
  }
  const std::vector<Results> one = simulate(scenarios, {1, 2, {}});
  for (const int threads : {2, 7}) {
    const std::vector<Results> many = simulate(scenarios, {threads, 2, {}});
    for (std::size_t s = 0; s < scenarios.size(); ++s) {
      EXPECT_TRUE(same_bits(one[s].values, many[s].values)) << threads << " threads";
      EXPECT_EQ(one[s].cases_csv, many[s].cases_csv);
    }
  }
}

TEST(CasesCsv, WritesDatesWhereOnlyTheseAreKept) {
  Scenario scenario = mini_chain();
  scenario.replications = 1;
  scenario.period.resolution = Resolution::day;
  const std::string cases = simulate({scenario}, {1, 1, {}}).front().cases_csv;
  EXPECT_NE(cases.find(",2024-01-02,2024-01-02,"), std::string::npos);
  EXPECT_EQ(cases.find(':'), std::string::npos);
}

TEST(SameBits, OfAScenarioAloneAndBesideOthers) {
  const std::vector<Scenario> scenarios = both(4);
  const std::vector<Results> together = simulate(scenarios);
  for (std::size_t s = 0; s < scenarios.size(); ++s)
    EXPECT_TRUE(same_bits(simulate({scenarios[s]}).front().values, together[s].values));
}

TEST(SameBits, OfTheFirstReplicationsHoweverManyFollow) {
  const Results few = simulate(both(3)).back(), more = simulate(both(8)).back();
  EXPECT_TRUE(same_bits(few.values,
                        {more.values.begin(), more.values.begin() + static_cast<std::ptrdiff_t>(few.values.size())}));
}

TEST(SameBits, OfAReplicationRunAloneOrAfterOthersByTheSameSimulator) {
  const Scenario scenario = cleared();
  Layout layout = lay_out_periods(scenario.period);
  const Model model = compile(scenario, layout.cells);
  lay_out_figures(model, layout);
  std::vector<double> alone(layout.size()), after(layout.size()), others(layout.size());
  Simulator(model, layout).run(scenario.seed, 5, alone.data());
  Simulator simulator(model, layout);
  for (const int replication : {3, 17, 0}) simulator.run(scenario.seed, replication, others.data());
  simulator.run(scenario.seed, 5, after.data());
  EXPECT_TRUE(same_bits(alone, after));
  EXPECT_FALSE(same_bits(alone, others));
}

TEST(SameBits, DifferByReplicationAndSeed) {
  Scenario scenario = mini_chain();
  scenario.replications = 2;
  const Results results = simulate({scenario}).front();
  const auto middle = results.values.begin() + static_cast<std::ptrdiff_t>(results.row_size());
  EXPECT_FALSE(same_bits({results.values.begin(), middle}, {middle, results.values.end()}));
  scenario.seed += 1;
  EXPECT_FALSE(same_bits(results.values, simulate({scenario}).front().values));
}

/// The mini chain on three draws of a parameter.
Scenario on_three_draws(int replications) {
  Scenario scenario = mini_chain();
  for (const double days : {2.0, 3.0, 4.0}) {
    auto chain = std::make_shared<Chain>(scenario.chain);
    chain->steps.front().duration = lognormal(days, 0.8);
    scenario.drawn.push_back(std::move(chain));
  }
  scenario.replications = replications;
  return scenario;
}

TEST(SameBits, WhenASimulationIsContinuedWhereAnotherOneStopped) {
  for (const bool draws : {false, true}) {
    std::vector<Scenario> scenarios{on_three_draws(8), cleared()};
    scenarios.back().replications = 8;  // beside one with other draws
    if (!draws) scenarios.front().drawn.clear();
    const std::vector<Results> whole = simulate(scenarios);
    for (Scenario& scenario : scenarios) scenario.replications = 5;
    const std::vector<Results> first = simulate(scenarios);
    for (Scenario& scenario : scenarios) scenario.replications = 8;
    RunOptions rest;
    rest.first_replication = 5;
    const std::vector<Results> last = simulate(scenarios, rest);
    for (std::size_t s = 0; s < scenarios.size(); ++s) {
      EXPECT_EQ(last[s].replications, 3);
      std::vector<double> both = first[s].values;
      both.insert(both.end(), last[s].values.begin(), last[s].values.end());
      EXPECT_TRUE(same_bits(both, whole[s].values));
    }
  }
}

TEST(SameBits, WithWhoeverWatches) {
  class Counter : public Observer {
   public:
    explicit Counter(std::vector<int>& told) : told_(told) {}
    void visit(const Visit&) override { ++told_[0]; }
    void pool(const PoolFact&) override { ++told_[1]; }
    void over(double) override { ++told_[2]; }

   private:
    std::vector<int>& told_;
  };
  Scenario scenario = mini_chain();
  scenario.replications = 3;
  const Results alone = simulate({scenario}).front();
  std::vector<std::vector<int>> told(3, std::vector<int>(3));
  RunOptions options;
  options.observe = [&](std::size_t, int replication) {
    return std::make_unique<Counter>(told[static_cast<std::size_t>(replication)]);
  };
  EXPECT_TRUE(same_bits(alone.values, simulate({scenario}, options).front().values));
  for (const std::vector<int>& counts : told) {
    EXPECT_GT(counts[0], 1000);
    EXPECT_GT(counts[1], 1000);
    EXPECT_EQ(counts[2], 1);
  }
}

TEST(Compare, AScenarioWithItselfGivesExactlyZeroEverywhere) {
  std::vector<Scenario> scenarios{cleared(), cleared()};
  for (Scenario& scenario : scenarios) scenario.replications = 6;
  scenarios.back().id = "again";
  const std::vector<Results> results = simulate(scenarios);
  for (std::size_t f = 0; f < results.front().figures.size(); ++f)
    for (std::size_t p = 0; p < results.front().periods.size(); ++p) {
      const Summary difference = effect(results.front(), results.back(), f, p);
      if (difference.defined == 0) continue;
      for (const double value : {difference.mean, difference.p05, difference.p50, difference.p95})
        ASSERT_EQ(value, 0.0);
      if (difference.defined > 1) {
        ASSERT_EQ(difference.se, 0.0);
      }
    }
}

}  // namespace
}  // namespace ketensim
