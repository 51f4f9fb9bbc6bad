// What happens to a case at a step: received, started, ended or withdrawn, and on to the next.
#include <algorithm>

#include "engine/kernel/simulator.hpp"

namespace ketensim {

void Simulator::arrive_at(std::uint32_t slot, std::uint32_t step, std::uint32_t from) {
  if (!flows_freely_ && !limits_.empty() && !passes_freely(slot, step)) {
    hold_back(slot, step, from);
    return;
  }
  enter(slot, step, from);
}

void Simulator::enter(std::uint32_t slot, std::uint32_t step, std::uint32_t from) {
  if (!flows_freely_ && !model_.togethers.empty() && fork(slot, step, from)) return;
  const std::uint32_t organisation = steps_[step]->organisation;
  if (from == kNone || steps_[from]->organisation != organisation) recorder_.crossed(kNone, organisation);
  if (from == kNone) from = CaseId::episode(cases_[slot].id) > 0 ? recorder_.outside_again() : recorder_.outside();
  recorder_.went(from, step);
  receive(slot, step);
}

void Simulator::receive(std::uint32_t slot, std::uint32_t step) {
  Case& c = cases_[slot];
  const StepModel& s = *steps_[step];
  ++events_handled_;
  ++c.serial;
  c.step = step;
  c.received = now_;
  c.in_evening = evening();
  c.phase = Phase::queue;
  c.released = false;
  c.visit = s.visit_counter == kNone ? std::uint16_t{0} : visits_[slot * model_.visit_counters + s.visit_counter]++;
  recorder_.received(step, now_);
  if (s.plain) {
    const bool limited = s.pool != kUnlimitedPool;
    c.reserve = 0;
    if (open_ && (!limited || can_start_at_once(s.pool)))
      start(slot, limited);
    else
      enqueue_plain(slot, s);
    return;
  }
  const bool needs_slot = s.pool != kUnlimitedPool && !(s.holder_line != kNone && holds_slot_of(c, s.pool));
  if (open_ && !s.gated && s.more_pools.empty() && (!needs_slot || can_start_at_once(s.pool))) {
    c.reserve = 0;
    start(slot, needs_slot);
    return;
  }
  if (s.patience != kNone) {
    const Sampler& patience = model_.samplers[s.patience];
    const Block block = draws_.at(c.id, s.tag, c.visit, Purpose::patience);
    events_.push(Event::at(morning_of(add(now_, {patience(block) * s.patience_factor, patience.working_days()})),
                           EventKind::withdrawal, slot, c.serial));
  }
  expect_while_waiting(slot);
  enqueue(slot);
}

/// What will happen to the case because it waits, as far as that is still to come.
void Simulator::expect_while_waiting(std::uint32_t slot) {
  const Case& c = cases_[slot];
  const StepModel& s = *steps_[c.step];
  const auto expect = [&](Duration after, EventKind kind, std::uint32_t entry) {
    const double moment = morning_after(add(c.received, after));
    if (moment >= now_) events_.push(Event::at(moment, kind, slot, c.serial, entry));
  };
  for (std::uint32_t entry = 0; entry < s.worsening.size(); ++entry)
    if (!s.worsening[entry].set.empty()) expect(s.worsening[entry].after, EventKind::worsening, entry);
  for (const std::uint32_t reserve : model_.pools[s.pool].reserves)
    if (model_.reserves[reserve].waited.days > 0.0) expect(model_.reserves[reserve].waited, EventKind::promotion, 0);
}

/// Whether a slot is free that nobody else can come to want at this moment: the same as waiting for the dispatch,
/// sooner. By dates so many come at one moment that all wait for it.
bool Simulator::can_start_at_once(std::uint32_t pool) const {
  const PoolState& p = pools_[pool];
  return !daily_ && p.plain && p.waiting == 0 && p.busy < p.slots && !ticking_ && moment_is_over();
}

double Simulator::worsening_factor(const Case& c, const StepModel& step) const {
  double factor = 1.0;
  for (const WorseningModel& w : step.worsening)
    if (add(c.received, w.after) <= now_) factor *= w.duration_factor;
  return factor;
}

/// What the service of the case takes that waits or starts at its step.
std::uint32_t Simulator::duration_for(std::uint32_t slot) const {
  const StepModel& s = *steps_[cases_[slot].step];
  if (s.alike) return s.duration;
  for (const DurationModel& of_class : s.duration_of_class)
    if (hold_all(of_class.when, slot)) return of_class.sampler;
  return s.duration;
}

bool Simulator::within_wait_norm(const Case& c, const StepModel& s) const {
  return !s.norm.has_wait() || elapsed(c.received, now_, s.norm.wait.working) <= s.norm.wait.days + kClockError;
}

void Simulator::start(std::uint32_t slot, bool needs_slot) {
  Case& c = cases_[slot];
  const StepModel& s = *steps_[c.step];
  const double wait = now_ - c.received;
  ++c.serial;
  c.started = now_;
  c.waited += wait;
  c.phase = Phase::service;
  if (needs_slot) {
    claim(s.pool, c.reserve);
    if (s.hold == kNone)
      c.claimed = true;
    else
      add_hold(c, c.step);
  }
  c.claimed_more = !s.plain && !s.more_pools.empty();
  if (c.claimed_more)
    for (const std::uint32_t pool : s.more_pools) claim(pool, 0);
  recorder_.started(c.step, now_, wait, within_wait_norm(c, s));
  if (s.help && !c.helped) {
    c.helped = true;
    recorder_.helped(now_ - c.first_received);
  }
  const Block block = draws_.at(c.id, s.tag, c.visit, Purpose::service);
  c.word = block.word[2];
  const double factor = s.plain || s.worsening.empty() ? s.duration_factor : s.duration_factor * worsening_factor(c, s);
  const Sampler& duration = model_.samplers[duration_for(slot)];
  const double moment = end_of_service(now_, {duration(block) * factor, duration.working_days()});
  events_.push(Event::at(moment, EventKind::end, slot));
}

void Simulator::count_ended(Case& c, const StepModel& s) {
  ++events_handled_;
  bool within = true;
  if (s.norm.has_end())
    within = elapsed(c.started, now_, s.norm.service.working) <= s.norm.service.days + kClockError &&
             elapsed(c.received, now_, s.norm.lead_time.working) <= s.norm.lead_time.days + kClockError;
  recorder_.ended(c.step, now_, now_ - c.received, within);
}

void Simulator::end(std::uint32_t slot) {
  Case& c = cases_[slot];
  count_ended(c, *steps_[c.step]);
  free_slots(c);
  if (c.holds != kNone) release_holds(c, [&](const HoldModel& hold) { return hold.frees[c.step] != 0; });
  finish(slot);
}

void Simulator::finish(std::uint32_t slot) {
  if (!steps_[cases_[slot].step]->outcomes.empty()) set_outcomes(slot);
  if (flows_freely_ || join_of(slot) == kNone)
    go_on(slot);
  else
    finish_branch(slot, false);
}

void Simulator::withdraw(std::uint32_t slot) {
  Case& c = cases_[slot];
  const StepModel& s = *steps_[c.step];
  dequeue(slot);
  ++events_handled_;
  ++c.serial;
  c.waited += now_ - c.received;
  recorder_.withdrawn(c.step, now_);
  if (join_of(slot) != kNone) {
    finish_branch(slot, true);
    return;
  }
  const std::int32_t to = redirect(resolve(s.patience_to, slot), slot);
  if (observer_) observe(c, now_, true, to);
  move(slot, to, kNone);
}

void Simulator::worsen(std::uint32_t slot, std::uint32_t entry) {
  dequeue(slot);
  for (const auto& [attribute, value] : steps_[cases_[slot].step]->worsening[entry].set)
    attributes(slot)[attribute] = value;
  enqueue(slot);
}

/// Who waits at the step is finished without service and goes on by the route draw of this visit: on the `day`-th day
/// as many as make up that day's part of those who waited when it began, first in the order of the queue.
void Simulator::clear_backlog(std::uint32_t clearing, std::uint32_t day) {
  const ClearingModel& model = model_.clearings[clearing];
  ClearingState& state = clearings_[clearing];
  const std::uint32_t step = model.step;
  const StepModel& s = *steps_[step];
  if (day == 0) state = {std::min(recorder_.queue(step), model.at_most), 0};
  const auto due = static_cast<std::uint32_t>(std::uint64_t{state.backlog} * (day + 1) / model.days);
  const std::size_t now = std::min<std::size_t>(due - state.cleared, waiting_at(step).size());
  state.cleared += static_cast<std::uint32_t>(now);
  for (std::size_t i = 0; i < now; ++i) {
    const std::uint32_t slot = waiting_[i];
    Case& c = cases_[slot];
    dequeue(slot);
    ++c.serial;
    const double wait = now_ - c.received;
    c.started = now_;
    c.waited += wait;
    c.phase = Phase::service;
    recorder_.started(step, now_, wait, within_wait_norm(c, s));
    c.word = draws_.at(c.id, s.tag, c.visit, Purpose::service).word[2];
    cleared_.push_back(slot);
  }
}

/// Only when all of this moment have been taken out: who goes on from one step to another is not cleared there as well.
void Simulator::finish_cleared() {
  for (const std::uint32_t slot : cleared_) {
    Case& c = cases_[slot];
    count_ended(c, *steps_[c.step]);
    if (c.holds != kNone) release_holds(c, [&](const HoldModel& hold) { return hold.frees[c.step] != 0; });
    finish(slot);
  }
  cleared_.clear();
}

void Simulator::add_hold(Case& c, std::uint32_t claimed_at) {
  std::uint32_t hold;
  if (free_holds_.empty()) {
    hold = static_cast<std::uint32_t>(holds_.size());
    holds_.emplace_back();
  } else {
    hold = free_holds_.back();
    free_holds_.pop_back();
  }
  holds_[hold] = {claimed_at, c.holds, c.reserve};
  c.holds = hold;
}

template <class Released>
void Simulator::release_holds(Case& c, Released released) {
  std::uint32_t* link = &c.holds;
  while (*link != kNone) {
    const std::uint32_t hold = *link;
    const StepModel& claimed_by = *steps_[holds_[hold].step];
    if (!released(model_.holds[claimed_by.hold])) {
      link = &holds_[hold].next;
      continue;
    }
    *link = holds_[hold].next;
    free_holds_.push_back(hold);
    free_pool_slot(claimed_by.pool, holds_[hold].reserve);
  }
}

}  // namespace ketensim
