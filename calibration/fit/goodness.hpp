#pragma once

#include <cstdint>

#include "calibration/fit/fitted.hpp"

namespace ketensim::fit {

struct Goodness {
  double distance = 0.0;  // largest between the fitted and the data's share, at the bounds of the bins
  double p_value = 1.0;
};

/// How well a model fits censored, rounded and truncated data. Durations are binned by the model into equally likely
/// bins; the masses of the bins that the data would rather have (by self-consistency) give the distance, and a
/// likelihood ratio against the model. Its p-value comes from data drawn from the model with the same starts, entries
/// and limits, refitted each time, until it is clear (Besag and Clifford 1991). Where it lies beyond all doubt, chi
/// squared with a degree of freedom for every bin, which errs towards the model, stands in; within `tolerance`, where
/// nothing depends on it, a few draws do, and with more than 5000 cases none.
Goodness goodness_of_fit(const std::vector<Datum>& data, const Fitted& fitted, int bootstraps, double tolerance,
                         std::uint64_t seed);

/// The same without drawing: chi squared with a degree of freedom for every bin and parameter less, which errs against
/// the model. A large value needs no richer model.
double lack_of_fit(const Likelihood& likelihood, const Fitted& fitted);

}  // namespace ketensim::fit
