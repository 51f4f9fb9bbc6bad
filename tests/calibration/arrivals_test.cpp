#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

#include "engine/kernel/compilation.hpp"
#include "ketensim/fit_arrivals.hpp"
#include "tests/calibration/arriving.hpp"

namespace ketensim {
namespace {

using simulated::arrivals;
using simulated::Arriving;
using simulated::covers;
using std::chrono::days;
using Kind = ArrivalChange::Kind;

constexpr Date date(int year, unsigned month, unsigned day) {
  return std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}};
}

/// Counts like those of a region: six years, busy weekdays, quiet weekends and summers.
Arriving region() {
  Arriving truth;
  truth.pattern.per_day = 12.0;
  truth.pattern.month = {1.0, 1.0, 1.1, 1.0, 1.05, 1.0, 0.8, 0.75, 1.05, 1.1, 1.15, 0.95};
  truth.pattern.weekday = {1.4, 1.4, 1.3, 1.25, 1.25, 0.2, 0.2};
  truth.pattern.school_holidays = 0.85;
  truth.pattern.public_holidays = 0.2;
  return truth;
}

Stream stream_of(const ArrivalPattern& pattern) {
  Stream stream;
  stream.per_day = pattern.per_day;
  stream.trend_per_year = pattern.trend_per_year;
  stream.month = pattern.month;
  stream.weekday = pattern.weekday;
  stream.school_holidays = pattern.school_holidays;
  stream.public_holidays = pattern.public_holidays;
  return stream;
}

std::vector<double> intensity_of(const ArrivalPattern& pattern, Date at, Date from, int count) {
  Period period;
  period.start = at;
  period.end = at + days{366};
  return daily_intensity(stream_of(pattern), period, from, count);
}

TEST(Arrivals, AreFittedInTheWordsOfTheEngine) {
  Arriving truth = region();
  truth.pattern.trend_per_year = 0.06;
  truth.shock = {date(2020, 3, 16), date(2020, 6, 1), 0.6};
  const ArrivalFit fit = fit_arrivals(arrivals(truth, 1), truth.from, {});
  ASSERT_TRUE(fit.ok());
  const Date after = fit.changes.empty() ? truth.from : fit.changes.back().until;
  const auto first = static_cast<std::size_t>((after - truth.from).count());
  const std::vector<double> engine =
      intensity_of(fit.pattern, fit.at, after, static_cast<int>(fit.expected.size() - first));
  // Level and growth may have wandered by the last day; all else is the regression's.
  const auto apart = [&](std::size_t d) { return std::log(engine[d] / fit.expected[first + d]); };
  const double slope = apart(1) - apart(0);
  for (std::size_t d = 0; d < engine.size(); ++d)
    EXPECT_NEAR(apart(d), apart(0) + slope * static_cast<double>(d), 1e-9) << d;
  EXPECT_NEAR(apart(engine.size() - 1), 0.0, 4 * fit.per_day.standard_error / fit.per_day.estimate);
}

TEST(Arrivals, HaveTheTruthWithinTheirErrors) {
  Arriving truth = region();
  truth.pattern.trend_per_year = 0.05;
  truth.pattern.month_dispersion = 0.002;
  const ArrivalPattern right = simulated::scaled(truth.pattern);
  const ArrivalFit fit = fit_arrivals(arrivals(truth, 2), truth.from, {});
  ASSERT_TRUE(fit.ok());
  EXPECT_EQ(fit.at, truth.at());
  EXPECT_NEAR(fit.per_day.estimate, right.per_day, 4 * fit.per_day.standard_error);
  EXPECT_NEAR(fit.trend_per_year.estimate, 0.05, 4 * fit.trend_per_year.standard_error);
  for (std::size_t m = 0; m < 12; ++m)
    EXPECT_NEAR(fit.month[m].estimate, right.month[m], 4 * fit.month[m].standard_error) << m;
  for (std::size_t w = 0; w < 7; ++w)
    EXPECT_NEAR(fit.weekday[w].estimate, right.weekday[w], 4 * fit.weekday[w].standard_error) << w;
  EXPECT_NEAR(fit.school_holidays.estimate, 0.85, 4 * fit.school_holidays.standard_error);
  EXPECT_NEAR(fit.public_holidays.estimate, 0.2, 4 * fit.public_holidays.standard_error);
  EXPECT_THAT(fit.changes, testing::IsEmpty());
}

TEST(Arrivals, FindWhatPassedAndWhatStayed) {
  Arriving truth = region();
  truth.shock = {date(2020, 3, 16), date(2020, 6, 8), 0.6};
  truth.step = {date(2022, 5, 1), 1.25};
  const ArrivalFit fit = fit_arrivals(arrivals(truth, 3), truth.from, {});
  ASSERT_TRUE(fit.ok());
  ASSERT_EQ(fit.changes.size(), 2u);
  const ArrivalChange &shock = fit.changes[0], &step = fit.changes[1];
  EXPECT_EQ(shock.kind, Kind::shock);
  EXPECT_LE(std::abs((shock.from - truth.shock.from).count()), 21);
  EXPECT_LE(std::abs((shock.until - truth.shock.until).count()), 21);
  EXPECT_NEAR(shock.factor.estimate, 0.6, 4 * shock.factor.standard_error);
  EXPECT_EQ(step.kind, Kind::level);
  EXPECT_LE(std::abs((step.from - truth.step.from).count()), 28);
  EXPECT_NEAR(step.factor.estimate, 1.25, 4 * step.factor.standard_error);
  // What goes on is the level since then.
  EXPECT_NEAR(fit.per_day.estimate, 1.25 * 12.0, 4 * fit.per_day.standard_error);
  EXPECT_TRUE(covers(fit.trend_per_year, 0.0));
}

