#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace ketensim {

/// A calendar day. Moments inside the engine are days (double) since a simulation's origin.
using Date = std::chrono::sys_days;

inline constexpr double kDaysPerYear = 365.25;
inline constexpr double kDaysPerMonth = kDaysPerYear / 12.0;

/// A span of time in days, counted on the calendar or, where `working`, in working days only.
struct Duration {
  double days = 0.0;
  bool working = false;
  bool operator==(const Duration&) const = default;
};

/// `continuous`: every day alike, nothing is rounded; a working day is a day.
/// `netherlands`: work starts on Mon-Fri without the national holidays.
enum class CalendarKind { continuous, netherlands };

/// How finely moments are told apart. `day`: as registrations keep them. Of a day only the date is kept, and it passes
/// in two parts: in the morning who arrives, returns or is handed over is received, and then slots are dealt out (on
/// working days); in the evening services end, and who goes on without a hand-over is received at the next step on
/// that same date, where it may get a slot the next working morning. A slot is taken up to and including the day on
/// which the service ends. Waits and lead times are differences of dates.
enum class Resolution { continuous, day };

/// The three holiday regions of Dutch schools.
enum class SchoolRegion { noord, midden, zuid };

/// The national holidays of one year on which no work is done: 1 January, Easter Monday, King's Day,
/// 5 May in jubilee years (divisible by 5), Ascension Day, Whit Monday, 25 and 26 December. Sorted.
/// Easter by the anonymous Gregorian algorithm (Meeus 1991, ch. 8).
std::vector<Date> dutch_public_holidays(int year);

bool is_dutch_public_holiday(Date day);

/// Whether `day` lies in a school holiday of the region. Outside the years of the table
/// (`first_school_year()` up to `last_school_year()`), the rotation of the regions is extrapolated.
bool is_school_holiday(SchoolRegion region, Date day);
int first_school_year();
int last_school_year();

/// Working-day arithmetic over a window of days. Moments are days since `origin` (00:00).
/// Copies are cheap to query: every call is O(1) or O(log window).
class Calendar {
 public:
  /// Covers [origin - days_before, origin + days); a moment outside is answered as if every week were Mon-Fri.
  Calendar(CalendarKind kind, Date origin, int days, int days_before = 0);

  CalendarKind kind() const { return kind_; }
  Date origin() const { return origin_; }
  bool continuous() const { return kind_ == CalendarKind::continuous; }

  bool is_working(int day) const;
  /// `moment` itself if it lies on a working day, otherwise 00:00 of the next working day.
  double next_working(double moment) const {
    if (continuous()) return moment;
    if (moment >= 0.0 && moment < known_until_) {
      const auto day = static_cast<std::int32_t>(moment);
      const std::int32_t next = next_working_[static_cast<std::size_t>(day)];
      return next == day ? moment : static_cast<double>(next);
    }
    return next_working_elsewhere(moment);
  }
  /// The time on working days in [0, moment), in days: non-decreasing, flat on other days.
  double working_time(double moment) const;
  double working_days_between(double from, double to) const { return working_time(to) - working_time(from); }
  /// The moment `working_days` of working time after `from`; where that is the end of the last working day
  /// before days off, 00:00 of the next working day.
  double add_working_days(double from, double working_days) const;
  /// `from` plus a duration on its own clock.
  double add(double from, Duration duration) const;
  /// The time from `from` to `to` on the calendar or on the working clock, in days.
  double elapsed(double from, double to, bool working) const;

 private:
  /// Working days in [0, day), negative before the origin; and the day of the n-th working day, its inverse.
  std::int64_t working_days_before(std::int64_t day) const;
  std::int64_t nth_working_day(std::int64_t n) const;
  double next_working_elsewhere(double moment) const;

  CalendarKind kind_;
  Date origin_;
  int first_ = 0;                           // day of the window
  std::int32_t worked_ = 0;                 // working days of the window before the origin
  std::vector<std::uint8_t> working_;       // per day of the window
  std::vector<std::int32_t> before_;        // working days before each day of the window; size days + 1
  std::vector<std::int32_t> working_day_;   // the n-th working day of the window
  std::vector<std::int32_t> next_working_;  // per day from the origin, as far as the window tells
  double known_until_ = 0.0;                // day after the last of these
};

}  // namespace ketensim
