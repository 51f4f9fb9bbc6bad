// The cases with which a simulation begins: each at its step, with its dates, and with what is left of its durations.
#include <algorithm>
#include <utility>

#include "engine/kernel/simulator.hpp"

namespace ketensim {

void Simulator::place_state() {
  if (!model_.state.open) return;
  for (std::size_t row = 0; row < model_.state.open->cases.size(); ++row) place(row);
}

void Simulator::place(std::size_t row) {
  using Where = OpenCaseModel::Where;
  const OpenCaseModel& open = model_.state.open->cases[row];
  const std::uint32_t slot = take_slot();
  Case& c = cases_[slot];
  c.id = open.id;
  c.first_received = open.first_received;
  c.received = open.received;
  c.step = open.step;
  c.waited = 0.0;
  c.helped = false;
  place_attributes(slot, row);
  if (open.where != Where::out && open.where != Where::ended) recorder_.found_in_chain();
  switch (open.where) {
    case Where::queue:
      place_waiting(slot, open);
      return;
    case Where::service:
      place_in_service(slot, open);
      return;
    case Where::transfer:
      place_on_the_way(slot, open);
      return;
    case Where::ended:
      place_somewhere(slot, open);
      return;
    case Where::out:
      place_outside(slot, open);
      return;
  }
}

/// What is not known of the case is drawn as for one of the streams, by their shares.
void Simulator::place_attributes(std::uint32_t slot, std::size_t row) {
  const OpenCases& state = *model_.state.open;
  const OpenCaseModel& open = state.cases[row];
  const std::size_t width = model_.attributes.size();
  std::uint16_t* values = attributes(slot);
  std::copy_n(state.values.begin() + static_cast<std::ptrdiff_t>(row * width), width, values);
  if (open.draws_attributes) {
    constexpr std::uint32_t kWhichStream = 255;  // in the place of a step
    const double u = draws_.at(open.id, kWhichStream, 0, Purpose::family).unit();
    std::size_t chosen = 0;
    while (chosen + 1 < state.streams.size() && u >= state.stream_cumulative[chosen]) ++chosen;
    const StreamModel& stream = model_.streams[state.streams[chosen]];
    for (std::uint32_t i = 0; i < stream.attributes.size(); ++i) {
      const StreamModel::Attribute& drawn = stream.attributes[i];
      if (values[drawn.attribute] != kUnknownValue) continue;
      const Block block = draws_.at(open.id, i / 4, 0, Purpose::family);
      const auto at =
          std::upper_bound(drawn.cumulative.begin(), drawn.cumulative.end() - 1, Block::unit32(block.word[i % 4]));
      values[drawn.attribute] = static_cast<std::uint16_t>(at - drawn.cumulative.begin());
    }
  }
  for (std::size_t a = 0; a < width; ++a)
    arrival_attributes_[slot * width + a] = state.drawn_at_arrival[a] ? values[a] : kUnknownValue;
}

/// It is at its step for the first time, as far as anyone knows.
void Simulator::begin_visit(std::uint32_t slot, const OpenCaseModel& open) {
  ++cases_[slot].serial;
  const std::uint32_t counter = steps_[open.step]->visit_counter;
  if (counter != kNone) visits_[slot * model_.visit_counters + counter] = 1;
  if (!limits_.empty()) admit(slot, open.step);
}

/// The attributes that its wait has changed.
void Simulator::worsen_until(std::uint32_t slot, double moment) {
  const Case& c = cases_[slot];
  for (const WorseningModel& w : steps_[c.step]->worsening)
    if (!w.set.empty() && morning_after(add(c.received, w.after)) <= moment)
      for (const auto& [attribute, value] : w.set) attributes(slot)[attribute] = value;
}

void Simulator::claim_kept_slots(std::uint32_t slot, std::uint32_t step, std::uint32_t ended_at) {
  Case& c = cases_[slot];
  each_kept_slot(model_, *model_.state.open, attributes(slot), step, ended_at, [&](std::uint32_t claimed_at) {
    const std::uint32_t pool = steps_[claimed_at]->pool;
    if (holds_slot_of(c, pool)) return;
    claim(pool, 0);
    add_hold(c, claimed_at);
  });
}

void Simulator::place_waiting(std::uint32_t slot, const OpenCaseModel& open) {
  Case& c = cases_[slot];
  const StepModel& s = *steps_[open.step];
  begin_visit(slot, open);
  c.phase = Phase::queue;
  worsen_until(slot, now_);
  claim_kept_slots(slot, open.step, kNone);
  recorder_.found_waiting(open.step);
  if (s.patience != kNone) {
    const bool working = model_.samplers[s.patience].working_days();
    const double least = least_patience(model_, c.received, working) / s.patience_factor;
    const Block block = draws_.at(c.id, s.tag, c.visit, Purpose::patience);
    const double patience = left_of(open, s.patience, least, block) * s.patience_factor;
    events_.push(Event::at(std::max(morning_of(add(c.received, {patience, working})), now_), EventKind::withdrawal, slot,
                           c.serial));
  }
  expect_while_waiting(slot);
  enqueue(slot);
}

void Simulator::place_in_service(std::uint32_t slot, const OpenCaseModel& open) {
  Case& c = cases_[slot];
  const StepModel& s = *steps_[open.step];
  begin_visit(slot, open);
  c.phase = Phase::service;
  c.started = open.started;
  c.waited = c.started - c.received;
  c.helped = s.help;
  worsen_until(slot, c.started);
  claim_kept_slots(slot, open.step, kNone);
  if (s.pool != kUnlimitedPool && !holds_slot_of(c, s.pool)) {
    claim(s.pool, 0);
    if (s.hold == kNone)
      c.claimed = true;
    else
      add_hold(c, open.step);
  }
  for (const std::uint32_t pool : s.more_pools) claim(pool, 0);
  c.claimed_more = !s.more_pools.empty();
  recorder_.found_in_service(open.step);
  const Block block = draws_.at(c.id, s.tag, c.visit, Purpose::service);
  c.word = block.word[2];
  const double factor = s.duration_factor * worsened_by(model_, s, c.received, c.started);
  const std::uint32_t sampler = duration_for(slot);
  const bool working = model_.samplers[sampler].working_days();
  const double least = least_service(model_, c.started, working) / factor;
  const double duration = left_of(open, sampler, least, block) * factor;
  events_.push(Event::at(std::max(end_of_service(c.started, {duration, working}), now_), EventKind::end, slot));
}

/// To the step that its row names, by the transfer of the route that leads there; where none does, or it takes no time,
/// the case is received as the simulation begins.
void Simulator::place_on_the_way(std::uint32_t slot, const OpenCaseModel& open) {
  const std::int32_t to = resolve(open.destination, slot);
  std::uint32_t after = kNone;
  const auto look = [&](const BranchModel& branch) {
    for (const RouteModel& route : branch.routes)
      if (after == kNone && resolve(route.destination, slot) == to) after = route.after;
  };
  look(branch_of(open.step, slot));
  for (const BranchModel& branch : model_.routings[steps_[open.step]->routing]) look(branch);
  begin_visit(slot, open);
  send(slot, open, static_cast<std::uint32_t>(to), after);
}

/// It has ended, and is not received anywhere yet. It may be on its way, the less likely the longer that would have
/// taken, or it has left the chain and did not come back so far. Routes without a transfer are ruled out.
void Simulator::place_somewhere(std::uint32_t slot, const OpenCaseModel& open) {
  Case& c = cases_[slot];
  const BranchModel& branch = branch_of(open.step, slot);
  const auto chance = [&](const RouteModel& route, double share) {
    if (resolve(route.destination, slot) == kOut)
      return share * (1.0 - return_share_ * (1.0 - survival(open, model_.return_after)));
    return route.after == kNone ? 0.0 : share * survival(open, route.after);
  };
  double total = 0.0, before = 0.0;
  for (const RouteModel& route : branch.routes)
    total += chance(route, route.cumulative - std::exchange(before, route.cumulative));
  const bool nowhere = !(total > 0.0);
  double left = Block::unit32(draws_.at(c.id, steps_[open.step]->tag, c.visit, Purpose::service).word[2]) *
                (nowhere ? 1.0 : total);
  const RouteModel* chosen = nullptr;
  before = 0.0;
  for (const RouteModel& route : branch.routes) {
    const double share = route.cumulative - std::exchange(before, route.cumulative);
    const double weight = nowhere ? share : chance(route, share);
    if (weight <= 0.0) continue;
    chosen = &route;
    if ((left -= weight) < 0.0) break;
  }
  const std::int32_t to = resolve(chosen->destination, slot);
  if (to == kOut) {
    place_outside(slot, open);
    return;
  }
  recorder_.found_in_chain();
  begin_visit(slot, open);
  send(slot, open, static_cast<std::uint32_t>(to), nowhere ? kNone : chosen->after);
}

void Simulator::send(std::uint32_t slot, const OpenCaseModel& open, std::uint32_t to, std::uint32_t after) {
  Case& c = cases_[slot];
  c.waited = (std::isnan(open.started) ? open.ended : open.started) - c.received;
  claim_kept_slots(slot, to, open.step);
  if (!limits_.empty()) return_cards(slot, model_.limits_at[to]);
  double moment = now_;
  if (after != kNone) {
    const bool working = model_.samplers[after].working_days();
    const Block block = draws_.at(c.id, steps_[open.step]->tag, c.visit, Purpose::transfer);
    const double transfer = left_of(open, after, least_hand_over(model_, open.ended, working), block);
    moment = std::max(end_of_hand_over(add(open.ended, {transfer, working})), now_);
  }
  c.phase = Phase::transfer;
  c.step = to;
  c.word = open.step;
  events_.push(Event::at(moment, EventKind::transfer, slot));
}

/// Of the children who left and did not come back so far, some still will.
void Simulator::place_outside(std::uint32_t slot, const OpenCaseModel& open) {
  Case& c = cases_[slot];
  if (return_share_ > 0.0) {
    const double left = return_share_ * survival(open, model_.return_after);
    const Block block = draws_.at(c.id, 0, 0, Purpose::returning);
    if (block.second() * (1.0 - return_share_ + left) < left) {
      const bool working = model_.samplers[model_.return_after].working_days();
      const double away = left_of(open, model_.return_after, least_hand_over(model_, open.ended, working), block);
      c.phase = Phase::away;
      events_.push(Event::at(std::max(end_of_hand_over(add(open.ended, {away, working})), now_), EventKind::returning, slot));
      return;
    }
  }
  free_slot(slot);
}

const Sampler::Tail* Simulator::known_tail(const OpenCaseModel& open, std::uint32_t sampler) const {
  const StateModel& state = model_.state;
  const auto row = static_cast<std::size_t>(&open - state.open->cases.data());
  for (std::uint32_t i = state.first_tail[row]; i < state.first_tail[row + 1]; ++i)
    if (const TailModel& known = state.tails[state.tails_of[i]]; known.sampler == sampler) return &known.tail;
  return nullptr;
}

/// The duration of which at least `least` is over: what it draws by the same uniform as a case without a past.
double Simulator::left_of(const OpenCaseModel& open, std::uint32_t sampler, double least, const Block& block) const {
  const Sampler& s = model_.samplers[sampler];
  const Sampler::Tail* tail = known_tail(open, sampler);
  return tail ? s(block, *tail) : s(block, s.tail(least));
}

/// The chance that a transfer or an absence from the chain which began as the case ended is not over yet.
double Simulator::survival(const OpenCaseModel& open, std::uint32_t sampler) const {
  if (const Sampler::Tail* tail = known_tail(open, sampler)) return tail->survival;
  const Sampler& s = model_.samplers[sampler];
  return s.tail(least_hand_over(model_, open.ended, s.working_days())).survival;
}

/// The part of its time in the chain of which nobody knows whether it waited.
double Simulator::unseen_of(const Case& c) const {
  const bool from_state =
      model_.state.open && CaseId::stream(c.id) == CaseId::kOfState && CaseId::episode(c.id) == 0;
  return from_state ? model_.state.open->unseen[CaseId::number(c.id)] : 0.0;
}

}  // namespace ketensim
