#include "tools/report/fit/durations.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "tools/report/fit/curves.hpp"

namespace ketensim::report {
namespace {

using enum FitPhrase;

constexpr std::size_t kPartsShown = 4;  // more curves in one chart can't be told apart
constexpr std::array kSharesTold{0.1, 0.25, 0.5, 0.75, 0.9};

std::size_t cases_over(const DurationFit& fit) {
  std::size_t cases = 0;
  for (const FittedDuration& part : fit.parts) cases += part.mean.cases;
  return cases;
}

std::vector<NamedCurve> curves_of(const FitView& view, const DurationFit& fit) {
  std::vector<NamedCurve> curves{{view.say(data_curve), shown_curve(fit.curve, cases_over(fit), view.disclosure())}};
  if (curves[0].curve.days.empty() || fit.family == "empirical") return curves;
  const double until = curves[0].curve.days.back();
  curves.push_back({view.say(fitted), fitted_curve(fit, until)});
  if (fit.parts.size() > 1 && fit.parts.size() <= kPartsShown)
    for (const FittedDuration& part : fit.parts)
      curves.push_back({part_name(view, fit, part), fitted_curve(part, until)});
  return curves;
}

std::string days_text(const FitView& view, const Curve& curve, double share) {
  const double days = days_at(curve, share);
  return std::isnan(days) ? view.say(beyond) : view.days(days);
}

std::string sentence_of(const FitView& view, const DurationFit& fit, const std::vector<NamedCurve>& curves) {
  const Curve& data = curves.front().curve;
  if (fit.family == "empirical")
    return view.say(empirical_sentence, fmt::arg("median", days_text(view, data, 0.5)),
                    fmt::arg("p90", days_text(view, data, 0.9)), fmt::arg("unit", view.unit(fit.working_days)));
  const Curve& expected = curves[std::min<std::size_t>(1, curves.size() - 1)].curve;
  return view.say(
      duration_sentence, fmt::arg("median", days_text(view, data, 0.5)), fmt::arg("p90", days_text(view, data, 0.9)),
      fmt::arg("fitted_median", days_text(view, expected, 0.5)), fmt::arg("fitted_p90", days_text(view, expected, 0.9)),
      fmt::arg("unit", view.unit(fit.working_days)), fmt::arg("points", view.points(fit.distance)));
}

void put_dependence(Page& page, const FitView& view, const DurationFit& fit) {
  if (fit.attribute >= 0)
    page.note(view.say(divided_note, fmt::arg("attribute", view.attribute(view.carried(fit.attribute)))));
  if (fit.worsening)
    page.note(view.say(worsening_note, fmt::arg("days", view.days(fit.worsens_after)),
                       fmt::arg("interval", view.estimate(*fit.worsening))));
  if (fit.trend) page.note(view.say(trend_note, fmt::arg("interval", view.growth(*fit.trend))));
}

/// Figures below the chart; nothing is drawn of what may not be told.
bool put_problems(Page& page, const FitView& view, const std::string& title, const DurationFit& fit) {
  if (fit.ok() && !fit.parts.empty()) return false;
  page.element("h4", title);
  page.note(view.say(no_fit));
  return true;
}

void put_figures(Page& page, const FitView& view, const DurationFit& fit) {
  if (!view.disclosure().may_tell(cases_over(fit))) return;
  page.table(part_table(view, fit));
  put_dependence(page, view, fit);
  put_candidates(page, view, fit.candidates);
}

}  // namespace

std::string part_name(const FitView& view, const DurationFit& fit, const FittedDuration& part) {
  if (fit.parts.size() == 1) return view.say(all_cases);
  if (part.values.empty()) return view.say(other_cases);
  std::string name;
  for (const std::int32_t value : part.values)
    name += (name.empty() ? "" : ", ") + view.value(view.carried(fit.attribute), value);
  return name;
}

Table part_table(const FitView& view, const DurationFit& fit) {
  const std::string unit = view.unit(fit.working_days);
  Table table{"",
              {{view.say(class_), ""},
               {view.say(family), ""},
               {view.say(mean), unit},
               {view.say(standard_error), unit},
               {view.say(shapes), view.say(interval)},
               {view.say(cases), ""}},
              {},
              {}};
  std::vector<std::size_t> over;
  for (const FittedDuration& part : fit.parts) over.push_back(part.mean.cases);
  const std::vector<std::string> counts = view.counts(over);
  for (std::size_t i = 0; i < fit.parts.size(); ++i) {
    const FittedDuration& part = fit.parts[i];
    std::vector<std::string>& row = table.rows.emplace_back();
    row = {part_name(view, fit, part), view.family(fit.family), "·", "·", "·", counts[i]};
    if (!view.disclosure().may_tell(part.mean.cases)) continue;
    row[2] = view.estimate(part.mean);
    row[3] = view.number(part.mean.standard_error);
    row[4].clear();
    for (const auto& [name, figure] : part.shapes)
      row[4] += (row[4].empty() ? "" : "; ") + view.shape(name) + " " + view.estimate(figure);
    if (row[4].empty()) row[4] = "–";
  }
  if (fit.family != "empirical")
    table.notes.push_back(view.say(distance_note, fmt::arg("p", view.probability(fit.p_value)),
                                   fmt::arg("points", view.points(fit.distance))));
  return table;
}

void put_candidates(Page& page, const FitView& view, const std::vector<Candidate>& candidates) {
  if (candidates.empty()) return;
  Table table{"",
              {{view.say(family), ""},
               {view.say(clock), ""},
               {view.say(parameters), ""},
               {view.say(log_likelihood), ""},
               {view.say(bic), ""},
               {view.say(held_out), view.say(log_likelihood)}},
              {},
              {}};
  for (const Candidate& of : candidates)
    table.rows.push_back({view.family(of.family), view.unit(of.working_days), fmt::format("{}", of.parameters),
                          of.converged ? view.number(of.log_likelihood, 1) : view.say(not_converged),
                          of.converged ? view.number(of.bic, 1) : "–",
                          of.held_out ? view.number(*of.held_out, 1) : "–"});
  page.folded(view.say(FitPhrase::candidates), table);
}

void put_curves(Page& page, const FitView& view, const std::string& title, const std::string& sentence,
                const std::string& share_name, bool working_days, const std::vector<NamedCurve>& curves) {
  Chart chart;
  chart.language = view.language();
  chart.title = title;
  chart.sentence = sentence;
  chart.x_name = view.unit(working_days);
  chart.y_name = share_name;
  Table table{view.say(figures_of), {{share_name, "%"}}, {}, {}};
  for (std::size_t i = 0; i < curves.size(); ++i) {
    const Curve& curve = curves[i].curve;
    ChartSeries& series = chart.series.emplace_back();
    series.name = curves[i].name;
    series.kind = i == 0 ? ChartSeries::Kind::steps : ChartSeries::Kind::line;
    series.x = curve.days;
    series.y = curve.share;
    if (curve.days.empty() || curve.days.front() > 0.0) {
      series.x.insert(series.x.begin(), 0.0);
      series.y.insert(series.y.begin(), 0.0);
    }
    table.headers.push_back({curves[i].name, view.unit(working_days)});
  }
  const double highest = curves.front().curve.share.back();
  for (const double told : kSharesTold) {
    // Of what comes for a part of the cases only: these parts of what is shown.
    const double share = highest > 0.85 ? told : told * highest;
    std::vector<std::string>& row = table.rows.emplace_back();
    row.push_back(view.number(100.0 * share, highest > 0.85 ? 0 : 1));
    for (const NamedCurve& curve : curves) row.push_back(days_text(view, curve.curve, share));
  }
  page.chart(chart, table);
}

void put_duration(Page& page, const FitView& view, const std::string& title, const DurationFit& fit) {
  if (put_problems(page, view, title, fit)) return;
  const std::vector<NamedCurve> curves = curves_of(view, fit);
  if (curves.front().curve.days.empty()) {
    page.element("h4", title);
    page.note(view.say(too_few_cases));
  } else {
    put_curves(page, view, title, sentence_of(view, fit, curves), view.say(share_over), fit.working_days, curves);
  }
  put_figures(page, view, fit);
}

void put_patience(Page& page, const FitView& view, const std::string& title, const DurationFit& fit) {
  if (put_problems(page, view, title, fit)) return;
  const std::vector<NamedCurve> curves = curves_of(view, fit);
  const Curve& data = curves.front().curve;
  if (data.days.empty()) {
    page.element("h4", title);
    page.note(view.say(too_few_cases));
  } else {
    const double longest = data.days.back();
    const std::string sentence = view.say(
        patience_sentence, fmt::arg("longest", view.days(longest)), fmt::arg("unit", view.unit(fit.working_days)),
        fmt::arg("share", view.number(100.0 * data.share.back())),
        fmt::arg("fitted", view.number(100.0 * share_at(curves.back().curve, longest))));
    put_curves(page, view, title, sentence, view.say(share_over), fit.working_days, curves);
  }
  put_figures(page, view, fit);
}

}  // namespace ketensim::report
