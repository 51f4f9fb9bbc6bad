#include <array>
#include <cstddef>
#include <iterator>

#include "ketensim/time.hpp"

namespace ketensim {

namespace {

using std::chrono::days;
using std::chrono::Monday;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year_month_day;

/// The first days of a school year's holidays as month x 100 + day, always a Saturday. Autumn and spring last up to the
/// second Sunday, and so does the one week in May that holds for every school; Christmas takes two weeks, summer six.
struct SchoolYear {
  int begins;                 // 2014: school year 2014/15
  std::array<int, 3> autumn;  // noord, midden, zuid
  int christmas;
  std::array<int, 3> spring;
  int may;
  std::array<int, 3> summer;
};

/// Christmas, May and summer are fixed by ministerial order (Regeling vaststelling schoolvakanties 2013-2016,
/// 2016-2019, 2019-2022, 2022-2025, 2025-2030); autumn and spring are what the Ministry of Education (OCW) advises.
/// All were read in an order, in the ministry's overviews or in calendars that cite them, except:
/// - spring 2015 in zuid and autumn 2015: unverified;
/// - 2026/27 after its autumn: unverified, though in agreement with the calendars of two schools, which don't tell
///   which of their two weeks in May is the fixed one;
/// - 2029/30: autumn and Christmas from an unofficial calendar; spring, May and summer follow the rotation.
constexpr SchoolYear kSchoolYears[] = {
    {2014, {1011, 1018, 1018}, 1220, {221, 221, 214}, 502, {704, 711, 718}},
    {2015, {1017, 1017, 1024}, 1219, {227, 220, 220}, 430, {716, 709, 723}},
    {2016, {1015, 1015, 1022}, 1224, {218, 225, 225}, 422, {722, 708, 715}},
    {2017, {1021, 1014, 1014}, 1223, {224, 224, 217}, 428, {721, 714, 707}},
    {2018, {1020, 1020, 1013}, 1222, {216, 223, 223}, 427, {713, 720, 706}},
    {2019, {1019, 1019, 1012}, 1221, {215, 222, 222}, 425, {704, 718, 711}},
    {2020, {1010, 1017, 1017}, 1219, {220, 220, 213}, 501, {710, 717, 724}},
    {2021, {1016, 1016, 1023}, 1225, {219, 226, 226}, 430, {716, 709, 723}},
    {2022, {1015, 1022, 1022}, 1224, {225, 225, 218}, 429, {722, 708, 715}},
    {2023, {1021, 1014, 1014}, 1223, {217, 217, 210}, 427, {720, 713, 706}},
    {2024, {1026, 1026, 1019}, 1221, {215, 222, 222}, 426, {712, 719, 705}},
    {2025, {1018, 1018, 1011}, 1220, {221, 214, 214}, 425, {704, 718, 711}},
    {2026, {1010, 1017, 1017}, 1219, {220, 220, 213}, 424, {710, 717, 724}},
    {2027, {1016, 1016, 1023}, 1225, {219, 226, 226}, 429, {715, 708, 722}},
    {2028, {1014, 1021, 1021}, 1223, {217, 217, 210}, 428, {721, 707, 714}},
    {2029, {1020, 1020, 1013}, 1222, {216, 216, 209}, 427, {720, 713, 706}},
};

/// The regions take turns in the order of their summers, and are back where they were after six years.
constexpr int kRotation = 6;

constexpr days kWeek{9}, kTwoWeeks{16}, kSixWeeks{44};  // from a Saturday up to and including a Sunday

Date date_in(int year, int month_day) {
  return sys_days{std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(month_day / 100)} /
                  std::chrono::day{static_cast<unsigned>(month_day % 100)}};
}

/// Monday of the first week of an ISO year: the week that has 4 January.
Date first_monday(int iso_year) {
  const Date fourth = date_in(iso_year, 104);
  return fourth - (weekday{fourth} - Monday);
}

/// The Saturday before the same ISO week, `years` later.
Date same_week(Date saturday, int years) {
  if (years == 0) return saturday;
  const Date monday = saturday + days{2};
  const int iso_year = static_cast<int>(year_month_day{monday + days{3}}.year());
  return first_monday(iso_year + years) + (monday - first_monday(iso_year)) - days{2};
}

/// The row of that school year; outside the table, of the nearest year at the same point of the rotation.
const SchoolYear& row_of(int begins) {
  const int first = first_school_year();
  const int last = last_school_year();
  int year = begins;
  if (begins < first) year += (first - begins + kRotation - 1) / kRotation * kRotation;
  if (begins > last) year -= (begins - last + kRotation - 1) / kRotation * kRotation;
  return kSchoolYears[year - first];
}

bool is_holiday_of(int begins, std::size_t region, Date day) {
  const SchoolYear& row = row_of(begins);
  const auto within = [&](int year, int month_day, days length) {
    const Date start = same_week(date_in(year, month_day), begins - row.begins);
    return start <= day && day < start + length;
  };
  return within(row.begins, row.autumn[region], kWeek) || within(row.begins, row.christmas, kTwoWeeks) ||
         within(row.begins + 1, row.spring[region], kWeek) || within(row.begins + 1, row.may, kWeek) ||
         within(row.begins + 1, row.summer[region], kSixWeeks);
}

}  // namespace

int first_school_year() { return std::begin(kSchoolYears)->begins; }

int last_school_year() { return std::prev(std::end(kSchoolYears))->begins; }

bool is_school_holiday(SchoolRegion region, Date day) {
  const int year = static_cast<int>(year_month_day{day}.year());
  const auto index = static_cast<std::size_t>(region);
  return is_holiday_of(year - 1, index, day) || is_holiday_of(year, index, day);
}

}  // namespace ketensim
