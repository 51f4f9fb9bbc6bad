#pragma once

#include <vector>

#include "calibration/fit/arrival_changes.hpp"

namespace ketensim::fit {

/// The terms that these days could tell of: seasons want two years and every month, the week four weeks, holidays a
/// number of days of either kind.
ArrivalTerms richest_terms(const std::vector<ArrivalDay>& days);

/// The terms of season, week and holidays, the other terms being as they are. Whether there is a season, a week or an
/// effect of holidays is for BIC, and for a likelihood-ratio test at this level; in which shape the season is, for AIC,
/// since a shape that is too simple is a bias in every forecast. A week has a factor for each day: where the days of
/// work look alike is no choice to make, since the interval of what was chosen is too narrow. All are compared at the dispersion of `richest`, the model with
/// every term, so that what is left out cannot pass for dispersion (as quasi-likelihood does: McCullagh and Nelder
/// 1989, par. 4.5).
ArrivalTerms choose_terms(const ChangeSearch& search, const ArrivalRegression& richest, double level,
                          std::vector<ArrivalCandidate>& candidates);

/// `variances` are estimated besides.
ArrivalCandidate candidate_of(const std::string& stage, const std::string& name, const ArrivalRegression& regression,
                              double log_likelihood, int variances = 0);

}  // namespace ketensim::fit
