#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/kernel/case_id.hpp"
#include "engine/kernel/draws.hpp"
#include "engine/kernel/event_set.hpp"
#include "engine/kernel/model.hpp"
#include "engine/kernel/open_cases.hpp"
#include "engine/kernel/waiting_line.hpp"
#include "engine/statistics/recorder.hpp"
#include "ketensim/observer.hpp"

namespace ketensim {

/// The clock is right to less than a millisecond: a norm is met, and a date reached, up to this rounding (days).
inline constexpr double kClockError = 1e-8;
/// When on a day its evening comes, where only dates are kept.
inline constexpr double kEvening = 0.5;

/// The last whole day up to a moment, and the first from it: what std::floor and std::ceil give, without a call.
inline double whole_days_before(double moment) {
  if (!(moment > -1e15 && moment < 1e15)) return moment;
  const auto truncated = static_cast<double>(static_cast<std::int64_t>(moment));
  return truncated > moment ? truncated - 1.0 : truncated;
}
inline double whole_days_after(double moment) {
  const double before = whole_days_before(moment);
  return before < moment ? before + 1.0 : before;
}

/// Runs replications of one model, one after the other, reusing its memory. The loop: take the next moment; handle all
/// that happens then (ticks first, then events by kind and case); only then start whoever can be started.
/// By dates (`resolution: day`) a day has two moments: its morning, at which all but the ends of services happens and
/// slots are dealt out, and its evening, at which services end.
class Simulator {
 public:
  Simulator(const Model& model, const Layout& layout);
  Simulator(const Simulator&) = delete;
  Simulator& operator=(const Simulator&) = delete;

  /// Simulates replication `replication` of `seed` and writes its figures ([figure][period]) to `values`.
  /// Throws std::runtime_error if cases were lost, an event lies in the past, or time stands still.
  void run(std::uint64_t seed, int replication, double* values, Observer* observer = nullptr);

  /// Station visits begun (arrivals at steps) and over (departures) in the last run.
  std::uint64_t events() const { return events_handled_; }
  /// Which ways cases went in the last run, from when it is reported.
  std::vector<WayCount> ways() const { return recorder_.ways(); }

 private:
  /// `held`: released by no limit yet. `joining`: ended or withdrawn here, waiting for the steps done together.
  enum class Phase : std::uint8_t { free, queue, service, transfer, held, joining, away };

  struct Case {  // one cache line
    std::uint64_t id = 0;
    double received = 0.0, started = 0.0;
    double first_received = 0.0;
    double waited = 0.0;
    std::uint32_t word = 0;    // in service: the visit's route draw; on the way and held: the step it comes from
    std::uint32_t serial = 0;  // of the visit, by which stale events are known
    std::uint32_t step = 0;
    std::uint32_t holds = kNone;  // list of slots kept beyond the step that claimed them
    std::uint16_t visit = 0;
    Phase phase = Phase::free;
    bool in_evening = false;        // received in the evening of that date, after whoever was received in the morning
    bool claimed = false;           // holds a slot of the step's pool for this service alone
    bool claimed_more : 1 = false;  // and of its other pools
    bool helped : 1 = false;
    bool outside : 1 = false;       // held: comes from outside the chain
    bool released : 1 = false;      // from the gate of this step
    std::uint16_t reserve : 8 = 0;  // which of the pool's reserves it belongs to, from 1; 0: none
  };
  static_assert(sizeof(Case) == 64);

  struct Hold {
    std::uint32_t step, next;
    std::uint32_t reserve;  // from 1, as of a case
  };

  /// Two events of one moment: by kind, then by the identity of the case (of streams: their order).
  struct Ties {
    const std::vector<Case>* cases;
    bool operator()(const Event& a, const Event& b) const {
      if (a.kind() != b.kind()) return a.kind() < b.kind();
      if (a.kind() == EventKind::arrival || a.kind() == EventKind::lend || a.kind() == EventKind::staff)
        return a.slot < b.slot;
      const std::uint64_t left = (*cases)[a.slot].id, right = (*cases)[b.slot].id;
      return left != right ? left < right : a.tag < b.tag;
    }
  };

