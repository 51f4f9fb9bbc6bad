#include <algorithm>
#include <cmath>
#include <cstddef>

#include "ketensim/time.hpp"

namespace ketensim {

namespace {

using std::chrono::Monday;
using std::chrono::weekday;

/// Mon-Fri in [0, day) of a calendar whose day 0 is a Monday; negative before it.
std::int64_t weekdays_before(std::int64_t day) {
  const std::int64_t week = day >= 0 ? day / 7 : (day - 6) / 7;
  const std::int64_t in_week = day - 7 * week;
  return 5 * week + (in_week < 5 ? in_week : 5);
}

/// The day of the n-th of them, from 0.
std::int64_t nth_weekday(std::int64_t n) {
  const std::int64_t week = n >= 0 ? n / 5 : (n - 4) / 5;
  return 7 * week + (n - 5 * week);
}

/// Days from the Monday on or before `day` to `day`.
int since_monday(Date day) { return static_cast<int>((weekday{day} - Monday).count()); }

struct Moment {
  std::int64_t day;
  double part;  // of that day, in [0, 1)
};

Moment split(double moment) {
  const auto truncated = static_cast<std::int64_t>(moment);
  const std::int64_t day = static_cast<double>(truncated) > moment ? truncated - 1 : truncated;
  return {day, moment - static_cast<double>(day)};
}

}  // namespace

Calendar::Calendar(CalendarKind kind, Date origin, int days, int days_before)
    : kind_(kind), origin_(origin), first_(-days_before) {
  if (continuous()) return;
  const auto size = static_cast<std::size_t>(std::max(days + days_before, 0));
  working_.resize(size);
  before_.resize(size + 1);
  working_day_.reserve(size);
  for (std::size_t i = 0; i < size; ++i) {
    const Date date = origin + std::chrono::days{static_cast<int>(i) - days_before};
    const bool works = since_monday(date) < 5 && !is_dutch_public_holiday(date);
    working_[i] = works ? 1 : 0;
    before_[i + 1] = before_[i] + working_[i];
    if (works) working_day_.push_back(static_cast<std::int32_t>(static_cast<int>(i) - days_before));
  }
  worked_ = before_[std::min(size, static_cast<std::size_t>(days_before))];
  if (working_day_.empty()) return;
  const std::int32_t last = working_day_.back();
  for (std::int32_t day = last; day >= 0; --day)
    next_working_.push_back(is_working(day) || next_working_.empty() ? day : next_working_.back());
  std::reverse(next_working_.begin(), next_working_.end());
  known_until_ = static_cast<double>(next_working_.size());
}

bool Calendar::is_working(int day) const {
  if (continuous()) return true;
  const std::int64_t i = day - first_;
  if (i >= 0 && static_cast<std::size_t>(i) < working_.size()) return working_[static_cast<std::size_t>(i)] != 0;
  return since_monday(origin_ + std::chrono::days{day}) < 5;
}

std::int64_t Calendar::working_days_before(std::int64_t day) const {
  const auto size = static_cast<std::int64_t>(working_.size());
  const std::int64_t i = day - first_;
  if (i >= 0 && i <= size) return before_[static_cast<std::size_t>(i)] - worked_;
  const std::int64_t shift = since_monday(origin_ + std::chrono::days{first_});
  const std::int64_t edge = i < 0 ? 0 : size;
  return before_[static_cast<std::size_t>(edge)] - worked_ + weekdays_before(i + shift) - weekdays_before(edge + shift);
}

std::int64_t Calendar::nth_working_day(std::int64_t n) const {
  const auto in_window = static_cast<std::int64_t>(working_day_.size());
  const std::int64_t nth = n + worked_;
  if (nth >= 0 && nth < in_window) return working_day_[static_cast<std::size_t>(nth)];
  const std::int64_t shift = since_monday(origin_ + std::chrono::days{first_});
  if (nth < 0) return nth_weekday(nth + weekdays_before(shift)) - shift + first_;
  const std::int64_t edge = static_cast<std::int64_t>(working_.size()) + shift;
  return nth_weekday(nth - in_window + weekdays_before(edge)) - shift + first_;
}

double Calendar::next_working_elsewhere(double moment) const {
  const std::int64_t day = split(moment).day;
  const std::int64_t next = nth_working_day(working_days_before(day));
  return next == day ? moment : static_cast<double>(next);
}

double Calendar::working_time(double moment) const {
  if (continuous()) return moment;
  const auto [day, part] = split(moment);
  const std::int64_t before = working_days_before(day);
  return static_cast<double>(before) + (working_days_before(day + 1) > before ? part : 0.0);
}

double Calendar::add_working_days(double from, double working_days) const {
  if (continuous()) return from + working_days;
  const auto [day, part] = split(from);
  const std::int64_t before = working_days_before(day);
  const bool works = working_days_before(day + 1) > before;
  const auto [whole, rest] = split((works ? part : 0.0) + working_days);
  const std::int64_t end = nth_working_day(before + whole);
  const double moment = static_cast<double>(end) + rest;
  // Just before midnight can round to midnight, of a day that may be off.
  return moment < static_cast<double>(end + 1) ? moment : static_cast<double>(nth_working_day(before + whole + 1));
}

double Calendar::add(double from, Duration duration) const {
  return duration.working ? add_working_days(from, duration.days) : from + duration.days;
}

double Calendar::elapsed(double from, double to, bool working) const {
  return working ? working_days_between(from, to) : to - from;
}

}  // namespace ketensim
