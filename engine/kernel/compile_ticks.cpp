// What happens to the chain as a whole, by date.
#include <algorithm>
#include <set>
#include <stdexcept>

#include "engine/kernel/compilation.hpp"
#include "engine/policies/interventions/rules.hpp"

namespace ketensim {

using std::chrono::days;

void Compilation::add_interventions() {
  model_.limits_at.assign(model_.steps.size(), 0);
  model_.together_at.assign(model_.steps.size(), kNone);
  for (const Intervention& intervention : scenario_.interventions) {
    const InterventionRule* rule = rule_of(intervention.kind);
    if (!rule) throw std::invalid_argument("unknown intervention " + intervention.kind);
    rule->apply(intervention.settings, *this);
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

void Compilation::add_together(const std::vector<std::string>& steps, double share, double from, double until) {
  const auto index = static_cast<std::uint32_t>(model_.togethers.size());
  add_span(Tick::Kind::together, index, from, until, 1, 0);
  TogetherModel model;
  model.share = share;
  for (const std::string& name : steps) model.destinations.push_back(destination(name));
  for (const std::uint32_t first : steps_named(steps.front())) model_.together_at[first] = index;
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

void Compilation::add_slot_ticks() {
  const SchoolRegion region = scenario_.period.region;
  for (std::uint32_t p = 1; p < model_.pools.size(); ++p) {
    const Pool& pool = *pool_sources_[p];
    const auto slots_at = [&](double time) {
      std::vector<Change> changes;
      for (const CapacityChange& c : capacity_changes_)
        if (c.pool == p && c.from <= time && time < c.until) changes.push_back(c.change);
      return slots_on(pool, pool_members_[p], model_.origin + days{static_cast<int>(time)}, region, changes);
    };
    std::set<double> times;
    for (const Date day : slot_days(pool, region, model_.origin, scenario_.period.end)) times.insert(moment(day));
    for (const CapacityChange& c : capacity_changes_)
      if (c.pool == p) times.insert({std::max(c.from, 0.0), c.until});
    std::uint32_t slots = model_.pools[p].slots = slots_at(0.0);
    for (const double time : times) {
      if (time <= 0.0 || time >= model_.end) continue;
      const std::uint32_t now = slots_at(time);
      if (now != slots) add_tick({time, Tick::Kind::slots, p, now});
      slots = now;
    }
  }
}

void Compilation::add_calendar_ticks(const std::vector<Date>& cells) {
  for (const Date cell : cells) add_tick({moment(cell), Tick::Kind::close_cell, 0, 0});
  add_tick({model_.end, Tick::Kind::end, 0, 0});
  if (!model_.calendar.continuous())
    for (int day = 1; day < static_cast<int>(model_.end); ++day)
      if (model_.calendar.is_working(day) != model_.calendar.is_working(day - 1))
        add_tick({static_cast<double>(day), Tick::Kind::working, 0, model_.calendar.is_working(day) ? 1u : 0u});
  std::stable_sort(model_.ticks.begin(), model_.ticks.end(),
                   [](const Tick& a, const Tick& b) { return a.time != b.time ? a.time < b.time : a.kind < b.kind; });
}

}  // namespace ketensim
