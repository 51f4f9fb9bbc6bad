// Per step: visits, duration, patience, routes and hand-overs.
#include "tools/report/fit/durations.hpp"
#include "tools/report/fit/parts.hpp"

namespace ketensim::report {

using enum FitPhrase;

void put_steps(Page& page, const FitView& view) {
  page.section(view.say(steps));
  page.close("section");
  for (const StepFit& fit : view.calibration().steps) {
    const std::string name = view.step(fit.step);
    page.open("section");
    page.element("h3", name);
    page.element("p", view.say(visits_sentence, fmt::arg("received", view.count(fit.received)),
                               fmt::arg("started", view.count(fit.started)), fmt::arg("ended", view.count(fit.ended)),
                               fmt::arg("withdrawn", fit.withdrawn == 0 ? "0" : view.count(fit.withdrawn))));
    put_duration(page, view, view.say(duration_of, fmt::arg("step", name)), fit.duration);
    if (fit.patience) put_patience(page, view, view.say(patience_of, fmt::arg("step", name)), *fit.patience);
    put_routes(page, view, fit);
    for (const HandoverFit& handover : fit.handovers)
      put_duration(page, view, view.say(handover_of, fmt::arg("from", name), fmt::arg("to", view.step(handover.to))),
                   handover.delay);
    page.close("section");
  }
}

}  // namespace ketensim::report
