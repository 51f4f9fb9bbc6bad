#pragma once

#include <optional>
#include <vector>

#include "calibration/fit/arrival_changes.hpp"

namespace ketensim::fit {

/// How a level goes on: the logarithm of the mean at a day, shape apart, and its growth per year.
struct LevelOutlook {
  double level = 0.0, growth = 0.0;
  Eigen::Matrix2d covariance;  // of both, as they are at the search's `at`
  double wander = 0.0;         // standard deviation of what the level does beyond its growth in the year to come
};

/// A level that grows and wanders: a random walk with drift under the counts of quarters (local linear trend with a
/// fixed slope: Harvey 1989, ch. 2; West and Harrison 1997), which vary by chance and by the dispersion of the
/// regression. A level that stood still for some years is not known to stand still; one that went off lately is
/// where it is now. How far it wanders is averaged over, with a half-normal prior of 3% a year, and its growth has a
/// normal prior of 5% a year: six years tell little of either, and a walk of exactly nothing is not to be believed
/// because it is likeliest. Changes and shocks are those of the regression. Nothing below a year of counts.
std::optional<LevelOutlook> level_outlook(const std::vector<ArrivalDay>& days, const ArrivalRegression& regression,
                                          Date at);

}  // namespace ketensim::fit
