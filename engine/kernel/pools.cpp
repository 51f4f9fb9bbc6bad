// Pools, the lines in front of them, and who is served next.
#include <algorithm>

#include "engine/kernel/simulator.hpp"

namespace ketensim {

/// Whether all steps of a pool serve in one order now.
bool Simulator::shares_order(std::uint32_t pool) const {
  const std::vector<std::uint32_t>& lines = model_.pools[pool].lines;
  return std::all_of(lines.begin(), lines.end(), [&](std::uint32_t line) {
    return steps_[model_.lines[line].step]->order == steps_[model_.lines[lines.front()].step]->order;
  });
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
        const double l = add(left.received, steps_[left.step]->due_after);
        const double r = add(right.received, steps_[right.step]->due_after);
        if (l != r) return l < r;
        break;
      }
      case OrderKey::Kind::longest:
        if (left.first_received != right.first_received) return left.first_received < right.first_received;
        break;
      case OrderKey::Kind::shortest: {
        const double l = expected_service(*steps_[left.step]), r = expected_service(*steps_[right.step]);
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
  return step.holder_line != kNone && holds_slot_of(c, step.pool) ? step.holder_line : step.line;
}

void Simulator::enqueue(std::uint32_t slot) {
  const std::uint32_t line = line_of(cases_[slot]);
  lines_[line].insert(slot, [this](std::uint32_t a, std::uint32_t b) { return before(a, b); });
  const std::uint32_t pool = model_.lines[line].pool;
  ++pools_[pool].waiting;
  mark(pool);
}

void Simulator::dequeue(std::uint32_t slot) {
  const std::uint32_t line = line_of(cases_[slot]);
  lines_[line].erase(slot, [this](std::uint32_t a, std::uint32_t b) { return before(a, b); });
  const std::uint32_t pool = model_.lines[line].pool;
  --pools_[pool].waiting;
  if (!lends_.empty()) mark(pool);
}

void Simulator::dispatch() {
  std::swap(dirty_, serving_);
  if (serving_.size() > 1) std::sort(serving_.begin(), serving_.end());
  for (const std::uint32_t pool : serving_) {
    pools_[pool].dirty = false;
    if (open_) serve(pool);
  }
  serving_.clear();
}

void Simulator::serve(std::uint32_t pool) {
  PoolState& p = pools_[pool];
  while (p.waiting > 0 && p.busy < p.slots) {
    const std::uint32_t line = best_line(pool);
    const std::uint32_t slot = lines_[line].front();
    lines_[line].pop_front();
    --p.waiting;
    start(slot, model_.lines[line].needs_slot);
  }
}

std::uint32_t Simulator::best_line(std::uint32_t pool) const {
  const std::vector<std::uint32_t>& lines = model_.pools[pool].lines;
  std::uint32_t best = kNone;
  for (const std::uint32_t line : lines) {
    if (lines_[line].empty()) continue;
    if (best == kNone) {
      best = line;
      continue;
    }
    const std::uint32_t a = lines_[line].front(), b = lines_[best].front();
    if (pools_[pool].common_order ? before(a, b) : earlier(cases_[a], cases_[b])) best = line;
  }
  return best;
}

void Simulator::free_pool_slot(std::uint32_t pool) {
  --pools_[pool].busy;
  recorder_.freed(pool, now_);
  if (pools_[pool].waiting > 0) mark(pool);
}

}  // namespace ketensim
