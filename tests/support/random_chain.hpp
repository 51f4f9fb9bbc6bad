#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ketensim/scenario.hpp"
#include "tests/support/chance.hpp"

// Chains and interventions at random, for properties that hold for all of them: small (up to a year, some hundreds of
// cases, one to six steps), with queues that are sometimes short and sometimes grow.
namespace ketensim::support {

/// What a random chain may have.
struct ChainShape {
  bool feed_forward = false;  // nobody comes to a step twice, and no child comes back
  bool plain = false;         // first come, first served; no patience, nothing gets worse by waiting, no slot is kept
};

/// Everything of the format, by chance. The same seed gives the same chain; it is valid (validate() finds no errors).
Scenario random_chain(std::uint64_t seed, const ChainShape& shape = {});

/// Shares over some of the steps and `out`, such that a case leaves in the end. `from`: the row of the step they
/// leave; backwards only if `feed_forward` does not forbid it.
std::vector<Target> random_targets(Chance& chance, const Chain& chain, std::size_t from, bool feed_forward);
std::vector<std::string> random_order(Chance& chance, const Chain& chain);
Norm random_norm(Chance& chance);

bool is_valid(const Scenario& scenario);

/// The first day that is simulated.
Date origin_of(const Scenario& scenario);

}  // namespace ketensim::support
