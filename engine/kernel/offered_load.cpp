#include "engine/kernel/offered_load.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "engine/kernel/case_classes.hpp"
#include "engine/kernel/chain_names.hpp"
#include "engine/kernel/compilation.hpp"
#include "engine/kernel/step_graph.hpp"
#include "engine/kernel/traffic.hpp"

namespace ketensim {
namespace {

using std::chrono::days;

constexpr double kMostClasses = 100'000.0;

double days_since_1970(Date day) { return static_cast<double>(day.time_since_epoch().count()); }

/// What one visit that claims a slot takes of it, and how often it then visits steps of the same pool.
struct Claim {
  double days = 0.0;
  std::vector<std::pair<std::size_t, double>> with_the_same_slot;
};

class LoadComputation {
 public:
  explicit LoadComputation(const Scenario& scenario)
      : scenario_(scenario),
        chain_(scenario.chain),
        names_(chain_),
        clock_(scenario.period),
        classes_(all_conditions(), names_),
        network_(chain_, names_, clock_) {
    add_service_days();
    add_pools();
    set_holds();
    const Period& period = scenario.period;
    const double start = days_since_1970(period.start), end = days_since_1970(period.end);
    for (const Stream& stream : chain_.streams)
      shares_.emplace_back(stream, std::floor(start - period.warm_up.days), end);
  }

  OfferedLoad compute() && {
    if (changes_classes()) {
      load_.obstacle = "utilisation was not checked: steps set attributes on which routes or durations depend";
      return std::move(load_);
    }
    double kinds = 1.0;
    for (const AttributeShares& shares : shares_) kinds = std::max(kinds, static_cast<double>(shares.kinds()));
    if (classes_.count() * kinds > kMostClasses) {
      load_.obstacle = "utilisation was not checked: branches and durations tell too many classes of cases apart";
      return std::move(load_);
    }
    std::vector<double> children;
    for (const Stream& stream : chain_.streams) children.push_back(children_per_day(stream));
    CaseClasses::Class at = classes_.first();
    do {
      network_.choose(classes_, at);
      if (!add_class(at, children)) break;
    } while (classes_.advance(at));
    return std::move(load_);
  }

 private:
  std::vector<const CaseClasses::When*> all_conditions() const {
    std::vector<const CaseClasses::When*> conditions;
    for (const Step& step : chain_.steps) {
      for (const Branch& branch : step.next) conditions.push_back(&branch.when);
      for (const DurationOfClass& of_class : step.duration_of_class) conditions.push_back(&of_class.when);
    }
    return conditions;
  }

  bool changes_classes() const {
    for (const Step& step : chain_.steps)
      for (const Outcome& outcome : step.set) {
        for (const CaseClasses::When* when : all_conditions())
          for (const Condition& condition : *when)
            if (condition.attribute == outcome.attribute) return true;
        if (!names_.groups_per(outcome.attribute).empty()) return true;
      }
    return false;
  }

  void add_service_days() {
    for (const Step& step : chain_.steps) {
      std::vector<double>& of_step = service_days_.emplace_back();
      for (const DurationOfClass& of_class : step.duration_of_class)
        of_step.push_back(clock_.service_days(of_class.duration));
      of_step.push_back(clock_.service_days(step.duration));
    }
  }

  /// Of a case of the class at a step.
  double service_days(std::size_t row, const CaseClasses::Class& at) const {
    const std::vector<DurationOfClass>& classes = chain_.steps[row].duration_of_class;
    std::size_t i = 0;
    while (i < classes.size() && !classes_.hold(classes[i].when, at)) ++i;
    return service_days_[row][i];
  }

  static std::vector<std::string> pools_of(const Step& step) {
    std::vector<std::string> pools = step.more_pools;
    if (!step.pool.empty()) pools.push_back(step.pool);
    return pools;
  }

