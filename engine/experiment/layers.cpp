#include "ketensim/layers.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ketensim {
namespace {

double variance(const Results& results, std::size_t figure, std::size_t period) {
  const Summary summary = summarise(results, figure, period);
  if (summary.defined < 2) return std::numeric_limits<double>::quiet_NaN();
  return summary.se * summary.se * summary.defined;
}

}  // namespace

std::string_view name_of(Layer layer) {
  static constexpr std::array<std::string_view, kLayers.size()> kNames{"chance", "parameters", "staffing", "together"};
  return kNames[static_cast<std::size_t>(layer)];
}

double LayeredResults::standard_deviation(Layer layer, std::size_t figure, std::size_t period) const {
  const double own = variance(runs[static_cast<std::size_t>(layer)], figure, period);
  if (layer == Layer::chance || layer == Layer::together) return std::sqrt(own);
  const double added = own - variance(runs[static_cast<std::size_t>(Layer::chance)], figure, period);
  return std::isnan(added) ? added : std::sqrt(std::max(0.0, added));
}

LayeredResults simulate_layers(const Scenario& scenario, const RunOptions& options) {
  const bool has_draws = !scenario.drawn.empty(), has_plans = scenario.staffing_uncertainty > 0.0;
  std::vector<Scenario> different;
  std::array<std::size_t, kLayers.size()> run_of{};
  for (const Layer layer : kLayers) {
    const bool draws = has_draws && (layer == Layer::parameters || layer == Layer::together);
    const bool plans = has_plans && (layer == Layer::staffing || layer == Layer::together);
    const auto same = std::find_if(different.begin(), different.end(), [&](const Scenario& other) {
      return other.drawn.empty() != draws && (other.staffing_uncertainty > 0.0) == plans;
    });
    run_of[static_cast<std::size_t>(layer)] = static_cast<std::size_t>(same - different.begin());
    if (same != different.end()) continue;
    Scenario& added = different.emplace_back(scenario);
    if (!draws) added.drawn.clear();
    if (!plans) added.staffing_uncertainty = 0.0;
  }
  std::vector<Results> results = simulate(different, options);
  LayeredResults layered;
  for (const Layer layer : kLayers)
    layered.runs[static_cast<std::size_t>(layer)] = results[run_of[static_cast<std::size_t>(layer)]];
  return layered;
}

}  // namespace ketensim