TEST(Arrivals, WhoseLevelWentOffLatelyGoOnFromThere) {
  // Nothing for four years, and then 4% a quarter: too slow for a change of level, and no trend of all.
  Arriving truth = region();
  std::vector<int> counts = arrivals(truth, 12);
  ArrivalOptions options;
  const ArrivalFit still = fit_arrivals(counts, truth.from, options);
  const std::size_t late = counts.size() - 2 * 365;
  std::mt19937_64 random(5);
  for (std::size_t d = late; d < counts.size(); ++d) {
    const double more = 0.16 * static_cast<double>(d - late) / 730.0;
    counts[d] += std::binomial_distribution<int>(counts[d], more)(random);
  }
  const ArrivalFit off = fit_arrivals(counts, truth.from, options);
  EXPECT_NEAR(off.per_day.estimate, 1.16 * 12.0, 4 * off.per_day.standard_error);
  EXPECT_GT(off.per_day.estimate, 1.08 * still.per_day.estimate);
  EXPECT_GT(off.per_day.standard_error, still.per_day.standard_error);
}

TEST(Arrivals, VaryByDay) {
  Arriving truth = region();
  truth.pattern.day_dispersion = 0.08;
  const ArrivalFit fit = fit_arrivals(arrivals(truth, 4), truth.from, {});
  EXPECT_LT(fit.p_dispersion, 1e-6);
  EXPECT_NEAR(fit.day_dispersion.estimate, 0.08, 4 * fit.day_dispersion.standard_error);
  EXPECT_EQ(fit.pattern.month_dispersion, 0.0);
}

TEST(Arrivals, VaryByDayAndByMonth) {
  Arriving truth = region();
  truth.pattern.day_dispersion = 0.08;
  truth.pattern.month_dispersion = 0.02;
  const ArrivalFit fit = fit_arrivals(arrivals(truth, 5), truth.from, {});
  EXPECT_NEAR(fit.day_dispersion.estimate, 0.08, 4 * fit.day_dispersion.standard_error);
  EXPECT_NEAR(fit.month_dispersion.estimate, 0.02, 4 * fit.month_dispersion.standard_error);
  EXPECT_GT(fit.month_dispersion.standard_error, 0.0);
}

TEST(Arrivals, ThatAreSparseAndAlikeAreConstant) {
  Arriving truth;
  truth.pattern.per_day = 0.12;
  const ArrivalFit fit = fit_arrivals(arrivals(truth, 6), truth.from, {});
  ASSERT_TRUE(fit.ok());
  EXPECT_EQ(fit.parameters.size(), 1u);
  EXPECT_TRUE(covers(fit.per_day, 0.12));
  EXPECT_THAT(fit.pattern.weekday, testing::Each(1.0));
  EXPECT_THAT(fit.pattern.month, testing::Each(1.0));
}

TEST(Arrivals, ThatNeverComeInWeekendsStayAway) {
  Arriving truth;
  truth.pattern.per_day = 2.0;
  truth.pattern.weekday = {1, 1, 1, 1, 1, 0, 0};
  const ArrivalFit fit = fit_arrivals(arrivals(truth, 7), truth.from, {});
  ASSERT_TRUE(fit.ok());
  EXPECT_LT(fit.pattern.weekday[5], 1e-2);
  double on_weekdays = 0.0;
  for (std::size_t day = 0; day < 5; ++day) on_weekdays += fit.pattern.weekday[day] / 5.0;
  EXPECT_NEAR(on_weekdays, 1.4, 0.02);
  EXPECT_TRUE(covers(fit.weekday[0], 1.4));
  EXPECT_NEAR(fit.per_day.estimate, 2.0, 4 * fit.per_day.standard_error);
}

TEST(Arrivals, GapsAreLeftOut) {
  Arriving truth = region();
  std::vector<int> counts = arrivals(truth, 8);
  ArrivalOptions options;
  options.unobserved = {{date(2020, 4, 1), date(2020, 7, 1)}, {date(2022, 8, 1), date(2022, 9, 15)}};
  for (const auto& [from, until] : options.unobserved)
    for (Date day = from; day < until; day += days{1}) counts[static_cast<std::size_t>((day - truth.from).count())] = 0;
  const ArrivalFit fit = fit_arrivals(counts, truth.from, options);
  ASSERT_TRUE(fit.ok());
  EXPECT_THAT(fit.changes, testing::IsEmpty());
  EXPECT_NEAR(fit.per_day.estimate, 12.0, 4 * fit.per_day.standard_error);
  EXPECT_NEAR(fit.month[7].estimate, simulated::scaled(truth.pattern).month[7], 4 * fit.month[7].standard_error);
  // In a gap as many are expected as would have come.
  const double in_gap = std::accumulate(fit.expected.begin() + 821, fit.expected.begin() + 912, 0.0);
  EXPECT_NEAR(in_gap / 91.0, 12.0, 2.0);
}

