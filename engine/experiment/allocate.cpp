#include "ketensim/allocate.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <stdexcept>

#include "engine/experiment/allocation_space.hpp"
#include "engine/experiment/evaluations.hpp"

namespace ketensim {
namespace {

constexpr int kFirst = 20;             // replications before anything is dropped
constexpr int kMostSearched = 60;      // replications of an allocation in the search; the rest is for the last few
constexpr std::size_t kShortlist = 8;  // pools that are tried for the next unit
constexpr std::size_t kFinalists = 8;

int units_of(const Allocation& units) { return std::accumulate(units.begin(), units.end(), 0); }

/// With two digits that count: an indifference is no measurement.
double rounded(double value) {
  const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1.0);
  return std::round(value / unit) * unit;
}

class Search {
 public:
  Search(const Scenario& scenario, const AllocationOptions& options)
      : scenario_(scenario),
        options_(options),
        pools_(allocation_pools(scenario, options.unit)),
        space_(scenario, pools_, options.limits),
        search_(scenario, pools_, options, scenario.seed + 1),
        last_(scenario, pools_, options, scenario.seed) {
    first_ = std::min(kFirst, scenario.replications);
    most_searched_ = std::min(kMostSearched, scenario.replications);
  }

  AllocationStudy study() {
    AllocationStudy study;
    study.pools = pools_;
    study.search_seed = scenario_.seed + 1;
    study.marginal_replications = first_;
    study.marginal = marginal_effects();
    Allocation units = search_.none();
    for (int amount = 1; amount <= options_.amount; ++amount) {
      units = grown(units);
      if (!options_.frontier && amount < options_.amount) continue;
      settle_indifference(units);
      study.best.push_back(best_of(amount, units));
      units = study.best.back().units;
    }
    study.baseline = last_.value(last_.none());
    study.indifference = indifference_;
    return study;
  }

 private:
  /// Without limits: what one unit is worth is told of every pool.
  std::vector<Summary> marginal_effects() {
    std::vector<Allocation> single{search_.none()};
    for (std::size_t p = 0; p < pools_.size(); ++p) {
      single.push_back(search_.none());
      ++single.back()[p];
    }
    search_.extend(single, first_, "one more at each pool");
    if (search_.value(search_.none()).defined < first_)
      throw std::invalid_argument(scenario_.id + ": " + options_.objective +
                                  " is undefined in some replications: nobody comes so far within the period");
    std::vector<Summary> effects;
    for (std::size_t p = 0; p < pools_.size(); ++p) {
      effects.push_back(search_.difference(single[p + 1], search_.none(), first_));
      worth_.push_back(mean_of_first(search_.losses(single[p + 1]), first_));
    }
    return effects;
  }

  void tell(const Allocation& so_far) {
    if (options_.best_so_far) options_.best_so_far(so_far, search_.difference(so_far, search_.none(), first_));
  }

  SelectionRule rule() const { return {indifference_, (1.0 - options_.confidence) / 2.0, first_}; }

  /// The allocation with one unit more where it is worth most, of the pools where one was worth most so far.
  Allocation grown(const Allocation& units) {
    std::vector<Allocation> more = space_.one_more(units);
    const auto worth = [&](const Allocation& next) {
      const auto at = std::mismatch(next.begin(), next.end(), units.begin()).first - next.begin();
      return static_cast<std::size_t>(at);
    };
    std::stable_sort(more.begin(), more.end(),
                     [&](const Allocation& a, const Allocation& b) { return worth_[worth(a)] < worth_[worth(b)]; });
    more.resize(std::min(more.size(), kShortlist));
    search_.extend(more, first_, "the next unit");
    const auto mean = [&](const Allocation& next) { return mean_of_first(search_.losses(next), first_); };
    const Allocation best = *std::min_element(
        more.begin(), more.end(), [&](const Allocation& a, const Allocation& b) { return mean(a) < mean(b); });
    tell(best);
    return best;
  }

  /// A tenth of what a unit of this allocation brings on average; where it brings nothing, a thousandth of what there
  /// is.
  void settle_indifference(const Allocation& units) {
    if (indifference_ > 0.0) return;
    if (options_.indifference) {
      indifference_ = *options_.indifference;
      return;
    }
    const double gain = std::abs(search_.difference(units, search_.none(), first_).mean) / units_of(units) / 10.0;
    const double least = 1e-4 * std::abs(search_.value(search_.none()).mean);
    const double chosen = std::max({gain, least, 1e-9});
    indifference_ = std::isfinite(chosen) ? rounded(chosen) : 1.0;
  }

  /// Those of the candidates that remain under a rule, after as many replications as `most` or until one is left; the
  /// best first. Where `incumbent` is dropped it ends at once.
  std::vector<Allocation> selected(Evaluations& evaluations, std::vector<Allocation> candidates, int most,
                                   std::string_view phase, const Allocation* incumbent = nullptr) {
    const std::size_t alternatives = candidates.size();
    int replications = first_;
    for (int look = 1;; ++look) {
      evaluations.extend(candidates, replications, phase);
      std::vector<Allocation> stay;
      for (const std::size_t i : remaining(evaluations.losses(candidates), alternatives, rule(), replications, look))
        stay.push_back(candidates[i]);
      candidates = std::move(stay);
      const bool overtaken =
          incumbent && std::find(candidates.begin(), candidates.end(), *incumbent) == candidates.end();
      if (candidates.size() == 1 || overtaken || replications >= most) break;
      replications = std::min(most, replications + std::max(first_, replications / 2));
    }
    std::stable_sort(candidates.begin(), candidates.end(), [&](const Allocation& a, const Allocation& b) {
      return mean_of_first(evaluations.losses(a), replications) < mean_of_first(evaluations.losses(b), replications);
    });
    return candidates;
  }

