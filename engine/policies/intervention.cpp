#include "ketensim/intervention.hpp"

#include <algorithm>
#include <array>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

/// The table of interventions: a new one is a file with its rule, and a place here.
constexpr std::array kRules{&kClearBacklog, &kCapacity, &kArrivals, &kDuration, &kRouting,   &kChoose,
                            &kOverflow,     &kOrder,    &kReserve,  &kRelease,  &kPatience,  &kNorm,
                            &kReturns,      &kLend,     &kWipLimit, &kTogether, &kSickLeave, &kTurnover};

}  // namespace

const InterventionRule* rule_of(std::string_view kind) {
  const auto at =
      std::find_if(kRules.begin(), kRules.end(), [&](const InterventionRule* rule) { return rule->kind.name == kind; });
  return at == kRules.end() ? nullptr : *at;
}

std::pair<double, double> dates_of(const Settings& settings, const Compilation& compilation) {
  const double from = settings.has("from") ? compilation.moment(settings.get<Date>("from")) : 0.0;
  return {from, settings.has("until") ? compilation.moment(settings.get<Date>("until")) : compilation.end()};
}

void change_steps(const Settings& settings, Compilation& compilation, const std::function<void(StepModel&)>& change) {
  const auto [from, until] = dates_of(settings, compilation);
  for (const std::uint32_t step : compilation.steps_named(settings.get<std::string>("step")))
    compilation.add_step_change({step, from, until, change});
}

std::span<const InterventionKind> intervention_kinds() {
  static const auto kinds = [] {
    std::array<InterventionKind, kRules.size()> all{};
    std::transform(kRules.begin(), kRules.end(), all.begin(), [](const InterventionRule* rule) { return rule->kind; });
    return all;
  }();
  return kinds;
}

}  // namespace ketensim
