#pragma once

#include <Eigen/Core>
#include <array>

#include "calibration/fit/arrival_design.hpp"

namespace ketensim::fit {

/// The days over which the engine scales holiday factors (whole years of the table of school holidays), counted by
/// what matters of them.
class YearOfDays {
 public:
  explicit YearOfDays(SchoolRegion region);
  /// The mean of the holidays' factors, weighted by those of months and weekdays.
  double mean_of_holidays(const std::array<double, 12>& month, const std::array<double, 7>& weekday, double school,
                          double public_holiday) const;

 private:
  std::array<std::array<std::array<double, 4>, 7>, 12> count_{};
};

/// The pattern without its dispersion.
ArrivalPattern pattern_of(const Eigen::VectorXd& logs, const YearOfDays& year);

/// As arrival_pattern(), with the days of the region at hand.
ArrivalPattern pattern_at(const ArrivalFit& fit, const YearOfDays& year, const Eigen::VectorXd& parameters);

/// Fills in the pattern and every figure with its interval from parameters, covariance and basis (delta method).
void add_figures(ArrivalFit& fit, const std::vector<ArrivalDay>& days);

}  // namespace ketensim::fit
