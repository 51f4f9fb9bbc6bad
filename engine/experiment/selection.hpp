#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ketensim {

/// What a selection among alternatives guards: the best (of the least mean) stays among those that remain with
/// probability 1 - `error` if all others are worse by at least `indifference`.
struct SelectionRule {
  double indifference = 0.0, error = 0.05;
  int first = 20;  // replications that every alternative has before any is dropped; at least 2
};

/// Those of `losses` (per alternative, per replication; undefined ones are skipped pairwise) that remain after the
/// first `replications`, in their order, where `alternatives` began and this is the `look`-th time (from 1) that any
/// may be dropped. Two procedures, each with half of the error, may drop one for another; both hold where alternatives
/// share their draws.
/// - One step of KN of Kim and Nelson (2001), section 3, with c = 1; that it is not taken after each replication makes
///   it no less safe (Jennison, Johnstone and Turnbull 1982).
/// - A paired t-test, with the error that is due to this look (half of what is left, each time) divided over all
///   alternatives (Bonferroni): as the screening of Nelson et al. (2001), section 3. It is quick where many are far
///   behind.
std::vector<std::size_t> remaining(const std::vector<std::span<const double>>& losses, std::size_t alternatives,
                                   const SelectionRule& rule, int replications, int look);

/// The differences a - b of the replications that both have.
std::vector<double> paired(std::span<const double> a, std::span<const double> b);

/// The mean over the first `replications`, of those defined; infinite where none is.
double mean_of_first(std::span<const double> losses, int replications);

/// The probability that the mean loss of `best` is at most `indifference` above that of `other`: by Student's t of the
/// paired differences, for a flat prior. Certain where all differences are equal; a half where it can't be told.
double probability_no_worse(std::span<const double> best, std::span<const double> other, double indifference);

}  // namespace ketensim
