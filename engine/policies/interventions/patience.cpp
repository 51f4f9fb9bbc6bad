#include <array>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array kKeys{
    Key{"step", ValueType::step, true, "", "the step; a step of a `per:` organisation means all its members"},
    kFromKey,
    kUntilKey,
    Key{"change", ValueType::change, true, "",
        "`+50%` or `x1.5`: a factor on the patience of every case received then"},
};

void apply(const Settings& settings, Compilation& compilation) {
  const auto [from, until] = dates_of(settings, compilation);
  const double factor = settings.get<Change>("change").amount;
  for (const std::uint32_t step : compilation.steps_named(settings.get<std::string>("step")))
    compilation.add_step_change({step, from, until, [=](StepModel& version) { version.patience_factor *= factor; }});
}

}  // namespace

const InterventionRule kPatience{
    {"patience", kKeys, "Cases that are received then wait so much longer or shorter before they withdraw.",
     "patience: {step: VTT.research, from: 2024-06-01, change: +50%}"},
    apply};

}  // namespace ketensim
