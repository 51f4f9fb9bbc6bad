#include <algorithm>

#include "ketensim/time.hpp"

namespace ketensim {

namespace {

using std::chrono::days;
using std::chrono::Sunday;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year_month_day;

Date date(int year, unsigned month, unsigned day) {
  return sys_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}};
}

/// Easter Sunday by the anonymous Gregorian algorithm (Meeus 1991, Astronomical Algorithms, ch. 8), in his letters.
Date easter(int year) {
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int d = b / 4;
  const int e = b % 4;
  const int f = (b + 8) / 25;
  const int g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4;
  const int k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return date(year, static_cast<unsigned>(n / 31), static_cast<unsigned>(n % 31 + 1));
}

/// 27 April from 2014 on, 30 April before (Queen's Day); a Sunday gives way to the Saturday before it.
Date kings_day(int year) {
  const Date day = date(year, 4, year >= 2014 ? 27 : 30);
  return weekday{day} == Sunday ? day - days{1} : day;
}

}  // namespace

std::vector<Date> dutch_public_holidays(int year) {
  const Date sunday = easter(year);
  std::vector<Date> holidays{date(year, 1, 1),  sunday + days{1},   kings_day(year),   sunday + days{39},
                             sunday + days{50}, date(year, 12, 25), date(year, 12, 26)};
  if (year % 5 == 0) holidays.push_back(date(year, 5, 5));
  std::sort(holidays.begin(), holidays.end());
  // 5 May can be Ascension Day, as in 2005.
  holidays.erase(std::unique(holidays.begin(), holidays.end()), holidays.end());
  return holidays;
}

bool is_dutch_public_holiday(Date day) {
  const std::vector<Date> holidays = dutch_public_holidays(static_cast<int>(year_month_day{day}.year()));
  return std::binary_search(holidays.begin(), holidays.end(), day);
}

}  // namespace ketensim
