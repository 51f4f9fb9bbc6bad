#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ketensim/settings.hpp"

namespace ketensim::loader {

/// A scalar that was read, or what is wrong with it (in words that follow "expected a duration, not `3`: ").
template <class T>
struct Reading {
  std::optional<T> value;
  std::string problem;

  Reading(T read) : value(std::move(read)) {}
  static Reading wrong(std::string problem) {
    Reading reading;
    reading.problem = std::move(problem);
    return reading;
  }
  explicit operator bool() const { return value.has_value(); }

 private:
  Reading() = default;
};

/// None depends on the locale. Text may have spaces around it.
Reading<double> read_number(std::string_view text);         // -1.5, 2e3: finite, at most 1e15
Reading<std::int64_t> read_integer(std::string_view text);  // 20240101
Reading<double> read_share(std::string_view text);          // 0.3, 30%
Reading<Duration> read_duration(std::string_view text);     // 3 days, 5 working days
Reading<double> read_rate(std::string_view text);           // 800 / year; per day
Reading<double> read_growth(std::string_view text);         // 3% / year; as a fraction per year
Reading<Date> read_date(std::string_view text);             // 2024-02-01
Reading<Date> read_month(std::string_view text);            // 2024-07; its first day
Reading<Change> read_change(std::string_view text);         // +20%, x1.35, +6 slots, 4 fte
Reading<double> read_factor(std::string_view text);         // x1.35, +35%

/// The units of durations and rates as alternatives of a regular expression, `day|days|...`.
std::string duration_units();
std::string rate_units();

}  // namespace ketensim::loader
