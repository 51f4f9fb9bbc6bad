#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/kernel/model.hpp"
#include "ketensim/scenario.hpp"

namespace ketensim {

/// A change to the capacity of a pool during [from, until) (days since the origin).
struct CapacityChange {
  std::uint32_t pool;
  double from, until;
  Change change;
};

/// A change to a step during [from, until). Changes to one step are applied in the order of the interventions.
struct StepChange {
  std::uint32_t step;
  double from, until;
  std::function<void(StepModel&)> apply;
};

/// A factor on the intensity of a stream, or on the share of children who come back, during [from, until).
struct FactorChange {
  std::uint32_t stream;
  double from, until, factor;
};

/// A model under construction, with the names that interventions look up.
class Compilation {
 public:
  Compilation(const Scenario& scenario, const std::vector<Date>& cells, QuantileTables& tables, const Model* alike);
  Model finish();

  /// The step of that name, or all members of a step of a `per:` organisation.
  std::vector<std::uint32_t> steps_named(const std::string& name) const;
  std::vector<std::uint32_t> pools_named(const std::string& name) const;
  double moment(Date day) const { return static_cast<double>((day - model_.origin).count()); }
  Date day(int day) const { return model_.origin + std::chrono::days{day}; }
  double end() const { return model_.end; }
  const Calendar& calendar() const { return model_.calendar; }

  void add_tick(Tick tick) { model_.ticks.push_back(tick); }
  void add_capacity_change(CapacityChange change) { capacity_changes_.push_back(change); }
  void add_step_change(StepChange change) { step_changes_.push_back(std::move(change)); }
  void add_arrivals_change(const std::string& stream, double from, double until, double factor);
  void add_returns_change(FactorChange change) { returns_changes_.push_back(change); }

  void add_clearing(ClearingModel clearing, double on);
  void add_lend(LendModel lend, double from, double until);
  void add_limit(const std::vector<std::string>& steps, std::uint32_t limit, double from, double until);
  void add_reserve(const std::string& pool, const std::vector<Condition>& when, Duration waited, std::uint32_t slots,
                   double from, double until);
  /// At each of the moments the first `at_most` who wait at the step are released; in between nobody is.
  void add_release(const std::string& step, const std::vector<double>& moments, std::uint32_t at_most, double from,
                   double until);
  void add_absence(const std::string& pool, const std::string& reason, AbsenceModel absence, double from, double until);
  void add_together(const std::vector<std::string>& steps, double share, double from, double until);

  void add_cost(double from, double until, double euros_per_day);
  void add_staff_cost(const CapacityChange& change, double euros_per_fte_year);

  /// The step's routing with its unconditional branch replaced.
  std::uint32_t rerouted(std::uint32_t step, const std::vector<Target>& to, ChoiceRule by);
  std::uint32_t destination(const std::string& name);
  std::uint32_t order(const std::vector<std::string>& names);

 private:
  void add_attributes();
  void add_organisations();
  void add_pools();
  void add_steps();
  void add_routes();
  void add_lines();
  std::uint32_t add_line(LineModel line);
  void add_visit_counters();
  void add_holds();
  void add_streams();
  void add_returns();
  void add_interventions();
  void add_slot_ticks();
  int days_looked_back() const;
  void add_state(const Model* alike);
  std::shared_ptr<const OpenCases> open_cases();
  void add_calendar_ticks(const std::vector<Date>& cells);

