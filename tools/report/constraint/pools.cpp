// What limits the chain, and what one more slot is worth at each pool.
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "tools/report/constraint/view.hpp"

namespace ketensim::report {
namespace {

using enum ConstraintPhrase;

bool changes_nothing(const CsvTable& pools, std::size_t row) {
  return pools.number(row, "slot_replications") == 0.0 || pools.number(row, "slot_waiting") == 0.0;
}

/// The constraint, what a slot more brings there, what comes next, and where the terms run out.
std::vector<std::string> answer(const ConstraintView& view, const std::string& scenario) {
  const CsvTable& pools = view.files().pools;
  const std::vector<std::size_t> rows = view.rows_of(pools, scenario);
  std::vector<std::string> first, sentences;
  std::size_t idle = 0;
  for (const std::size_t row : rows) {
    if (pools.number(row, "rank") == 1.0) first.push_back(pools.text(row, "pool"));
    idle += changes_nothing(pools, row) ? 1 : 0;
  }
  if (rows.empty() || changes_nothing(pools, rows.front())) return {view.say(none, fmt::arg("scenario", scenario))};
  const std::string& best = pools.text(rows.front(), "pool");
  sentences.push_back(first.size() == 1
                          ? view.say(is_constraint, fmt::arg("scenario", scenario), fmt::arg("pool", best))
                          : view.say(one_of, fmt::arg("scenario", scenario),
                                     fmt::arg("pools", fmt::format("{}", fmt::join(first, ", ")))));
  if (pools.number(rows.front(), "slot_added") == 1.0) {
    const Summary change = pools.summary(rows.front(), "slot_waiting");
    sentences.push_back(view.say(worth_sentence, fmt::arg("pool", best), fmt::arg("change", view.number(change.mean)),
                                 fmt::arg("low", view.low(change)), fmt::arg("high", view.high(change))));
  }
  if (idle > 0)
    sentences.push_back(view.say(worth_nothing_sentence, fmt::arg("count", idle), fmt::arg("all", rows.size())));
  const CsvTable& steps = view.files().steps;
  for (const std::size_t row : view.rows_of(steps, scenario))
    if (steps.text(row, "step") == "elevate" && steps.number(row, "reached") == 1.0)
      sentences.push_back(
          view.say(next_sentence,
                   fmt::arg("added", fmt::format("{} {}", view.number(steps.number(row, "amount"), 0),
                                                 view.say(steps.text(row, "unit") == "fte" ? fte : slots))),
                   fmt::arg("pool", steps.text(row, "pool")), fmt::arg("next", steps.text(row, "next"))));
  return sentences;
}

Chart worth_of(const ConstraintView& view, const std::vector<std::size_t>& rows) {
  const CsvTable& pools = view.files().pools;
  std::vector<std::string> names;
  std::vector<Summary> slot, one_fte;
  for (const std::size_t row : rows) {
    if (changes_nothing(pools, row)) continue;
    names.push_back(pools.text(row, "pool"));
    slot.push_back(pools.summary(row, "slot_waiting"));
    one_fte.push_back(pools.summary(row, "fte_waiting"));
  }
  Chart chart = view.amounts(view.say(worth_chart), view.say(Phrase::cases), names);
  view.add(chart, view.say(worth_slot) + ": " + view.number(pools.number(rows.front(), "slot_added"), 0), slot);
  if (std::any_of(one_fte.begin(), one_fte.end(), [](const Summary& worth) { return !std::isnan(worth.mean); }))
    view.add(chart, view.say(worth_fte), one_fte);
  for (std::size_t i = 0; i < names.size() && i < 3; ++i)
    chart.sentence +=
        (i > 0 ? " " : "") + view.say(worth_chart_sentence, fmt::arg("pool", names[i]),
                                      fmt::arg("change", view.number(slot[i].mean)), fmt::arg("low", view.low(slot[i])),
                                      fmt::arg("high", view.high(slot[i])));
  return chart;
}

Table table_of(const ConstraintView& view, const std::vector<std::size_t>& rows) {
  const CsvTable& pools = view.files().pools;
  Table table;
  table.title = view.say(pools_table);
  const std::string percent = view.say(Phrase::percent), cases = view.say(Phrase::cases);
  table.headers = {{view.say(pool), ""},
                   {view.say(rank), ""},
                   {view.say(in_use), percent},
                   {view.say(for_it), cases},
                   {view.say(of_all), percent},
                   {view.say(bottleneck), percent},
                   {view.say(waiting), cases},
                   {view.say(lead_time), view.say(Phrase::days)},
                   {view.say(to_help), view.say(Phrase::days)},
                   {view.say(norm_met), view.say(Phrase::percent_points)}};
  for (const std::size_t row : rows) {
    const auto change = [&](const char* column, double scale) {
      return difference(pools.summary(row, column), scale, view.style());
    };
    const double sole = pools.number(row, "bottleneck_sole"), shared = pools.number(row, "bottleneck_shared");
    table.rows.push_back({pools.text(row, "pool"),
                          pools.text(row, "rank") + (pools.number(row, "tied") == 1.0 ? "=" : ""),
                          view.number(100.0 * pools.number(row, "utilisation"), 0),
                          with_interval(pools.summary(row, "queue_mean"), 1.0, view.style()),
                          view.number(100.0 * pools.number(row, "waiting_share"), 0),
                          view.number(100.0 * (sole + shared), 0), change("slot_waiting", 1.0),
                          change("slot_lead_time", 1.0), change("slot_to_help", 1.0), change("slot_norm_met", 100.0)});
  }
  return table;
}

}  // namespace

void put_limits(Page& page, const ConstraintView& view) {
  page.section(view.say(what_limits), "answer");
  for (const std::string& scenario : view.scenarios())
    for (const std::string& sentence : answer(view, scenario)) page.element("p class=\"first\"", sentence);
  page.close("section");
}

void put_worth(Page& page, const ConstraintView& view) {
  page.section(view.say(worth));
  page.note(view.say(worth_note));
  std::vector<Page::Panel> panels;
  for (const std::string& scenario : view.scenarios())
    panels.emplace_back(scenario, [&page, &view, scenario] {
      const std::vector<std::size_t> rows = view.rows_of(view.files().pools, scenario);
      if (const Chart chart = worth_of(view, rows); !chart.categories.empty())
        page.chart(chart, table_of(view, rows));
      else
        page.table(table_of(view, rows));
    });
  page.choice(view.say(ConstraintPhrase::scenario), panels);
  page.close("section");
}

}  // namespace ketensim::report
