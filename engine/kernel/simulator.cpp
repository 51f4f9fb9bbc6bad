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
      daily_(model.resolution == Resolution::day),
      flows_freely_(model.limits.empty() && model.togethers.empty()),
      steps_(model.steps.size()),
      reserves_(model.reserves.size()),
      clearings_(model.clearings.size()),
      limits_(model.limits.size()),
      held_lines_(model.limits.empty() ? 0 : model.steps.size()),
      lends_(model.lends.size()),
      together_(model.togethers.size()),
      lines_(model.lines.size()),
      pools_(model.pools.size()),
      streams_(model.streams.size()),
      events_(Ties{&cases_}) {
  for (std::uint32_t a = 0; a < model.absences.size(); ++a) {
    double most = 0.0;
    for (const StaffingModel& staffing : model.staffings)
      if (staffing.pool == model.absences[a].pool) most = std::max(most, staffing.staff);
    for (std::uint32_t number = 0; number < most; ++number) members_.push_back({a, number});
  }
}

void Simulator::run(std::uint64_t seed, int replication, double* values, Observer* observer) {
  observer_ = observer;
  reset(seed, replication);
  loop();
  check_conservation();
  if (observer_)
    for (const Case& c : cases_)
      if (c.phase == Phase::queue || c.phase == Phase::service)
        observe(c, std::numeric_limits<double>::quiet_NaN(), false, Visit::kUndecided);
  if (observer_) observer_->over(clock_);
  recorder_.write(values);
}

void Simulator::reset(std::uint64_t seed, int replication) {
  draws_ = Draws(seed, static_cast<std::uint64_t>(replication));
  turn_to(0.0);
  open_ = continuous_ || model_.calendar.is_working(0);
  next_tick_ = 0;
  next_tick_bits_ = std::bit_cast<std::uint64_t>(model_.ticks.front().time);
  ticking_ = false;
  events_handled_ = 0;
  cases_.clear();
  first_free_ = kNone;
  attributes_.clear();
  arrival_attributes_.clear();
  visits_.clear();
  holds_.clear();
  free_holds_.clear();
  for (WaitingLine& line : lines_) line.clear();
  for (std::size_t p = 0; p < pools_.size(); ++p)
    pools_[p] = {model_.pools[p].slots,
                 0,
                 model_.pools[p].slots,
                 0,
                 0,
                 false,
                 true,
                 model_.pools[p].plain,
                 model_.pools[p].staffing,
                 only_line_of(static_cast<std::uint32_t>(p))};
  for (std::size_t s = 0; s < steps_.size(); ++s) steps_[s] = &model_.steps[s];
  for (std::uint32_t p = 0; p < pools_.size(); ++p) pools_[p].common_order = shares_order(p);
  return_share_ = model_.return_shares.front();
  first_dirty_ = kNone;
  more_dirty_.clear();
  cleared_.clear();
  events_.clear(model_.end);
  cards_.clear();
  joins_.clear();
  join_of_.clear();
  free_joins_.clear();
  may_release_ = false;
  std::fill(reserves_.begin(), reserves_.end(), ReserveState{});
  for (Member& member : members_) member = {member.absence, member.number};
  std::fill(clearings_.begin(), clearings_.end(), ClearingState{});
  std::fill(limits_.begin(), limits_.end(), LimitState{});
  std::fill(lends_.begin(), lends_.end(), LendState{});
  std::fill(together_.begin(), together_.end(), std::uint8_t{0});
  for (WaitingLine& line : held_lines_) line.clear();
  recorder_.begin();
  place_state();
  for (std::uint32_t p = 0; p < pools_.size(); ++p) observe_pool(p);
  for (std::uint32_t s = 0; s < streams_.size(); ++s) {
    begin_day(s, 0);
    next_arrival(s);
  }
}

void Simulator::loop() {
  for (;;) {
    if (!settled() && moment_is_over())
      settle();
    else if (next_tick_bits_ > events_.next_time_bits())
      look_ahead(), handle(events_.pop());
    else if (!tick())
      return;
  }
}

/// The end of a moment: who is released comes in, who can start starts, and where slots are dealt out staff moves by
/// what is left.
void Simulator::settle() {
  if (may_release_) {
    ticking_ = true;
    release_held();
    ticking_ = false;
    if (!moment_is_over()) return;  // who has no patience at all goes before anyone starts
  }
  dispatch();
  if (!lends_.empty() && !evening()) check_lending();
}

bool Simulator::tick() {
  turn_to(model_.ticks[next_tick_].time);
  ticking_ = true;
  for (; model_.ticks[next_tick_].time == now_; ++next_tick_) {
    const Tick& tick = model_.ticks[next_tick_];
    switch (tick.kind) {
      case Tick::Kind::close_cell:
        for (const Case& c : cases_)
          if (c.phase == Phase::queue) recorder_.waits_for(c.step, now_ - c.received - kClockError);
        recorder_.close_cell(now_);
        break;
      case Tick::Kind::working:
        open_ = tick.count == 1;
        if (open_) begin_working_day();
        break;
      case Tick::Kind::slots:
        pools_[tick.index].own_slots = tick.count;
        set_slots(tick.index);
        break;
      case Tick::Kind::staffing:
        pools_[tick.index].staffing = tick.count;
        set_staffed_slots(tick.index);
        break;
      case Tick::Kind::absence:
        begin_absence(tick.index, tick.count == 1);
        break;
      case Tick::Kind::reserve:
        use_reserve(tick.index, tick.count);
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
      case Tick::Kind::release:
        release(tick.index, tick.count);
        break;
      case Tick::Kind::end:
        return false;
    }
  }
  next_tick_bits_ = std::bit_cast<std::uint64_t>(model_.ticks[next_tick_].time);
  finish_cleared();
  ticking_ = false;
  return true;
}

