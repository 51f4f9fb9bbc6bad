#include <algorithm>
#include <array>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::size_t kMostReserves = 7;  // that a case in the simulator can tell apart

constexpr std::array kKeys{
    Key{"pool", ValueType::pool, true, "", "the pool; a pool of a `per:` organisation means all its members"},
    Key{"slots", ValueType::integer, true, "", "slots that are kept (per member)"},
    Key{"when", ValueType::conditions, false, "always", "attributes of the cases for which they are kept"},
    Key{"waited", ValueType::duration, false, "0 days", "only for cases that have waited so long at the step"},
    kSinceKey,
    kUntilKey,
};

void apply(const Settings& settings, Compilation& compilation) {
  const auto [from, until] = dates_of(settings, compilation);
  compilation.add_reserve(settings.get<std::string>("pool"), settings.get_or("when", std::vector<Condition>()),
                          settings.get_or("waited", Duration{}),
                          static_cast<std::uint32_t>(settings.get<double>("slots")), from, until);
}

}  // namespace

SettingProblems reserve_problems(const std::string& pool, const Scenario& scenario) {
  SettingProblems found;
  const auto keeps = [&](const Intervention& i) {
    return (i.kind == "reserve" || (i.kind == "capacity" && i.settings.has("waited"))) && i.settings.has("pool") &&
           i.settings.get<std::string>("pool") == pool;
  };
  if (static_cast<std::size_t>(std::count_if(scenario.interventions.begin(), scenario.interventions.end(), keeps)) >
      kMostReserves)
    found.emplace_back("pool", "a pool can keep slots in at most 7 ways");
  for (const Step& step : scenario.chain.steps)
    if (std::find(step.more_pools.begin(), step.more_pools.end(), pool) != step.more_pools.end())
      found.emplace_back("pool", "slots can be kept only in the pool that a step names first, and " + step.id +
                                     " names this one later");
  return found;
}

namespace {

SettingProblems problems(const Settings& settings, const Scenario& scenario) {
  SettingProblems found = reserve_problems(settings.get<std::string>("pool"), scenario);
  if (!settings.has("when") && !settings.has("waited"))
    found.emplace_back("when", "say for whom the slots are kept: `when`, `waited` or both");
  return found;
}

}  // namespace

const InterventionRule kReserve{{"reserve", kKeys,
                                 "Slots that only some cases may take. Of the other cases at most as many are in "
                                 "service as there are slots beside these, "
                                 "as long as the cases for which they are kept do not fill them. A case that fits "
                                 "several reserves of a pool belongs to the "
                                 "first one listed. Who holds a slot keeps it.",
                                 "reserve: {pool: RVDK.research, slots: 3, when: {urgency: crisis}, from: 2024-06-01}"},
                                apply,
                                problems};

}  // namespace ketensim
