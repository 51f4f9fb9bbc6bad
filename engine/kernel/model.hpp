#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "engine/kernel/state_model.hpp"
#include "engine/policies/sampler.hpp"
#include "ketensim/indicators.hpp"
#include "ketensim/scenario.hpp"

namespace ketensim {

inline constexpr std::int32_t kOut = -1;
inline constexpr std::uint32_t kNone = 0xffffffffu;
inline constexpr std::uint16_t kNoValue = 0xffff;   // of an attribute
inline constexpr std::uint32_t kUnlimitedPool = 0;  // index of the pool in which nobody waits for a slot
/// When a service begins on the date of its start, where only dates are kept: a duration is rounded to whole days.
inline constexpr double kNoon = 0.5;
inline constexpr std::uint32_t kUnlimited = std::numeric_limits<std::uint32_t>::max();

/// A step, or for a step of a `per:` organisation the member that belongs to the value of the case's attribute.
struct Destination {
  std::int32_t step = kOut;
  std::uint32_t attribute = kNone;
  std::vector<std::int32_t> by_value;
};

struct RouteModel {
  double cumulative = 1.0;
  std::uint32_t destination = 0;
  std::uint32_t after = kNone;  // sampler of the transfer
};

struct ConditionModel {
  std::uint32_t attribute = 0;
  std::vector<std::uint8_t> allowed;  // per value
};

struct BranchModel {
  std::vector<ConditionModel> when;
  std::vector<RouteModel> routes;
  ChoiceRule by = ChoiceRule::share;
};
using Routing = std::vector<BranchModel>;

/// What an order compares, first difference decides; earlier received, then lower case identity, close every order.
struct OrderKey {
  enum class Kind { attribute, received, due, longest, shortest };
  Kind kind = Kind::received;
  std::uint32_t attribute = 0;
  bool operator==(const OrderKey&) const = default;
};

struct WorseningModel {
  Duration after;
  double duration_factor = 1.0;
  std::vector<std::pair<std::uint32_t, std::uint16_t>> set;  // attribute, value
};

/// An attribute that changes as the step ends: drawn when all conditions hold.
struct OutcomeModel {
  std::vector<ConditionModel> when;
  std::uint32_t attribute = 0;
  std::vector<std::pair<double, std::uint16_t>> values;  // cumulative share, value
};

struct NormModel {
  static constexpr double kNoNorm = std::numeric_limits<double>::infinity();
  Duration wait{kNoNorm}, service{kNoNorm}, lead_time{kNoNorm};
  bool has_wait() const { return wait.days != kNoNorm; }
  bool has_end() const { return service.days != kNoNorm || lead_time.days != kNoNorm; }
  /// From received, for the order `due`: by the norm on lead time, else on wait, else on service; at once without any.
  Duration due_after() const {
    for (const Duration& term : {lead_time, wait, service})
      if (term.days != kNoNorm) return term;
    return {};
  }
};

/// The duration of the cases for which all conditions hold.
struct DurationModel {
  std::vector<ConditionModel> when;
  std::uint32_t sampler = 0;
};

struct StepModel {
  // What every visit asks for, close together.
  std::uint32_t organisation = 0;
  std::uint32_t pool = kUnlimitedPool;
  std::uint32_t line = 0;               // waiting line for who needs a slot; after it one per reserve of the pool
  std::uint32_t tag = 0;                // key of its draws; members of a `per:` organisation share one
  std::uint32_t visit_counter = kNone;  // index of the counter of visits; kNone: a case comes here at most once
  std::uint32_t duration = 0;           // sampler
  std::uint32_t routing = 0;
  std::uint32_t order = 0;     // index into Model::orders
  std::uint32_t hold = kNone;  // index into Model::holds
  bool plain = false;          // who waits here waits for a slot of `pool` alone, and nothing happens to it meanwhile
  bool by_receipt = false;     // the order is that in which cases are received
  bool one_way = false;        // all cases take the routes of one branch, by their shares
  bool gated = false;          // now
  bool overflows = false;      // who is sent here may go elsewhere instead
  bool help = false;
  bool alike = true;  // the duration is the same for all classes of cases, and however long they waited
  double siblings = 0.0;  // share of its cases that follow the draw of their family
  double duration_factor = 1.0;
  double overflow_above = std::numeric_limits<double>::infinity();  // cases in the queue
  NormModel norm;

