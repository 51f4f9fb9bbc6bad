#include "tools/report/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ketensim::report {
namespace {

std::string say(Phrase phrase, const View& view) { return std::string(text_of(phrase, view.language)); }

/// A phrase with figures in its named places.
template <class... Arguments>
std::string say(Phrase phrase, const View& view, const Arguments&... arguments) {
  return fmt::format(fmt::runtime(text_of(phrase, view.language)), arguments...);
}

Table::Header header(const Column& column, const View& view) {
  return {say(column.header, view), say(column.unit, view), std::string(column.indicator)};
}

std::string cell(const Summary& summary, const Column& column, double factor, const View& view) {
  if (column.interval) return with_interval(summary, factor, view.style);
  const double value = summary.mean * factor;
  return column.scale == Scale::plain ? number(value, view.style) : number(value, 0, view.style);
}

/// Costs are the same in every future: they have no interval.
Summary without_needless_interval(Summary summary, const Column& column) {
  if (is_cost(column)) summary.se = std::nan("");
  return summary;
}

std::string scenario_text(const Results& results, const View& view) {
  return view.names && !results.name.empty() ? results.name : results.scenario;
}

std::string period_name(const Results& results, std::size_t period, const View& view) {
  return period_text(results.periods[period], view.language);
}

}  // namespace

std::string place_text(const Study& study, const Place& place, const View& view) {
  if (!view.names) return place.organisation + "." + place.step;
  return study.label(place.organisation).name + " – " + place.step;
}

Table step_table(const Study& study, const Results& results, const View& view) {
  const std::size_t whole = whole_period(results);
  Table table{say(Phrase::steps, view), {{say(Phrase::step, view), ""}}, {}, {}};
  for (const Column& column : step_columns()) {
    table.headers.push_back(header(column, view));
    if (view.names && column.indicator == "queue_end")
      table.headers.push_back({say(Phrase::waiting_futures, view), say(Phrase::cases, view)});
  }
  for (const Place& place : shown_places(study, results, view.all_members)) {
    std::vector<std::string> row{place_text(study, place, view)};
    for (const Column& column : step_columns()) {
      const Summary summary = figure_at(results, place, column.indicator, whole);
      row.push_back(cell(summary, column, factor_of(column.scale, results.periods[whole]), view));
      if (view.names && column.indicator == "queue_end")
        row.push_back(summary.defined == 0 ? "-"
                                           : fmt::format("{} – {}", number(summary.p05, 0, view.style),
                                                         number(summary.p95, 0, view.style)));
    }
    table.rows.push_back(std::move(row));
  }
  table.notes.push_back(say(Phrase::interval_note, view, fmt::arg("replications", results.replications)));
  return table;
}

Table chain_table(const Results& results, const View& view) {
  const std::size_t whole = whole_period(results);
  Table table{say(Phrase::chain, view), {{say(Phrase::figure, view), ""}, {say(Phrase::value, view), ""}}, {}, {}};
  for (const Column& figure : chain_figures()) {
    if (!is_told(figure, results)) continue;
    const Summary summary =
        without_needless_interval(figure_at(results, {"chain", "all"}, figure.indicator, whole), figure);
    table.rows.push_back({say(figure.header, view),
                          with_interval(summary, factor_of(figure.scale, results.periods[whole]), view.style)});
  }
  return table;
}

Table difference_table(const Study& study, const Results& baseline, const Results& alternative, const View& view) {
  const std::size_t whole = whole_period(baseline);
  Table table{say(Phrase::differences, view), {{say(Phrase::step, view), ""}}, {}, {}};
  for (const Column& column : difference_columns()) table.headers.push_back(header(column, view));
  for (const Place& place : shown_places(study, baseline, view.all_members)) {
    std::vector<std::string> row{place_text(study, place, view)};
    bool clear = false;
    for (const Column& column : difference_columns()) {
      const Summary summary = effect_at(baseline, alternative, place, column.indicator, whole);
      clear = clear || noticeable(summary, figure_at(baseline, place, column.indicator, whole));
      row.push_back(difference(summary, factor_of(column.scale, baseline.periods[whole]), view.style));
    }
    if (clear) table.rows.push_back(std::move(row));
  }
  if (identical(baseline, alternative))
    table.notes.push_back(say(Phrase::zero_everywhere, view));
  else if (baseline.replications < 2)
    table.notes.push_back(say(Phrase::too_few_replications, view));
  else
    table.notes.push_back(say(table.rows.empty() ? Phrase::no_differences : Phrase::stand_out_note, view));
  return table;
}

