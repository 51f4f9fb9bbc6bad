#pragma once

#include <string_view>
#include <utility>

#include "engine/kernel/compilation.hpp"
#include "ketensim/intervention.hpp"

namespace ketensim {

/// A row of the table of interventions: how it is written, and what it does to a model under construction.
struct InterventionRule {
  InterventionKind kind;
  void (*apply)(const Settings& settings, Compilation& compilation);
};

/// The row of that name, or null.
const InterventionRule* rule_of(std::string_view kind);

/// Keys that most rules share, and what they say: [from, until) in days since the origin.
inline constexpr Key kFromKey{"from", ValueType::date, true, "", "first day of the change"};
inline constexpr Key kUntilKey{"until", ValueType::date, false, "end of the period",
                               "first day on which it no longer holds"};
std::pair<double, double> dates_of(const Settings& settings, const Compilation& compilation);

extern const InterventionRule kArrivals, kCapacity, kClearBacklog, kDuration, kNorm, kOrder, kPatience, kReturns,
    kRouting;

}  // namespace ketensim
