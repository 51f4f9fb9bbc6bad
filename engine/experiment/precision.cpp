#include <algorithm>
#include <cmath>
#include <limits>

#include "ketensim/simulate.hpp"

namespace ketensim {
namespace {

constexpr double kQuantile = 1.959963984540054;  // of the normal distribution, at 97.5%
constexpr double kRealQueue = 10.0;              // cases
constexpr double kMore = 1.05;        // than the number that would just do: a standard deviation is estimated
constexpr double kLeastGrowth = 1.1;  // of the number of replications in a round

/// Half the width of the interval to the mean; infinite where that is not known.
double relative_half_width(const Summary& summary) {
  const double width = kQuantile * summary.se / std::abs(summary.mean);
  return std::isnan(width) ? (summary.se == 0.0 ? 0.0 : std::numeric_limits<double>::infinity()) : width;
}

class Places {
 public:
  Places(const Results& results, const Precision& precision) : results_(results), precision_(precision) {}

  PrecisionReached least_known() const {
    PrecisionReached least;
    for (std::size_t figure = 0; figure < results_.figures.size(); ++figure) {
      const Figure& at = results_.figures[figure];
      if (indicator_kinds()[at.indicator].name != precision_.indicator || !is_asked(at)) continue;
      const std::size_t queue = results_.find(at.organisation, at.step, "queue_mean");
      for (std::size_t period = 0; period < results_.base_periods; ++period) {
        const Summary summary = summarise(results_, figure, period);
        if (summary.defined == 0 || !counts(queue, period)) continue;
        const double width = relative_half_width(summary);
        if (width > least.relative) least = {true, width, at.organisation, at.step, results_.periods[period].label};
      }
    }
    least.enough = least.relative <= precision_.relative;
    return least;
  }

 private:
  bool is_asked(const Figure& at) const {
    return at.step != "all" && (precision_.at.empty() || at.organisation + "." + at.step == precision_.at);
  }
  bool counts(std::size_t queue, std::size_t period) const {
    if (!precision_.at.empty()) return true;
    return queue != Results::npos && summarise(results_, queue, period).mean >= kRealQueue;
  }

  const Results& results_;
  const Precision& precision_;
};

void append(Results& results, Results&& more) {
  results.flows = joined(results.flows, results.replications, more.flows, more.replications);
  results.replications += more.replications;
  results.values.insert(results.values.end(), more.values.begin(), more.values.end());
  results.events += more.events;
}

/// How many replications would do if the spread stays as it is.
int enough_of(int replications, double relative, const Precision& precision) {
  const double least = std::ceil(kLeastGrowth * replications);
  const double ratio = relative / precision.relative;
  const double wanted = std::isfinite(ratio) ? std::ceil(kMore * replications * ratio * ratio) : 2.0 * replications;
  return static_cast<int>(std::min(std::max(least, wanted), static_cast<double>(precision.at_most)));
}

}  // namespace

std::vector<Results> simulate_to_precision(const std::vector<Scenario>& scenarios, const RunOptions& options,
                                           std::vector<PrecisionReached>& reached) {
  reached.clear();
  std::vector<Results> results = simulate(scenarios, options);
  if (scenarios.empty() || !scenarios.front().precision) return results;
  const Precision& precision = *scenarios.front().precision;
  std::vector<Scenario> larger = scenarios;
  RunOptions further = options;
  further.log_replications = 0;
  further.validated = true;
  for (int replications = scenarios.front().replications;;) {
    reached.clear();
    double widest = 0.0;
    for (const Results& of : results) {
      reached.push_back(Places(of, precision).least_known());
      widest = std::max(widest, reached.back().relative);
    }
    if (widest <= precision.relative || replications >= precision.at_most) return results;
    further.first_replication = replications;
    replications = enough_of(replications, widest, precision);
    for (Scenario& scenario : larger) scenario.replications = replications;
    std::vector<Results> more = simulate(larger, further);
    for (std::size_t s = 0; s < results.size(); ++s) append(results[s], std::move(more[s]));
  }
}

}  // namespace ketensim
