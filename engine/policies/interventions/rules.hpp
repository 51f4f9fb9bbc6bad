#pragma once

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
inline constexpr Key kFromKey{"from", ValueType::date, true, "", "first day of the change"};
inline constexpr Key kUntilKey{"until", ValueType::date, false, "end of the period",
                               "first day on which it no longer holds"};
std::pair<double, double> dates_of(const Settings& settings, const Compilation& compilation);

extern const InterventionRule kArrivals, kCapacity, kClearBacklog, kDuration, kLend, kNorm, kOrder, kPatience, kReturns,
    kRouting, kTogether, kWipLimit;

}  // namespace ketensim
