#pragma once

#include <string>
#include <vector>

#include "calibration/fit/dependence.hpp"
#include "calibration/fit/masses.hpp"

namespace ketensim::fit {

inline constexpr double kFewestCases = 5.0;  // that are over, for any fit
inline constexpr double kCasesPerShape = 10.0;

/// What is wrong with the cases, for people; empty: they can be fitted.
std::vector<std::string> problems_of(std::span<const DurationCase> cases, Clocks clocks);

/// The clock and the family by BIC, richer families apart; `share`: of what comes for a share of the cases only. Every
/// family that was tried goes into `candidates`. Not usable: none is.
Chosen choose_family(std::span<const DurationCase> cases, const FitOptions& options, bool share,
                     std::vector<Candidate>& candidates);

/// A richer family in place of the one chosen, with the same dependences, if that one fits badly, BIC prefers the
/// richer one, and so do held-out folds of children.
Chosen choose_richer(std::span<const DurationCase> cases, Chosen chosen, const FitOptions& options,
                     std::vector<Candidate>& candidates);

/// turnbull_masses() with starts at the middle of their day.
Masses reference_masses(std::span<const DurationCase> cases, bool working_days);

}  // namespace ketensim::fit
