#pragma once

#include <vector>

#include "ketensim/indicators.hpp"

namespace ketensim {

/// The paired difference alternative - baseline of one figure in one period, over replications in which both are
/// defined. Exactly zero where nothing differs.
Summary effect(const Results& baseline, const Results& alternative, std::size_t figure, std::size_t period);

/// Gives every alternative the baseline's period, replications and seed, so that they share their draws.
void impose_baseline(const Scenario& baseline, std::vector<Scenario>& alternatives);

/// A burst at a step: the weeks, or periods, in which its inflow differs from the baseline's.
struct Burst {
  std::string organisation, step;
  std::size_t first, peak, gone;  // periods: arrives, is highest, is back within `tolerance` of the peak
  Summary at_peak;                // extra inflow in the peak period
};

/// The burst at every step downstream whose inflow rises by more than four standard errors in some period; in the
/// order of arrival. `gone` is the first period after the peak from which the effect stays below a tenth of the peak.
std::vector<Burst> bursts(const Results& baseline, const Results& alternative);

}  // namespace ketensim
