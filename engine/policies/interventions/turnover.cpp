#include <array>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array kKeys{
    Key{"pool", ValueType::pool, true, "", "the pool; a pool of a `per:` organisation means all its members"},
    Key{"rate", ValueType::growth, true, "", "share of the staff that leaves in a year"},
    Key{"vacancy", ValueType::duration, true, "", "until the successor starts, on average"},
    Key{"ramp", ValueType::duration, false, "0 days", "how long the successor learns"},
    Key{"productivity", ValueType::share, false, "50%", "of who learns"},
    kSinceKey,
    kUntilKey,
};

void apply(const Settings& settings, Compilation& compilation) {
  const auto [from, until] = dates_of(settings, compilation);
  AbsenceModel absence;
  absence.mean_present = kDaysPerYear / settings.get<double>("rate");
  absence.mean_absent = settings.get<Duration>("vacancy").days;
  absence.learning = settings.get_or("ramp", Duration{}).days;
  absence.productivity = settings.get_or("productivity", 0.5);
  compilation.add_absence(settings.get<std::string>("pool"), "turnover", absence, from, until);
}

SettingProblems problems(const Settings& settings, const Scenario& scenario) {
  SettingProblems found = absence_problems(settings, scenario, {"vacancy", "ramp"});
  const double rate = settings.get<double>("rate");
  if (!(rate > 0.0 && rate <= 50.0))
    found.emplace_back("rate", "give a share above 0 that leaves in a year, such as 15% / year");
  return found;
}

}  // namespace

const InterventionRule kTurnover{
    {"turnover", kKeys,
     "Members of the staff leave, each independently of the others at this rate; their place is empty for an "
     "exponential time, and "
     "their successor learns before being fully productive. When it begins, everyone is there. The slots follow as by "
     "`sick_leave`.",
     "turnover: {pool: RVDK.research, rate: 15% / year, vacancy: 4 months, ramp: 3 months}"},
    apply,
    problems};

}  // namespace ketensim