  /// Moves single units while that helps; the allocations that can't be told from the best, that one first.
  std::vector<Allocation> exchanged(Allocation units) {
    std::set<Allocation> seen;
    while (true) {
      seen.insert(units);
      std::vector<Allocation> candidates = space_.one_moved(units);
      candidates.push_back(units);
      std::vector<Allocation> stay = selected(search_, std::move(candidates), most_searched_, "moving units", &units);
      if (seen.count(stay.front())) return stay;
      units = stay.front();
      tell(units);
    }
  }

  BestAllocation best_of(int amount, const Allocation& start) {
    const auto all = space_.all(amount, options_.enumerate_at_most);
    std::vector<Allocation> few = all ? selected(search_, *all, most_searched_, "all allocations") : exchanged(start);
    few.resize(std::min(few.size(), kFinalists));
    const std::vector<Allocation> ranked = compared(few);

    BestAllocation best;
    best.units = ranked.front();
    best.value = last_.value(best.units);
    best.effects = last_.differences(best.units, last_.none());
    best.effect = last_.difference(best.units, last_.none(), scenario_.replications);
    if (ranked.size() > 1) {
      best.runner_up = ranked[1];
      best.runner_up_value = last_.value(best.runner_up);
      best.runner_up_effect = last_.difference(best.runner_up, last_.none(), scenario_.replications);
      best.behind = last_.difference(best.runner_up, best.units, scenario_.replications);
    }
    const std::vector<Allocation> tried = search_.tried(amount);
    best.tried = tried.size();
    best.all_tried = all.has_value();
    for (const Allocation& other : tried) best.probability *= probability_against(best.units, other);
    return best;
  }

  /// The few under the scenario's own seed: the best, and the one that comes nearest, with all replications; then the
  /// others.
  std::vector<Allocation> compared(std::vector<Allocation> few) {
    const int all = scenario_.replications;
    if (few.size() == 1) {
      // The nearest of those dropped in the search.
      std::vector<Allocation> others = search_.tried(units_of(few.front()));
      std::erase(others, few.front());
      if (!others.empty())
        few.push_back(*std::min_element(others.begin(), others.end(), [&](const Allocation& a, const Allocation& b) {
          return mean_of_first(search_.losses(a), first_) < mean_of_first(search_.losses(b), first_);
        }));
    }
    std::vector<Allocation> ranked = selected(last_, few, all, "the best few");
    std::vector<Allocation> dropped;
    for (const Allocation& units : few)
      if (std::find(ranked.begin(), ranked.end(), units) == ranked.end()) dropped.push_back(units);
    std::stable_sort(dropped.begin(), dropped.end(), [&](const Allocation& a, const Allocation& b) {
      return mean_of_first(last_.losses(a), first_) < mean_of_first(last_.losses(b), first_);
    });
    ranked.insert(ranked.end(), dropped.begin(), dropped.end());
    std::vector<Allocation> shown{last_.none(), ranked[0]};
    if (ranked.size() > 1) shown.push_back(ranked[1]);
    last_.extend(shown, all, "the best few");
    if (ranked.size() > 1 && mean_of_first(last_.losses(ranked[1]), all) < mean_of_first(last_.losses(ranked[0]), all))
      std::swap(ranked[0], ranked[1]);
    return ranked;
  }

  /// By the last comparison where both took part in it, otherwise by the search.
  double probability_against(const Allocation& best, const Allocation& other) const {
    if (best == other) return 1.0;
    const Evaluations& by = last_.losses(other).empty() ? search_ : last_;
    return probability_no_worse(by.losses(best), by.losses(other), indifference_);
  }

  const Scenario& scenario_;
  const AllocationOptions& options_;
  std::vector<std::string> pools_;
  AllocationSpace space_;
  Evaluations search_, last_;
  std::vector<double> worth_;  // per pool: the mean loss with one unit there
  double indifference_ = 0.0;
  int first_ = 0, most_searched_ = 0;
};

}  // namespace

std::vector<Intervention> interventions_of(const std::vector<std::string>& pools, const Allocation& units,
                                           const Scenario& scenario, const AllocationOptions& options) {
  const auto kind = options.unit == CapacityUnit::fte ? Change::Kind::add_fte : Change::Kind::add_slots;
  std::vector<Intervention> interventions;
  for (std::size_t p = 0; p < pools.size(); ++p) {
    if (units[p] == 0) continue;
    Settings settings{{{"pool", pools[p]},
                       {"from", options.from.value_or(scenario.period.start)},
                       {"change", Change{kind, static_cast<double>(units[p])}}}};
    if (options.until && *options.until < scenario.period.end) settings.values["until"] = *options.until;
    interventions.push_back({"capacity", std::move(settings)});
  }
  return interventions;
}

AllocationStudy allocate(const Scenario& scenario, const AllocationOptions& options) {
  const std::vector<std::string> problems = allocation_problems(scenario, options);
  if (!problems.empty()) throw std::invalid_argument(scenario.id + ": " + problems.front());
  return Search(scenario, options).study();
}

}  // namespace ketensim
