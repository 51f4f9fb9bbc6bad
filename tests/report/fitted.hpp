#pragma once

#include "ketensim/calibration.hpp"

namespace ketensim::tests {

/// A calibration with its deliveries that no fit made, with something of everything that its page shows: three years
/// of arrivals with a shock and a gap, durations of each form, routes with small cells, two pools, returns, repairs.
struct FittedChain {
  Monitor monitor;
  Calibration calibration;
};
FittedChain fitted_chain();

/// The same with this as the name of everything that deliveries and import files name.
FittedChain fitted_chain_called(const std::string& name);

}  // namespace ketensim::tests
