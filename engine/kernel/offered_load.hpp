#pragma once

#include <string>
#include <vector>

#include "ketensim/scenario.hpp"

namespace ketensim {

/// The work that arrivals bring to a pool, beside the slots that it has: means over the reported period.
struct PoolLoad {
  std::string id;        // a member's own name (GM0141.access) for a pool of a `per:` organisation
  std::string member;    // or empty
  std::size_t row = 0;   // of the chain's pools
  double offered = 0.0;  // slots that would be busy if nobody ever waited
  double slots = 0.0;
  bool patience = false;  // who waits at one of its steps may withdraw

  double utilisation() const { return offered / slots; }
};

struct OfferedLoad {
  std::vector<PoolLoad> pools;
  std::string obstacle;  // why the load could not be computed; empty if it was
};

/// The traffic equations of the chain, for each arrival stream and each class of cases that branches tell apart: visits
/// = arrivals + routes in, with returns. A slot that is kept (`hold_until`) is busy through the steps and transfers
/// between. Withdrawals, what changes while waiting, and interventions are left out, as are all waits but those for
/// a working day. Service on the working calendar is converted by the mean density of working days in the period. By
/// dates (`resolution: day`), a slot is busy until the working morning on which it can be dealt out again.
/// The scenario must have no errors.
OfferedLoad offered_load(const Scenario& scenario);

}  // namespace ketensim
