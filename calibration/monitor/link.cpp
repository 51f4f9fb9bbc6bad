#include <algorithm>
#include <map>
#include <utility>

#include "ketensim/monitor.hpp"

namespace ketensim {
namespace {

using std::size_t;

/// Links the visits of one child after the other; visits stand by child, then by receipt.
class Linking {
 public:
  explicit Linking(const Monitor& monitor)
      : monitor_(monitor), after_(monitor.visits.size(), kUnknown), before_(after_), skipped_(monitor.visits.size()) {}

  Linked link() && {
    each_child([&](size_t begin, size_t end) { link_child(begin, end); });
    find_longest_handovers();
    each_child([&](size_t begin, size_t end) { add_cases(begin, end); });
    return std::move(linked_);
  }

 private:
  template <class Do>
  void each_child(Do&& act) {
    const auto& visits = monitor_.visits;
    for (size_t begin = 0, end = 0; begin < visits.size(); begin = end) {
      for (end = begin + 1; end < visits.size() && visits[end].child == visits[begin].child;) ++end;
      act(begin, end);
    }
  }

  const MonitorVisit& visit(size_t number) const { return monitor_.visits[number]; }
  bool is_entry(size_t number) const { return monitor_.steps[static_cast<size_t>(visit(number).step)].entry; }
  bool same_organisation(size_t one, size_t other) const {
    const std::int32_t a = visit(one).organisation, b = visit(other).organisation;
    return a == b || a == kUnknown || b == kUnknown;
  }
  bool same_partner(size_t one, size_t other) const {
    return monitor_.steps[static_cast<size_t>(visit(one).step)].organisation ==
           monitor_.steps[static_cast<size_t>(visit(other).step)].organisation;
  }

  void join(size_t from, size_t to) {
    after_[from] = static_cast<std::int32_t>(to);
    before_[to] = static_cast<std::int32_t>(from);
  }

  void link_child(size_t begin, size_t end) {
    if (visit(begin).follows) {
      follow_in_time(begin, end);
      return;
    }
    by_end_.clear();
    for (size_t i = begin; i < end; ++i)
      if (visit(i).next >= 0 && !visit(i).ended.open()) by_end_.push_back(i);
    // Who ended first is received first.
    std::stable_sort(by_end_.begin(), by_end_.end(),
                     [&](size_t a, size_t b) { return visit(a).ended.latest < visit(b).ended.latest; });
    for (const size_t from : by_end_) link_to_next(from, begin, end);
    for (size_t to = begin; to < end; ++to)
      if (before_[to] == kUnknown && !is_entry(to)) link_over_gap(to, begin);
  }

  /// The earliest visit at the step named that may follow; within one partner the organisation stays the same.
  void link_to_next(size_t from, size_t begin, size_t end) {
    for (size_t to = begin; to < end; ++to) {
      if (to == from || before_[to] != kUnknown || visit(to).step != visit(from).next) continue;
      if (visit(to).received.latest <= visit(from).ended.earliest) continue;  // received before the other had ended
      if (same_partner(from, to) && !same_organisation(from, to)) continue;
      if (leads_to(to, from)) continue;
      join(from, to);
      return;
    }
  }

  /// A visit that nothing leads to, and where nobody enters: it follows the child's last visit that leads elsewhere and
  /// has no follower. What lay between was not delivered.
  void link_over_gap(size_t to, size_t begin) {
    for (size_t from = to; from-- > begin;) {
      if (after_[from] != kUnknown || visit(from).next == kLeaves || visit(from).ended.open()) continue;
      if (visit(from).ended.earliest >= visit(to).received.latest) continue;
      join(from, to);
      skipped_[to] = true;
      return;
    }
  }

  bool leads_to(size_t from, size_t to) const {
    for (std::int32_t at = static_cast<std::int32_t>(from); at != kUnknown; at = after_[static_cast<size_t>(at)])
      if (static_cast<size_t>(at) == to) return true;
    return false;
  }

