// Steps, routes and what follows from their graph.
#include <algorithm>
#include <set>

#include "engine/kernel/compilation.hpp"

namespace ketensim {

void Compilation::add_steps() {
  const Chain& chain = scenario_.chain;
  std::vector<std::string> names;
  for (const Step& step : chain.steps) names.push_back(step.id);
  const std::vector<std::uint32_t> tags = tags_of(names, 32);
  for (std::size_t i = 0; i < chain.steps.size(); ++i) {
    const Step& source = chain.steps[i];
    const Organisation& organisation = organisation_of(chain, source.id);
    const std::uint32_t duration = sampler(source.duration), step_order = order(source.order);
    std::vector<DurationModel> duration_of_class;
    for (const DurationOfClass& of_class : source.duration_of_class)
      duration_of_class.push_back({conditions(of_class.when), sampler(of_class.duration)});
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
      step.duration_of_class = duration_of_class;
      step.duration = duration;
      step.order = step_order;
      step.patience = patience;
      step.help = source.help;
      step.siblings = source.siblings;
      if (source.norm.wait) step.norm.wait = *source.norm.wait;
      if (source.norm.service) step.norm.service = *source.norm.service;
      if (source.norm.lead_time) step.norm.lead_time = *source.norm.lead_time;
      for (const Worsening& w : source.while_waiting) {
        WorseningModel worsening{w.after, w.duration_factor, {}};
        for (const auto& [name, to] : w.set) worsening.set.emplace_back(attribute(name), value(attribute(name), to));
        step.worsening.push_back(std::move(worsening));
      }
      step.outcomes = outcomes(source);
      if (!source.pool.empty()) step.pool = own_pool(source.pool, member);
      for (const std::string& pool : source.more_pools) step.more_pools.push_back(own_pool(pool, member));
      model_.steps.push_back(std::move(step));
      model_.step_names.push_back(bare_part(source.id));
      step_sources_.push_back(&source);
      template_of_.push_back(static_cast<std::uint32_t>(i));
    };
    if (organisation.per.empty()) add(organisation.id, "");
    for (const auto& [member, name] : organisation.members) add(member, member);
  }
}

/// The pool of that name, or that of the member.
std::uint32_t Compilation::own_pool(const std::string& name, const std::string& member) const {
  const std::vector<std::uint32_t>& pools = pools_.at(name);
  const auto own =
      std::find_if(pools.begin(), pools.end(), [&](std::uint32_t p) { return pool_members_[p] == member; });
  return own == pools.end() ? pools.front() : *own;
}

std::vector<OutcomeModel> Compilation::outcomes(const Step& source) const {
  std::vector<OutcomeModel> result;
  for (const Outcome& outcome : source.set) {
    OutcomeModel model{conditions(outcome.when), attribute(outcome.attribute), {}};
    std::vector<double> shares;
    for (const auto& [name, share] : outcome.shares) shares.push_back(share);
    const std::vector<double> cumulative = cumulative_of(shares);
    for (std::size_t i = 0; i < shares.size(); ++i)
      model.values.emplace_back(cumulative[i], value(model.attribute, outcome.shares[i].first));
    result.push_back(std::move(model));
  }
  return result;
}

std::uint32_t Compilation::add_line(LineModel line) {
  const auto index = static_cast<std::uint32_t>(model_.lines.size());
  if (line.pool != kNone) model_.pools[line.pool].lines.push_back(index);
  for (const std::uint32_t pool : line.others) model_.pools[pool].lines.push_back(index);
  model_.lines_of[line.step].push_back(index);
  model_.lines.push_back(std::move(line));
  return index;
}

/// A line for each step, and for each reserve of its pool; one behind the gate of a step that has one.
void Compilation::add_lines() {
  model_.lines_of.resize(model_.steps.size());
  for (std::uint32_t r = 0; r < model_.reserves.size(); ++r)
    model_.pools[model_.reserves[r].pool].reserves.push_back(r);
  for (std::uint32_t s = 0; s < model_.steps.size(); ++s) {
    StepModel& step = model_.steps[s];
    const bool takes_slot = step.pool != kUnlimitedPool;
    step.line = add_line({s, step.pool, takes_slot, step.more_pools, kNone});
    for (const std::uint32_t r : model_.pools[step.pool].reserves)
      add_line({s, step.pool, takes_slot, step.more_pools, r});
    if (gated_steps_.count(s)) step.gate_line = add_line({s, kNone, false, {}, kNone});
    if (step.more_pools.empty()) continue;
    model_.pools[step.pool].plain = false;
    for (const std::uint32_t pool : step.more_pools) model_.pools[pool].plain = false;
  }
}

