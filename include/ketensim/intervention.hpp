#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ketensim/settings.hpp"

namespace ketensim {

/// A dated change to the chain. `kind` names a row of intervention_kinds(); its settings follow that row's keys.
struct Intervention {
  std::string kind;
  Settings settings;
};

/// One row of the table of interventions, as loader, schema and FORMAT.md see it.
struct InterventionKind {
  std::string_view name;
  std::span<const Key> keys;
  std::string_view meaning;
  std::string_view example;
};
std::span<const InterventionKind> intervention_kinds();

/// The keys that every kind has beside its own.
std::span<const Key> common_intervention_keys();

}  // namespace ketensim
