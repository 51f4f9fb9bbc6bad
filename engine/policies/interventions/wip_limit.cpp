#include <algorithm>
#include <array>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::ptrdiff_t kMostLimits = 32;  // a bit each

constexpr std::array kKeys{
    Key{"steps", ValueType::steps, true, "",
        "the steps inside the limit; of a `per:` organisation, all members together"},
    Key{"limit", ValueType::integer, true, "", "cases in queue and service inside, at most"},
    kFromKey,
    kUntilKey,
};

void apply(const Settings& settings, Compilation& compilation) {
  const auto [from, until] = dates_of(settings, compilation);
  compilation.add_limit(settings.get<std::vector<std::string>>("steps"),
                        static_cast<std::uint32_t>(settings.get<double>("limit")), from, until);
}

SettingProblems problems(const Settings& settings, const Scenario& scenario) {
  SettingProblems found;
  if (settings.get<double>("limit") < 1.0)
    found.emplace_back("limit", "a limit of 0 closes the steps for good: give 1 or more");
  const auto count = std::count_if(scenario.interventions.begin(), scenario.interventions.end(),
                                   [](const Intervention& i) { return i.kind == "wip_limit"; });
  if (count > kMostLimits) found.emplace_back("steps", "a scenario can have 32 limits");
  return found;
}

}  // namespace

const InterventionRule kWipLimit{
    {"wip_limit", kKeys,
     "At most so many cases in queue and service at the steps together (CONWIP; released at the pace of what leaves: "
     "drum-buffer-rope). Who is not released has ended at the step before, holds no slot there and is counted as "
     "`held` at it "
     "(who comes from outside the chain, at the step itself). Released in the order of the queue of the step entered. "
     "On the "
     "way between two steps inside, a case keeps its place. If more are inside than the limit when it begins, nobody "
     "is sent "
     "away and nobody enters until there is room.",
     "wip_limit: {steps: [RVDK.research, JBOV.intake], limit: 40, from: 2024-06-01}"},
    apply,
    problems};

}  // namespace ketensim
