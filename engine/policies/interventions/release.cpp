#include <algorithm>
#include <array>
#include <chrono>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

constexpr std::array<Word, 7> kWeekdays{{{"monday", ""},
                                         {"tuesday", ""},
                                         {"wednesday", ""},
                                         {"thursday", ""},
                                         {"friday", ""},
                                         {"saturday", ""},
                                         {"sunday", ""}}};

constexpr std::array kKeys{
    Key{"step", ValueType::step, true, "", "the step that is released to; of a `per:` organisation, each member"},
    Key{"weekly",
        ValueType::word,
        true,
        "",
        "the day; where no work is done on it, the next working day",
        {},
        kWeekdays},
    Key{"every", ValueType::integer, false, "1", "every so many weeks, from the first such day on"},
    Key{"at_most", ValueType::integer, false, "all", "cases at a time, first in the order of the queue"},
    kSinceKey,
    kUntilKey,
};

void apply(const Settings& settings, Compilation& compilation) {
  using std::chrono::days;
  const auto [from, until] = dates_of(settings, compilation);
  const auto name = std::find_if(kWeekdays.begin(), kWeekdays.end(),
                                 [&](const Word& day) { return day.name == settings.get<std::string>("weekly"); });
  const auto iso = static_cast<int>(name - kWeekdays.begin()) + 1;
  const int every = static_cast<int>(settings.get_or("every", 1.0));
  const int first = static_cast<int>(std::max(from, 0.0));
  const auto today = static_cast<int>(std::chrono::weekday{compilation.day(first)}.iso_encoding());
  std::vector<double> moments;
  for (int day = first + (iso - today + 7) % 7; day < until; day += 7 * every) {
    const double moment = compilation.calendar().next_working(day);
    if (moment < until) moments.push_back(moment);
  }
  const auto at_most =
      settings.has("at_most") ? static_cast<std::uint32_t>(settings.get<double>("at_most")) : kUnlimited;
  compilation.add_release(settings.get<std::string>("step"), moments, at_most, from, until);
}

SettingProblems problems(const Settings& settings, const Scenario& scenario) {
  SettingProblems found;
  if (settings.get_or("every", 1.0) < 1.0) found.emplace_back("every", "give 1 week or more");
  if (settings.get_or("at_most", 1.0) < 1.0)
    found.emplace_back("at_most", "nobody would ever be released: give 1 or more");
  const auto same_step =
      std::count_if(scenario.interventions.begin(), scenario.interventions.end(), [&](const auto& i) {
        return i.kind == "release" && i.settings.has("step") &&
               i.settings.template get<std::string>("step") == settings.get<std::string>("step");
      });
  if (same_step > 1) found.emplace_back("step", "two interventions `release` at this step: give one");
  return found;
}

}  // namespace

const InterventionRule kRelease{{"release", kKeys,
                                 "Who comes to the step waits until a day of the week on which so many are released "
                                 "together, as by a table that meets once "
                                 "a week. They are released at 00:00, and then start as slots allow: who is received "
                                 "on the day itself waits for the next. "
                                 "They wait in the queue of this step, where patience and worsening go on; who waits "
                                 "there when it begins waits for it too.",
                                 "release: {step: RVDK.research, weekly: tuesday, at_most: 12, from: 2024-06-01}"},
                                apply,
                                problems};

}  // namespace ketensim
