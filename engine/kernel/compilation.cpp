#include "engine/kernel/compilation.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/kernel/chain_names.hpp"

namespace ketensim {
using std::chrono::days;

std::string organisation_part(const std::string& id) { return id.substr(0, id.find('.')); }
std::string bare_part(const std::string& id) { return id.substr(id.find('.') + 1); }

Model compile(const Scenario& scenario, const std::vector<Date>& cells) {
  QuantileTables tables;
  return compile(scenario, cells, tables);
}

Model compile(const Scenario& scenario, const std::vector<Date>& cells, QuantileTables& tables, const Model* alike) {
  return Compilation(scenario, cells, tables, alike).finish();
}

Date origin_of(const Scenario& scenario) {
  if (scenario.state) return scenario.state->snapshot + days{1};
  return scenario.period.start - days{static_cast<int>(std::ceil(scenario.period.warm_up.days - 1e-9))};
}

Compilation::Compilation(const Scenario& scenario, const std::vector<Date>& cells, QuantileTables& tables,
                         const Model* alike)
    : scenario_(scenario), tables_(tables) {
  const Period& period = scenario.period;
  model_.origin = origin_of(scenario);
  model_.origin_day = static_cast<int>((model_.origin - Date{std::chrono::year{1900} / 1 / 1}).count());
  model_.start = moment(period.start);
  model_.end = moment(period.end);
  model_.calendar =
      alike ? alike->calendar
            : Calendar(period.calendar, model_.origin, static_cast<int>(model_.end) + 366, days_looked_back());
  model_.resolution = period.resolution;
  model_.handed_over_on_working_days = period.handed_over_on_working_days;
  add_attributes();
  add_organisations();
  add_pools();
  add_steps();
  add_routes();
  add_returns();
  add_interventions();
  add_lines();
  add_step_versions();
  add_visit_counters();
  add_holds();
  add_streams();
  add_return_ticks();
  add_slot_ticks();
  add_state(alike);
  add_calendar_ticks(cells);
}

Model Compilation::finish() {
  for (StepModel& step : model_.steps) sum_up(step);
  for (StepModel& version : model_.versions) sum_up(version);
  return std::move(model_);
}

/// What follows from the rest of a step, for the loop to ask at every visit.
void Compilation::sum_up(StepModel& step) const {
  step.plain = !step.gated && step.gate_line == kNone && step.holder_line == kNone && step.more_pools.empty() &&
               step.patience == kNone && step.worsening.empty() && model_.pools[step.pool].reserves.empty();
  step.by_receipt = model_.orders[step.order].empty();
  const BranchModel& branch = model_.routings[step.routing].front();
  step.one_way = branch.when.empty() && branch.by == ChoiceRule::share;
  step.overflows = step.overflow_above < std::numeric_limits<double>::infinity();
  step.alike = step.duration_of_class.empty() && step.worsening.empty();
}

void Compilation::add_attributes() {
  const ChainNames names(scenario_.chain);
  for (const ChainNames::Attribute& attribute : names.attributes()) {
    model_.attributes.push_back(attribute.name);
    model_.values.push_back(attribute.values);
  }
}

std::uint32_t Compilation::attribute(const std::string& name) const {
  const auto at = std::find(model_.attributes.begin(), model_.attributes.end(), name);
  if (at == model_.attributes.end()) throw std::invalid_argument("unknown attribute " + name);
  return static_cast<std::uint32_t>(at - model_.attributes.begin());
}

std::uint16_t Compilation::value(std::uint32_t attribute, const std::string& name) const {
  const auto& values = model_.values[attribute];
  const auto at = std::find(values.begin(), values.end(), name);
  if (at == values.end()) throw std::invalid_argument("unknown value " + name + " of " + model_.attributes[attribute]);
  return static_cast<std::uint16_t>(at - values.begin());
}

void Compilation::add_organisations() {
  for (const Organisation& organisation : scenario_.chain.organisations) {
    if (organisation.per.empty()) {
      model_.organisations.push_back({organisation.id, kNone});
      continue;
    }
    for (const auto& [member, name] : organisation.members)
      model_.organisations.push_back({member, static_cast<std::uint32_t>(model_.groups.size())});
    model_.groups.push_back(organisation.id);
  }
}

void Compilation::add_pools() {
  PoolModel& unlimited = model_.pools.emplace_back();
  unlimited.limited = false;
  unlimited.slots = kUnlimited;
  pool_sources_.push_back(nullptr);
  pool_members_.emplace_back();
  const auto add = [&](const Pool& pool, const std::string& id, const std::string& member) {
    const auto index = static_cast<std::uint32_t>(model_.pools.size());
    pools_[id].push_back(index);
    if (id != pool.id) pools_[pool.id].push_back(index);
    model_.pools.emplace_back().id = id;
    pool_sources_.push_back(&pool);
    pool_members_.push_back(member);
  };
  for (const Pool& pool : scenario_.chain.pools) {
    const Organisation& organisation = organisation_of(scenario_.chain, pool.id);
    if (organisation.per.empty()) add(pool, pool.id, "");
    for (const auto& [member, name] : organisation.members) add(pool, member + "." + bare_part(pool.id), member);
  }
}

std::uint32_t Compilation::sampler(const Distribution& distribution) {
  model_.samplers.emplace_back(distribution, tables_);
  return static_cast<std::uint32_t>(model_.samplers.size() - 1);
}

std::uint32_t Compilation::destination(const std::string& name) {
  const auto known = destinations_.find(name);
  if (known != destinations_.end()) return known->second;
  Destination d;
  if (name != "out") {
    const std::vector<std::uint32_t>& steps = steps_.at(name);
    d.step = static_cast<std::int32_t>(steps.front());
    const std::string owner = organisation_part(name);
    for (const Organisation& organisation : scenario_.chain.organisations) {
      if (organisation.id != owner || organisation.per.empty()) continue;
      d.attribute = attribute(organisation.per);
      d.by_value.assign(model_.values[d.attribute].size(), kOut);
      for (const std::uint32_t step : steps) {
        const std::uint16_t v = value(d.attribute, model_.organisation_of(step));
        d.by_value[v] = static_cast<std::int32_t>(step);
      }
    }
  }
  model_.destinations.push_back(std::move(d));
  const auto index = static_cast<std::uint32_t>(model_.destinations.size() - 1);
  destinations_[name] = index;
  return index;
}

std::vector<ConditionModel> Compilation::conditions(const std::vector<Condition>& when) const {
  std::vector<ConditionModel> result;
  for (const Condition& condition : when) {
    ConditionModel c;
    c.attribute = attribute(condition.attribute);
    c.allowed.assign(model_.values[c.attribute].size(), 0);
    for (const std::string& name : condition.values) c.allowed[value(c.attribute, name)] = 1;
    result.push_back(std::move(c));
  }
  return result;
}

std::vector<std::uint32_t> Compilation::steps_named(const std::string& name) const {
  const auto at = steps_.find(name);
  if (at == steps_.end()) throw std::invalid_argument("unknown step " + name);
  return at->second;
}

std::vector<std::uint32_t> Compilation::pools_named(const std::string& name) const {
  const auto at = pools_.find(name);
  if (at == pools_.end()) throw std::invalid_argument("unknown pool " + name);
  return at->second;
}

}  // namespace ketensim
