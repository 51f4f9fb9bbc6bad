#pragma once

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "ketensim/calibration.hpp"
#include "tools/report/disclosure.hpp"
#include "tools/report/fit/phrases.hpp"
#include "tools/report/page.hpp"
#include "tools/results/dates.hpp"

namespace ketensim::report {

/// A calibration as its reader sees it: in a language, by names for people, and no more of the past than may be told.
class FitView {
 public:
  FitView(const Monitor& monitor, const Calibration& calibration, int min_cell, Language language)
      : monitor_(monitor),
        calibration_(calibration),
        disclosure_(min_cell),
        language_(language),
        style_(style_of(language)) {}

  const Monitor& monitor() const { return monitor_; }
  const Calibration& calibration() const { return calibration_; }
  const Disclosure& disclosure() const { return disclosure_; }
  Language language() const { return language_; }

  template <class... Arguments>
  std::string say(FitPhrase phrase, const Arguments&... arguments) const {
    return fmt::format(fmt::runtime(text_of(phrase, language_)), arguments...);
  }

  std::string number(double value) const { return report::number(value, style_); }
  std::string number(double value, int decimals) const { return report::number(value, decimals, style_); }
  std::string count(std::size_t cases) const { return disclosure_.told(cases, style_); }
  /// Days as dates tell them: whole ones without decimals.
  std::string days(double value) const { return value == std::floor(value) ? number(value, 0) : number(value); }
  /// A probability: two digits, and `<0.001` below that.
  std::string probability(double p) const { return p < 0.001 ? "<" + number(0.001, 3) : number(p, p < 0.1 ? 3 : 2); }
  std::string points(double share) const { return number(100.0 * share, 1); }
  /// Counts that add up to a known total; a hidden one that could be told by itself is `·`.
  std::vector<std::string> counts(std::span<const std::size_t> cases) const;
  /// `12.3 (11.0 – 13.6)`, times a scale; without interval where there is none.
  std::string estimate(const Estimate& figure, double scale = 1.0) const;
  std::string interval(const Estimate& figure, double scale = 1.0) const;
  /// Of a growth or factor in per cent: with its sign.
  std::string growth(const Estimate& figure) const;
  std::string day(Date date) const { return day_text(date, language_); }
  std::string last_day(Date until) const { return day(until - std::chrono::days{1}); }
  std::string month(Date first) const;
  /// The months' or weekdays' names, from the first on.
  std::string month_name(std::size_t month) const;
  std::string weekday_name(std::size_t weekday) const;

  /// `Veilig Thuis Twente – triage`; kLeaves: out of the chain.
  std::string step(std::int32_t step) const;
  std::string partner(std::string_view id) const;
  std::string organisation(std::int32_t organisation) const;
  /// The attribute that the fits number so: its place among those that the chain carries. kUnknown: none of them.
  std::int32_t carried(std::int32_t place) const {
    const auto& carried = calibration_.attributes;
    return place >= 0 && static_cast<std::size_t>(place) < carried.size()
               ? carried[static_cast<std::size_t>(place)].attribute
               : kUnknown;
  }
  std::string attribute(std::int32_t attribute) const;
  std::string value(std::int32_t attribute, std::int32_t value) const;
  std::string unit(bool working_days) const { return say(working_days ? FitPhrase::working_days : FitPhrase::days); }
  std::string family(std::string_view name) const;
  std::string shape(std::string_view name) const;

 private:
  const Monitor& monitor_;
  const Calibration& calibration_;
  Disclosure disclosure_;
  Language language_;
  NumberStyle style_;
};

/// A point of a chart that is not there, or may not be told.
inline constexpr double kHole = std::numeric_limits<double>::quiet_NaN();

/// Days since 1970-01-01, as charts over time count.
inline double day_number(Date date) { return static_cast<double>(date.time_since_epoch().count()); }

}  // namespace ketensim::report
