#include "tools/results/wave.hpp"

#include <fmt/format.h>

#include "tools/results/csv.hpp"
#include "tools/results/dates.hpp"

namespace ketensim {
namespace {

std::string mean_and_se(const Summary& summary) {
  return fmt::format("{},{}", csv_number(summary.mean), csv_number(summary.se));
}

}  // namespace

std::string wave_csv(const Study& study) {
  const Results& baseline = study.results.front();
  const auto label = [&](std::size_t period) {
    return period == Results::npos ? std::string() : baseline.periods[period].label;
  };
  std::string rows;
  for (std::size_t i = 1; i < study.results.size(); ++i)
    for (const Wave& wave : waves(baseline, study.results[i])) {
      const Burst& burst = wave.burst;
      rows += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", csv_field(study.results[i].scenario),
                          csv_field(baseline.scenario), burst.organisation, burst.step, label(burst.first),
                          label(burst.peak), label(wave.passed), label(burst.gone), csv_number(wave.days_to_pass),
                          mean_and_se(wave.inflow), mean_and_se(burst.at_peak), csv_number(burst.at_peak.p05),
                          csv_number(burst.at_peak.p95), mean_and_se(wave.waiting),
                          wave.normed ? mean_and_se(wave.breaches) : ",");
    }
  if (rows.empty()) return rows;
  return "scenario,baseline,organisation,step,arrives,peak,passed,gone,days_to_pass,inflow,inflow_se,peak_inflow,"
         "peak_inflow_se,peak_inflow_p05,peak_inflow_p95,waiting,waiting_se,breaches,breaches_se\n" +
         rows;
}

std::string accompany_csv(const std::vector<std::pair<std::string, Accompaniment>>& all) {
  std::string text = "alternative,pool,from,until,slots,slot_days\n";
  for (const auto& [alternative, accompaniment] : all)
    for (const Accompanying& added : accompaniment.pools)
      text += fmt::format("{},{},{},{},{},{}\n", csv_field(alternative), csv_field(added.pool), iso_date(added.from),
                          iso_date(added.until), added.slots, csv_number(added.slot_days()));
  return text;
}

}  // namespace ketensim
