#include "tools/cli/focusing.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "tools/cli/output_text.hpp"
#include "tools/cli/progress.hpp"
#include "tools/report/focusing.hpp"
#include "tools/report/text.hpp"

namespace ketensim::cli {

FocusingStudy focusing_study(const Scenario& scenario, const FocusingOptions& options, bool quiet) {
  FocusingStudy study{scenario.id, scenario.name, {}, {}};
  {
    Progress progress(!quiet);
    FocusingOptions watched = options;
    watched.constraint.progress = [&](int done, int total) { progress.update(done, total); };
    watched.told = [&](const FocusingStep& step) {
      if (quiet) return;
      show(report::step_line(step));
      std::fflush(stdout);
    };
    study.steps = take_focusing_steps(scenario, watched);
  }
  study.files.resize(study.steps.size());
  if (!quiet) show("\n" + report::set_out(report::steps_table(study), screen()));
  return study;
}

void add_levers(LeverFiles& levers, FocusingStudy& study, const std::string& scenario_file) {
  constexpr std::array<const char*, 5> kStems{"identify", "spread-leave", "no-idle-slot", "subordinate", "elevate"};
  for (std::size_t s = 0; s < study.steps.size(); ++s) {
    const FocusingStep& step = study.steps[s];
    if (step.levers.empty()) continue;
    std::string stem =
        fmt::format("{}-{}-{}", study.scenario, step.round, kStems[static_cast<std::size_t>(step.focus)]);
    if (step.focus == Focus::elevate) stem += fmt::format("+{:g}", step.amount);
    study.files[s] =
        levers.add(stem, scenario_file, fmt::format("{}: {} {}", study.name, step.round, stem), step.levers);
  }
}

}  // namespace ketensim::cli