  /// Branches of one case at steps that it passes together. `main` is the branch at the step named last: it goes on.
  struct Join {
    std::uint32_t main = kNone, open = 0;
  };

  struct PoolState {
    std::uint32_t slots = 0, busy = 0;
    std::uint32_t own_slots = 0;
    std::int64_t borrowed = 0;  // less what is lent
    std::uint32_t waiting = 0;  // cases in its lines
    bool dirty = false;
    bool common_order = true;  // its steps share one order
    bool plain = true;         // a free slot is enough now: no reserves, no other pools
    std::uint32_t staffing = kNone;
    std::uint32_t only_line = kNone;  // if all its cases wait in one line for its slots alone
  };

  /// A member of the staff of a pool who is absent now and then, for one reason.
  struct Member {
    enum class State : std::uint8_t { present, learning, absent };
    std::uint32_t absence = 0, number = 0;
    std::uint32_t spell = 0, serial = 0;
    State state = State::present;
    double moment = 0.0;  // of the last change, also where only dates are kept
  };

  /// The next candidate of a stream's process, or its next recorded family.
  struct StreamState {
    /// So many candidates are drawn at once: the draws do not wait for each other.
    static constexpr std::uint32_t kAhead = 4;
    std::int32_t day = 0;
    std::uint32_t number = 0;
    double offset = 0.0;   // on that day
    double per_day = 0.0;  // intensity on that day
    Block block{};
    std::uint32_t family = 0, copy = 0;  // recorded
    std::uint32_t known = 0;             // so many of that day's candidates have been drawn, the last few of them are
    std::array<Block, kAhead> ahead{};   // here, by number
    std::array<double, kAhead> gaps{};   // and how long each comes after the one before (days)
  };

  void reset(std::uint64_t seed, int replication);
  void loop();
  /// Handles the ticks of the next moment; false at the end of the simulation.
  bool tick();
  void begin_working_day();
  bool settled() const { return first_dirty_ == kNone && !may_release_; }
  [[gnu::always_inline]] inline void settle();
  bool shares_order(std::uint32_t pool) const;
  std::uint32_t only_line_of(std::uint32_t pool) const;
  void reorder(WaitingLine& line);
  void use_version(std::uint32_t step, const StepModel& version);
  [[gnu::always_inline]] inline void look_ahead() const;
  [[gnu::always_inline]] inline void handle(const Event& event);
  void turn_to(double time) {
    clock_ = time;
    now_ = daily_ ? whole_days_before(time) : time;
    at_this_moment_ = 0;
  }
  bool evening() const { return clock_ != now_; }
  bool slots_dealt_out() const { return open_ && !evening(); }
  /// Nothing more is to happen at this moment.
  bool moment_is_over() const {
    return std::min(events_.next_time_bits(), next_tick_bits_) > std::bit_cast<std::uint64_t>(clock_);
  }

  // Arrivals and departures of the chain.
  void begin_day(std::uint32_t stream, std::int32_t day);
  double dispersion(const StreamModel& model, std::int32_t day) const;
  inline void next_arrival(std::uint32_t stream);
  [[gnu::always_inline]] inline void next_candidate(std::uint32_t stream);
  void draw_ahead(std::uint32_t stream);
  void next_recorded(std::uint32_t stream);
  [[gnu::always_inline]] inline std::uint64_t family_id(std::uint32_t stream) const;
  [[gnu::always_inline]] inline std::uint32_t children_of(std::uint32_t stream) const;
  [[gnu::always_inline]] inline void draw_attributes(std::uint32_t stream, std::uint16_t* values) const;
  [[gnu::always_inline]] inline void arrive(std::uint32_t stream);
  void come_back(std::uint32_t slot);
  [[gnu::always_inline]] inline void leave_chain(std::uint32_t slot);
  [[gnu::always_inline]] inline std::uint32_t take_slot();
  [[gnu::always_inline]] inline void free_slot(std::uint32_t slot);

