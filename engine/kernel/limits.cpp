// Limits on work in progress, and staff that moves between pools.
#include <algorithm>

#include "engine/kernel/simulator.hpp"

namespace ketensim {

/// Where no limit holds now that the case has no card for, it is as if there were none: the cards are only counted.
bool Simulator::passes_freely(std::uint32_t slot, std::uint32_t step) {
  const std::uint32_t needed = model_.limits_at[step] & ~cards_[slot];
  if (needed == 0) return true;
  for (std::size_t l = 0; l < limits_.size(); ++l)
    if ((needed >> l & 1u) && limits_[l].limit != kUnlimited) return false;
  return admit(slot, step);
}

/// Everyone who needs a card is first held; the end of the moment decides who gets one, so that the order in which
/// things happen at one moment does not.
void Simulator::hold_back(std::uint32_t slot, std::uint32_t step, std::uint32_t from) {
  Case& c = cases_[slot];
  ++c.serial;
  c.step = step;
  c.word = from == kNone ? step : from;
  c.outside = from == kNone;
  c.received = now_;
  c.in_evening = evening();
  c.phase = Phase::held;
  held_lines_[step].insert(slot, [this](std::uint32_t a, std::uint32_t b) { return before(a, b); });
  recorder_.held(c.word, now_, +1);
  may_release_ = true;
}

/// Gives the case the cards that it needs at the step, if there is room under every limit.
bool Simulator::admit(std::uint32_t slot, std::uint32_t step) {
  const std::uint32_t needed = model_.limits_at[step] & ~cards_[slot];
  for (std::size_t l = 0; l < limits_.size(); ++l)
    if ((needed >> l & 1u) && limits_[l].inside >= limits_[l].limit) return false;
  for (std::size_t l = 0; l < limits_.size(); ++l) limits_[l].inside += needed >> l & 1u;
  cards_[slot] |= needed;
  return true;
}

void Simulator::return_cards(std::uint32_t slot, std::uint32_t still_needed) {
  const std::uint32_t returned = cards_[slot] & ~still_needed;
  if (returned == 0) return;
  for (std::size_t l = 0; l < limits_.size(); ++l) limits_[l].inside -= returned >> l & 1u;
  cards_[slot] &= still_needed;
  may_release_ = true;
}

/// The place of the first in the line for a step whom the limits let in, or kNone. Who lacks another limit's card than
/// those before lets them wait: what is full for them may not be so for it.
std::uint32_t Simulator::first_with_room(std::uint32_t step) const {
  const WaitingLine& line = held_lines_[step];
  std::uint32_t full = 0;  // limits at this step without room
  for (std::size_t l = 0; l < limits_.size(); ++l)
    if (limits_[l].inside >= limits_[l].limit) full |= model_.limits_at[step] & 1u << l;
  for (std::size_t i = 0; i < line.size(); ++i)
    if ((full & ~cards_[line[i]]) == 0)
      return static_cast<std::uint32_t>(i);
    else if ((model_.limits_at[step] & (model_.limits_at[step] - 1)) == 0)
      break;  // one limit alone: nobody here has its card
  return kNone;
}

/// Releases whom the limits let in: at each step in the order of its queue, between steps the one held longest.
void Simulator::release_held() {
  may_release_ = false;
  for (;;) {
    std::uint32_t best = kNone, place = kNone;
    for (const LimitModel& limit : model_.limits)
      for (const std::uint32_t step : limit.steps) {
        const std::uint32_t first = first_with_room(step);
        if (first == kNone) continue;
        const std::uint32_t slot = held_lines_[step][first];
        if (best != kNone && !earlier(cases_[slot], cases_[best])) continue;
        best = slot;
        place = first;
      }
    if (best == kNone) return;
    Case& c = cases_[best];
    admit(best, c.step);
    held_lines_[c.step].erase_at(place);
    recorder_.held(c.word, now_, -1);
    c.waited += now_ - c.received;
    enter(best, c.step, c.outside ? kNone : c.word);
  }
}

void Simulator::set_slots(std::uint32_t pool) {
  PoolState& p = pools_[pool];
  const auto slots = static_cast<std::uint32_t>(std::max<std::int64_t>(0, p.own_slots + p.borrowed));
  if (slots != p.slots) recorder_.slots(pool, now_, slots);  // the same again would be summed in other parts
  p.slots = slots;
  observe_pool(pool);
  mark(pool);
}

void Simulator::begin_lending(std::uint32_t lending, bool begin) {
  lends_[lending].active = begin;
  if (!begin && lends_[lending].lent) give_back(lending);
  mark(model_.lends[lending].from);
}

/// Staff leaves its own pool as soon as the queue is above the threshold, and works at the other after the delay.
void Simulator::check_lending() {
  for (std::uint32_t i = 0; i < lends_.size(); ++i) {
    const LendModel& model = model_.lends[i];
    LendState& state = lends_[i];
    if (!state.active && !state.lent) continue;
    std::uint32_t waiting = 0;
    for (const std::uint32_t step : model.queue) waiting += recorder_.queue(step);
    if (state.active && !state.lent && !state.pending && waiting > model.above) {
      state.given = std::min(model.slots, pools_[model.from].slots);
      if (state.given == 0) continue;
      state.received = model.received_for(state.given);
      state.pending = true;
      pools_[model.from].borrowed -= state.given;
      set_slots(model.from);
      events_.push(Event::at(morning_after(add(now_, model.delay)), EventKind::lend, i));
    } else if (state.lent && waiting < model.below) {
      give_back(i);
    }
  }
}

void Simulator::lend(std::uint32_t lending) {
  LendState& state = lends_[lending];
  state.pending = false;
  state.lent = true;
  pools_[model_.lends[lending].to].borrowed += state.received;
  set_slots(model_.lends[lending].to);
  if (!state.active) give_back(lending);
}

void Simulator::give_back(std::uint32_t lending) {
  LendState& state = lends_[lending];
  state.lent = false;
  pools_[model_.lends[lending].to].borrowed -= state.received;
  pools_[model_.lends[lending].from].borrowed += state.given;
  set_slots(model_.lends[lending].to);
  set_slots(model_.lends[lending].from);
}

}  // namespace ketensim
