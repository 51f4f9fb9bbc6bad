#include <algorithm>
#include <array>
#include <set>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array kKeys{
    Key{"steps", ValueType::steps, true, "",
        "two or more steps; the first is where it begins, the last gives the routes"},
    Key{"share", ValueType::share, true, "", "of the cases that reach the first step"},
    kFromKey,
    kUntilKey,
};

void apply(const Settings& settings, Compilation& compilation) {
  const auto [from, until] = dates_of(settings, compilation);
  compilation.add_together(settings.get<std::vector<std::string>>("steps"), settings.get<double>("share"), from, until);
}

SettingProblems problems(const Settings& settings, const Scenario& scenario) {
  SettingProblems found;
  const auto& steps = settings.get<std::vector<std::string>>("steps");
  if (steps.size() < 2) found.emplace_back("steps", "name at least two steps");
  if (std::set<std::string>(steps.begin(), steps.end()).size() < steps.size())
    found.emplace_back("steps", "each step can be named only once");
  const auto same_start =
      std::count_if(scenario.interventions.begin(), scenario.interventions.end(), [&](const auto& i) {
        const auto other = i.settings.values.find("steps");
        const auto* names =
            other == i.settings.values.end() ? nullptr : std::get_if<std::vector<std::string>>(&other->second);
        return i.kind == "together" && names && !names->empty() && !steps.empty() && names->front() == steps.front();
      });
  if (same_start > 1) found.emplace_back("steps", "two interventions `together` begin at this step: give one");
  return found;
}

}  // namespace

const InterventionRule kTogether{
    {"together", kKeys,
     "'Samen op': for a share of the cases that reach the first step, all steps named are received at once, each with "
     "a slot "
     "of its own pool. When the last of them has ended, the case follows the routes of the step named last. "
     "Withdrawing from "
     "one branch withdraws from it alone; what a branch changes in the attributes stays with that branch.",
     "together: {steps: [VTT.research, RVDK.research], share: 30%, from: 2024-06-01}"},
    apply,
    problems};

}  // namespace ketensim
