#include "calibration/backtest/scores.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/uniform_01.hpp>
#include <cmath>
#include <vector>

namespace ketensim::rolling {
namespace {

std::vector<double> normal_sample(std::size_t size, std::uint64_t seed) {
  boost::random::mt19937_64 random(seed);
  boost::random::normal_distribution<double> normal;
  std::vector<double> sample(size);
  for (double& value : sample) value = normal(random);
  std::sort(sample.begin(), sample.end());
  return sample;
}

/// Of a standard normal forecast (Gneiting and Raftery 2007, sec. 4.2).
double normal_crps(double observed) {
  const boost::math::normal standard;
  return observed * (2.0 * cdf(standard, observed) - 1.0) + 2.0 * pdf(standard, observed) - 1.0 / std::sqrt(M_PI);
}

TEST(Crps, OfANormalSampleComesToTheFormula) {
  const std::vector<double> sample = normal_sample(200'000, 1);
  // The error of a mean of 200 000 terms of variance below 1, and of half a mean over pairs: four standard errors.
  const double tolerance = 4.0 * 1.5 / std::sqrt(200'000.0);
  for (const double observed : {-2.0, -0.5, 0.0, 1.0, 3.0})
    EXPECT_NEAR(crps(sample, observed), normal_crps(observed), tolerance) << observed;
}

TEST(Crps, OfASmallSampleIsThatOfItsDistributionOnAverage) {
  double sum = 0.0, squares = 0.0;
  constexpr int kSamples = 20'000;
  for (int i = 0; i < kSamples; ++i) {
    const double score = crps(normal_sample(5, 100 + static_cast<std::uint64_t>(i)), 0.7);
    sum += score;
    squares += score * score;
  }
  const double mean = sum / kSamples;
  EXPECT_NEAR(mean, normal_crps(0.7), 4.0 * std::sqrt((squares / kSamples - mean * mean) / kSamples));
}

TEST(Crps, OfOneValueIsTheAbsoluteError) {
  EXPECT_DOUBLE_EQ(crps(std::vector{3.0}, 7.5), 4.5);
  EXPECT_DOUBLE_EQ(crps(std::vector{3.0, 3.0, 3.0}, 7.5), 4.5);
  EXPECT_TRUE(std::isnan(crps({}, 1.0)));
}

TEST(Crps, ByHand) {
  // Mean error (1 + 1 + 4) / 3; pairs differ by 2, 5 and 3.
  EXPECT_DOUBLE_EQ(crps(std::vector{1.0, 3.0, 6.0}, 2.0), 2.0 - (2.0 + 5.0 + 3.0) / 3.0 / 2.0);
}

TEST(Crps, IsLeastOnAverageForTheTruth) {
  const std::vector<double> truth = normal_sample(400, 2), observed = normal_sample(2000, 3);
  std::vector<double> sharper = truth, wider = truth, beside = truth;
  for (double& value : sharper) value *= 0.5;
  for (double& value : wider) value *= 2.0;
  for (double& value : beside) value += 0.5;
  const auto mean = [&](const std::vector<double>& sample) {
    double sum = 0.0;
    for (const double value : observed) sum += crps(sample, value);
    return sum / static_cast<double>(observed.size());
  };
  EXPECT_LT(mean(truth), mean(sharper));
  EXPECT_LT(mean(truth), mean(wider));
  EXPECT_LT(mean(truth), mean(beside));
}

TEST(Pinball, WeighsMissesOnEitherSideByTheShare) {
  EXPECT_DOUBLE_EQ(pinball(10.0, 0.9, 14.0), 0.9 * 4.0);
  EXPECT_DOUBLE_EQ(pinball(10.0, 0.9, 7.0), 0.1 * 3.0);
  EXPECT_DOUBLE_EQ(pinball(10.0, 0.5, 10.0), 0.0);
}

TEST(Quantile, IsThatOfHyndmanAndFan) {
  const std::vector sample{1.0, 2.0, 4.0, 8.0};
  EXPECT_DOUBLE_EQ(quantile(sample, 0.0), 1.0);
  EXPECT_DOUBLE_EQ(quantile(sample, 0.5), 3.0);
  EXPECT_DOUBLE_EQ(quantile(sample, 0.9), 4.0 + 0.7 * 4.0);
  EXPECT_DOUBLE_EQ(quantile(sample, 1.0), 8.0);
}

TEST(Rate, OfIndependentOriginsHasAnIntervalAsWideAsBinomial) {
  boost::random::mt19937_64 random(4);
  boost::random::uniform_01<double> uniform;
  std::vector<Hits> origins(400);
  for (Hits& hits : origins) hits = {uniform(random) < 0.9 ? std::size_t{1} : std::size_t{0}, 1};
  const Rate rate = rate_of(origins, 1, 4000, 5);
  const double error = std::sqrt(rate.share * (1.0 - rate.share) / 400.0);
  // The quantiles of 4000 resamples are known within four of their standard errors, 4 x 0.042 standard deviations.
  EXPECT_NEAR(rate.low, rate.share - 1.96 * error, 0.2 * error);
  EXPECT_NEAR(rate.high, rate.share + 1.96 * error, 0.2 * error);
}

TEST(Rate, WhereNeighboursFailTogetherBlocksSayHowLittleIsKnown) {
  std::vector<Hits> origins(48, Hits{8, 8});
  for (std::size_t run : {8, 9, 10, 11, 32, 33, 34, 35}) origins[run] = {0, 8};
  const Rate blocks = rate_of(origins, 4, 2000, 6), single = rate_of(origins, 1, 2000, 6);
  EXPECT_DOUBLE_EQ(blocks.share, 40.0 / 48.0);
  EXPECT_GT(blocks.high - blocks.low, 1.3 * (single.high - single.low));
}

TEST(Rate, OfTooFewOriginsHasNoInterval) {
  const std::vector<Hits> origins(4, Hits{1, 2});
  EXPECT_DOUBLE_EQ(rate_of(origins, 4, 100, 7).share, 0.5);
  EXPECT_TRUE(std::isnan(rate_of(origins, 4, 100, 7).low));
  EXPECT_TRUE(std::isnan(rate_of({}, 4, 100, 7).share));
}

}  // namespace
}  // namespace ketensim::rolling
