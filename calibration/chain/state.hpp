#pragma once

#include "calibration/chain/evidence.hpp"

namespace ketensim::chain {

/// The state at the end of the deliveries as the chain knows it: attributes that it carries, and who has waited long.
ChainState chain_state(const Evidence& evidence, const Calibration& fits);

}  // namespace ketensim::chain
