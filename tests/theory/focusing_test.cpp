// The five focusing steps on chains of which theory knows the constraint.
#include "ketensim/focusing.hpp"

#include "engine/kernel/model.hpp"
#include "tests/theory/formulas.hpp"
#include "tests/theory/tandems.hpp"

namespace ketensim {
namespace {

using namespace support;
using theory::Station;

std::vector<FocusingStep> steps_of(const SteadyState& chain, int rounds) {
  FocusingOptions options;
  options.constraint.from = origin_of(chain.scenario);
  options.rounds = rounds;
  return take_focusing_steps(chain.scenario, options);
}

const FocusingStep& step_of(const std::vector<FocusingStep>& steps, int round, Focus focus) {
  const FocusingStep* last = nullptr;
  for (const FocusingStep& step : steps)
    if (step.round == round && step.focus == focus) last = &step;
  if (!last) throw std::invalid_argument("no such step");
  return *last;
}

double waiting(const std::vector<Station>& stations, double rate) {
  double length = 0.0;
  for (const Station& station : stations) length += theory::mmc(rate, station.service, station.servers).length;
  return length;
}

// By Erlang's formulas one slot more at the first station leaves the second as the constraint, and then one more there
// the first again. Waiting is within four standard errors of theory's.
TEST(FocusingSteps, FollowTheConstraintFromStationToStation) {
  const double rate = 1.0;
  std::vector<Station> stations{{2, 1.88}, {1, 0.88}, {3, 1.5}};
  const auto expect_waiting = [&](const FocusingStep& step) {
    const Summary& figure = step.figures[static_cast<std::size_t>(Aim::waiting)];
    EXPECT_NEAR(figure.mean, waiting(stations, rate), 4.0 * figure.se);
  };
  const auto steps = steps_of(theory::tandem(stations, rate, 20, 80, 12), 2);
  EXPECT_EQ(step_of(steps, 1, Focus::identify).pool, "A.one");
  expect_waiting(step_of(steps, 1, Focus::identify));
  EXPECT_EQ(step_of(steps, 1, Focus::spread_leave).amount, 0.0);
  EXPECT_EQ(step_of(steps, 1, Focus::no_idle_slot).amount, 0.0);
  EXPECT_EQ(step_of(steps, 1, Focus::no_idle_slot).change[0].mean, 0.0);

  const FocusingStep& first = step_of(steps, 1, Focus::elevate);
  EXPECT_EQ(first.amount, 1.0);
  EXPECT_EQ(first.next, "A.two");
  stations[0].servers = 3;
  expect_waiting(first);
  EXPECT_EQ(step_of(steps, 2, Focus::identify).pool, "A.two");
  stations[1].servers = 2;
  expect_waiting(step_of(steps, 2, Focus::elevate));
}

// With a rope around both stations at most n cases are inside: the one that is found loses no more than 1% of the
// constraint's work.
TEST(FocusingSteps, TheRopeIsAsShortAsKeepsTheConstraintBusy) {
  const std::vector<Station> stations{{1, 0.6}, {1, 0.9}};
  const SteadyState chain = theory::tandem(stations, 1.0, 20, 40, 13);
  const auto steps = steps_of(chain, 1);
  const FocusingStep& rope = step_of(steps, 1, Focus::subordinate);
  EXPECT_EQ(rope.pool, "A.two");
  EXPECT_EQ(rope.inside, (std::vector<std::string>{"A.one", "A.two"}));
  EXPECT_TRUE(rope.reached);
  EXPECT_GT(rope.amount, 2.0);
  // While cases are held the two are a closed network (Reiser and Lavenberg 1980): the constraint is busy for the share
  // `throughput x service` of that time, and never for more. One case fewer than theory needs would not do.
  const double busy = theory::mean_value_analysis({0.6, 0.9}, static_cast<int>(rope.amount)).throughput * 0.9;
  EXPECT_GT(busy, 0.99 * 0.9);
  EXPECT_LT(rope.amount, 40.0);
  // Nobody is lost: what is held waits too.
  EXPECT_GE(rope.figures[0].mean, step_of(steps, 1, Focus::no_idle_slot).figures[0].mean);
}

TEST(FocusingSteps, StopWhereNothingLimitsTheChain) {
  EXPECT_TRUE(steps_of(theory::tandem({{60, 1.0}, {90, 1.0}}, 1.0, 2, 10, 14), 2).empty());
}

}  // namespace
}  // namespace ketensim
