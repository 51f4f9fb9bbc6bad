#pragma once

#include "calibration/chain/evidence.hpp"

namespace ketensim::chain {

/// Families that come for the first time, by the step at which they are received; children who come back are returns.
/// `returns`: what is known of those, for the children whose earlier case ended before the deliveries begin.
std::vector<StreamFit> fit_streams(const Evidence& evidence, const std::optional<ShareFit>& returns);

/// Shares of the attributes that the chain carries: of families at arrival, or at the step that leads to who names
/// them.
std::vector<AttributeShares> fit_attributes(const Evidence& evidence, const std::vector<CapacityFit>& capacity,
                                            double level);

}  // namespace ketensim::chain
