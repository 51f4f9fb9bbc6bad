// How long those have waited who wait: the whole and each step, at the end of every period.
#include <algorithm>
#include <array>
#include <cmath>

#include "tools/report/study/courses.hpp"
#include "tools/report/study/parts.hpp"

namespace ketensim::report {
namespace {

using enum StudyPhrase;

struct Band {
  std::string_view indicator;
  StudyPhrase name;
};
/// The longest first: it lies at the bottom, where its own course is seen.
constexpr std::array kBands{Band{"queue_over_13w", waiting_over_13w}, Band{"queue_to_13w", waiting_to_13w},
                            Band{"queue_to_4w", waiting_to_4w}, Band{"queue_to_1w", waiting_to_1w}};
constexpr double kSomeone = 0.05;  // cases: below, nobody

double waiting_at(const Results& results, const Place& place, std::size_t period) {
  double total = 0.0;
  for (const Band& band : kBands) total += figure_at(results, place, band.indicator, period).mean;
  return total;
}

bool anyone_waits(const Results& results, const Place& place) {
  for (std::size_t period = 0; period < results.base_periods; ++period)
    if (waiting_at(results, place, period) >= kSomeone) return true;
  return false;
}

std::string sentence(const StudyView& view, const Results& results, const Place& place) {
  const std::size_t last = results.base_periods - 1;
  const Summary longest = figure_at(results, place, kBands.front().indicator, last);
  const double first = figure_at(results, place, kBands.front().indicator, 0).mean;
  const std::string total = view.number(waiting_at(results, place, last)), until = view.period(results, last);
  if (longest.p95 < kSomeone && first < kSomeone)
    return view.say(waiting_none_sentence, fmt::arg("until", until), fmt::arg("total", total));
  return view.say(waiting_long_sentence, fmt::arg("until", until), fmt::arg("total", total),
                  fmt::arg("long", view.number(longest.mean, 0)), fmt::arg("low", view.number(longest.p05, 0)),
                  fmt::arg("high", view.number(longest.p95, 0)), fmt::arg("from", view.period(results, 0)),
                  fmt::arg("first", view.number(first, 0)));
}

Chart chart_of(const StudyView& view, const Results& results, const Place& place, bool small) {
  Chart chart;
  chart.kind = Chart::Kind::over_time;
  chart.language = view.language();
  chart.small = small;
  chart.legend = !small;
  chart.stacked = true;
  chart.title = small ? view.place(place) : view.say(waiting_long_all);
  for (const Band& band : kBands) {
    ChartSeries& series = chart.series.emplace_back();
    series.name = view.say(band.name);
    for (std::size_t period = 0; period < results.base_periods; ++period) {
      series.x.push_back(static_cast<double>(results.periods[period].until.time_since_epoch().count()) - 1.0);
      series.y.push_back(figure_at(results, place, band.indicator, period).mean);
    }
  }
  chart.sentence = sentence(view, results, place);
  return chart;
}

Table table_of(const StudyView& view, const Results& results, const std::vector<Place>& places) {
  const std::size_t whole = whole_period(results);
  Table table;
  table.title = view.say(waiting_long_table);
  table.headers = {{view.say(Phrase::step), ""}};
  for (auto band = kBands.rbegin(); band != kBands.rend(); ++band)
    table.headers.push_back({view.say(band->name), view.say(Phrase::cases), std::string(band->indicator)});
  table.headers.push_back({view.say(waiting_long_futures), view.say(Phrase::cases)});
  const auto add = [&](const std::string& name, const Place& place) {
    std::vector<std::string> row{name};
    std::vector<double> values{std::nan("")};
    for (auto band = kBands.rbegin(); band != kBands.rend(); ++band) {
      const Summary summary = figure_at(results, place, band->indicator, whole);
      row.push_back(with_interval(summary, 1.0, view.view().style));
      values.push_back(summary.mean);
    }
    const Summary longest = figure_at(results, place, kBands.front().indicator, whole);
    row.push_back(fmt::format("{} – {}", view.number(longest.p05, 0), view.number(longest.p95, 0)));
    values.push_back(std::nan(""));
    table.rows.push_back(std::move(row));
    table.values.push_back(std::move(values));
  };
  for (const Place& place : places) add(view.place(place), place);
  add(view.say(waiting_long_all), {"chain", "all"});
  return table;
}

void put_panel(Page& page, const StudyView& view, const Results& results) {
  std::vector<Place> places = view.places();
  std::erase_if(places, [&](const Place& place) { return !anyone_waits(results, place); });
  if (results.base_periods > 1) {
    page.chart(chart_of(view, results, {"chain", "all"}, false));
    page.open("div class=\"multiples\"");
    for (const Place& place : places) page.chart(chart_of(view, results, place, true));
    page.close("div");
  }
  page.table(table_of(view, results, places));
}

}  // namespace

void put_waiting(Page& page, const StudyView& view) {
  if (view.baseline().find("chain", "all", kBands.front().indicator) == Results::npos) return;  // did not tell
  page.section(view.say(waiting_long));
  page.note(view.say(waiting_long_note, fmt::arg("replications", view.baseline().replications)));
  std::vector<Page::Panel> panels;
  for (std::size_t i = 0; i < view.scenarios(); ++i)
    panels.emplace_back(view.title(i), [&page, &view, i] { put_panel(page, view, view.results(i)); });
  page.choice(view.say(scenario_choice), panels);
  page.close("section");
}

}  // namespace ketensim::report
