#pragma once

#include <cstddef>
#include <vector>

#include "engine/kernel/model.hpp"
#include "ketensim/observer.hpp"

namespace ketensim {

/// What a pool did in the reported period of one replication.
struct PoolActivity {
  double busy = 0.0, slots = 0.0;                       // slot-days
  double idle = 0.0;                                    // slot-days free while somebody waited for one
  double waiting = 0.0;                                 // case-days
  double waiting_at_start = 0.0, waiting_at_end = 0.0;  // cases
  double sole = 0.0, shared = 0.0;                      // days as the momentary bottleneck, alone and with another
  bool ever_short = false;  // somebody waited while no slot was free; since the origin, the warm-up included
};

/// From when until when a pool was active without interruption (days).
struct ActivePeriod {
  double from, until;
  std::size_t pool;
};

/// Adds to each pool the time within [start, end) in which it is the momentary bottleneck. See find_constraint().
void add_bottlenecks(std::vector<ActivePeriod> periods, double start, double end, std::vector<PoolActivity>& into);

/// Watches the pools of one replication; `into` is complete when that is over.
class ActivityObserver : public Observer {
 public:
  ActivityObserver(const Model& model, std::vector<PoolActivity>& into);

  void visit(const Visit&) override {}
  void pool(const PoolFact& fact) override;
  void over(double now) override;

 private:
  struct Pool {
    PoolFact last;
    double busy_since = 0.0;
    std::uint32_t busy = 0;
    bool active = false;
    double active_since = 0.0;
    bool kept = false;  // slots may be free that not every case may take
  };
  /// What was told last held until now.
  void settle(std::size_t pool, double now);
  void count_busy(std::size_t pool, const PoolFact& fact);
  double within(double from, double until) const;

  const double start_, end_;
  const bool by_dates_;
  std::vector<PoolActivity>& into_;
  std::vector<Pool> pools_;
  std::vector<ActivePeriod> periods_;
};

}  // namespace ketensim
