#pragma once

#include <string_view>

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

extern const InterventionRule kClearBacklog;
extern const InterventionRule kCapacity;

}  // namespace ketensim
