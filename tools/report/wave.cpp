#include "tools/report/wave.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tools/results/dates.hpp"

namespace ketensim::report {

Table wave_table(const Study& study, const Results& baseline, const Results& alternative, const View& view) {
  Table table;
  table.title = fmt::format("The wave that {} sends", alternative.scenario);
  table.headers = {{"step", ""},
                   {"arrives", ""},
                   {"peak", ""},
                   {"at the peak", "cases"},
                   {"90% within", "days"},
                   {"waiting", "child-days"},
                   {"beyond a norm", "cases"}};
  const ShownBursts shown = shown_bursts(baseline, alternative, shown_places(study, baseline, view.all_members));
  for (const Wave& wave : waves(baseline, alternative)) {
    const Burst& burst = wave.burst;
    const auto same = [&](const Burst& other) {
      return other.organisation == burst.organisation && other.step == burst.step;
    };
    if (std::none_of(shown.bursts.begin(), shown.bursts.end(), same)) continue;
    table.rows.push_back({place_text(study, {burst.organisation, burst.step}, view),
                          period_text(baseline.periods[burst.first], view.language),
                          period_text(baseline.periods[burst.peak], view.language),
                          difference(burst.at_peak, 1.0, view.style), number(wave.days_to_pass, 0, view.style),
                          difference(wave.waiting, 1.0, view.style),
                          wave.normed ? difference(wave.breaches, 1.0, view.style) : "-"});
  }
  table.notes.emplace_back(
      "Above the baseline, from the arrival to the end of the report. 90% within: from the first day of its arrival to "
      "the end of the period by which nine tenths of the extra inflow has come. A shorter `report:` tells more exactly "
      "when.");
  return table;
}

Table accompany_table(const std::string& alternative, const Accompaniment& accompaniment, const Results& baseline) {
  Table table;
  table.title = fmt::format("What must accompany {} to keep every queue at or below the baseline's", alternative);
  table.headers = {{"pool", ""}, {"slots", ""}, {"from", ""}, {"until", ""}, {"slot-days", ""}};
  double slot_days = 0.0;
  for (const Accompanying& added : accompaniment.pools) {
    table.rows.push_back({added.pool, fmt::format("+{}", added.slots), iso_date(added.from), iso_date(added.until),
                          fmt::format("{:.0f}", added.slot_days())});
    slot_days += added.slot_days();
  }
  if (table.rows.size() > 1) table.rows.push_back({"together", "", "", "", fmt::format("{:.0f}", slot_days)});
  if (table.rows.empty() && accompaniment.left_over.empty()) table.notes.emplace_back("Nothing: no queue rises.");
  for (const LeftOver& over : accompaniment.left_over)
    table.notes.push_back(
        fmt::format("NOT KEPT: {}.{} stays above, most in {} by {} cases: more slots do not help there.",
                    over.organisation, over.step, period_text(baseline.periods[over.period], Language::en),
                    difference(over.extra, 1.0, plain_style())));
  table.notes.push_back(
      fmt::format("The fewest slots; for these the earliest end, then the latest begin, in whole weeks. At the "
                  "baseline: in every period "
                  "of the report "
                  "the mean queue is at most {} cases, or two standard errors, above it.",
                  kAtBaseline));
  return table;
}

}  // namespace ketensim::report
