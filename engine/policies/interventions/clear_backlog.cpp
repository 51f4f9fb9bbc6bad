#include <array>
#include <cmath>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array kKeys{
    Key{"step", ValueType::step, true, "",
        "the step whose queue is cleared; a step of a `per:` organisation means all its members"},
    Key{"on", ValueType::date, true, "", "the day; it happens at 00:00, working day or not"},
    Key{"at_most", ValueType::integer, false, "all",
        "clear only the first so many cases in the order of the queue (per member)"},
    Key{"over", ValueType::duration, false, "1 day",
        "who waits on that day is cleared in equal daily parts over this time"},
};

void apply(const Settings& settings, Compilation& compilation) {
  ClearingModel clearing;
  if (settings.has("at_most")) clearing.at_most = static_cast<std::uint32_t>(settings.get<double>("at_most"));
  if (settings.has("over"))
    clearing.days = static_cast<std::uint32_t>(std::ceil(settings.get<Duration>("over").days - 1e-9));
  for (const std::uint32_t step : compilation.steps_named(settings.get<std::string>("step"))) {
    clearing.step = step;
    compilation.add_clearing(clearing, compilation.moment(settings.get<Date>("on")));
  }
}

SettingProblems problems(const Settings& settings, const Scenario&) {
  SettingProblems found;
  const Duration over = settings.get_or("over", Duration{1.0});
  if (over.working || over.days < 1.0 || over.days > 3660.0)
    found.emplace_back("over", "give one day to ten years, in days on the calendar");
  return found;
}

}  // namespace

const InterventionRule kClearBacklog{
    {"clear_backlog", kKeys,
     "Everyone who waits at the step at that moment is finished without service and goes on along the routes with the "
     "route draw that the case would have had, counted as started and ended then: the burst that reaches the next "
     "partner.",
     "clear_backlog: {step: VTT.research, on: 2024-02-01}"},
    apply,
    problems};

}  // namespace ketensim
