// Pools, the lines in front of them, and who is served next.
#include <algorithm>
#include <utility>

#include "engine/kernel/simulator.hpp"

namespace ketensim {

/// Whether all steps of a pool serve in one order now.
bool Simulator::shares_order(std::uint32_t pool) const {
  const std::vector<std::uint32_t>& lines = model_.pools[pool].lines;
  return std::all_of(lines.begin(), lines.end(), [&](std::uint32_t line) {
    return steps_[model_.lines[line].step]->order == steps_[model_.lines[lines.front()].step]->order;
  });
}

/// The line of a pool that has no other, and nobody in it who holds a slot already.
std::uint32_t Simulator::only_line_of(std::uint32_t pool) const {
  const std::vector<std::uint32_t>& lines = model_.pools[pool].lines;
  if (lines.size() != 1) return kNone;
  const LineModel& line = model_.lines[lines.front()];
  return line.pool == pool && line.others.empty() && line.takes_slot == (pool != kUnlimitedPool) ? lines.front()
                                                                                                 : kNone;
}

bool Simulator::before(std::uint32_t a, std::uint32_t b) const {
  const Case &left = cases_[a], &right = cases_[b];
  for (const OrderKey& key : model_.orders[steps_[left.step]->order]) {
    switch (key.kind) {
      case OrderKey::Kind::attribute: {
        const std::uint16_t l = attributes(a)[key.attribute], r = attributes(b)[key.attribute];
        if (l != r) return l < r;
        break;
      }
      case OrderKey::Kind::received:
        if (left.received != right.received) return left.received < right.received;
        break;
      case OrderKey::Kind::due: {
        const double l = add(left.received, steps_[left.step]->norm.due_after());
        const double r = add(right.received, steps_[right.step]->norm.due_after());
        if (l != r) return l < r;
        break;
      }
      case OrderKey::Kind::longest:
        if (left.first_received != right.first_received) return left.first_received < right.first_received;
        break;
      case OrderKey::Kind::shortest: {
        const double l = expected_service(a), r = expected_service(b);
        if (l != r) return l < r;
        break;
      }
    }
  }
  return earlier(left, right);
}

bool Simulator::holds_slot_of(const Case& c, std::uint32_t pool) const {
  for (std::uint32_t h = c.holds; h != kNone; h = holds_[h].next)
    if (steps_[holds_[h].step]->pool == pool) return true;
  return false;
}

std::uint32_t Simulator::line_of(const Case& c) const {
  const StepModel& step = *steps_[c.step];
  if (step.gated && !c.released) return step.gate_line;
  return step.holder_line != kNone && holds_slot_of(c, step.pool) ? step.holder_line : step.line + c.reserve;
}

/// Which reserve of its pool a case that waits belongs to, of those that hold now.
std::uint8_t Simulator::reserve_for(std::uint32_t slot) const {
  const Case& c = cases_[slot];
  const std::vector<std::uint32_t>& reserves = model_.pools[steps_[c.step]->pool].reserves;
  for (std::size_t i = 0; i < reserves.size(); ++i) {
    const ReserveModel& reserve = model_.reserves[reserves[i]];
    if (reserves_[reserves[i]].slots == 0) continue;
    if (hold_all(reserve.when, slot) && add(c.received, reserve.waited) <= now_)
      return static_cast<std::uint8_t>(i + 1);
  }
  return 0;
}

void Simulator::count_waiting(const LineModel& line, std::int64_t change) {
  if (line.pool == kNone) return;
  pools_[line.pool].waiting += static_cast<std::uint32_t>(change);
  observe_pool(line.pool);
  for (const std::uint32_t pool : line.others) {
    pools_[pool].waiting += static_cast<std::uint32_t>(change);
    observe_pool(pool);
  }
}

void Simulator::enqueue(std::uint32_t slot) {
  cases_[slot].reserve = reserve_for(slot);
  const std::uint32_t line = line_of(cases_[slot]);
  lines_[line].insert(slot, [this](std::uint32_t a, std::uint32_t b) { return before(a, b); });
  count_waiting(model_.lines[line], +1);
  mark(model_.lines[line].pool == kNone ? steps_[cases_[slot].step]->pool : model_.lines[line].pool);
}

/// The same where nothing but a slot of the pool is waited for.
void Simulator::enqueue_plain(std::uint32_t slot, const StepModel& s) {
  WaitingLine& line = lines_[s.line];
  if (s.by_receipt)
    line.insert(slot, [this](std::uint32_t a, std::uint32_t b) { return earlier(cases_[a], cases_[b]); });
  else
    line.insert(slot, [this](std::uint32_t a, std::uint32_t b) { return before(a, b); });
  ++pools_[s.pool].waiting;
  observe_pool(s.pool);
  mark(s.pool);
}

void Simulator::dequeue(std::uint32_t slot) {
  const std::uint32_t line = line_of(cases_[slot]);
  lines_[line].erase(slot, [this](std::uint32_t a, std::uint32_t b) { return before(a, b); });
  count_waiting(model_.lines[line], -1);
  if (!lends_.empty()) mark(steps_[cases_[slot].step]->pool);
}

/// Who waits at the step: who holds a slot already first, then in the order of the queue.
const std::vector<std::uint32_t>& Simulator::waiting_at(std::uint32_t step) {
  waiting_.clear();
  std::size_t holders = 0;
  for (const std::uint32_t line : model_.lines_of[step]) {
    for (std::size_t i = 0; i < lines_[line].size(); ++i) waiting_.push_back(lines_[line][i]);
    if (line == steps_[step]->holder_line) holders = waiting_.size();
  }
  std::sort(waiting_.begin() + static_cast<std::ptrdiff_t>(holders), waiting_.end(),
            [this](std::uint32_t a, std::uint32_t b) { return before(a, b); });
  return waiting_;
}

/// Takes out everyone who waits at the step, into `waiting_`.
void Simulator::take_out_waiting(std::uint32_t step) {
  waiting_at(step);
  for (const std::uint32_t line : model_.lines_of[step]) {
    count_waiting(model_.lines[line], -static_cast<std::int64_t>(lines_[line].size()));
    lines_[line].clear();
  }
}

/// From now on a reserve keeps so many slots; who waits may belong to another one.
void Simulator::use_reserve(std::uint32_t reserve, std::uint32_t slots) {
  reserves_[reserve].slots = slots;
  const std::uint32_t pool = model_.reserves[reserve].pool;
  const std::vector<std::uint32_t>& all = model_.pools[pool].reserves;
  pools_[pool].plain = model_.pools[pool].plain &&
                       std::all_of(all.begin(), all.end(), [this](std::uint32_t r) { return reserves_[r].slots == 0; });
  for (std::uint32_t step = 0; step < steps_.size(); ++step) {
    if (steps_[step]->pool != pool) continue;
    take_out_waiting(step);
    for (const std::uint32_t slot : waiting_) enqueue(slot);
  }
  mark(pool);
}

/// The first `count` behind the gate of a step may start as soon as there are slots.
void Simulator::release(std::uint32_t step, std::uint32_t count) {
  WaitingLine& gate = lines_[steps_[step]->gate_line];
  for (; count > 0 && !gate.empty(); --count) {
    const std::uint32_t slot = gate.front();
    gate.pop_front();
    cases_[slot].released = true;
    enqueue(slot);
  }
}

void Simulator::dispatch() {
  if (first_dirty_ == kNone) return;
  const std::uint32_t first = std::exchange(first_dirty_, kNone);
  if (more_dirty_.empty()) {
    pools_[first].dirty = false;
    if (first == kUnlimitedPool ? open_ : slots_dealt_out()) serve(first);
    return;
  }
  more_dirty_.push_back(first);
  std::swap(more_dirty_, serving_);
  if (serving_.size() > 1) std::sort(serving_.begin(), serving_.end());
  for (const std::uint32_t pool : serving_) {
    pools_[pool].dirty = false;
    if (pool == kUnlimitedPool ? open_ : slots_dealt_out()) serve(pool);
  }
  serving_.clear();
}

void Simulator::serve(std::uint32_t pool) {
  PoolState& p = pools_[pool];
  if (p.plain && p.only_line != kNone) {
    WaitingLine& line = lines_[p.only_line];
    while (p.waiting > 0 && p.busy < p.slots) {
      const std::uint32_t slot = line.front();
      line.pop_front();
      --p.waiting;
      start(slot, pool != kUnlimitedPool);
    }
    return;
  }
  while (p.waiting > 0 && p.busy < p.slots) {
    const std::uint32_t line = best_line(pool);
    if (line == kNone) return;
    const std::uint32_t slot = lines_[line].front();
    lines_[line].pop_front();
    count_waiting(model_.lines[line], -1);
    start(slot, model_.lines[line].takes_slot);
  }
}

/// Whether someone in the line could start: all pools have a free slot that is not kept for others.
bool Simulator::has_room(const LineModel& line) const {
  const auto is_free = [&](std::uint32_t pool) { return pools_[pool].busy < pools_[pool].slots; };
  if (!is_free(line.pool) || !std::all_of(line.others.begin(), line.others.end(), is_free)) return false;
  std::uint32_t kept = 0;
  if (line.takes_slot)
    for (const std::uint32_t reserve : model_.pools[line.pool].reserves)
      if (reserve != line.reserve && reserves_[reserve].busy < reserves_[reserve].slots)
        kept += reserves_[reserve].slots - reserves_[reserve].busy;
  return pools_[line.pool].slots - pools_[line.pool].busy > kept;
}

/// Of the lines of which someone could start now, the one whose first is served first; kNone if there is none. The
/// lines of a step follow each other: who is first at each step is served in the order that the steps share, or else
/// received.
std::uint32_t Simulator::best_line(std::uint32_t pool) const {
  const PoolState& p = pools_[pool];
  std::uint32_t best = kNone, of_step = kNone;
  const auto front = [this](std::uint32_t line) { return lines_[line].front(); };
  const auto compare_steps = [&] {
    if (of_step == kNone) return;
    if (best == kNone ||
        (p.common_order ? before(front(of_step), front(best)) : earlier(cases_[front(of_step)], cases_[front(best)])))
      best = of_step;
    of_step = kNone;
  };
  for (const std::uint32_t line : model_.pools[pool].lines) {
    if (lines_[line].empty() || (!p.plain && !has_room(model_.lines[line]))) continue;
    if (of_step != kNone && model_.lines[of_step].step != model_.lines[line].step) compare_steps();
    if (of_step == kNone || before(front(line), front(of_step))) of_step = line;
  }
  compare_steps();
  return best;
}

void Simulator::claim(std::uint32_t pool, std::uint32_t reserve) {
  ++pools_[pool].busy;
  recorder_.claimed(pool, now_);
  observe_pool(pool);
  if (reserve > 0) ++reserves_[model_.pools[pool].reserves[reserve - 1]].busy;
}

void Simulator::free_pool_slot(std::uint32_t pool, std::uint32_t reserve) {
  --pools_[pool].busy;
  recorder_.freed(pool, free_from());
  observe_pool(pool);
  if (reserve > 0) --reserves_[model_.pools[pool].reserves[reserve - 1]].busy;
  if (pools_[pool].waiting > 0) mark(pool);
}

/// The slots that the case holds for this service alone.
void Simulator::free_slots(Case& c) {
  const StepModel& s = *steps_[c.step];
  if (c.claimed) free_pool_slot(s.pool, c.reserve);
  if (c.claimed_more)
    for (const std::uint32_t pool : s.more_pools) free_pool_slot(pool, 0);
  c.claimed = c.claimed_more = false;
}

}  // namespace ketensim
