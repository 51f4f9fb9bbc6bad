#pragma once

#include "calibration/chain/evidence.hpp"

namespace ketensim::chain {

/// Durations, routes, patience and hand-overs of one step.
StepFit fit_step(const Evidence& evidence, std::int32_t step, const FitOptions& options);

/// Of the children whose case left, how many come back and when. Nothing where nobody did.
std::optional<ShareFit> fit_returns(const Evidence& evidence, const FitOptions& options);

/// The step at which most returning children are received; kUnknown: none returns.
std::int32_t returns_to(const Evidence& evidence);

}  // namespace ketensim::chain
