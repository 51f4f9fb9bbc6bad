#include "ketensim/constraint.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <numeric>
#include <stdexcept>

#include "engine/experiment/activity.hpp"
#include "engine/experiment/levers.hpp"
#include "engine/experiment/trials.hpp"

namespace ketensim {
namespace {

constexpr int kFewest = 10;    // replications that a pool gets at least
constexpr int kFirstPart = 8;  // it begins with this part of all

using Activities = std::vector<std::vector<PoolActivity>>;  // [replication][pool]

/// Whether a slot more can change anything at a pool where nobody is ever short of one: where slots are lent, where
/// cases go by what is free, or where staff is absent by chance.
bool slots_count_elsewhere(const Model& model) {
  return !model.lends.empty() || !model.absences.empty() ||
         std::any_of(model.routings.begin(), model.routings.end(), [](const Routing& routing) {
           return std::any_of(routing.begin(), routing.end(),
                              [](const BranchModel& branch) { return branch.by != ChoiceRule::share; });
         });
}

/// One pool after the other, and what is done to each.
class Search {
 public:
  Search(const Scenario& scenario, const ConstraintOptions& options)
      : scenario_(scenario),
        options_(options),
        from_(options.from.value_or(scenario.period.start)),
        trials_(scenario, options.threads, options.progress),
        model_(trials_.model()) {}

  Constraint run() {
    add_pools();
    watch_baseline();
    find_candidates();
    weigh_slots();
    weigh_fte();
    return told();
  }

 private:
  struct Candidate {
    bool in_fte = false, weigh_fte = false;
    bool moves = true;              // a slot more can change something
    std::size_t slot = 0, fte = 0;  // variants
  };

  void add_pools() {
    trials_.add({});
    for (std::size_t p = 1; p < model_.pools.size(); ++p) {
      Candidate& pool = pools_.emplace_back();
      const std::string& id = model_.pools[p].id;
      pool.in_fte = given_in_fte(p);
      pool.weigh_fte = pool.in_fte && options_.fte;
      pool.slot = trials_.add({capacity_change(id, from_, {Change::Kind::add_slots, options_.slots})});
      if (pool.weigh_fte) pool.fte = trials_.add({capacity_change(id, from_, {Change::Kind::add_fte, 1.0})});
    }
  }

  /// The pools of the model are those of the chain in their order, members apart.
  bool given_in_fte(std::size_t pool) const {
    std::size_t first = 1;
    for (const Pool& source : scenario_.chain.pools) {
      const std::string organisation = source.id.substr(0, source.id.find('.'));
      std::size_t count = 1;
      for (const Organisation& owner : scenario_.chain.organisations)
        if (owner.id == organisation && !owner.per.empty()) count = owner.members.size();
      if (pool < first + count) return source.fte.has_value();
      first += count;
    }
    return false;
  }

  void watch_baseline() {
    const auto count = static_cast<int>(pools_.size());
    const int all = scenario_.replications;
    trials_.expect(all + 2 * count * first_part());
    activities_.resize(static_cast<std::size_t>(all));
    trials_.watch(0, all, [this](int replication) {
      return std::make_unique<ActivityObserver>(model_, activities_[static_cast<std::size_t>(replication)]);
    });
  }

  void find_candidates() {
    if (slots_count_elsewhere(model_)) return;
    for (std::size_t p = 0; p < pools_.size(); ++p)
      pools_[p].moves = std::any_of(activities_.begin(), activities_.end(),
                                    [&](const std::vector<PoolActivity>& pools) { return pools[p].ever_short; });
  }

  int first_part() const {
    const int all = scenario_.replications;
    return std::min(all, std::max(kFewest, (all + kFirstPart - 1) / kFirstPart));
  }

  /// A race: who is clearly behind gets no more replications, the others get twice as many.
  void weigh_slots() {
    const int all = scenario_.replications;
    std::vector<std::size_t> left;
    for (std::size_t p = 0; p < pools_.size(); ++p)
      if (pools_[p].moves) left.push_back(p);
    if (left.empty()) return;
    int rounds = 1;
    for (int n = first_part(); n < all; n *= 2) ++rounds;
    const double comparisons = static_cast<double>(pools_.size()) * rounds;
    int replications = first_part();
    for (;; replications = std::min(all, 2 * replications)) {
      trials_.extend(slot_variants(left), replications);
      left = contenders(slot_gains(), left, options_.error, comparisons);
      if (replications == all || left.size() == 1) break;
    }
    trials_.extend(slot_variants(left), all);
  }

