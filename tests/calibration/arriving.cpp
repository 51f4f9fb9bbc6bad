#include "tests/calibration/arriving.hpp"

#include <array>
#include <cmath>
#include <numeric>

#include "engine/kernel/compilation.hpp"

namespace ketensim::simulated {
namespace {

int poisson(double mean, std::mt19937_64& random) {
  int count = 0;
  for (double passed = -std::log(uniform(random)); passed < mean; passed -= std::log(uniform(random))) ++count;
  return count;
}

/// A gamma variable with mean 1 and this variance; 1 where there is none.
double factor(double variance, std::mt19937_64& random) {
  return variance > 0.0 ? quantile_of(gamma(1.0, std::sqrt(variance)), uniform(random)) : 1.0;
}

}  // namespace

std::vector<int> arrivals(const Arriving& truth, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Stream stream;
  stream.per_day = truth.pattern.per_day;
  stream.trend_per_year = truth.pattern.trend_per_year;
  stream.month = truth.pattern.month;
  stream.weekday = truth.pattern.weekday;
  stream.school_holidays = truth.pattern.school_holidays;
  stream.public_holidays = truth.pattern.public_holidays;
  Period period;
  period.start = truth.at();
  period.end = truth.at() + std::chrono::days{366};
  const std::vector<double> intensity = daily_intensity(stream, period, truth.from, truth.count);
  std::vector<int> counts;
  double month = 1.0;
  for (int d = 0; d < truth.count; ++d) {
    const Date day = truth.from + std::chrono::days{d};
    if (d == 0 || static_cast<unsigned>(std::chrono::year_month_day{day}.day()) == 1)
      month = factor(truth.pattern.month_dispersion, random);
    double mean = intensity[static_cast<std::size_t>(d)] * month * factor(truth.pattern.day_dispersion, random);
    if (truth.shock.from <= day && day < truth.shock.until) mean *= truth.shock.factor;
    if (truth.step.factor != 1.0 && truth.step.from <= day) mean *= truth.step.factor;
    counts.push_back(poisson(mean, random));
  }
  return counts;
}

ArrivalPattern scaled(ArrivalPattern pattern) {
  constexpr std::array<double, 12> kDays{31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const double months = std::inner_product(kDays.begin(), kDays.end(), pattern.month.begin(), 0.0) / kDaysPerYear;
  const double week = std::accumulate(pattern.weekday.begin(), pattern.weekday.end(), 0.0) / 7.0;
  for (double& m : pattern.month) m /= months;
  for (double& w : pattern.weekday) w /= week;
  return pattern;
}

}  // namespace ketensim::simulated
