#include "tools/report/constraint.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "tools/results/dates.hpp"

namespace ketensim::report {
namespace {

std::string rank_text(const PoolWorth& pool) { return fmt::format("{}{}", pool.rank, pool.tied ? "=" : ""); }

std::string percent(const Summary& share) {
  return std::isnan(share.mean) ? "-" : fmt::format("{:.0f}", 100.0 * share.mean);
}

std::string change(const Worth& worth, Aim objective) {
  if (worth.replications == 0) return "0";
  return difference(worth.effect[static_cast<std::size_t>(objective)], objective == Aim::norm_met ? 100.0 : 1.0,
                    plain_style());
}

std::string count_of_slots(const Constraint& constraint) {
  return constraint.slots == 1.0 ? "one more slot" : fmt::format("{:g} more slots", constraint.slots);
}

}  // namespace

Table pools_table(const ConstraintStudy& study) {
  Table table;
  table.title = "Pools by what " + count_of_slots(study.constraint) + " is worth";
  table.headers = {{"pool", ""},
                   {"rank", ""},
                   {"in use", "%"},
                   {"waiting", "cases"},
                   {"growth", "cases/month"},
                   {"of all waiting", "%"},
                   {"bottleneck alone", "% of time"},
                   {"with another", "% of time"},
                   {"slots free while some wait", "slots"}};
  for (const PoolWorth& pool : study.constraint.pools)
    table.rows.push_back({pool.pool, rank_text(pool), percent(pool.utilisation),
                          with_interval(pool.waiting, 1.0, plain_style()), difference(pool.growth, 1.0, plain_style()),
                          percent(pool.waiting_share), percent(pool.sole), percent(pool.shared),
                          number(pool.idle.mean, plain_style())});
  table.notes.push_back(fmt::format(
      "Means over the whole period and {} replications; ± is the 95% interval of that mean. Pools that cannot be told "
      "apart share a rank (=).",
      study.constraint.replications));
  table.notes.emplace_back(
      "Bottleneck: at each moment the pool that is active longest without a break; with another, where the turn "
      "passes.");
  return table;
}

Table worth_table(const ConstraintStudy& study) {
  Table table;
  const Constraint& constraint = study.constraint;
  table.title =
      fmt::format("What {} brings, and one more fte, from {}", count_of_slots(constraint), iso_date(constraint.from));
  table.headers = {{"pool", ""},          {"slot: waiting", "cases"}, {"lead time", "days"},
                   {"to help", "days"},   {"norm met", "% points"},   {"fte: waiting", "cases"},
                   {"lead time", "days"}, {"to help", "days"},        {"norm met", "% points"}};
  int least = constraint.replications;
  for (const PoolWorth& pool : constraint.pools) {
    std::vector<std::string> row{pool.pool};
    for (std::size_t o = 0; o < kObjectives; ++o) row.push_back(change(pool.slot, static_cast<Aim>(o)));
    for (std::size_t o = 0; o < kObjectives; ++o)
      row.push_back(pool.fte ? change(*pool.fte, static_cast<Aim>(o)) : "-");
    table.rows.push_back(std::move(row));
    if (pool.slot.replications > 0) least = std::min(least, pool.slot.replications);
  }
  table.notes.push_back(
      fmt::format("Alternative minus baseline for the chain as a whole, with 95% interval, over {} to {} replications: "
                  "most where pools are hard to tell apart. 0: nobody is ever short of a slot.",
                  least, constraint.replications));
  return table;
}

std::string constraint_sentence(const ConstraintStudy& study) {
  std::vector<std::string> first;
  for (const PoolWorth& pool : study.constraint.pools)
    if (pool.rank == 1) first.push_back(pool.pool);
  if (first.empty()) return "There is no pool.";
  const PoolWorth& best = study.constraint.pools.front();
  if (best.slot.replications == 0 || best.slot.effect[static_cast<std::size_t>(study.constraint.objective)].mean == 0.0)
    return "No pool limits the chain: nowhere does a slot more change anything.";
  if (first.size() == 1) return fmt::format("The constraint is {}.", first.front());
  return fmt::format("The constraint is one of {}: they cannot be told apart in {} replications.",
                     fmt::join(first, ", "), study.constraint.replications);
}

}  // namespace ketensim::report