  void weigh_fte() {
    std::map<int, std::vector<std::size_t>> variants;  // by replications: as many as of the slot
    int expected = 0;
    for (const Candidate& pool : pools_) {
      if (!pool.weigh_fte || !pool.moves) continue;
      const int replications = trials_.replications(pool.slot);
      variants[replications].push_back(pool.fte);
      expected += replications;
    }
    trials_.expect(expected);
    for (const auto& [replications, which] : variants) trials_.extend(which, replications);
  }

  std::vector<std::size_t> slot_variants(const std::vector<std::size_t>& pools) const {
    std::vector<std::size_t> variants;
    for (const std::size_t p : pools) variants.push_back(pools_[p].slot);
    return variants;
  }

  std::vector<Gains> slot_gains() const {
    std::vector<Gains> gains;
    for (const Candidate& pool : pools_)
      gains.push_back(pool.moves ? trials_.gains(pool.slot, 0, options_.objective)
                                 : Gains(static_cast<std::size_t>(scenario_.replications), 0.0));
    return gains;
  }

  Worth worth(const Candidate& pool, std::size_t variant, Intervention lever) const {
    Worth worth{std::move(lever), pool.moves ? trials_.replications(variant) : 0, {}};
    for (std::size_t o = 0; o < kObjectives; ++o)
      worth.effect[o] = pool.moves ? trials_.effect(variant, 0, static_cast<Aim>(o)) : Summary{};
    return worth;
  }

  template <class Value>
  Summary over_replications(Value value) const {
    std::vector<double> values;
    for (std::size_t r = 0; r < activities_.size(); ++r) values.push_back(value(r));
    return summarise(values);
  }

  PoolWorth told(std::size_t p) const {
    const double days = model_.end - model_.start;
    const auto ratio = [](double part, double whole) {
      return whole > 0.0 ? part / whole : std::numeric_limits<double>::quiet_NaN();
    };
    const auto per_day = [&](double PoolActivity::*sum) {
      return over_replications([&](std::size_t r) { return activities_[r][p].*sum / days; });
    };
    PoolWorth pool;
    pool.pool = model_.pools[p + 1].id;
    pool.utilisation =
        over_replications([&](std::size_t r) { return ratio(activities_[r][p].busy, activities_[r][p].slots); });
    pool.waiting = per_day(&PoolActivity::waiting);
    pool.idle = per_day(&PoolActivity::idle);
    pool.sole = per_day(&PoolActivity::sole);
    pool.shared = per_day(&PoolActivity::shared);
    const Gains& waiting = trials_.values(0, Aim::waiting);
    pool.waiting_share =
        over_replications([&](std::size_t r) { return ratio(activities_[r][p].waiting, waiting[r] * days); });
    pool.growth = over_replications([&](std::size_t r) {
      return (activities_[r][p].waiting_at_end - activities_[r][p].waiting_at_start) / (days / kDaysPerMonth);
    });
    const Candidate& candidate = pools_[p];
    pool.slot =
        worth(candidate, candidate.slot, capacity_change(pool.pool, from_, {Change::Kind::add_slots, options_.slots}));
    pool.in_fte = candidate.in_fte;
    if (candidate.weigh_fte)
      pool.fte = worth(candidate, candidate.fte, capacity_change(pool.pool, from_, {Change::Kind::add_fte, 1.0}));
    return pool;
  }

  Constraint told() const {
    Constraint found;
    found.replications = scenario_.replications;
    found.from = from_;
    found.objective = options_.objective;
    found.slots = options_.slots;
    for (std::size_t o = 0; o < kObjectives; ++o) found.baseline[o] = trials_.figure(0, static_cast<Aim>(o));
    const std::vector<Gains> gains = slot_gains();
    const std::vector<int> ranks = shared_ranks(gains, options_.error);
    std::vector<std::size_t> order(pools_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return ranks[a] != ranks[b] ? ranks[a] < ranks[b] : mean_of(gains[a]) > mean_of(gains[b]);
    });
    for (const std::size_t p : order) {
      PoolWorth& pool = found.pools.emplace_back(told(p));
      pool.rank = ranks[p];
      pool.tied = std::count(ranks.begin(), ranks.end(), pool.rank) > 1;
    }
    return found;
  }

  const Scenario& scenario_;
  const ConstraintOptions& options_;
  const Date from_;
  Trials trials_;
  const Model& model_;
  std::vector<Candidate> pools_;
  Activities activities_;
};

}  // namespace

Constraint find_constraint(const Scenario& scenario, const ConstraintOptions& options) {
  for (const Problem& problem : validate(scenario))
    if (problem.severity == Problem::Severity::error) throw std::invalid_argument(scenario.id + ": " + problem.message);
  return Search(scenario, options).run();
}

}  // namespace ketensim
