#include <array>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array kCostKeys{
    Key{"once", ValueType::number, false, "0", "euros on the first day"},
    Key{"per_year", ValueType::number, false, "0", "euros a year, day by day as long as it holds"},
    Key{"per_fte_year", ValueType::number, false, "0",
        "euros for each fte and year that a `capacity` brings (saved, where it takes them away); of a pool that is "
        "given "
        "in slots, for each slot. Who learns is paid in full"},
};
constexpr std::array kCommonKeys{
    Key{"cost", ValueType::group, false, "nothing", "what it costs in euros; the indicator `cost` adds up all levers",
        kCostKeys},
};

}  // namespace

std::span<const Key> common_intervention_keys() { return kCommonKeys; }

void add_cost_of(const Intervention& intervention, Compilation& compilation) {
  const Settings& settings = intervention.settings;
  if (!settings.has("cost")) return;
  const Settings& cost = settings.get<Settings>("cost");
  const bool one_day = settings.has("on");
  const double first = one_day ? compilation.moment(settings.get<Date>("on")) : dates_of(settings, compilation).first;
  const double until = one_day ? first + 1.0 : dates_of(settings, compilation).second;
  compilation.add_cost(first, first + 1.0, cost.get_or("once", 0.0));
  compilation.add_cost(first, until, cost.get_or("per_year", 0.0) / kDaysPerYear);
  if (cost.has("per_fte_year"))
    for (const std::uint32_t pool : compilation.pools_named(settings.get<std::string>("pool")))
      compilation.add_staff_cost({pool, first, until, settings.get<Change>("change")},
                                 cost.get<double>("per_fte_year"));
}

SettingProblems cost_problems(const Intervention& intervention) {
  SettingProblems found;
  if (!intervention.settings.has("cost")) return found;
  const Settings& cost = intervention.settings.get<Settings>("cost");
  if (cost.values.empty()) found.emplace_back("cost", "say what it costs: `once`, `per_year` or `per_fte_year`");
  if (cost.has("per_fte_year") && intervention.kind != "capacity")
    found.emplace_back("cost", "only `capacity` brings or takes fte: give `once` or `per_year` here");
  return found;
}

}  // namespace ketensim
