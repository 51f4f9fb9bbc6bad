#include <gtest/gtest.h>

#include "ketensim/calibrate.hpp"
#include "ketensim/monitor.hpp"
#include "tests/calibration/simulated.hpp"

namespace ketensim {
namespace {

using simulated::day;
constexpr double kInfinity = Observation::kInfinity;

Calendar netherlands() {
  return {CalendarKind::netherlands, std::chrono::sys_days{std::chrono::year{2010} / 1 / 1}, 8000};
}
Moment date(int year, unsigned month, unsigned of_month) {
  return {day(year, month, of_month), day(year, month, of_month) + 1.0};
}
const ObservationWindow kAlways{};

TEST(Observe, TwoDatesKnowADurationWithinTwoDays) {
  // Tuesday to Thursday.
  const auto seen = observe(netherlands(), date(2023, 6, 13), date(2023, 6, 15), kAlways, Ends::moved_to_working_day);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->days, (Observation{2, 3, 0, 1, kInfinity}));
  EXPECT_EQ(seen->working, (Observation{2, 3, 0, 1, kInfinity}));
}

TEST(Observe, AnEndOnMondayMayHaveComeInTheWeekend) {
  const auto seen = observe(netherlands(), date(2023, 6, 13), date(2023, 6, 19), kAlways, Ends::moved_to_working_day);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->days, (Observation{4, 7, 0, 1, kInfinity}));     // after Friday 24:00
  EXPECT_EQ(seen->working, (Observation{4, 5, 0, 1, kInfinity}));  // four working days and part of the fifth
  const auto any = observe(netherlands(), date(2023, 6, 13), date(2023, 6, 19), kAlways, Ends::any_day);
  EXPECT_EQ(any->days, (Observation{6, 7, 0, 1, kInfinity}));
}

TEST(Observe, AnEndAfterHolidaysMayHaveComeOnEachOfThem) {
  // From Thursday 28 March 2024 to Tuesday 2 April: Good Friday is worked, Easter Monday is not.
  const auto seen = observe(netherlands(), date(2024, 3, 28), date(2024, 4, 2), kAlways, Ends::moved_to_working_day);
  EXPECT_EQ(seen->days, (Observation{2, 6, 0, 1, kInfinity}));
}

TEST(Observe, OnTheContinuousCalendarNothingMoves) {
  const Calendar continuous(CalendarKind::continuous, std::chrono::sys_days{std::chrono::year{2010} / 1 / 1}, 8000);
  const auto seen = observe(continuous, date(2023, 6, 13), date(2023, 6, 19), kAlways, Ends::moved_to_working_day);
  EXPECT_EQ(seen->days, (Observation{6, 7, 0, 1, kInfinity}));
  EXPECT_EQ(seen->working, seen->days);
}

TEST(Observe, WhatIsOpenAtTheSnapshotIsRightCensored) {
  // The snapshot is the end of Sunday 31 December 2023: an end after Friday 24:00 would not have been delivered yet.
  const ObservationWindow window{day(2018, 1, 1), day(2024, 1, 1), true};
  const auto seen =
      observe(netherlands(), date(2023, 12, 20), {window.until, kInfinity}, window, Ends::moved_to_working_day);
  EXPECT_EQ(seen->days, (Observation{10, kInfinity, 0, 1, 10}));
}

TEST(Observe, WhatWasOpenWhenTheWindowBeganIsLeftTruncated) {
  const ObservationWindow window{day(2018, 1, 1), day(2024, 1, 1), true};
  const auto seen = observe(netherlands(), date(2017, 12, 20), date(2018, 1, 10), window, Ends::moved_to_working_day);
  // Seen because it had not ended by Friday 29 December 2017, 24:00.
  EXPECT_DOUBLE_EQ(seen->days.entry, 10.0);
  EXPECT_DOUBLE_EQ(seen->days.lower, 21.0);
  EXPECT_DOUBLE_EQ(seen->working.entry, 6.0);  // without the weekend and both days of Christmas
  EXPECT_DOUBLE_EQ(observe(netherlands(), date(2018, 1, 3), date(2018, 1, 10), window, Ends::any_day)->days.entry, 0.0);
}

TEST(Observe, StartsThatStopAWaitAreTakenAtTheEndOfTheirDay) {
  const auto seen = observe_until(netherlands(), date(2023, 6, 13), date(2023, 6, 15), kAlways);
  EXPECT_EQ(seen->days, (Observation{3, kInfinity, 0, 1, kInfinity}));
  const Moment some_day{day(2023, 6, 14), day(2023, 8, 1)};  // a start that was not filled in
  EXPECT_DOUBLE_EQ(observe_until(netherlands(), date(2023, 6, 13), some_day, kAlways)->days.lower, 1.0);
}

TEST(Observe, ContradictionsAreNothing) {
  const Moment never{};
  EXPECT_FALSE(observe(netherlands(), date(2023, 6, 13), date(2023, 6, 12), kAlways, Ends::any_day));
  EXPECT_FALSE(observe(netherlands(), date(2023, 6, 13), never, kAlways, Ends::any_day));
  EXPECT_FALSE(observe(netherlands(), never, date(2023, 6, 13), kAlways, Ends::any_day));
  EXPECT_FALSE(observe(netherlands(), {day(2023, 6, 1), kInfinity}, date(2023, 6, 13), kAlways, Ends::any_day));
  const ObservationWindow window{day(2018, 1, 1), day(2024, 1, 1), true};
  EXPECT_FALSE(observe(netherlands(), date(2017, 3, 1), date(2017, 6, 1), window, Ends::any_day));
}

}  // namespace
}  // namespace ketensim
