// What the pools of a replication did, by hand and against the figures.
#include "engine/experiment/activity.hpp"

#include <gtest/gtest.h>

#include "engine/kernel/simulator.hpp"
#include "tests/support/chains.hpp"
#include "tests/support/random_chain.hpp"
#include "tests/support/random_interventions.hpp"

namespace ketensim {
namespace {

using namespace support;

std::vector<PoolActivity> bottlenecks(std::vector<ActivePeriod> periods, double start, double end, std::size_t pools) {
  std::vector<PoolActivity> activities(pools);
  add_bottlenecks(std::move(periods), start, end, activities);
  return activities;
}

TEST(MomentaryBottleneck, IsThePoolThatIsActiveLongestAndSharesTheMomentsOfTheTurn) {
  const auto activities = bottlenecks({{0, 10, 0}, {8, 20, 1}, {12, 14, 2}, {25, 26, 2}}, 0, 30, 3);
  EXPECT_DOUBLE_EQ(activities[0].sole, 8.0);
  EXPECT_DOUBLE_EQ(activities[0].shared, 2.0);
  EXPECT_DOUBLE_EQ(activities[1].sole, 10.0);
  EXPECT_DOUBLE_EQ(activities[1].shared, 2.0);
  EXPECT_DOUBLE_EQ(activities[2].sole, 1.0);  // from 12 to 14 another is active longer; from 20 to 25 nobody
  EXPECT_DOUBLE_EQ(activities[2].shared, 0.0);
}

TEST(MomentaryBottleneck, IsJudgedByWholePeriodsAndCountedWithinThePeriodReported) {
  const auto activities = bottlenecks({{0, 10, 0}, {5, 14, 1}}, 6, 12, 2);
  EXPECT_DOUBLE_EQ(activities[0].sole, 0.0);
  EXPECT_DOUBLE_EQ(activities[0].shared, 4.0);
  EXPECT_DOUBLE_EQ(activities[1].shared, 4.0);
  EXPECT_DOUBLE_EQ(activities[1].sole, 2.0);
}

TEST(MomentaryBottleneck, TwoThatAreActiveAllTheTimeShareIt) {
  const auto activities = bottlenecks({{0, 10, 0}, {0, 10, 1}, {3, 4, 2}}, 0, 10, 3);
  EXPECT_DOUBLE_EQ(activities[0].shared, 10.0);
  EXPECT_DOUBLE_EQ(activities[1].shared, 10.0);
  EXPECT_DOUBLE_EQ(activities[0].sole + activities[1].sole + activities[2].sole + activities[2].shared, 0.0);
}

/// One replication and what its pools did.
struct Observed {
  Model model;
  Layout layout;
  std::vector<double> values;
  std::vector<PoolActivity> pools;

  double figure(std::size_t step, std::string_view indicator) const {
    const std::size_t all = layout.periods.size() - 1;
    for (std::size_t f = 0; f < layout.figures.size(); ++f)
      if (layout.figures[f].organisation == model.organisation_of(step) &&
          layout.figures[f].step == model.step_names[step] &&
          indicator_kinds()[layout.figures[f].indicator].name == indicator)
        return values[f * layout.periods.size() + all];
    throw std::invalid_argument("no figure " + std::string(indicator));
  }
};

std::unique_ptr<Observed> observe(const Scenario& scenario) {
  auto run = std::make_unique<Observed>();
  run->layout = lay_out_periods(scenario.period);
  run->model = compile(scenario, run->layout.cells);
  lay_out_figures(run->model, run->layout);
  run->values.resize(run->layout.size());
  ActivityObserver observer(run->model, run->pools);
  Simulator(run->model, run->layout).run(scenario.seed, 0, run->values.data(), &observer);
  return run;
}

TEST(Activity, OfAPoolThatIsFullFromThreeUntilTen) {
  // Ten cases come at once on day 3 to two slots, for one and a half days each... in five rounds, until day 10.5.
  ChainBuilder chain(CalendarKind::continuous, date(2024, 1, 1), date(2024, 1, 21), 0.0, Report::all);
  chain.organisation("A");
  Stream& stream = chain.stream("reports", "A.desk", 0.0);
  auto families = std::make_shared<std::vector<Stream::Recorded>>();
  const double first_day = static_cast<double>(date(2024, 1, 1).time_since_epoch().count());
  families->push_back({first_day + 3.0, 10, {}});
  stream.recorded = families;
  stream.children = {{10, 1.0}};
  chain.station("A.desk", 2, deterministic(1.5));
  const auto run = observe(chain.scenario);
  const PoolActivity& desk = run->pools.front();
  EXPECT_DOUBLE_EQ(desk.busy, 15.0);
  EXPECT_DOUBLE_EQ(desk.slots, 40.0);
  EXPECT_DOUBLE_EQ(desk.waiting, 1.5 * (8 + 6 + 4 + 2));
  EXPECT_DOUBLE_EQ(desk.sole, 7.5);
  EXPECT_DOUBLE_EQ(desk.shared, 0.0);
  EXPECT_DOUBLE_EQ(desk.idle, 0.0);
  EXPECT_TRUE(desk.ever_short);
}

// Whatever the chain, its levers and its calendar: the same busy slots and queues as the figures have.
TEST(Activity, AgreesWithTheFigures) {
  int compared = 0;
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    Scenario scenario = random_chain(seed);
    Chance chance(seed);
    add_random_interventions(chance, scenario, 3);
    SCOPED_TRACE(seed);
    const auto run = observe(scenario);
    const double days = run->model.end - run->model.start;
    std::vector<double> waiting(run->model.pools.size());
    std::vector<bool> told(run->model.pools.size(), true);  // whose queues are of those who need a slot of it alone
    for (std::size_t s = 0; s < run->model.steps.size(); ++s) {
      const StepModel& step = run->model.steps[s];
      waiting[step.pool] += run->figure(s, "queue_mean") * days;
      if (step.gate_line != kNone || step.holder_line != kNone) told[step.pool] = false;
      for (const std::uint32_t other : step.more_pools) told[other] = false;
      if (step.pool == kUnlimitedPool) continue;
      const PoolActivity& pool = run->pools[step.pool - 1];
      if (pool.slots > 0.0) {
        EXPECT_NEAR(pool.busy / pool.slots, run->figure(s, "utilisation"), 1e-9);
      }
    }
    for (std::size_t p = 1; p < waiting.size(); ++p) {
      if (!told[p]) continue;
      EXPECT_NEAR(run->pools[p - 1].waiting, waiting[p], 1e-6 * (1.0 + waiting[p])) << run->model.pools[p].id;
      ++compared;
    }
  }
  EXPECT_GT(compared, 200);
}

}  // namespace
}  // namespace ketensim
