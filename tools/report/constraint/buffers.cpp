// How far open cases are into their norms, over time.
#include <algorithm>
#include <array>

#include "tools/report/constraint/view.hpp"
#include "tools/results/dates.hpp"

namespace ketensim::report {
namespace {

using enum ConstraintPhrase;

constexpr std::size_t kMostDrawn = 12;
constexpr double kSomeone = 0.05;  // cases: below, nobody

struct Part {
  const char* column;
  ConstraintPhrase name;
  int look;
};
/// From the bottom: what asks for attention.
constexpr std::array kParts{Part{"red", red, kRedLook}, Part{"yellow", yellow, kYellowLook},
                            Part{"green", green, kGreenLook}};

/// One norm of one step: the row of its mean, and those of its periods.
struct Norm {
  std::size_t all = 0;
  std::vector<std::size_t> periods;
};

std::vector<Norm> norms_of(const CsvTable& buffers, const std::string& scenario) {
  std::vector<Norm> norms;
  std::vector<std::size_t> periods;
  for (const std::size_t row : ConstraintView::rows_of(buffers, scenario)) {
    if (buffers.text(row, "period") != "all") {
      periods.push_back(row);
      continue;
    }
    if (buffers.number(row, "open") >= kSomeone) norms.push_back({row, periods});
    periods.clear();
  }
  std::stable_sort(norms.begin(), norms.end(), [&](const Norm& a, const Norm& b) {
    return buffers.number(a.all, "red") > buffers.number(b.all, "red");
  });
  return norms;
}

std::string name_of(const ConstraintView& view, std::size_t row) {
  const CsvTable& buffers = view.files().buffers;
  const std::string& norm = buffers.text(row, "norm");
  return view.say(buffer_of, fmt::arg("step", buffers.text(row, "organisation") + "." + buffers.text(row, "step")),
                  fmt::arg("norm", view.say(norm == "lead_time" ? norm_lead_time
                                            : norm == "wait"    ? norm_wait
                                                                : norm_service)));
}

std::string period_of(const ConstraintView& view, std::size_t row) {
  const std::string& label = view.files().buffers.text(row, "period");
  const auto day = parse_iso_date(label);
  return day ? period_text({label, *day, Date{std::chrono::year_month_day(*day) + std::chrono::months(1)}},
                           view.language())
             : label;
}

Chart chart_of(const ConstraintView& view, const Norm& norm) {
  const CsvTable& buffers = view.files().buffers;
  Chart chart;
  chart.kind = Chart::Kind::over_time;
  chart.language = view.language();
  chart.small = true;
  chart.legend = false;
  chart.stacked = true;
  chart.title = name_of(view, norm.all);
  for (const Part& part : kParts) {
    ChartSeries& series = chart.series.emplace_back();
    series.name = view.say(part.name);
    series.look = part.look;
    for (const std::size_t row : norm.periods) {
      const auto day = parse_iso_date(buffers.text(row, "period"));
      series.x.push_back(day ? static_cast<double>(day->time_since_epoch().count()) : 0.0);
      series.y.push_back(buffers.number(row, part.column));
    }
  }
  const std::size_t first = norm.periods.front(), last = norm.periods.back();
  const auto told = [&](std::size_t row, const char* column) { return view.number(buffers.number(row, column)); };
  chart.sentence =
      view.say(buffer_sentence, fmt::arg("from", period_of(view, first)), fmt::arg("first", told(first, "red")),
               fmt::arg("all", told(first, "open")), fmt::arg("until", period_of(view, last)),
               fmt::arg("last", told(last, "red")), fmt::arg("total", told(last, "open")));
  return chart;
}

Table table_of(const ConstraintView& view, const std::vector<Norm>& norms) {
  const CsvTable& buffers = view.files().buffers;
  Table table;
  table.title = view.say(buffers_table);
  const std::string cases = view.say(Phrase::cases);
  table.headers = {{view.say(Phrase::step), ""},    {view.say(open_cases), cases}, {view.say(green), cases},
                   {view.say(yellow), cases},       {view.say(red), cases},        {view.say(late), cases},
                   {view.say(mostly), "", "", true}};
  for (const Norm& norm : norms) {
    const auto figure = [&](const char* column) {
      return with_interval(buffers.summary(norm.all, column), 1.0, view.style());
    };
    const double waits = buffers.number(norm.all, "red_waiting"), waited = buffers.number(norm.all, "red_waited"),
                 service = buffers.number(norm.all, "red_service");
    const std::string cause = !(buffers.number(norm.all, "red") >= kSomeone) ? "–"
                              : waits >= std::max(waited, service)           ? view.say(still_waiting)
                              : waited >= service                            ? view.say(has_waited)
                                                                             : view.say(long_service);
    table.rows.push_back({name_of(view, norm.all), figure("open"), figure("green"), figure("yellow"), figure("red"),
                          figure("late"), cause});
  }
  if (norms.empty()) table.notes.push_back(view.say(buffers_none));
  return table;
}

void put_panel(Page& page, const ConstraintView& view, const std::string& scenario) {
  const std::vector<Norm> norms = norms_of(view.files().buffers, scenario);
  const std::size_t drawn = std::min(norms.size(), kMostDrawn);
  if (drawn > 0 && norms.front().periods.size() > 1) {
    page.open("div class=\"multiples\"");
    for (std::size_t i = 0; i < drawn; ++i) page.chart(chart_of(view, norms[i]));
    page.close("div");
    if (drawn < norms.size()) page.note(view.say(more_buffers, fmt::arg("count", drawn)));
  }
  page.table(table_of(view, norms));
}

}  // namespace

void put_buffers(Page& page, const ConstraintView& view) {
  if (view.files().buffers.empty()) return;
  page.section(view.say(buffers));
  page.note(view.say(buffers_note));
  std::vector<Page::Panel> panels;
  for (const std::string& scenario : view.scenarios())
    panels.emplace_back(scenario, [&page, &view, scenario] { put_panel(page, view, scenario); });
  page.choice(view.say(ConstraintPhrase::scenario), panels);
  page.close("section");
}

}  // namespace ketensim::report
