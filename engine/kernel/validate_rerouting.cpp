// What levers that reroute make of the flow of cases, in every stretch of time in which the same ones hold.
#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "engine/kernel/validation.hpp"

namespace ketensim {
namespace {

/// A `routing` or `choose` at one step of the chain.
struct Rerouting {
  std::size_t intervention, row;
  bool all_members;
  std::vector<Target> to;
  Date from, until;
  bool holds(Date day) const { return from <= day && day < until; }
};

std::vector<Rerouting> reroutings(const Scenario& scenario, const ChainNames& names) {
  std::vector<Rerouting> result;
  for (std::size_t i = 0; i < scenario.interventions.size(); ++i) {
    const Intervention& intervention = scenario.interventions[i];
    if (intervention.kind != "routing" && intervention.kind != "choose") continue;
    const Settings& settings = intervention.settings;
    const auto step = names.step(settings.get<std::string>("step"));
    result.push_back({i, step->row, step->member.empty(),
                      settings.get<std::vector<Target>>(intervention.kind == "routing" ? "to" : "among"),
                      settings.get_or("from", Date{}), settings.get_or("until", scenario.period.end)});
  }
  return result;
}

/// Where cases may go next on that day.
Graph routes_on(Date day, const Scenario& scenario, const ChainNames& names, const std::vector<Rerouting>& levers) {
  const Chain& chain = scenario.chain;
  Graph next(chain.steps.size() + 1);
  const auto add = [&](std::size_t from, const std::string& to) {
    next[from].push_back(to == "out" ? chain.steps.size() : names.step(to)->row);
  };
  for (std::size_t row = 0; row < chain.steps.size(); ++row) {
    const Rerouting* replacing = nullptr;  // the last one listed holds
    for (const Rerouting& lever : levers)
      if (lever.row == row && lever.holds(day)) {
        for (const Target& target : lever.to)
          if (!lever.all_members && target.share > 0.0) add(row, target.to);
        if (lever.all_members) replacing = &lever;
      }
    const Step& step = chain.steps[row];
    for (const Branch& branch : step.next)
      for (const Target& target : branch.when.empty() && replacing ? replacing->to : branch.to)
        if (target.share > 0.0) add(row, target.to);
    if (step.patience) add(row, step.patience->to);
  }
  for (const Intervention& intervention : scenario.interventions) {
    if (intervention.kind == "overflow")
      add(names.step(intervention.settings.get<std::string>("step"))->row,
          intervention.settings.get<std::string>("to"));
    if (intervention.kind == "together") {
      const auto& steps = intervention.settings.get<std::vector<std::string>>("steps");
      for (const std::string& step : steps) add(names.step(steps.front())->row, step);
    }
  }
  return next;
}

}  // namespace

void check_reroutings(const Scenario& scenario, const ChainNames& names, Findings& findings) {
  const Chain& chain = scenario.chain;
  const std::vector<Rerouting> levers = reroutings(scenario, names);
  std::vector<std::size_t> entries;
  for (const Stream& stream : chain.streams) entries.push_back(names.step(stream.to)->row);
  if (chain.returns) entries.push_back(names.step(chain.returns->to)->row);
  const std::vector<std::uint8_t> reached_before = reached(StepGraph(chain, names).named, entries);
  std::set<std::size_t> stuck, orphaned;  // each is told once
  for (const Rerouting& lever : levers) {
    const Graph next = routes_on(lever.from, scenario, names, levers);
    const std::vector<std::uint8_t> from_entry = reached(next, entries),
                                    to_out = reached(reversed(next), {chain.steps.size()});
    const Keys at = Keys("interventions") / lever.intervention / scenario.interventions[lever.intervention].kind;
    for (std::size_t row = 0; row < chain.steps.size(); ++row) {
      if (!to_out[row] && stuck.insert(row).second)
        findings.error(at, fmt::format("cases can never leave the chain from {} any more: no way leads to `out`",
                                       chain.steps[row].id));
      else if (!from_entry[row] && reached_before[row] && orphaned.insert(row).second)
        findings.warning(at, fmt::format("nobody comes to {} any more: no route leads there", chain.steps[row].id));
    }
  }
}

}  // namespace ketensim
