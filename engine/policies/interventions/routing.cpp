#include <array>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array kKeys{
    kStepKey,
    kFromKey,
    kUntilKey,
    Key{"to", ValueType::routes, true, "", "where cases go, with their shares"},
};

void apply(const Settings& settings, Compilation& compilation) {
  const auto [from, until] = dates_of(settings, compilation);
  for (const std::uint32_t step : compilation.steps_named(settings.get<std::string>("step"))) {
    const std::uint32_t routing =
        compilation.rerouted(step, settings.get<std::vector<Target>>("to"), ChoiceRule::share);
    compilation.add_step_change({step, from, until, [=](StepModel& version) { version.routing = routing; }});
  }
}

}  // namespace

const InterventionRule kRouting{
    {"routing", kKeys,
     "Cases that end (or are cleared) then go by these shares instead of the step's unconditional branch; branches "
     "with "
     "`when` stay.",
     "routing: {step: VTT.triage, from: 2024-06-01, to: {VTT.research: 0.20, GEM.access: 0.62, out: 0.18}}"},
    apply};

}  // namespace ketensim
