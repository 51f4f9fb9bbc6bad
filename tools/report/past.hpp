#pragma once

#include "ketensim/backtest.hpp"
#include "ketensim/replay.hpp"
#include "tools/report/tables.hpp"

namespace ketensim::report {

/// The steps with a real queue: simulated beside observed, and where they part the likeliest cause. What was observed
/// is told as in replay.csv.
Table replay_table(const Replay& replay, int min_cell);

/// The queues of the steps with a real queue, by quarters ahead.
Table queue_skill_table(const Backtest& backtest);

/// The other figures of those steps, one to four quarters ahead; and how many figures of all are no better than naive.
Table flow_skill_table(const Backtest& backtest);

}  // namespace ketensim::report
