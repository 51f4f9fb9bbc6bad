#include "tools/results/allocation.hpp"

#include <fmt/format.h>

#include <numeric>

#include "tools/results/csv.hpp"

namespace ketensim {
namespace {

const char* unit_name(const AllocationOptions& options) { return options.unit == CapacityUnit::fte ? "fte" : "slots"; }

}  // namespace

int units_in(const Allocation& units) { return std::accumulate(units.begin(), units.end(), 0); }

std::string allocation_text(const std::vector<std::string>& pools, const Allocation& units) {
  std::string text;
  for (std::size_t p = 0; p < pools.size(); ++p)
    if (units[p] > 0) text += fmt::format("{}{} {}", text.empty() ? "" : " + ", units[p], pools[p]);
  return text;
}

std::string allocation_csv(const AllocationStudy& study, const AllocationOptions& options) {
  std::string text = "pool,unit,objective,one_alone,one_alone_se,best,runner_up\n";
  const BestAllocation& best = study.best.back();
  for (std::size_t p = 0; p < study.pools.size(); ++p)
    text += fmt::format("{},{},{},{},{},{},{}\n", csv_field(study.pools[p]), unit_name(options), options.objective,
                        csv_number(study.marginal[p].mean), csv_number(study.marginal[p].se), best.units[p],
                        best.runner_up.empty() ? "" : fmt::format("{}", best.runner_up[p]));
  return text;
}

std::string frontier_csv(const AllocationStudy& study, const AllocationOptions& options) {
  std::string text =
      "amount,unit,objective,choice,allocation,value,value_se,effect,effect_se,behind,behind_se,probability,tried,"
      "all_tried\n";
  const auto row = [&](const char* choice, const Allocation& units, const Summary& value, const Summary& effect,
                       const std::string& rest) {
    text += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", units_in(units), unit_name(options), options.objective,
                        choice, csv_field(allocation_text(study.pools, units)), csv_number(value.mean),
                        csv_number(value.se), csv_number(effect.mean), csv_number(effect.se), rest);
  };
  for (const BestAllocation& best : study.best) {
    row("best", best.units, best.value, best.effect,
        fmt::format(",,{},{},{}", csv_number(best.probability), best.tried, best.all_tried ? "yes" : "no"));
    if (!best.runner_up.empty())
      row("runner-up", best.runner_up, best.runner_up_value, best.runner_up_effect,
          fmt::format("{},{},,,", csv_number(best.behind.mean), csv_number(best.behind.se)));
  }
  return text;
}

}  // namespace ketensim
