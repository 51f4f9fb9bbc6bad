#pragma once

#include <vector>

#include "ketensim/indicators.hpp"

namespace ketensim {

/// The paired difference alternative - baseline of one of the baseline's figures in one of its periods, over the
/// replications in which both are defined. Exactly zero where nothing differs; undefined (NaN) if the alternative
/// has no such figure or period.
Summary effect(const Results& baseline, const Results& alternative, std::size_t figure, std::size_t period);

/// Gives every alternative the baseline's period, replications, precision, seed and uncertainty of staffing, so that
/// they share their draws; and no drawn parameters where the baseline has none. Throws std::invalid_argument if an
/// alternative has other numbers of drawn parameters than the baseline: the same replication would not run on the same
/// draw.
void impose_baseline(const Scenario& baseline, std::vector<Scenario>& alternatives);

/// A burst at a step: the periods of the report in which its inflow is above the baseline's.
struct Burst {
  std::string organisation, step;
  std::size_t first, peak, gone;  // periods: arrives, is highest, is over (Results::npos: not within the report)
  Summary at_peak;                // extra inflow in the peak period
};

/// The burst at every step whose inflow rises by more than four standard errors in some period, in the order of
/// arrival. A burst counts in the periods where the rise is so clear and at least a tenth of its peak: the first of
/// them is its arrival, and it is gone in the period after the last. None with fewer than two replications.
std::vector<Burst> bursts(const Results& baseline, const Results& alternative);

}  // namespace ketensim
