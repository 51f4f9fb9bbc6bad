#include "tools/results/constraint.hpp"

#include <fmt/format.h>

#include <cmath>

#include "tools/results/csv.hpp"

namespace ketensim {
namespace {

std::string header() {
  std::string text = "rank,pool,scenario,tied,objective";
  for (const char* figure : {"utilisation", "queue_mean", "queue_growth_per_month", "waiting_share", "bottleneck_sole",
                             "bottleneck_shared", "idle_slots_while_waiting"})
    text += fmt::format(",{0},{0}_se", figure);
  for (const char* change : {"slot", "fte"}) {
    text += fmt::format(",{0}_added,{0}_replications", change);
    for (const ObjectiveKind& kind : objective_kinds()) text += fmt::format(",{0}_{1},{0}_{1}_se", change, kind.name);
    text += fmt::format(",{}_file", change);
  }
  return text + "\n";
}

void append(std::string& text, const Summary& summary) {
  text += ',' + csv_number(summary.mean) + ',' + csv_number(summary.se);
}

void append(std::string& text, const Worth& worth, double added, const std::string& file) {
  text += fmt::format(",{},{}", csv_number(added), worth.replications);
  for (const Summary& effect : worth.effect) append(text, effect);
  text += ',' + csv_field(file);
}

void append_empty(std::string& text) { text.append(3 + 2 * kObjectives, ','); }

}  // namespace

std::string constraint_csv(const std::vector<ConstraintStudy>& studies) {
  std::string text = header();
  for (const ConstraintStudy& study : studies)
    for (std::size_t p = 0; p < study.constraint.pools.size(); ++p) {
      const PoolWorth& pool = study.constraint.pools[p];
      text +=
          fmt::format("{},{},{},{},{}", pool.rank, csv_field(pool.pool), csv_field(study.scenario), pool.tied ? 1 : 0,
                      objective_kinds()[static_cast<std::size_t>(study.constraint.objective)].name);
      for (const Summary& figure :
           {pool.utilisation, pool.waiting, pool.growth, pool.waiting_share, pool.sole, pool.shared, pool.idle})
        append(text, figure);
      append(text, pool.slot, study.constraint.slots, study.slot_files[p]);
      if (pool.fte)
        append(text, *pool.fte, 1.0, study.fte_files[p]);
      else
        append_empty(text);
      text += '\n';
    }
  return text;
}

}  // namespace ketensim
