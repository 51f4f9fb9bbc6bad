#include "ketensim/early_warning.hpp"

#include <cmath>
#include <limits>
#include <optional>

namespace ketensim {
namespace {

/// The threshold of a figure that is watched.
std::optional<double> threshold_of(const Figure& figure, std::string_view indicator, const Warn& warn) {
  if (figure.step == "all") return std::nullopt;
  if (indicator == "norm_met" || indicator == "norm_met_wait") return warn.norm_met_below;
  if (indicator == "queue_end")
    for (const auto& [step, cases] : warn.queue_above)
      if (step == figure.organisation + "." + figure.step) return cases;
  return std::nullopt;
}

EarlyWarning::Chance chance(const Results& results, std::size_t figure, std::size_t period, double threshold,
                            bool above) {
  int defined = 0, times = 0;
  for (int replication = 0; replication < results.replications; ++replication) {
    const double value = results.value(replication, figure, period);
    if (std::isnan(value)) continue;
    ++defined;
    times += above ? value > threshold : value < threshold;
  }
  if (defined == 0) return {std::numeric_limits<double>::quiet_NaN(), 0};
  return {static_cast<double>(times) / defined, defined};
}

}  // namespace

double EarlyWarning::Chance::standard_error() const { return std::sqrt(probability * (1.0 - probability) / defined); }

std::vector<EarlyWarning> early_warnings(const Results& results, const Warn& warn) {
  std::vector<EarlyWarning> warnings;
  for (std::size_t figure = 0; figure < results.figures.size(); ++figure) {
    const Figure& at = results.figures[figure];
    const std::string_view indicator = indicator_kinds()[at.indicator].name;
    const std::optional<double> threshold = threshold_of(at, indicator, warn);
    if (!threshold) continue;
    EarlyWarning& warning = warnings.emplace_back(EarlyWarning{at.organisation, at.step, indicator, *threshold, {}});
    for (std::size_t period = 0; period < results.base_periods; ++period)
      warning.ahead.push_back(chance(results, figure, period, *threshold, indicator == "queue_end"));
  }
  return warnings;
}

}  // namespace ketensim