std::uint32_t Compilation::order(const std::vector<std::string>& names) {
  std::vector<OrderKey> keys;
  for (const std::string& name : names) {
    using Kind = OrderKey::Kind;
    if (name == "received")
      keys.push_back({Kind::received, 0});
    else if (name == "due")
      keys.push_back({Kind::due, 0});
    else if (name == "longest")
      keys.push_back({Kind::longest, 0});
    else if (name == "shortest")
      keys.push_back({Kind::shortest, 0});
    else
      keys.push_back({Kind::attribute, attribute(name)});
  }
  if (!keys.empty() && keys.back().kind == OrderKey::Kind::received) keys.pop_back();  // closes every order anyway
  const auto at = std::find(model_.orders.begin(), model_.orders.end(), keys);
  if (at != model_.orders.end()) return static_cast<std::uint32_t>(at - model_.orders.begin());
  model_.orders.push_back(std::move(keys));
  return static_cast<std::uint32_t>(model_.orders.size() - 1);
}

BranchModel Compilation::branch(const Branch& source) {
  BranchModel result;
  result.when = conditions(source.when);
  result.by = source.by;
  std::vector<double> shares;
  for (const Target& target : source.to) shares.push_back(target.share);
  const std::vector<double> cumulative = cumulative_of(shares);
  for (std::size_t t = 0; t < source.to.size(); ++t) {
    const Target& target = source.to[t];
    if (target.share > 0.0)
      result.routes.push_back({cumulative[t], destination(target.to), target.after ? sampler(*target.after) : kNone});
  }
  return result;
}

std::uint32_t Compilation::rerouted(std::uint32_t step, const std::vector<Target>& to, ChoiceRule by) {
  Routing routing = model_.routings[model_.steps[step].routing];
  const BranchModel replacement = branch({{}, to, by});
  for (BranchModel& existing : routing)
    if (existing.when.empty()) existing = replacement;
  model_.routings.push_back(std::move(routing));
  return static_cast<std::uint32_t>(model_.routings.size() - 1);
}

void Compilation::add_routes() {
  std::vector<std::uint32_t> routing_of(scenario_.chain.steps.size()), patience_of(routing_of);
  for (std::size_t i = 0; i < scenario_.chain.steps.size(); ++i) {
    const Step& source = scenario_.chain.steps[i];
    Routing routing;
    for (const Branch& next : source.next) routing.push_back(branch(next));
    routing_of[i] = static_cast<std::uint32_t>(model_.routings.size());
    model_.routings.push_back(std::move(routing));
    patience_of[i] = source.patience ? destination(source.patience->to) : 0;
  }
  for (std::size_t s = 0; s < model_.steps.size(); ++s) {
    model_.steps[s].routing = routing_of[template_of_[s]];
    model_.steps[s].patience_to = patience_of[template_of_[s]];
  }
}

/// The version of the step that holds at that time, or all that ever do.
std::vector<const StepModel*> Compilation::versions_of(std::uint32_t step, std::optional<double> at) const {
  std::vector<const StepModel*> result{&model_.steps[step]};
  for (std::size_t v = 0; v < model_.versions.size(); ++v) {
    if (version_of_[v] != step || (at && version_from_[v] > *at)) continue;
    if (at) result.clear();
    result.push_back(&model_.versions[v]);
  }
  return result;
}

/// Every step that may come directly after `step`: at that time, or ever.
std::vector<std::uint32_t> Compilation::followers(std::uint32_t step, std::optional<double> at) const {
  std::set<std::uint32_t> next;
  const auto add = [&](std::uint32_t destination) {
    const Destination& d = model_.destinations[destination];
    if (d.step != kOut) next.insert(static_cast<std::uint32_t>(d.step));
    for (const std::int32_t s : d.by_value)
      if (s != kOut) next.insert(static_cast<std::uint32_t>(s));
  };
  const auto add_all = [&](const StepModel& version) {
    for (const BranchModel& branch : model_.routings[version.routing])
      for (const RouteModel& route : branch.routes) add(route.destination);
    if (version.patience != kNone) add(version.patience_to);
  };
  const auto add_overflows = [&] {
    const std::vector<std::uint32_t> sent_to(next.begin(), next.end());
    for (const std::uint32_t s : sent_to)
      for (const StepModel* version : versions_of(s, at))
        if (version->overflow_above != std::numeric_limits<double>::infinity()) add(version->overflow_to);
  };
  for (const StepModel* version : versions_of(step, at)) add_all(*version);
  add_overflows();
  if (const std::uint32_t together = model_.together_at[step]; together != kNone) {
    const auto [from, until] = together_spans_[together];
    if (model_.togethers[together].share > 0.0 && (!at || (from <= *at && *at < until)))
      for (const std::uint32_t d : model_.togethers[together].destinations) add(d);
  }
  return {next.begin(), next.end()};
}

