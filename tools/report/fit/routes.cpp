// Where cases go: shares with their intervals, by class, as far as the counts behind them may be told.
#include <algorithm>

#include "tools/report/fit/parts.hpp"

namespace ketensim::report {
namespace {

using enum FitPhrase;

constexpr std::size_t kClassesInOneChart = 4;

/// The classes of one step's routes, with which of their cells are hidden.
struct ToldRoutes {
  std::vector<std::string> classes, outcomes;
  std::vector<const RouteShares*> parts;
  std::vector<std::vector<bool>> hidden;  // by class and outcome
  std::size_t left_out = 0;               // classes of which nothing may be told
};

std::string class_name(const FitView& view, const StepFit& fit, const RouteShares& part) {
  if (part.when.empty()) return view.say(fit.routes.parts.size() == 1 ? all_cases : other_cases);
  std::string name;
  for (const auto& [attribute, value] : part.when) {
    const std::int32_t carried = view.carried(attribute);  // unknown: whether the wait was long
    name += name.empty() ? "" : ", ";
    name += carried == kUnknown ? view.say(value == 1 ? waited_longer : waited_shorter,
                                           fmt::arg("days", view.number(fit.routes_worsen_after, 0)))
                                : view.value(carried, value);
  }
  return name;
}

ToldRoutes told_routes(const FitView& view, const StepFit& fit) {
  ToldRoutes told;
  for (const std::int32_t outcome : fit.outcomes) told.outcomes.push_back(view.step(outcome));
  for (const RouteShares& part : fit.routes.parts) {
    std::vector<std::size_t> counts;
    for (const Estimate& share : part.shares) counts.push_back(share.cases);
    std::vector<bool> hidden = view.disclosure().hidden(counts);
    if (std::find(hidden.begin(), hidden.end(), false) == hidden.end()) {
      ++told.left_out;
      continue;
    }
    told.classes.push_back(class_name(view, fit, part));
    told.parts.push_back(&part);
    told.hidden.push_back(std::move(hidden));
  }
  return told;
}

Table route_table(const FitView& view, const ToldRoutes& told) {
  Table table{view.say(figures_of), {{view.say(class_), ""}}, {}, {}};
  for (const std::string& outcome : told.outcomes) {
    table.headers.push_back({outcome, "%"});
    table.headers.push_back({view.say(cases), ""});
  }
  for (std::size_t c = 0; c < told.parts.size(); ++c) {
    std::vector<std::string>& row = table.rows.emplace_back(1, told.classes[c]);
    for (std::size_t o = 0; o < told.outcomes.size(); ++o) {
      const Estimate& share = told.parts[c]->shares[o];
      const bool hidden = told.hidden[c][o];
      row.push_back(hidden ? "·" : view.estimate(share, 100.0));
      row.push_back(hidden && view.disclosure().may_tell(share.cases) ? "·" : view.count(share.cases));
    }
  }
  return table;
}

void add_point(ChartSeries& series, double row, const Estimate& share) {
  series.x.push_back(row);
  series.y.push_back(share.estimate);
  series.low.push_back(share.low);
  series.high.push_back(share.high);
}

Chart empty_chart(const FitView& view, const std::string& title, const std::string& sentence) {
  Chart chart;
  chart.kind = Chart::Kind::shares;
  chart.language = view.language();
  chart.title = title;
  chart.sentence = sentence;
  chart.x_name = view.say(share);
  return chart;
}

/// A row for each outcome, with a series for each class.
void put_by_outcome(Page& page, const FitView& view, const std::string& title, const ToldRoutes& told) {
  const std::vector<Estimate>& last = told.parts.back()->shares;
  const auto most = std::max_element(last.begin(), last.end(),
                                     [](const Estimate& a, const Estimate& b) { return a.estimate < b.estimate; });
  const std::string& target = told.outcomes[static_cast<std::size_t>(most - last.begin())];
  Chart chart = empty_chart(view, title, view.say(route_sentence, fmt::arg("target", target)));
  chart.categories = told.outcomes;
  for (std::size_t c = 0; c < told.parts.size(); ++c) {
    ChartSeries& series = chart.series.emplace_back();
    series.name = told.classes[c];
    series.kind = ChartSeries::Kind::dots;
    for (std::size_t o = 0; o < told.outcomes.size(); ++o)
      if (!told.hidden[c][o]) add_point(series, static_cast<double>(o), told.parts[c]->shares[o]);
  }
  page.chart(chart, route_table(view, told));
}

/// A chart for each outcome, with a row for each class.
void put_by_class(Page& page, const FitView& view, const std::string& title, const ToldRoutes& told) {
  for (std::size_t o = 0; o < told.outcomes.size(); ++o) {
    Chart chart = empty_chart(view, title + ": " + told.outcomes[o],
                              view.say(route_class_sentence, fmt::arg("target", told.outcomes[o])));
    ChartSeries& series = chart.series.emplace_back();
    series.name = told.outcomes[o];
    series.kind = ChartSeries::Kind::dots;
    for (std::size_t c = 0; c < told.parts.size(); ++c) {
      if (told.hidden[c][o]) continue;
      add_point(series, static_cast<double>(chart.categories.size()), told.parts[c]->shares[o]);
      chart.categories.push_back(told.classes[c]);
    }
    if (!chart.categories.empty()) page.chart(chart, route_table(view, told));
  }
}

}  // namespace

void put_routes(Page& page, const FitView& view, const StepFit& fit) {
  const std::string title = view.say(routes_of, fmt::arg("step", view.step(fit.step)));
  if (fit.outcomes.empty() || !fit.routes.ok()) return;
  if (fit.outcomes.size() == 1) {
    page.note(view.say(single_outcome, fmt::arg("step", view.step(fit.step)),
                       fmt::arg("target", view.step(fit.outcomes.front()))));
    return;
  }
  const ToldRoutes told = told_routes(view, fit);
  if (told.parts.empty()) {
    page.element("h4", title);
    page.note(view.say(no_routes));
    return;
  }
  if (told.parts.size() <= kClassesInOneChart)
    put_by_outcome(page, view, title, told);
  else
    put_by_class(page, view, title, told);
  if (told.left_out > 0)
    page.note(view.say(hidden_class, fmt::arg("count", told.left_out), fmt::arg("all", fit.routes.parts.size())));
}

}  // namespace ketensim::report
