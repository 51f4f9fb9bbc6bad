#include "ketensim/sequence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/experiment/selection.hpp"

namespace ketensim {
namespace {

constexpr std::size_t kFirst = 3;

using Chosen = std::set<std::size_t>;

class Trial {
 public:
  Trial(const Results& baseline, const Scenario& alternative, const Results& results, std::size_t shared,
        const Objective& objective, const Simulate& simulate)
      : alternative_(alternative),
        shared_(shared),
        count_(alternative.interventions.size() - shared),
        objective_(objective),
        simulate_(simulate) {
    values_[{}] = objective_values(objective, alternative.chain, baseline);
    values_[up_to(count_)] = objective_values(objective, alternative.chain, results);
  }

  SequenceStudy study() {
    std::vector<Chosen> sets;
    for (std::size_t i = 0; i < count_; ++i) sets.insert(sets.end(), {{i}, up_to(i + 1)});
    run(sets);
    study_.sequence.alternative = alternative_.id;
    study_.sequence.objective = &objective_;
    for (std::size_t i = 0; i < count_; ++i) study_.sequence.rows.push_back(row(i));
    add_totals();
    Chosen done;
    while (done.size() < std::min(kFirst, count_)) {
      study_.sequence.first.push_back(next_of(done));
      done.insert(study_.sequence.first.back().intervention);
    }
    return std::move(study_);
  }

 private:
  static Chosen up_to(std::size_t count) {
    Chosen chosen;
    for (std::size_t i = 0; i < count; ++i) chosen.insert(i);
    return chosen;
  }
  static Chosen with(Chosen chosen, std::size_t one) {
    chosen.insert(one);
    return chosen;
  }
  const std::string& kind_of(std::size_t i) const { return alternative_.interventions[shared_ + i].kind; }

  std::string id_of(const Chosen& chosen) const {
    if (chosen.size() == count_) return alternative_.id;
    if (chosen.size() == 1)
      return fmt::format("{}-{}-{}", alternative_.id, *chosen.begin() + 1, kind_of(*chosen.begin()));
    std::string numbers;
    for (const std::size_t i : chosen) numbers += fmt::format("{}{}", numbers.empty() ? "" : "+", i + 1);
    return alternative_.id + "-" + numbers;
  }

  Scenario scenario_of(const Chosen& chosen) const {
    Scenario scenario = alternative_;
    const auto own = alternative_.interventions.begin() + static_cast<std::ptrdiff_t>(shared_);
    scenario.id = id_of(chosen);
    scenario.name = fmt::format("{} ({})", alternative_.name, scenario.id.substr(alternative_.id.size() + 1));
    scenario.interventions.assign(alternative_.interventions.begin(), own);
    for (const std::size_t i : chosen) scenario.interventions.push_back(*(own + static_cast<std::ptrdiff_t>(i)));
    return scenario;
  }

  /// Simulates those that were not yet.
  void run(const std::vector<Chosen>& sets) {
    std::vector<Chosen> lacking;
    std::vector<Scenario> scenarios;
    for (const Chosen& chosen : sets) {
      if (values_.count(chosen) || std::find(lacking.begin(), lacking.end(), chosen) != lacking.end()) continue;
      lacking.push_back(chosen);
      scenarios.push_back(scenario_of(chosen));
    }
    if (scenarios.empty()) return;
    std::vector<Results> results = simulate_(scenarios);
    for (std::size_t i = 0; i < lacking.size(); ++i) {
      values_[lacking[i]] = objective_values(objective_, alternative_.chain, results[i]);
      study_.scenarios.push_back(std::move(scenarios[i]));
      study_.results.push_back(std::move(results[i]));
    }
  }

  Summary difference(const Chosen& a, const Chosen& b) const {
    std::vector<double> differences = paired(values_.at(a), values_.at(b));
    return summarise(differences);
  }

  /// Of a sum of objectives with these signs, per replication.
  Summary combined(const std::vector<std::pair<Chosen, double>>& terms) const {
    std::vector<double> sums(values_.at({}).size(), 0.0);
    for (const auto& [chosen, sign] : terms)
      for (std::size_t r = 0; r < sums.size(); ++r) sums[r] += sign * values_.at(chosen)[r];
    return summarise(sums);
  }

  InSequence row(std::size_t i) const {
    InSequence row{i, kind_of(i), id_of({i}), id_of(up_to(i + 1)), {}, {}, {}, {}};
    row.alone = difference({i}, {});
    row.upto = difference(up_to(i + 1), {});
    row.added = difference(up_to(i + 1), up_to(i));
    // What is the same scenario differs from itself by exactly nothing.
    row.interaction =
        i == 0 ? difference({}, {}) : combined({{up_to(i + 1), 1.0}, {up_to(i), -1.0}, {{i}, -1.0}, {{}, 1.0}});
    return row;
  }

  void add_totals() {
    const Chosen all = up_to(count_);
    std::vector<std::pair<Chosen, double>> alone{{{}, -static_cast<double>(count_)}};
    for (std::size_t i = 0; i < count_; ++i) alone.push_back({{i}, 1.0});
    study_.sequence.together = difference(all, {});
    study_.sequence.sum_of_alone = combined(alone);
    for (auto& [chosen, sign] : alone) sign = -sign;
    alone.push_back({all, 1.0});
    alone.push_back({{}, -1.0});
    study_.sequence.interaction = combined(alone);
  }

  /// The losses with one more than those done.
  std::vector<double> losses(const Chosen& done, std::size_t one) const {
    std::vector<double> losses = values_.at(with(done, one));
    if (objective_.more_is_better)
      for (double& loss : losses) loss = -loss;
    return losses;
  }

  DoneFirst next_of(const Chosen& done) {
    std::vector<std::size_t> others;
    for (std::size_t i = 0; i < count_; ++i)
      if (!done.count(i)) others.push_back(i);
    std::vector<Chosen> sets;
    for (const std::size_t i : others) sets.push_back(with(done, i));
    run(sets);
    const auto mean = [&](std::size_t i) {
      const std::vector<double> values = losses(done, i);
      return mean_of_first(values, static_cast<int>(values.size()));
    };
    std::stable_sort(others.begin(), others.end(), [&](std::size_t a, std::size_t b) { return mean(a) < mean(b); });
    const std::size_t best = others.front();
    DoneFirst next{best, kind_of(best), id_of(with(done, best)), {}, {}, std::nullopt, {}, 1.0};
    next.upto = difference(with(done, best), {});
    next.added = difference(with(done, best), done);
    if (others.size() > 1) {
      next.runner_up = others[1];
      next.behind = difference(with(done, others[1]), with(done, best));
    }
    for (std::size_t i = 1; i < others.size(); ++i)
      next.probability *= probability_no_worse(losses(done, best), losses(done, others[i]), 0.0);
    return next;
  }

  const Scenario& alternative_;
  const std::size_t shared_, count_;
  const Objective& objective_;
  const Simulate& simulate_;
  std::map<Chosen, std::vector<double>> values_;
  SequenceStudy study_;
};

}  // namespace

SequenceStudy sequence(const Results& baseline, const Scenario& alternative, const Results& results, std::size_t shared,
                       const Objective& objective, const Simulate& simulate) {
  return Trial(baseline, alternative, results, shared, objective, simulate).study();
}

}  // namespace ketensim