  // The cases with which it begins.
  void place_state();
  void place(std::size_t row);
  void place_attributes(std::uint32_t slot, std::size_t row);
  void place_waiting(std::uint32_t slot, const OpenCaseModel& open);
  void place_in_service(std::uint32_t slot, const OpenCaseModel& open);
  void place_on_the_way(std::uint32_t slot, const OpenCaseModel& open);
  void place_somewhere(std::uint32_t slot, const OpenCaseModel& open);
  void place_outside(std::uint32_t slot, const OpenCaseModel& open);
  void begin_visit(std::uint32_t slot, const OpenCaseModel& open);
  void worsen_until(std::uint32_t slot, double moment);
  void claim_kept_slots(std::uint32_t slot, std::uint32_t step, std::uint32_t ended_at);
  void send(std::uint32_t slot, const OpenCaseModel& open, std::uint32_t to, std::uint32_t after);
  double left_of(const OpenCaseModel& open, std::uint32_t sampler, double least, const Block& block) const;
  const Sampler::Tail* known_tail(const OpenCaseModel& open, std::uint32_t sampler) const;
  double survival(const OpenCaseModel& open, std::uint32_t sampler) const;
  inline const BranchModel& branch_of(std::uint32_t step, std::uint32_t slot) const;
  inline double unseen_of(const Case& c) const;

  // A visit.
  /// The case comes to a step, from another (kNone: from outside), as far as limits and togetherness let it.
  [[gnu::always_inline]] inline void arrive_at(std::uint32_t slot, std::uint32_t step, std::uint32_t from);
  [[gnu::always_inline]] inline void enter(std::uint32_t slot, std::uint32_t step, std::uint32_t from);
  [[gnu::always_inline]] inline void receive(std::uint32_t slot, std::uint32_t step);
  [[gnu::always_inline]] inline bool can_start_at_once(std::uint32_t pool) const;
  [[gnu::always_inline]] inline bool within_wait_norm(const Case& c, const StepModel& s) const;
  inline void start(std::uint32_t slot, bool needs_slot);
  [[gnu::always_inline]] inline void end(std::uint32_t slot);
  void worsen(std::uint32_t slot, std::uint32_t entry);
  void expect_while_waiting(std::uint32_t slot);
  void withdraw(std::uint32_t slot);
  void clear_backlog(std::uint32_t clearing, std::uint32_t day);
  void finish_cleared();
  [[gnu::always_inline]] inline void count_ended(Case& c, const StepModel& step);
  [[gnu::always_inline]] inline void finish(std::uint32_t slot);

  // Where a case goes.
  void set_outcomes(std::uint32_t slot);
  [[gnu::always_inline]] inline void go_on(std::uint32_t slot);
  [[gnu::always_inline]] inline void move(std::uint32_t slot, std::int32_t to, std::uint32_t after);
  inline bool hold_all(const std::vector<ConditionModel>& conditions, std::uint32_t slot) const;
  [[gnu::always_inline]] inline const RouteModel& choose_route(const Case& c, std::uint32_t slot) const;
  [[gnu::noinline]] double draw_of_siblings(const Case& c, const StepModel& s) const;
  const RouteModel& least_loaded(const BranchModel& branch, std::uint32_t slot) const;
  std::pair<double, double> load_at(ChoiceRule rule, std::int32_t step) const;
  [[gnu::always_inline]] inline std::int32_t resolve(std::uint32_t destination, std::uint32_t slot) const;
  [[gnu::always_inline]] inline std::int32_t redirect(std::int32_t step, std::uint32_t slot) const;
  std::uint32_t duration_for(std::uint32_t slot) const;  // a sampler
  double expected_service(std::uint32_t slot) const {
    return model_.samplers[duration_for(slot)].mean() * steps_[cases_[slot].step]->duration_factor;
  }
  double worsening_factor(const Case& c, const StepModel& step) const;
  /// When a service is over: by dates it begins at noon, and ends in the evening.
  double end_of_service(double started, Duration duration) const {
    if (daily_) duration.days += kNoon;
    return end_of_work(add(started, duration));
  }
  /// By dates in the evening.
  double end_of_work(double moment) const {
    if (daily_) return model_.calendar.next_working(whole_days_before(moment + kClockError)) + kEvening;
    return continuous_ ? moment : model_.calendar.next_working(moment);
  }
  /// When a case is received whose transfer or absence from the chain is over at `moment`.
  double end_of_hand_over(double moment) const {
    const double received = morning_of(moment);
    return model_.handed_over_on_working_days ? model_.calendar.next_working(received) : received;
  }
  /// When that happens which is due at `moment`. By dates: in the morning of that date, or in the next morning to come.
  double morning_of(double moment) const {
    return daily_ ? std::max(whole_days_before(moment + kClockError), whole_days_after(clock_)) : moment;
  }
  /// When a time that was waited for is over. By dates: in the first morning on which it is.
  double morning_after(double moment) const { return daily_ ? whole_days_after(moment) : moment; }
  /// From when a slot is free that is freed now: by dates it is taken all day.
  double free_from() const { return daily_ ? whole_days_after(clock_) : now_; }
  double add(double from, Duration duration) const {
    return continuous_ ? from + duration.days : model_.calendar.add(from, duration);
  }
  double elapsed(double from, double to, bool working) const {
    return continuous_ || !working ? to - from : model_.calendar.working_days_between(from, to);
  }

