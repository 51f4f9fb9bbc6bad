#include "ketensim/focusing.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <stdexcept>

#include "engine/experiment/activity.hpp"
#include "engine/experiment/levers.hpp"
#include "engine/experiment/trials.hpp"
#include "engine/statistics/indicators.hpp"

namespace ketensim {
namespace {

constexpr int kFewest = 10;                 // replications of a search at least
constexpr int kSearchPart = 8;              // it takes this part of all
constexpr std::size_t kMostRivals = 6;      // pools that could be the next constraint: where a slot is worth most,
constexpr std::size_t kMostBusyRivals = 2;  // and those that are the momentary bottleneck most of the time
constexpr double kMostBuffer = 65'536.0;    // cases

/// With what is already done, one constraint after the other.
class Walk {
 public:
  Walk(const Scenario& scenario, const FocusingOptions& options)
      : scenario_(scenario),
        options_(options),
        from_(options.constraint.from.value_or(scenario.period.start)),
        all_(scenario.replications),
        part_(std::min(all_, std::max(kFewest, (all_ + kSearchPart - 1) / kSearchPart))),
        trials_(scenario, options.constraint.threads, [this](int done, int) { tell_progress(found_ + done); }) {
    trials_.add({});
  }

  std::vector<FocusingStep> run() {
    trials_.extend({0}, all_);
    for (round_ = 1; round_ <= options_.rounds; ++round_) {
      const Constraint found = identify();
      if (found.pools.empty() || limits_nothing(found)) break;
      const PoolWorth& constraint = found.pools.front();
      pool_ = constraint.pool;
      add(Focus::identify, chain_, all_).tied = constraint.tied;
      tell();
      exploit();
      subordinate();
      elevate(constraint, rivals_of(found));
    }
    return std::move(steps_);
  }

 private:
  Aim objective() const { return options_.constraint.objective; }

  void tell_progress(int done) {
    if (!options_.constraint.progress) return;
    const int pools = static_cast<int>(trials_.model().pools.size()) - 1;
    // The searches of a round take about so many evaluations of the rope, and of an elevation with its rivals.
    const int round = 6 * all_ + part_ * (pools + 10 + 6 * static_cast<int>(2 + kMostRivals + kMostBusyRivals));
    options_.constraint.progress(done, std::max(done, all_ + options_.rounds * round));
  }

  Constraint identify() {
    Scenario scenario = scenario_;
    scenario.interventions.insert(scenario.interventions.end(), chain_.levers.begin(), chain_.levers.end());
    ConstraintOptions options = options_.constraint;
    options.fte = false;
    int done = 0;
    const int before = trials_.done();
    options.progress = [&](int so_far, int) {
      done = so_far;
      tell_progress(found_ + before + so_far);
    };
    Constraint found = find_constraint(scenario, options);
    found_ += done;
    return found;
  }

  bool limits_nothing(const Constraint& found) const {
    const PoolWorth& best = found.pools.front();
    return best.slot.replications == 0 || best.slot.effect[static_cast<std::size_t>(objective())].mean == 0.0;
  }

  std::uint32_t pool_index() const {
    for (std::uint32_t p = 1; p < trials_.model().pools.size(); ++p)
      if (trials_.model().pools[p].id == pool_) return p;
    throw std::logic_error("no pool " + pool_);
  }

  /// The scenario with levers.
  struct Chain {
    std::vector<Intervention> levers;
    std::size_t variant = 0;
  };
  Chain with(std::vector<Intervention> levers) {
    const std::size_t variant = levers.empty() ? 0 : trials_.add(levers);
    return {std::move(levers), variant};
  }

  FocusingStep& add(Focus focus, const Chain& chain, int replications) {
    trials_.extend({chain.variant}, replications);
    FocusingStep& step = steps_.emplace_back();
    step.round = round_;
    step.focus = focus;
    step.pool = pool_;
    step.levers = chain.levers;
    step.replications = replications;
    Gains throughput = trials_.throughput(chain.variant);
    step.throughput_change = Trials::difference(throughput, trials_.throughput(0));
    step.throughput = summarise(throughput);
    for (std::size_t o = 0; o < kObjectives; ++o) {
      step.figures[o] = trials_.figure(chain.variant, static_cast<Aim>(o));
      step.change[o] = trials_.effect(chain.variant, 0, static_cast<Aim>(o));
    }
    return step;
  }

