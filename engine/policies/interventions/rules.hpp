#pragma once

#include <array>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/kernel/compilation.hpp"
#include "ketensim/intervention.hpp"

namespace ketensim {

/// What is wrong with the settings of one intervention beyond the types of its keys: key and message.
using SettingProblems = std::vector<std::pair<std::string, std::string>>;

/// A row of the table of interventions: how it is written, what it does to a model under construction, and what
/// settings contradict each other (null: none can). `problems` is asked only about settings of the right types.
struct InterventionRule {
  InterventionKind kind;
  void (*apply)(const Settings& settings, Compilation& compilation);
  SettingProblems (*problems)(const Settings& settings, const Scenario& scenario) = nullptr;
};

/// The row of that name, or null.
const InterventionRule* rule_of(std::string_view kind);

/// Keys that most rules share, and what they say: [from, until) in days since the origin.
inline constexpr Key kStepKey{"step", ValueType::step, true, "",
                              "the step; a step of a `per:` organisation means all its members"};
inline constexpr Key kFromKey{"from", ValueType::date, true, "", "first day of the change"};
inline constexpr Key kSinceKey{"from", ValueType::date, false, "the beginning", "first day on which it holds"};
inline constexpr Key kUntilKey{"until", ValueType::date, false, "end of the period",
                               "first day on which it no longer holds"};
/// Between its dates, the step that the settings name works by a changed version of itself.
void change_steps(const Settings& settings, Compilation& compilation, const std::function<void(StepModel&)>& change);
std::pair<double, double> dates_of(const Settings& settings, const Compilation& compilation);

/// What stands in the way of keeping slots of a pool for some cases.
SettingProblems reserve_problems(const std::string& pool, const Scenario& scenario);

/// What stands in the way of members of its staff being absent by chance.
SettingProblems absence_problems(const Settings& settings, const Scenario& scenario,
                                 std::initializer_list<std::string_view> terms);

/// By what one of several targets is chosen, in the order of ChoiceRule.
inline constexpr std::array kChoiceRules{
    Word{"share", "by the shares, whatever stands there"},
    Word{"shortest_queue", "where fewest wait; among equals, where most slots are free"},
    Word{"most_free", "where most slots are free less those who wait for them; among equals, where fewest wait"},
};

void add_cost_of(const Intervention& intervention, Compilation& compilation);
SettingProblems cost_problems(const Intervention& intervention);

extern const InterventionRule kArrivals, kCapacity, kChoose, kClearBacklog, kDuration, kLend, kNorm, kOrder, kOverflow,
    kPatience, kRelease, kReserve, kReturns, kRouting, kSickLeave, kTogether, kTurnover, kWipLimit;

}  // namespace ketensim
