#include "engine/kernel/compilation.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>

#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

using std::chrono::days;

/// FNV-1a (Fowler, Noll and Vo), 32 bits: the key of a name's draws must not depend on what else the chain holds.
std::uint32_t hash_of(const std::string& name) {
  std::uint32_t hash = 2166136261u;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

/// Distinct non-zero tags of at most `bits` bits: the hash of each name, the next free one where two names collide.
std::vector<std::uint32_t> tags_of(const std::vector<std::string>& names, int bits) {
  const std::uint32_t mask = static_cast<std::uint32_t>((std::uint64_t{1} << bits) - 1);
  std::set<std::uint32_t> taken{0};
  std::vector<std::uint32_t> tags;
  for (const std::string& name : names) {
    std::uint32_t tag = hash_of(name);
    tag = (tag ^ (bits < 32 ? tag >> bits : 0u)) & mask;
    while (!taken.insert(tag).second) tag = (tag + 1) & mask;
    tags.push_back(tag);
  }
  return tags;
}

std::vector<double> cumulative_of(const std::vector<double>& shares) {
  std::vector<double> cumulative;
  double total = 0.0;
  for (const double share : shares) cumulative.push_back(total += share);
  for (double& c : cumulative) c /= total;
  return cumulative;
}

}  // namespace

std::string organisation_part(const std::string& id) { return id.substr(0, id.find('.')); }
std::string bare_part(const std::string& id) { return id.substr(id.find('.') + 1); }

Model compile(const Scenario& scenario, const std::vector<Date>& cells) {
  return Compilation(scenario, cells).finish();
}

Compilation::Compilation(const Scenario& scenario, const std::vector<Date>& cells) : scenario_(scenario) {
  const Period& period = scenario.period;
  const auto warm_up = static_cast<int>(std::ceil(period.warm_up.days - 1e-9));
  model_.origin = period.start - days{warm_up};
  model_.origin_day = static_cast<int>((model_.origin - Date{std::chrono::year{1900} / 1 / 1}).count());
  model_.start = moment(period.start);
  model_.end = moment(period.end);
  model_.calendar = Calendar(period.calendar, model_.origin, static_cast<int>(model_.end) + 366);
  for (const Date cell : cells) model_.cells.push_back(moment(cell));
  add_attributes();
  add_organisations();
  add_pools();
  add_steps();
  add_routes();
  add_visit_counters();
  add_holds();
  add_streams();
  add_returns();
  add_interventions();
  add_slot_ticks();
  add_calendar_ticks(cells);
}

Model Compilation::finish() { return std::move(model_); }

