#include "tools/report/sequence.hpp"

#include <fmt/format.h>

namespace ketensim::report {
namespace {

double scale_of(const Objective& objective) { return objective.unit == "1" ? 100.0 : 1.0; }
std::string unit_of(const Objective& objective) { return objective.unit == "1" ? "%" : std::string(objective.unit); }

Table order_table(const Sequence& sequence) {
  const double scale = scale_of(*sequence.objective);
  const std::string unit = unit_of(*sequence.objective);
  const auto told = [&](const Summary& summary) { return difference(summary, scale, plain_style()); };
  Table table;
  table.title =
      fmt::format("{}: one intervention after the other, and {}", sequence.alternative, sequence.objective->name);
  table.headers = {{"intervention", ""},
                   {"alone", unit},
                   {"with those before", unit},
                   {"adds to those before", unit},
                   {"interaction", unit}};
  for (const InSequence& row : sequence.rows)
    table.rows.push_back({fmt::format("{} {}", row.intervention + 1, row.kind), told(row.alone), told(row.upto),
                          told(row.added), told(row.interaction)});
  table.rows.push_back({"all together", "", told(sequence.together), "", told(sequence.interaction)});
  table.rows.push_back({"sum of each alone", told(sequence.sum_of_alone), "", "", ""});
  table.notes.push_back(
      fmt::format("Objective: {}; {} is better. Differences from the baseline; ± is the 95% interval.",
                  sequence.objective->meaning, sequence.objective->more_is_better ? "more" : "less"));
  table.notes.emplace_back("Interaction: what an intervention adds to those before it, less what it brings alone.");
  return table;
}

Table first_table(const Sequence& sequence) {
  const double scale = scale_of(*sequence.objective);
  const std::string unit = unit_of(*sequence.objective);
  Table table;
  table.title = fmt::format("{}: which to do first", sequence.alternative);
  table.headers = {{"", ""},          {"intervention", ""}, {"adds", unit},      {"so far", unit},
                   {"runner-up", ""}, {"behind", unit},     {"right choice", ""}};
  for (std::size_t i = 0; i < sequence.first.size(); ++i) {
    const DoneFirst& row = sequence.first[i];
    table.rows.push_back({fmt::format("{}", i + 1), fmt::format("{} {}", row.intervention + 1, row.kind),
                          difference(row.added, scale, plain_style()), difference(row.upto, scale, plain_style()),
                          row.runner_up ? fmt::format("{}", *row.runner_up + 1) : "",
                          row.runner_up ? difference(row.behind, scale, plain_style()) : "",
                          row.probability > 0.995 ? ">99%" : fmt::format("{:.0f}%", 100.0 * row.probability)});
  }
  table.notes.emplace_back(
      "Each time the one that adds most to those chosen. Right choice: how probable it is that no other would have "
      "added "
      "more.");
  return table;
}

}  // namespace

std::vector<Table> sequence_tables(const Sequence& sequence) { return {order_table(sequence), first_table(sequence)}; }

}  // namespace ketensim::report
