#include <array>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array kKeys{
    Key{"step", ValueType::step, true, "", "the step; a step of a `per:` organisation means all its members"},
    kFromKey,
    kUntilKey,
    Key{"change", ValueType::change, true, "",
        "`-15%` or `x0.85`: a factor on the duration of every service that starts then"},
};

void apply(const Settings& settings, Compilation& compilation) {
  const auto [from, until] = dates_of(settings, compilation);
  const double factor = settings.get<Change>("change").amount;
  for (const std::uint32_t step : compilation.steps_named(settings.get<std::string>("step")))
    compilation.add_step_change({step, from, until, [=](StepModel& version) { version.duration_factor *= factor; }});
}

}  // namespace

const InterventionRule kDuration{
    {"duration", kKeys, "Services that start from one day until another take so much longer or shorter.",
     "duration: {step: RVDK.research, from: 2024-06-01, change: -15%}"},
    apply};

}  // namespace ketensim
