#include "ketensim/replay.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace ketensim {
namespace {

constexpr int kPasts = 100;
constexpr std::size_t kMonths = 6;

/// A queue that stays as long as it is: in the n-th past n wait at the end of each month.
Results lasting_queues() {
  Results results;
  results.replications = kPasts;
  const auto kinds = indicator_kinds();
  const auto queue =
      std::find_if(kinds.begin(), kinds.end(), [](const auto& kind) { return kind.name == "queue_end"; });
  results.figures = {{"VT", "research", static_cast<std::size_t>(queue - kinds.begin())}};
  for (std::size_t month = 0; month < kMonths; ++month)
    results.periods.push_back({"2023-0" + std::to_string(month + 1), {}, {}});
  results.base_periods = kMonths;
  for (int past = 0; past < kPasts; ++past)
    for (std::size_t month = 0; month < kMonths; ++month) results.values.push_back(past);
  return results;
}

ReplayedStep replayed(double observed) {
  const std::vector<ObservedFigure> figures{
      {"VT", "research", "queue_end", std::vector<double>(kMonths, observed), std::vector<double>(kMonths, observed)}};
  return compare_replay(lasting_queues(), figures).steps.at(0);
}

TEST(Replay, AQueueWithinItsBandIsAsCloseAsCanBe) {
  const ReplayedStep step = replayed(50.0);
  EXPECT_EQ(step.months, 6);
  EXPECT_TRUE(step.queues);
  EXPECT_DOUBLE_EQ(step.inside, 1.0);
  EXPECT_DOUBLE_EQ(step.by_chance, 1.0);
  EXPECT_EQ(step.cause, "");
}

TEST(Replay, AQueueThatLastsIsOutsideAllTheTimeInOnePastOfTen) {
  const ReplayedStep step = replayed(98.0);
  EXPECT_DOUBLE_EQ(step.inside, 0.0);
  EXPECT_NEAR(step.by_chance, 0.1, 0.02);
  EXPECT_NE(step.cause, "");
}

}  // namespace
}  // namespace ketensim
