// What happens to a case at a step: received, started, ended or withdrawn, and on to the next.
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "engine/kernel/simulator.hpp"

namespace ketensim {
namespace {

/// A norm is met up to rounding of the clock (less than a millisecond).
constexpr double kClockError = 1e-8;

}  // namespace

void Simulator::arrive_at(std::uint32_t slot, std::uint32_t step, std::uint32_t from) {
  if (!limits_.empty() && (model_.limits_at[step] & ~cards_[slot]) != 0) {
    hold_back(slot, step, from);
    return;
  }
  enter(slot, step, from);
}

void Simulator::enter(std::uint32_t slot, std::uint32_t step, std::uint32_t from) {
  if (!model_.togethers.empty() && fork(slot, step, from)) return;
  const std::uint32_t organisation = steps_[step]->organisation;
  if (from == kNone || steps_[from]->organisation != organisation) recorder_.crossed(kNone, organisation);
  receive(slot, step);
}

void Simulator::receive(std::uint32_t slot, std::uint32_t step) {
  Case& c = cases_[slot];
  const StepModel& s = *steps_[step];
  ++events_handled_;
  ++c.serial;
  c.step = step;
  c.received = now_;
  c.phase = Phase::queue;
  c.visit = s.visit_counter == kNone ? std::uint16_t{0} : visits_[slot * model_.visit_counters + s.visit_counter]++;
  recorder_.received(step, now_);
  const bool needs_slot = s.pool != kUnlimitedPool && !(s.holder_line != kNone && holds_slot_of(c, s.pool));
  if (open_ && (!needs_slot || can_start_at_once(s.pool))) {
    start(slot, needs_slot);
    return;
  }
  if (s.patience != kNone) {
    const Sampler& patience = model_.samplers[s.patience];
    const Block block = draws_.at(c.id, s.tag, c.visit, Purpose::patience);
    events_.push(Event::at(add(now_, {patience(block) * s.patience_factor, patience.working_days()}),
                           EventKind::withdrawal, slot, c.serial));
  }
  for (std::uint32_t entry = 0; entry < s.worsening.size(); ++entry)
    if (!s.worsening[entry].set.empty())
      events_.push(Event::at(add(now_, s.worsening[entry].after), EventKind::worsening, slot, c.serial, entry));
  enqueue(slot);
}

/// Whether a slot is free that nobody else can come to want at this moment: the same as waiting for the dispatch,
/// sooner.
bool Simulator::can_start_at_once(std::uint32_t pool) const {
  const PoolState& p = pools_[pool];
  return p.waiting == 0 && p.busy < p.slots && !ticking_ && moment_is_over();
}

double Simulator::worsening_factor(const Case& c, const StepModel& step) const {
  double factor = 1.0;
  for (const WorseningModel& w : step.worsening)
    if (add(c.received, w.after) <= now_) factor *= w.duration_factor;
  return factor;
}

double Simulator::end_of_service(const Sampler& sampler, const Block& block, double factor) const {
  const double duration = sampler(block) * factor;
  if (continuous_) return now_ + duration;
  return model_.calendar.next_working(model_.calendar.add(now_, {duration, sampler.working_days()}));
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
    ++pools_[s.pool].busy;
    recorder_.claimed(s.pool, now_);
    if (s.hold == kNone)
      c.claimed = true;
    else
      add_hold(c);
  }
  recorder_.started(c.step, now_, wait, within_wait_norm(c, s));
  if (s.help && !c.helped) {
    c.helped = true;
    recorder_.helped(now_ - c.first_received);
  }
  const Block block = draws_.at(c.id, s.tag, c.visit, Purpose::service);
  c.word = block.word[2];
  const double factor = s.worsening.empty() ? s.duration_factor : s.duration_factor * worsening_factor(c, s);
  events_.push(Event::at(end_of_service(model_.samplers[s.duration], block, factor), EventKind::end, slot));
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
  const StepModel& s = *steps_[c.step];
  count_ended(c, s);
  if (c.claimed) {
    c.claimed = false;
    free_pool_slot(s.pool);
  }
  if (c.holds != kNone) release_holds(c, [&](const HoldModel& hold) { return hold.frees[c.step] != 0; });
  finish(slot);
}

