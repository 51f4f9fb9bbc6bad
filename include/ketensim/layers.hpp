#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "ketensim/simulate.hpp"

namespace ketensim {

/// What makes one future differ from another.
enum class Layer {
  chance,      // who comes when, how long a service takes: everything else is as estimated and planned
  parameters,  // what their uncertainty adds
  staffing,    // what the uncertainty of the plans for staff adds
  together,    // all of it
};
inline constexpr std::array kLayers{Layer::chance, Layer::parameters, Layer::staffing, Layer::together};
std::string_view name_of(Layer layer);

/// A scenario run four times under the same draws of chance: at the estimates and as planned; with its drawn
/// parameters; with staff that differs from plan; and with both. Where it has no such uncertainty, that run is the
/// first one.
struct LayeredResults {
  std::array<Results, kLayers.size()> runs;  // by Layer

  /// The standard deviation over futures that a layer brings to a figure. Variances add up: that of the run with the
  /// layer less that of chance alone, 0 where that is negative; and that of all together as it is. NaN where fewer
  /// than two replications define the figure.
  double standard_deviation(Layer layer, std::size_t figure, std::size_t period) const;
};

LayeredResults simulate_layers(const Scenario& scenario, const RunOptions& options = {});

}  // namespace ketensim
