#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ketensim/indicators.hpp"

namespace ketensim {

/// The probability, period by period ahead, that a step is in trouble: that its norm is met by less than
/// Warn::norm_met_below of the cases, or that more cases wait at the end of the period than Warn::queue_above says.
struct EarlyWarning {
  std::string organisation, step;
  std::string_view indicator;  // norm_met, norm_met_wait or queue_end
  double threshold = 0.0;      // below, or above
  struct Chance {
    double probability;  // the share of the replications in which the figure is defined; NaN if it is in none
    int defined;
    /// Of the probability, by the number of replications; NaN where there are none.
    double standard_error() const;
  };
  std::vector<Chance> ahead;  // per period of the report
};

/// Of every step with a norm, and of every queue with a threshold, in the order of the output.
std::vector<EarlyWarning> early_warnings(const Results& results, const Warn& warn);

}  // namespace ketensim
