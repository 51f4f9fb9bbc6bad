#pragma once

#include <span>
#include <vector>

#include "ketensim/calibrate.hpp"

namespace ketensim::fit {

/// Whether siblings go the same way more often than chance has it.
struct Siblings {
  double p_value = 1.0;        // that they do not, by the difference of each family from chance (one-sided)
  Estimate share;              // Step::siblings; its cases are pairs
  double design_effect = 1.0;  // by how much the variance of a share is larger for it (Kish 1965, par. 5.4)
};

/// By pairs of RouteCase::family within one class of cases that have an outcome: the part of them that goes the same
/// way beyond chance (Fleiss 1971's kappa, on families of any size) is share^2. Its error is that of a ratio of sums
/// over families (Cochran 1977, eq. 6.13).
Siblings siblings_of(const std::vector<std::span<const RouteCase>>& classes, std::size_t outcomes);

}  // namespace ketensim::fit
