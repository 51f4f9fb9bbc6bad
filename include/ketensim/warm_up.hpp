#pragma once

#include <span>

#include "ketensim/scenario.hpp"
#include "ketensim/simulate.hpp"

namespace ketensim {

/// The number of first observations to leave out, by MSER-5 (White 1997; White, Cobb and Spratt 2000): of the means of
/// batches of five, so many that the standard error of the mean of the others is least. A quarter of them stays: a
/// cutoff in the second half shows that the series is too short, or has no level. 0 of fewer than four batches.
struct Truncation {
  std::size_t observations = 0;
  bool in_second_half = false;
};
Truncation mser5(std::span<const double> series);

/// What was chosen for a scenario that asks for it.
struct WarmUpChoice {
  double days = 0.0;
  bool is_doubtful = false;  // the cutoff lies in the second half, even of the longest pilot
};

/// Runs the chain from empty over ten years before the period, without interventions, and looks at the number of cases
/// in the chain and of those waiting, week by week over 20 replications: the later of the cutoffs of MSER-5. If it lies
/// in the second half, over twenty years, and then forty. The scenario must be valid.
WarmUpChoice choose_warm_up(const Scenario& scenario, const RunOptions& options = {});

/// The scenario with the warm-up that was chosen, and no longer asking for one.
Scenario with_warm_up(Scenario scenario, const WarmUpChoice& choice);

}  // namespace ketensim
