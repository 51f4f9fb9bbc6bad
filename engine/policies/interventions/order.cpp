#include <array>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array kKeys{
    Key{"step", ValueType::step, true, "", "the step; a step of a `per:` organisation means all its members"},
    kFromKey,
    kUntilKey,
    Key{"order", ValueType::order, true, "", "queue orders and attributes, the first decides"},
};

void apply(const Settings& settings, Compilation& compilation) {
  const auto [from, until] = dates_of(settings, compilation);
  const std::uint32_t order = compilation.order(settings.get<std::vector<std::string>>("order"));
  for (const std::uint32_t step : compilation.steps_named(settings.get<std::string>("step")))
    compilation.add_step_change({step, from, until, [=](StepModel& version) { version.order = order; }});
}

}  // namespace

const InterventionRule kOrder{{"order", kKeys, "The queue is served in another order; who waits already is put in it.",
                               "order: {step: RVDK.research, from: 2024-06-01, order: [longest]}"},
                              apply};

}  // namespace ketensim
