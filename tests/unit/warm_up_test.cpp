// The warm-up that is chosen where none is given.
#include "ketensim/warm_up.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "ketensim/constraint.hpp"
#include "tests/support/chain_builder.hpp"

namespace ketensim {
namespace {

using support::date;

/// A level, with noise, that is reached by e-folds of `days`.
std::vector<double> approach(std::size_t length, double days, std::uint64_t seed) {
  std::mt19937_64 bits(seed);
  std::vector<double> series;
  for (std::size_t i = 0; i < length; ++i) {
    const double noise = static_cast<double>(bits() >> 11) * 0x1p-53 - 0.5;
    series.push_back(100.0 * (1.0 - std::exp(-static_cast<double>(i) / days)) + 2.0 * noise);
  }
  return series;
}

/// The statistic of MSER-5 as it is defined, by two passes for each cutoff.
std::size_t by_definition(const std::vector<double>& series) {
  std::vector<double> batches(series.size() / 5);
  for (std::size_t i = 0; i < batches.size() * 5; ++i) batches[i / 5] += series[i] / 5.0;
  double least = INFINITY;
  std::size_t cutoff = 0;
  for (std::size_t first = 0; batches.size() - first >= std::max<std::size_t>(4, batches.size() / 4); ++first) {
    const double left = static_cast<double>(batches.size() - first);
    double mean = 0.0, squares = 0.0;
    for (std::size_t b = first; b < batches.size(); ++b) mean += batches[b] / left;
    for (std::size_t b = first; b < batches.size(); ++b) squares += (batches[b] - mean) * (batches[b] - mean);
    if (squares / (left * left) < least) least = squares / (left * left), cutoff = first;
  }
  return 5 * cutoff;
}

TEST(Mser5, LeavesOutWhatComesBeforeTheLevel) {
  const std::vector<double> series = approach(1000, 20.0, 1);
  const Truncation truncation = mser5(series);
  EXPECT_EQ(truncation.observations, by_definition(series));
  EXPECT_FALSE(truncation.in_second_half);
  // Two e-folds are far below the level, and ten cannot be told from it in this noise.
  EXPECT_GE(truncation.observations, 40u);
  EXPECT_LE(truncation.observations, 200u);
}

TEST(Mser5, LeavesOutNothingOfALevel) { EXPECT_EQ(mser5(std::vector<double>(100, 7.0)).observations, 0u); }

TEST(Mser5, SaysWhenTheSeriesFindsNoLevel) {
  std::vector<double> growing;
  for (int i = 0; i < 500; ++i) growing.push_back(i);
  EXPECT_TRUE(mser5(growing).in_second_half);
  EXPECT_EQ(mser5(growing).observations, by_definition(growing));
}

TEST(Mser5, OfTooFewObservationsIsNothing) { EXPECT_EQ(mser5(std::vector<double>{9, 1, 1, 1, 1, 1}).observations, 0u); }

Scenario station(double per_day, int slots, double days, Distribution (*law)(double)) {
  support::ChainBuilder chain(CalendarKind::continuous, date(2024, 1, 1), date(2025, 1, 1), 0.0, Report::month);
  chain.organisation("A");
  chain.stream("reports", "A.desk", per_day);
  chain.station("A.desk", slots, law(days), {});
  chain.scenario.period.chooses_warm_up = true;
  return chain.scenario;
}

TEST(WarmUp, IsLongEnoughForTheChainToFill) {
  // M/G/infinity from empty, services of exactly 200 days: the level is reached after 200 days, and not before.
  const WarmUpChoice choice = choose_warm_up(station(5.0, 100'000, 200.0, support::deterministic));
  EXPECT_FALSE(choice.is_doubtful);
  EXPECT_GE(choice.days, 200.0 - 5.0 * 7.0);  // batches of five weeks
  EXPECT_LE(choice.days, 5.0 * 365.0);
}

TEST(WarmUp, OfAQueueThatGrowsForEverIsDoubtful) {
  EXPECT_TRUE(choose_warm_up(station(1.2, 1, 1.0, support::exponential)).is_doubtful);
}

TEST(WarmUp, IsThatOfTheScenarioFromThenOn) {
  const Scenario chosen = with_warm_up(station(5.0, 1000, 20.0, support::exponential), {700.0, false});
  EXPECT_FALSE(chosen.period.chooses_warm_up);
  EXPECT_EQ(chosen.period.warm_up.days, 700.0);
  EXPECT_EQ(simulate({chosen}).size(), 1u);
  EXPECT_THROW(simulate({station(5.0, 1000, 20.0, support::exponential)}), std::invalid_argument);
  EXPECT_THROW(find_constraint(station(5.0, 1000, 20.0, support::exponential)), std::invalid_argument);
}

}  // namespace
}  // namespace ketensim
