// The wave downstream: what an alternative sends to the steps that follow, and what comes to wait there.
#include <algorithm>

#include "tools/report/findings.hpp"
#include "tools/report/study/courses.hpp"
#include "tools/report/study/parts.hpp"

namespace ketensim::report {
namespace {

using enum StudyPhrase;

constexpr double kHalfInterval = 1.96;  // standard errors

ChartSeries difference_series(const StudyView& view, const Results& alternative, const Place& place,
                              std::string_view indicator, StudyPhrase name, int look) {
  const Results& baseline = view.baseline();
  ChartSeries series;
  series.name = view.say(name);
  series.look = look;
  for (std::size_t period = 0; period < baseline.base_periods; ++period) {
    const Summary change = effect_at(baseline, alternative, place, indicator, period);
    series.x.push_back(static_cast<double>(baseline.periods[period].from.time_since_epoch().count()));
    series.y.push_back(change.mean);
    series.low.push_back(change.mean - kHalfInterval * change.se);
    series.high.push_back(change.mean + kHalfInterval * change.se);
  }
  return series;
}

void put_wave(Page& page, const StudyView& view, const Results& alternative, const Burst& burst) {
  const Place place{burst.organisation, burst.step};
  Chart chart;
  chart.kind = Chart::Kind::over_time;
  chart.language = view.language();
  chart.small = true;
  chart.legend = false;
  chart.title = view.place(place);
  chart.series = {difference_series(view, alternative, place, "inflow", extra_inflow, 0),
                  difference_series(view, alternative, place, "queue_end", extra_waiting, 1)};
  chart.sentence = view.say(wave_sentence, fmt::arg("peak", view.period(view.baseline(), burst.peak)),
                            fmt::arg("extra", view.number(burst.at_peak.mean)),
                            fmt::arg("low", view.low(burst.at_peak)), fmt::arg("high", view.high(burst.at_peak)));
  page.chart(chart);
}

void put_panel(Page& page, const StudyView& view, std::size_t scenario) {
  const Results& alternative = view.results(scenario);
  page.list(findings(view.study(), view.baseline(), alternative, view.view()));
  const ShownBursts shown = shown_bursts(view.baseline(), alternative, view.places());
  const Table rising = rise_table(view.study(), view.baseline(), alternative, view.view());
  if (shown.bursts.empty() && rising.rows.empty()) return page.note(view.say(no_wave));
  if (!shown.bursts.empty() && over_time(view)) {
    std::vector<ChartSeries> legend(2);
    legend[0].name = view.say(extra_inflow);
    legend[1].name = view.say(extra_waiting);
    page.legend(legend);
    page.open("div class=\"multiples\"");
    for (const Burst& burst : shown.bursts) put_wave(page, view, alternative, burst);
    page.close("div");
  }
  page.table(burst_table(view.study(), view.baseline(), alternative, view.view()));
  if (!rising.rows.empty()) page.table(rising);
}

}  // namespace

void put_waves(Page& page, const StudyView& view) {
  if (!view.compared()) return;
  page.section(view.say(wave));
  page.note(view.say(wave_note));
  std::vector<Page::Panel> panels;
  for (std::size_t i = 1; i < view.scenarios(); ++i)
    panels.emplace_back(view.title(i), [&page, &view, i] { put_panel(page, view, i); });
  page.choice(view.say(scenario_choice), panels);
  page.close("section");
}

}  // namespace ketensim::report
