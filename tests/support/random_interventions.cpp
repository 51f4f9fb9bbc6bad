#include "tests/support/random_interventions.hpp"

#include <algorithm>
#include <array>

namespace ketensim::support {
namespace {

using std::chrono::days;
using Given = std::map<std::string, Value, std::less<>>;
using Drawn = std::optional<Settings>;

constexpr double kNever = 1e8;

Change factor(double amount) { return {Change::Kind::factor, amount}; }

/// Until the end, or for some weeks.
Settings dated(Chance& chance, const Scenario& scenario, Date from, Given given) {
  given["from"] = from;
  const Date until = from + days{chance.pick({14, 30, 60, 90})};
  if (until < scenario.period.end && chance.happens(0.5)) given["until"] = until;
  return {std::move(given)};
}

std::string random_step(Chance& chance, const Scenario& scenario) { return chance.pick(scenario.chain.steps).id; }
std::string random_pool(Chance& chance, const Scenario& scenario) { return chance.pick(scenario.chain.pools).id; }

std::vector<std::string> random_steps(Chance& chance, const Scenario& scenario, std::size_t count) {
  std::vector<std::string> names;
  for (const Step& step : scenario.chain.steps) names.push_back(step.id);
  chance.shuffle(names);
  names.resize(std::min(count, names.size()));
  return names;
}

/// A factor on a step's own figure.
Drawn scaled_step(Chance& chance, const Scenario& scenario, Date from, double amount) {
  return dated(chance, scenario, from, {{"step", random_step(chance, scenario)}, {"change", factor(amount)}});
}

Drawn clear_backlog(Chance& chance, const Scenario& scenario, Date from) {
  Given given{{"step", random_step(chance, scenario)}, {"on", from}};
  if (chance.happens(0.5)) given["at_most"] = static_cast<double>(chance.between(1, 8));
  if (chance.happens(0.3)) given["over"] = Duration{chance.pick({2.0, 7.0, 21.0}), false};
  return Settings{std::move(given)};
}
Drawn clear_nobody(Chance& chance, const Scenario& scenario, Date from) {
  return Settings{{{"step", random_step(chance, scenario)}, {"on", from}, {"at_most", 0.0}}};
}

Drawn capacity(Chance& chance, const Scenario& scenario, Date from) {
  if (scenario.chain.pools.empty()) return {};
  const Pool& pool = chance.pick(scenario.chain.pools);
  using Kind = Change::Kind;
  std::vector<Change> changes{factor(0.0),
                              factor(0.5),
                              factor(0.8),
                              factor(1.3),
                              factor(2.0),
                              {Kind::add_slots, 1.0},
                              {Kind::add_slots, 4.0},
                              {Kind::add_slots, -1.0},
                              {Kind::set_slots, 2.0}};
  if (pool.fte) changes.insert(changes.end(), {{Kind::add_fte, 1.5}, {Kind::add_fte, -0.5}, {Kind::set_fte, 3.0}});
  const Change change = chance.pick(changes);
  Given given{{"pool", pool.id}, {"change", change}};
  const bool adds =
      change.kind == Kind::factor ? change.amount > 1.0 : change.kind < Kind::set_slots && change.amount > 0.0;
  if (adds && chance.happens(0.3))
    given["ramp"] = Duration{40.0, false};
  else if (change == Change{Kind::add_slots, 4.0} && chance.happens(0.5))
    given["waited"] = Duration{10.0, false};
  return dated(chance, scenario, from, std::move(given));
}
Drawn same_capacity(Chance& chance, const Scenario& scenario, Date from) {
  if (scenario.chain.pools.empty()) return {};
  return dated(chance, scenario, from,
               {{"pool", random_pool(chance, scenario)},
                {"change", chance.pick({factor(1.0), Change{Change::Kind::add_slots, 0.0}})}});
}

Drawn scaled_arrivals(Chance& chance, const Scenario& scenario, Date from, double amount) {
  return dated(chance, scenario, from,
               {{"stream", chance.pick(scenario.chain.streams).id}, {"change", factor(amount)}});
}
Drawn arrivals(Chance& chance, const Scenario& scenario, Date from) {
  return scaled_arrivals(chance, scenario, from, chance.pick({0.0, 0.5, 0.9, 1.1, 1.6}));
}
Drawn same_arrivals(Chance& chance, const Scenario& scenario, Date from) {
  return scaled_arrivals(chance, scenario, from, 1.0);
}

Drawn duration(Chance& chance, const Scenario& scenario, Date from) {
  return scaled_step(chance, scenario, from, chance.pick({0.3, 0.85, 1.2, 2.0}));
}
Drawn patience(Chance& chance, const Scenario& scenario, Date from) {
  return scaled_step(chance, scenario, from, chance.pick({0.3, 0.8, 3.0}));
}
Drawn same_scale(Chance& chance, const Scenario& scenario, Date from) {
  return scaled_step(chance, scenario, from, 1.0);
}

Drawn routing(Chance& chance, const Scenario& scenario, Date from) {
  const auto row = static_cast<std::size_t>(chance.between(0, static_cast<int>(scenario.chain.steps.size()) - 1));
  return dated(chance, scenario, from,
               {{"step", scenario.chain.steps[row].id}, {"to", random_targets(chance, scenario.chain, row, false)}});
}
Drawn same_routing(Chance& chance, const Scenario& scenario, Date from) {
  const Step& step = chance.pick(scenario.chain.steps);
  if (step.next.back().by != ChoiceRule::share) return {};
  return dated(chance, scenario, from, {{"step", step.id}, {"to", step.next.back().to}});
}

Drawn choose(Chance& chance, const Scenario& scenario, Date from) {
  const auto row = static_cast<std::size_t>(chance.between(0, static_cast<int>(scenario.chain.steps.size()) - 1));
  std::vector<Target> among = random_targets(chance, scenario.chain, row, false);
  std::erase_if(among, [](const Target& target) { return target.to == "out"; });
  if (among.empty()) return {};
  for (Target& target : among) target.share = 1.0 / static_cast<double>(among.size());
  return dated(chance, scenario, from,
               {{"step", scenario.chain.steps[row].id},
                {"among", std::move(among)},
                {"by", std::string(chance.pick({"share", "shortest_queue", "most_free"}))}});
}
/// Among one there is nothing to choose: a step that has one way on anyway.
Drawn no_choice(Chance& chance, const Scenario& scenario, Date from) {
  std::vector<const Step*> steps;
  for (const Step& step : scenario.chain.steps)
    if (step.next.back().to.size() == 1 && step.next.back().to.front().to != "out") steps.push_back(&step);
  if (steps.empty()) return {};
  const Step& step = *chance.pick(steps);
  return dated(chance, scenario, from,
               {{"step", step.id}, {"among", step.next.back().to}, {"by", std::string("shortest_queue")}});
}

Drawn diverted(Chance& chance, const Scenario& scenario, Date from, double above) {
  const std::vector<std::string> steps = random_steps(chance, scenario, 2);
  if (steps.size() < 2) return {};
  return dated(chance, scenario, from, {{"step", steps[0]}, {"to", steps[1]}, {"above", above}});
}
Drawn overflow(Chance& chance, const Scenario& scenario, Date from) {
  return diverted(chance, scenario, from, chance.between(0, 8));
}
/// Never taken it is a way nonetheless, on which a slot may be kept.
Drawn no_overflow(Chance& chance, const Scenario& scenario, Date from) {
  for (const Step& step : scenario.chain.steps)
    if (!step.hold_until.empty()) return {};
  return diverted(chance, scenario, from, kNever);
}

Drawn reserved(Chance& chance, const Scenario& scenario, Date from, double slots) {
  if (scenario.chain.pools.empty()) return {};
  Given given{{"pool", random_pool(chance, scenario)}, {"slots", slots}};
  const std::vector<Stream::Attribute>& attributes = scenario.chain.streams.front().attributes;
  const bool by_attribute = !attributes.empty() && chance.happens(0.6);
  if (by_attribute)
    given["when"] = std::vector<Condition>{{attributes.front().name, {attributes.front().shares.front().first}}};
  if (!by_attribute || chance.happens(0.2)) given["waited"] = Duration{chance.pick({4.0, 15.0}), false};
  return dated(chance, scenario, from, std::move(given));
}
Drawn reserve(Chance& chance, const Scenario& scenario, Date from) {
  return reserved(chance, scenario, from, chance.between(1, 3));
}
Drawn reserve_nothing(Chance& chance, const Scenario& scenario, Date from) {
  return reserved(chance, scenario, from, 0.0);
}

Drawn release(Chance& chance, const Scenario& scenario, Date from) {
  Given given{{"step", random_step(chance, scenario)},
              {"weekly", std::string(chance.pick({"monday", "tuesday", "friday", "sunday"}))}};
  if (chance.happens(0.3)) given["every"] = 2.0;
  if (chance.happens(0.5)) given["at_most"] = chance.pick({1.0, 3.0, 20.0});
  return dated(chance, scenario, from, std::move(given));
}

Drawn absent(Chance& chance, const Scenario& scenario, Date from, double share) {
  if (scenario.chain.pools.empty()) return {};
  return dated(chance, scenario, from, {{"pool", random_pool(chance, scenario)}, {"share", share}});
}
Drawn sick_leave(Chance& chance, const Scenario& scenario, Date from) {
  return absent(chance, scenario, from, chance.pick({0.1, 0.4}));
}
Drawn nobody_ill(Chance& chance, const Scenario& scenario, Date from) { return absent(chance, scenario, from, 0.0); }

Drawn replaced(Chance& chance, const Scenario& scenario, Date from, double rate) {
  if (scenario.chain.pools.empty()) return {};
  Given given{{"pool", random_pool(chance, scenario)}, {"rate", rate}, {"vacancy", Duration{30.0, false}}};
  if (chance.happens(0.5)) given["ramp"] = Duration{45.0, false};
  return dated(chance, scenario, from, std::move(given));
}
Drawn turnover(Chance& chance, const Scenario& scenario, Date from) {
  return replaced(chance, scenario, from, chance.pick({0.3, 2.0}));
}
Drawn nobody_leaves(Chance& chance, const Scenario& scenario, Date from) {
  return replaced(chance, scenario, from, 1e-12);
}

/// Whatever its settings, it makes a difference.
Drawn has_no_neutral(Chance&, const Scenario&, Date) { return {}; }

Drawn order(Chance& chance, const Scenario& scenario, Date from) {
  return dated(chance, scenario, from,
               {{"step", random_step(chance, scenario)}, {"order", random_order(chance, scenario.chain)}});
}
Drawn same_order(Chance& chance, const Scenario& scenario, Date from) {
  const Step& step = chance.pick(scenario.chain.steps);
  return dated(chance, scenario, from, {{"step", step.id}, {"order", step.order}});
}

Drawn norm(Chance& chance, const Scenario& scenario, Date from) {
  Given given{{"step", random_step(chance, scenario)}};
  const Norm drawn = random_norm(chance);
  if (drawn.wait) given["wait"] = *drawn.wait;
  if (drawn.service) given["service"] = *drawn.service;
  if (drawn.lead_time) given["lead_time"] = *drawn.lead_time;
  return dated(chance, scenario, from, std::move(given));
}
Drawn same_norm(Chance& chance, const Scenario& scenario, Date from) {
  return dated(chance, scenario, from, {{"step", random_step(chance, scenario)}});
}

Drawn returns(Chance& chance, const Scenario& scenario, Date from) {
  return dated(chance, scenario, from, {{"change", factor(chance.pick({0.0, 0.5, 2.0}))}});
}
Drawn same_returns(Chance& chance, const Scenario& scenario, Date from) {
  return dated(chance, scenario, from, {{"change", factor(1.0)}});
}

Drawn lent(Chance& chance, const Scenario& scenario, Date from, double slots, double above, double below) {
  std::vector<std::string> pools;
  for (const Pool& pool : scenario.chain.pools) pools.push_back(pool.id);
  if (pools.size() < 2) return {};
  chance.shuffle(pools);
  const std::string queue = random_step(chance, scenario);
  Given given{{"pool", pools[0]},
              {"to", pools[1]},
              {"slots", slots},
              {"when", Settings{{{"queue", queue}, {"above", above}}}},
              {"back", Settings{{{"below", below}}}}};
  if (chance.happens(0.5)) given["delay"] = Duration{chance.pick({1.0, 9.0}), chance.happens(0.3)};
  if (chance.happens(0.5)) given["efficiency"] = chance.pick({0.5, 0.8});
  return dated(chance, scenario, from, std::move(given));
}
Drawn lend(Chance& chance, const Scenario& scenario, Date from) {
  const int above = chance.between(0, 6);
  return lent(chance, scenario, from, chance.between(1, 4), above, chance.between(0, above));
}
Drawn lend_nothing(Chance& chance, const Scenario& scenario, Date from) {
  if (chance.happens(0.5)) return lent(chance, scenario, from, 0.0, 1.0, 1.0);
  return lent(chance, scenario, from, 2.0, kNever, 1.0);
}

Drawn limited(Chance& chance, const Scenario& scenario, Date from, double limit) {
  const auto count = static_cast<std::size_t>(chance.between(1, 3));
  return dated(chance, scenario, from, {{"steps", random_steps(chance, scenario, count)}, {"limit", limit}});
}
Drawn wip_limit(Chance& chance, const Scenario& scenario, Date from) {
  return limited(chance, scenario, from, chance.pick({1.0, 4.0, 12.0}));
}
/// Who needs a card gets it at the end of the moment, so that routes that look at queues may see him there later.
Drawn no_limit(Chance& chance, const Scenario& scenario, Date from) {
  const auto looks = [](const auto& holder) { return holder.kind == "choose" || holder.kind == "overflow"; };
  if (std::any_of(scenario.interventions.begin(), scenario.interventions.end(), looks)) return {};
  for (const Step& step : scenario.chain.steps)
    if (step.next.back().by != ChoiceRule::share) return {};
  return limited(chance, scenario, from, kNever);
}

Drawn joined(Chance& chance, const Scenario& scenario, Date from, double share) {
  if (scenario.chain.steps.size() < 2) return {};
  const auto count = static_cast<std::size_t>(chance.between(2, 3));
  return dated(chance, scenario, from, {{"steps", random_steps(chance, scenario, count)}, {"share", share}});
}
Drawn together(Chance& chance, const Scenario& scenario, Date from) {
  return joined(chance, scenario, from, chance.pick({0.3, 1.0}));
}
Drawn nobody_together(Chance& chance, const Scenario& scenario, Date from) {
  return joined(chance, scenario, from, 0.0);
}

constexpr std::array kKinds{
    RandomKind{"clear_backlog", clear_backlog, clear_nobody},
    RandomKind{"capacity", capacity, same_capacity},
    RandomKind{"arrivals", arrivals, same_arrivals},
    RandomKind{"duration", duration, same_scale},
    RandomKind{"routing", routing, same_routing},
    RandomKind{"choose", choose, no_choice},
    RandomKind{"overflow", overflow, no_overflow},
    RandomKind{"order", order, same_order},
    RandomKind{"reserve", reserve, reserve_nothing},
    RandomKind{"release", release, has_no_neutral},
    RandomKind{"patience", patience, same_scale},
    RandomKind{"norm", norm, same_norm},
    RandomKind{"returns", returns, same_returns},
    RandomKind{"lend", lend, lend_nothing},
    RandomKind{"wip_limit", wip_limit, no_limit},
    RandomKind{"together", together, nobody_together},
    RandomKind{"sick_leave", sick_leave, nobody_ill},
    RandomKind{"turnover", turnover, nobody_leaves},
};

/// As an intervention, if the scenario is valid with it.
std::optional<Intervention> if_valid(const Scenario& scenario, const RandomKind& kind, Drawn settings) {
  if (!settings) return {};
  Scenario with = scenario;
  with.interventions.push_back({std::string(kind.name), std::move(*settings)});
  if (!is_valid(with)) return {};
  return std::move(with.interventions.back());
}

}  // namespace

std::span<const RandomKind> random_kinds() { return kKinds; }

Date random_day(Chance& chance, const Scenario& scenario) {
  const Date origin = origin_of(scenario);
  const auto length = static_cast<int>((scenario.period.end - origin).count());
  // Often the same few days, so that things fall together.
  const int day = chance.happens(0.5) ? length * chance.between(1, 3) / 4 : chance.between(0, length - 1);
  return origin + days{day};
}

std::optional<Intervention> random_intervention(Chance& chance, const Scenario& scenario, const RandomKind& kind,
                                                Date from) {
  return if_valid(scenario, kind, kind.drawn(chance, scenario, from));
}

std::optional<Intervention> neutral_intervention(Chance& chance, const Scenario& scenario, const RandomKind& kind) {
  return if_valid(scenario, kind, kind.neutral(chance, scenario, random_day(chance, scenario)));
}

void add_random_interventions(Chance& chance, Scenario& scenario, int most, std::span<const std::string_view> kinds) {
  std::vector<const RandomKind*> rows;
  for (const RandomKind& kind : kKinds)
    if (kinds.empty() || std::find(kinds.begin(), kinds.end(), kind.name) != kinds.end()) rows.push_back(&kind);
  if (chance.happens(0.3)) {  // few kinds, so that there are several of one
    chance.shuffle(rows);
    rows.resize(std::min<std::size_t>(rows.size(), 2));
  }
  for (int count = chance.between(0, most); count > 0; --count) {
    const RandomKind& kind = *chance.pick(rows);
    if (auto added = random_intervention(chance, scenario, kind, random_day(chance, scenario)))
      scenario.interventions.push_back(std::move(*added));
  }
}

}  // namespace ketensim::support
