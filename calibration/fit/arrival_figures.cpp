// The figures of a fitted pattern, with their errors.
#include <cmath>
#include <functional>

#include "calibration/fit/arrival_pattern.hpp"
#include "calibration/fit/special.hpp"

namespace ketensim::fit {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

/// A figure whose logarithm has this error, moved by `less` afterwards.
Estimate from_log(double log, double error, std::size_t cases, double less = 0.0) {
  const double reach = normal_quantile(0.975) * error;
  return {std::exp(log) - less, std::exp(log) * error, std::exp(log - reach) - less, std::exp(log + reach) - less,
          cases};
}

/// The logarithms of every figure, one after the other.
VectorXd logs_of(const ArrivalPattern& pattern) {
  VectorXd logs(kLogs);
  logs[kLogLevel] = std::log(pattern.per_day);
  logs[kLogGrowth] = std::log1p(pattern.trend_per_year);
  for (std::size_t m = 0; m < 12; ++m) logs[kLogMonth + static_cast<Index>(m)] = std::log(pattern.month[m]);
  for (std::size_t w = 0; w < 7; ++w) logs[kLogWeekday + static_cast<Index>(w)] = std::log(pattern.weekday[w]);
  logs[kLogSchool] = std::log(pattern.school_holidays);
  logs[kLogPublic] = std::log(pattern.public_holidays);
  logs[kLogDay] = pattern.day_dispersion > 0.0 ? std::log(pattern.day_dispersion) : 0.0;
  logs[kLogMonthly] = pattern.month_dispersion > 0.0 ? std::log(pattern.month_dispersion) : 0.0;
  return logs;
}

std::size_t arrivals(const std::vector<ArrivalDay>& days, const std::function<bool(const ArrivalDay&)>& on) {
  double sum = 0.0;
  for (const ArrivalDay& day : days)
    if (day.observed && on(day)) sum += day.count;
  return static_cast<std::size_t>(sum);
}

}  // namespace

void add_figures(ArrivalFit& fit, const std::vector<ArrivalDay>& days) {
  const YearOfDays year(fit.region);
  const auto size = static_cast<Index>(fit.parameters.size());
  const VectorXd at = Eigen::Map<const VectorXd>(fit.parameters.data(), size);
  const Eigen::MatrixXd covariance = Eigen::Map<const Eigen::MatrixXd>(fit.covariance.data(), size, size);
  fit.pattern = pattern_at(fit, year, at);
  constexpr double kStep = 1e-4;
  Eigen::MatrixXd slopes(kLogs, size);
  for (Index i = 0; i < size; ++i) {
    VectorXd up = at, down = at;
    up[i] += kStep;
    down[i] -= kStep;
    slopes.col(i) = (logs_of(pattern_at(fit, year, up)) - logs_of(pattern_at(fit, year, down))) / (2.0 * kStep);
  }
  const VectorXd logs = logs_of(fit.pattern);
  const VectorXd errors = (slopes * covariance * slopes.transpose()).diagonal().cwiseMax(0.0).cwiseSqrt();
  const std::size_t all = arrivals(days, [](const ArrivalDay&) { return true; });
  const auto figure = [&](Index i, std::size_t cases) { return from_log(logs[i], errors[i], cases); };
  fit.per_day = figure(kLogLevel, all);
  fit.trend_per_year = from_log(logs[kLogGrowth], errors[kLogGrowth], all, 1.0);
  for (std::size_t m = 0; m < 12; ++m)
    fit.month[m] = figure(kLogMonth + static_cast<Index>(m),
                          arrivals(days, [m](const ArrivalDay& day) { return day.month == m; }));
  for (std::size_t w = 0; w < 7; ++w)
    fit.weekday[w] = figure(kLogWeekday + static_cast<Index>(w),
                            arrivals(days, [w](const ArrivalDay& day) { return day.weekday == w; }));
  fit.school_holidays = figure(kLogSchool, arrivals(days, [](const ArrivalDay& day) { return day.school_holiday; }));
  fit.public_holidays = figure(kLogPublic, arrivals(days, [](const ArrivalDay& day) { return day.public_holiday; }));
  const auto dispersion = [&](double value, Index i) {
    return value > 0.0 ? figure(i, all) : Estimate{0.0, 0.0, 0.0, 0.0, all};
  };
  fit.day_dispersion = dispersion(fit.pattern.day_dispersion, kLogDay);
  fit.month_dispersion = dispersion(fit.pattern.month_dispersion, kLogMonthly);
}

}  // namespace ketensim::fit
