#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ketensim/indicators.hpp"
#include "ketensim/observer.hpp"
#include "ketensim/scenario.hpp"

namespace ketensim {

struct RunOptions {
  int threads = 0;                                    // 0: as many as the machine has
  int log_replications = 0;                           // write the case log of the first so many replications
  std::function<void(int done, int total)> progress;  // called from one thread at a time; may be empty
  /// Of every scenario those from this one on: a simulation is continued where another one stopped.
  int first_replication = 0;
  /// Who watches a replication, if anyone: not together with `log_replications`. Called from many threads.
  std::function<std::unique_ptr<Observer>(std::size_t scenario, int replication)> observe = {};
  /// The scenarios are known to be valid, and to be the same but for `capacity` interventions: then they are not
  /// validated again, and what they begin with is made once.
  bool differ_in_capacity = false;
  bool validated = false;     // the caller has validated the scenarios, and found no error
  int shard = 0, shards = 1;  // only this one, from 0, of so many parts of the replications
  std::size_t most_in_memory = static_cast<std::size_t>(-1);  // bytes of values: if there are more, they lie in files
};

/// Runs the replications of every scenario, in parallel by replication x scenario. The result does not depend on
/// `threads`. The shards of a run give together what it gives as a whole. All scenarios must be valid (validate()
/// without errors); throws std::invalid_argument otherwise, and std::runtime_error if a replication finds cases lost or
/// an event in the past (our mistake, never the input's).
std::vector<Results> simulate(const std::vector<Scenario>& scenarios, const RunOptions& options = {});

/// How precisely the indicator of Scenario::precision is known where it is known least.
struct PrecisionReached {
  bool enough = true;
  double relative =
      0.0;  // half the width of the 95% interval, to the mean; 0: nowhere a real queue, infinite: a mean of 0
  std::string organisation, step, period;
};

/// Runs scenarios with the same number of replications: as many as the first one has, and more until the precision that
/// it asks for is reached in each of them, or `at_most` replications are. The first N of them are those of a run of N.
/// Without a precision it is simulate(), and nothing is said to be reached.
std::vector<Results> simulate_to_precision(const std::vector<Scenario>& scenarios, const RunOptions& options,
                                           std::vector<PrecisionReached>& reached);

}  // namespace ketensim
