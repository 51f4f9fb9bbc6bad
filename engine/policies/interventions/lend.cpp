#include <array>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array kWhenKeys{
    Key{"queue", ValueType::step, true, "",
        "the step whose queue decides; of a `per:` organisation, all members together"},
    Key{"above", ValueType::number, true, "", "staff moves when more cases than this wait there"},
};
constexpr std::array kBackKeys{
    Key{"below", ValueType::number, true, "", "staff goes back when fewer cases than this wait there"},
};
constexpr std::array kKeys{
    Key{"pool", ValueType::pool, true, "", "the pool that lends (one pool, no group)"},
    Key{"to", ValueType::pool, true, "", "the pool that borrows (one pool, no group)"},
    Key{"slots", ValueType::integer, true, "", "slots that move; fewer if the lender has fewer"},
    kFromKey,
    kUntilKey,
    Key{"when", ValueType::group, true, "", "the threshold at which staff moves", kWhenKeys},
    Key{"back", ValueType::group, true, "", "the threshold at which it goes back", kBackKeys},
    Key{"delay", ValueType::duration, false, "0 days", "travel or learning: gone at once, at work there after this"},
    Key{"efficiency", ValueType::share, false, "1", "what a slot is worth there; the sum is rounded down"},
};

void apply(const Settings& settings, Compilation& compilation) {
  const auto [from, until] = dates_of(settings, compilation);
  const Settings &when = settings.get<Settings>("when"), &back = settings.get<Settings>("back");
  LendModel lend;
  lend.from = compilation.pools_named(settings.get<std::string>("pool")).front();
  lend.to = compilation.pools_named(settings.get<std::string>("to")).front();
  lend.slots = static_cast<std::uint32_t>(settings.get<double>("slots"));
  lend.efficiency = settings.get_or("efficiency", 1.0);
  lend.queue = compilation.steps_named(when.get<std::string>("queue"));
  lend.above = when.get<double>("above");
  lend.below = back.get<double>("below");
  lend.delay = settings.get_or("delay", Duration{});
  compilation.add_lend(std::move(lend), from, until);
}

bool is_group(const Scenario& scenario, const std::string& pool) {
  for (const Organisation& organisation : scenario.chain.organisations)
    if (organisation.id == organisation_part(pool)) return !organisation.per.empty();
  return false;
}

SettingProblems problems(const Settings& settings, const Scenario& scenario) {
  SettingProblems found;
  const std::string &pool = settings.get<std::string>("pool"), &to = settings.get<std::string>("to");
  if (pool == to) found.emplace_back("to", "a pool cannot lend to itself");
  for (const char* key : {"pool", "to"})
    if (is_group(scenario, settings.get<std::string>(key)))
      found.emplace_back(key, "name one pool here, such as one member of the group");
  if (settings.get<Settings>("back").get<double>("below") > settings.get<Settings>("when").get<double>("above") + 1.0)
    found.emplace_back("back", "staff would go back and forth at once: `below` must not lie above `when: {above}`");
  return found;
}

}  // namespace

const InterventionRule kLend{{"lend", kKeys,
                              "Slots move from one pool to another while a queue is long. The lender's running cases "
                              "are never cut off: it starts "
                              "nothing until its slots suffice. At `until` the staff goes back.",
                              "lend: {pool: JBOV.workers, to: RVDK.research, slots: 3, from: 2024-06-01, when: {queue: "
                              "RVDK.research, above: 8}, "
                              "back: {below: 3}}"},
                             apply,
                             problems};

}  // namespace ketensim
