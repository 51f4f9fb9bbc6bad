#include "engine/experiment/ranking.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/support/chance.hpp"

namespace ketensim {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

TEST(ToldApart, ByThePairedTTest) {
  // Differences 1, 2, 3: t = 2 / (1 / sqrt 3) = 3.46. Student's 5% with 2 degrees of freedom is 4.303, his 10% 2.920.
  const Gains a{1, 2, 3}, zero{0, 0, 0};
  EXPECT_FALSE(told_apart(a, zero, 0.05, 1));
  EXPECT_TRUE(told_apart(a, zero, 0.10, 1));
  EXPECT_FALSE(told_apart(a, zero, 0.10, 2));
}

TEST(ToldApart, OverTheReplicationsThatBothHave) {
  const Gains longer{1, 1.1, 0.9, 1, -100}, shorter{0, 0, 0, 0}, undefined{0, kNaN, 0, 0};
  EXPECT_TRUE(told_apart(longer, shorter, 0.05, 1));
  EXPECT_TRUE(told_apart(longer, undefined, 0.05, 1));
  EXPECT_FALSE(told_apart({1.0}, {0.0}, 0.05, 1));
}

TEST(ToldApart, NotWhereTheyAreTheSame) {
  const Gains same{3, 1, 2};
  EXPECT_FALSE(told_apart(same, same, 0.5, 1));
}

TEST(SharedRanks, CountWhoComesBefore) {
  const Gains best{10, 11, 10, 11, 10}, near{10.2, 10.5, 10.9, 10.4, 10.1}, low{2, 2.1, 2, 1.9, 2}, none{0, 0, 0, 0, 0};
  EXPECT_EQ(shared_ranks({low, best, none, near}, 0.05), (std::vector<int>{3, 1, 4, 1}));
  EXPECT_EQ(shared_ranks({none, none}, 0.05), (std::vector<int>{1, 1}));
  EXPECT_TRUE(shared_ranks({}, 0.05).empty());
}

TEST(Contenders, AreThoseNotClearlyBehindTheBest) {
  const std::vector<Gains> gains{{10, 11, 10, 11}, {10.5, 10.4, 10.6, 10.2}, {1, 1.1, 1, 0.9}, {99, 98, 99, 98}};
  EXPECT_EQ(contenders(gains, {0, 1, 2}, 0.05, 3), (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(contenders(gains, {0, 1, 2, 3}, 0.05, 3), (std::vector<std::size_t>{3}));
}

// Of six alternatives that are equally good, some pair is told apart in at most 5% of the experiments: 400 of them, the
// bound four standard errors (of 5% of 400) above that.
TEST(SharedRanks, TellEqualsApartNoMoreOftenThanIsSaid) {
  support::Chance chance(17);
  const auto noise = [&] {
    double sum = 0.0;
    for (int i = 0; i < 6; ++i) sum += chance.between(0, 1000) / 1000.0;
    return sum;
  };
  int apart = 0;
  for (int experiment = 0; experiment < 400; ++experiment) {
    std::vector<Gains> gains(6, Gains(20));
    for (Gains& one : gains)
      for (double& gain : one) gain = noise();
    const std::vector<int> ranks = shared_ranks(gains, 0.05);
    apart += ranks != std::vector<int>(6, 1);
  }
  EXPECT_LE(apart, 400 * 0.05 + 4.0 * std::sqrt(400 * 0.05 * 0.95));
}

}  // namespace
}  // namespace ketensim
