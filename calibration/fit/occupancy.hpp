#pragma once

#include <cstdint>
#include <vector>

#include "ketensim/monitor.hpp"

namespace ketensim::fit {

/// Where a slot is claimed, and what it is held for.
struct Claim {
  std::int32_t organisation = kUnknown, claimed_at = kUnknown, held_until = kUnknown;
  std::vector<bool> serves;  // by step: those at which the slot is taken
};

/// One case at a pool: it waits, holds a slot, frees it.
struct Stay {
  std::int32_t visit = kUnknown;  // at claimed_at; where that was before the window, the first that was delivered
  bool claim_seen = true;
  bool withdrawn = false;  // left the queue at `freed`: it never held a slot
  Moment received, started, freed;
};

/// The organisation of each visit. Where it was not delivered: that of the case's other visits at the same partner, or
/// the one that an attribute of another of its visits names (a municipality); otherwise kUnknown.
std::vector<std::int32_t> members_of(const Monitor& monitor, const Linked& linked);

/// Whether one step leads to another of the same partner, straight or by way of others: [from][to].
std::vector<std::vector<bool>> reachable_steps(const Monitor& monitor, const Linked& linked);

/// The cases of a pool, case by case in the order of `linked`.
std::vector<Stay> stays_of(const Monitor& monitor, const Linked& linked, const std::vector<std::int32_t>& members,
                           const Claim& claim);

/// Bounds starts and ends that are not known by the longest that a slot is held (all but one in a thousand).
void bound_by_longest(std::vector<Stay>& stays);

/// What the dates of a pool say of each day of the window.
struct DayCount {
  /// Slots taken: surely, of how many the dates leave it open, and how many of these may be expected to be.
  struct Taken {
    int surely = 0, perhaps = 0;
    double expected = 0.0;
  };
  Taken busy;       // during the day, that of who ends on it included
  Taken kept;       // the same without those: at its end
  int waiting = 0;  // left at its end, of those received on an earlier day
  int started = 0;  // on that day, known to the day
};
std::vector<DayCount> count_days(const Monitor& monitor, const std::vector<Stay>& stays);

/// The share `share` of the slots that were freed was held no longer than so many days.
double held_days(const std::vector<Stay>& stays, double share);

}  // namespace ketensim::fit
