#include "scenarios/loader/quantities.hpp"

#include <fmt/core.h>

#include <array>
#include <cctype>
#include <charconv>
#include <cmath>

namespace ketensim::loader {
namespace {

constexpr double kLargest = 1e15;
constexpr double kLongestDays = 1000.0 * kDaysPerYear;

struct Unit {
  std::string_view one, many;
  double days;
  bool working;
};

constexpr std::array kUnits{
    Unit{"minute", "minutes", 1.0 / 1440.0, false},
    Unit{"hour", "hours", 1.0 / 24.0, false},
    Unit{"day", "days", 1.0, false},
    Unit{"working day", "working days", 1.0, true},
    Unit{"week", "weeks", 7.0, false},
    Unit{"month", "months", kDaysPerMonth, false},
    Unit{"year", "years", kDaysPerYear, false},
};

const Unit* unit_named(std::string_view name) {
  for (const Unit& unit : kUnits)
    if (name == unit.one || name == unit.many) return &unit;
  return nullptr;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n"), last = text.find_last_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view() : text.substr(first, last - first + 1);
}

/// Splits `3 days` into its number and what follows it.
std::pair<std::string_view, std::string_view> split_number(std::string_view text) {
  text = trimmed(text);
  std::size_t end = text.find_first_not_of("0123456789.,+-");
  if (end != std::string_view::npos && end > 0 && (text[end] == 'e' || text[end] == 'E') && end + 1 < text.size() &&
      (std::isdigit(static_cast<unsigned char>(text[end + 1])) || text[end + 1] == '-' || text[end + 1] == '+'))
    end = text.find_first_not_of("0123456789.,+-", end + 1);
  if (end == std::string_view::npos) return {text, {}};
  return {trimmed(text.substr(0, end)), trimmed(text.substr(end))};
}

/// The digits [from, from + count) of `text` as a number, or -1.
int digits(std::string_view text, std::size_t from, std::size_t count) {
  int value = 0;
  for (const char c : text.substr(from, count)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

Reading<double> read_percentage_or_number(std::string_view text) {
  text = trimmed(text);
  if (!text.ends_with('%')) return read_number(text);
  Reading<double> number = read_number(text.substr(0, text.size() - 1));
  if (number) *number.value /= 100.0;
  return number;
}

}  // namespace

std::string duration_units() {
  std::string units;
  for (const Unit& unit : kUnits) units += fmt::format("{}{}|{}", units.empty() ? "" : "|", unit.one, unit.many);
  return units;
}

std::string rate_units() {
  std::string units;
  for (const Unit& unit : kUnits)
    if (!unit.working) units += fmt::format("{}{}", units.empty() ? "" : "|", unit.one);
  return units;
}

Reading<double> read_number(std::string_view text) {
  using Wrong = Reading<double>;
  text = trimmed(text);
  if (text.find(',') != std::string_view::npos) return Wrong::wrong("write a decimal point and no comma");
  std::string_view unsigned_text = text;
  const bool plus = text.starts_with('+');
  if (plus || text.starts_with('-')) unsigned_text.remove_prefix(1);
  if (unsigned_text.empty() || unsigned_text.find_first_not_of("0123456789.eE+-") != std::string_view::npos ||
      (unsigned_text[0] != '.' && (unsigned_text[0] < '0' || unsigned_text[0] > '9')))
    return Wrong::wrong("");
  double value = 0.0;
  const std::string_view number = plus ? unsigned_text : text;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error == std::errc::result_out_of_range) return Wrong::wrong("this is beyond every sensible magnitude");
  if (error != std::errc() || end != number.data() + number.size()) return Wrong::wrong("");
  if (!(std::abs(value) <= kLargest)) return Wrong::wrong("this is beyond every sensible magnitude");
  return value;
}

Reading<std::int64_t> read_integer(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) return Reading<std::int64_t>::wrong("this is too large");
  if (error != std::errc() || end != text.data() + text.size()) return Reading<std::int64_t>::wrong("");
  return value;
}

Reading<double> read_share(std::string_view text) {
  const Reading<double> share = read_percentage_or_number(text);
  if (share && !(*share.value >= 0.0 && *share.value <= 1.0))
    return Reading<double>::wrong("a share lies between 0 and 1, or 0% and 100%");
  return share;
}

Reading<Duration> read_duration(std::string_view text) {
  using Wrong = Reading<Duration>;
  const auto [number, unit_name] = split_number(text);
  const Reading<double> amount = read_number(number);
  if (!amount) return Wrong::wrong(amount.problem);
  if (unit_name.empty()) return Wrong::wrong(fmt::format("add a unit, such as `{} days`", number));
  const Unit* unit = unit_named(unit_name);
  if (!unit)
    return Wrong::wrong(
        fmt::format("unknown unit `{}`: minutes, hours, days, working days, weeks, months or years", unit_name));
  if (*amount.value < 0.0) return Wrong::wrong("a duration cannot be negative");
  const double days = *amount.value * unit->days;
  if (days > kLongestDays) return Wrong::wrong("this is longer than 1000 years");
  return Duration{days, unit->working};
}

Reading<double> read_rate(std::string_view text) {
  using Wrong = Reading<double>;
  const std::size_t slash = text.find('/');
  const std::string_view number = trimmed(text.substr(0, slash));
  const Reading<double> amount = read_number(number);
  if (!amount) return Wrong::wrong(amount.problem);
  if (slash == std::string_view::npos) return Wrong::wrong(fmt::format("say per what, such as `{} / year`", number));
  const std::string_view unit_name = trimmed(text.substr(slash + 1));
  const Unit* unit = unit_named(unit_name);
  if (!unit || unit->working || unit_name != unit->one)
    return Wrong::wrong(fmt::format("unknown unit `/ {}`: / hour, / day, / week, / month or / year", unit_name));
  if (*amount.value < 0.0) return Wrong::wrong("a rate cannot be negative");
  return *amount.value / unit->days;
}

Reading<double> read_growth(std::string_view text) {
  using Wrong = Reading<double>;
  const std::size_t slash = text.find('/');
  const std::string_view number = trimmed(text.substr(0, slash));
  const Reading<double> amount = read_percentage_or_number(number);
  if (!amount) return Wrong::wrong(amount.problem);
  if (slash == std::string_view::npos || trimmed(text.substr(slash + 1)) != "year")
    return Wrong::wrong("growth is given per year");
  return amount;
}

Reading<Date> read_date(std::string_view text) {
  using Wrong = Reading<Date>;
  using namespace std::chrono;
  text = trimmed(text);
  const int y = text.size() == 10 ? digits(text, 0, 4) : -1;
  const int m = y >= 0 ? digits(text, 5, 2) : -1, d = y >= 0 ? digits(text, 8, 2) : -1;
  if (y < 0 || m < 0 || d < 0 || text[4] != '-' || text[7] != '-') return Wrong::wrong("write year-month-day");
  const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  if (date.ok()) return sys_days{date};
  const year_month_day_last last{year{y}, month_day_last{month{static_cast<unsigned>(m)}}};
  if (!last.ok()) return Wrong::wrong("this date does not exist: months run from 01 to 12");
  return Wrong::wrong(fmt::format("this date does not exist: that month has {} days", unsigned{last.day()}));
}

Reading<Date> read_month(std::string_view text) {
  text = trimmed(text);
  if (text.size() != 7) return Reading<Date>::wrong("write year-month");
  return read_date(fmt::format("{}-01", text));
}

Reading<Change> read_change(std::string_view text) {
  using Wrong = Reading<Change>;
  using Kind = Change::Kind;
  text = trimmed(text);
  if (text.starts_with('x')) {
    const Reading<double> factor = read_number(text.substr(1));
    return factor && *factor.value >= 0.0 ? Reading<Change>(Change{Kind::factor, *factor.value})
                                          : Wrong::wrong(factor.problem);
  }
  const auto [number, unit] = split_number(text);
  const Reading<double> amount = read_number(number);
  const bool is_signed = number.starts_with('+') || number.starts_with('-');
  if (!amount) return Wrong::wrong(amount.problem);
  if (unit == "%") {
    if (!is_signed && *amount.value != 0.0)
      return Wrong::wrong(fmt::format("say whether it goes up or down: `+{0}%` or `-{0}%`", number));
    return Change{Kind::factor, 1.0 + *amount.value / 100.0};
  }
  if (unit == "slots" || unit == "slot") return Change{is_signed ? Kind::add_slots : Kind::set_slots, *amount.value};
  if (unit == "fte") return Change{is_signed ? Kind::add_fte : Kind::set_fte, *amount.value};
  return Wrong::wrong(unit.empty() ? "say of what: %, slots or fte"
                                   : fmt::format("unknown unit `{}`: %, slots or fte", unit));
}

Reading<double> read_factor(std::string_view text) {
  const Reading<Change> change = read_change(text);
  if (!change || change.value->kind != Change::Kind::factor) return Reading<double>::wrong("write `x1.35` or `+35%`");
  return change.value->amount;
}

}  // namespace ketensim::loader
