#include <array>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array kKeys{
    kStepKey,
    kFromKey,
    kUntilKey,
    Key{"wait", ValueType::duration, false, "the step's own", "norm on wait"},
    Key{"service", ValueType::duration, false, "the step's own", "norm on service"},
    Key{"lead_time", ValueType::duration, false, "the step's own", "norm on lead time"},
};

void apply(const Settings& settings, Compilation& compilation) {
  const Settings norms = settings;
  change_steps(settings, compilation, [=](StepModel& version) {
    version.norm.wait = norms.get_or("wait", version.norm.wait);
    version.norm.service = norms.get_or("service", version.norm.service);
    version.norm.lead_time = norms.get_or("lead_time", version.norm.lead_time);
  });
}

}  // namespace

const InterventionRule kNorm{
    {"norm", kKeys,
     "Another norm counts for cases that start (wait) or end (service, lead time) then; the order `due` follows it.",
     "norm: {step: RVDK.research, from: 2024-06-01, wait: 5 days}"},
    apply};

}  // namespace ketensim
