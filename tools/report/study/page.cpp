#include <vector>

#include "tools/report/constraint/view.hpp"
#include "tools/report/html.hpp"
#include "tools/report/study/parts.hpp"

namespace ketensim::report {
namespace {

Page page_in(const Study& study, const ConstraintFiles& files, Language language) {
  const StudyView view(study, language);
  Page page(language);
  page.header(view.say(Phrase::report_title),
              view.compared() && view.scenarios() > 2
                  ? view.say(StudyPhrase::compared_title, fmt::arg("baseline", view.title(0)))
                  : view.title(view.scenarios() - 1));
  page.open("main");
  put_answer(page, view);
  put_changes(page, view);
  put_waiting(page, view);
  put_waves(page, view);
  put_routes(page, view);
  put_effects(page, view);
  put_constraint(page, files);
  put_signals(page, view);
  put_totals(page, view);
  put_members(page, view);
  put_scenarios(page, view);
  put_earlier(page, view);
  put_assumptions(page, view);
  put_quality(page, view);
  put_provenance(page, view);
  put_checklist(page, view);
  page.close("main");
  return page;
}

}  // namespace

std::string html_report(const Study& study, Language first) { return html_report(study, {}, first); }

std::string html_report(const Study& study, const ConstraintFiles& files, Language first) {
  const Language second = first == Language::nl ? Language::en : Language::nl;
  return finished(std::vector{page_in(study, files, first), page_in(study, files, second)});
}

}  // namespace ketensim::report
