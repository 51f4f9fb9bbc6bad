#include "engine/experiment/selection.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace ketensim {
namespace {

/// Losses of alternatives with these means; `shared` of the noise (as a standard deviation) is the same for all.
std::vector<std::vector<double>> losses(const std::vector<double>& means, double shared, double own, int count,
                                        std::uint64_t seed) {
  std::mt19937_64 bits(seed);
  std::normal_distribution<double> normal;
  std::vector<std::vector<double>> all(means.size());
  for (int r = 0; r < count; ++r) {
    const double common = shared * normal(bits);
    for (std::size_t a = 0; a < means.size(); ++a) all[a].push_back(means[a] + common + own * normal(bits));
  }
  return all;
}

std::vector<std::span<const double>> views(const std::vector<std::vector<double>>& all) {
  return {all.begin(), all.end()};
}

/// The one that is left when replications are added ten at a time.
std::size_t selected(const std::vector<std::vector<double>>& all, const SelectionRule& rule) {
  std::vector<std::size_t> ids(all.size());
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = i;
  int look = 1;
  for (int r = rule.first; ids.size() > 1 && r <= static_cast<int>(all[0].size()); r += 10) {
    std::vector<std::span<const double>> now;
    for (const std::size_t id : ids) now.emplace_back(all[id]);
    std::vector<std::size_t> stay;
    for (const std::size_t i : remaining(now, all.size(), rule, r, look++)) stay.push_back(ids[i]);
    ids = stay;
  }
  return ids.front();
}

TEST(Selection, KeepsTheBestAsOftenAsStatedUnderSharedDraws) {
  // The least favourable case: all others are worse by just the indifference.
  const SelectionRule rule{0.5, 0.1, 20};
  constexpr int kTimes = 400;
  int right = 0;
  for (int time = 0; time < kTimes; ++time)
    right += selected(losses({1.0, 1.5, 1.5, 1.5, 1.5}, 3.0, 1.0, 2000, 100 + time), rule) == 0;
  EXPECT_GE(right, kTimes * 0.9 - 4.0 * std::sqrt(kTimes * 0.9 * 0.1));  // four standard errors
}

TEST(Selection, DropsAtOnceWhatIsFarBehind) {
  const auto all = losses({0.0, 10.0, 0.05}, 5.0, 0.5, 20, 1);
  EXPECT_EQ(remaining(views(all), 3, {0.1, 0.05, 20}, 20, 1), (std::vector<std::size_t>{0, 2}));
}

TEST(Selection, KeepsWhatIsExactlyEqual) {
  std::vector<std::vector<double>> all = losses({1.0}, 0.0, 1.0, 50, 2);
  all.push_back(all.front());
  EXPECT_EQ(remaining(views(all), 2, {0.1, 0.05, 20}, 50, 1).size(), 2U);
}

TEST(Selection, SkipsWhatIsUndefinedPairwise) {
  auto all = losses({0.0, 10.0}, 1.0, 0.1, 30, 3);
  all[0][4] = all[1][7] = std::nan("");
  EXPECT_EQ(remaining(views(all), 2, {0.1, 0.05, 20}, 30, 1), (std::vector<std::size_t>{0}));
  EXPECT_EQ(paired(all[0], all[1]).size(), 28U);
}

TEST(Probability, IsAHalfForATieAndCertainForEquals) {
  const std::vector<double> a{1, 2, 3, 4}, b{2, 1, 4, 3};
  EXPECT_DOUBLE_EQ(probability_no_worse(a, b, 0.0), 0.5);
  EXPECT_EQ(probability_no_worse(a, a, 0.0), 1.0);
  EXPECT_GT(probability_no_worse(a, b, 1.0), 0.5);
}

TEST(Probability, IsOfStudentsT) {
  // Differences 0, 1, 2: mean 1, standard error 1/sqrt(3), t = sqrt(3) with two degrees of freedom:
  // F(t) = 1/2 + t / (2 sqrt(2 + t^2)).
  const std::vector<double> best{0, 0, 0}, other{0, 1, 2};
  EXPECT_NEAR(probability_no_worse(best, other, 0.0), 0.5 + std::sqrt(3.0) / (2.0 * std::sqrt(5.0)), 1e-12);
}

}  // namespace
}  // namespace ketensim
