#pragma once

#include <optional>
#include <span>
#include <vector>

namespace ketensim::fit {

/// What was decided in one class, in the quarters in which anything was: at least one.
struct DecidedQuarters {
  std::vector<std::vector<double>> counts;  // of each quarter, by outcome
  std::vector<double> years;                // from its middle to the last day
};

/// Where the shares of one class are now. Variances are of a share as multiples of share x (1 - share), as that of so
/// many cases is one over their number.
struct ShareOutlook {
  std::vector<double> shares;  // by outcome; they add up to 1
  double error = 0.0;          // variance of these
  double ahead = 0.0;          // the variance that a year to come adds
};

/// Shares that wander: a random walk under the shares of quarters, which vary by chance (local level: Harvey 1989, ch.
/// 2), with chance as large as `design_effect` has it. All outcomes and classes wander alike, each by its own chance,
/// so that a quarter weighs the same in all shares and these add up. How far they wander is averaged over, with a
/// half-normal prior of 2% of a share in a year: shares that stood still for some years are not known to stand still, and
/// those that went off lately are where they are now. Nothing where no class has a year of counts.
std::optional<std::vector<ShareOutlook>> share_outlook(std::span<const DecidedQuarters> classes, double design_effect);

}  // namespace ketensim::fit
