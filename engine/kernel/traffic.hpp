#pragma once

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "engine/kernel/case_classes.hpp"
#include "engine/kernel/chain_names.hpp"
#include "ketensim/scenario.hpp"

namespace ketensim {

/// What a duration takes on the calendar, on average over the reported period.
class MeanClock {
 public:
  explicit MeanClock(const Period& period);

  /// From the end of a service to being received elsewhere.
  double transfer_days(const Distribution& d);
  /// From the start of a service to its end.
  double service_days(const Distribution& d);
  /// From the end of a service until its slot can be given to another case.
  double until_free_days() const { return by_dates() ? per_working_day_ : 0.0; }

 private:
  enum class Of { service, transfer };

  bool by_dates() const { return !working_days_.empty(); }
  double plain_days(const Distribution& d) const { return mean_of(d) * (d.working_days ? per_working_day_ : 1.0); }
  /// An end on a day off moves to the next working day. What begins on a working day and takes no time never ends on a
  /// day off, and what takes less than a day more rarely.
  double to_working_day(const Distribution& d) const {
    return d.working_days ? 0.0 : to_working_day_ * std::min(1.0, mean_of(d));
  }
  double days_by_dates(Of of, const Distribution& d);
  double rounding_by_dates(Of of, const Distribution& d);
  double whole_days(Of of, double days);

  const bool handed_over_on_working_days_;
  Calendar calendar_{CalendarKind::continuous, Date{}, 0};
  std::vector<double> working_days_;  // of the period, as moments; where only dates are kept
  std::map<std::pair<Of, double>, double> whole_days_;
  double per_working_day_ = 1.0, to_working_day_ = 0.0;
};

/// The steps of a chain as nodes, and the links between them that cases of one class follow. Row i of the chain is node
/// i, then `out`, then the steps that are named for one member. All names must be known.
class TrafficNetwork {
 public:
  TrafficNetwork(const Chain& chain, const ChainNames& names, MeanClock& clock);

  struct Node {
    std::size_t row;
    std::string member;  // or empty: that of the case
  };
  struct Link {
    std::size_t to;
    double share, transfer_days;
  };
  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

  std::size_t out() const { return chain_.steps.size(); }
  std::size_t node(const std::string& name);
  const std::vector<Node>& nodes() const { return nodes_; }
  /// The nodes that routes lead to, each after those before it as far as circles allow.
  const std::vector<std::size_t>& order() const { return order_; }
  const std::vector<Link>& links(std::size_t node) const { return links_[node]; }

  /// Sets the links that cases of a class follow.
  void choose(const CaseClasses& classes, const CaseClasses::Class& at);

  /// The traffic equations: expected visits to each node when `arriving` come in at each and go on along the links that
  /// `passes(from, to)`. Flow is pushed on in the order of the nodes until next to nothing is left. Returns kNowhere,
  /// or if that takes too long the node where most of it still goes round.
  template <class Passes>
  std::size_t settle(std::vector<double> arriving, std::vector<double>& visits, Passes passes) {
    constexpr double kPrecision = 1e-9;
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
      if (exhausted())
        return static_cast<std::size_t>(std::max_element(arriving.begin(), arriving.end()) - arriving.begin());
    }
  }
  /// Whether more links have been walked than a quick check allows (some tenths of a second).
  bool exhausted() const { return work_ > 3e7; }

 private:
  void set_order();

  const Chain& chain_;
  const ChainNames& names_;
  std::map<const Target*, double> transfer_days_;
  std::vector<Node> nodes_;
  std::map<std::string, std::size_t> of_members_;
  std::vector<std::vector<Link>> links_;
  std::vector<std::size_t> order_;
  double work_ = 0.0;
};

}  // namespace ketensim
