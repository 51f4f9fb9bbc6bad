#pragma once

#include <vector>

#include "tools/report/figures.hpp"

namespace ketensim::report {

/// Something that may come to be wrong at a step, and how likely it is in each period of the report.
struct Signal {
  enum class Kind { norm, queue };
  Place place;
  Kind kind = Kind::norm;
  std::string_view indicator;
  double threshold = 0.0;             // norm: a share of cases; queue: cases
  std::vector<double> probabilities;  // over the replications where the figure is defined; NaN: in none
};

/// The signals of a scenario at places: the norm is met by less than half of the cases, or more wait at the end of the
/// period than one and a half times (and at least five above) what the baseline expects after its first period.
std::vector<Signal> signals_of(const Results& baseline, const Results& results, const std::vector<Place>& places);

}  // namespace ketensim::report
