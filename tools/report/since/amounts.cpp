// By how much the queues now expected differ, in parts that add up. A queue at the end of a period is that at the end
// of the one before, with who came and less who left: so is the difference of two.
#include <cmath>

#include "tools/report/since/parts.hpp"

namespace ketensim::report {
namespace {

using enum SincePhrase;

constexpr double kSomeone = 0.5;  // rounds to a child

/// What is expected now less what was expected earlier, in the mean.
double difference(const Forecasts& forecasts, const Place& place, std::string_view indicator,
                  const Forecasts::Common& period) {
  const StudyView& view = forecasts.view();
  return figure_at(view.results(0), place, indicator, period.now).mean -
         figure_at(view.results(1), place, indicator, period.earlier).mean;
}

Table amounts_table(const Forecasts& forecasts) {
  const StudyView& view = forecasts.view();
  const std::vector<Forecasts::Common>& periods = forecasts.common();
  const auto first = fmt::arg("first", forecasts.last_day(periods.front()));
  Table table;
  table.title = forecasts.say(amounts);
  table.headers = {{view.say(Phrase::step), ""},
                   {forecasts.say(difference_at, fmt::arg("end", forecasts.last_day(periods.back()))), ""},
                   {forecasts.say(there_already, first), ""},
                   {forecasts.say(by_inflow), ""},
                   {forecasts.say(by_leaving), ""}};
  for (const Place& place : forecasts.places()) {
    const double total = difference(forecasts, place, "queue_end", periods.back()),
                 start = difference(forecasts, place, "queue_end", periods.front());
    double inflow = 0.0;
    for (std::size_t i = 1; i < periods.size(); ++i) inflow += difference(forecasts, place, "inflow", periods[i]);
    const double leaving = total - start - inflow;
    if (std::isnan(leaving) || (std::abs(total) < kSomeone && std::abs(start) < kSomeone)) continue;
    std::vector<std::string> row{view.place(place)};
    for (const double part : {total, start, inflow, leaving})
      row.push_back((std::round(part) > 0.0 ? "+" : "") + view.number(part, 0));
    table.rows.push_back(std::move(row));
  }
  if (table.rows.empty()) return {};
  table.notes = {forecasts.say(amounts_note), forecasts.say(amounts_start, first), forecasts.say(amounts_course)};
  return table;
}

}  // namespace

void put_amounts(Page& page, const Forecasts& forecasts) {
  if (forecasts.common().size() < 2) return;
  page.table(amounts_table(forecasts));
}

}  // namespace ketensim::report
