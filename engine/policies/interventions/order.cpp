#include <array>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array kKeys{
    kStepKey,
    kFromKey,
    kUntilKey,
    Key{"order", ValueType::order, true, "", "queue orders and attributes, the first decides"},
};

void apply(const Settings& settings, Compilation& compilation) {
  const std::uint32_t order = compilation.order(settings.get<std::vector<std::string>>("order"));
  change_steps(settings, compilation, [=](StepModel& version) { version.order = order; });
}

}  // namespace

const InterventionRule kOrder{{"order", kKeys, "The queue is served in another order; who waits already is put in it.",
                               "order: {step: RVDK.research, from: 2024-06-01, order: [longest]}"},
                              apply};

}  // namespace ketensim