  std::vector<std::uint32_t> more_pools;  // a slot of each is taken together with that of `pool`
  std::uint32_t holder_line = kNone;      // waiting line for who already holds a slot of this pool
  std::uint32_t gate_line = kNone;        // waiting line for who must be released first, if that ever happens here
  std::uint32_t patience = kNone;         // sampler
  double patience_factor = 1.0;
  std::uint32_t patience_to = 0;                 // destination
  std::uint32_t overflow_to = 0;                 // destination of who is sent here above that
  std::vector<DurationModel> duration_of_class;  // the first that holds, instead of `duration`
  std::vector<WorseningModel> worsening;         // by increasing `after`
  std::vector<OutcomeModel> outcomes;
};

/// A slot that is kept beyond the step that claimed it.
struct HoldModel {
  std::vector<std::uint8_t> frees;  // per step: the slot is freed when this step has ended
  std::vector<std::uint8_t> keeps;  // per step: on the way to it the slot is kept
  bool operator==(const HoldModel&) const = default;
};

/// Where cases wait for the same slots. Who waits behind a gate waits for none: a line without a pool.
struct LineModel {
  std::uint32_t step = 0;
  std::uint32_t pool = kNone;
  bool takes_slot = true;             // of the step's own pool; who holds one already does not
  std::vector<std::uint32_t> others;  // pools of which a slot is needed too
  std::uint32_t reserve = kNone;      // whose slots its cases may take
};

/// Slots of a pool that only some cases may take: those for which the conditions hold and who have waited so long.
struct ReserveModel {
  std::uint32_t pool = 0;
  std::vector<ConditionModel> when;
  Duration waited;
};

struct PoolModel {
  std::string id;
  bool limited = true;
  std::uint32_t slots = 0;  // at the origin
  std::vector<std::uint32_t> lines;
  std::vector<std::uint32_t> reserves;  // a case belongs to the first whose conditions hold
  std::uint32_t staffing = kNone;       // at the origin, if its slots come of staff
  bool by_fte = false;                  // it is given in fte
  bool has_absences = false;            // someone may be absent by chance
  std::uint32_t plan_tag = kNone;       // key of the draw by which its staff differs from plan
  bool plain = true;                    // but for reserves, a free slot is all that any of its cases needs
};

/// What a pool has on a day before anyone is absent by chance, or more or fewer come than planned. Slots = floor(slots
/// x present + added).
struct StaffingModel {
  std::uint32_t pool = 0;
  double slots = 0.0, added = 0.0;
  double staff = 0.0;          // fte; of a pool that is given in slots, each is one
  double cases_per_fte = 0.0;  // 0: of a pool that is given in slots
  /// At work, leave and all.
  double fte(double present) const { return cases_per_fte > 0.0 ? (slots * present + added) / cases_per_fte : 0.0; }
  bool operator==(const StaffingModel&) const = default;
};

/// Members of the staff of a pool are absent now and then, each independently of the others: exponential times until
/// the next absence and back, and a time of learning for who takes the place.
struct AbsenceModel {
  std::uint32_t pool = 0, tag = 0;
  double mean_present = 0.0, mean_absent = 0.0;  // days
  double learning = 0.0;                         // days
  double productivity = 1.0;                     // while learning
  double absent_at_first = 0.0;                  // probability
};

struct StreamModel {
  std::uint32_t tag = 0;
  std::uint32_t destination = 0;
  std::vector<double> per_day;                             // intensity of candidates on each day from the origin
  std::vector<double> keep;                                // share of them that arrive, on each day; empty: all
  std::vector<std::pair<double, std::uint32_t>> children;  // cumulative share, size
  struct Attribute {
    std::uint32_t attribute;
    std::vector<double> cumulative;             // per value, by rank
    std::uint32_t given = kNone;                // an attribute drawn before
    std::vector<std::vector<double>> by_given;  // per value of that one; empty: `cumulative`

    const std::vector<double>& cumulative_for(const std::uint16_t* values) const {
      if (given == kNone || by_given[values[given]].empty()) return cumulative;
      return by_given[values[given]];
    }
  };
  std::vector<Attribute> attributes;

  std::uint32_t day_factor = kNone, month_factor = kNone;  // samplers of factors on the intensity
  std::uint32_t factor_tag = 0;                            // whose they are: an increase scales what is there

