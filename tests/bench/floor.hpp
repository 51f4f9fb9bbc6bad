#pragma once

#include <cstdint>
#include <vector>

#include "engine/kernel/draws.hpp"
#include "engine/kernel/logarithm.hpp"

namespace ketensim::bench {

/// Desks in a row, each with the same number of slots and the same exponential service; a share of those who have been
/// at the last goes to the first again. Arrivals are a Poisson process.
struct Row {
  std::uint32_t desks = 1, slots = 1;
  double per_day = 0.0, service = 0.0, feedback = 0.0;
  double start = 0.0, end = 0.0;  // days: what comes before `start` is warm-up
  std::uint64_t origin_day = 0, stream_tag = 0;
  std::vector<std::uint32_t> step_tags{};
};

/// What is measured at one desk.
struct DeskSums {
  double inflow = 0.0, started = 0.0, ended = 0.0, wait = 0.0, lead = 0.0, queue_area = 0.0, wip_area = 0.0;
};

/// The least that a program must do for such a row with draws keyed per case: the same draws as the engine makes, in
/// one loop written for this row and nothing else. What the engine takes above this is the price of being general.
class Floor {
 public:
  explicit Floor(const Row& row);

  /// Simulates one replication; the sums are those of `desks()`. Returns visits begun and ended, warm-up included.
  std::uint64_t run(std::uint64_t seed, std::uint64_t replication);
  const std::vector<DeskSums>& desks() const { return sums_; }

 private:
  struct Case {  // half a cache line
    std::uint64_t id;
    double received;
    double started;
    std::uint32_t word;  // of the route draw
    std::uint16_t round, desk;
  };
  struct Event {
    std::uint64_t time_bits;
    std::uint64_t slot;
  };
  struct Desk {
    std::vector<std::uint32_t> ring;
    std::uint32_t head = 0, waiting = 0, busy = 0;
    double queue_since = 0.0, wip_since = 0.0;
  };

  void push(Event event);
  void pop();
  void next_arrival();
  void arrive();
  void receive(std::uint32_t slot, std::uint32_t desk);
  void start(std::uint32_t slot, std::uint32_t desk);
  void end(std::uint32_t slot);
  void settle(double now);

  Row row_;
  Draws draws_{0, 0};
  double now_ = 0.0, arrival_ = 0.0, offset_ = 0.0;
  std::uint64_t day_ = 0, number_ = 0, events_ = 0;
  std::vector<Case> cases_;
  std::vector<std::uint32_t> free_;
  std::vector<Event> heap_;
  bool hole_ = false;  // at the root
  std::vector<Desk> desks_;
  std::vector<DeskSums> sums_;
};

}  // namespace ketensim::bench