void Compilation::add_attributes() {
  for (const Stream& stream : scenario_.chain.streams)
    for (const Stream::Attribute& a : stream.attributes) {
      auto at = std::find(model_.attributes.begin(), model_.attributes.end(), a.name);
      if (at == model_.attributes.end()) {
        model_.attributes.push_back(a.name);
        model_.values.emplace_back();
        at = model_.attributes.end() - 1;
      }
      auto& values = model_.values[static_cast<std::size_t>(at - model_.attributes.begin())];
      for (const auto& [value, share] : a.shares)
        if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
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

namespace {

const Organisation& organisation_of(const Chain& chain, const std::string& id) {
  for (const Organisation& organisation : chain.organisations)
    if (organisation.id == organisation_part(id)) return organisation;
  throw std::invalid_argument("unknown organisation of " + id);
}

}  // namespace

void Compilation::add_pools() {
  model_.pools.push_back({"", false, kUnlimited, true, {}, {}});
  pool_sources_.push_back(nullptr);
  pool_members_.emplace_back();
  const auto add = [&](const Pool& pool, const std::string& id, const std::string& member) {
    const auto index = static_cast<std::uint32_t>(model_.pools.size());
    pools_[id].push_back(index);
    if (id != pool.id) pools_[pool.id].push_back(index);
    model_.pools.push_back({id, true, 0, true, {}, {}});
    pool_sources_.push_back(&pool);
    pool_members_.push_back(member);
  };
  for (const Pool& pool : scenario_.chain.pools) {
    const Organisation& organisation = organisation_of(scenario_.chain, pool.id);
    if (organisation.per.empty()) add(pool, pool.id, "");
    for (const auto& [member, name] : organisation.members) add(pool, member + "." + bare_part(pool.id), member);
  }
}

void Compilation::add_steps() {
  const Chain& chain = scenario_.chain;
  std::vector<std::string> names;
  for (const Step& step : chain.steps) names.push_back(step.id);
  const std::vector<std::uint32_t> tags = tags_of(names, 32);
  for (std::size_t i = 0; i < chain.steps.size(); ++i) {
    const Step& source = chain.steps[i];
    const Organisation& organisation = organisation_of(chain, source.id);
    const std::uint32_t duration = sampler(source.duration), step_order = order(source);
    const std::uint32_t patience = source.patience ? sampler(source.patience->after) : kNone;
    const auto add = [&](const std::string& owner, const std::string& member) {
      const auto index = static_cast<std::uint32_t>(model_.steps.size());
      const std::string id = owner + "." + bare_part(source.id);
      steps_[id].push_back(index);
      if (id != source.id) steps_[source.id].push_back(index);
      StepModel step;
      const auto at = std::find_if(model_.organisations.begin(), model_.organisations.end(),
                                   [&](const OrganisationModel& o) { return o.id == owner; });
      step.organisation = static_cast<std::uint32_t>(at - model_.organisations.begin());
      step.tag = tags[i];
      step.duration = duration;
      step.order = step_order;
      step.patience = patience;
      step.help = source.help;
      if (source.norm.wait) step.norm.wait = *source.norm.wait;
      if (source.norm.service) step.norm.service = *source.norm.service;
      if (source.norm.lead_time) step.norm.lead_time = *source.norm.lead_time;
      step.due_after = source.norm.lead_time.value_or(source.norm.wait.value_or(source.norm.service.value_or(Duration{})));
      for (const Worsening& w : source.while_waiting) {
        WorseningModel worsening{w.after, w.duration_factor, {}};
        for (const auto& [name, to] : w.set) worsening.set.emplace_back(attribute(name), value(attribute(name), to));
        step.worsening.push_back(std::move(worsening));
      }
      if (!source.pool.empty()) {
        const std::vector<std::uint32_t>& pools = pools_.at(source.pool);
        const auto own = std::find_if(pools.begin(), pools.end(), [&](std::uint32_t p) { return pool_members_[p] == member; });
        step.pool = own == pools.end() ? pools.front() : *own;
        model_.pools[step.pool].claimed_by.push_back(index);
      }
      step.line = static_cast<std::uint32_t>(model_.lines.size());
      model_.lines.push_back({index, step.pool, step.pool != kUnlimitedPool});
      model_.pools[step.pool].lines.push_back(step.line);
      model_.steps.push_back(std::move(step));
      model_.step_names.push_back(bare_part(source.id));
      step_sources_.push_back(&source);
      template_of_.push_back(static_cast<std::uint32_t>(i));
    };
    if (organisation.per.empty()) add(organisation.id, "");
    for (const auto& [member, name] : organisation.members) add(member, member);
  }
  for (PoolModel& pool : model_.pools)
    for (const std::uint32_t line : pool.lines)
      pool.common_order &= model_.steps[model_.lines[line].step].order == model_.steps[model_.lines[pool.lines.front()].step].order;
}

std::uint32_t Compilation::sampler(const Distribution& distribution) {
  model_.samplers.emplace_back(distribution);
  return static_cast<std::uint32_t>(model_.samplers.size() - 1);
}

std::uint32_t Compilation::order(const Step& step) {
  std::vector<OrderKey> keys;
  for (const std::string& name : step.order) {
    using Kind = OrderKey::Kind;
    if (name == "received") keys.push_back({Kind::received, 0});
    else if (name == "due") keys.push_back({Kind::due, 0});
    else if (name == "longest") keys.push_back({Kind::longest, 0});
    else if (name == "shortest") keys.push_back({Kind::shortest, 0});
    else keys.push_back({Kind::attribute, attribute(name)});
  }
  if (!keys.empty() && keys.back().kind == OrderKey::Kind::received) keys.pop_back();  // closes every order anyway
  const auto at = std::find(model_.orders.begin(), model_.orders.end(), keys);
  if (at != model_.orders.end()) return static_cast<std::uint32_t>(at - model_.orders.begin());
  model_.orders.push_back(std::move(keys));
  return static_cast<std::uint32_t>(model_.orders.size() - 1);
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

void Compilation::add_routes() {
  std::vector<std::uint32_t> routing_of(scenario_.chain.steps.size()), patience_of(routing_of);
  for (std::size_t i = 0; i < scenario_.chain.steps.size(); ++i) {
    const Step& source = scenario_.chain.steps[i];
    Routing routing;
    for (const Branch& branch : source.next) {
      BranchModel b;
      b.when = conditions(branch.when);
      std::vector<double> shares;
      for (const Target& target : branch.to) shares.push_back(target.share);
      const std::vector<double> cumulative = cumulative_of(shares);
      for (std::size_t t = 0; t < branch.to.size(); ++t) {
        if (branch.to[t].share <= 0.0) continue;
        b.routes.push_back({cumulative[t], destination(branch.to[t].to), branch.to[t].after ? sampler(*branch.to[t].after) : kNone});
      }
      routing.push_back(std::move(b));
    }
    routing_of[i] = static_cast<std::uint32_t>(model_.routings.size());
    model_.routings.push_back(std::move(routing));
    patience_of[i] = source.patience ? destination(source.patience->to) : 0;
  }
  for (std::size_t s = 0; s < model_.steps.size(); ++s) {
    model_.steps[s].routing = routing_of[template_of_[s]];
    model_.steps[s].patience_to = patience_of[template_of_[s]];
  }
}

/// Every step that may come directly after `step`.
std::vector<std::uint32_t> Compilation::followers(std::uint32_t step) const {
  std::set<std::uint32_t> next;
  const auto add = [&](std::uint32_t destination) {
    const Destination& d = model_.destinations[destination];
    if (d.step != kOut) next.insert(static_cast<std::uint32_t>(d.step));
    for (const std::int32_t s : d.by_value)
      if (s != kOut) next.insert(static_cast<std::uint32_t>(s));
  };
  for (const BranchModel& branch : model_.routings[model_.steps[step].routing])
    for (const RouteModel& route : branch.routes) add(route.destination);
  if (model_.steps[step].patience != kNone) add(model_.steps[step].patience_to);
  return {next.begin(), next.end()};
}

/// Only a step to which a case can come back needs its visits counted.
void Compilation::add_visit_counters() {
  const std::size_t templates = scenario_.chain.steps.size();
  std::vector<std::set<std::uint32_t>> next(templates);
  for (std::uint32_t s = 0; s < model_.steps.size(); ++s)
    for (const std::uint32_t t : followers(s)) next[template_of_[s]].insert(template_of_[t]);
  std::vector<std::uint32_t> counter(templates, kNone);
  for (std::uint32_t from = 0; from < templates; ++from) {
    std::vector<std::uint8_t> seen(templates);
    std::vector<std::uint32_t> open(next[from].begin(), next[from].end());
    while (!open.empty() && !seen[from]) {
      const std::uint32_t t = open.back();
      open.pop_back();
      if (seen[t]) continue;
      seen[t] = 1;
      open.insert(open.end(), next[t].begin(), next[t].end());
    }
    if (seen[from]) counter[from] = model_.visit_counters++;
  }
  for (std::size_t s = 0; s < model_.steps.size(); ++s) model_.steps[s].visit_counter = counter[template_of_[s]];
}

void Compilation::add_holds() {
  const std::size_t count = model_.steps.size();
  std::vector<std::vector<std::uint32_t>> previous(count);
  for (std::uint32_t s = 0; s < count; ++s)
    for (const std::uint32_t t : followers(s)) previous[t].push_back(s);
  for (std::uint32_t s = 0; s < count; ++s) {
    const std::string& until = step_sources_[s]->hold_until;
    if (until.empty() || model_.steps[s].pool == kUnlimitedPool) continue;
    HoldModel hold{std::vector<std::uint8_t>(count), std::vector<std::uint8_t>(count)};
    std::vector<std::uint32_t> open;
    for (const std::uint32_t target : steps_.at(until)) {
      hold.frees[target] = 1;
      open.push_back(target);
    }
    while (!open.empty()) {  // backwards from the end, not through the step that would claim anew
      const std::uint32_t t = open.back();
      open.pop_back();
      if (t == s || hold.keeps[t]) continue;
      hold.keeps[t] = 1;
      open.insert(open.end(), previous[t].begin(), previous[t].end());
    }
    model_.steps[s].hold = static_cast<std::uint32_t>(model_.holds.size());
    // A step on the way that works with the same pool uses the slot that the case already has.
    for (std::uint32_t t = 0; t < count; ++t) {
      StepModel& on_the_way = model_.steps[t];
      if (!hold.keeps[t] || on_the_way.pool != model_.steps[s].pool || on_the_way.holder_line != kNone) continue;
      on_the_way.holder_line = static_cast<std::uint32_t>(model_.lines.size());
      model_.lines.push_back({t, kUnlimitedPool, false});
      model_.pools[kUnlimitedPool].lines.push_back(on_the_way.holder_line);
    }
    model_.holds.push_back(std::move(hold));
  }
}

void Compilation::add_streams() {
  std::vector<std::string> names;
  for (const Stream& stream : scenario_.chain.streams) names.push_back(stream.id);
  const std::vector<std::uint32_t> tags = tags_of(names, CaseId::kStreamBits);
  const int horizon = static_cast<int>(model_.end);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Stream& source = scenario_.chain.streams[i];
    StreamModel stream;
    stream.tag = tags[i];
    stream.destination = destination(source.to);
    stream.per_day = daily_intensity(source, scenario_.period, model_.origin, horizon);
    std::vector<double> shares;
    for (const auto& [size, share] : source.children) shares.push_back(share);
    const std::vector<double> cumulative = cumulative_of(shares);
    for (std::size_t c = 0; c < shares.size(); ++c)
      stream.children.emplace_back(cumulative[c], static_cast<std::uint32_t>(source.children[c].first));
    for (const Stream::Attribute& a : source.attributes) {
      StreamModel::Attribute model{attribute(a.name), {}};
      std::vector<double> by_rank(model_.values[model.attribute].size());
      for (const auto& [name, share] : a.shares) by_rank[value(model.attribute, name)] = share;
      model.cumulative = cumulative_of(by_rank);
      stream.attributes.push_back(std::move(model));
    }
    model_.streams.push_back(std::move(stream));
    model_.stream_names.push_back(source.id);
  }
}

void Compilation::add_returns() {
  if (!scenario_.chain.returns) return;
  const Returns& returns = *scenario_.chain.returns;
  model_.return_share = returns.share;
  model_.return_after = sampler(returns.after);
  model_.return_to = destination(returns.to);
}

void Compilation::add_interventions() {
  for (const Intervention& intervention : scenario_.interventions) {
    const InterventionRule* rule = rule_of(intervention.kind);
    if (!rule) throw std::invalid_argument("unknown intervention " + intervention.kind);
    rule->apply(intervention.settings, *this);
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
  std::stable_sort(model_.ticks.begin(), model_.ticks.end(), [](const Tick& a, const Tick& b) {
    return a.time != b.time ? a.time < b.time : a.kind < b.kind;
  });
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