  std::uint32_t attribute(const std::string& name) const;
  std::uint16_t value(std::uint32_t attribute, const std::string& name) const;
  std::uint32_t sampler(const Distribution& distribution);
  BranchModel branch(const Branch& source);
  void add_step_versions();
  void copy_to_versions();
  void sum_up(StepModel& step) const;
  void add_process(const Stream& source, StreamModel& stream);
  void add_recorded(const Stream& source, StreamModel& stream);
  void add_attributes_drawn(const Stream& source, StreamModel& stream);
  StreamModel change_arrivals(std::uint32_t index, StreamModel& stream) const;
  void add_span(Tick::Kind kind, std::uint32_t index, double from, double until, std::uint32_t on, std::uint32_t off);
  void add_return_ticks();
  std::vector<const StepModel*> versions_of(std::uint32_t step, std::optional<double> at) const;
  std::vector<std::uint32_t> followers(std::uint32_t step, std::optional<double> at) const;
  std::uint32_t add_hold(std::uint32_t step, double at);
  void add_holder_lines(std::uint32_t step, const HoldModel& hold);
  std::vector<OutcomeModel> outcomes(const Step& source) const;
  std::vector<std::size_t> rows_in_order(StateRepairs& repairs) const;
  void add_open_case(const OpenCase& row, std::uint64_t number, OpenCases& state);
  void follow_member(std::uint32_t step, std::uint16_t* values, StateRepairs& repairs);
  void add_tails(const OpenCaseModel& open);
  bool add_tail(std::uint32_t sampler, double from);
  std::vector<std::uint32_t> transfers_to(const OpenCaseModel& open) const;
  void add_kept_slots(OpenCases& open_cases);
  void add_shares_of_streams(OpenCases& open) const;
  void count_crowded(OpenCases& state) const;
  void count_attributes_drawn(OpenCases& state) const;
  std::uint32_t own_pool(const std::string& name, const std::string& member) const;
  StaffingModel staffing_at(std::uint32_t pool, double time) const;
  std::vector<ConditionModel> conditions(const std::vector<Condition>& when) const;

  const Scenario& scenario_;
  QuantileTables& tables_;
  std::map<std::pair<std::uint32_t, double>, std::uint32_t> tails_;  // by sampler and what is over
  Model model_;
  std::map<std::string, std::vector<std::uint32_t>> steps_, pools_;  // by name, groups' names included
  std::map<std::string, std::uint32_t> destinations_;
  std::vector<const Step*> step_sources_;   // per step of the model
  std::vector<const Pool*> pool_sources_;   // per pool; null for the pool without limit
  std::vector<std::string> pool_members_;   // per pool: the member's attribute value, or empty
  std::vector<std::uint32_t> version_of_;   // per version: its step
  std::vector<double> version_from_;        // per version: since when it holds
  std::vector<std::uint32_t> template_of_;  // per step of the model: index of the step in the chain
  std::set<std::uint32_t> gated_steps_;
  std::vector<CapacityChange> capacity_changes_;
  std::vector<StepChange> step_changes_;
  std::vector<std::pair<double, double>> together_spans_;  // per togetherness: [from, until)
  std::vector<FactorChange> arrivals_changes_, returns_changes_;
};

/// The organisation part of ORGANISATION.name.
std::string organisation_part(const std::string& id);
std::string bare_part(const std::string& id);

/// The organisation, or `per:` organisation, of a step or pool of the chain.
const Organisation& organisation_of(const Chain& chain, const std::string& id);

/// Distinct non-zero tags of at most `bits` bits: the hash of each name, the next free one where two names collide.
std::vector<std::uint32_t> tags_of(const std::vector<std::string>& names, int bits);
/// Running sums of shares, scaled to end at 1.
std::vector<double> cumulative_of(const std::vector<double>& shares);

/// A gamma factor of mean 1. A variance below the least one counts as none.
Distribution dispersion_factor(double variance);
inline constexpr double kLeastDispersion = 1e-6, kMostDispersion = 4.0;

/// Intensity of a stream on each of `days` days from `origin` (families per day).
std::vector<double> daily_intensity(const Stream& stream, const Period& period, Date origin, int days);

/// What a pool has on a day: slots = fte x cases per fte x every percentage, and what is added to that.
/// `member` picks the member of a `per:` organisation; `changes` are those of this pool, all of which hold on the day.
StaffingModel staffing_on(const Pool& pool, const std::string& member, Date day, SchoolRegion region,
                          const std::vector<Change>& changes);
/// Its slots when nobody is absent by chance: floor(slots + added, + 1e-9), rounded once.
std::uint32_t slots_of(const StaffingModel& staffing);
inline std::uint32_t slots_on(const Pool& pool, const std::string& member, Date day, SchoolRegion region,
                              const std::vector<Change>& changes) {
  return slots_of(staffing_on(pool, member, day, region, changes));
}
/// How many fte a change brings to a pool on a day, paid or saved.
double fte_of(const Change& change, const Pool& pool, const std::string& member, Date day);

/// The days on which slots_on() may change by the pool's own schedule and leave, within [from, until).
std::vector<Date> slot_days(const Pool& pool, SchoolRegion region, Date from, Date until);

}  // namespace ketensim
