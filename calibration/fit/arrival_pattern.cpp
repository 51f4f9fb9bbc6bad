// From the logarithms that a regression tells of to the factors of a chain file.
#include "calibration/fit/arrival_pattern.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace ketensim {
namespace fit {
namespace {

using Eigen::Index;

/// Month and weekday factors are scaled over a year with the mean February (scenarios/FORMAT.md).
constexpr std::array<double, 12> kMonthDays{31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

template <std::size_t size>
std::array<double, size> exponentials(const Eigen::VectorXd& logs, Index first) {
  std::array<double, size> result;
  for (std::size_t i = 0; i < size; ++i) result[i] = std::exp(logs[first + static_cast<Index>(i)]);
  return result;
}

/// Divides by the mean under these weights, and returns it.
template <std::size_t size>
double scale(std::array<double, size>& factors, const std::array<double, size>& weights) {
  double sum = 0.0, total = 0.0;
  for (std::size_t i = 0; i < size; ++i) {
    sum += factors[i] * weights[i];
    total += weights[i];
  }
  for (double& factor : factors) factor /= sum / total;
  return sum / total;
}

}  // namespace

YearOfDays::YearOfDays(SchoolRegion region) {
  using namespace std::chrono;
  const Date from{year{first_school_year() + 1} / 1 / 1}, until{year{last_school_year()} / 1 / 1};
  std::vector<Date> holidays;
  year current{0};
  for (Date day = from; day < until; day += days{1}) {
    const year_month_day date{day};
    if (date.year() != current) holidays = dutch_public_holidays(static_cast<int>(current = date.year()));
    const std::size_t kind =
        (is_school_holiday(region, day) ? 2 : 0) + (std::binary_search(holidays.begin(), holidays.end(), day) ? 1 : 0);
    count_[static_cast<unsigned>(date.month()) - 1][weekday{day}.iso_encoding() - 1][kind] += 1.0;
  }
}

double YearOfDays::mean_of_holidays(const std::array<double, 12>& month, const std::array<double, 7>& weekday,
                                    double school, double public_holiday) const {
  const std::array<double, 4> by_kind{1.0, public_holiday, school, school * public_holiday};
  double with = 0.0, without = 0.0;
  for (std::size_t m = 0; m < 12; ++m)
    for (std::size_t w = 0; w < 7; ++w)
      for (std::size_t k = 0; k < 4; ++k) {
        const double here = count_[m][w][k] * month[m] * weekday[w];
        without += here;
        with += here * by_kind[k];
      }
  return with / without;
}

ArrivalPattern pattern_of(const Eigen::VectorXd& logs, const YearOfDays& year) {
  ArrivalPattern pattern;
  pattern.month = exponentials<12>(logs, kLogMonth);
  pattern.weekday = exponentials<7>(logs, kLogWeekday);
  pattern.school_holidays = std::exp(logs[kLogSchool]);
  pattern.public_holidays = std::exp(logs[kLogPublic]);
  std::array<double, 7> alike;
  alike.fill(1.0);
  pattern.per_day = std::exp(logs[kLogLevel]) * scale(pattern.month, kMonthDays) * scale(pattern.weekday, alike);
  if (pattern.school_holidays != 1.0 || pattern.public_holidays != 1.0)
    pattern.per_day *=
        year.mean_of_holidays(pattern.month, pattern.weekday, pattern.school_holidays, pattern.public_holidays);
  pattern.trend_per_year = std::expm1(logs[kLogGrowth]);
  return pattern;
}

ArrivalPattern pattern_at(const ArrivalFit& fit, const YearOfDays& year, const Eigen::VectorXd& parameters) {
  using Basis = Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;
  const Basis basis(fit.basis.data(), kLogs, parameters.size());
  const Eigen::VectorXd logs = basis * parameters;
  ArrivalPattern pattern = pattern_of(logs, year);
  if (!basis.row(kLogDay).isZero(0.0)) pattern.day_dispersion = std::exp(logs[kLogDay]);
  if (!basis.row(kLogMonthly).isZero(0.0)) pattern.month_dispersion = std::exp(logs[kLogMonthly]);
  return pattern;
}

}  // namespace fit

ArrivalPattern arrival_pattern(const ArrivalFit& fit, std::span<const double> parameters) {
  if (parameters.size() != fit.parameters.size() || parameters.empty())
    throw std::invalid_argument("arrival_pattern: as many parameters as the fit has");
  return fit::pattern_at(
      fit, fit::YearOfDays(fit.region),
      Eigen::Map<const Eigen::VectorXd>(parameters.data(), static_cast<Eigen::Index>(parameters.size())));
}

}  // namespace ketensim
