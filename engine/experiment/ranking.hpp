#pragma once

#include <span>
#include <vector>

namespace ketensim {

/// Gains of one alternative per replication, from the first on; alternatives may have different numbers of them.
/// Higher is better; undefined ones (NaN) are skipped pairwise.
using Gains = std::vector<double>;

double mean_of(const Gains& gains);

/// Whether the mean gains of two alternatives differ by more than chance: a two-sided paired t-test over the
/// replications that both have, at `error` in all over so many `comparisons` (Bonferroni). Not with fewer than two.
bool told_apart(const Gains& a, const Gains& b, double error, double comparisons);

/// The rank of each: 1 for the highest mean gain and for all that cannot be told apart from it, and so on with those
/// that are left. Ranks count alternatives: after two that share rank 1 comes rank 3.
std::vector<int> shared_ranks(const std::vector<Gains>& gains, double error);

/// Those that cannot be told apart from the one with the highest mean gain, among `candidates`; that one included.
std::vector<std::size_t> contenders(const std::vector<Gains>& gains, const std::vector<std::size_t>& candidates,
                                    double error, double comparisons);

}  // namespace ketensim
