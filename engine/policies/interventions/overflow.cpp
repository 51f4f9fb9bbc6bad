#include <array>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array kKeys{
    Key{"step", ValueType::step, true, "",
        "the step with the queue; of a `per:` organisation, the queue of each member by itself"},
    Key{"above", ValueType::number, true, "", "cases are sent elsewhere while more than this wait there"},
    Key{"to", ValueType::step, true, "", "the step to which they go instead"},
    kSinceKey,
    kUntilKey,
};

void apply(const Settings& settings, Compilation& compilation) {
  const double above = settings.get<double>("above");
  const std::uint32_t to = compilation.destination(settings.get<std::string>("to"));
  change_steps(settings, compilation, [=](StepModel& version) {
    version.overflow_above = above;
    version.overflow_to = to;
  });
}

SettingProblems problems(const Settings& settings, const Scenario&) {
  SettingProblems found;
  if (settings.get<std::string>("step") == settings.get<std::string>("to"))
    found.emplace_back("to", "a step cannot be its own way out: name another one");
  if (settings.get<double>("above") < 0.0) found.emplace_back("above", "a queue is never shorter than 0");
  return found;
}

}  // namespace

const InterventionRule kOverflow{{"overflow", kKeys,
                                  "Who would be sent to the step while its queue is long is sent to another step "
                                  "instead, as seen at the moment of the hand-over, "
                                  "with the same transfer. It happens once: where it leads to, the case stays. Steps "
                                  "named by `together` are not diverted.",
                                  "overflow: {step: LDH.intake, above: 20, to: JBOV.intake, from: 2024-06-01}"},
                                 apply,
                                 problems};

}  // namespace ketensim
