#include <array>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array kKeys{
    kStepKey,
    kFromKey,
    kUntilKey,
    Key{"change", ValueType::change, true, "",
        "`-15%` or `x0.85`: a factor on the duration of every service that starts then"},
};

void apply(const Settings& settings, Compilation& compilation) {
  const double factor = settings.get<Change>("change").amount;
  change_steps(settings, compilation, [=](StepModel& version) { version.duration_factor *= factor; });
}

}  // namespace

const InterventionRule kDuration{
    {"duration", kKeys, "Services that start from one day until another take so much longer or shorter.",
     "duration: {step: RVDK.research, from: 2024-06-01, change: -15%}"},
    apply};

}  // namespace ketensim
