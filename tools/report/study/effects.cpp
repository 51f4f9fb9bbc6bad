// Alternative minus baseline, all beside each other: a table to sort.
#include <limits>

#include "tools/report/study/parts.hpp"

namespace ketensim::report {
namespace {

using enum StudyPhrase;

constexpr double kText = std::numeric_limits<double>::quiet_NaN();

Table effects_table(const StudyView& view, const std::vector<Place>& places, bool all) {
  const Results& baseline = view.baseline();
  const std::size_t whole = whole_period(baseline);
  Table table;
  table.headers = {{view.say(Phrase::step), ""}, {view.say(Phrase::alternative), "", "", true}};
  for (const Column& column : difference_columns())
    table.headers.push_back({view.say(column.header), view.say(column.unit), std::string(column.indicator)});
  for (std::size_t i = 1; i < view.scenarios(); ++i)
    for (const Place& place : places) {
      std::vector<std::string> row{view.place(place), view.title(i)};
      std::vector<double> values{kText, kText};
      bool told = all;
      for (const Column& column : difference_columns()) {
        const Summary change = effect_at(baseline, view.results(i), place, column.indicator, whole);
        told = told || noticeable(change, figure_at(baseline, place, column.indicator, whole));
        row.push_back(difference(change, factor_of(column.scale, baseline.periods[whole]), view.view().style));
        values.push_back(change.mean);
      }
      if (!told) continue;
      table.rows.push_back(std::move(row));
      table.values.push_back(std::move(values));
      table.keys.push_back(view.results(i).scenario + " " + place.organisation + "." + place.step);
    }
  return table;
}

}  // namespace

void put_effects(Page& page, const StudyView& view) {
  if (!view.compared()) return;
  page.section(view.say(effects));
  Table clear = effects_table(view, shown_places(view.study(), view.baseline(), false), false);
  clear.notes.push_back(view.say(clear.rows.empty() ? Phrase::no_differences : Phrase::stand_out_note));
  clear.notes.push_back(view.say(effects_note));
  page.table(clear);
  page.folded(view.say(all_effects), effects_table(view, shown_places(view.study(), view.baseline(), true), true));
  page.close("section");
}

}  // namespace ketensim::report