  void follow_in_time(size_t begin, size_t end) {
    std::map<std::int32_t, size_t> last;  // of each case
    for (size_t i = begin; i < end; ++i) {
      const auto [at, is_first] = last.emplace(visit(i).case_id, i);
      if (!is_first) join(at->second, i);
      at->second = i;
    }
  }

  Handover between(size_t from, size_t to) const {
    Handover handover{static_cast<std::int32_t>(from), static_cast<std::int32_t>(to)};
    handover.at_least = std::max(0.0, visit(to).received.earliest - visit(from).ended.latest);
    handover.at_most = std::max(0.0, visit(to).received.latest - visit(from).ended.earliest);
    handover.skipped = skipped_[to];
    return handover;
  }

  void find_longest_handovers() {
    for (size_t to = 0; to < before_.size(); ++to) {
      if (before_[to] == kUnknown || skipped_[to]) continue;
      const auto from = static_cast<size_t>(before_[to]);
      double& longest = longest_[{visit(from).step, visit(to).step}];
      longest = std::max(longest, between(from, to).at_most);
    }
  }

  void add_cases(size_t begin, size_t end) {
    const size_t first_case = linked_.cases.size();
    for (size_t i = begin; i < end; ++i)
      if (before_[i] == kUnknown) add_case(i, static_cast<std::int32_t>(linked_.cases.size() - first_case));
    for (size_t i = first_case; i < linked_.cases.size(); ++i) find_previous(i, first_case);
  }

  void add_case(size_t first, std::int32_t number) {
    MonitorCase& added = linked_.cases.emplace_back();
    added.child = visit(first).child;
    added.number = number;
    added.first = linked_.visits.size();
    added.beginning_unseen = !is_entry(first);
    size_t last = first;
    for (std::int32_t at = static_cast<std::int32_t>(first); at != kUnknown; at = after_[last]) {
      last = static_cast<size_t>(at);
      linked_.visits.push_back(at);
      if (before_[last] != kUnknown) linked_.handovers.push_back(between(static_cast<size_t>(before_[last]), last));
    }
    added.count = linked_.visits.size() - added.first;
    added.end = end_of(last);
    if (added.end != MonitorCase::End::on_its_way) return;
    const double waited = days(monitor_.until) - visit(last).ended.latest;
    linked_.handovers.push_back(
        {static_cast<std::int32_t>(last), kUnknown, std::max(0.0, waited), Moment::kInfinity, false});
  }

  static double days(Date date) { return static_cast<double>(date.time_since_epoch().count()); }

  MonitorCase::End end_of(size_t last) const {
    using End = MonitorCase::End;
    const MonitorVisit& at = visit(last);
    if (at.ended.open()) return End::at_step;
    if (at.next == kLeaves) return End::out;
    if (at.follows) return End::unknown;
    if (at.next == kUnknown) return End::unknown;
    const auto longest = longest_.find({at.step, at.next});
    const double waited = days(monitor_.until) - at.ended.latest;
    return longest != longest_.end() && waited <= longest->second ? End::on_its_way : End::lost;
  }

  /// The last case of the child that was over when this one came.
  void find_previous(size_t number, size_t first_case) {
    MonitorCase& of = linked_.cases[number];
    const double came = visit(static_cast<size_t>(linked_.visits[of.first])).received.latest;
    double latest = -Moment::kInfinity;
    for (size_t i = first_case; i < linked_.cases.size(); ++i) {
      const MonitorCase& other = linked_.cases[i];
      const Moment& ended = visit(static_cast<size_t>(linked_.visits[other.first + other.count - 1])).ended;
      if (i == number || other.end != MonitorCase::End::out || ended.earliest >= came || ended.earliest <= latest)
        continue;
      latest = ended.earliest;
      of.previous = static_cast<std::int32_t>(i);
    }
  }

  const Monitor& monitor_;
  std::vector<std::int32_t> after_, before_;  // visits
  std::vector<bool> skipped_;                 // by the visit that follows
  std::vector<size_t> by_end_;
  std::map<std::pair<std::int32_t, std::int32_t>, double> longest_;  // hand-over between two steps, in days
  Linked linked_;
};

}  // namespace

Linked link(const Monitor& monitor) { return Linking(monitor).link(); }

}  // namespace ketensim
