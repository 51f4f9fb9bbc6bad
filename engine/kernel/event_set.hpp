#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ketensim {

/// What happens to whom, when. `lend` has the index of the lending for a slot, `staff` that of the member of staff.
/// Kinds of one moment are handled in the order of the enumeration.
enum class EventKind : std::uint32_t {
  end = 0,
  transfer = 1,
  returning = 2,
  arrival = 3,
  worsening = 4,
  withdrawal = 5,
  lend = 6,
  promotion = 7,
  staff = 8,
};

/// 16 bytes. `time` is a non-negative double as its bits, which order as the numbers do. `tag` packs kind (4 bits),
/// an entry (4 bits, worsening only) and the visit's serial (24 bits) by which a stale event is known.
struct Event {
  static constexpr std::uint32_t kSerialMask = (1u << 24) - 1;

  std::uint64_t time_bits;
  std::uint32_t tag;
  std::uint32_t slot;  // of the case, or the index of the stream

  static Event at(double time, EventKind kind, std::uint32_t slot, std::uint32_t serial = 0, std::uint32_t entry = 0) {
    return {std::bit_cast<std::uint64_t>(time),
            static_cast<std::uint32_t>(kind) << 28 | entry << 24 | (serial & kSerialMask), slot};
  }
  double time() const { return std::bit_cast<double>(time_bits); }
  EventKind kind() const { return static_cast<EventKind>(tag >> 28); }
  std::uint32_t entry() const { return tag >> 24 & 15u; }
  std::uint32_t serial() const { return tag & kSerialMask; }
};

/// The pending events: a 4-ary implicit heap. A pop leaves a hole at the root that the next push fills, so that the
/// usual "end, then start the next" costs one sift. `Ties` orders two events of one moment.
template <class Ties>
class EventSet {
 public:
  explicit EventSet(Ties ties) : ties_(ties) {}

  void clear() {
    heap_.clear();
    hole_ = false;
  }

  /// Time bits of the next event; the largest value if there is none.
  std::uint64_t next_time_bits() const {
    if (!hole_) return heap_.empty() ? kNever : heap_.front().time_bits;
    std::uint64_t next = kNever;
    const std::size_t end = std::min<std::size_t>(heap_.size(), 5);
    for (std::size_t i = 1; i < end; ++i) next = std::min(next, heap_[i].time_bits);
    return next;
  }

  Event pop() {
    close_hole();
    hole_ = true;
    return heap_.front();
  }

  void push(Event event) {
    if (hole_) {
      hole_ = false;
      sift_down(event);
      return;
    }
    heap_.push_back(event);
    std::size_t i = heap_.size() - 1;
    while (i > 0) {
      const std::size_t parent = (i - 1) / 4;
      if (!before(event, heap_[parent])) break;
      heap_[i] = heap_[parent];
      i = parent;
    }
    heap_[i] = event;
  }

  static constexpr std::uint64_t kNever = ~std::uint64_t{0};

 private:
  bool before(const Event& a, const Event& b) const {
    return a.time_bits != b.time_bits ? a.time_bits < b.time_bits : ties_(a, b);
  }

  void close_hole() {
    if (!hole_) return;
    hole_ = false;
    const Event last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sift_down(last);
  }

  /// Places `event` from the root downwards.
  void sift_down(Event event) {
    const std::size_t size = heap_.size();
    std::size_t i = 0;
    for (;;) {
      const std::size_t first = 4 * i + 1;
      if (first >= size) break;
      std::size_t best = first;
      const std::size_t end = std::min(first + 4, size);
      for (std::size_t child = first + 1; child < end; ++child)
        if (before(heap_[child], heap_[best])) best = child;
      if (!before(heap_[best], event)) break;
      heap_[i] = heap_[best];
      i = best;
    }
    heap_[i] = event;
  }

  Ties ties_;
  std::vector<Event> heap_;
  bool hole_ = false;
};

}  // namespace ketensim