  void tell() const {
    if (options_.told) options_.told(steps_.back());
  }

  /// What the constraint does there: means over a few replications.
  PoolActivity watched(const Chain& chain) {
    std::vector<std::vector<PoolActivity>> activities(static_cast<std::size_t>(part_));
    const bool known = trials_.replications(chain.variant) > 0;  // nobody watched then
    trials_.watch(known ? trials_.add(chain.levers) : chain.variant, part_, [&](int replication) {
      return std::make_unique<ActivityObserver>(trials_.model(), activities[static_cast<std::size_t>(replication)]);
    });
    PoolActivity mean;
    for (const auto& pools : activities) {
      const PoolActivity& pool = pools[pool_index() - 1];
      mean.busy += pool.busy / part_;
      mean.slots += pool.slots / part_;
      mean.idle += pool.idle / part_;
    }
    return mean;
  }

  void exploit() {
    Scenario scenario = scenario_;
    scenario.interventions.insert(scenario.interventions.end(), chain_.levers.begin(), chain_.levers.end());
    const Model model = compile(scenario, lay_out_periods(scenario.period).cells);
    std::vector<Intervention> levers = chain_.levers;
    const std::vector<Intervention> spreading = spread_leave(model, pool_index());
    levers.insert(levers.end(), spreading.begin(), spreading.end());
    const Chain spread = spreading.empty() ? chain_ : with(levers);
    add(Focus::spread_leave, spread, all_).amount = static_cast<double>(spreading.size());
    keep_if_better(spread);

    const double idle = std::round(watched(chain_).idle / days());
    levers = chain_.levers;
    levers.push_back(capacity_change(pool_, from_, {Change::Kind::add_slots, idle}));
    const Chain filled = idle < 1.0 ? chain_ : with(levers);
    add(Focus::no_idle_slot, filled, all_).amount = idle;
    keep_if_better(filled);
    without_rope_ = watched(chain_);
  }

  /// The last step was this: the next ones stand on it unless it made things worse.
  void keep_if_better(const Chain& chain) {
    const bool worse = mean_of(trials_.gains(chain.variant, chain_.variant, objective())) < 0.0;
    steps_.back().kept = !worse;
    if (!worse) chain_ = chain;
    tell();
  }

  double days() const { return trials_.model().end - trials_.model().start; }

  void subordinate() {
    const std::vector<std::string> inside = steps_towards(trials_.model(), pool_index());
    const double slots = without_rope_.slots / days(), least = std::max(1.0, std::ceil(slots));
    std::map<double, Chain> ropes;  // by buffer
    const auto enough = [&](double buffer) {
      std::vector<Intervention> levers = chain_.levers;
      levers.push_back({"wip_limit", {{{"steps", inside}, {"limit", least + buffer}, {"from", from_}}}});
      ropes[buffer] = with(std::move(levers));
      return watched(ropes[buffer]).busy >= options_.kept_busy * without_rope_.busy;
    };
    double low = -1.0, high = 0.0;
    while (high <= kMostBuffer && !enough(high)) {
      low = high;
      high = std::max(1.0, 2.0 * high);
    }
    const bool found = high <= kMostBuffer;
    while (found && high - low > 1.0) {
      const double middle = std::floor((low + high) / 2.0);
      (enough(middle) ? high : low) = middle;
    }
    FocusingStep& step = add(Focus::subordinate, found ? ropes.at(high) : chain_, all_);
    step.reached = found;
    step.inside = inside;
    step.amount = found ? least + high : 0.0;
    step.buffer = found ? least + high - slots : 0.0;
    tell();
  }

