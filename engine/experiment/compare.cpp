#include "ketensim/compare.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace ketensim {
namespace {

constexpr double kClear = 4.0;    // standard errors above which a rise is no chance
constexpr double kInBurst = 0.1;  // share of the peak above which a burst still counts

bool same_place(const Figure& a, const Figure& b) {
  return a.indicator == b.indicator && a.organisation == b.organisation && a.step == b.step;
}

/// Nearly always the same index: only alternatives on another chain need the search.
std::size_t find_figure(const Results& results, const Figure& figure, std::size_t guess) {
  if (guess < results.figures.size() && same_place(results.figures[guess], figure)) return guess;
  const auto found = std::find_if(results.figures.begin(), results.figures.end(),
                                  [&](const Figure& other) { return same_place(other, figure); });
  return found == results.figures.end() ? Results::npos : static_cast<std::size_t>(found - results.figures.begin());
}

std::size_t find_period(const Results& results, const ReportedPeriod& period, std::size_t guess) {
  const auto same = [&](const ReportedPeriod& other) {
    return other.from == period.from && other.until == period.until;
  };
  if (guess < results.periods.size() && same(results.periods[guess])) return guess;
  const auto found = std::find_if(results.periods.begin(), results.periods.end(), same);
  return found == results.periods.end() ? Results::npos : static_cast<std::size_t>(found - results.periods.begin());
}

std::optional<Burst> burst_at(const Results& baseline, const Results& alternative, std::size_t figure) {
  std::vector<Summary> rises;
  for (std::size_t period = 0; period < baseline.base_periods; ++period)
    rises.push_back(effect(baseline, alternative, figure, period));

  const auto clear = [&](std::size_t period) {
    return rises[period].mean > 0.0 && rises[period].mean > kClear * rises[period].se;
  };
  std::size_t peak = Results::npos;
  for (std::size_t period = 0; period < rises.size(); ++period)
    if (clear(period) && (peak == Results::npos || rises[period].mean > rises[peak].mean)) peak = period;
  if (peak == Results::npos) return std::nullopt;

  std::size_t first = peak, last = peak;
  for (std::size_t period = 0; period < rises.size(); ++period) {
    if (!clear(period) || rises[period].mean < kInBurst * rises[peak].mean) continue;
    first = std::min(first, period);
    last = std::max(last, period);
  }
  const std::size_t gone = last + 1 < rises.size() ? last + 1 : Results::npos;
  return Burst{baseline.figures[figure].organisation, baseline.figures[figure].step, first, peak, gone, rises[peak]};
}

}  // namespace

Summary effect(const Results& baseline, const Results& alternative, std::size_t figure, std::size_t period) {
  const std::size_t other_figure = find_figure(alternative, baseline.figures[figure], figure);
  const std::size_t other_period = find_period(alternative, baseline.periods[period], period);
  std::vector<double> differences;
  if (other_figure != Results::npos && other_period != Results::npos) {
    // An undefined figure on either side makes the difference NaN: summarise() skips the pair.
    const int pairs = std::min(baseline.replications, alternative.replications);
    differences.reserve(static_cast<std::size_t>(pairs));
    for (int replication = 0; replication < pairs; ++replication)
      differences.push_back(alternative.value(replication, other_figure, other_period) -
                            baseline.value(replication, figure, period));
  }
  return summarise(differences);
}

void impose_baseline(const Scenario& baseline, std::vector<Scenario>& alternatives) {
  for (Scenario& alternative : alternatives) {
    alternative.period = baseline.period;
    alternative.replications = baseline.replications;
    alternative.precision = baseline.precision;
    alternative.seed = baseline.seed;
    alternative.staffing_uncertainty = baseline.staffing_uncertainty;
    if (baseline.drawn.empty()) alternative.drawn.clear();
    if (alternative.drawn.size() != baseline.drawn.size())
      throw std::invalid_argument(
          fmt::format("{} draws {} sets of parameters and {} draws {}: their replications would not belong together. "
                      "Give both the same draws, or the baseline `uncertainty: none`",
                      baseline.id, baseline.drawn.size(), alternative.id, alternative.drawn.size()));
  }
}

std::vector<Burst> bursts(const Results& baseline, const Results& alternative) {
  std::vector<Burst> found;
  for (std::size_t figure = 0; figure < baseline.figures.size(); ++figure) {
    const Figure& at = baseline.figures[figure];
    if (at.step == "all" || indicator_kinds()[at.indicator].name != "inflow") continue;
    if (auto burst = burst_at(baseline, alternative, figure)) found.push_back(std::move(*burst));
  }
  std::stable_sort(found.begin(), found.end(), [](const Burst& a, const Burst& b) { return a.first < b.first; });
  return found;
}

}  // namespace ketensim
