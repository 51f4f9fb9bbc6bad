#include "tools/report/fit.hpp"
#include "tools/report/fit/parts.hpp"

namespace ketensim::report {

std::string fit_report(const Monitor& monitor, const Calibration& calibration, int min_cell, Language language) {
  const FitView view(monitor, calibration, min_cell, language);
  const std::string kind = view.say(FitPhrase::title);
  const std::string subject = calibration.scenario.name.empty() ? kind : calibration.scenario.name;
  Page page(language);
  page.header(kind, subject);
  page.open("main");
  put_answer(page, view);
  put_arrivals(page, view);
  put_attributes(page, view);
  put_steps(page, view);
  put_capacity(page, view);
  put_returns(page, view);
  put_cleaning(page, view);
  put_provenance(page, view);
  page.close("main");
  return finished({&page, 1});
}

}  // namespace ketensim::report
