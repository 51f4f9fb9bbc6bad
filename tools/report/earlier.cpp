#include "tools/report/earlier.hpp"

#include <cmath>

namespace ketensim::report {
namespace {

constexpr std::string_view kNear = "1-4", kAll = "all";  // quarters
constexpr std::chrono::days kAboutAYear{400};
constexpr double kSomeQueue = 0.05;  // cases in any period: below, there is nothing to see

}  // namespace

const Skill* find_skill(const std::vector<Skill>& skills, const Place& place, std::string_view indicator,
                        std::string_view horizon) {
  for (const Skill& skill : skills)
    if (skill.organisation == place.organisation && skill.step == place.step && skill.indicator == indicator &&
        skill.horizon == horizon)
      return std::isnan(skill.wape) ? nullptr : &skill;
  return nullptr;
}

std::string_view judged_horizon(const Results& results) {
  const ReportedPeriod& whole = results.periods[whole_period(results)];
  return whole.until - whole.from <= kAboutAYear ? kNear : kAll;
}

std::vector<PlaceFigure> no_better_than_naive(const std::vector<Skill>& skills, const Study& study,
                                              const Results& results, const Place& place) {
  std::vector<PlaceFigure> found;
  if (!has_queue(results, place)) return found;
  for (const std::string_view indicator : kScoredFigures)
    for (const Skill& skill : skills) {
      const bool member = study.label(skill.organisation).group == place.organisation;
      if (skill.indicator != indicator || skill.step != place.step || skill.horizon != judged_horizon(results) ||
          (skill.organisation != place.organisation && !member))
        continue;
      if (!std::isnan(skill.wape) && !skill.beats_naive())
        found.push_back({{skill.organisation, skill.step}, indicator});
    }
  return found;
}

bool has_queue(const Results& results, const Place& place) {
  for (std::size_t period = 0; period < results.base_periods; ++period)
    if (figure_at(results, place, "queue_mean", period).mean >= kSomeQueue) return true;
  return false;
}

}  // namespace ketensim::report