  std::vector<std::string> rivals_of(const Constraint& found) const {
    std::vector<std::string> rivals;
    const auto take = [&](const PoolWorth& pool, std::size_t most) {
      const bool known = std::find(rivals.begin(), rivals.end(), pool.pool) != rivals.end();
      if (!known && pool.pool != pool_ && pool.slot.replications > 0 && rivals.size() < most)
        rivals.push_back(pool.pool);
    };
    for (const PoolWorth& pool : found.pools) take(pool, kMostRivals);
    std::vector<PoolWorth> by_time = found.pools;
    std::stable_sort(by_time.begin(), by_time.end(), [](const PoolWorth& a, const PoolWorth& b) {
      return a.sole.mean + a.shared.mean > b.sole.mean + b.shared.mean;
    });
    const std::size_t most = rivals.size() + kMostBusyRivals;
    for (const PoolWorth& pool : by_time) take(pool, most);
    return rivals;
  }

  struct Elevation {
    Chain chain;
    std::string best;  // where a slot is worth most
  };

  void elevate(const PoolWorth& constraint, const std::vector<std::string>& rivals) {
    std::map<double, Elevation> tried;
    const auto is_constraint = [&](double added) {
      if (!tried.contains(added)) tried[added] = elevated(added, constraint.in_fte, rivals);
      return tried[added].best == pool_;
    };
    double low = -1.0, high = 0.0;
    while (high <= options_.most_added && is_constraint(high)) {
      low = high;
      high = std::max(1.0, 2.0 * high);
    }
    const bool found = high <= options_.most_added;
    while (found && high - low > 1.0) {
      const double middle = std::floor((low + high) / 2.0);
      (is_constraint(middle) ? low : high) = middle;
    }
    const double chosen = found ? high : low;
    for (const auto& [added, elevation] : tried) {
      if (added > chosen) break;
      if (added == 0.0 && chosen > 0.0) continue;
      FocusingStep& step = add(Focus::elevate, elevation.chain, added == chosen ? all_ : part_);
      step.amount = added;
      step.in_fte = constraint.in_fte;
      step.reached = elevation.best != pool_;
      step.next = elevation.best;
      tell();
    }
    chain_ = tried.at(chosen).chain;
  }

  Elevation elevated(double added, bool in_fte, const std::vector<std::string>& rivals) {
    const Change::Kind kind = in_fte ? Change::Kind::add_fte : Change::Kind::add_slots;
    std::vector<Intervention> levers = chain_.levers;
    if (added > 0.0) levers.push_back(capacity_change(pool_, from_, {kind, added}));
    Elevation elevation{added > 0.0 ? with(std::move(levers)) : chain_, pool_};
    const std::size_t base = elevation.chain.variant;
    std::vector<std::string> pools{pool_};
    pools.insert(pools.end(), rivals.begin(), rivals.end());
    std::vector<std::size_t> variants{base};
    for (const std::string& pool : pools) {
      std::vector<Intervention> more = elevation.chain.levers;
      more.push_back(capacity_change(pool, from_, {Change::Kind::add_slots, options_.constraint.slots}));
      variants.push_back(trials_.add(more));
    }
    trials_.extend(variants, part_);
    double most = -HUGE_VAL;
    for (std::size_t i = 0; i < pools.size(); ++i) {
      const double gain = mean_of(trials_.gains(variants[i + 1], base, objective()));
      if (!(gain > most)) continue;  // the first of equals: the constraint itself
      most = gain;
      elevation.best = pools[i];
    }
    return elevation;
  }

  const Scenario& scenario_;
  const FocusingOptions& options_;
  const Date from_;
  const int all_, part_;
  int found_ = 0;  // replications of the searches for the constraint
  Trials trials_;
  int round_ = 1;
  std::string pool_;
  Chain chain_;  // as far as it has come
  PoolActivity without_rope_;
  std::vector<FocusingStep> steps_;
};

}  // namespace

std::vector<FocusingStep> take_focusing_steps(const Scenario& scenario, const FocusingOptions& options) {
  for (const Problem& problem : validate(scenario))
    if (problem.severity == Problem::Severity::error) throw std::invalid_argument(scenario.id + ": " + problem.message);
  return Walk(scenario, options).run();
}

}  // namespace ketensim
