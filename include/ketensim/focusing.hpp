#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ketensim/constraint.hpp"

namespace ketensim {

/// The five focusing steps (Goldratt 1990, "Theory of Constraints"); the fifth is to begin again with the next
/// constraint. There are two ways to exploit one without anybody more.
enum class Focus {
  identify,      // the chain as it is
  spread_leave,  // the same slots on every day of a year: no leave in the weeks in which others take leave too
  no_idle_slot,  // as many slots more as were free on average while somebody waited for one
  subordinate,   // upstream releases at the pace of the constraint: drum, buffer, rope
  elevate,       // more slots or fte, until another pool is the constraint
};
inline constexpr std::array<std::string_view, 5> kFocusNames{"identify", "exploit: spread leave",
                                                             "exploit: no idle slot", "subordinate", "elevate"};

/// The chain after one of the steps. Each stands on those before it, but for what made it worse, and for the rope of
/// `subordinate`, which is tied anew to the next constraint.
struct FocusingStep {
  int round = 1;  // which constraint
  Focus focus = Focus::identify;
  std::string pool;                  // the constraint
  bool tied = false;                 // identify: others could be the constraint as well
  std::vector<Intervention> levers;  // all of them, by which `compare` finds the same
  double amount = 0.0;  // spread_leave: levers; no_idle_slot: slots; subordinate: cases inside the rope; elevate: slots
                        // or fte that are added
  bool in_fte = false;  // elevate
  double buffer = 0.0;  // subordinate: cases inside the rope less the slots of the constraint (mean over time)
  std::vector<std::string> inside;  // subordinate: the steps inside the rope
  bool kept = true;                 // exploit: it is better than without, and the next steps stand on it
  bool reached = true;              // subordinate: such a rope was found; elevate: another pool is the constraint now
  std::string next;                 // elevate: which pool is the constraint then
  int replications = 0;             // the first so many
  Summary throughput;               // cases that leave the chain, per year
  std::array<Summary, kObjectives> figures;
  Summary throughput_change;                // from the scenario as it is, paired
  std::array<Summary, kObjectives> change;  // likewise
};

struct FocusingOptions {
  ConstraintOptions constraint;  // its progress is that of all
  int rounds = 2;                // constraints that are dealt with
  double kept_busy = 0.99;       // with the rope the constraint does at least this share of its work without
  double most_added = 64.0;      // slots or fte, by which a constraint is elevated
  std::function<void(const FocusingStep&)> told;  // as soon as a step is known; may be empty
};

/// Takes the focusing steps with the pool whose slot is worth most, and again with the next one. What is searched (the
/// rope, how much is added) is searched on the first few replications. A constraint is elevated until one more slot of
/// another pool is worth more than one of its own. Stops early where no slot anywhere changes anything.
std::vector<FocusingStep> take_focusing_steps(const Scenario& scenario, const FocusingOptions& options);

}  // namespace ketensim
