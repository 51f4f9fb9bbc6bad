#include <algorithm>
#include <array>
#include <cmath>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array kKeys{
    Key{"pool", ValueType::pool, true, "", "the pool; a pool of a `per:` organisation means all its members"},
    kFromKey,
    kUntilKey,
    Key{"change", ValueType::change, true, "",
        "`+20%`, `x1.2`, `+6 slots`, `-1.5 fte`, or absolute `30 slots`, `4 fte`; percentages multiply, slots are "
        "added "
        "after all percentages, and the result is rounded down once"},
    Key{"ramp", ValueType::duration, false, "0 days", "who is hired learns for so long"},
    Key{"productivity", ValueType::share, false, "50%", "of who learns"},
    Key{"waited", ValueType::duration, false, "0 days",
        "the added slots serve only cases that have waited so long at the step: as `reserve`"},
};

/// What is left of a change while those whom it adds learn.
Change learning(Change change, double productivity) {
  change.amount =
      change.kind == Change::Kind::factor ? 1.0 + (change.amount - 1.0) * productivity : change.amount * productivity;
  return change;
}

void apply(const Settings& settings, Compilation& compilation) {
  const auto [from, until] = dates_of(settings, compilation);
  const std::string& name = settings.get<std::string>("pool");
  const Change change = settings.get<Change>("change");
  const double learned = std::min(from + std::ceil(settings.get_or("ramp", Duration{}).days), until);
  for (const std::uint32_t pool : compilation.pools_named(name)) {
    compilation.add_capacity_change({pool, from, learned, learning(change, settings.get_or("productivity", 0.5))});
    compilation.add_capacity_change({pool, learned, until, change});
  }
  if (settings.has("waited"))
    compilation.add_reserve(name, {}, settings.get<Duration>("waited"), static_cast<std::uint32_t>(change.amount), from,
                            until);
}

SettingProblems problems(const Settings& settings, const Scenario& scenario) {
  SettingProblems found;
  if (!settings.has("ramp") && settings.has("productivity"))
    found.emplace_back("productivity", "say how long it holds: `ramp`");
  const Duration ramp = settings.get_or("ramp", Duration{});
  if (ramp.working) found.emplace_back("ramp", "give days on the calendar");
  const bool range = std::holds_alternative<std::vector<Change>>(settings.values.find("change")->second);
  if (range && settings.has("waited")) found.emplace_back("waited", "give one change here, such as +4 slots");
  if (range) return found;
  const Change change = settings.get<Change>("change");
  using Kind = Change::Kind;
  const bool adds = (change.kind == Kind::factor && change.amount > 1.0) ||
                    ((change.kind == Kind::add_slots || change.kind == Kind::add_fte) && change.amount > 0.0);
  if (settings.has("ramp") && !adds)
    found.emplace_back("ramp", "only who is added learns: give a change such as +2 fte");
  if (!settings.has("waited")) return found;
  if (change.kind != Kind::add_slots || change.amount < 1.0 || change.amount != std::floor(change.amount))
    found.emplace_back("change", "give whole slots that are added for who has waited long, such as +4 slots");
  if (settings.has("ramp"))
    found.emplace_back("ramp", "leave this out: slots are kept for who has waited long from the first day");
  for (auto& problem : reserve_problems(settings.get<std::string>("pool"), scenario))
    found.push_back(std::move(problem));
  return found;
}

}  // namespace

const InterventionRule kCapacity{
    {"capacity", kKeys,
     "The pool's slots change from one day until another. When a pool shrinks, running cases go on and nothing starts "
     "while as many slots are taken as there are.",
     "capacity: {pool: RVDK.research, from: 2024-03-01, until: 2024-09-01, change: +20%}"},
    apply,
    problems};

}  // namespace ketensim
