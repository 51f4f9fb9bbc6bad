#include "ketensim/objective.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace ketensim {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

double of_chain(const Results& results, std::string_view indicator, int replication, std::size_t period) {
  const std::size_t figure = results.find("chain", "all", indicator);
  return figure == Results::npos ? kUndefined : results.value(replication, figure, period);
}

/// The totals over the members of a group would be counted twice.
bool is_group(const Chain& chain, const std::string& organisation) {
  return std::any_of(chain.organisations.begin(), chain.organisations.end(),
                     [&](const Organisation& other) { return other.id == organisation && !other.per.empty(); });
}

/// One step's figures in one replication and period.
struct AtStep {
  const Results& results;
  const Figure& at;
  int replication;
  std::size_t period;

  double operator()(std::string_view indicator) const {
    return results.value(replication, results.find(at.organisation, at.step, indicator), period);
  }
};

double waiting(const Chain& chain, const Results& results, int replication, std::size_t period) {
  double sum = 0.0;
  for (std::size_t f = 0; f < results.figures.size(); ++f) {
    const Figure& at = results.figures[f];
    if (at.step != "all" && indicator_kinds()[at.indicator].name == "queue_mean" && !is_group(chain, at.organisation))
      sum += results.value(replication, f, period);
  }
  return sum;
}

double norm_met(const Chain& chain, const Results& results, int replication, std::size_t period) {
  double met = 0.0, normed = 0.0;
  for (std::size_t f = 0; f < results.figures.size(); ++f) {
    const Figure& at = results.figures[f];
    const std::string_view indicator = indicator_kinds()[at.indicator].name;
    const bool on_wait = indicator == "norm_met_wait";
    if ((indicator != "norm_met" && !on_wait) || is_group(chain, at.organisation) || at.organisation == "chain")
      continue;
    const AtStep step{results, at, replication, period};
    const double cases = on_wait ? step("started") : step("outflow") - step("left");
    if (!(cases > 0.0)) continue;  // the share is undefined then
    met += cases * results.value(replication, f, period);
    normed += cases;
  }
  return normed > 0.0 ? met / normed : kUndefined;
}

constexpr std::array kObjectives{
    Objective{"time_to_help", "days", "first report to the start of help, mean (to_help_mean)", false,
              [](const Chain&, const Results& results, int replication, std::size_t period) {
                return of_chain(results, "to_help_mean", replication, period);
              }},
    Objective{"time_to_help_p90", "days", "first report to the start of help, 90th percentile (to_help_p90)", false,
              [](const Chain&, const Results& results, int replication, std::size_t period) {
                return of_chain(results, "to_help_p90", replication, period);
              }},
    Objective{"chain_lead", "days", "lead time of the cases that left the chain, mean (chain_mean)", false,
              [](const Chain&, const Results& results, int replication, std::size_t period) {
                return of_chain(results, "chain_mean", replication, period);
              }},
    Objective{"waiting", "cases", "cases waiting, all steps together, mean over time (queue_mean)", false, waiting},
    Objective{"children", "cases", "children in the chain at the end (children_end)", false,
              [](const Chain&, const Results& results, int replication, std::size_t period) {
                return of_chain(results, "children_end", replication, period);
              }},
    Objective{"norm_met", "1",
              "share of all normed terms that was met (norm_met of those ended, norm_met_wait of those started)", true,
              norm_met},
};

}  // namespace

std::span<const Objective> objectives() { return kObjectives; }

const Objective* find_objective(std::string_view name) {
  const auto found = std::find_if(kObjectives.begin(), kObjectives.end(),
                                  [&](const Objective& objective) { return objective.name == name; });
  return found == kObjectives.end() ? nullptr : &*found;
}

std::vector<double> objective_values(const Objective& objective, const Chain& chain, const Results& results) {
  const std::size_t whole = results.find_period("all");
  std::vector<double> values;
  for (int replication = 0; replication < results.replications; ++replication)
    values.push_back(objective.value(chain, results, replication, whole));
  return values;
}

}  // namespace ketensim
