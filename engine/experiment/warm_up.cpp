#include "ketensim/warm_up.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace ketensim {
namespace {

constexpr std::size_t kBatch = 5;  // observations
constexpr std::size_t kLeastBatches = 4;
constexpr std::size_t kLeastPart = 4;  // so much of the batches stays, as one part
constexpr int kReplications = 20;
constexpr int kFirstYears = 10, kMostYears = 40;
constexpr double kDaysPerWeek = 7.0;

/// The chain as it came to be, from empty: reported week by week until the period starts.
Scenario pilot(const Scenario& scenario, int years) {
  Scenario pilot = scenario;
  pilot.interventions.clear();
  pilot.drawn.clear();
  pilot.precision.reset();
  pilot.warn = {};
  pilot.replications = kReplications;
  Period& period = pilot.period;
  period.end = scenario.period.start;
  period.start = period.end - std::chrono::days{static_cast<int>(std::lround(years * kDaysPerYear))};
  period.warm_up = {};
  period.chooses_warm_up = false;
  period.report = Report::week;
  const double passed = static_cast<double>((period.end - period.start).count()) / kDaysPerYear;
  for (Stream& stream : pilot.chain.streams) stream.per_day *= std::pow(1.0 + stream.trend_per_year, -passed);
  return pilot;
}

/// The mean over replications of what stands at the end of each week, summed over all figures that count.
template <class Counts>
std::vector<double> series(const Results& results, Counts counts) {
  std::vector<double> weeks(results.base_periods);
  for (std::size_t figure = 0; figure < results.figures.size(); ++figure) {
    if (!counts(results.figures[figure])) continue;
    for (std::size_t week = 0; week < weeks.size(); ++week)
      for (int replication = 0; replication < results.replications; ++replication)
        weeks[week] += results.value(replication, figure, week) / results.replications;
  }
  return weeks;
}

/// The total of a group counts its members again.
bool is_group(const Chain& chain, const std::string& organisation) {
  return std::any_of(chain.organisations.begin(), chain.organisations.end(),
                     [&](const Organisation& of) { return of.id == organisation && !of.per.empty(); });
}

}  // namespace

Truncation mser5(std::span<const double> all) {
  const std::size_t batches = all.size() / kBatch;
  if (batches < kLeastBatches) return {};
  std::vector<double> means(batches);
  for (std::size_t b = 0; b < batches; ++b)
    for (std::size_t i = 0; i < kBatch; ++i) means[b] += all[b * kBatch + i] / kBatch;
  // From the end, so that each mean and sum of squares follows from the one before (Welford 1962).
  double mean = 0.0, squares = 0.0, least = std::numeric_limits<double>::infinity();
  std::size_t cutoff = 0;
  for (std::size_t left = 1; left <= batches; ++left) {
    const double value = means[batches - left], before = value - mean;
    mean += before / static_cast<double>(left);
    squares += before * (value - mean);
    if (left < std::max(kLeastBatches, batches / kLeastPart)) continue;  // a few that are alike tell nothing
    const double error = squares / (static_cast<double>(left) * static_cast<double>(left));
    if (error <= least) least = error, cutoff = batches - left;
  }
  return {cutoff * kBatch, 2 * cutoff > batches};
}

WarmUpChoice choose_warm_up(const Scenario& scenario, const RunOptions& options) {
  RunOptions run;
  run.threads = options.threads;
  run.validated = true;
  WarmUpChoice choice;
  for (int years = kFirstYears; years <= kMostYears; years *= 2) {
    const Results results = simulate({pilot(scenario, years)}, run).front();
    const auto name = [](const Figure& figure) { return indicator_kinds()[figure.indicator].name; };
    const std::vector<double> children = series(results, [&](const Figure& at) { return name(at) == "children_end"; });
    const std::vector<double> waiting = series(results, [&](const Figure& at) {
      return name(at) == "queue_end" && at.step == "all" && !is_group(scenario.chain, at.organisation);
    });
    const Truncation a = mser5(children), b = mser5(waiting);
    choice.days = kDaysPerWeek * static_cast<double>(std::max(a.observations, b.observations));
    choice.is_doubtful = a.in_second_half || b.in_second_half;
    if (!choice.is_doubtful) return choice;
  }
  return choice;
}

Scenario with_warm_up(Scenario scenario, const WarmUpChoice& choice) {
  scenario.period.chooses_warm_up = false;
  scenario.period.warm_up = {choice.days, false};
  return scenario;
}

}  // namespace ketensim
