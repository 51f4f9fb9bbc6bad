#pragma once

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ketensim/indicators.hpp"
#include "ketensim/scenario.hpp"
#include "ketensim/settings.hpp"

namespace ketensim {

/// The figures of the chain as a whole, over the reported period, by which a change is weighed. `waiting` says most in
/// a period that is not steady: it counts every child that waits, also who has not left yet; lead times are known only
/// of who has, and rise for a while when those who waited longest leave at last.
enum class Aim { waiting, lead_time, to_help, norm_met };
inline constexpr std::size_t kObjectives = 4;

/// An objective as it is named on the command line, and the indicator that it is: `chain`, step `all`.
struct ObjectiveKind {
  std::string_view name, indicator;
  bool less_is_better;
};
const std::array<ObjectiveKind, kObjectives>& objective_kinds();  // in the order of Aim

/// What a change brings: alternative minus baseline, paired by replication, for each Aim.
struct Worth {
  Intervention lever;    // by which `compare` finds the same
  int replications = 0;  // the first so many; 0: not simulated, because nobody ever waits there and nothing can change
  std::array<Summary, kObjectives> effect;
};

/// A pool, members of `per:` organisations apart, and whether it is what limits the chain. Figures are over the
/// reported period; summaries over the replications of the baseline.
struct PoolWorth {
  std::string pool;
  int rank = 0;         // 1: nowhere is one more slot worth more. Pools that cannot be told apart share a rank
  bool tied = false;    // shares its rank
  bool in_fte = false;  // the pool is given in fte
  Summary utilisation;
  Summary waiting;        // cases that wait for one of its slots, mean over time
  Summary waiting_share;  // of all who wait in the chain
  Summary growth;         // of who waits for it, cases per month
  Summary sole, shared;   // share of time in which it is the momentary bottleneck, alone and with another
  Summary idle;           // slots that are free while somebody waits for one, mean over time
  Worth slot;
  std::optional<Worth> fte;  // of a pool that is given in fte
};

/// The constraint of a chain: its pools by rank, and by what a slot more brings.
struct Constraint {
  int replications = 0;          // of the baseline
  Date from;                     // first day of the changes
  Aim objective = Aim::waiting;  // by which they rank
  double slots = 1.0;            // that are added
  std::array<Summary, kObjectives> baseline;
  std::vector<PoolWorth> pools;
};

struct ConstraintOptions {
  Aim objective = Aim::waiting;
  double slots = 1.0;        // whole, that are added at a pool: one, or some where the effect of one is too small
  std::optional<Date> from;  // first day of the change; none: the start of the period
  bool fte = true;           // also say what one fte is worth
  double error = 0.05;       // probability that any two pools are told apart by chance
  int threads = 0;           // 0: as many as the machine has
  std::function<void(int done, int total)> progress;
};

/// Adds slots (and one fte) at one pool after the other and compares, with the draws of the baseline. The baseline has
/// all replications of the scenario; a pool gets the first few of them, and then twice as many each time for as long as
/// it cannot be told apart from the pool where a slot is worth most, up to as many as the scenario says. Differences
/// between pools are paired by replication and tested at `error`, divided by the number of comparisons (Bonferroni).
///
/// The momentary bottleneck is, at each moment, the pool whose active period around that moment is longest; where the
/// periods of one bottleneck and the next overlap, both share the moment (Roser, Nakano and Tanaka 2002, "Shifting
/// bottleneck detection"). Theirs are machines; a pool is active from the moment that all its slots are taken until one
/// is free and nobody waits for it.
///
/// Throws std::invalid_argument if the scenario has errors, or with the changes would have.
Constraint find_constraint(const Scenario& scenario, const ConstraintOptions& options = {});

}  // namespace ketensim
