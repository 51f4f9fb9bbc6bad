#include "tests/bench/floor.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/kernel/case_id.hpp"

namespace ketensim::bench {

Floor::Floor(const Row& row) : row_(row), desks_(row.desks), sums_(row.desks) {
  for (Desk& desk : desks_) desk.ring.resize(16);
}

std::uint64_t Floor::run(std::uint64_t seed, std::uint64_t replication) {
  draws_ = Draws(seed, replication);
  now_ = offset_ = 0.0;
  day_ = number_ = events_ = 0;
  cases_.clear();
  free_.clear();
  heap_.clear();
  hole_ = false;
  for (Desk& desk : desks_) desk.head = desk.waiting = desk.busy = 0, desk.queue_since = desk.wip_since = 0.0;
  next_arrival();
  bool warm = false;
  for (;;) {
    if (hole_) pop();
    const double end = heap_.empty() ? row_.end : std::bit_cast<double>(heap_.front().time_bits);
    const double next = std::min(arrival_, end);
    if (!warm && next >= row_.start) {
      settle(row_.start);
      std::fill(sums_.begin(), sums_.end(), DeskSums{});
      warm = true;
    }
    if (next >= row_.end) break;
    now_ = next;
    if (arrival_ < end) {
      arrive();
      continue;
    }
    hole_ = true;
    this->end(static_cast<std::uint32_t>(heap_.front().slot));
  }
  settle(row_.end);
  return events_;
}

void Floor::next_arrival() {
  for (;;) {
    const Block block =
        draws_.at(CaseId::family(row_.origin_day + day_, row_.stream_tag, number_), 0, 0, Purpose::arrival);
    offset_ -= natural_log(1.0 - block.unit()) / row_.per_day;
    if (offset_ < 1.0) break;
    offset_ = 0.0;
    number_ = 0;
    ++day_;
  }
  arrival_ = static_cast<double>(day_) + offset_;
}

void Floor::arrive() {
  std::uint32_t slot;
  if (free_.empty()) {
    slot = static_cast<std::uint32_t>(cases_.size());
    cases_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  cases_[slot].id = CaseId::family(row_.origin_day + day_, row_.stream_tag, number_);
  cases_[slot].round = 0;
  receive(slot, 0);
  ++number_;
  next_arrival();
}

void Floor::receive(std::uint32_t slot, std::uint32_t at) {
  Case& c = cases_[slot];
  Desk& desk = desks_[at];
  c.received = now_;
  c.desk = static_cast<std::uint16_t>(at);
  ++events_;
  ++sums_[at].inflow;
  if (desk.busy < row_.slots) {
    start(slot, at);
    return;
  }
  sums_[at].queue_area += desk.waiting * (now_ - desk.queue_since);
  desk.queue_since = now_;
  if (desk.waiting == desk.ring.size()) {
    std::rotate(desk.ring.begin(), desk.ring.begin() + desk.head, desk.ring.end());
    desk.head = 0;
    desk.ring.resize(2 * desk.ring.size());
  }
  desk.ring[(desk.head + desk.waiting++) & (desk.ring.size() - 1)] = slot;
}

void Floor::start(std::uint32_t slot, std::uint32_t at) {
  Case& c = cases_[slot];
  Desk& desk = desks_[at];
  DeskSums& sums = sums_[at];
  sums.wip_area += desk.busy * (now_ - desk.wip_since);
  desk.wip_since = now_;
  ++desk.busy;
  ++sums.started;
  sums.wait += now_ - c.received;
  c.started = now_;
  const Block block = draws_.at(c.id, row_.step_tags[at], c.round, Purpose::service);
  c.word = block.word[2];
  push({std::bit_cast<std::uint64_t>(now_ - row_.service * natural_log(1.0 - block.unit())), slot});
}

void Floor::end(std::uint32_t slot) {
  Case& c = cases_[slot];
  const std::uint32_t at = c.desk;
  Desk& desk = desks_[at];
  DeskSums& sums = sums_[at];
  sums.wip_area += desk.busy * (now_ - desk.wip_since);
  desk.wip_since = now_;
  --desk.busy;
  ++events_;
  ++sums.ended;
  sums.lead += now_ - c.received;
  if (at + 1 < row_.desks) {
    receive(slot, at + 1);
  } else if (row_.feedback > 0.0 && Block::unit32(c.word) < row_.feedback) {
    ++c.round;
    receive(slot, 0);
  } else {
    free_.push_back(slot);
  }
  if (desk.waiting == 0) return;
  sums.queue_area += desk.waiting * (now_ - desk.queue_since);
  desk.queue_since = now_;
  const std::uint32_t first = desk.ring[desk.head];
  desk.head = (desk.head + 1) & static_cast<std::uint32_t>(desk.ring.size() - 1);
  --desk.waiting;
  start(first, at);
}

void Floor::settle(double now) {
  for (std::size_t i = 0; i < desks_.size(); ++i) {
    sums_[i].queue_area += desks_[i].waiting * (now - desks_[i].queue_since);
    sums_[i].wip_area += desks_[i].busy * (now - desks_[i].wip_since);
    desks_[i].queue_since = desks_[i].wip_since = now;
  }
}

namespace {

/// Places `event` from the root of a 4-ary heap downwards.
template <class Heap, class Event>
void sift_down(Heap& heap, Event event) {
  const std::size_t size = heap.size();
  std::size_t i = 0;
  for (std::size_t first = 1; first < size; first = 4 * i + 1) {
    std::size_t best = first;
    for (std::size_t child = first + 1; child < std::min(first + 4, size); ++child)
      if (heap[child].time_bits < heap[best].time_bits) best = child;
    if (event.time_bits <= heap[best].time_bits) break;
    heap[i] = heap[best];
    i = best;
  }
  heap[i] = event;
}

}  // namespace

void Floor::push(Event event) {
  if (hole_) {
    hole_ = false;
    sift_down(heap_, event);
    return;
  }
  heap_.push_back(event);
  std::size_t i = heap_.size() - 1;
  for (; i > 0 && event.time_bits < heap_[(i - 1) / 4].time_bits; i = (i - 1) / 4) heap_[i] = heap_[(i - 1) / 4];
  heap_[i] = event;
}

void Floor::pop() {
  hole_ = false;
  const Event last = heap_.back();
  heap_.pop_back();
  if (!heap_.empty()) sift_down(heap_, last);
}

}  // namespace ketensim::bench