  /// Families that did arrive, instead of candidates.
  struct Family {
    double moment = 0.0;
    std::uint32_t day = 0, number = 0, of_that_day = 0;  // its number on that day, of so many
    std::uint32_t children = 1;
  };
  std::shared_ptr<const std::vector<Family>> families;       // null: a process
  std::shared_ptr<const std::vector<std::uint16_t>> values;  // [family][row of `attributes`]; kNoValue: it is drawn
  std::vector<double> copies;                                // of a family, on each day; empty: itself alone
};

/// At most so many cases in queue and service at the steps of a set; who has no card waits at the step before.
struct LimitModel {
  std::vector<std::uint8_t> inside;  // per step
  std::vector<std::uint32_t> steps;
};

/// Slots that one pool lends to another while a queue is long.
struct LendModel {
  std::uint32_t from = 0, to = 0;  // pools
  std::uint32_t slots = 0;
  double efficiency = 1.0;           // of a slot at the other pool
  std::vector<std::uint32_t> queue;  // steps whose queues count
  double above = 0.0, below = 0.0;
  Duration delay;
  std::uint32_t received_for(std::uint32_t given) const {
    return static_cast<std::uint32_t>(given * efficiency + 1e-9);
  }
};

/// Steps that are received at once, for a share of the cases that reach the first of them.
struct TogetherModel {
  std::vector<std::uint32_t> destinations;  // the first named, the others, the last named
  double share = 0.0;
};

/// The first `at_most` who wait at a step are finished without service, in equal parts over so many days.
struct ClearingModel {
  std::uint32_t step = 0, at_most = kUnlimited, days = 1;
};

/// Something that happens to the chain as a whole at a moment, before anything else at that moment.
/// Those of one moment happen in the order of the enumeration.
struct Tick {
  enum class Kind {
    close_cell,
    working,
    slots,
    staffing,
    absence,
    reserve,
    step,
    returns,
    limit,
    lend,
    together,
    clear_backlog,
    release,
    end
  };
  double time = 0.0;
  Kind kind = Kind::close_cell;
  std::uint32_t index = 0;  // pool, step, or what has an index of its own
  std::uint32_t count = 0;  // slots, cases released, limit; clear_backlog: the n-th day of it, from 0; working, lend,
                            // together, absence: 1 begins, 0 ends; staffing, step, returns: what now holds
};

struct OrganisationModel {
  std::string id;
  std::uint32_t group = kNone;  // the `per:` organisation of which it is a member
};

/// A chain over a period, compiled: names are indices, what varies in time is a list of ticks. Immutable, shared by
/// all threads. Times are days since `origin`.
struct Model {
  Date origin;
  int origin_day = 0;  // days from 1900-01-01
  double start = 0.0, end = 0.0;
  Calendar calendar{CalendarKind::continuous, Date{}, 0};
  Resolution resolution = Resolution::continuous;
  bool handed_over_on_working_days = false;

  std::vector<std::string> attributes;
  std::vector<std::vector<std::string>> values;  // per attribute, by rank
  std::vector<OrganisationModel> organisations;
  std::vector<std::string> groups;
  std::vector<StepModel> steps;
  std::vector<StepModel> versions;      // of steps that an intervention changes, by ticks
  std::vector<std::string> step_names;  // bare
  std::vector<PoolModel> pools;
  std::vector<LineModel> lines;
  std::vector<std::vector<std::uint32_t>> lines_of;  // per step: who holds a slot already first, behind the gate last
  std::vector<StreamModel> streams;
  std::vector<Sampler> samplers;
  std::vector<Destination> destinations;
  std::vector<Routing> routings;
  std::vector<std::vector<OrderKey>> orders;
  std::vector<HoldModel> holds;
  std::uint32_t visit_counters = 0;
  std::vector<ClearingModel> clearings;
  std::vector<ReserveModel> reserves;
  std::vector<StaffingModel> staffings;
  double staffing_sigma = 0.0;  // of the logarithm of the factor by which staff differs from plan
  std::vector<AbsenceModel> absences;
  std::vector<double> euros;  // that levers cost, on each day from the origin
  std::vector<LimitModel> limits;
  std::vector<std::uint32_t> limits_at;  // per step: bit l is set if limit l counts it
  std::vector<LendModel> lends;
  std::vector<TogetherModel> togethers;
  std::vector<std::uint32_t> together_at;  // per step: the togetherness that begins there, or kNone
  std::vector<std::string> stream_names;   // by tag order of `streams`

  std::vector<double> return_shares{0.0};  // the first holds from the origin
  std::uint32_t return_after = 0, return_to = 0;

  std::vector<Tick> ticks;  // sorted

  StateModel state;  // with which it begins

  bool has_returns() const { return return_shares.front() > 0.0; }
  const std::string& organisation_of(std::size_t step) const { return organisations[steps[step].organisation].id; }
};

/// The day on which the simulation begins: after the snapshot of its state, or with the warm-up.
Date origin_of(const Scenario& scenario);

/// Compiles a valid scenario. `cells` are the days at which measurement is cut.
Model compile(const Scenario& scenario, const std::vector<Date>& cells);
/// With tables that other models need too. `alike`: a model of the same scenario under other figures, whose state is
/// shared.
Model compile(const Scenario& scenario, const std::vector<Date>& cells, QuantileTables& tables,
              const Model* alike = nullptr);

}  // namespace ketensim
