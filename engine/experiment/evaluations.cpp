#include "engine/experiment/evaluations.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "ketensim/simulate.hpp"

namespace ketensim {

Evaluations::Evaluations(const Scenario& scenario, const std::vector<std::string>& pools,
                         const AllocationOptions& options, std::uint64_t seed)
    : scenario_(scenario),
      pools_(pools),
      options_(options),
      objective_(*find_objective(options.objective)),
      none_(pools.size(), 0) {
  scenario_.seed = seed;
  scenario_.period.report = Report::all;
  scenario_.text.clear();
  const Scenario everywhere = with(Allocation(pools.size(), options.amount));
  for (const Problem& problem : validate(everywhere))
    if (problem.severity == Problem::Severity::error) throw std::invalid_argument(scenario.id + ": " + problem.message);
}

Scenario Evaluations::with(const Allocation& units) const {
  Scenario scenario = scenario_;
  for (Intervention& intervention : interventions_of(pools_, units, scenario_, options_))
    scenario.interventions.push_back(std::move(intervention));
  return scenario;
}

void Evaluations::extend(const std::vector<Allocation>& allocations, int replications, std::string_view phase) {
  std::map<int, std::vector<Allocation>> lacking;  // by the number of replications that they have
  int total = 0, before = 0;
  for (const Allocation& units : allocations) {
    const auto has = static_cast<int>(losses_[units].size());
    std::vector<Allocation>& same = lacking[has];
    if (has >= replications || std::find(same.begin(), same.end(), units) != same.end()) continue;
    same.push_back(units);
    total += replications - has;
  }
  for (const auto& [has, group] : lacking) {
    if (group.empty()) continue;
    std::vector<Scenario> scenarios;
    for (const Allocation& units : group) {
      scenarios.push_back(with(units));
      scenarios.back().replications = replications;
    }
    RunOptions run;
    run.threads = options_.threads;
    run.first_replication = has;
    run.differ_in_capacity = true;
    if (options_.progress) run.progress = [&](int done, int) { options_.progress(phase, before + done, total); };
    const std::vector<Results> results = simulate(scenarios, run);
    for (std::size_t i = 0; i < group.size(); ++i) keep(group[i], results[i]);
    before += static_cast<int>(group.size()) * (replications - has);
  }
}

void Evaluations::keep(const Allocation& units, const Results& results) {
  std::vector<std::vector<double>>& values = values_[units];
  values.resize(objectives().size());
  for (std::size_t o = 0; o < values.size(); ++o)
    for (const double value : objective_values(objectives()[o], scenario_.chain, results)) {
      values[o].push_back(value);
      if (objectives()[o].name == objective_.name) losses_[units].push_back(objective_.more_is_better ? -value : value);
    }
}

std::span<const double> Evaluations::losses(const Allocation& units) const {
  const auto found = losses_.find(units);
  return found == losses_.end() ? std::span<const double>() : std::span<const double>(found->second);
}

std::vector<std::span<const double>> Evaluations::losses(const std::vector<Allocation>& allocations) const {
  std::vector<std::span<const double>> all;
  for (const Allocation& units : allocations) all.push_back(losses(units));
  return all;
}

std::vector<Allocation> Evaluations::tried(int units) const {
  std::vector<Allocation> all;
  for (const auto& [allocation, values] : losses_)
    if (!values.empty() && std::accumulate(allocation.begin(), allocation.end(), 0) == units) all.push_back(allocation);
  return all;
}

Summary Evaluations::value(const Allocation& units) const {
  std::vector<double> values;
  for (const double loss : losses(units)) values.push_back(objective_.more_is_better ? -loss : loss);
  return summarise(values);
}

Summary Evaluations::difference(const Allocation& a, const Allocation& b, int replications) const {
  const auto first = [&](std::span<const double> values) {
    return values.first(std::min(values.size(), static_cast<std::size_t>(replications)));
  };
  std::vector<double> differences = paired(first(losses(a)), first(losses(b)));
  if (objective_.more_is_better)
    for (double& difference : differences) difference = -difference;
  return summarise(differences);
}

std::vector<Summary> Evaluations::differences(const Allocation& a, const Allocation& b) const {
  const auto& of_a = values_.at(a);
  const auto& of_b = values_.at(b);
  std::vector<Summary> summaries;
  for (std::size_t o = 0; o < of_a.size(); ++o) {
    std::vector<double> differences = paired(of_a[o], of_b[o]);
    summaries.push_back(summarise(differences));
  }
  return summaries;
}

}  // namespace ketensim
