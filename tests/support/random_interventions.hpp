#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "tests/support/random_chain.hpp"

namespace ketensim::support {

/// How a kind of intervention is drawn. A new kind is a row, with its two functions. Nothing: this chain has no place
/// for it.
struct RandomKind {
  std::string_view name;
  /// Settings by chance, that begin at `from`.
  std::optional<Settings> (*drawn)(Chance& chance, const Scenario& scenario, Date from);
  /// Settings with which it changes nothing, if it stands before all others of its kind.
  std::optional<Settings> (*neutral)(Chance& chance, const Scenario& scenario, Date from);
};
std::span<const RandomKind> random_kinds();

/// A day of the simulation.
Date random_day(Chance& chance, const Scenario& scenario);

/// An intervention with which the scenario is valid: it is to be added at the end of the list.
std::optional<Intervention> random_intervention(Chance& chance, const Scenario& scenario, const RandomKind& kind,
                                                Date from);
std::optional<Intervention> neutral_intervention(Chance& chance, const Scenario& scenario, const RandomKind& kind);

/// Adds up to `most` of them, of any of the kinds (all, if none are named).
void add_random_interventions(Chance& chance, Scenario& scenario, int most,
                              std::span<const std::string_view> kinds = {});

}  // namespace ketensim::support
