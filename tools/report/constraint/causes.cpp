// Why children wait, in parts that add up.
#include <array>

#include "tools/report/constraint/view.hpp"

namespace ketensim::report {
namespace {

using enum ConstraintPhrase;

struct Part {
  const char* column;
  ConstraintPhrase name;
};
constexpr std::array kParts{Part{"release", cause_release},   Part{"upstream", cause_upstream},
                            Part{"leave", cause_leave},       Part{"priority", cause_priority},
                            Part{"capacity", cause_capacity}, Part{"closed", cause_closed}};

Table table_of(const ConstraintView& view, const std::string& scenario) {
  const CsvTable& causes = view.files().causes;
  Table table;
  table.headers = {{view.say(Phrase::step), ""}, {view.say(waiting), view.say(Phrase::cases)}};
  for (const Part& part : kParts) table.headers.push_back({view.say(part.name), view.say(Phrase::cases)});
  for (const std::size_t row : view.rows_of(causes, scenario)) {
    if (!(causes.number(row, "waiting") > 0.0)) continue;
    const std::string &organisation = causes.text(row, "organisation"), &cases = causes.text(row, "cases");
    std::vector<std::string> cells{cases != "all"            ? "– " + cases
                                   : organisation == "chain" ? view.say(whole_chain)
                                                             : organisation + "." + causes.text(row, "step")};
    cells.push_back(with_interval(causes.summary(row, "waiting"), 1.0, view.style()));
    for (const Part& part : kParts) cells.push_back(difference(causes.summary(row, part.column), 1.0, view.style()));
    table.rows.push_back(std::move(cells));
  }
  if (table.rows.empty()) table.notes.push_back(view.say(nobody_waits));
  return table;
}

}  // namespace

void put_causes(Page& page, const ConstraintView& view) {
  if (view.files().causes.empty()) return;
  page.section(view.say(causes));
  page.note(view.say(causes_note));
  std::vector<Page::Panel> panels;
  for (const std::string& scenario : view.scenarios())
    panels.emplace_back(scenario, [&page, &view, scenario] { page.table(table_of(view, scenario)); });
  page.choice(view.say(ConstraintPhrase::scenario), panels);
  page.close("section");
}

}  // namespace ketensim::report