TEST(Arrivals, DrawsOfThePatternKeepItsScale) {
  Arriving truth = region();
  truth.pattern.month_dispersion = 0.01;
  const ArrivalFit fit = fit_arrivals(arrivals(truth, 9), truth.from, {});
  const std::size_t size = fit.parameters.size();
  ASSERT_EQ(fit.covariance.size(), size * size);
  const ArrivalPattern same = arrival_pattern(fit, fit.parameters);
  EXPECT_EQ(same.per_day, fit.pattern.per_day);
  EXPECT_EQ(same.month_dispersion, fit.pattern.month_dispersion);
  std::vector<double> moved = fit.parameters;
  for (std::size_t i = 0; i < size; ++i) moved[i] += std::sqrt(fit.covariance[i * size + i]);
  ArrivalPattern other = arrival_pattern(fit, moved);
  other.trend_per_year = 0.0;
  EXPECT_NE(other.per_day, same.per_day);
  EXPECT_NEAR(std::accumulate(other.weekday.begin(), other.weekday.end(), 0.0), 7.0, 1e-12);
  // Whatever the factors, the engine's mean over the years of its table is the rate.
  const Date first = date(first_school_year() + 1, 1, 1), end = date(last_school_year(), 1, 1);
  const int count = static_cast<int>((end - first).count());
  const std::vector<double> intensity = intensity_of(other, first, first, count);
  EXPECT_NEAR(std::accumulate(intensity.begin(), intensity.end(), 0.0) / count / other.per_day, 1.0, 2e-3);
  EXPECT_THROW(arrival_pattern(fit, {}), std::invalid_argument);
}

TEST(Arrivals, TooFewOrWrongAreSaid) {
  const Date from = date(2023, 1, 1);
  EXPECT_FALSE(fit_arrivals({}, from).ok());
  EXPECT_FALSE(fit_arrivals(std::vector<int>(100, 0), from).ok());
  EXPECT_FALSE(fit_arrivals(std::vector<int>{3, -1, 2}, from).ok());
  ArrivalOptions nothing_seen;
  nothing_seen.unobserved = {{from, from + days{10}}};
  EXPECT_FALSE(fit_arrivals(std::vector<int>(10, 3), from, nothing_seen).ok());
  const ArrivalFit few = fit_arrivals(std::vector<int>{1, 0, 2, 0, 1}, from);
  ASSERT_TRUE(few.ok());
  EXPECT_DOUBLE_EQ(few.per_day.estimate, 0.8);
  // The days of 1, 0, 2, 0, 1 vary less than chance has it: the error is that of four arrivals.
  EXPECT_NEAR(few.per_day.standard_error, 0.8 / std::sqrt(4.0), 1e-12);
  EXPECT_THAT(few.notes, testing::Not(testing::IsEmpty()));
}

TEST(Arrivals, ThatCameAllAtOnceAreNoMoreThanARate) {
  std::vector<int> counts(800, 0);
  counts[400] = 50;
  const ArrivalFit fit = fit_arrivals(counts, date(2021, 1, 1));
  ASSERT_TRUE(fit.ok());
  EXPECT_DOUBLE_EQ(fit.per_day.estimate, 50.0 / 800.0);
  EXPECT_GT(fit.per_day.standard_error, 0.9 * fit.per_day.estimate);
  EXPECT_THAT(fit.notes, testing::Contains(testing::HasSubstr("no more than a constant rate")));
}

TEST(Arrivals, OfLessThanTwoYearsHaveNoSeasonToTell) {
  Arriving truth = region();
  truth.from = date(2023, 1, 1);
  truth.count = 365;
  const ArrivalFit fit = fit_arrivals(arrivals(truth, 10), truth.from, {});
  ASSERT_TRUE(fit.ok());
  EXPECT_THAT(fit.pattern.month, testing::Each(1.0));
  EXPECT_THAT(fit.changes, testing::IsEmpty());
  EXPECT_NEAR(fit.pattern.weekday[5], 0.2, 4 * fit.weekday[5].standard_error);
  EXPECT_THAT(fit.notes, testing::Contains(testing::HasSubstr("less than two years")));
}

TEST(Arrivals, ThatFellInTheLastWeeksAreTold) {
  Arriving truth = region();
  truth.shock = {date(2023, 11, 6), date(2024, 1, 1), 0.6};
  const ArrivalFit fit = fit_arrivals(arrivals(truth, 11), truth.from, {});
  EXPECT_THAT(fit.notes, testing::Contains(testing::HasSubstr("can't be told yet")));
}

}  // namespace
}  // namespace ketensim
