// What happens to the chain as a whole, by date.
#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>

#include "engine/kernel/compilation.hpp"
#include "engine/policies/interventions/rules.hpp"

namespace ketensim {

using std::chrono::days;

void Compilation::add_interventions() {
  model_.limits_at.assign(model_.steps.size(), 0);
  model_.together_at.assign(model_.steps.size(), kNone);
  model_.euros.assign(static_cast<std::size_t>(model_.end), 0.0);
  for (const Intervention& intervention : scenario_.interventions) {
    const InterventionRule* rule = rule_of(intervention.kind);
    if (!rule) throw std::invalid_argument("unknown intervention " + intervention.kind);
    rule->apply(intervention.settings, *this);
    add_cost_of(intervention, *this);
  }
}

void Compilation::add_span(Tick::Kind kind, std::uint32_t index, double from, double until, std::uint32_t on,
                           std::uint32_t off) {
  add_tick({std::max(from, 0.0), kind, index, on});
  if (until < model_.end) add_tick({until, kind, index, off});
}

void Compilation::add_clearing(ClearingModel clearing, double on) {
  for (std::uint32_t day = 0; day < clearing.days && on + day < model_.end; ++day)
    add_tick({on + day, Tick::Kind::clear_backlog, static_cast<std::uint32_t>(model_.clearings.size()), day});
  model_.clearings.push_back(clearing);
}

void Compilation::add_lend(LendModel lend, double from, double until) {
  add_span(Tick::Kind::lend, static_cast<std::uint32_t>(model_.lends.size()), from, until, 1, 0);
  model_.lends.push_back(std::move(lend));
}

void Compilation::add_limit(const std::vector<std::string>& steps, std::uint32_t limit, double from, double until) {
  const auto index = static_cast<std::uint32_t>(model_.limits.size());
  add_span(Tick::Kind::limit, index, from, until, limit, kUnlimited);
  LimitModel model;
  for (const std::string& name : steps)
    for (const std::uint32_t step : steps_named(name)) model.steps.push_back(step);
  for (const std::uint32_t step : model.steps) model_.limits_at[step] |= 1u << index;
  model_.limits.push_back(std::move(model));
}

void Compilation::add_reserve(const std::string& pool, const std::vector<Condition>& when, Duration waited,
                              std::uint32_t slots, double from, double until) {
  for (const std::uint32_t p : pools_named(pool)) {
    add_span(Tick::Kind::reserve, static_cast<std::uint32_t>(model_.reserves.size()), from, until, slots, 0);
    model_.reserves.push_back({p, conditions(when), waited});
  }
}

void Compilation::add_release(const std::string& step, const std::vector<double>& moments, std::uint32_t at_most,
                              double from, double until) {
  for (const std::uint32_t s : steps_named(step)) {
    gated_steps_.insert(s);
    add_step_change({s, from, until, [](StepModel& version) { version.gated = true; }});
    for (const double moment : moments) add_tick({moment, Tick::Kind::release, s, at_most});
  }
}

void Compilation::add_absence(const std::string& pool, const std::string& reason, AbsenceModel absence, double from,
                              double until) {
  for (const std::uint32_t p : pools_named(pool)) {
    const auto index = static_cast<std::uint32_t>(model_.absences.size());
    absence.pool = p;
    absence.tag = tags_of({model_.pools[p].id + " " + reason}, 32).front();
    model_.pools[p].has_absences = true;
    model_.absences.push_back(absence);
    add_span(Tick::Kind::absence, index, from, until, 1, 0);
  }
}

void Compilation::add_cost(double from, double until, double euros_per_day) {
  const auto last = static_cast<std::size_t>(std::min(until, model_.end));
  for (auto day = static_cast<std::size_t>(std::max(from, 0.0)); day < last; ++day) model_.euros[day] += euros_per_day;
}

void Compilation::add_staff_cost(const CapacityChange& change, double euros_per_fte_year) {
  const auto last = static_cast<int>(std::min(change.until, model_.end));
  for (int day = static_cast<int>(std::max(change.from, 0.0)); day < last; ++day) {
    const double fte =
        fte_of(change.change, *pool_sources_[change.pool], pool_members_[change.pool], model_.origin + days{day});
    model_.euros[static_cast<std::size_t>(day)] += fte * euros_per_fte_year / kDaysPerYear;
  }
}

void Compilation::add_together(const std::vector<std::string>& steps, double share, double from, double until) {
  const auto index = static_cast<std::uint32_t>(model_.togethers.size());
  add_span(Tick::Kind::together, index, from, until, 1, 0);
  TogetherModel model;
  model.share = share;
  for (const std::string& name : steps) model.destinations.push_back(destination(name));
  for (const std::uint32_t first : steps_named(steps.front())) model_.together_at[first] = index;
  together_spans_.emplace_back(std::max(from, 0.0), until);
  model_.togethers.push_back(std::move(model));
}

void Compilation::add_return_ticks() {
  std::set<double> turns;
  for (const FactorChange& change : returns_changes_) turns.insert({std::max(change.from, 0.0), change.until});
  for (const double time : turns) {
    if (time >= model_.end) continue;
    double share = model_.return_shares.front();
    for (const FactorChange& change : returns_changes_)
      if (change.from <= time && time < change.until) share *= change.factor;
    add_tick({time, Tick::Kind::returns, 0, static_cast<std::uint32_t>(model_.return_shares.size())});
    model_.return_shares.push_back(std::min(share, 1.0));
  }
}

StaffingModel Compilation::staffing_at(std::uint32_t pool, double time) const {
  std::vector<Change> changes;
  for (const CapacityChange& c : capacity_changes_)
    if (c.pool == pool && c.from <= time && time < c.until) changes.push_back(c.change);
  StaffingModel staffing = staffing_on(*pool_sources_[pool], pool_members_[pool],
                                       model_.origin + days{static_cast<int>(time)}, scenario_.period.region, changes);
  staffing.pool = pool;
  return staffing;
}

void Compilation::add_slot_ticks() {
  const double share = scenario_.staffing_uncertainty;
  model_.staffing_sigma = std::sqrt(std::log1p(share * share));
  for (std::uint32_t p = 1; p < model_.pools.size(); ++p) {
    std::set<double> times;
    for (const Date day : slot_days(*pool_sources_[p], scenario_.period.region, model_.origin, scenario_.period.end))
      times.insert(moment(day));
    for (const CapacityChange& c : capacity_changes_)
      if (c.pool == p) times.insert({std::max(c.from, 0.0), c.until});
    PoolModel& pool = model_.pools[p];
    pool.by_fte = pool_sources_[p]->fte.has_value();
    const bool staffed = pool.by_fte || pool.has_absences || share > 0.0;
    const auto add_staffing = [&](const StaffingModel& staffing) {
      model_.staffings.push_back(staffing);
      return static_cast<std::uint32_t>(model_.staffings.size() - 1);
    };
    StaffingModel last = staffing_at(p, 0.0);
    pool.slots = slots_of(last);
    if (staffed) pool.staffing = add_staffing(last);
    if (share > 0.0) {
      pool.plan_tag = tags_of({pool.id}, 32).front();
      add_tick({model_.start, Tick::Kind::staffing, p, add_staffing(staffing_at(p, model_.start))});
    }
    for (const double time : times) {
      if (time <= 0.0 || time >= model_.end) continue;
      const StaffingModel now = staffing_at(p, time);
      if (staffed && !(now == last))
        add_tick({time, Tick::Kind::staffing, p, add_staffing(now)});
      else if (!staffed && slots_of(now) != slots_of(last))
        add_tick({time, Tick::Kind::slots, p, slots_of(now)});
      last = now;
    }
  }
}

void Compilation::add_calendar_ticks(const std::vector<Date>& cells) {
  for (const Date cell : cells) add_tick({moment(cell), Tick::Kind::close_cell, 0, 0});
  add_tick({model_.end, Tick::Kind::end, 0, 0});
  const bool every_morning = model_.resolution == Resolution::day;
  for (int day = 1; day < static_cast<int>(model_.end); ++day)
    if (const bool works = model_.calendar.is_working(day);
        works != model_.calendar.is_working(day - 1) || (works && every_morning))
      add_tick({static_cast<double>(day), Tick::Kind::working, 0, works ? 1u : 0u});
  std::stable_sort(model_.ticks.begin(), model_.ticks.end(), [this](const Tick& a, const Tick& b) {
    if (a.time != b.time || a.kind != b.kind) return a.time != b.time ? a.time < b.time : a.kind < b.kind;
    return a.kind == Tick::Kind::clear_backlog && model_.clearings[a.index].step < model_.clearings[b.index].step;
  });
}

}  // namespace ketensim