/// Slots are dealt out to who waits since an evening or a day off, and staff moves by what is then left.
void Simulator::begin_working_day() {
  for (std::uint32_t p = 0; p < pools_.size(); ++p)
    if (pools_[p].waiting > 0) mark(p);
  for (const LendModel& lend : model_.lends) mark(lend.from);
}

void Simulator::reorder(WaitingLine& line) {
  waiting_.clear();
  for (; !line.empty(); line.pop_front()) waiting_.push_back(line.front());
  for (const std::uint32_t slot : waiting_)
    line.insert(slot, [this](std::uint32_t a, std::uint32_t b) { return before(a, b); });
}

/// From now on the step works by another version of itself; who waits is put in its order.
void Simulator::use_version(std::uint32_t step, const StepModel& version) {
  take_out_waiting(step);
  steps_[step] = &version;
  for (const std::uint32_t slot : waiting_) enqueue(slot);
  if (!held_lines_.empty()) reorder(held_lines_[step]);
  pools_[version.pool].common_order = shares_order(version.pool);
  for (const std::uint32_t pool : version.more_pools) pools_[pool].common_order = shares_order(pool);
}

/// A large chain does not fit in the cache: what events soon to come look at is fetched meanwhile, first the case and
/// then what its step leads to.
void Simulator::look_ahead() const {
  constexpr std::size_t kFar = 8, kNear = 4;
  const auto is_case = [this](const Event* event) { return event && event->slot < cases_.size(); };  // or a stream
  if (const Event* far = events_.ahead(kFar); is_case(far)) {
    __builtin_prefetch(&cases_[far->slot]);
    __builtin_prefetch(attributes(far->slot));
  }
  if (const Event* near = events_.ahead(kNear); is_case(near)) {
    const std::uint32_t step = cases_[near->slot].step;
    __builtin_prefetch(steps_[step]);
    recorder_.expect(step);
  }
}

void Simulator::handle(const Event& event) {
  const double time = event.time();
  if (time > clock_) {
    turn_to(time);
  } else if (time < clock_) {
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
    case EventKind::promotion:
      if ((cases_[slot].serial & Event::kSerialMask) == event.serial()) {
        dequeue(slot);
        enqueue(slot);
      }
      return;
    case EventKind::staff:
      if ((members_[slot].serial & Event::kSerialMask) == event.serial()) change_state(slot);
      return;
    case EventKind::withdrawal:
      if ((cases_[slot].serial & Event::kSerialMask) == event.serial()) withdraw(slot);
      return;
  }
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

void Simulator::check_conservation() {
  auto& [queue, wip, held, busy, reserved] = counted_;
  for (std::vector<std::uint32_t>* of_step : {&queue, &wip, &held}) of_step->assign(steps_.size(), 0);
  busy.assign(pools_.size(), 0);
  reserved.assign(reserves_.size(), 0);
  const auto claimed = [&](std::uint32_t pool, std::uint32_t reserve) {
    ++busy[pool];
    if (reserve > 0) ++reserved[model_.pools[pool].reserves[reserve - 1]];
  };
  std::uint32_t open = 0;
  for (const Case& c : cases_) {
    if (c.phase == Phase::free || c.phase == Phase::away) continue;
    const std::uint32_t slot = static_cast<std::uint32_t>(&c - cases_.data()), join = join_of(slot);
    if (join == kNone || slot == joins_[join].main) ++open;
    if (c.phase == Phase::queue) ++queue[c.step];
    if (c.phase == Phase::service) ++wip[c.step];
    if (c.phase == Phase::held) ++held[c.word];
    if (c.claimed) claimed(steps_[c.step]->pool, c.reserve);
    for (std::uint32_t h = c.holds; h != kNone; h = holds_[h].next)
      claimed(steps_[holds_[h].step]->pool, holds_[h].reserve);
    if (c.claimed_more)
      for (const std::uint32_t pool : steps_[c.step]->more_pools) claimed(pool, 0);
  }
  for (std::uint32_t s = 0; s < queue.size(); ++s)
    if (queue[s] != recorder_.queue(s) || wip[s] != recorder_.wip(s) || held[s] != recorder_.held(s))
      throw std::runtime_error("cases were lost at " + model_.organisation_of(s) + "." + model_.step_names[s]);
  for (std::uint32_t p = 0; p < busy.size(); ++p)
    if (busy[p] != recorder_.busy(p) || busy[p] != pools_[p].busy)
      throw std::runtime_error("slots were lost at pool " + model_.pools[p].id);
  for (std::uint32_t r = 0; r < reserved.size(); ++r)
    if (reserved[r] != reserves_[r].busy)
      throw std::runtime_error("reserved slots were lost at pool " + model_.pools[model_.reserves[r].pool].id);
  if (open != recorder_.open_cases()) throw std::runtime_error("cases were lost in the chain");
}

}  // namespace ketensim