Table chain_difference_table(const Results& baseline, const Results& alternative, const View& view) {
  const std::size_t whole = whole_period(baseline);
  Table table{say(Phrase::chain, view),
              {{say(Phrase::figure, view), ""}, {baseline.scenario, ""}, {say(Phrase::difference, view), ""}},
              {},
              {}};
  for (const Column& figure : chain_figures()) {
    if (!is_told(figure, baseline) && !is_told(figure, alternative)) continue;
    const double factor = factor_of(figure.scale, baseline.periods[whole]);
    const Summary before = figure_at(baseline, {"chain", "all"}, figure.indicator, whole),
                  change = effect_at(baseline, alternative, {"chain", "all"}, figure.indicator, whole);
    table.rows.push_back({say(figure.header, view),
                          with_interval(without_needless_interval(before, figure), factor, view.style),
                          difference(without_needless_interval(change, figure), factor, view.style)});
  }
  return table;
}

Table overview_table(const Study& study, const View& view) {
  const Results& baseline = study.results.front();
  const std::size_t whole = whole_period(baseline);
  Table table{say(Phrase::side_by_side, view), {{say(Phrase::alternative, view), ""}}, {}, {}};
  std::vector<Column> columns;
  for (const Column& column : overview_columns())
    if (std::any_of(study.results.begin(), study.results.end(), [&](const Results& r) { return is_told(column, r); }))
      columns.push_back(column);
  for (const Column& column : columns) table.headers.push_back(header(column, view));
  for (std::size_t i = 1; i < study.results.size(); ++i) {
    std::vector<std::string> row{scenario_text(study.results[i], view)};
    std::vector<double> values{std::nan("")};
    for (const Column& column : columns) {
      const Summary change = effect_at(baseline, study.results[i], {"chain", "all"}, column.indicator, whole);
      const bool told = is_told(column, baseline) || is_told(column, study.results[i]);
      row.push_back(told ? difference(without_needless_interval(change, column),
                                      factor_of(column.scale, baseline.periods[whole]), view.style)
                         : "-");
      values.push_back(change.mean);
    }
    table.rows.push_back(std::move(row));
    table.values.push_back(std::move(values));
    table.keys.push_back(study.results[i].scenario + " chain.all");
  }
  table.notes.push_back(say(Phrase::side_by_side_note, view, fmt::arg("baseline", scenario_text(baseline, view))));
  if (std::any_of(columns.begin(), columns.end(), is_cost)) table.notes.push_back(say(Phrase::costs_note, view));
  return table;
}

Table burst_table(const Study& study, const Results& baseline, const Results& alternative, const View& view) {
  const ShownBursts shown = shown_bursts(baseline, alternative, shown_places(study, baseline, view.all_members));
  Table table{say(Phrase::bursts, view),
              {{say(Phrase::step, view), ""},
               {say(Phrase::arrives, view), ""},
               {say(Phrase::peak, view), ""},
               {say(Phrase::peak_inflow, view), say(Phrase::cases_in_period, view)},
               {say(Phrase::gone, view), ""}},
              {},
              {}};
  for (const Burst& burst : shown.bursts)
    table.rows.push_back(
        {place_text(study, {burst.organisation, burst.step}, view), period_name(baseline, burst.first, view),
         period_name(baseline, burst.peak, view), difference(burst.at_peak, 1.0, view.style),
         burst.gone == Results::npos ? say(Phrase::not_gone, view) : period_name(baseline, burst.gone, view)});
  table.notes.push_back(say(table.rows.empty() ? Phrase::no_bursts : Phrase::burst_note, view));
  if (shown.left_out > 0)
    table.notes.push_back(say(Phrase::small_bursts_left_out, view, fmt::arg("count", shown.left_out)));
  return table;
}

Table rise_table(const Study& study, const Results& baseline, const Results& alternative, const View& view) {
  Table table{say(Phrase::rises, view),
              {{say(Phrase::step, view), ""},
               {say(Phrase::highest_in, view), ""},
               {say(Phrase::extra_waiting, view), say(Phrase::cases, view)}},
              {},
              {}};
  for (const Rise& rise : rises(baseline, alternative, shown_places(study, baseline, view.all_members)))
    table.rows.push_back({place_text(study, rise.place, view), period_name(baseline, rise.period, view),
                          difference(rise.extra, 1.0, view.style)});
  return table;
}

}  // namespace ketensim::report
