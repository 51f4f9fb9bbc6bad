#include "tools/report/numbers.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace ketensim::report {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Summary summary(double mean, double se, int defined = 10) { return {mean, se, mean, mean, mean, mean, mean, defined}; }

TEST(Number, HasThreeDigitsThatCount) {
  const NumberStyle style = plain_style();
  EXPECT_EQ(number(1.0787, style), "1.08");
  EXPECT_EQ(number(45.25, style), "45.2");
  EXPECT_EQ(number(1234.5, style), "1234");
  EXPECT_EQ(number(-9.999, style), "-10.0");
}

TEST(Number, ShowsZeroAndUndefinedAsSuch) {
  EXPECT_EQ(number(0.0, plain_style()), "0");
  EXPECT_EQ(number(kNaN, plain_style()), "-");
  EXPECT_EQ(number(-0.001, plain_style()), "0.00");
}

TEST(Number, IsWrittenAsItsReadersDo) {
  EXPECT_EQ(number(1234567.8, 1, style_of(Language::nl)), "1.234.567,8");
  EXPECT_EQ(number(1234567.8, 1, style_of(Language::en)), "1,234,567.8");
  EXPECT_EQ(number(999.0, 0, style_of(Language::nl)), "999");
  EXPECT_EQ(number(-2.5, 1, style_of(Language::nl)), "−2,5");
}

TEST(Interval, HasAsManyDigitsAsItsErrorAllows) {
  const NumberStyle style = plain_style();
  EXPECT_EQ(with_interval(summary(123.456, 5.0), 1.0, style), "123.5 ±9.8");
  EXPECT_EQ(with_interval(summary(123.456, 50.0), 1.0, style), "123 ±98");
  EXPECT_EQ(with_interval(summary(0.5, 0.01), 100.0, style), "50.0 ±2.0");
  EXPECT_EQ(with_interval(summary(12.0, kNaN, 1), 1.0, style), "12.0");
  EXPECT_EQ(with_interval(summary(kNaN, kNaN, 0), 1.0, style), "-");
}

TEST(Interval, OfADifferenceHasASignAndAnExactZero) {
  const NumberStyle style = plain_style();
  EXPECT_EQ(difference(summary(12.0, 1.0), 1.0, style), "+12.0 ±2.0");
  EXPECT_EQ(difference(summary(-12.0, 1.0), 1.0, style), "-12.0 ±2.0");
  EXPECT_EQ(difference(summary(1e-5, 1e-6), 1.0, style), "0.00 ±0.00");
  EXPECT_EQ(difference(summary(0.0, 0.0), 1.0, style), "0");
  EXPECT_EQ(difference(summary(0.0, 1.0), 1.0, style), "0 ±2.0");
}

TEST(PeriodText, NamesMonthsQuartersYearsAndWeeks) {
  using namespace std::chrono;
  const auto period = [](sys_days from, sys_days until) { return ReportedPeriod{"label", from, until}; };
  const sys_days february = year(2024) / 2 / 1, april = year(2024) / 4 / 1;
  EXPECT_EQ(period_text(period(february, year(2024) / 3 / 1), Language::nl), "feb 2024");
  EXPECT_EQ(period_text(period(april, year(2024) / 7 / 1), Language::en), "quarter 2 of 2024");
  EXPECT_EQ(period_text(period(year(2024) / 1 / 1, year(2025) / 1 / 1), Language::en), "2024");
  EXPECT_EQ(period_text(period(year(2024) / 3 / 4, year(2024) / 3 / 11), Language::nl), "de week van 4 mrt 2024");
  EXPECT_EQ(period_text(period(february, year(2024) / 2 / 12), Language::nl), "label");
}

}  // namespace
}  // namespace ketensim::report
