#include <array>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array kKeys{
    Key{"step", ValueType::step, true, "", "the step that cases leave; of a `per:` organisation, all its members"},
    Key{"among", ValueType::options, true, "", "the steps among which is chosen"},
    Key{"by", ValueType::word, true, "", "what decides", {}, kChoiceRules},
    kSinceKey,
    kUntilKey,
};

void apply(const Settings& settings, Compilation& compilation) {
  const auto [from, until] = dates_of(settings, compilation);
  const ChoiceRule by = *choice_rule(settings.get<std::string>("by"));
  for (const std::uint32_t step : compilation.steps_named(settings.get<std::string>("step"))) {
    const std::uint32_t routing = compilation.rerouted(step, settings.get<std::vector<Target>>("among"), by);
    compilation.add_step_change({step, from, until, [=](StepModel& version) { version.routing = routing; }});
  }
}

SettingProblems problems(const Settings& settings, const Scenario&) {
  SettingProblems found;
  for (const Target& target : settings.get<std::vector<Target>>("among"))
    if (target.to == "out") found.emplace_back("among", "`out` is not a step among which can be chosen: give a branch");
  return found;
}

}  // namespace

const InterventionRule kChoose{
    {"choose", kKeys,
     "Cases that leave the step by its unconditional branch go where there is most room, as seen at the moment of the "
     "hand-over; "
     "who is on the way to a step does not count there. Between equals the case's own route draw decides, by the "
     "shares.",
     "choose: {step: RVDK.research, among: [JBOV.intake, LDH.intake], by: shortest_queue, from: 2024-06-01}"},
    apply,
    problems};

}  // namespace ketensim