  // Pools and lines.
  inline std::uint32_t line_of(const Case& c) const;
  bool holds_slot_of(const Case& c, std::uint32_t pool) const;
  inline void enqueue(std::uint32_t slot);
  [[gnu::always_inline]] inline void enqueue_plain(std::uint32_t slot, const StepModel& s);
  void dequeue(std::uint32_t slot);
  void take_out_waiting(std::uint32_t step);
  void use_reserve(std::uint32_t reserve, std::uint32_t slots);
  inline void count_waiting(const LineModel& line, std::int64_t change);
  const std::vector<std::uint32_t>& waiting_at(std::uint32_t step);
  void release(std::uint32_t step, std::uint32_t count);
  void mark(std::uint32_t pool) {
    PoolState& p = pools_[pool];
    if (p.dirty) return;
    p.dirty = true;
    if (first_dirty_ == kNone)
      first_dirty_ = pool;
    else
      more_dirty_.push_back(pool);
  }
  [[gnu::always_inline]] inline void dispatch();
  [[gnu::always_inline]] inline void serve(std::uint32_t pool);
  inline std::uint32_t best_line(std::uint32_t pool) const;
  bool has_room(const LineModel& line) const;
  std::uint8_t reserve_for(std::uint32_t slot) const;
  [[gnu::always_inline]] inline void claim(std::uint32_t pool, std::uint32_t reserve);
  [[gnu::always_inline]] inline void free_pool_slot(std::uint32_t pool, std::uint32_t reserve);
  [[gnu::always_inline]] inline void free_slots(Case& c);
  void add_hold(Case& c, std::uint32_t claimed_at);
  template <class Released>
  void release_holds(Case& c, Released released);
  inline bool before(std::uint32_t a, std::uint32_t b) const;
  bool earlier(const Case& a, const Case& b) const {
    if (a.received != b.received) return a.received < b.received;
    return a.in_evening != b.in_evening ? b.in_evening : a.id < b.id;
  }

  // Limits on work in progress.
  bool passes_freely(std::uint32_t slot, std::uint32_t step);
  bool admit(std::uint32_t slot, std::uint32_t step);
  void return_cards(std::uint32_t slot, std::uint32_t still_needed);
  void hold_back(std::uint32_t slot, std::uint32_t step, std::uint32_t from);
  std::uint32_t first_with_room(std::uint32_t step) const;
  void release_held();

  // Steps done together.
  bool fork(std::uint32_t slot, std::uint32_t step, std::uint32_t from);
  std::uint32_t copy_case(std::uint32_t slot);
  void finish_branch(std::uint32_t slot, bool withdrawn);
  void merge_branch(std::uint32_t branch, std::uint32_t main);

  // Lending.
  void begin_lending(std::uint32_t lending, bool begin);
  void check_lending();
  void give_back(std::uint32_t lending);
  void lend(std::uint32_t lending);
  void set_slots(std::uint32_t pool);

