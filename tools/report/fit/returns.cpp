// Of the children who left: the share that comes back, and after how long.
#include "tools/report/fit/curves.hpp"
#include "tools/report/fit/durations.hpp"
#include "tools/report/fit/parts.hpp"

namespace ketensim::report {
namespace {

using enum FitPhrase;

std::vector<NamedCurve> curves_of(const FitView& view, const ShareFit& fit) {
  // Those who came are a share of all: a step of ten of them is a smaller one of all.
  const std::size_t came = fit.share.cases;
  const double seen = fit.curve.share.empty() ? 0.0 : fit.curve.share.back();
  const auto left = static_cast<std::size_t>(seen > 0.0 ? static_cast<double>(came) / seen : 0.0);
  std::vector<NamedCurve> curves{{view.say(data_curve), view.disclosure().may_tell(came)
                                                            ? shown_curve(fit.curve, left, view.disclosure())
                                                            : Curve{}}};
  if (curves[0].curve.days.empty()) return curves;
  Curve expected = fitted_curve(fit.delay, curves[0].curve.days.back());
  for (double& share : expected.share) share *= fit.share.estimate;
  curves.push_back({view.say(fitted), std::move(expected)});
  return curves;
}

}  // namespace

void put_returns(Page& page, const FitView& view) {
  page.section(view.say(FitPhrase::returns));
  const std::optional<ShareFit>& fit = view.calibration().returns;
  if (!fit || !fit->ok() || !view.disclosure().may_tell(fit->share.cases)) {
    page.note(view.say(no_returns));
    page.close("section");
    return;
  }
  const std::string unit = view.unit(fit->working_days);
  const std::vector<NamedCurve> curves = curves_of(view, *fit);
  if (curves.front().curve.days.empty())
    page.note(view.say(too_few_cases));
  else
    put_curves(page, view, view.say(returns_chart),
               view.say(returns_sentence, fmt::arg("share", view.estimate(fit->share, 100.0)),
                        fmt::arg("mean", view.estimate(fit->delay.mean)), fmt::arg("unit", unit),
                        fmt::arg("follow_up", view.number(100.0 * fit->follow_up, 0))),
               view.say(share_back), fit->working_days, curves);
  Table table{
      "", {{view.say(figure), ""}, {view.say(value), view.say(interval)}, {view.say(standard_error), ""}}, {}, {}};
  table.rows.push_back(
      {view.say(return_share), view.estimate(fit->share, 100.0) + "%", view.number(100.0 * fit->share.standard_error)});
  table.rows.push_back({view.say(return_delay) + ", " + view.family(fit->family),
                        view.estimate(fit->delay.mean) + " " + unit, view.number(fit->delay.mean.standard_error)});
  for (const auto& [name, shape] : fit->delay.shapes)
    table.rows.push_back({view.shape(name), view.estimate(shape), view.number(shape.standard_error)});
  table.rows.push_back({view.say(cases), view.count(fit->share.cases), "–"});
  page.table(table);
  put_candidates(page, view, fit->candidates);
  page.close("section");
}

}  // namespace ketensim::report
