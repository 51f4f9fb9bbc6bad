#pragma once

#include <optional>

#include "calibration/fit/arrival_forecast.hpp"

namespace ketensim::fit {

/// Says how the past goes on and why: `present` is the rule that BIC stands for, `chosen` the one that is kept, `best`
/// the one with the best score.
void note_of_rule(ArrivalFit& fit, const RuleScore& present, const RuleScore& chosen, const RuleScore& best);

/// Says what a planner has to know of the finished fit.
void add_notes(ArrivalFit& fit, const ArrivalRegression& regression, const RuleScore& kept, double wander,
               const std::optional<LateChange>& late);

}  // namespace ketensim::fit
