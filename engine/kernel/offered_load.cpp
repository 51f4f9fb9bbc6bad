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

namespace ketensim {
namespace {

using std::chrono::days;

constexpr double kMostClasses = 100'000.0;
constexpr double kMostWork = 3e7;    // links walked, some tenths of a second
constexpr double kPrecision = 1e-9;  // of the flow

/// What a day of service takes on the calendar, on average over the reported period.
class Clock {
 public:
  explicit Clock(const Period& period) {
    if (period.calendar == CalendarKind::continuous) return;
    const int length = static_cast<int>((period.end - period.start).count());
    const Calendar calendar(period.calendar, period.start, length);
    int working = 0, days_off = 0;
    double waiting = 0.0;
    for (int day = 0; day < length; ++day) {
      days_off = calendar.is_working(day) ? 0 : days_off + 1;
      working += days_off == 0 ? 1 : 0;
      waiting += days_off > 0 ? days_off - 0.5 : 0.0;  // sums to n^2 / 2 over a run of n days
    }
    if (working == 0) return;
    per_working_day_ = static_cast<double>(length) / working;
    to_working_day_ = waiting / length;
  }

  double transfer(const Distribution& d) const { return mean_of(d) * (d.working_days ? per_working_day_ : 1.0); }
  /// An end on a day off moves to the next working day. Service starts on a working day, so what takes no time never
  /// does, and less than a day more rarely.
  double service(const Distribution& d) const {
    return transfer(d) + (d.working_days ? 0.0 : to_working_day_ * std::min(1.0, mean_of(d)));
  }

 private:
  double per_working_day_ = 1.0, to_working_day_ = 0.0;
};

struct Link {
  std::size_t to;
  double share, transfer_days;
};

/// The steps as nodes: row i of the chain is node i, then `out`, then the steps that are named for one member.
class Network {
 public:
  struct Node {
    std::size_t row;
    std::string member;
  };

  Network(const Chain& chain, const ChainNames& names, const Clock& clock)
      : chain_(chain), names_(names), clock_(clock) {
    for (std::size_t i = 0; i <= chain.steps.size(); ++i) nodes_.push_back({i, ""});
    for (const Stream& stream : chain.streams) node(stream.to);
    if (chain.returns) node(chain.returns->to);
    for (const Step& step : chain.steps)
      for (const Branch& branch : step.next)
        for (const Target& target : branch.to) node(target.to);
    links_.resize(nodes_.size());
    set_order();
  }

  std::size_t out() const { return chain_.steps.size(); }
  const std::vector<Node>& nodes() const { return nodes_; }
  const std::vector<std::size_t>& order() const { return order_; }
  const std::vector<Link>& links(std::size_t node) const { return links_[node]; }
  double work() const { return work_; }

  std::size_t node(const std::string& name) {
    if (name == "out") return out();
    const ChainNames::Place place = *names_.step(name);
    if (place.member.empty()) return place.row;
    const auto [at, is_new] = of_members_.emplace(name, nodes_.size());
    if (is_new) nodes_.push_back({place.row, place.member});
    return at->second;
  }

  /// Sets the links that cases of a class follow.
  void choose(const CaseClasses& classes, const CaseClasses::Class& at) {
    for (std::size_t n = 0; n < nodes_.size(); ++n) {
      links_[n].clear();
      if (n == out()) {
        if (chain_.returns) links_[n].push_back({node(chain_.returns->to), chain_.returns->share, 0.0});
        continue;
      }
      const Branch* branch = classes.branch(chain_.steps[nodes_[n].row].next, at);
      if (!branch) continue;
      for (const Target& target : branch->to)
        if (target.share > 0.0)
          links_[n].push_back({node(target.to), target.share, target.after ? clock_.transfer(*target.after) : 0.0});
    }
  }

