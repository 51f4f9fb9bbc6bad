// Families per month against the regression, its figures, and the attributes with which they come.
#include <algorithm>
#include <cmath>

#include "tools/report/fit/parts.hpp"

namespace ketensim::report {
namespace {

using enum FitPhrase;

/// Whole months of one stream. What may not be told is a hole.
struct Months {
  std::vector<Date> first;  // and the first day after the last month
  std::vector<double> observed, expected;
  std::vector<bool> told;
  std::size_t families = 0;  // of all days
};

Months months_of(const FitView& view, const StreamFit& fit) {
  const Date from = view.monitor().from;
  Months months{whole_months(from, view.monitor().until), {}, {}, {}, 0};
  for (const int day : fit.per_day) months.families += static_cast<std::size_t>(day);
  std::vector<std::size_t> counts;
  for (std::size_t m = 0; m + 1 < months.first.size(); ++m) {
    std::size_t count = 0;
    double expected = 0.0;
    for (auto day = static_cast<std::size_t>((months.first[m] - from).count());
         day < static_cast<std::size_t>((months.first[m + 1] - from).count()) && day < fit.per_day.size(); ++day) {
      count += static_cast<std::size_t>(fit.per_day[day]);
      expected += day < fit.arrivals.expected.size() ? fit.arrivals.expected[day] : kHole;
    }
    counts.push_back(count);
    months.expected.push_back(expected);
  }
  const std::vector<bool> hidden = view.disclosure().hidden(counts);
  for (std::size_t m = 0; m < counts.size(); ++m) {
    months.told.push_back(!hidden[m]);
    months.observed.push_back(hidden[m] ? kHole : static_cast<double>(view.disclosure().rounded(counts[m])));
  }
  return months;
}

std::vector<ChartMark> marks_of(const FitView& view, const StreamFit& fit) {
  std::vector<ChartMark> marks;
  const MonitorStep& entry = view.monitor().steps[static_cast<std::size_t>(fit.to)];
  for (const Gap& gap : view.monitor().gaps)
    if (gap.step == fit.to ||
        (gap.step == kUnknown && gap.organisation >= 0 &&
         view.monitor().organisations[static_cast<std::size_t>(gap.organisation)] == entry.organisation))
      marks.push_back({day_number(gap.from), day_number(gap.until), view.say(FitPhrase::gap)});
  for (const ArrivalChange& of : fit.arrivals.changes) {
    const Date until = of.kind == ArrivalChange::Kind::shock ? of.until : of.from;
    const std::string factor = "×\u00a0" + view.number(of.factor.estimate);
    marks.push_back({day_number(of.from), day_number(until),
                     of.kind == ArrivalChange::Kind::trend ? view.say(trend) + " " + factor : factor});
  }
  return marks;
}

void put_chart(Page& page, const FitView& view, const StreamFit& fit, const Months& months) {
  const std::string title = view.say(arrivals_chart, fmt::arg("step", view.step(fit.to)));
  double low = kHole, high = kHole;
  for (const double count : months.observed) {
    low = std::fmin(low, count);
    high = std::fmax(high, count);
  }
  if (std::isnan(low)) {
    page.element("h4", title);
    page.note(view.say(too_few_months));
    return;
  }
  Chart chart;
  chart.kind = Chart::Kind::over_time;
  chart.language = view.language();
  chart.title = title;
  chart.sentence = view.say(arrivals_sentence, fmt::arg("low", view.number(low, 0)),
                            fmt::arg("high", view.number(high, 0)), fmt::arg("cases", view.count(months.families)));
  chart.y_name = view.say(families_per_month);
  chart.marks = marks_of(view, fit);
  Table table{view.say(figures_of), {{view.say(month), ""}, {view.say(observed), ""}, {view.say(fitted), ""}}, {}, {}};
  std::vector<double> middle;
  for (std::size_t m = 0; m < months.observed.size(); ++m) {
    middle.push_back(day_number(months.first[m]) + 15.0);
    table.rows.push_back({view.month(months.first[m]), months.told[m] ? view.number(months.observed[m], 0) : "·",
                          view.number(months.expected[m])});
  }
  chart.series.push_back({view.say(observed), ChartSeries::Kind::dots, middle, months.observed, {}, {}, false});
  chart.series.push_back({view.say(fitted), ChartSeries::Kind::line, middle, months.expected, {}, {}, false});
  page.chart(chart, table);
}

Table figure_table(const FitView& view, const StreamFit& fit) {
  const ArrivalFit& of = fit.arrivals;
  Table table{
      view.say(arrival_figures), {{view.say(figure), ""}, {view.say(value), ""}, {view.say(interval), ""}}, {}, {}};
  const auto add = [&](FitPhrase name, const Estimate& estimate, bool in_model, const std::string& value_text,
                       const std::string& interval_text) {
    table.rows.push_back({view.say(name), in_model ? value_text : view.say(not_in_model),
                          in_model && std::isfinite(estimate.low) ? interval_text : "–"});
  };
  add(rate, of.per_day, true, view.number(of.pattern.per_day), view.interval(of.per_day));
  add(trend, of.trend_per_year, of.pattern.trend_per_year != 0.0, view.number(100.0 * of.pattern.trend_per_year) + "%",
      view.interval(of.trend_per_year, 100.0) + "%");
  add(school_holidays, of.school_holidays, of.pattern.school_holidays != 1.0,
      "× " + view.number(of.pattern.school_holidays), view.interval(of.school_holidays));
  add(public_holidays, of.public_holidays, of.pattern.public_holidays != 1.0,
      "× " + view.number(of.pattern.public_holidays), view.interval(of.public_holidays));
  const auto deviation = [](Estimate variance) {
    for (double* figure : {&variance.estimate, &variance.low, &variance.high})
      *figure = std::sqrt(std::max(0.0, *figure));
    return variance;
  };
  const auto dispersion = [&](FitPhrase name, double variance, const Estimate& estimate) {
    add(name, estimate, variance > 0.0, view.number(100.0 * std::sqrt(variance)) + "%",
        view.interval(deviation(estimate), 100.0) + "%");
  };
  dispersion(day_dispersion, of.pattern.day_dispersion, of.day_dispersion);
  dispersion(month_dispersion, of.pattern.month_dispersion, of.month_dispersion);
  table.rows.push_back({view.say(dispersion_p), view.probability(of.p_dispersion), "–"});
  return table;
}

Table factor_table(const FitView& view, const ArrivalFit& of) {
  Table table{view.say(factors), {{view.say(month), ""}, {view.say(factor), ""}, {view.say(interval), ""}}, {}, {}};
  for (std::size_t m = 0; m < 12; ++m)
    table.rows.push_back({view.month_name(m), view.number(of.pattern.month[m], 2), view.interval(of.month[m])});
  for (std::size_t d = 0; d < 7; ++d)
    table.rows.push_back({view.weekday_name(d), view.number(of.pattern.weekday[d], 2), view.interval(of.weekday[d])});
  return table;
}

std::string until_text(const FitView& view, const ArrivalChange& change) {
  if (change.kind == ArrivalChange::Kind::shock) return view.last_day(change.until);
  return view.say(change.kind == ArrivalChange::Kind::level ? lasting : growth_changes);
}

void put_changes(Page& page, const FitView& view, const ArrivalFit& of) {
  if (of.changes.empty()) return;
  Table table{view.say(change_table),
              {{view.say(from), ""}, {view.say(until), ""}, {view.say(factor), view.say(interval)}},
              {},
              {}};
  for (const ArrivalChange& change : of.changes)
    table.rows.push_back({view.day(change.from), until_text(view, change), view.estimate(change.factor)});
  page.table(table);
}

Table size_table(const FitView& view, const StreamFit& fit) {
  Table table{view.say(sizes), {{view.say(children), ""}, {view.say(families), ""}}, {}, {}};
  std::vector<std::size_t> counts;
  for (const auto& [children_of, count] : fit.sizes) counts.push_back(count);
  const std::vector<std::string> told = view.counts(counts);
  for (std::size_t i = 0; i < counts.size(); ++i)
    table.rows.push_back({fmt::format("{}", fit.sizes[i].first), told[i]});
  return table;
}

void put_models(Page& page, const FitView& view, const ArrivalFit& of) {
  if (of.candidates.empty()) return;
  Table table{"",
              {{view.say(models), ""},
               {view.say(parameters), ""},
               {view.say(log_likelihood), ""},
               {view.say(bic), ""},
               {view.say(rolling), ""}},
              {},
              {}};
  for (const ArrivalCandidate& model : of.candidates)
    table.rows.push_back({model.chosen ? model.name + " " + view.say(chosen) : model.name,
                          fmt::format("{}", model.parameters), view.number(model.log_likelihood, 1),
                          view.number(model.bic, 1), model.rolling ? view.number(*model.rolling, 3) : "–"});
  page.folded(view.say(models), table);
}

}  // namespace

void put_arrivals(Page& page, const FitView& view) {
  page.section(view.say(FitPhrase::arrivals));
  for (const StreamFit& fit : view.calibration().streams) {
    if (!fit.arrivals.ok()) {
      page.element("h4", view.step(fit.to));
      page.note(view.say(no_fit));
      continue;
    }
    const Months months = months_of(view, fit);
    put_chart(page, view, fit, months);
    if (!view.disclosure().may_tell(months.families)) continue;
    page.table(figure_table(view, fit));
    put_changes(page, view, fit.arrivals);
    page.open("div class=\"beside\"");
    for (const Table& table : {factor_table(view, fit.arrivals), size_table(view, fit)}) {
      page.open("div");
      page.table(table);
      page.close("div");
    }
    page.close("div");
    put_models(page, view, fit.arrivals);
  }
  page.close("section");
}

}  // namespace ketensim::report
