#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "ketensim/indicators.hpp"

namespace ketensim {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Summary summary_of(std::vector<double> values) { return summarise(values); }

TEST(Summary, HasTheMeanAndItsStandardError) {
  const Summary summary = summary_of({2, 4, 4, 4, 5, 5, 7, 9});
  EXPECT_DOUBLE_EQ(summary.mean, 5.0);
  EXPECT_DOUBLE_EQ(summary.se, std::sqrt(32.0 / 7.0 / 8.0));
  EXPECT_EQ(summary.defined, 8);
}

TEST(Summary, QuantilesAreOfType7) {
  // R: quantile(c(1, 2, 3, 4, 10), c(.05, .25, .5, .75, .95), type = 7)
  const Summary summary = summary_of({10, 4, 3, 2, 1});
  EXPECT_DOUBLE_EQ(summary.p05, 1.2);
  EXPECT_DOUBLE_EQ(summary.p25, 2.0);
  EXPECT_DOUBLE_EQ(summary.p50, 3.0);
  EXPECT_DOUBLE_EQ(summary.p75, 4.0);
  EXPECT_DOUBLE_EQ(summary.p95, 8.8);
}

TEST(Summary, SkipsWhatIsUndefined) {
  const Summary summary = summary_of({kNaN, 1, kNaN, 3});
  EXPECT_EQ(summary.defined, 2);
  EXPECT_DOUBLE_EQ(summary.mean, 2.0);
  EXPECT_DOUBLE_EQ(summary.se, 1.0);
}

TEST(Summary, OfOneValueHasNoError) {
  const Summary summary = summary_of({kNaN, 7});
  EXPECT_DOUBLE_EQ(summary.mean, 7.0);
  EXPECT_TRUE(std::isnan(summary.se));
  EXPECT_DOUBLE_EQ(summary.p05, 7.0);
  EXPECT_DOUBLE_EQ(summary.p95, 7.0);
}

TEST(Summary, OfNothingIsUndefined) {
  for (const auto& values : {std::vector<double>{}, std::vector<double>{kNaN, kNaN}}) {
    const Summary summary = summary_of(values);
    EXPECT_EQ(summary.defined, 0);
    EXPECT_TRUE(std::isnan(summary.mean));
    EXPECT_TRUE(std::isnan(summary.p50));
  }
}

TEST(Summary, OfEqualValuesIsExact) {
  const Summary summary = summary_of(std::vector<double>(97, 0.1));
  EXPECT_EQ(summary.mean, 0.1);
  EXPECT_EQ(summary.se, 0.0);
}

TEST(Summary, DoesNotLoseASmallSpreadOnALargeMean) {
  const Summary summary = summary_of({1e9 + 1, 1e9 + 2, 1e9 + 3});
  EXPECT_DOUBLE_EQ(summary.mean, 1e9 + 2);
  EXPECT_DOUBLE_EQ(summary.se, std::sqrt(1.0 / 3.0));
}

TEST(Summary, QuantilesOfAThousandNormalsLieWhereTheyShould) {
  std::mt19937 generator(5);
  std::normal_distribution<double> normal;
  std::vector<double> values(1000);
  for (double& value : values) value = normal(generator);
  const Summary summary = summarise(values);
  // Standard error of a quantile: sqrt(p (1 - p) / n) / density; four of them.
  EXPECT_NEAR(summary.p05, -1.6449, 4 * std::sqrt(0.05 * 0.95 / 1000) / 0.1031);
  EXPECT_NEAR(summary.p50, 0.0, 4 * std::sqrt(0.25 / 1000) / 0.3989);
  EXPECT_NEAR(summary.p95, 1.6449, 4 * std::sqrt(0.05 * 0.95 / 1000) / 0.1031);
}

}  // namespace
}  // namespace ketensim
