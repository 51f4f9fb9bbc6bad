#include <vector>

#include "tools/report/fit.hpp"
#include "tools/report/fit/parts.hpp"

namespace ketensim::report {

namespace {

Page page_in(const Monitor& monitor, const Calibration& calibration, int min_cell, Language language) {
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
  return page;
}

}  // namespace

std::string fit_report(const Monitor& monitor, const Calibration& calibration, int min_cell, Language first) {
  const Language second = first == Language::nl ? Language::en : Language::nl;
  return finished(
      std::vector{page_in(monitor, calibration, min_cell, first), page_in(monitor, calibration, min_cell, second)});
}

}  // namespace ketensim::report
