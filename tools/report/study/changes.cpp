// What changes where: the steps with a queue or a norm, over time, baseline against alternatives.
#include <numeric>

#include "tools/report/study/courses.hpp"
#include "tools/report/study/parts.hpp"

namespace ketensim::report {
namespace {

using enum StudyPhrase;

constexpr std::size_t kMostAtOnce = 6;  // lines that can be told apart

void put_panel(Page& page, const StudyView& view, const std::vector<Place>& places,
               const std::vector<std::size_t>& scenarios) {
  std::vector<ChartSeries> legend = legend_of(view, scenarios);
  if (view.has_history()) legend.push_back(delivered(view));
  page.legend(legend);
  for (const Place& place : places) {
    page.element("h3", view.place(place));
    put_courses(page, view, place, scenarios);
  }
}

}  // namespace

void put_changes(Page& page, const StudyView& view) {
  page.section(view.say(what_changes));
  if (!over_time(view)) {
    page.note(view.say(one_period_note));
    page.close("section");
    return;
  }
  std::vector<Place> places = view.places();
  std::erase_if(places, [&](const Place& place) { return !has_courses(view, place); });
  std::vector<Page::Panel> panels;
  const auto add = [&](const std::string& name, const std::vector<std::size_t>& scenarios) {
    panels.emplace_back(name, [&page, &view, &places, scenarios] { put_panel(page, view, places, scenarios); });
  };
  if (view.compared() && view.scenarios() > 2 && view.scenarios() <= kMostAtOnce) {
    std::vector<std::size_t> all(view.scenarios());
    std::iota(all.begin(), all.end(), std::size_t{0});
    add(view.say(all_alternatives), all);
  }
  for (std::size_t i = view.compared() ? 1 : 0; i < view.scenarios(); ++i)
    add(view.title(i), view.compared() ? std::vector<std::size_t>{0, i} : std::vector<std::size_t>{i});
  page.note(view.say(band_note, fmt::arg("replications", view.baseline().replications)));
  if (view.has_history()) page.note(view.say(history_note));
  page.choice(view.say(scenario_choice), panels);
  page.close("section");
}

}  // namespace ketensim::report
