#include "engine/kernel/simulator.hpp"

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <string>

namespace ketensim {
namespace {

constexpr std::uint64_t kMostAtOneMoment = 10'000'000;

}  // namespace

Simulator::Simulator(const Model& model, const Layout& layout)
    : model_(model),
      recorder_(model, layout),
      continuous_(model.calendar.continuous()),
      steps_(model.steps.size()),
      clearings_(model.clearings.size()),
      limits_(model.limits.size()),
      held_lines_(model.limits.empty() ? 0 : model.steps.size()),
      lends_(model.lends.size()),
      together_(model.togethers.size()),
      lines_(model.lines.size()),
      pools_(model.pools.size()),
      streams_(model.streams.size()),
      events_(Ties{&cases_}) {}

void Simulator::run(std::uint64_t seed, int replication, double* values, Observer* observer) {
  observer_ = observer;
  reset(seed, replication);
  loop();
  check_conservation();
  if (observer_)
    for (const Case& c : cases_)
      if (c.phase == Phase::queue || c.phase == Phase::service)
        observe(c, std::numeric_limits<double>::quiet_NaN(), false, Visit::kUndecided);
  recorder_.write(values);
}

void Simulator::reset(std::uint64_t seed, int replication) {
  draws_ = Draws(seed, static_cast<std::uint64_t>(replication));
  now_ = 0.0;
  open_ = continuous_ || model_.calendar.is_working(0);
  next_tick_ = 0;
  ticking_ = false;
  events_handled_ = at_this_moment_ = 0;
  cases_.clear();
  free_.clear();
  attributes_.clear();
  arrival_attributes_.clear();
  visits_.clear();
  holds_.clear();
  free_holds_.clear();
  for (WaitingLine& line : lines_) line.clear();
  for (std::size_t p = 0; p < pools_.size(); ++p)
    pools_[p] = {model_.pools[p].slots, 0, model_.pools[p].slots, 0, 0, false, true};
  for (std::size_t s = 0; s < steps_.size(); ++s) steps_[s] = &model_.steps[s];
  for (std::uint32_t p = 0; p < pools_.size(); ++p) pools_[p].common_order = shares_order(p);
  return_share_ = model_.return_shares.front();
  dirty_.clear();
  events_.clear();
  cards_.clear();
  joins_.clear();
  free_joins_.clear();
  may_release_ = false;
  std::fill(clearings_.begin(), clearings_.end(), ClearingState{});
  std::fill(limits_.begin(), limits_.end(), LimitState{});
  std::fill(lends_.begin(), lends_.end(), LendState{});
  std::fill(together_.begin(), together_.end(), std::uint8_t{0});
  for (WaitingLine& line : held_lines_) line.clear();
  recorder_.begin();
  for (std::uint32_t s = 0; s < streams_.size(); ++s) {
    streams_[s] = {};
    next_candidate(s);
  }
}

void Simulator::loop() {
  for (;;) {
    if (!settled() && moment_is_over())
      settle();
    else if (std::bit_cast<std::uint64_t>(model_.ticks[next_tick_].time) > events_.next_time_bits())
      handle(events_.pop());
    else if (!tick())
      return;
  }
}

/// The end of a moment: who is released comes in, who can start starts, and staff moves by what is left.
void Simulator::settle() {
  if (may_release_) release_held();
  dispatch();
  if (!lends_.empty()) check_lending();
}

bool Simulator::tick() {
  now_ = model_.ticks[next_tick_].time;
  ticking_ = true;
  for (; model_.ticks[next_tick_].time == now_; ++next_tick_) {
    const Tick& tick = model_.ticks[next_tick_];
    switch (tick.kind) {
      case Tick::Kind::close_cell:
        recorder_.close_cell(now_);
        break;
      case Tick::Kind::working:
        open_ = tick.count == 1;
        for (std::uint32_t p = 0; open_ && p < pools_.size(); ++p)
          if (pools_[p].waiting > 0) mark(p);
        break;
      case Tick::Kind::slots:
        pools_[tick.index].own_slots = tick.count;
        set_slots(tick.index);
        break;
      case Tick::Kind::step:
        use_version(tick.index, model_.versions[tick.count]);
        break;
      case Tick::Kind::returns:
        return_share_ = model_.return_shares[tick.count];
        break;
      case Tick::Kind::limit:
        limits_[tick.index].limit = tick.count;
        may_release_ = true;
        break;
      case Tick::Kind::lend:
        begin_lending(tick.index, tick.count == 1);
        break;
      case Tick::Kind::together:
        together_[tick.index] = tick.count == 1;
        break;
      case Tick::Kind::clear_backlog:
        clear_backlog(tick.index, tick.count);
        break;
      case Tick::Kind::end:
        return false;
    }
  }
  ticking_ = false;
  return true;
}

/// Whether all steps of a pool serve in one order now.
bool Simulator::shares_order(std::uint32_t pool) const {
  const std::vector<std::uint32_t>& lines = model_.pools[pool].lines;
  return std::all_of(lines.begin(), lines.end(), [&](std::uint32_t line) {
    return steps_[model_.lines[line].step]->order == steps_[model_.lines[lines.front()].step]->order;
  });
}

/// From now on the step works by another version of itself; who waits is put in its order.
void Simulator::use_version(std::uint32_t step, const StepModel& version) {
  steps_[step] = &version;
  for (const std::uint32_t line : {version.line, version.holder_line}) {
    if (line == kNone) continue;
    waiting_.clear();
    for (; !lines_[line].empty(); lines_[line].pop_front()) waiting_.push_back(lines_[line].front());
    for (const std::uint32_t slot : waiting_)
      lines_[line].insert(slot, [this](std::uint32_t a, std::uint32_t b) { return before(a, b); });
  }
  pools_[version.pool].common_order = shares_order(version.pool);
}

void Simulator::handle(const Event& event) {
  const double time = event.time();
  if (time > now_) {
    now_ = time;
    at_this_moment_ = 0;
  } else if (time < now_) {
    throw std::runtime_error("an event lies in the past");
  } else if (++at_this_moment_ > kMostAtOneMoment) {
    throw std::runtime_error("time stands still: cases go round without spending any");
  }
  const std::uint32_t slot = event.slot;
  switch (event.kind()) {
    case EventKind::arrival:
      arrive(slot);
      return;
    case EventKind::returning:
      come_back(slot);
      return;
    case EventKind::transfer:
      arrive_at(slot, cases_[slot].step, cases_[slot].word);
      return;
    case EventKind::end:
      end(slot);
      return;
    case EventKind::lend:
      lend(slot);
      return;
    case EventKind::worsening:
      if ((cases_[slot].serial & Event::kSerialMask) == event.serial()) worsen(slot, event.entry());
      return;
    case EventKind::withdrawal:
      if ((cases_[slot].serial & Event::kSerialMask) == event.serial()) withdraw(slot);
      return;
  }
}

// ---- arrivals and departures of the chain

void Simulator::next_candidate(std::uint32_t stream) {
  const StreamModel& model = model_.streams[stream];
  StreamState& s = streams_[stream];
  while (static_cast<std::size_t>(s.day) < model.per_day.size()) {
    const auto day = static_cast<std::size_t>(s.day);
    if (model.per_day[day] > 0.0) {
      if (s.number >= CaseId::kNumbers) throw std::runtime_error("more arrivals on one day than can be told apart");
      s.block = draws_.at(family_id(stream), 0, 0, Purpose::arrival);
      s.offset -= std::log(1.0 - s.block.unit()) / model.per_day[day];
      if (s.offset < 1.0) {
        if (model.keep.empty() || s.block.second() < model.keep[day]) {
          events_.push(Event::at(s.day + s.offset, EventKind::arrival, stream));
          return;
        }
        ++s.number;  // a candidate that an intervention takes away
        continue;
      }
    }
    s = {s.day + 1, 0, 0.0, {}};
  }
}

std::uint64_t Simulator::family_id(std::uint32_t stream) const {
  const StreamState& s = streams_[stream];
  return CaseId::family(static_cast<std::uint64_t>(model_.origin_day + s.day), model_.streams[stream].tag, s.number);
}

void Simulator::arrive(std::uint32_t stream) {
  const StreamModel& model = model_.streams[stream];
  StreamState& s = streams_[stream];
  const std::uint64_t family = family_id(stream);
  std::uint32_t children = 1;
  if (model.children.size() > 1 || model.children.front().second != 1) {
    std::size_t size = 0;
    while (size + 1 < model.children.size() && s.block.third() >= model.children[size].first) ++size;
    children = model.children[size].second;
  }
  std::uint16_t drawn[8];
  Block block{};
  for (std::size_t a = 0; a < model_.attributes.size(); ++a) drawn[a] = 0xffff;
  for (std::size_t i = 0; i < model.attributes.size(); ++i) {
    if (i % 4 == 0) block = draws_.at(family, static_cast<std::uint32_t>(i / 4), 0, Purpose::family);
    const std::vector<double>& cumulative = model.attributes[i].cumulative;
    const double u = Block::unit32(block.word[i % 4]);
    std::uint16_t value = 0;
    while (value + 1u < cumulative.size() && u >= cumulative[value]) ++value;
    drawn[model.attributes[i].attribute] = value;
  }
  for (std::uint32_t sibling = 0; sibling < children; ++sibling) {
    const std::uint32_t slot = take_slot();
    Case& c = cases_[slot];
    c.id = CaseId::child(family, sibling);
    c.first_received = now_;
    c.waited = 0.0;
    c.helped = false;
    for (std::size_t a = 0; a < model_.attributes.size(); ++a)
      attributes(slot)[a] = arrival_attributes_[slot * model_.attributes.size() + a] = drawn[a];
    recorder_.entered_chain(false);
    arrive_at(slot, static_cast<std::uint32_t>(resolve(model.destination, slot)), kNone);
  }
  ++s.number;
  next_candidate(stream);
}

void Simulator::leave_chain(std::uint32_t slot) {
  Case& c = cases_[slot];
  recorder_.left_chain(now_ - c.first_received, c.waited);
  if (return_share_ > 0.0 && CaseId::episode(c.id) + 1 < CaseId::kEpisodes) {
    const Block block = draws_.at(c.id, 0, 0, Purpose::returning);
    if (block.second() < return_share_) {
      const Sampler& after = model_.samplers[model_.return_after];
      c.phase = Phase::away;
      events_.push(Event::at(add(now_, {after(block), after.working_days()}), EventKind::returning, slot));
      return;
    }
  }
  free_slot(slot);
}

void Simulator::come_back(std::uint32_t slot) {
  Case& c = cases_[slot];
  ++c.id;  // the child's next episode
  c.first_received = now_;
  c.waited = 0.0;
  c.helped = false;
  std::copy_n(&arrival_attributes_[slot * model_.attributes.size()], model_.attributes.size(), attributes(slot));
  std::fill_n(visits_.begin() + slot * model_.visit_counters, model_.visit_counters, std::uint16_t{0});
  recorder_.entered_chain(true);
  arrive_at(slot, static_cast<std::uint32_t>(resolve(model_.return_to, slot)), kNone);
}

std::uint32_t Simulator::take_slot() {
  if (!free_.empty()) {
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    std::fill_n(visits_.begin() + slot * model_.visit_counters, model_.visit_counters, std::uint16_t{0});
    return slot;
  }
  const auto slot = static_cast<std::uint32_t>(cases_.size());
  cases_.emplace_back();
  attributes_.resize(attributes_.size() + model_.attributes.size());
  arrival_attributes_.resize(attributes_.size());
  visits_.resize(visits_.size() + model_.visit_counters);
  if (!limits_.empty()) cards_.push_back(0);
  return slot;
}

void Simulator::free_slot(std::uint32_t slot) {
  cases_[slot].phase = Phase::free;
  free_.push_back(slot);
}

// ---- pools and waiting lines

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

// ---- the end of a replication

void Simulator::observe(const Case& c, double ended, bool withdrawn, std::int32_t next) const {
  Visit visit;
  visit.case_id = c.id;
  visit.step = c.step;
  visit.number = c.visit;
  visit.received = c.received;
  visit.started = c.phase == Phase::service ? c.started : std::numeric_limits<double>::quiet_NaN();
  visit.ended = ended;
  visit.withdrawn = withdrawn;
  visit.next = next;
  visit.attributes = attributes(static_cast<std::uint32_t>(&c - cases_.data()));
  observer_->visit(visit);
}

void Simulator::check_conservation() const {
  std::vector<std::uint32_t> queue(model_.steps.size()), wip(queue), held(queue), busy(pools_.size());
  std::uint32_t open = 0;
  for (const Case& c : cases_) {
    if (c.phase == Phase::free || c.phase == Phase::away) continue;
    if (c.join == kNone || &c == &cases_[joins_[c.join].main]) ++open;
    if (c.phase == Phase::queue) ++queue[c.step];
    if (c.phase == Phase::service) ++wip[c.step];
    if (c.phase == Phase::held) ++held[c.word];
    if (c.claimed) ++busy[steps_[c.step]->pool];
    for (std::uint32_t h = c.holds; h != kNone; h = holds_[h].next) ++busy[steps_[holds_[h].step]->pool];
  }
  for (std::uint32_t s = 0; s < queue.size(); ++s)
    if (queue[s] != recorder_.queue(s) || wip[s] != recorder_.wip(s) || held[s] != recorder_.held(s))
      throw std::runtime_error("cases were lost at " + model_.organisation_of(s) + "." + model_.step_names[s]);
  for (std::uint32_t p = 0; p < busy.size(); ++p)
    if (busy[p] != recorder_.busy(p) || busy[p] != pools_[p].busy)
      throw std::runtime_error("slots were lost at pool " + model_.pools[p].id);
  if (open != recorder_.open_cases()) throw std::runtime_error("cases were lost in the chain");
}

}  // namespace ketensim
