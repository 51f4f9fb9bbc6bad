#pragma once

#include <string>
#include <vector>

#include "ketensim/scenario.hpp"
#include "tests/support/visit_log.hpp"

// How many slots a pool has and how many of them are taken, from the scenario's text and the log of visits alone: the
// rules of design.md once more, in the plainest way.
namespace ketensim::support {

/// A pool, or of a `per:` organisation the pool of one member.
struct PlainPool {
  const Pool* pool = nullptr;
  std::string member;

  bool operator==(const PlainPool&) const = default;
};

/// A slot that a visit takes, from its start until it is free again (infinity: not before the end).
struct Claim {
  PlainPool pool;
  double from = 0.0, until = 0.0;
  const LoggedVisit* visit = nullptr;
};

/// The pool's own slots on a day, with what `capacity` makes of them; neither lent nor borrowed ones.
double own_slots(const Scenario& scenario, const PlainPool& pool, Date day);

/// At most so many slots may be borrowed from other pools at a moment of that day.
double borrowed_at_most(const Scenario& scenario, const PlainPool& pool, Date day);

/// Every claim of a run without `together` (whose branches would share what one of them keeps).
std::vector<Claim> claims_of(const Scenario& scenario, const Watched& run);

/// Steps that can come after a step without interventions, however many there are between (rows of the chain).
std::vector<bool> steps_after(const Scenario& scenario, std::size_t step);

}  // namespace ketensim::support
