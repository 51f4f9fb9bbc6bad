#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "engine/statistics/quantiles.hpp"

namespace ketensim {
namespace {

/// Hyndman and Fan (1996), type 7.
double type7(std::vector<double> values, double p) {
  std::sort(values.begin(), values.end());
  const double position = p * static_cast<double>(values.size() - 1);
  const auto low = static_cast<std::size_t>(position);
  const double high = values[std::min(low + 1, values.size() - 1)];
  return values[low] + (position - static_cast<double>(low)) * (high - values[low]);
}

std::vector<double> long_tailed(std::size_t count, unsigned seed) {
  std::mt19937_64 random(seed);
  std::lognormal_distribution<double> distribution(2.0, 1.5);
  std::vector<double> values(count);
  for (double& value : values) value = distribution(random);
  return values;
}

constexpr double kShares[] = {0.0, 0.1, 0.5, 0.9, 0.99, 1.0};

TEST(Quantiles, OfNothingAreUndefined) { EXPECT_TRUE(std::isnan(Quantiles{}.quantile(0.5))); }

// Of 1, 2, 3, 4 the median lies halfway 2 and 3, and the 90th percentile at position 0.9 x 3 = 2.7: 3 + 0.7.
TEST(Quantiles, AreOfType7) {
  Quantiles quantiles;
  for (const double value : {4.0, 1.0, 3.0, 2.0}) quantiles.add(value);
  EXPECT_DOUBLE_EQ(quantiles.quantile(0.5), 2.5);
  EXPECT_DOUBLE_EQ(quantiles.quantile(0.9), 3.7);
}

TEST(Quantiles, AreExactUpTo2048Values) {
  for (const std::size_t count : {1u, 2u, 3u, 100u, 2048u}) {
    SCOPED_TRACE(count);
    const std::vector<double> values = long_tailed(count, 3);
    Quantiles quantiles;
    for (const double value : values) quantiles.add(value);
    for (const double p : kShares) EXPECT_DOUBLE_EQ(quantiles.quantile(p), type7(values, p)) << p;
    EXPECT_EQ(quantiles.count(), count);
  }
}

TEST(Quantiles, AreWithinHalfAPercentBeyond) {
  for (const std::size_t count : {2049u, 10'000u, 300'000u}) {
    SCOPED_TRACE(count);
    const std::vector<double> values = long_tailed(count, 4);
    Quantiles quantiles;
    for (const double value : values) quantiles.add(value);
    for (const double p : kShares) EXPECT_NEAR(quantiles.quantile(p) / type7(values, p), 1.0, 0.005) << p;
  }
}

TEST(Quantiles, KnowZerosAndSpansFromSecondsToCenturies) {
  Quantiles quantiles;
  std::vector<double> values;
  for (int i = 0; i < 3000; ++i) values.push_back(i < 1800 ? 0.0 : std::ldexp(1.0, i % 30 - 13));
  for (const double value : values) quantiles.add(value);
  EXPECT_EQ(quantiles.quantile(0.5), 0.0);
  for (const double p : {0.7, 0.8, 0.9, 1.0}) EXPECT_NEAR(quantiles.quantile(p) / type7(values, p), 1.0, 0.005) << p;
}

// Months are merged into quarters and years: whatever the sizes, the same as if all had been added to one.
TEST(Quantiles, MergedAreAsAddedToOne) {
  for (const auto& [first, second] :
       {std::pair{0, 10}, {10, 0}, {1000, 1048}, {1000, 1049}, {5000, 10}, {10, 5000}, {3000, 4000}}) {
    SCOPED_TRACE(std::to_string(first) + " and " + std::to_string(second));
    const std::vector<double> values = long_tailed(static_cast<std::size_t>(first + second), 5);
    Quantiles a, b, all;
    for (std::size_t i = 0; i < values.size(); ++i) {
      (i < static_cast<std::size_t>(first) ? a : b).add(values[i]);
      all.add(values[i]);
    }
    a.merge(b);
    EXPECT_EQ(a.count(), values.size());
    for (const double p : kShares) EXPECT_EQ(a.quantile(p), all.quantile(p)) << p;
    a.add(1.0);  // and it can go on
    all.add(1.0);
    EXPECT_EQ(a.quantile(0.5), all.quantile(0.5));
  }
}

TEST(Quantiles, ClearedAreAsNew) {
  Quantiles quantiles;
  for (const double value : long_tailed(5000, 6)) quantiles.add(value);
  quantiles.clear();
  EXPECT_TRUE(std::isnan(quantiles.quantile(0.5)));
  const std::vector<double> values = long_tailed(3000, 7);
  for (const double value : values) quantiles.add(value);
  EXPECT_EQ(quantiles.count(), 3000u);
  EXPECT_NEAR(quantiles.quantile(0.9) / type7(values, 0.9), 1.0, 0.005);
}

}  // namespace
}  // namespace ketensim
