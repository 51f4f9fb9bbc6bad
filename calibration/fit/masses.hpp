#pragma once

#include <span>
#include <vector>

#include "ketensim/calibrate.hpp"

namespace ketensim::fit {

/// The intervals that hold mass in turnbull(), the last one without end where the follow-up leaves it open.
struct Masses {
  std::vector<double> from, to, mass;
};
Masses turnbull_masses(std::span<const Observation> observations);

/// Where masses have come to an end.
Curve curve_of(const Masses& masses);

}  // namespace ketensim::fit
