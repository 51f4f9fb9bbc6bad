// Where a case goes: what its step makes of it, the route it takes, and the hand-over.
#include <algorithm>
#include <limits>
#include <stdexcept>

#include "engine/kernel/simulator.hpp"

namespace ketensim {

bool Simulator::hold_all(const std::vector<ConditionModel>& conditions, std::uint32_t slot) const {
  const std::uint16_t* values = attributes(slot);
  return std::all_of(conditions.begin(), conditions.end(), [&](const ConditionModel& condition) {
    const std::uint16_t value = values[condition.attribute];
    return value < condition.allowed.size() && condition.allowed[value] != 0;
  });
}

void Simulator::set_outcomes(std::uint32_t slot) {
  const Case& c = cases_[slot];
  const StepModel& s = *steps_[c.step];
  const Block block = draws_.at(c.id, s.tag, c.visit, Purpose::outcome);
  for (std::size_t i = 0; i < s.outcomes.size(); ++i) {
    const OutcomeModel& outcome = s.outcomes[i];
    if (!hold_all(outcome.when, slot)) continue;
    const double u = Block::unit32(block.word[i]);
    std::size_t value = 0;
    while (value + 1 < outcome.values.size() && u >= outcome.values[value].first) ++value;
    attributes(slot)[outcome.attribute] = outcome.values[value].second;
  }
}

const BranchModel& Simulator::branch_of(std::uint32_t step, std::uint32_t slot) const {
  for (const BranchModel& branch : model_.routings[steps_[step]->routing])
    if (hold_all(branch.when, slot)) return branch;
  throw std::runtime_error("a case fits no branch at " + model_.step_names[step]);
}

/// The case's own draw, or its family's: the first part of the draw says which, the rest is as good as new.
double Simulator::draw_of_siblings(const Case& c, const StepModel& s) const {
  const double own = Block::unit32(c.word);
  if (own < s.siblings) return draws_.at(CaseId::together(c.id), s.tag, c.visit, Purpose::siblings).unit();
  return (own - s.siblings) / (1.0 - s.siblings);
}

const RouteModel& Simulator::choose_route(const Case& c, std::uint32_t slot) const {
  const StepModel& s = *steps_[c.step];
  const BranchModel& branch = s.one_way ? model_.routings[s.routing].front() : branch_of(c.step, slot);
  if (branch.by != ChoiceRule::share) return least_loaded(branch, slot);
  const double u = s.siblings > 0.0 ? draw_of_siblings(c, s) : Block::unit32(c.word);
  std::size_t route = 0;
  while (route + 1 < branch.routes.size() && u >= branch.routes[route].cumulative) ++route;
  return branch.routes[route];
}

std::int32_t Simulator::resolve(std::uint32_t destination, std::uint32_t slot) const {
  const Destination& d = model_.destinations[destination];
  return d.attribute == kNone ? d.step : d.by_value[attributes(slot)[d.attribute]];
}

void Simulator::go_on(std::uint32_t slot) {
  const Case& c = cases_[slot];
  const RouteModel& route = choose_route(c, slot);
  const std::int32_t to = redirect(resolve(route.destination, slot), slot);
  if (observer_ && c.phase != Phase::joining) observe(c, now_, false, to);
  move(slot, to, route.after);
}

void Simulator::move(std::uint32_t slot, std::int32_t to, std::uint32_t after) {
  Case& c = cases_[slot];
  const std::uint32_t from = c.step;
  if (c.holds != kNone)
    release_holds(c,
                  [&](const HoldModel& hold) { return to == kOut || hold.keeps[static_cast<std::size_t>(to)] == 0; });
  if (!flows_freely_ && !limits_.empty())
    return_cards(slot, to == kOut ? 0 : model_.limits_at[static_cast<std::size_t>(to)]);
  const std::uint32_t organisation = steps_[from]->organisation;
  if (to == kOut || steps_[static_cast<std::size_t>(to)]->organisation != organisation)
    recorder_.crossed(organisation, kNone);
  if (to == kOut) {
    recorder_.went(from, recorder_.outside());
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
  const double moment = end_of_hand_over(add(now_, {transfer(block), transfer.working_days()}));
  events_.push(Event::at(moment, EventKind::transfer, slot));
}

/// How busy it is where a route leads, the least first: what the rule compares, and what breaks its ties.
std::pair<double, double> Simulator::load_at(ChoiceRule rule, std::int32_t step) const {
  if (step == kOut) return {std::numeric_limits<double>::infinity(), 0.0};
  const StepModel& s = *steps_[static_cast<std::size_t>(step)];
  const double queue = recorder_.queue(static_cast<std::uint32_t>(step));
  double free = std::numeric_limits<double>::infinity(), spare = free;  // slots, and what is left for who comes now
  const auto look = [&](std::uint32_t pool) {
    if (pool == kUnlimitedPool) return;
    const PoolState& p = pools_[pool];
    const double unused = static_cast<double>(p.slots) - p.busy;
    free = std::min(free, unused);
    spare = std::min(spare, unused - p.waiting);
  };
  look(s.pool);
  for (const std::uint32_t pool : s.more_pools) look(pool);
  return rule == ChoiceRule::most_free ? std::pair{-spare, queue} : std::pair{queue, -free};
}

/// The route to where it is least busy; between equals the case's own route draw decides, by their shares.
const RouteModel& Simulator::least_loaded(const BranchModel& branch, std::uint32_t slot) const {
  const auto load = [&](const RouteModel& route) { return load_at(branch.by, resolve(route.destination, slot)); };
  std::pair<double, double> least = load(branch.routes.front());
  for (const RouteModel& route : branch.routes) least = std::min(least, load(route));
  double total = 0.0, before = 0.0;
  for (const RouteModel& route : branch.routes) {
    if (load(route) == least) total += route.cumulative - before;
    before = route.cumulative;
  }
  double left = Block::unit32(cases_[slot].word) * total;
  const RouteModel* chosen = nullptr;
  before = 0.0;
  for (const RouteModel& route : branch.routes) {
    const double share = route.cumulative - before;
    before = route.cumulative;
    if (load(route) != least) continue;
    chosen = &route;
    if ((left -= share) < 0.0) break;
  }
  return *chosen;
}

/// Who is sent to a step with too long a queue goes elsewhere instead: once, whatever stands there.
std::int32_t Simulator::redirect(std::int32_t step, std::uint32_t slot) const {
  if (step == kOut) return step;
  const StepModel& s = *steps_[static_cast<std::size_t>(step)];
  if (!s.overflows || recorder_.queue(static_cast<std::uint32_t>(step)) <= s.overflow_above) return step;
  return resolve(s.overflow_to, slot);
}

}  // namespace ketensim