  /// Expected visits to each node when `arriving` come in at each, along the links that `passes(from, to)`. Flow is
  /// pushed on in flow order until next to nothing is left; returns the node where it still goes round when that takes
  /// too long, otherwise none.
  template <class Passes>
  std::size_t visits(std::vector<double> arriving, std::vector<double>& visits, Passes passes) {
    visits.assign(nodes_.size(), 0.0);
    const double enough = kPrecision * std::accumulate(arriving.begin(), arriving.end(), 0.0);
    for (;;) {
      for (const std::size_t n : order_) {
        const double flow = std::exchange(arriving[n], 0.0);
        if (flow == 0.0) continue;
        visits[n] += flow;
        work_ += static_cast<double>(links_[n].size());
        for (const Link& link : links_[n])
          if (passes(n, link.to)) arriving[link.to] += flow * link.share;
      }
      work_ += static_cast<double>(order_.size());
      if (std::accumulate(arriving.begin(), arriving.end(), 0.0) <= enough) return kNowhere;
      if (work_ > kMostWork)
        return static_cast<std::size_t>(std::max_element(arriving.begin(), arriving.end()) - arriving.begin());
    }
  }
  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

 private:
  void set_order() {
    Graph graph(nodes_.size());
    std::vector<std::size_t> starts;
    for (std::size_t n = 0; n < nodes_.size(); ++n) {
      if (n == out()) continue;
      for (const Branch& branch : chain_.steps[nodes_[n].row].next)
        for (const Target& target : branch.to) graph[n].push_back(node(target.to));
    }
    for (const Stream& stream : chain_.streams) starts.push_back(node(stream.to));
    if (chain_.returns) starts.push_back(node(chain_.returns->to));
    order_ = flow_order(graph, starts);
  }

  const Chain& chain_;
  const ChainNames& names_;
  const Clock& clock_;
  std::vector<Node> nodes_;
  std::map<std::string, std::size_t> of_members_;
  std::vector<std::vector<Link>> links_;
  std::vector<std::size_t> order_;
  double work_ = 0.0;
};

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
        classes_(all_branches(), names_),
        network_(chain_, names_, clock_) {
    add_pools();
    set_holds();
  }

  OfferedLoad compute() && {
    if (classes_.count() > kMostClasses) {
      load_.obstacle = "utilisation was not checked: the branches tell too many classes of cases apart";
      return std::move(load_);
    }
    std::vector<double> families;
    for (const Stream& stream : chain_.streams) families.push_back(children_per_day(stream));
    CaseClasses::Class at = classes_.first();
    do {
      network_.choose(classes_, at);
      if (!add_class(at, families)) break;
    } while (classes_.advance(at));
    return std::move(load_);
  }

 private:
  std::vector<const Branch*> all_branches() const {
    std::vector<const Branch*> branches;
    for (const Step& step : chain_.steps)
      for (const Branch& branch : step.next) branches.push_back(&branch);
    return branches;
  }

  void add_pools() {
    for (std::size_t row = 0; row < chain_.pools.size(); ++row) {
      const Pool& pool = chain_.pools[row];
      const Organisation& owner = *names_.owner_of(pool.id);
      const auto add = [&](const std::string& id, const std::string& member) {
        loads_.emplace(std::make_pair(row, member), load_.pools.size());
        load_.pools.push_back({id, member, row, 0.0, mean_slots(pool, member), false});
      };
      if (owner.per.empty()) add(pool.id, "");
      for (const auto& [member, name] : owner.members) add(member + "." + bare_part(pool.id), member);
    }
    for (const Step& step : chain_.steps)
      if (!step.pool.empty() && step.patience)
        for (PoolLoad& pool : load_.pools) pool.patience |= pool.row == names_.pool(step.pool)->row;
  }

  double mean_slots(const Pool& pool, const std::string& member) const {
    const Date start = scenario_.period.start, end = scenario_.period.end;
    const SchoolRegion region = scenario_.period.region;
    std::vector<Date> changes = slot_days(pool, region, start, end);
    changes.insert(changes.begin(), start);
    changes.push_back(end);
    double sum = 0.0;
    for (std::size_t i = 0; i + 1 < changes.size(); ++i)
      sum +=
          static_cast<double>((changes[i + 1] - changes[i]).count()) * slots_on(pool, member, changes[i], region, {});
    return sum / static_cast<double>((end - start).count());
  }

