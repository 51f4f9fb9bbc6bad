#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <utility>

#include "ketensim/time.hpp"

namespace ketensim {
namespace {

using std::chrono::days;
using std::chrono::Saturday;
using std::chrono::Sunday;
using std::chrono::weekday;
using testing::Contains;
using testing::ElementsAre;
using testing::Not;

constexpr SchoolRegion kRegions[] = {SchoolRegion::noord, SchoolRegion::midden, SchoolRegion::zuid};

Date date(int year, unsigned month, unsigned day) {
  return Date{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}};
}

bool is_weekend(Date day) { return weekday{day} == Saturday || weekday{day} == Sunday; }

/// Ten years that hold 5 May twice in a jubilee, three leap days and King's Day on a Sunday.
class DutchCalendar : public testing::Test {
 protected:
  static constexpr int kDays = 3653;
  const Date origin_ = date(2016, 1, 1);
  const Calendar calendar_{CalendarKind::netherlands, origin_, kDays};

  double moment(Date day) const { return static_cast<double>((day - origin_).count()); }
  bool works(int day) const {
    const Date date = origin_ + days{day};
    return !is_weekend(date) && (day < 0 || day >= kDays || !is_dutch_public_holiday(date));
  }
};

// The same calendar with its origin in the middle: days before it are counted as they are, holidays and all.
TEST_F(DutchCalendar, KnowsTheDaysBeforeItsOrigin) {
  constexpr int kLater = 1500;
  const Calendar later(CalendarKind::netherlands, origin_ + days{kLater}, kDays - kLater, kLater);
  for (int day = -20; day < kDays + 20; ++day) {
    EXPECT_EQ(later.is_working(day - kLater), calendar_.is_working(day));
    const double moment = day + 0.375;
    EXPECT_NEAR(later.working_time(moment - kLater), calendar_.working_time(moment) - calendar_.working_time(kLater),
                1e-9);
    EXPECT_NEAR(later.next_working(moment - kLater), calendar_.next_working(moment) - kLater, 1e-9);
    EXPECT_NEAR(later.add_working_days(moment - kLater, 7.25), calendar_.add_working_days(moment, 7.25) - kLater, 1e-9);
  }
}

TEST(PublicHolidays, OfAnOrdinaryYear) {
  EXPECT_THAT(dutch_public_holidays(2024),
              ElementsAre(date(2024, 1, 1), date(2024, 4, 1), date(2024, 4, 27), date(2024, 5, 9), date(2024, 5, 20),
                          date(2024, 12, 25), date(2024, 12, 26)));
}

TEST(PublicHolidays, FollowEaster) {
  const std::pair<int, Date> easters[] = {
      {2000, date(2000, 4, 23)}, {2008, date(2008, 3, 23)}, {2011, date(2011, 4, 24)}, {2016, date(2016, 3, 27)},
      {2019, date(2019, 4, 21)}, {2024, date(2024, 3, 31)}, {2025, date(2025, 4, 20)}, {2026, date(2026, 4, 5)},
      {2027, date(2027, 3, 28)}, {2038, date(2038, 4, 25)}, {2049, date(2049, 4, 18)}};
  for (const auto& [year, easter] : easters) {
    EXPECT_THAT(dutch_public_holidays(year), Contains(easter + days{1})) << year;
    EXPECT_THAT(dutch_public_holidays(year), Contains(easter + days{39})) << year;
    EXPECT_THAT(dutch_public_holidays(year), Contains(easter + days{50})) << year;
  }
}

TEST(PublicHolidays, EasterMondayIsAlwaysAMondayBetween23MarchAnd26April) {
  for (int year = 1900; year <= 2100; ++year) {
    const auto holidays = dutch_public_holidays(year);
    const Date easter_monday = holidays[1];
    EXPECT_EQ(weekday{easter_monday}, std::chrono::Monday) << year;
    EXPECT_GE(easter_monday, date(year, 3, 23));
    EXPECT_LE(easter_monday, date(year, 4, 26));
    EXPECT_TRUE(std::is_sorted(holidays.begin(), holidays.end()));
  }
}

TEST(PublicHolidays, KingsDayGivesWayToASunday) {
  EXPECT_THAT(dutch_public_holidays(2014), Contains(date(2014, 4, 26)));
  EXPECT_THAT(dutch_public_holidays(2014), Not(Contains(date(2014, 4, 27))));
  EXPECT_THAT(dutch_public_holidays(2025), Contains(date(2025, 4, 26)));
  EXPECT_THAT(dutch_public_holidays(2026), Contains(date(2026, 4, 27)));
}

TEST(PublicHolidays, LiberationDayCountsInJubileeYearsOnly) {
  EXPECT_TRUE(is_dutch_public_holiday(date(2020, 5, 5)));
  EXPECT_TRUE(is_dutch_public_holiday(date(2025, 5, 5)));
  EXPECT_FALSE(is_dutch_public_holiday(date(2023, 5, 5)));
  EXPECT_FALSE(is_dutch_public_holiday(date(2026, 5, 5)));
}

TEST(PublicHolidays, ADayCountsOnceWhereTwoHolidaysMeet) {
  EXPECT_EQ(dutch_public_holidays(2005).size(), 7u) << "5 May 2005 was Ascension Day too";
}

TEST(SchoolHolidays, MatchTheMinistrysDates) {
  const auto is = [](SchoolRegion region, Date first, Date last) {
    return is_school_holiday(region, first) && is_school_holiday(region, last) &&
           !is_school_holiday(region, first - days{1}) && !is_school_holiday(region, last + days{1});
  };
  EXPECT_TRUE(is(SchoolRegion::noord, date(2024, 7, 20), date(2024, 9, 1)));
  EXPECT_TRUE(is(SchoolRegion::midden, date(2024, 7, 13), date(2024, 8, 25)));
  EXPECT_TRUE(is(SchoolRegion::zuid, date(2024, 7, 6), date(2024, 8, 18)));
  EXPECT_TRUE(is(SchoolRegion::noord, date(2023, 12, 23), date(2024, 1, 7)));
  EXPECT_TRUE(is(SchoolRegion::zuid, date(2024, 2, 10), date(2024, 2, 18)));
  EXPECT_TRUE(is(SchoolRegion::midden, date(2017, 4, 22), date(2017, 4, 30)));
  EXPECT_TRUE(is(SchoolRegion::noord, date(2020, 10, 10), date(2020, 10, 18)));
  EXPECT_TRUE(is(SchoolRegion::zuid, date(2028, 7, 22), date(2028, 9, 3)));
}

TEST(SchoolHolidays, EveryRegionHasElevenWeeksAYearWithinAndOutsideTheTable) {
  EXPECT_LE(first_school_year(), 2014);
  EXPECT_GE(last_school_year(), 2029);
  for (const SchoolRegion region : kRegions) {
    for (int year = 1995; year <= 2060; ++year) {
      // A school year's holidays all begin between 1 October and the end of July, so this window holds each once.
      int holidays = 0;
      int starts = 0;
      for (Date day = date(year, 9, 25); day < date(year + 1, 9, 25); day += days{1}) {
        const bool holiday = is_school_holiday(region, day);
        const bool begins = holiday && !is_school_holiday(region, day - days{1});
        holidays += holiday;
        starts += begins;
        EXPECT_TRUE(!begins || weekday{day} == Saturday) << year;
      }
      EXPECT_EQ(starts, 5) << year;
      EXPECT_EQ(holidays, 3 * 9 + 16 + 44) << year;
    }
  }
}

TEST(SchoolHolidays, TheRegionsShiftEachOtherInSummerAndTakeTurnsInSixYears) {
  const auto first_day = [](SchoolRegion region, int year) {
    Date day = date(year, 6, 25);
    while (!is_school_holiday(region, day)) day += days{1};
    return day;
  };
  const auto order = [&](int year) {
    std::string shifts;
    const Date first =
        std::min({first_day(kRegions[0], year), first_day(kRegions[1], year), first_day(kRegions[2], year)});
    for (const SchoolRegion region : kRegions)
      shifts += std::to_string((first_day(region, year) - first).count()) + " ";
    return shifts;
  };
  for (int year = 2000; year <= 2050; ++year) {
    EXPECT_EQ(order(year), order(year + 6));
    EXPECT_NE(order(year), order(year + 1));
  }
  EXPECT_EQ(order(2024), "14 7 0 ");
  EXPECT_EQ(order(2036), "14 7 0 ");
}

TEST_F(DutchCalendar, AgreesWithANaiveCountOfDays) {
  int working_days = 0;
  for (int day = 0; day < kDays + 100; ++day) {
    EXPECT_EQ(calendar_.is_working(day), works(day)) << day;
    EXPECT_EQ(calendar_.working_time(day), working_days) << day;
    EXPECT_EQ(calendar_.working_time(day + 0.25), working_days + (works(day) ? 0.25 : 0.0)) << day;
    working_days += works(day);
  }
}

TEST_F(DutchCalendar, WorkBeginsOnTheNextWorkingDay) {
  EXPECT_EQ(calendar_.next_working(moment(date(2024, 3, 28)) + 0.7), moment(date(2024, 3, 28)) + 0.7);
  EXPECT_EQ(calendar_.next_working(moment(date(2024, 3, 30)) + 0.7), moment(date(2024, 4, 2))) << "over Easter";
  EXPECT_EQ(calendar_.next_working(moment(date(2023, 12, 25))), moment(date(2023, 12, 27)));
  for (int day = 0; day < kDays + 100; ++day) {
    int next = day;
    while (!works(next)) ++next;
    EXPECT_EQ(calendar_.next_working(day + 0.5), next == day ? day + 0.5 : next);
  }
}

TEST_F(DutchCalendar, FiveWorkingDaysFromAWednesdayEndOnTheNextWednesday) {
  const double wednesday = moment(date(2024, 6, 5)) + 0.375;
  EXPECT_EQ(calendar_.add(wednesday, {5, true}), wednesday + 7);
  EXPECT_EQ(calendar_.add(wednesday, {5, false}), wednesday + 5);
}

TEST_F(DutchCalendar, TheEndOfTheLastWorkingDayIsTheStartOfTheNext) {
  const double friday = moment(date(2024, 6, 7));
  EXPECT_EQ(calendar_.add_working_days(friday, 1), friday + 3);
  EXPECT_EQ(calendar_.add_working_days(friday + 0.5, 0.5), friday + 3);
  EXPECT_EQ(calendar_.add_working_days(friday + 0.5, 0.25), friday + 0.75);
  EXPECT_EQ(calendar_.add_working_days(friday + 1.5, 0), friday + 3);
}

TEST_F(DutchCalendar, AddingWorkingTimeIsTheInverseOfCountingIt) {
  std::mt19937_64 engine(20240101);
  std::uniform_real_distribution<double> from(0, kDays + 50), amount(0, 300);
  for (int i = 0; i < 20000; ++i) {
    const double start = from(engine);
    const double working_days = amount(engine);
    const double end = calendar_.add_working_days(start, working_days);
    EXPECT_NEAR(calendar_.working_days_between(start, end), working_days, 1e-9);
    EXPECT_EQ(calendar_.next_working(end), end) << "it ends on a working day";
    EXPECT_EQ(calendar_.elapsed(start, end, true), calendar_.working_days_between(start, end));
    EXPECT_EQ(calendar_.elapsed(start, end, false), end - start);
  }
}

TEST_F(DutchCalendar, IsMonotone) {
  double counted = calendar_.working_time(0);
  double next = calendar_.next_working(0);
  double ended = calendar_.add_working_days(0, 3.7);
  for (double at = 0; at < kDays + 50; at += 0.0625) {
    EXPECT_GE(calendar_.working_time(at), counted);
    EXPECT_GE(calendar_.next_working(at), std::max(next, at));
    EXPECT_GE(calendar_.add_working_days(at, 3.7), ended);
    counted = calendar_.working_time(at);
    next = calendar_.next_working(at);
    ended = calendar_.add_working_days(at, 3.7);
  }
}

TEST_F(DutchCalendar, BeforeMidnightNeverRoundsIntoTheWeekend) {
  const double friday = moment(date(2024, 6, 7));
  EXPECT_EQ(calendar_.add_working_days(friday, std::nextafter(1.0, 0.0)), friday + 3);
}

TEST_F(DutchCalendar, GoesOnAsMondayToFridayOutsideItsWindow) {
  const double monday = moment(date(2026, 12, 21));
  EXPECT_TRUE(calendar_.is_working(static_cast<int>(monday) + 4)) << "Christmas, but past the window";
  EXPECT_EQ(calendar_.working_days_between(monday, monday + 28), 20);
  EXPECT_EQ(calendar_.add_working_days(monday, 20.5), monday + 28.5);
  const double earlier = moment(date(2015, 12, 21));
  EXPECT_EQ(calendar_.working_days_between(earlier, earlier + 7), 5);
  EXPECT_EQ(calendar_.next_working(earlier + 5.5), earlier + 7);
  EXPECT_EQ(calendar_.add_working_days(earlier + 6.5, 3), earlier + 10);
}

TEST(ContinuousCalendar, EveryDayWorksAndNothingIsRounded) {
  const Calendar calendar(CalendarKind::continuous, date(2024, 1, 1), 10);
  EXPECT_TRUE(calendar.is_working(5));
  EXPECT_EQ(calendar.next_working(5.3), 5.3);
  EXPECT_EQ(calendar.working_time(1000.25), 1000.25);
  EXPECT_EQ(calendar.add(5.5, {7, true}), 12.5);
  EXPECT_EQ(calendar.add(5.5, {7, false}), 12.5);
  EXPECT_EQ(calendar.elapsed(2.5, 4.0, true), 1.5);
}

}  // namespace
}  // namespace ketensim
