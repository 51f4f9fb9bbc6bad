#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "ketensim/indicators.hpp"
#include "ketensim/scenario.hpp"

namespace ketensim {

struct RunOptions {
  int threads = 0;                                    // 0: as many as the machine has
  int log_replications = 0;                           // write the case log of the first so many replications
  std::function<void(int done, int total)> progress;  // called from one thread at a time; may be empty
  int shard = 0, shards = 1;                          // only this one, from 0, of so many parts of the replications
  std::size_t most_in_memory = static_cast<std::size_t>(-1);  // bytes of values: if there are more, they lie in files
};

/// Runs every replication of every scenario, in parallel by replication x scenario. The result does not depend on
/// `threads`. The shards of a run give together what it gives as a whole. All scenarios must be valid (validate()
/// without errors); throws std::invalid_argument otherwise, and std::runtime_error if a replication finds cases lost or
/// an event in the past (our mistake, never the input's).
std::vector<Results> simulate(const std::vector<Scenario>& scenarios, const RunOptions& options = {});

}  // namespace ketensim
