#pragma once

#include <span>

#include "ketensim/calibrate.hpp"

namespace ketensim::fit {

/// A day with somebody left waiting, who could have started.
struct FullDay {
  double fte = 1.0;
  int busy = 0, perhaps = 0;  // slots taken: surely, and perhaps as well
  double expected = 0.0;      // of those perhaps taken
  bool exact = true;          // taken are the slots that there are; otherwise those, or more that outlast a cut
  double weight = 1.0;        // days of which the errors depend on each other count as one
};

struct SlotsFit {
  Estimate per_fte;
  double log_likelihood = 0.0;  // marginal: of slots per fte, and of the rates of errors, all are taken into account
  double kept = 0.0;            // share of the exact days on which the slots taken may be what the estimate says
  double near = 0.0;            // the same, give or take one slot or one in fifty
};

/// Slots per fte from full days. Of a day, busy + (part of perhaps) + lost - extra = floor(fte x slots per fte), where
/// the part is binomial, or now and then any, lost and extra are Poisson, and a small share of the days says nothing.
/// The rates have a flat prior over a few values, slots per fte one over all that the days could mean. `whole`: slots
/// themselves are asked for (each fte is 1), the estimate is the most likely number.
SlotsFit fit_slots(std::span<const FullDay> days, bool whole);

/// The log-likelihood of the same days where slots taken vary around a mean per fte, whether somebody waits or not: by
/// `deviation`, and no less than with slots without end, of which a Poisson number is taken (M/G/infinity).
double log_likelihood_unlimited(std::span<const FullDay> days, double mean, double deviation);

/// As the engine counts them.
int slots_of(double fte, double per_fte);

}  // namespace ketensim::fit
