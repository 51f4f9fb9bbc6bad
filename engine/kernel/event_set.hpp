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

/// The pending events. Those of the day that is open are in order: a sorted run of what was known when the day began,
/// and a 4-ary implicit heap of what came since. Those of later days wait unsorted, day by day, so that it costs the
/// same to add one however many are pending. A pop from the heap leaves a hole at its root that the next push fills, so
/// that the usual "end, then start the next" costs one sift. `Ties` orders two events of one moment.
template <class Ties>
class EventSet {
 public:
  explicit EventSet(Ties ties) : ties_(ties) {}

  static constexpr std::uint64_t kNever = ~std::uint64_t{0};
  static constexpr double kNoHorizon = 1e9;  // days

  /// Nothing is pending. What is due at `horizon` or later is not kept: nobody will ask for it.
  void clear(double horizon = kNoHorizon) {
    heap_.clear();
    run_.clear();
    hole_ = false;
    next_ = kNever;
    horizon_ = std::bit_cast<std::uint64_t>(horizon);
    later_.clear();
    blocks_.clear();
    free_blocks_ = kNoBlock;
    pending_later_ = 0;
    open_day(0);
  }

  /// Time bits of the next event; the largest value if there is none.
  std::uint64_t next_time_bits() const { return next_; }

  /// An event so many pops from now, as far as that is known; null if it is not.
  const Event* ahead(std::size_t pops) const { return run_.size() > pops ? &run_[run_.size() - 1 - pops] : nullptr; }

  [[gnu::always_inline]] Event pop() {
    if (hole_) close_hole();
    if (run_.empty() || (!heap_.empty() && before(heap_.front(), run_.back()))) {
      hole_ = true;
      next_ = std::min(first_below_root(), run_.empty() ? kNever : run_.back().time_bits);
      const Event event = heap_.front();
      if (next_ == kNever && pending_later_ > 0) open_next_day();
      return event;
    }
    const Event event = run_.back();
    run_.pop_back();
    next_ = std::min(heap_.empty() ? kNever : heap_.front().time_bits, run_.empty() ? kNever : run_.back().time_bits);
    if (next_ == kNever && pending_later_ > 0) open_next_day();
    return event;
  }

  [[gnu::always_inline]] void push(Event event) {
    if (event.time_bits >= tomorrow_) {
      push_later(event);
      return;
    }
    next_ = std::min(next_, event.time_bits);
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

 private:
  /// Events of one day, two cache lines of them at a time.
  struct alignas(64) Block {
    static constexpr std::uint32_t kMost = 7;
    Event events[kMost];
    std::uint32_t size, next;
  };
  static constexpr std::uint32_t kNoBlock = ~std::uint32_t{0};

  bool before(const Event& a, const Event& b) const {
    if (a.time_bits == b.time_bits) [[unlikely]]
      return ties_(a, b);
    return a.time_bits < b.time_bits;
  }

  std::uint64_t first_below_root() const {
    std::uint64_t first = kNever;
    const std::size_t end = std::min<std::size_t>(heap_.size(), 5);
    for (std::size_t i = 1; i < end; ++i) first = std::min(first, heap_[i].time_bits);
    return first;
  }

  void close_hole() {
    hole_ = false;
    const Event last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sift_down(last);
  }

  /// Places `event` from the root downwards.
  void sift_down(Event event) {
    Event* const heap = heap_.data();
    const std::size_t size = heap_.size();
    std::size_t i = 0;
    for (;;) {
      const std::size_t first = 4 * i + 1;
      std::size_t best = first;
      if (first + 4 <= size) {  // the first of four without a jump
        const std::size_t left = first + before(heap[first + 1], heap[first]);
        const std::size_t right = first + 2 + before(heap[first + 3], heap[first + 2]);
        best = before(heap[right], heap[left]) ? right : left;
      } else {
        if (first >= size) break;
        for (std::size_t child = first + 1; child < size; ++child)
          if (before(heap[child], heap[best])) best = child;
      }
      if (!before(heap[best], event)) break;
      heap[i] = heap[best];
      i = best;
    }
    heap[i] = event;
  }

  void open_day(std::uint32_t day) {
    today_ = day;
    tomorrow_ = std::bit_cast<std::uint64_t>(static_cast<double>(day + 1));
  }

  void push_later(Event event) {
    if (event.time_bits >= horizon_) return;
    const auto day = static_cast<std::uint32_t>(event.time());
    if (day >= later_.size()) later_.resize(day + 1, kNoBlock);
    std::uint32_t block = later_[day];
    if (block == kNoBlock || blocks_[block].size == Block::kMost) block = later_[day] = new_block(block);
    Block& into = blocks_[block];
    into.events[into.size++] = event;
    ++pending_later_;
    if (next_ == kNever) open_next_day();
  }

  std::uint32_t new_block(std::uint32_t next) {
    std::uint32_t block = free_blocks_;
    if (block == kNoBlock) {
      block = static_cast<std::uint32_t>(blocks_.size());
      blocks_.emplace_back();
    } else {
      free_blocks_ = blocks_[block].next;
    }
    blocks_[block].size = 0;
    blocks_[block].next = next;
    return block;
  }

  /// The next day on which anything is due becomes the open one: it has events, and the run is empty.
  void open_next_day() {
    std::uint32_t day = today_ + 1;
    while (later_[day] == kNoBlock) ++day;
    for (std::uint32_t block = later_[day]; block != kNoBlock;) {
      Block& from = blocks_[block];
      run_.insert(run_.end(), from.events, from.events + from.size);
      const std::uint32_t next = from.next;
      from.next = free_blocks_;
      free_blocks_ = block;
      block = next;
    }
    later_[day] = kNoBlock;
    pending_later_ -= run_.size();
    std::sort(run_.begin(), run_.end(), [this](const Event& a, const Event& b) { return before(b, a); });
    open_day(day);
    next_ = run_.back().time_bits;
  }

  Ties ties_;
  std::uint64_t next_ = kNever;
  std::uint64_t tomorrow_ = std::bit_cast<std::uint64_t>(1.0);
  std::vector<Event> heap_, run_;  // of the open day; the run from the last to the first
  bool hole_ = false;              // at the root of the heap
  std::uint32_t today_ = 0;
  std::uint64_t horizon_ = std::bit_cast<std::uint64_t>(kNoHorizon);
  std::uint64_t pending_later_ = 0;
  std::vector<std::uint32_t> later_;  // per day: its blocks
  std::vector<Block> blocks_;
  std::uint32_t free_blocks_ = kNoBlock;
};

}  // namespace ketensim