  // Staff that is absent by chance.
  void begin_absence(std::uint32_t absence, bool begin);
  void next_spell(std::uint32_t member);
  void change_state(std::uint32_t member);
  double present_share(std::uint32_t pool);
  double share_of_plan(std::uint32_t pool) const;
  void set_staffed_slots(std::uint32_t pool);

  // The end of a replication.
  void observe(const Case& c, double ended, bool withdrawn, std::int32_t next) const;
  void observe_pool(std::uint32_t pool) const {
    const PoolState& p = pools_[pool];
    if (observer_ && pool != kUnlimitedPool) observer_->pool({pool - 1, clock_, p.busy, p.slots, p.waiting});
  }
  void check_conservation();

  /// Where the branches of a case come together again; kNone: it has none.
  std::uint32_t join_of(std::uint32_t slot) const { return join_of_.empty() ? kNone : join_of_[slot]; }

  std::uint16_t* attributes(std::uint32_t slot) { return &attributes_[slot * model_.attributes.size()]; }
  const std::uint16_t* attributes(std::uint32_t slot) const { return &attributes_[slot * model_.attributes.size()]; }

  const Model& model_;
  Recorder recorder_;
  Observer* observer_ = nullptr;
  const bool continuous_, daily_;
  const bool flows_freely_;  // no limits, and no steps done together
  Draws draws_{0, 0};

  double clock_ = 0.0;    // the moment that events are handled of
  double now_ = 0.0;      // as it is told: by dates, the date
  bool open_ = true;      // work may start
  bool ticking_ = false;  // more may happen at this moment than the events tell
  std::size_t next_tick_ = 0;
  std::uint64_t next_tick_bits_ = 0;  // of its time
  std::uint64_t events_handled_ = 0, at_this_moment_ = 0;

  std::vector<Case> cases_;
  std::uint32_t first_free_ = kNone;               // case slot; its `word` is the next
  std::vector<std::uint16_t> attributes_;          // [slot][attribute]
  std::vector<std::uint16_t> arrival_attributes_;  // as drawn at arrival: a returning child's
  std::vector<std::uint16_t> visits_;              // [slot][counter]
  std::vector<Hold> holds_;
  std::vector<std::uint32_t> free_holds_;
  std::vector<const StepModel*> steps_;  // the version of each step that now holds
  double return_share_ = 0.0;
  struct ClearingState {
    std::uint32_t backlog = 0, cleared = 0;
  };
  struct LimitState {
    std::uint32_t limit = kUnlimited, inside = 0;
  };
  struct LendState {
    bool active = false, lent = false, pending = false;
    std::uint32_t given = 0, received = 0;
  };
  struct ReserveState {
    std::uint32_t slots = 0, busy = 0;
  };
  std::vector<ReserveState> reserves_;
  std::vector<Member> members_;  // by absence
  std::vector<double> productivity_;
  /// What the check of conservation counts, by step, pool and reserve.
  struct Counted {
    std::vector<std::uint32_t> queue, wip, held, busy, reserved;
  };
  Counted counted_;
  std::vector<ClearingState> clearings_;
  std::vector<LimitState> limits_;
  std::vector<std::uint32_t> cards_;     // per case slot: bit l is set while limit l counts the case
  std::vector<WaitingLine> held_lines_;  // per step to which they want
  bool may_release_ = false;
  std::vector<LendState> lends_;
  std::vector<std::uint8_t> together_;  // per togetherness: now
  std::vector<Join> joins_;
  std::vector<std::uint32_t> join_of_;  // per case slot, where steps may be done together
  std::vector<std::uint32_t> free_joins_;
  std::vector<WaitingLine> lines_;
  std::vector<PoolState> pools_;
  std::vector<StreamState> streams_;
  std::uint32_t first_dirty_ = kNone;  // pool that may have someone to serve, and others
  std::vector<std::uint32_t> more_dirty_, serving_, waiting_, cleared_, branches_;
  EventSet<Ties> events_;
};

}  // namespace ketensim
