#include <gtest/gtest.h>

#include <bit>
#include <queue>
#include <random>
#include <tuple>
#include <vector>

#include "engine/kernel/event_set.hpp"

namespace ketensim {
namespace {

/// By kind, then slot, then the rest of the tag.
struct Ties {
  bool operator()(const Event& a, const Event& b) const {
    return std::tuple(a.kind(), a.slot, a.tag) < std::tuple(b.kind(), b.slot, b.tag);
  }
};

struct Later {
  bool operator()(const Event& a, const Event& b) const {
    return a.time_bits != b.time_bits ? a.time_bits > b.time_bits : Ties{}(b, a);
  }
};

TEST(Event, PacksKindEntryAndSerialBesideItsTime) {
  const Event event = Event::at(12.5, EventKind::withdrawal, 77, (1u << 24) + 3, 9);
  EXPECT_EQ(event.time(), 12.5);
  EXPECT_EQ(event.kind(), EventKind::withdrawal);
  EXPECT_EQ(event.entry(), 9u);
  EXPECT_EQ(event.serial(), 3u);  // serials go round after 24 bits
  EXPECT_EQ(event.slot, 77u);
  EXPECT_EQ(sizeof(Event), 16u);
}

TEST(EventSet, NextTimeIsNeverWhenEmpty) {
  EventSet<Ties> set{Ties{}};
  EXPECT_EQ(set.next_time_bits(), EventSet<Ties>::kNever);
  set.push(Event::at(1.0, EventKind::end, 0));
  EXPECT_EQ(std::bit_cast<double>(set.next_time_bits()), 1.0);
  set.pop();
  EXPECT_EQ(set.next_time_bits(), EventSet<Ties>::kNever);
}

TEST(EventSet, OneMomentGoesByTheTies) {
  EventSet<Ties> set{Ties{}};
  set.push(Event::at(2.0, EventKind::arrival, 1));
  set.push(Event::at(2.0, EventKind::end, 9));
  set.push(Event::at(2.0, EventKind::end, 4));
  set.push(Event::at(1.0, EventKind::withdrawal, 8));
  set.push(Event::at(2.0, EventKind::transfer, 0));
  std::vector<std::pair<EventKind, std::uint32_t>> order;
  for (int i = 0; i < 5; ++i) {
    const Event event = set.pop();
    order.emplace_back(event.kind(), event.slot);
  }
  const std::vector<std::pair<EventKind, std::uint32_t>> expected{{EventKind::withdrawal, 8},
                                                                  {EventKind::end, 4},
                                                                  {EventKind::end, 9},
                                                                  {EventKind::transfer, 0},
                                                                  {EventKind::arrival, 1}};
  EXPECT_EQ(order, expected);
}

// Pops leave a hole that the next push fills: runs of either kind, with few distinct times, so that ties are common.
TEST(EventSet, DoesWhatAPriorityQueueDoes) {
  std::mt19937 random(2);
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
  for (const std::uint32_t distinct_times : {1u, 20u, 1'000'000u}) {
    SCOPED_TRACE(distinct_times);
    EventSet<Ties> set{Ties{}};
    std::priority_queue<Event, std::vector<Event>, Later> queue;
    for (std::uint32_t operation = 0; operation < 100'000; ++operation) {
      const bool grows = operation / 10'000 % 2 == 0;
      if (queue.empty() || below(10) < (grows ? 6u : 4u)) {
        const double time = below(distinct_times) / 8.0;
        const auto kind = static_cast<EventKind>(below(6));
        const std::uint32_t serial = below(1u << 24);
        const Event event = Event::at(time, kind, operation, serial, below(16));
        set.push(event);
        queue.push(event);
      } else {
        const Event popped = set.pop(), expected = queue.top();
        queue.pop();
        ASSERT_EQ(popped.time_bits, expected.time_bits);
        ASSERT_EQ(popped.tag, expected.tag);
        ASSERT_EQ(popped.slot, expected.slot);
      }
      ASSERT_EQ(set.next_time_bits(), queue.empty() ? EventSet<Ties>::kNever : queue.top().time_bits);
    }
  }
}

TEST(EventSet, ClearedIsAsNew) {
  EventSet<Ties> set{Ties{}};
  for (std::uint32_t i = 0; i < 10; ++i) set.push(Event::at(i, EventKind::end, i));
  set.pop();
  set.clear();
  EXPECT_EQ(set.next_time_bits(), EventSet<Ties>::kNever);
  set.push(Event::at(3.0, EventKind::end, 5));
  EXPECT_EQ(set.pop().slot, 5u);
}

}  // namespace
}  // namespace ketensim
