#pragma once

#include <string>

#include "ketensim/indicators.hpp"
#include "tools/report/phrases.hpp"

namespace ketensim::report {

/// How numbers look: the command line writes them plainly, a report as its readers are used to.
struct NumberStyle {
  std::string decimal, thousands, minus;
  std::string gap;  // between a mean and its interval
};
NumberStyle plain_style();
NumberStyle style_of(Language language);

/// Undefined is `-`, and exactly zero is `0`: neither looks like a measured 0.00.
std::string number(double value, int decimals, const NumberStyle& style);

/// With as many decimals as suit its size: three digits that count.
std::string number(double value, const NumberStyle& style);

/// Mean and half its 95% interval (1.96 standard errors), `12.3 ±1.1`; a signed mean for a difference.
std::string with_interval(const Summary& summary, double scale, const NumberStyle& style);
std::string difference(const Summary& summary, double scale, const NumberStyle& style);

/// `1 Feb 2024`, for people.
std::string day_text(Date day, Language language);

/// `feb 2024` for a month, `2024` for a year, and so on; the label itself for anything else.
std::string period_text(const ReportedPeriod& period, Language language);

}  // namespace ketensim::report
