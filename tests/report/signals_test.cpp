#include "tools/report/study/signals.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/report/synthetic.hpp"

namespace ketensim::report {
namespace {

void set(Results& results, const std::string& indicator, std::size_t period, int replication, double value) {
  const std::size_t figure = results.find("VTT", "triage", indicator);
  ASSERT_NE(figure, Results::npos);
  results
      .values[static_cast<std::size_t>(replication) * results.row_size() + figure * results.periods.size() + period] =
      value;
}

const Signal* find(const std::vector<Signal>& signals, Signal::Kind kind) {
  for (const Signal& signal : signals)
    if (signal.kind == kind) return &signal;
  return nullptr;
}

TEST(Signals, CountTheFuturesInWhichTheNormIsMissedMoreOftenThanMet) {
  Results results = tests::synthetic_results({});
  for (int replication = 0; replication < 20; ++replication)
    set(results, "norm_met", 3, replication, replication < 7 ? 0.49 : 0.5);
  const std::vector<Signal> signals = signals_of(results, results, {{"VTT", "triage"}});
  ASSERT_NE(find(signals, Signal::Kind::norm), nullptr);
  EXPECT_DOUBLE_EQ(find(signals, Signal::Kind::norm)->probabilities[3], 7.0 / 20.0);
}

TEST(Signals, LeaveOutFuturesWithoutCases) {
  Results results = tests::synthetic_results({});
  for (int replication = 0; replication < 20; ++replication)
    set(results, "norm_met", 3, replication, replication < 16 ? std::nan("") : replication == 16 ? 0.1 : 0.9);
  for (int replication = 0; replication < 20; ++replication) set(results, "norm_met", 4, replication, std::nan(""));
  const std::vector<Signal> signals = signals_of(results, results, {{"VTT", "triage"}});
  EXPECT_DOUBLE_EQ(find(signals, Signal::Kind::norm)->probabilities[3], 0.25);
  EXPECT_TRUE(std::isnan(find(signals, Signal::Kind::norm)->probabilities[4]));
}

TEST(Signals, CompareAQueueWithTheBaselineAfterItsFirstPeriod) {
  Results baseline = tests::synthetic_results({}), alternative = baseline;
  for (int replication = 0; replication < 20; ++replication) {
    set(baseline, "queue_end", 0, replication, 40.0);
    set(alternative, "queue_end", 0, replication, 1000.0);
    set(alternative, "queue_end", 5, replication, replication < 5 ? 61.0 : 60.0);
  }
  const std::vector<Signal> signals = signals_of(baseline, alternative, {{"VTT", "triage"}});
  const Signal* queue = find(signals, Signal::Kind::queue);
  ASSERT_NE(queue, nullptr);
  EXPECT_DOUBLE_EQ(queue->threshold, 60.0);
  EXPECT_DOUBLE_EQ(queue->probabilities[5], 0.25);
}

TEST(Signals, AskForFiveChildrenMoreWhereAQueueIsShort) {
  Results results = tests::synthetic_results({});
  for (int replication = 0; replication < 20; ++replication) set(results, "queue_end", 0, replication, 2.0);
  EXPECT_DOUBLE_EQ(find(signals_of(results, results, {{"VTT", "triage"}}), Signal::Kind::queue)->threshold, 7.0);
}

}  // namespace
}  // namespace ketensim::report
