#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "ketensim/calibrate.hpp"

namespace ketensim {
namespace {

constexpr double kInfinity = Observation::kInfinity;

Observation exactly(double days) { return {days, days}; }
Observation beyond(double days) { return {days, kInfinity}; }

void expect_curve(const Curve& curve, const std::vector<double>& days, const std::vector<double>& share,
                  double tolerance = 1e-6) {
  ASSERT_EQ(curve.days, days);
  for (std::size_t i = 0; i < share.size(); ++i) EXPECT_NEAR(curve.share[i], share[i], tolerance) << days[i];
}

TEST(Turnbull, WithoutCensoringIsTheEmpiricalCurve) {
  const std::vector<Observation> seen{exactly(1), exactly(2), exactly(2), exactly(5)};
  expect_curve(turnbull(seen), {1, 2, 5}, {0.25, 0.75, 1.0});
}

TEST(Turnbull, WithRightCensoringIsKaplanMeier) {
  // Survival by hand: 6/7 at 2, times 4/5 at 4, times 2/3 at 6, times 0 at 9.
  const std::vector<Observation> seen{exactly(2), beyond(3), exactly(4), beyond(4), exactly(6), beyond(8), exactly(9)};
  expect_curve(turnbull(seen), {2, 4, 6, 9}, {1 - 6.0 / 7, 1 - 6.0 / 7 * 4 / 5, 1 - 6.0 / 7 * 4 / 5 * 2 / 3, 1.0});
}

TEST(Turnbull, WithLateEntriesCountsThemOnlyFromThen) {
  // At risk: at 2 the two seen from the beginning, at 5 all but the first, at 7 the last two, at 8 one.
  const std::vector<Observation> seen{{2, 2}, {5, 5}, {7, 7, 3}, {8, 8, 4}};
  expect_curve(turnbull(seen), {2, 5, 7, 8}, {1 - 1.0 / 2, 1 - 1.0 / 2 * 2 / 3, 1 - 1.0 / 2 * 2 / 3 / 2, 1.0});
}

TEST(Turnbull, SpreadsOverlappingIntervalsAsWorkedByHand) {
  // (0, 2], (1, 3], (2, 4]: mass can lie in (1, 2], where the first two overlap, and in (2, 3], where the last two do.
  // The likelihood a (a + b) b with a + b = 1 is largest at a = b = 1/2.
  const std::vector<Observation> three{{0, 2}, {1, 3}, {2, 4}};
  expect_curve(turnbull(three), {2, 3}, {0.5, 1.0});
  // With (0, 1] twice beside them, c^2 (c + a) (a + b) b is largest at a = 0, c = 3/5: its slope by a, 1/c + 1/b =
  // 25/6, stays below 5, the number of cases.
  const std::vector<Observation> five{{0, 1}, {0, 1}, {0, 2}, {1, 3}, {2, 4}};
  expect_curve(turnbull(five), {1, 3}, {0.6, 1.0});
}

TEST(Turnbull, LeavesOpenWhatLiesBeyondTheFollowUp) {
  const std::vector<Observation> seen{exactly(1), exactly(3), beyond(4), beyond(4)};
  expect_curve(turnbull(seen), {1, 3}, {0.25, 0.5});
}

TEST(Turnbull, RefusesBoundsThatMakeNoSense) {
  const double nan = std::nan("");
  for (const Observation& o : {Observation{3, 2}, Observation{-1, 2}, Observation{nan, 2}, Observation{1, nan},
                               Observation{1, 2, 1.5}, Observation{kInfinity, kInfinity}})
    EXPECT_THROW(turnbull(std::vector<Observation>{o}), std::invalid_argument);
  EXPECT_TRUE(turnbull({}).days.empty());
}

}  // namespace
}  // namespace ketensim