  void add_pools() {
    for (std::size_t row = 0; row < chain_.pools.size(); ++row) {
      const Pool& pool = chain_.pools[row];
      const Organisation& owner = *names_.owner_of(pool.id);
      const std::vector<Date> changes = days_of_change(pool);
      const auto add = [&](const std::string& id, const std::string& member) {
        loads_.emplace(std::make_pair(row, member), load_.pools.size());
        load_.pools.push_back({id, member, row, 0.0, mean_slots(pool, member, changes), false});
      };
      if (owner.per.empty()) add(pool.id, "");
      for (const auto& [member, name] : owner.members) add(member + "." + bare_part(pool.id), member);
    }
    for (const Step& step : chain_.steps)
      for (const std::string& name : pools_of(step))
        for (PoolLoad& pool : load_.pools) pool.patience |= step.patience && pool.row == names_.pool(name)->row;
  }

  /// When the slots of a pool may change, the first day and the end included.
  std::vector<Date> days_of_change(const Pool& pool) const {
    const Period& period = scenario_.period;
    std::vector<Date> changes = slot_days(pool, period.region, period.start, period.end);
    changes.insert(changes.begin(), period.start);
    changes.push_back(period.end);
    return changes;
  }

  double mean_slots(const Pool& pool, const std::string& member, const std::vector<Date>& changes) const {
    double sum = 0.0;
    for (std::size_t i = 0; i + 1 < changes.size(); ++i)
      sum += static_cast<double>((changes[i + 1] - changes[i]).count()) *
             slots_on(pool, member, changes[i], scenario_.period.region, {});
    return sum / static_cast<double>((changes.back() - changes.front()).count());
  }

  double children_per_day(const Stream& stream) const {
    const Period& period = scenario_.period;
    const auto length = static_cast<int>((period.end - period.start).count());
    double children = 0.0;
    if (stream.recorded) {
      for (const Stream::Recorded& family : *stream.recorded)
        if (family.moment >= days_since_1970(period.start) && family.moment < days_since_1970(period.end))
          children += family.children;
      return children / length;
    }
    const std::vector<double> families = daily_intensity(stream, period, period.start, length);
    for (const auto& [size, share] : stream.children) children += size * share;
    return children * std::accumulate(families.begin(), families.end(), 0.0) / static_cast<double>(families.size());
  }

  void set_holds() {
    if (std::none_of(chain_.steps.begin(), chain_.steps.end(), [](const Step& s) { return !s.hold_until.empty(); }))
      return;
    const StepGraph graph(chain_, names_);
    for (std::size_t i = 0; i < chain_.steps.size(); ++i)
      if (const std::string& until = chain_.steps[i].hold_until; !until.empty())
        keeps_[i] = graph.keeps(i, names_.step(until)->row);
  }

  Claim claim_of(std::size_t node, const CaseClasses::Class& at) {
    const std::size_t holder = network_.nodes()[node].row;
    Claim claim{service_days(holder, at) + clock_.until_free_days(), {}};
    const auto hold = keeps_.find(holder);
    if (hold == keeps_.end()) return claim;
    const std::size_t until = names_.step(chain_.steps[holder].hold_until)->row;
    const auto row = [&](std::size_t n) { return network_.nodes()[n].row; };
    const auto kept = [&](std::size_t n) { return n != network_.out() && hold->second[row(n)]; };
    const auto passes = [&](std::size_t from, std::size_t to) { return row(from) != until && kept(to); };
    std::vector<double> arriving(network_.nodes().size()), visits;
    for (const TrafficNetwork::Link& link : network_.links(node)) {
      if (!kept(link.to)) continue;
      arriving[link.to] += link.share;
      claim.days += link.share * link.transfer_days;
    }
    network_.settle(std::move(arriving), visits, passes);
    for (const std::size_t n : network_.order()) {
      if (visits[n] == 0.0) continue;
      const Step& step = chain_.steps[row(n)];
      claim.days += visits[n] * service_days(row(n), at);
      for (const TrafficNetwork::Link& link : network_.links(n))
        if (passes(n, link.to)) claim.days += visits[n] * link.share * link.transfer_days;
      if (!step.pool.empty() && names_.pool(step.pool)->row == names_.pool(chain_.steps[holder].pool)->row)
        claim.with_the_same_slot.emplace_back(n, visits[n]);
    }
    return claim;
  }

