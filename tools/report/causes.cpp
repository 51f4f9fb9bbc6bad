#include "tools/report/causes.hpp"

#include <fmt/format.h>

namespace ketensim::report {

Table causes_table(const CausesStudy& study) {
  Table table;
  table.title = "Why they wait";
  table.headers = {{"step", ""},       {"waiting", "cases"},  {"release", "cases"},  {"upstream", "cases"},
                   {"leave", "cases"}, {"priority", "cases"}, {"capacity", "cases"}, {"closed", "cases"}};
  for (const WaitingCauses& step : study.causes.steps) {
    if (!(step.waiting.mean > 0.0)) continue;
    std::vector<std::string> row{step.cases == "all" ? fmt::format("{}.{}", step.organisation, step.step)
                                                     : fmt::format("  {}", step.cases)};
    row.push_back(with_interval(step.waiting, 1.0, plain_style()));
    for (const Summary& part : step.parts) row.push_back(difference(part, 1.0, plain_style()));
    table.rows.push_back(std::move(row));
  }
  if (table.rows.empty()) table.notes.emplace_back("Nobody waits.");
  table.notes.emplace_back(
      "Each is what waits less when that is taken away too, after those to its left; together they are all who wait. "
      "Release: weekly, or by a limit. Upstream: bursts, seasons and chance days. Leave: slots not even over the year. "
      "Closed: nights and days off.");
  return table;
}

}  // namespace ketensim::report