  double children_per_day(const Stream& stream) const {
    const Period& period = scenario_.period;
    const std::vector<double> families =
        daily_intensity(stream, period, period.start, static_cast<int>((period.end - period.start).count()));
    double children = 0.0;
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

  Claim claim_of(std::size_t node) {
    const std::size_t holder = network_.nodes()[node].row;
    Claim claim{clock_.service(chain_.steps[holder].duration), {}};
    const auto hold = keeps_.find(holder);
    if (hold == keeps_.end()) return claim;
    const std::size_t until = names_.step(chain_.steps[holder].hold_until)->row;
    const auto row = [&](std::size_t n) { return network_.nodes()[n].row; };
    const auto kept = [&](std::size_t n) { return n != network_.out() && hold->second[row(n)]; };
    const auto passes = [&](std::size_t from, std::size_t to) { return row(from) != until && kept(to); };
    std::vector<double> arriving(network_.nodes().size()), visits;
    for (const Link& link : network_.links(node)) {
      if (!kept(link.to)) continue;
      arriving[link.to] += link.share;
      claim.days += link.share * link.transfer_days;
    }
    network_.visits(std::move(arriving), visits, passes);
    for (const std::size_t n : network_.order()) {
      if (visits[n] == 0.0) continue;
      const Step& step = chain_.steps[row(n)];
      claim.days += visits[n] * clock_.service(step.duration);
      for (const Link& link : network_.links(n))
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
      if (n != network_.out() && !chain_.steps[network_.nodes()[n].row].pool.empty()) claims.emplace(n, claim_of(n));
    for (std::size_t s = 0; s < chain_.streams.size(); ++s) {
      const Stream& stream = chain_.streams[s];
      const double flow = children_per_day[s] * classes_.share(stream, at);
      if (flow <= 0.0) continue;
      std::vector<double> arriving(network_.nodes().size()), visits;
      arriving[network_.node(stream.to)] = flow;
      const std::size_t stuck =
          network_.visits(std::move(arriving), visits, [](std::size_t, std::size_t) { return true; });
      if (stuck != Network::kNowhere) {
        describe_obstacle(at, stuck);
        return false;
      }
      for (const std::size_t n : network_.order()) {
        const auto claim = claims.find(n);
        if (claim == claims.end() || visits[n] <= 0.0) continue;
        for (const auto& [other, often] : claim->second.with_the_same_slot) visits[other] -= visits[n] * often;
        add_load(stream, at, network_.nodes()[n], visits[n] * claim->second.days);
      }
    }
    return true;
  }

  void describe_obstacle(const CaseClasses::Class& at, std::size_t stuck) {
    const std::string who = classes_.describe(at);
    const std::string where = stuck == network_.out() ? "the returns" : chain_.steps[network_.nodes()[stuck].row].id;
    load_.pools.clear();
    load_.obstacle = fmt::format(
        "utilisation was not checked: cases{}{} hardly ever leave, or the chain is very large; they "
        "go round through {}",
        who.empty() ? "" : " with ", who, where);
  }

  void add_load(const Stream& stream, const CaseClasses::Class& at, const Network::Node& node, double slots) {
    const Step& step = chain_.steps[node.row];
    const ChainNames::Place pool = *names_.pool(step.pool);
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
        add(member, classes_.share_of_value(stream, at, owner.per, member));
  }

  const Scenario& scenario_;
  const Chain& chain_;
  const ChainNames names_;
  const Clock clock_;
  const CaseClasses classes_;
  Network network_;
  std::map<std::size_t, std::vector<std::uint8_t>> keeps_;  // by row of the step that claims
  std::map<std::pair<std::size_t, std::string>, std::size_t> loads_;
  OfferedLoad load_;
};

}  // namespace

OfferedLoad offered_load(const Scenario& scenario) { return LoadComputation(scenario).compute(); }

}  // namespace ketensim
