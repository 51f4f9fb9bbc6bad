#include "tools/report/allocation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tools/results/allocation.hpp"

namespace ketensim::report {
namespace {

const char* unit_name(const AllocationOptions& options) { return options.unit == CapacityUnit::fte ? "fte" : "slots"; }
const char* one_unit(const AllocationOptions& options) {
  return options.unit == CapacityUnit::fte ? "one fte" : "one slot";
}

/// Shares are told in percents.
double scale_of(const Objective& objective) { return objective.unit == "1" ? 100.0 : 1.0; }
std::string unit_of(const Objective& objective) { return objective.unit == "1" ? "%" : std::string(objective.unit); }

std::string placed(int units) { return units == 0 ? "" : fmt::format("{}", units); }

/// Half a percent is as exact as such a probability is.
std::string percent(double probability) {
  if (probability > 0.995) return ">99%";
  return fmt::format("{:.0f}%", 100.0 * probability);
}

/// One column for each allocation that is told of.
Table pool_table(const AllocationStudy& study, const AllocationOptions& options) {
  const Objective& objective = *find_objective(options.objective);
  const BestAllocation& last = study.best.back();
  Table table;
  table.title = fmt::format("What one more is worth at each pool, and the best use of {} {}", units_in(last.units),
                            unit_name(options));
  table.headers = {{"pool", ""}, {fmt::format("{} here alone", one_unit(options)), unit_of(objective)}};
  for (const BestAllocation& best : study.best)
    table.headers.push_back({fmt::format("best of {}", units_in(best.units)), ""});
  if (!last.runner_up.empty()) table.headers.push_back({"runner-up", ""});
  std::vector<std::size_t> order(study.pools.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const double first = study.marginal[a].mean, second = study.marginal[b].mean;
    return objective.more_is_better ? first > second : first < second;
  });
  for (const std::size_t p : order) {
    std::vector<std::string> row{study.pools[p], difference(study.marginal[p], scale_of(objective), plain_style())};
    for (const BestAllocation& best : study.best) row.push_back(placed(best.units[p]));
    if (!last.runner_up.empty()) row.push_back(placed(last.runner_up[p]));
    table.rows.push_back(std::move(row));
  }
  table.notes.push_back(fmt::format("Objective: {}; {} is better. Each pool alone: {} replications, seed {}.",
                                    objective.meaning, objective.more_is_better ? "more" : "less",
                                    study.marginal_replications, study.search_seed));
  return table;
}

Table best_table(const AllocationStudy& study, const AllocationOptions& options, int replications) {
  const Objective& objective = *find_objective(options.objective);
  const double scale = scale_of(objective);
  Table table;
  table.title = study.best.size() > 1 ? "The best use of each amount" : "The best use, and the one that comes nearest";
  table.headers = {{unit_name(options), ""},
                   {"", ""},
                   {options.objective, unit_of(objective)},
                   {"difference", unit_of(objective)},
                   {"from the best", unit_of(objective)},
                   {"right choice", ""}};
  table.rows.push_back({"0", "", with_interval(study.baseline, scale, plain_style()), "", "", ""});
  for (const BestAllocation& best : study.best) {
    const std::string amount = fmt::format("{}", units_in(best.units));
    table.rows.push_back({amount, "best", with_interval(best.value, scale, plain_style()),
                          difference(best.effect, scale, plain_style()), "", percent(best.probability)});
    if (!best.runner_up.empty())
      table.rows.push_back({amount, "runner-up", with_interval(best.runner_up_value, scale, plain_style()),
                            difference(best.runner_up_effect, scale, plain_style()),
                            difference(best.behind, scale, plain_style()), ""});
  }
  const BestAllocation& last = study.best.back();
  table.notes.push_back(
      fmt::format("{} replications, the same draws for all; ± is the 95% interval of a mean.", replications));
  table.notes.push_back(fmt::format(
      "Right choice: how probable it is that no other of the {} allocations tried is better by more than {:g} {}.",
      last.tried, scale * study.indifference, unit_of(objective)));
  table.notes.push_back(last.all_tried
                            ? "These are all that there are."
                            : "Not all were tried: the search moves one at a time, from where each is worth most.");
  if (last.probability < options.confidence)
    table.notes.push_back(fmt::format(
        "That is less than the {:g}% asked for: take any that is as good, or tell them further apart (--replications).",
        100.0 * options.confidence));
  return table;
}

Table effects_table(const AllocationStudy& study, const AllocationOptions& options) {
  const BestAllocation& best = study.best.back();
  Table table;
  table.title =
      fmt::format("What the best use of {} {} does to every objective", units_in(best.units), unit_name(options));
  table.headers = {{"objective", ""}, {"difference", ""}, {"unit", ""}};
  for (std::size_t o = 0; o < objectives().size(); ++o) {
    const Objective& objective = objectives()[o];
    if (best.effects[o].defined == 0) continue;
    table.rows.push_back({std::string(objective.name), difference(best.effects[o], scale_of(objective), plain_style()),
                          objective.unit == "1" ? "% points" : std::string(objective.unit)});
  }
  return table;
}

}  // namespace

std::vector<Table> allocation_tables(const AllocationStudy& study, const AllocationOptions& options, int replications) {
  return {pool_table(study, options), best_table(study, options, replications), effects_table(study, options)};
}

}  // namespace ketensim::report
