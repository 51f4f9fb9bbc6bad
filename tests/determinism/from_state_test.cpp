// Scenarios that start from one state share its draws.
#include <gtest/gtest.h>

#include <algorithm>

#include "ketensim/compare.hpp"
#include "ketensim/simulate.hpp"
#include "tests/determinism/bits.hpp"
#include "tests/support/chains.hpp"
#include "tests/support/open_cases.hpp"

namespace ketensim {
namespace {

using namespace support;

/// The mini chain from a state of its own, cut at the start of its period.
const Scenario& from_state() {
  static const Scenario scenario = [] {
    Scenario s = mini_chain();
    s.state = std::make_shared<const ChainState>(cut(*watch(s), s.period.start));
    s.period.warm_up = {};
    s.period.end = date(2024, 7, 1);
    s.replications = 9;
    return s;
  }();
  return scenario;
}

TEST(FromState, GivesTheSameBitsWithAnyNumberOfThreadsAndInAnyOrderOfTheFile) {
  const Scenario& scenario = from_state();
  ASSERT_GT(scenario.state->cases.size(), 1000u);
  const Results one = simulate({scenario}, {1, 2, {}}).front();
  const Results four = simulate({scenario}, {4, 2, {}}).front();
  EXPECT_TRUE(same_bits(one.values, four.values));
  EXPECT_EQ(one.cases_csv, four.cases_csv);
  Scenario reversed = scenario;
  ChainState state = *scenario.state;
  std::reverse(state.cases.begin(), state.cases.end());
  reversed.state = std::make_shared<const ChainState>(std::move(state));
  EXPECT_TRUE(same_bits(one.values, simulate({reversed}, {1, 0, {}}).front().values));
}

TEST(FromState, AnAlternativeThatChangesNothingHasNoEffectAtAll) {
  Scenario same = from_state();
  same.interventions = {{"capacity", {{{"pool", "VTT.research"}, {"from", date(2024, 2, 1)}, {"change", Change{}}}}},
                        {"duration", {{{"step", "VTT.research"}, {"from", date(2024, 1, 1)}, {"change", Change{}}}}}};
  const std::vector<Results> results = simulate({from_state(), same}, {1, 0, {}});
  EXPECT_TRUE(same_bits(results[0].values, results[1].values));
}

TEST(FromState, GivesTheSameBitsWhereScenariosAreKnownToDifferInCapacity) {
  Scenario more = from_state();
  more.interventions = {
      {"capacity",
       {{{"pool", "RVDK.research"}, {"from", date(2024, 1, 1)}, {"change", Change{Change::Kind::add_slots, 3.0}}}}}};
  RunOptions known;
  known.differ_in_capacity = true;
  const std::vector<Results> plain = simulate({from_state(), more}), fast = simulate({from_state(), more}, known);
  for (std::size_t s = 0; s < 2; ++s) EXPECT_TRUE(same_bits(plain[s].values, fast[s].values)) << s;
  EXPECT_FALSE(same_bits(plain[0].values, plain[1].values));
}

// The backlog is gone at once; until then, and for whoever it does not touch, nothing differs.
TEST(FromState, AnAlternativeSharesWhatItDoesNotChange) {
  Scenario cleared = from_state();
  cleared.interventions = {{"clear_backlog", {{{"step", "VTT.research"}, {"on", date(2024, 2, 1)}}}}};
  const std::vector<Results> results = simulate({from_state(), cleared}, {1, 0, {}});
  const std::size_t january = results[0].find_period("2024-01-01"), february = results[0].find_period("2024-02-01");
  for (std::size_t f = 0; f < results[0].figures.size(); ++f) {
    const Summary effect_of = effect(results[0], results[1], f, january);
    if (effect_of.defined > 0) {
      EXPECT_EQ(effect_of.mean, 0.0);
    }
  }
  const std::size_t queue = results[0].find("VTT", "research", "queue_end");
  EXPECT_LT(effect(results[0], results[1], queue, february).mean, 0.0);
  const std::size_t triage = results[0].find("VTT", "triage", "started");
  EXPECT_NEAR(effect(results[0], results[1], triage, february).mean, 0.0, 1.0);  // only by children who come back
}

// Days since the snapshot do not matter: who was reported later has other draws than who stands in the state.
TEST(FromState, ASecondReplicationIsAnotherFuture) {
  const Results results = simulate({from_state()}, {1, 0, {}}).front();
  const std::size_t queue = results.find("VTT", "research", "queue_mean");
  EXPECT_NE(results.value(0, queue, 0), results.value(1, queue, 0));
}

}  // namespace
}  // namespace ketensim
