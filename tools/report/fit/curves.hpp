#pragma once

#include "ketensim/calibration.hpp"
#include "tools/report/disclosure.hpp"

namespace ketensim::report {

/// The data's own curve as it may be shown: every step of it holds at least `min_cell` of `cases`, so that the last few
/// of the longest are not shown. Empty if there are too few cases.
Curve shown_curve(const Curve& curve, std::size_t cases, const Disclosure& disclosure);

/// What a fit expects: the share that is over by so many days, up to `until` days; of all its parts together, or of
/// one.
Curve fitted_curve(const DurationFit& fit, double until);
Curve fitted_curve(const FittedDuration& part, double until);

/// The share that is over by `days`, and the days by which a share is over (NaN: it never is).
double share_at(const Curve& curve, double days);
double days_at(const Curve& curve, double share);

}  // namespace ketensim::report
