// What varies in time by the calendar: intensity of arrivals, slots of pools.
#include <algorithm>
#include <cmath>
#include <set>

#include "engine/kernel/compilation.hpp"

namespace ketensim {
namespace {

using std::chrono::days;
using std::chrono::year_month_day;

constexpr std::array<double, 12> kMonthDays{31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

std::size_t month_index(Date day) { return static_cast<unsigned>(year_month_day{day}.month()) - 1; }
std::size_t weekday_index(Date day) { return std::chrono::weekday{day}.iso_encoding() - 1; }

/// Month and weekday factors, scaled so that their day-weighted means over a year are 1.
class YearFactors {
 public:
  explicit YearFactors(const Stream& stream) : month_(stream.month), weekday_(stream.weekday) {
    double months = 0.0, weekdays = 0.0;
    for (std::size_t m = 0; m < 12; ++m) months += month_[m] * kMonthDays[m] / kDaysPerYear;
    for (const double w : weekday_) weekdays += w / 7.0;
    for (double& m : month_) m /= months;
    for (double& w : weekday_) w /= weekdays;
  }
  double on(Date day) const { return month_[month_index(day)] * weekday_[weekday_index(day)]; }

 private:
  std::array<double, 12> month_;
  std::array<double, 7> weekday_;
};

double holiday_factor(const Stream& stream, SchoolRegion region, Date day) {
  double factor = 1.0;
  if (stream.school_holidays != 1.0 && is_school_holiday(region, day)) factor *= stream.school_holidays;
  if (stream.public_holidays != 1.0 && is_dutch_public_holiday(day)) factor *= stream.public_holidays;
  return factor;
}

/// Holiday factors are scaled over the whole years of the table of school holidays, so that `rate` stays the yearly
/// mean.
double holiday_scale(const Stream& stream, SchoolRegion region, const YearFactors& factors) {
  if (stream.school_holidays == 1.0 && stream.public_holidays == 1.0) return 1.0;
  const Date from{std::chrono::year{first_school_year() + 1} / 1 / 1},
      until{std::chrono::year{last_school_year()} / 1 / 1};
  double with = 0.0, without = 0.0;
  for (Date day = from; day < until; day += days{1}) {
    without += factors.on(day);
    with += factors.on(day) * holiday_factor(stream, region, day);
  }
  return with > 0.0 ? without / with : 1.0;
}

double value_on(const Schedule& schedule, Date day) {
  const auto after = std::upper_bound(schedule.from.begin(), schedule.from.end(), day,
                                      [](Date d, const auto& entry) { return d < entry.first; });
  return after == schedule.from.begin() ? after->second : std::prev(after)->second;
}

const Schedule& schedule_of(const Amount& amount, const std::string& member) {
  for (const auto& [name, schedule] : amount.by_member)
    if (name == member) return schedule;
  return amount.common;
}

double value_on(const Amount& amount, const std::string& member, Date day) {
  return value_on(schedule_of(amount, member), day);
}

}  // namespace

std::vector<double> daily_intensity(const Stream& stream, const Period& period, Date origin, int count) {
  const YearFactors factors(stream);
  const double scale = stream.per_day * holiday_scale(stream, period.region, factors);
  const double growth = std::log1p(stream.trend_per_year) / kDaysPerYear;
  std::vector<double> intensity(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    const Date day = origin + days{i};
    const double since_start = static_cast<double>((day - period.start).count()) + 0.5;
    intensity[static_cast<std::size_t>(i)] =
        scale * factors.on(day) * holiday_factor(stream, period.region, day) * std::exp(growth * since_start);
  }
  return intensity;
}

StaffingModel staffing_on(const Pool& pool, const std::string& member, Date day, SchoolRegion region,
                          const std::vector<Change>& changes) {
  double fte = pool.fte ? value_on(*pool.fte, member, day) : 0.0;
  double slots = pool.slots ? value_on(*pool.slots, member, day) : 0.0;
  double percentages = 1.0 - pool.leave[month_index(day)];
  if (pool.leave_school_holidays > 0.0 && is_school_holiday(region, day))
    percentages *= 1.0 - pool.leave_school_holidays;
  double added = 0.0;
  bool set_in_slots = pool.slots.has_value();
  for (const Change& change : changes) {
    switch (change.kind) {
      case Change::Kind::factor:
        percentages *= change.amount;
        break;
      case Change::Kind::add_slots:
        added += change.amount;
        break;
      case Change::Kind::add_fte:
        fte += change.amount;
        break;
      case Change::Kind::set_slots:
        slots = change.amount;
        set_in_slots = true;
        break;
      case Change::Kind::set_fte:
        fte = change.amount;
        set_in_slots = false;
        break;
    }
  }
  const double cases_per_fte = pool.cases_per_fte ? value_on(*pool.cases_per_fte, member, day) : 0.0;
  if (!set_in_slots) slots = fte * cases_per_fte;
  return {0, slots * percentages, added, set_in_slots ? slots : fte, cases_per_fte};
}

std::uint32_t slots_of(const StaffingModel& staffing) {
  return static_cast<std::uint32_t>(std::clamp(std::floor(staffing.slots + staffing.added + 1e-9), 0.0, 4e9));
}

double fte_of(const Change& change, const Pool& pool, const std::string& member, Date day) {
  const double fte = pool.fte ? value_on(*pool.fte, member, day) : 0.0;
  const double cases = pool.cases_per_fte ? value_on(*pool.cases_per_fte, member, day) : 1.0;
  const double own = pool.slots ? value_on(*pool.slots, member, day) : fte;  // a slot is one where no fte is known
  switch (change.kind) {
    case Change::Kind::factor:
      return own * (change.amount - 1.0);
    case Change::Kind::add_slots:
      return change.amount / cases;
    case Change::Kind::set_slots:
      return change.amount / cases - own;
    case Change::Kind::add_fte:
      return change.amount;
    case Change::Kind::set_fte:
      break;
  }
  return change.amount - own;
}

std::vector<Date> slot_days(const Pool& pool, SchoolRegion region, Date from, Date until) {
  std::set<Date> result;
  for (const std::optional<Amount>* amount : {&pool.slots, &pool.fte, &pool.cases_per_fte}) {
    if (!amount->has_value()) continue;
    for (const auto& [day, value] : (*amount)->common.from) result.insert(day);
    for (const auto& [member, schedule] : (*amount)->by_member)
      for (const auto& [day, value] : schedule.from) result.insert(day);
  }
  const bool by_month = std::any_of(pool.leave.begin(), pool.leave.end(), [](double share) { return share > 0.0; });
  if (by_month || pool.leave_school_holidays > 0.0)
    for (Date day = from; day < until; day += days{1})
      if ((by_month && static_cast<unsigned>(year_month_day{day}.day()) == 1) ||
          (pool.leave_school_holidays > 0.0 &&
           is_school_holiday(region, day) != is_school_holiday(region, day - days{1})))
        result.insert(day);
  std::vector<Date> inside;
  for (const Date day : result)
    if (day >= from && day < until) inside.push_back(day);
  return inside;
}

}  // namespace ketensim