  /// False if the load cannot be computed.
  bool add_class(const CaseClasses::Class& at, const std::vector<double>& children_per_day) {
    std::map<std::size_t, Claim> claims;
    for (const std::size_t n : network_.order())
      if (n != network_.out() && !chain_.steps[network_.nodes()[n].row].pool.empty())
        claims.emplace(n, claim_of(n, at));
    for (std::size_t s = 0; s < chain_.streams.size(); ++s) {
      const Stream& stream = chain_.streams[s];
      const double flow = children_per_day[s] * classes_.share(shares_[s], at);
      if (flow <= 0.0) continue;
      std::vector<double> arriving(network_.nodes().size()), visits;
      arriving[network_.node(stream.to)] = flow;
      const std::size_t stuck =
          network_.settle(std::move(arriving), visits, [](std::size_t, std::size_t) { return true; });
      if (network_.exhausted()) {
        describe_obstacle(at, stuck);
        return false;
      }
      const std::vector<double> all_visits = visits;
      for (const std::size_t n : network_.order()) {
        const auto claim = claims.find(n);
        if (claim == claims.end() || all_visits[n] <= 0.0) continue;
        const TrafficNetwork::Node& node = network_.nodes()[n];
        const double slot_days = service_days(node.row, at) + clock_.until_free_days();
        for (const std::string& pool : chain_.steps[node.row].more_pools)  // needed by holders too
          add_load(shares_[s], at, node, pool, all_visits[n] * slot_days);
        if (visits[n] <= 0.0) continue;
        for (const auto& [other, often] : claim->second.with_the_same_slot) visits[other] -= visits[n] * often;
        add_load(shares_[s], at, node, chain_.steps[node.row].pool, visits[n] * claim->second.days);
      }
    }
    return true;
  }

  void describe_obstacle(const CaseClasses::Class& at, std::size_t stuck) {
    load_.pools.clear();
    load_.obstacle = "utilisation was not checked: the chain is too large to do so quickly";
    if (stuck == TrafficNetwork::kNowhere || stuck == network_.out()) return;
    const std::string who = classes_.describe(at);
    load_.obstacle = fmt::format("utilisation was not checked: cases{}{} hardly ever leave, they go round through {}",
                                 who.empty() ? "" : " with ", who, chain_.steps[network_.nodes()[stuck].row].id);
  }

  void add_load(const AttributeShares& shares, const CaseClasses::Class& at, const TrafficNetwork::Node& node,
                const std::string& pool_name, double slots) {
    const ChainNames::Place pool = *names_.pool(pool_name);
    const Organisation& owner = *names_.owner_of(chain_.pools[pool.row].id);
    const auto add = [&](const std::string& member, double part) {
      load_.pools[loads_.find({pool.row, member})->second].offered += slots * part;
    };
    if (!pool.member.empty())
      add(pool.member, 1.0);
    else if (owner.per.empty())
      add("", 1.0);
    else if (!node.member.empty())
      add(node.member, 1.0);
    else
      for (const auto& [member, name] : owner.members)
        add(member, classes_.share_of_value(shares, at, owner.per, member));
  }

  const Scenario& scenario_;
  const Chain& chain_;
  const ChainNames names_;
  MeanClock clock_;
  const CaseClasses classes_;
  TrafficNetwork network_;
  std::vector<AttributeShares> shares_;                     // per stream
  std::vector<std::vector<double>> service_days_;           // per step: of each class with a duration, of the others
  std::map<std::size_t, std::vector<std::uint8_t>> keeps_;  // by row of the step that claims
  std::map<std::pair<std::size_t, std::string>, std::size_t> loads_;
  OfferedLoad load_;
};

}  // namespace

OfferedLoad offered_load(const Scenario& scenario) { return LoadComputation(scenario).compute(); }

}  // namespace ketensim
