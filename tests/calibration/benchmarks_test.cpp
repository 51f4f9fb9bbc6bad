#include "calibration/backtest/benchmarks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "calibration/backtest/scores.hpp"
#include "ketensim/time.hpp"

namespace ketensim::rolling {
namespace {

using testing::DoubleEq;
using testing::DoubleNear;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviation(const std::vector<double>& values) {
  double squares = 0.0;
  for (const double value : values) squares += std::pow(value - mean(values), 2);
  return std::sqrt(squares / static_cast<double>(values.size()));
}

TEST(Naive, IsTheLastValueWithItsPastErrors) {
  const std::vector<double> series{10, 12, 11, 15, 14, 13, 17, 16, 20, 21};
  const Ahead ahead = naive(series, 2);
  // 21 + each change: +2 -1 +4 -1 -1 +4 -1 +4 +1; and over two months +1 +3 +3 -2 +3 +3 +3 +5.
  EXPECT_THAT(ahead[0], ElementsAre(20, 20, 20, 20, 22, 23, 25, 25, 25));
  EXPECT_THAT(ahead[1], ElementsAre(19, 22, 24, 24, 24, 24, 24, 26));
}

TEST(Naive, FurtherThanItsPastReachesSpreadsAsARandomWalk) {
  const std::vector<double> series{10, 12, 11, 15, 14, 13, 17, 16, 20, 21};
  const Ahead ahead = naive(series, 8);
  std::vector<double> expected;  // the errors over two months, which are eight, twice as wide
  for (const double error : {-2, 1, 3, 3, 3, 3, 3, 5}) expected.push_back(21.0 + 2.0 * error);
  EXPECT_THAT(ahead[7], testing::Pointwise(testing::DoubleEq(), expected));
}

TEST(Naive, IsNeverBelowZero) {
  const Ahead ahead = naive(std::vector<double>{9, 0, 9, 0, 9, 0, 9, 0, 9, 0}, 1);
  EXPECT_THAT(ahead[0], Each(testing::Ge(0.0)));
}

TEST(Naive, StartsFromTheLastMonthThatIsKnown) {
  std::vector<double> series(20, 5.0);
  series.back() = kMissing;
  EXPECT_THAT(naive(series, 3)[2], Each(DoubleEq(5.0)));
  EXPECT_THAT(naive(std::vector<double>(5, kMissing), 1)[0], IsEmpty());
}

TEST(SeasonalNaive, IsTheSameMonthAYearAgo) {
  std::vector<double> series;
  for (int t = 0; t < 36; ++t) series.push_back(100.0 + 10.0 * (t % 12) + (t >= 24 ? 3.0 : 0.0));
  const Ahead ahead = seasonal_naive(series, 14);
  // What it missed in the past: nothing in the second year, 3 in the third.
  EXPECT_DOUBLE_EQ(ahead[0].front(), 103.0);
  EXPECT_DOUBLE_EQ(ahead[0].back(), 106.0);
  EXPECT_THAT(ahead[0], SizeIs(24));
  EXPECT_DOUBLE_EQ(ahead[13].front(), 116.0);  // two years: it missed by 3 twelve times
  EXPECT_THAT(ahead[13], SizeIs(12));
}

TEST(SeasonalNaive, NeedsAYear) {
  const Ahead ahead = seasonal_naive(std::vector<double>(11, 1.0), 12);
  EXPECT_THAT(ahead[0], IsEmpty());
  EXPECT_THAT(ahead[1], ElementsAre(1.0));
}

/// A level that moves by a share of each error, on a season.
std::vector<double> moving_level(std::size_t months, double alpha, double deviation, double season,
                                 std::uint64_t seed) {
  boost::random::mt19937_64 random(seed);
  boost::random::normal_distribution<double> normal;
  std::vector<double> series;
  double level = 200.0;
  for (std::size_t t = 0; t < months; ++t) {
    const double error = deviation * normal(random);
    series.push_back(level + season * std::sin(2.0 * M_PI * static_cast<double>(t) / 12.0) + error);
    level += alpha * error;
  }
  return series;
}

TEST(Smoothing, SpreadsAsTheModelThatMadeTheSeries) {
  const Ahead ahead = smoothing(moving_level(600, 0.4, 5.0, 0.0, 1), 12, 4000, 2);
  // Variance h months ahead (Hyndman et al. 2008, table 6.1): 25 (1 + (h - 1) 0.4^2). Alpha and sigma are known from
  // 600 months within some 4% and 3%, and the deviation of 4000 draws within 1.1%: four of their joint errors.
  EXPECT_NEAR(deviation(ahead[0]), 5.0, 0.2 * 5.0);
  EXPECT_NEAR(deviation(ahead[11]), 5.0 * std::sqrt(1.0 + 11.0 * 0.16), 0.2 * 5.0 * std::sqrt(1.0 + 11.0 * 0.16));
}

TEST(Smoothing, FollowsASeason) {
  const Ahead ahead = smoothing(moving_level(72, 0.0, 2.0, 40.0, 3), 12, 500, 4);
  // The season of a month is known from six years within 2 / sqrt(6), the level within 2 / sqrt(72), and the mean of
  // the draws within 2 / sqrt(500): four of their joint errors.
  for (std::size_t h = 0; h < 12; ++h)
    EXPECT_NEAR(mean(ahead[h]), 200.0 + 40.0 * std::sin(2.0 * M_PI * static_cast<double>(h) / 12.0), 4.0) << h;
}

TEST(Smoothing, HoldsAsOftenAsItSays) {
  Hits hits;
  for (std::uint64_t run = 0; run < 150; ++run) {
    std::vector<double> series = moving_level(60, 0.3, 5.0, 0.0, 100 + run);
    const double observed = series[53];
    series.resize(48);
    const std::vector<double> sample = smoothing(series, 6, 300, run)[5];
    ++hits.forecasts;
    hits.held += observed >= quantile(sample, 0.05) && observed <= quantile(sample, 0.95);
  }
  // Four standard errors of 150 trials are 0.1; weights that were chosen on 48 months cost some of the rest.
  EXPECT_NEAR(static_cast<double>(hits.held) / static_cast<double>(hits.forecasts), 0.9, 0.1);
}

TEST(Smoothing, GoesOnOverMonthsThatAreNotKnown) {
  std::vector<double> series = moving_level(60, 0.0, 1.0, 0.0, 5);
  for (std::size_t t = 20; t < 24; ++t) series[t] = kMissing;
  EXPECT_NEAR(mean(smoothing(series, 1, 500, 6)[0]), 200.0, 1.0);
}

TEST(Smoothing, OfAConstantIsThatConstant) {
  EXPECT_THAT(smoothing(std::vector<double>(36, 7.0), 3, 20, 7)[2], Each(DoubleNear(7.0, 1e-4)));
}

TEST(Smoothing, NeedsAFewMonths) {
  EXPECT_THAT(smoothing(std::vector<double>{1.0, 2.0}, 2, 20, 8), ElementsAre(IsEmpty(), IsEmpty()));
}

TEST(StockAndFlow, AddsWhatComesAndTakesWhatStarts) {
  const std::vector<double> queue(24, 10.0), wip(24, 50.0), inflow(24, 30.0), started(24, 27.0), left(24, 1.0),
      outflow(24, 26.0);
  const FlowForecast ahead = stock_and_flow({queue, wip, inflow, started, left, outflow}, 3, 5, 1);
  EXPECT_THAT(ahead.queue[0], Each(DoubleEq(12.0)));
  EXPECT_THAT(ahead.queue[2], Each(DoubleEq(16.0)));
  EXPECT_THAT(ahead.wip[2], Each(DoubleEq(50.0 + 3.0 * (27.0 - 25.0))));
  EXPECT_THAT(ahead.inflow[1], Each(DoubleEq(30.0)));
  EXPECT_THAT(ahead.wait[0], Each(DoubleEq(11.0 / 27.0 * kDaysPerMonth)));
}

TEST(StockAndFlow, StartsNoMoreThanWaits) {
  const std::vector<double> queue(24, 4.0), wip(24, 5.0), inflow(24, 2.0), started(24, 5.0), left(24, 0.0),
      outflow(24, 5.0);
  const FlowForecast ahead = stock_and_flow({queue, wip, inflow, started, left, outflow}, 3, 2, 1);
  EXPECT_THAT(ahead.queue[2], Each(DoubleEq(0.0)));
  EXPECT_THAT(ahead.started[2], Each(DoubleEq(2.0)));
}

TEST(StockAndFlow, KeepsTheSeasonAndTheRecentLevel) {
  std::vector<double> inflow, same(48, 0.0);
  for (int t = 0; t < 48; ++t) inflow.push_back((t < 24 ? 100.0 : 200.0) * (t % 12 == 6 ? 0.5 : 1.0));
  const FlowForecast ahead = stock_and_flow({same, same, inflow, same, same, same}, 8, 400, 1);
  // The errors are those of the two years at 200 and of the jump between: what it is in the middle shows level and
  // season.
  EXPECT_DOUBLE_EQ(quantile(ahead.inflow[0], 0.25), 200.0);
  EXPECT_DOUBLE_EQ(quantile(ahead.inflow[6], 0.25), 100.0);
}

TEST(StockAndFlow, NeedsAPast) {
  const std::vector<double> few(10, 1.0);
  EXPECT_THAT(stock_and_flow({few, few, few, few, few, few}, 1, 5, 1).queue, ElementsAre(IsEmpty()));
}

}  // namespace
}  // namespace ketensim::rolling
