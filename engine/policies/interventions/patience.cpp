#include <array>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array kKeys{
    kStepKey,
    kFromKey,
    kUntilKey,
    Key{"change", ValueType::change, true, "",
        "`+50%` or `x1.5`: a factor on the patience of every case received then"},
};

void apply(const Settings& settings, Compilation& compilation) {
  const double factor = settings.get<Change>("change").amount;
  change_steps(settings, compilation, [=](StepModel& version) { version.patience_factor *= factor; });
}

}  // namespace

const InterventionRule kPatience{
    {"patience", kKeys, "Cases that are received then wait so much longer or shorter before they withdraw.",
     "patience: {step: VTT.research, from: 2024-06-01, change: +50%}"},
    apply};

}  // namespace ketensim
