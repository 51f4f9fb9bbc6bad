#include <array>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array kKeys{
    Key{"pool", ValueType::pool, true, "", "the pool; a pool of a `per:` organisation means all its members"},
    Key{"share", ValueType::share, true, "", "of the staff that is ill at a moment, on average; below 1"},
    Key{"spell", ValueType::duration, false, "14 days", "how long somebody is ill, on average"},
    kSinceKey,
    kUntilKey,
};

void apply(const Settings& settings, Compilation& compilation) {
  const auto [from, until] = dates_of(settings, compilation);
  const double share = settings.get<double>("share");
  AbsenceModel absence;
  absence.mean_absent = settings.get_or("spell", Duration{14.0}).days;
  absence.mean_present = share > 0.0 ? absence.mean_absent * (1.0 - share) / share : 1e12;
  absence.absent_at_first = share;
  compilation.add_absence(settings.get<std::string>("pool"), "sick_leave", absence, from, until);
}

}  // namespace

SettingProblems absence_problems(const Settings& settings, const Scenario& scenario,
                                 std::initializer_list<std::string_view> terms) {
  constexpr double kMostStaff = 10'000.0;
  SettingProblems found;
  for (const std::string_view term : terms)
    if (const Duration length = settings.get_or(term, Duration{1.0});
        length.working || length.days > 100.0 * kDaysPerYear)
      found.emplace_back(term, "give days on the calendar, at most 100 years");
    else if (length.days <= 0.0 && term != "ramp")
      found.emplace_back(term, "give more than no time at all");
  for (const Pool& pool : scenario.chain.pools) {
    if (pool.id != settings.get<std::string>("pool")) continue;
    for (const auto& [day, staff] : (pool.fte ? pool.fte : pool.slots)->common.from)
      if (staff > kMostStaff) found.emplace_back("pool", "its staff is too large to follow one by one");
  }
  return found;
}

namespace {

SettingProblems problems(const Settings& settings, const Scenario& scenario) {
  SettingProblems found = absence_problems(settings, scenario, {"spell"});
  if (settings.get<double>("share") >= 1.0)
    found.emplace_back("share", "nobody would ever be there: give less than all");
  return found;
}

}  // namespace

const InterventionRule kSickLeave{{"sick_leave", kKeys,
                                   "Members of the staff fall ill now and then, each independently of the others: "
                                   "exponential times between and during spells, "
                                   "already going on when it begins. The slots follow who is there: the n-th member "
                                   "stands for the n-th fte (or slot, of a pool "
                                   "that is given in slots). For an even share of absence give `leave`.",
                                   "sick_leave: {pool: RVDK.research, share: 7%, spell: 3 weeks}"},
                                  apply,
                                  problems};

}  // namespace ketensim
