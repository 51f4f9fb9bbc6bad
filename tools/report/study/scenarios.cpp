// Every scenario by itself: its steps and the chain as a whole, and for an alternative what differs.
#include "tools/report/study/parts.hpp"

namespace ketensim::report {
namespace {

void put_panel(Page& page, const StudyView& view, std::size_t scenario) {
  const Results& results = view.results(scenario);
  page.table(step_table(view.study(), results, view.view()));
  page.table(chain_table(results, view.view()));
  if (!view.compared() || scenario == 0) return;
  page.table(difference_table(view.study(), view.baseline(), results, view.view()));
  page.table(chain_difference_table(view.baseline(), results, view.view()));
}

}  // namespace

void put_scenarios(Page& page, const StudyView& view) {
  page.section(view.say(StudyPhrase::each_scenario));
  std::vector<Page::Panel> panels;
  for (std::size_t i = 0; i < view.scenarios(); ++i)
    panels.emplace_back(view.title(i), [&page, &view, i] { put_panel(page, view, i); });
  page.choice(view.say(StudyPhrase::scenario_choice), panels);
  page.close("section");
}

}  // namespace ketensim::report
