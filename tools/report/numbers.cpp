#include "tools/report/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <vector>

namespace ketensim::report {
namespace {

constexpr double kHalfInterval = 1.96;
const char* const kUndefinedText = "-";
const char* const kNoBreak = "\u00a0";

int decimals_for(double size) {
  if (size >= 99.5) return 0;
  return size >= 9.95 ? 1 : 2;
}

/// Two digits of the uncertainty are as many as mean anything; one of zero leaves it to the value.
int decimals_for(double value, double half_width) {
  if (std::isnan(half_width) || half_width == 0.0) return decimals_for(std::abs(value));
  return std::clamp(1 - static_cast<int>(std::floor(std::log10(half_width))), 0, 2);
}

/// What rounds to zero has no sign.
bool shows_something(const std::string& digits) { return digits.find_first_of("123456789") != std::string::npos; }

std::string pair(const Summary& summary, double scale, const NumberStyle& style, bool sign) {
  if (summary.defined == 0) return kUndefinedText;
  const double mean = summary.mean * scale, half_width = kHalfInterval * summary.se * std::abs(scale);
  if (mean == 0.0 && !(half_width > 0.0)) return "0";
  const int decimals = decimals_for(mean, half_width);
  std::string text = number(mean, decimals, style);
  if (sign && mean > 0.0 && shows_something(text)) text.insert(text.begin(), '+');
  if (!std::isnan(half_width)) text += style.gap + "±" + number(half_width, decimals, style);
  return text;
}

std::string month_name(unsigned month, Language language) {
  std::istringstream names{std::string(text_of(Phrase::months, language))};
  std::string name;
  for (unsigned i = 0; i < month; ++i) names >> name;
  return name;
}

}  // namespace

NumberStyle plain_style() { return {".", "", "-", " "}; }

NumberStyle style_of(Language language) {
  return language == Language::nl ? NumberStyle{",", ".", "−", kNoBreak} : NumberStyle{".", ",", "−", kNoBreak};
}

std::string number(double value, int decimals, const NumberStyle& style) {
  if (std::isnan(value)) return kUndefinedText;
  if (value == 0.0) return "0";
  std::string digits = fmt::format("{:.{}f}", std::abs(value), decimals);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  if (point < digits.size()) digits.replace(point, 1, style.decimal);
  for (std::size_t at = point; at > 3 && !style.thousands.empty(); at -= 3) digits.insert(at - 3, style.thousands);
  return (value < 0.0 && shows_something(digits) ? style.minus : "") + digits;
}

std::string number(double value, const NumberStyle& style) {
  return number(value, decimals_for(std::abs(value)), style);
}

std::string with_interval(const Summary& summary, double scale, const NumberStyle& style) {
  return pair(summary, scale, style, false);
}

std::string difference(const Summary& summary, double scale, const NumberStyle& style) {
  return pair(summary, scale, style, true);
}

std::string day_text(Date day, Language language) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{} {} {}", unsigned(date.day()), month_name(unsigned(date.month()), language), int(date.year()));
}

std::string period_text(const ReportedPeriod& period, Language language) {
  using namespace std::chrono;
  const year_month_day first(period.from);
  const int year = int(first.year());
  const auto spans = [&](months length) { return sys_days(first + length) == period.until; };
  if (first.day() == day(1)) {
    if (spans(months(1))) return fmt::format("{} {}", month_name(unsigned(first.month()), language), year);
    if (spans(months(3)))
      return fmt::format(fmt::runtime(text_of(Phrase::quarter_of, language)),
                         fmt::arg("quarter", (unsigned(first.month()) + 2) / 3), fmt::arg("year", year));
    if (spans(months(12)) && first.month() == January) return fmt::format("{}", year);
  }
  if (period.until - period.from == days(7))
    return fmt::format(fmt::runtime(text_of(Phrase::week_of, language)),
                       fmt::arg("day", day_text(period.from, language)));
  return period.label;
}

}  // namespace ketensim::report
