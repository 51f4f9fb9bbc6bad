#pragma once

#include <string>
#include <vector>

#include "ketensim/indicators.hpp"
#include "tests/calibration/regional_chain.hpp"

// What interventions do in a chain that is known, held against what they do in the chain that was calibrated on its
// deliveries.
namespace ketensim::effects {

/// The effect on one figure in one month.
struct Effect {
  std::string intervention, organisation, step, indicator, period;
  Summary truth, forecast;

  bool is_clear() const { return std::abs(truth.mean) > 10.0 * truth.se; }
  /// Beyond three standard errors of the truth there is a sign, and beyond three of the forecast it is the other one.
  bool has_wrong_sign() const {
    return std::abs(truth.mean) > 3.0 * truth.se && std::abs(forecast.mean) > 3.0 * forecast.se &&
           truth.mean * forecast.mean < 0.0;
  }
  double relative_error() const { return forecast.mean / truth.mean - 1.0; }
};

struct Replications {
  int truth = 2000, forecast = 2000;
};

/// The five interventions of scenarios/twente/forecast, each at a place of such a chain, on it and on the chain that is
/// calibrated on its deliveries: two years from the snapshot on, each chain from the cases open then as it knows them.
/// Throws std::runtime_error where there is no calibrated chain.
std::vector<Effect> recovered(regional::Kind kind, std::uint64_t seed, const regional::Size& size,
                              const Replications& replications);

/// The root of the mean squared relative error of those that are clear; NaN where none is.
double error_of(const std::vector<Effect>& effects);

}  // namespace ketensim::effects
