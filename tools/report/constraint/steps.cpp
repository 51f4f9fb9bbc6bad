// The five focusing steps: what each brings in throughput, waiting and lead time.
#include <array>

#include "tools/report/constraint/view.hpp"

namespace ketensim::report {
namespace {

using enum ConstraintPhrase;

/// What was done, in a few words.
std::string name_of(const ConstraintView& view, std::size_t row) {
  const CsvTable& steps = view.files().steps;
  const std::string &step = steps.text(row, "step"), &kept = steps.text(row, "kept");
  const bool reached = steps.number(row, "reached") == 1.0;
  const double amount = steps.number(row, "amount");
  const ConstraintPhrase phrase = step == "identify" ? as_it_is
                                  : step == "exploit: spread leave"
                                      ? (steps.text(row, "file").empty() ? no_leave : spread_leave)
                                  : step == "exploit: no idle slot" ? (amount > 0.0 ? idle_slots : no_idle_slot)
                                  : step == "subordinate"           ? (reached ? rope : no_rope)
                                  : reached                         ? added_last
                                                                    : added;
  return view.say(phrase, fmt::arg("round", steps.text(row, "round")), fmt::arg("pool", steps.text(row, "pool")),
                  fmt::arg("amount", view.number(amount, 0)),
                  fmt::arg("unit", view.say(steps.text(row, "unit") == "fte" ? fte : slots)),
                  fmt::arg("next", steps.text(row, "next"))) +
         (kept == "0" ? view.say(not_kept) : "");
}

struct Course {
  const char* column;
  ConstraintPhrase title;
  Phrase unit;
};
constexpr std::array kCourses{Course{"throughput_per_year", throughput_chart, Phrase::cases_per_year},
                              Course{"waiting", waiting_chart, Phrase::cases},
                              Course{"lead_time", lead_chart, Phrase::days}};

Chart chart_of(const ConstraintView& view, const std::vector<std::size_t>& rows, const std::vector<std::string>& names,
               const Course& course) {
  const CsvTable& steps = view.files().steps;
  std::vector<Summary> points;
  for (const std::size_t row : rows) points.push_back(steps.summary(row, course.column));
  Chart chart = view.amounts(view.say(course.title), view.say(course.unit), names);
  chart.small = true;
  view.add(chart, view.say(course.title), points);
  chart.sentence = view.say(steps_chart_sentence, fmt::arg("first", view.number(points.front().mean)),
                            fmt::arg("last", view.number(points.back().mean)), fmt::arg("step", names.back()));
  return chart;
}

Table table_of(const ConstraintView& view, const std::vector<std::size_t>& rows,
               const std::vector<std::string>& names) {
  const CsvTable& steps = view.files().steps;
  Table table;
  table.title = view.say(steps_table);
  table.headers = {{view.say(step_done), ""}};
  const auto column = [&](ConstraintPhrase name, Phrase unit) {
    table.headers.push_back({view.say(name), view.say(unit)});
  };
  column(throughput, Phrase::cases_per_year);
  column(waiting, Phrase::cases);
  column(change, Phrase::cases);
  column(lead_time, Phrase::days);
  column(change, Phrase::days);
  column(to_help, Phrase::days);
  column(norm_met, Phrase::percent_points);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto figure = [&](const char* name) {
      return with_interval(steps.summary(rows[i], name), 1.0, view.style());
    };
    const auto changed = [&](const char* name, double scale) {
      return difference(steps.summary(rows[i], name), scale, view.style());
    };
    table.rows.push_back({names[i], figure("throughput_per_year"), figure("waiting"), changed("waiting_change", 1.0),
                          figure("lead_time"), changed("lead_time_change", 1.0), changed("to_help_change", 1.0),
                          changed("norm_met_change", 100.0)});
  }
  return table;
}

void put_panel(Page& page, const ConstraintView& view, const std::string& scenario) {
  const std::vector<std::size_t> rows = view.rows_of(view.files().steps, scenario);
  if (rows.empty()) return page.note(view.say(none, fmt::arg("scenario", scenario)));
  std::vector<std::string> names;
  for (const std::size_t row : rows) names.push_back(name_of(view, row));
  page.open("div class=\"multiples wide-ones\"");
  for (const Course& course : kCourses) page.chart(chart_of(view, rows, names, course));
  page.close("div");
  page.table(table_of(view, rows, names));
}

}  // namespace

void put_steps(Page& page, const ConstraintView& view) {
  if (view.files().steps.empty()) return;
  page.section(view.say(steps));
  page.note(view.say(steps_note));
  std::vector<Page::Panel> panels;
  for (const std::string& scenario : view.scenarios())
    panels.emplace_back(scenario, [&page, &view, scenario] { put_panel(page, view, scenario); });
  page.choice(view.say(ConstraintPhrase::scenario), panels);
  page.close("section");
}

}  // namespace ketensim::report
