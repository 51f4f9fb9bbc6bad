#pragma once

#include <cstdint>
#include <string_view>

namespace ketensim {

/// One visit of a case to a step, told when it is over: ended, withdrawn, or cut off by the end of the simulation.
/// Moments are days since the simulation's origin; NaN where the visit did not come so far.
struct Visit {
  std::uint64_t case_id = 0;  // the same in every scenario that shares seed and replication
  std::size_t step = 0;       // index into the steps, members of `per:` organisations apart
  std::uint32_t number = 0;   // the n-th visit of this case to this step, from 0
  double received = 0.0, started = 0.0, ended = 0.0;
  bool withdrawn = false;
  std::int32_t next = -1;                     // step, kOut, or kUndecided
  const std::uint16_t* attributes = nullptr;  // value per attribute, by rank

  static constexpr std::int32_t kOut = -1, kUndecided = -2;
};

/// A pool, told when the simulation begins and whenever something of it changes: several times at one moment, of which
/// the last holds. By dates a moment ending in .5 is the evening of that date.
struct PoolFact {
  std::size_t pool = 0;  // index into the pools, members of `per:` organisations apart
  double now = 0.0;      // days since the simulation's origin
  std::uint32_t busy = 0, slots = 0;
  std::uint32_t waiting = 0;  // cases that need one of its slots; not who still has to be released
};

/// Sees what happens and changes nothing. Called from the thread that runs the replication.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void visit(const Visit& visit) = 0;
  virtual void pool(const PoolFact&) {}
  /// The replication is over: nothing more is told.
  virtual void over(double /*now*/) {}
};

}  // namespace ketensim