/// A step that is changed has a version for every stretch of time in which the same changes hold. So has one that keeps
/// its slot, whatever is changed: the ways to the step that frees it may be others.
void Compilation::add_step_versions() {
  std::map<std::uint32_t, std::set<double>> turns;
  std::set<double> all_turns;
  for (const StepChange& change : step_changes_) turns[change.step].insert({std::max(change.from, 0.0), change.until});
  for (const auto& [step, times] : turns) all_turns.insert(times.begin(), times.end());
  for (const auto& [from, until] : together_spans_) all_turns.insert({from, until});
  for (std::uint32_t s = 0; s < model_.steps.size() && !all_turns.empty(); ++s)
    if (!step_sources_[s]->hold_until.empty()) turns[s].insert(all_turns.begin(), all_turns.end());
  for (const auto& [step, times] : turns)
    for (const double time : times) {
      if (time >= model_.end) continue;
      StepModel version = model_.steps[step];
      for (const StepChange& change : step_changes_)
        if (change.step == step && change.from <= time && time < change.until) change.apply(version);
      add_tick({time, Tick::Kind::step, step, static_cast<std::uint32_t>(model_.versions.size())});
      model_.versions.push_back(std::move(version));
      version_of_.push_back(step);
      version_from_.push_back(time);
    }
}

/// What no intervention changes is the same in all versions of a step.
void Compilation::copy_to_versions() {
  for (std::size_t v = 0; v < model_.versions.size(); ++v) {
    const StepModel& step = model_.steps[version_of_[v]];
    model_.versions[v].visit_counter = step.visit_counter;
    model_.versions[v].line = step.line;
    model_.versions[v].gate_line = step.gate_line;
    model_.versions[v].holder_line = step.holder_line;
  }
}

/// Only a step to which a case can come back needs its visits counted.
void Compilation::add_visit_counters() {
  const std::size_t templates = scenario_.chain.steps.size();
  std::vector<std::set<std::uint32_t>> next(templates);
  for (std::uint32_t s = 0; s < model_.steps.size(); ++s)
    for (const std::uint32_t t : followers(s, {})) next[template_of_[s]].insert(template_of_[t]);
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
  copy_to_versions();
}

/// From which steps the one can be reached that frees the slot, by the ways that are open at that time.
std::uint32_t Compilation::add_hold(std::uint32_t step, double at) {
  const std::size_t count = model_.steps.size();
  std::vector<std::vector<std::uint32_t>> previous(count);
  for (std::uint32_t s = 0; s < count; ++s)
    for (const std::uint32_t t : followers(s, at)) previous[t].push_back(s);
  HoldModel hold{std::vector<std::uint8_t>(count), std::vector<std::uint8_t>(count)};
  std::vector<std::uint32_t> open = steps_.at(step_sources_[step]->hold_until);
  for (const std::uint32_t target : open) hold.frees[target] = 1;
  while (!open.empty()) {  // backwards from the end, not through the step that would claim anew
    const std::uint32_t t = open.back();
    open.pop_back();
    if (template_of_[t] == template_of_[step] || hold.keeps[t]) continue;
    hold.keeps[t] = 1;
    open.insert(open.end(), previous[t].begin(), previous[t].end());
  }
  add_holder_lines(step, hold);
  const auto known = std::find(model_.holds.begin(), model_.holds.end(), hold);
  if (known != model_.holds.end()) return static_cast<std::uint32_t>(known - model_.holds.begin());
  model_.holds.push_back(std::move(hold));
  return static_cast<std::uint32_t>(model_.holds.size() - 1);
}

/// A step on the way that works with the same pool uses the slot that the case already has.
void Compilation::add_holder_lines(std::uint32_t step, const HoldModel& hold) {
  for (std::uint32_t t = 0; t < model_.steps.size(); ++t) {
    StepModel& on_the_way = model_.steps[t];
    if (!hold.keeps[t] || on_the_way.pool != model_.steps[step].pool || on_the_way.holder_line != kNone) continue;
    LineModel line{t, kUnlimitedPool, false, on_the_way.more_pools, kNone};
    if (!line.others.empty()) {  // waits for these alone
      line.pool = line.others.back();
      line.others.pop_back();
    }
    on_the_way.holder_line = add_line(std::move(line));
    std::vector<std::uint32_t>& lines = model_.lines_of[t];
    std::rotate(lines.rbegin(), lines.rbegin() + 1, lines.rend());  // holders first
  }
}

void Compilation::add_holds() {
  for (std::uint32_t s = 0; s < model_.steps.size(); ++s) {
    if (step_sources_[s]->hold_until.empty() || model_.steps[s].pool == kUnlimitedPool) continue;
    model_.steps[s].hold = add_hold(s, 0.0);
    for (std::size_t v = 0; v < model_.versions.size(); ++v)
      if (version_of_[v] == s) model_.versions[v].hold = add_hold(s, version_from_[v]);
  }
  copy_to_versions();
}

}  // namespace ketensim
