#include "tools/report/focusing.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace ketensim::report {
namespace {

std::string what_was_done(const FocusingStep& step) {
  switch (step.focus) {
    case Focus::identify:
      return step.tied ? "as it is (others could be it too)" : "as it is";
    case Focus::spread_leave:
      if (step.amount == 0.0) return "no leave to spread";
      return step.kept ? "the same slots all year" : "the same slots all year: worse, not kept";
    case Focus::no_idle_slot:
      if (step.amount == 0.0) return "no slot stands idle";
      return fmt::format("+{:g} slots that stood idle{}", step.amount, step.kept ? "" : ": worse, not kept");
    case Focus::subordinate:
      if (!step.reached) return "no rope keeps it busy";
      return fmt::format("at most {:g} cases, a buffer of {:.0f}", step.amount, step.buffer);
    case Focus::elevate:
      break;
  }
  const std::string added = fmt::format("+{:g} {}", step.amount, step.in_fte ? "fte" : "slots");
  return step.reached ? fmt::format("{}: then {}", added, step.next) : fmt::format("{}: still the constraint", added);
}

std::string change(const FocusingStep& step, Aim objective, double scale = 1.0) {
  return difference(step.change[static_cast<std::size_t>(objective)], scale, plain_style());
}

}  // namespace

std::string step_line(const FocusingStep& step) {
  return fmt::format("{} {} {}: {}: waiting {}\n", step.round, step.pool,
                     kFocusNames[static_cast<std::size_t>(step.focus)], what_was_done(step),
                     with_interval(step.figures[static_cast<std::size_t>(Aim::waiting)], 1.0, plain_style()));
}

Table steps_table(const FocusingStudy& study) {
  Table table;
  table.title = "The focusing steps";
  table.headers = {
      {"constraint and step", ""}, {"done", ""},          {"throughput", "cases/year"}, {"waiting", "cases"},
      {"change of", "cases"},      {"lead time", "days"}, {"change of", "days"},        {"norm met", "% points"}};
  std::string pool;
  for (const FocusingStep& step : study.steps) {
    table.rows.push_back(
        {fmt::format("{} {} {}", step.round, step.pool, kFocusNames[static_cast<std::size_t>(step.focus)]),
         what_was_done(step), with_interval(step.throughput, 1.0, plain_style()),
         with_interval(step.figures[static_cast<std::size_t>(Aim::waiting)], 1.0, plain_style()),
         change(step, Aim::waiting),
         with_interval(step.figures[static_cast<std::size_t>(Aim::lead_time)], 1.0, plain_style()),
         change(step, Aim::lead_time), change(step, Aim::norm_met, 100.0)});
  }
  if (table.rows.empty())
    table.notes.emplace_back("No pool limits the chain: nowhere does a slot more change anything.");
  for (const FocusingStep& step : study.steps)
    if (step.focus == Focus::subordinate && step.reached)
      table.notes.push_back(fmt::format("Inside the rope of {}: {}.", step.pool, fmt::join(step.inside, ", ")));
  table.notes.emplace_back(
      "Changes are from the scenario as it is, with 95% interval. Each step stands on those before it that were kept; "
      "the rope is tied anew to the next constraint.");
  return table;
}

}  // namespace ketensim::report
