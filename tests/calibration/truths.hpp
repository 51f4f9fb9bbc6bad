#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ketensim/calibration.hpp"
#include "tests/calibration/partners.hpp"

// A calibration held against the chain that its deliveries were simulated from.
namespace ketensim::truths {

/// A figure of the chain with what was found.
struct Figure {
  std::string kind;  // `mean duration`, `share of a route`, ...
  std::string of;    // where: `VT.research, urgency=crisis`
  double truth = 0.0;
  Estimate found;

  bool covered() const { return found.low <= truth && truth <= found.high; }
  /// How many standard errors the estimate lies off.
  double off() const { return (found.estimate - truth) / found.standard_error; }
};

/// Something that is so or not so: a clock, a pool that limits, a dependence.
struct Finding {
  std::string kind, of;
  bool right = false;
};

struct Comparison {
  std::vector<Figure> figures;
  std::vector<Finding> findings;
};

/// Figures are compared where the fit has the structure that the chain has; where it has not, a finding says so.
/// Intervals are those that the fits state; of families and attributes, which state none, the middle 95% of the draws.
Comparison compare(const Scenario& truth, const partners::Read& read, const Calibration& calibration);

/// The same figures as a spreadsheet has them: dates as they were delivered, without regard to what they hide.
/// Completed durations and outcomes alone, the busiest day as the number of slots, all new children as reports.
std::vector<Figure> naive(const Scenario& truth, const std::vector<partners::Row>& rows, Date from, Date snapshot);

}  // namespace ketensim::truths
