#include "tools/results/focusing.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string_view>

#include "tools/results/csv.hpp"

namespace ketensim {
namespace {

std::string_view unit_of(const FocusingStep& step) {
  switch (step.focus) {
    case Focus::no_idle_slot:
      return "slots";
    case Focus::subordinate:
      return "cases";
    case Focus::elevate:
      return step.in_fte ? "fte" : "slots";
    case Focus::identify:
    case Focus::spread_leave:
      break;
  }
  return "";
}

void append(std::string& text, const Summary& summary) {
  text += ',' + csv_number(summary.mean) + ',' + csv_number(summary.se);
}

}  // namespace

std::string steps_csv(const std::vector<FocusingStudy>& studies) {
  std::string text = "scenario,round,step,pool,amount,unit,kept,buffer,inside,reached,next,replications";
  for (const char* form : {"{0},{0}_se", "{0}_change,{0}_change_se"}) {
    text += ',' + fmt::format(fmt::runtime(form), "throughput_per_year");
    for (const ObjectiveKind& kind : objective_kinds()) text += ',' + fmt::format(fmt::runtime(form), kind.name);
  }
  text += ",file\n";
  for (const FocusingStudy& study : studies)
    for (std::size_t s = 0; s < study.steps.size(); ++s) {
      const FocusingStep& step = study.steps[s];
      const bool roped = step.focus == Focus::subordinate;
      text +=
          fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}", csv_field(study.scenario), step.round,
                      kFocusNames[static_cast<std::size_t>(step.focus)], csv_field(step.pool),
                      unit_of(step).empty() ? "" : csv_number(step.amount), unit_of(step), step.kept ? 1 : 0,
                      roped ? csv_number(step.buffer) : "", csv_field(fmt::format("{}", fmt::join(step.inside, " "))),
                      step.reached ? 1 : 0, csv_field(step.next), step.replications);
      append(text, step.throughput);
      for (const Summary& figure : step.figures) append(text, figure);
      append(text, step.throughput_change);
      for (const Summary& change : step.change) append(text, change);
      text += ',' + csv_field(study.files[s]) + '\n';
    }
  return text;
}

}  // namespace ketensim
