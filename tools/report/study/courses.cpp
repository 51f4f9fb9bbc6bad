// Figures over time: scenarios beside each other, with the spread between futures.
#include "tools/report/study/courses.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "tools/report/earlier.hpp"
#include "tools/report/study/parts.hpp"

namespace ketensim::report {
namespace {

using enum StudyPhrase;

constexpr std::chrono::months kHistory{24};  // shown before the forecast
constexpr CourseKind kChildren{"children_end", children_over_time, false, true};
constexpr std::array kCourses{
    CourseKind{"queue_end", queue_over_time, false, true}, CourseKind{"wait_mean", wait_over_time},
    CourseKind{"norm_met_wait", wait_norm_over_time, true}, CourseKind{"norm_met", norm_over_time, true}};

double day_number(Date date) { return static_cast<double>(date.time_since_epoch().count()); }

double moment_of(const ReportedPeriod& period, bool at_end) {
  const double from = day_number(period.from), until = day_number(period.until);
  return at_end ? until - 1.0 : std::floor(0.5 * (from + until));
}

ChartSeries series_of(const StudyView& view, std::size_t scenario, const Place& place, const CourseKind& kind,
                      bool band) {
  const Results& results = view.results(scenario);
  ChartSeries series;
  series.name = view.title(scenario);
  series.look = static_cast<int>(scenario);
  for (std::size_t period = 0; period < results.base_periods; ++period) {
    const Summary summary = figure_at(results, place, kind.indicator, period);
    series.x.push_back(moment_of(results.periods[period], kind.at_end));
    series.y.push_back(summary.mean);
    if (!band) continue;
    series.low.push_back(summary.p05);
    series.high.push_back(summary.p95);
  }
  return series;
}

/// What partners delivered before the forecast begins, as dots before its lines.
void add_history(const StudyView& view, const Place& place, const CourseKind& kind, Chart& chart) {
  const HistoryFigure* figure = view.history(place, kind.indicator);
  if (!figure) return;
  const Date start = view.baseline().periods.front().from;
  const Date first{std::chrono::year_month_day(start) - kHistory};
  ChartSeries series = delivered(view);
  for (std::size_t i = 0; i < figure->months.size(); ++i) {
    const Date from = figure->months[i], until{std::chrono::year_month_day(from) + std::chrono::months(1)};
    if (from < first || until > start) continue;
    series.x.push_back(moment_of({"", from, until}, kind.at_end));
    series.y.push_back(figure->values[i]);
  }
  if (std::all_of(series.y.begin(), series.y.end(), [](double y) { return std::isnan(y); })) return;
  chart.series.push_back(std::move(series));
  chart.marks.push_back({day_number(start), 0.0, view.say(forecast)});
}

std::string told(const StudyView& view, double value, bool share) {
  return share ? view.number(100.0 * value, 0) + (std::isnan(value) ? "" : "%") : view.number(value);
}

std::string sentence_of(const StudyView& view, const Chart& chart, const std::vector<std::size_t>& scenarios) {
  std::string text;
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    const ChartSeries& series = chart.series[i];
    const Results& results = view.results(scenarios[i]);
    const std::string last = told(view, series.y.back(), chart.share);
    if (series.low.empty()) {
      text += view.say(chart_other, fmt::arg("scenario", series.name), fmt::arg("last", last));
      continue;
    }
    if (i > 0) text += ' ';
    text += view.say(chart_sentence, fmt::arg("scenario", series.name),
                     fmt::arg("first", told(view, series.y.front(), chart.share)),
                     fmt::arg("from", view.period(results, 0)), fmt::arg("last", last),
                     fmt::arg("until", view.period(results, results.base_periods - 1)),
                     fmt::arg("low", told(view, series.low.back(), chart.share)),
                     fmt::arg("high", told(view, series.high.back(), chart.share)));
  }
  return text;
}

/// Whether a course is worth drawing: the figure is there, and a queue is not empty throughout.
bool is_drawn(const StudyView& view, const Place& place, const CourseKind& kind) {
  if (view.baseline().find(place.organisation, place.step, kind.indicator) == Results::npos) return false;
  if (kind.share) return true;
  return std::any_of(view.study().results.begin(), view.study().results.end(),
                     [&](const Results& results) { return has_queue(results, place); });
}

}  // namespace

bool over_time(const StudyView& view) {
  return std::all_of(view.study().results.begin(), view.study().results.end(),
                     [](const Results& results) { return results.base_periods > 1; });
}

Chart course(const StudyView& view, const Place& place, const CourseKind& kind,
             const std::vector<std::size_t>& scenarios, bool small) {
  Chart chart;
  chart.kind = Chart::Kind::over_time;
  chart.language = view.language();
  chart.small = small;
  chart.legend = false;
  chart.share = kind.share;
  chart.title = view.say(kind.title);
  for (const std::size_t scenario : scenarios)
    chart.series.push_back(
        series_of(view, scenario, place, kind, scenarios.size() <= 2 || scenario == scenarios.front()));
  chart.sentence = sentence_of(view, chart, scenarios);
  add_history(view, place, kind, chart);
  return chart;
}

std::vector<ChartSeries> legend_of(const StudyView& view, const std::vector<std::size_t>& scenarios) {
  std::vector<ChartSeries> legend;
  for (const std::size_t scenario : scenarios) {
    ChartSeries& series = legend.emplace_back();
    series.name = view.title(scenario);
    series.look = static_cast<int>(scenario);
  }
  return legend;
}

ChartSeries delivered(const StudyView& view) {
  ChartSeries series;
  series.name = view.say(observed);
  series.kind = ChartSeries::Kind::dots;
  series.look = 0;
  return series;
}

void put_children(Page& page, const StudyView& view) {
  if (!over_time(view) || view.baseline().find("chain", "all", kChildren.indicator) == Results::npos) return;
  std::vector<std::size_t> all(view.scenarios());
  std::iota(all.begin(), all.end(), std::size_t{0});
  page.legend(legend_of(view, all));
  page.chart(course(view, {"chain", "all"}, kChildren, all, false));
}

bool has_courses(const StudyView& view, const Place& place) {
  return std::any_of(kCourses.begin(), kCourses.end(),
                     [&](const CourseKind& kind) { return is_drawn(view, place, kind); });
}

void put_courses(Page& page, const StudyView& view, const Place& place, const std::vector<std::size_t>& scenarios) {
  page.open("div class=\"multiples\"");
  for (const CourseKind& kind : kCourses)
    if (is_drawn(view, place, kind)) page.chart(course(view, place, kind, scenarios, true));
  page.close("div");
  put_doubts(page, view, place);
}

}  // namespace ketensim::report
