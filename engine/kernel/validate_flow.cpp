// Whether cases can flow: every step can be reached and left, no slot is kept for ever, and time goes on.
#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "engine/kernel/model.hpp"
#include "engine/kernel/validation.hpp"

namespace ketensim {
namespace {

/// A draw is never negative, so a mean of 0 says it all.
bool always_zero(const Distribution& d) { return mean_of(d) == 0.0; }

bool always_below(const Distribution& d, double limit) {
  const auto below = [limit](const Distribution& part) { return always_below(part, limit); };
  if (d.kind == "mixture") return std::all_of(d.parts.begin(), d.parts.end(), below);
  if (d.kind == "uniform" || d.kind == "empirical")
    return std::all_of(d.points.begin(), d.points.end(), [limit](double point) { return point < limit; });
  return always_zero(d) || (d.kind == "deterministic" && mean_of(d) < limit);
}

/// Durations that may be those of a service at the step.
std::vector<const Distribution*> durations_of(const Step& step) {
  std::vector<const Distribution*> durations{&step.duration};
  for (const DurationOfClass& of_class : step.duration_of_class) durations.push_back(&of_class.duration);
  return durations;
}

std::string listed(const Chain& chain, const std::vector<std::size_t>& steps) {
  constexpr std::size_t kMost = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(steps.size(), kMost); ++i)
    text += (i == 0 ? "" : ", ") + chain.steps[steps[i]].id;
  return steps.size() > kMost ? text + ", ..." : text;
}

/// A route that only an intervention opens leads to its steps too.
void add_routes_of_interventions(const Scenario& scenario, const ChainNames& names, Graph& named) {
  for (const Intervention& intervention : scenario.interventions) {
    const auto at = intervention.settings.values.find("step");
    const auto* from = at == intervention.settings.values.end() ? nullptr : std::get_if<std::string>(&at->second);
    const auto step = from ? names.step(*from) : std::nullopt;
    if (!step) continue;
    for (const auto& [key, value] : intervention.settings.values)
      if (const auto* targets = std::get_if<std::vector<Target>>(&value))
        for (const Target& target : *targets)
          if (const auto to = names.step(target.to)) named[step->row].push_back(to->row);
  }
}

void check_reachable(const Scenario& scenario, const ChainNames& names, const StepGraph& graph, Findings& findings) {
  const Chain& chain = scenario.chain;
  std::vector<std::size_t> entries;
  for (const Stream& stream : chain.streams) entries.push_back(names.step(stream.to)->row);
  if (chain.returns) entries.push_back(names.step(chain.returns->to)->row);
  Graph named = graph.named;
  add_routes_of_interventions(scenario, names, named);
  const std::vector<std::uint8_t> from_entry = reached(named, entries);
  const std::vector<std::uint8_t> to_out = reached(reversed(graph.next), {graph.out});
  for (std::size_t i = 0; i < chain.steps.size(); ++i) {
    const Keys at = Keys("steps") / chain.steps[i].id;
    if (!from_entry[i])
      findings.error(at, fmt::format("no route leads to {}: it can never be reached", chain.steps[i].id));
    if (!to_out[i])
      findings.error(at,
                     fmt::format("cases can never leave the chain from {}: no way leads to `out`", chain.steps[i].id));
  }
}

void check_holds(const Chain& chain, const ChainNames& names, const StepGraph& graph, Findings& findings) {
  std::map<std::size_t, std::size_t> node_of_pool;  // row of a pool: node of `waits`
  Graph waits;                                      // who keeps a slot of one pool may wait for another
  const auto node = [&](const std::string& pool) {
    const auto [at, is_new] = node_of_pool.emplace(names.pool(pool)->row, waits.size());
    if (is_new) waits.emplace_back();
    return at->second;
  };
  for (std::size_t i = 0; i < chain.steps.size(); ++i) {
    const Step& step = chain.steps[i];
    if (step.hold_until.empty()) continue;
    const std::vector<std::uint8_t> keeps = graph.keeps(i, names.step(step.hold_until)->row);
    if (std::none_of(graph.routes[i].begin(), graph.routes[i].end(), [&](std::size_t next) { return keeps[next]; }))
      findings.error(Keys("steps") / step.id / "hold_until",
                     fmt::format("this can never end: no route leads from {} to {} without passing {} again", step.id,
                                 step.hold_until, step.id));
    const std::size_t kept = node(step.pool);
    for (std::size_t t = 0; t < chain.steps.size(); ++t) {
      if (!keeps[t] || chain.steps[t].pool.empty()) continue;
      const auto add = [&](const std::string& pool) {
        const std::size_t needed = node(pool);
        if (needed != kept) waits[kept].push_back(needed);
      };
      add(chain.steps[t].pool);
      for (const std::string& pool : chain.steps[t].more_pools) {
        add(pool);
        if (node(pool) == kept)
          findings.error(
              Keys("steps") / chain.steps[t].id / "pool",
              fmt::format("a case may come here with a slot of {} that it keeps from {}: name that pool first", pool,
                          step.id));
      }
    }
  }
  for (const std::vector<std::size_t>& circle : circles(waits)) {
    std::string pools;
    for (const auto& [row, in_graph] : node_of_pool)
      if (std::find(circle.begin(), circle.end(), in_graph) != circle.end())
        pools += (pools.empty() ? "" : ", ") + chain.pools[row].id;
    findings.warning("pools",
                     fmt::format("these pools may lock each other, because of `hold_until` who keeps a slot of "
                                 "one may wait for another: {}",
                                 pools));
  }
}

/// By dates a service of less than half a day takes no time, and a wait of less than a day, but no hand-over and no slot comes on the day on which a service ends.
void check_time_goes_on(const Chain& chain, const ChainNames& names, Resolution resolution, Findings& findings) {
  const bool by_dates = resolution == Resolution::day;
  const auto takes_no_time = [&](const Distribution& d, double rounded) {
    return by_dates ? always_below(d, rounded) : always_zero(d);
  };
  const auto may_pass_at_once = [&](const Step& step) {
    if (by_dates && !step.pool.empty()) return false;
    const std::vector<const Distribution*> durations = durations_of(step);
    return std::any_of(durations.begin(), durations.end(), [&](const Distribution* d) { return takes_no_time(*d, kNoon); });
  };
  Graph at_once(chain.steps.size());  // steps that a case may pass in no time
  for (std::size_t i = 0; i < chain.steps.size(); ++i) {
    const Step& step = chain.steps[i];
    const auto add = [&](const std::string& to) {
      if (to != "out") at_once[i].push_back(names.step(to)->row);
    };
    if (step.patience && takes_no_time(step.patience->after, 1.0)) add(step.patience->to);
    if (!may_pass_at_once(step)) continue;
    for (const Branch& branch : step.next)
      for (const Target& target : branch.to)
        if (target.share > 0.0 && (!target.after || (!by_dates && always_zero(*target.after)))) add(target.to);
  }
  for (std::vector<std::size_t>& circle : circles(at_once)) {
    std::sort(circle.begin(), circle.end());
    findings.error(
        Keys("steps") / chain.steps[circle.front()].id / "duration",
        fmt::format("time would stand still: cases can go round in no time at all through {}", listed(chain, circle)));
  }
}

}  // namespace

void check_flow(const Scenario& scenario, const ChainNames& names, Findings& findings) {
  const StepGraph graph(scenario.chain, names);
  check_reachable(scenario, names, graph, findings);
  check_holds(scenario.chain, names, graph, findings);
  check_time_goes_on(scenario.chain, names, scenario.period.resolution, findings);
}

}  // namespace ketensim
