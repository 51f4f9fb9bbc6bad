#include "tools/results/sequence.hpp"

#include <fmt/format.h>

#include "tools/results/csv.hpp"

namespace ketensim {
namespace {

std::string mean_and_se(const Summary& summary) {
  return fmt::format("{},{}", csv_number(summary.mean), csv_number(summary.se));
}

}  // namespace

std::string sequence_csv(const std::vector<Sequence>& sequences) {
  std::string text =
      "alternative,objective,part,place,intervention,kind,scenario,effect,effect_se,added,added_se,alone,alone_se,"
      "interaction,interaction_se,runner_up,behind,behind_se,probability\n";
  for (const Sequence& sequence : sequences) {
    const std::string start = fmt::format("{},{}", csv_field(sequence.alternative), sequence.objective->name);
    std::size_t place = 0;
    for (const InSequence& row : sequence.rows)
      text += fmt::format("{},sequence,{},{},{},{},{},{},{},{},,,,\n", start, ++place, row.intervention + 1, row.kind,
                          csv_field(row.upto_id), mean_and_se(row.upto), mean_and_se(row.added), mean_and_se(row.alone),
                          mean_and_se(row.interaction));
    text += fmt::format("{},together,,,,{},{},,,{},{},,,,\n", start, csv_field(sequence.alternative),
                        mean_and_se(sequence.together), mean_and_se(sequence.sum_of_alone),
                        mean_and_se(sequence.interaction));
    place = 0;
    for (const DoneFirst& row : sequence.first)
      text += fmt::format("{},first,{},{},{},{},{},{},,,,,{},{},{}\n", start, ++place, row.intervention + 1, row.kind,
                          csv_field(row.upto_id), mean_and_se(row.upto), mean_and_se(row.added),
                          row.runner_up ? fmt::format("{}", *row.runner_up + 1) : "",
                          row.runner_up ? mean_and_se(row.behind) : ",", csv_number(row.probability));
  }
  return text;
}

}  // namespace ketensim
