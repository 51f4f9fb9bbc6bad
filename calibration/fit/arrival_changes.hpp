#pragma once

#include <vector>

#include "calibration/fit/arrival_design.hpp"

namespace ketensim::fit {

/// A regression of the observed days before `until`, at the dispersion that it was fitted with.
struct ArrivalRegression {
  ArrivalDesign design;
  CountProblem problem;
  DispersionFit fit;
};

/// Where changes are looked for.
struct ChangeSearch {
  const std::vector<ArrivalDay>& days;
  Date at, until;
  Eigen::VectorXd offset;           // of the logarithm of the mean, per day; empty: 0
  bool seek_trend = true;           // a trend may come in and go
  bool estimate_dispersion = true;  // anew with every change; otherwise that of the start stays
};

ArrivalRegression regression(const ChangeSearch& search, const ArrivalTerms& terms, const DispersionFit& start);

/// Adds to the terms the trend, the changes of level and trend and the passing shocks that the counts ask for, one at a
/// time, each where it gains most; then the dates of the others are looked for again. What is added pays the price of
/// BIC for its coefficient and each of its dates, as in binary segmentation (Vostrikova 1981; Fryzlewicz 2014). Gains
/// are those of score tests (Rao) over all weeks, of which the best are fitted. What months vary by chance is in the
/// information, so that a few high months are no change. Levels and trends hold for 26 and 52 weeks at least, shocks
/// for 3 to 40.
ArrivalRegression search_changes(const ChangeSearch& search, const ArrivalTerms& terms, const DispersionFit& start);

/// How far the last weeks lie off the model, if further than chance allows: a change too young to be told from a shock.
struct LateChange {
  Date from;
  double factor;
};
std::optional<LateChange> late_change(const ChangeSearch& search, const ArrivalRegression& regression);

}  // namespace ketensim::fit