void Simulator::finish(std::uint32_t slot) {
  if (cases_[slot].join == kNone)
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
  if (c.join != kNone) {
    finish_branch(slot, true);
    return;
  }
  const std::int32_t to = resolve(s.patience_to, slot);
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
  waiting_.clear();
  for (const std::uint32_t line : {s.holder_line, s.line}) {
    if (line == kNone) continue;
    for (std::size_t i = 0; i < lines_[line].size() && state.cleared < due; ++i, ++state.cleared)
      waiting_.push_back(lines_[line][i]);
  }
  for (const std::uint32_t slot : waiting_) {
    Case& c = cases_[slot];
    dequeue(slot);
    ++c.serial;
    const double wait = now_ - c.received;
    c.started = now_;
    c.waited += wait;
    c.phase = Phase::service;
    recorder_.started(step, now_, wait, within_wait_norm(c, s));
    c.word = draws_.at(c.id, s.tag, c.visit, Purpose::service).word[2];
    count_ended(c, s);
    if (c.holds != kNone) release_holds(c, [&](const HoldModel& hold) { return hold.frees[step] != 0; });
    finish(slot);
  }
}

const RouteModel& Simulator::choose_route(const Case& c, std::uint32_t slot) const {
  const std::uint16_t* values = attributes(slot);
  for (const BranchModel& branch : model_.routings[steps_[c.step]->routing]) {
    bool holds = true;
    for (const ConditionModel& condition : branch.when) {
      const std::uint16_t value = values[condition.attribute];
      holds = holds && value < condition.allowed.size() && condition.allowed[value] != 0;
    }
    if (!holds) continue;
    const double u = Block::unit32(c.word);
    std::size_t route = 0;
    while (route + 1 < branch.routes.size() && u >= branch.routes[route].cumulative) ++route;
    return branch.routes[route];
  }
  throw std::runtime_error("a case fits no branch at " + model_.step_names[c.step]);
}

std::int32_t Simulator::resolve(std::uint32_t destination, std::uint32_t slot) const {
  const Destination& d = model_.destinations[destination];
  return d.attribute == kNone ? d.step : d.by_value[attributes(slot)[d.attribute]];
}

void Simulator::go_on(std::uint32_t slot) {
  const Case& c = cases_[slot];
  const RouteModel& route = choose_route(c, slot);
  const std::int32_t to = resolve(route.destination, slot);
  if (observer_ && c.phase != Phase::joining) observe(c, now_, false, to);
  move(slot, to, route.after);
}

void Simulator::move(std::uint32_t slot, std::int32_t to, std::uint32_t after) {
  Case& c = cases_[slot];
  const std::uint32_t from = c.step;
  if (c.holds != kNone)
    release_holds(c,
                  [&](const HoldModel& hold) { return to == kOut || hold.keeps[static_cast<std::size_t>(to)] == 0; });
  if (!limits_.empty()) return_cards(slot, to == kOut ? 0 : model_.limits_at[static_cast<std::size_t>(to)]);
  const std::uint32_t organisation = steps_[from]->organisation;
  if (to == kOut || steps_[static_cast<std::size_t>(to)]->organisation != organisation)
    recorder_.crossed(organisation, kNone);
  if (to == kOut) {
    leave_chain(slot);
    return;
  }
  const auto step = static_cast<std::uint32_t>(to);
  if (after == kNone) {
    arrive_at(slot, step, from);
    return;
  }
  const Sampler& transfer = model_.samplers[after];
  const Block block = draws_.at(c.id, steps_[from]->tag, c.visit, Purpose::transfer);
  c.phase = Phase::transfer;
  c.step = step;
  c.word = from;
  events_.push(Event::at(add(now_, {transfer(block), transfer.working_days()}), EventKind::transfer, slot));
}

void Simulator::add_hold(Case& c) {
  std::uint32_t hold;
  if (free_holds_.empty()) {
    hold = static_cast<std::uint32_t>(holds_.size());
    holds_.emplace_back();
  } else {
    hold = free_holds_.back();
    free_holds_.pop_back();
  }
  holds_[hold] = {c.step, c.holds};
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
    free_pool_slot(claimed_by.pool);
  }
}

}  // namespace ketensim
