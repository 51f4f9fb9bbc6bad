#include "engine/experiment/activity.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace ketensim {
namespace {

/// Periods whose lengths differ by no more are equally long (days): two queues that stand all the time.
constexpr double kSameLength = 1e-9;

/// A union of intervals.
class Covered {
 public:
  bool covers(double from, double until) const {
    auto after = parts_.upper_bound(from);
    return after != parts_.begin() && std::prev(after)->second >= until;
  }
  void add(double from, double until) {
    auto part = parts_.upper_bound(from);
    if (part != parts_.begin() && std::prev(part)->second >= from) --part;
    while (part != parts_.end() && part->first <= until) {
      from = std::min(from, part->first);
      until = std::max(until, part->second);
      part = parts_.erase(part);
    }
    parts_[from] = until;
  }

 private:
  std::map<double, double> parts_;
};

/// Those that are longest at some moment: not covered by longer ones.
std::vector<ActivePeriod> bottleneck_periods(std::vector<ActivePeriod> periods) {
  const auto length = [](const ActivePeriod& period) { return period.until - period.from; };
  std::sort(periods.begin(), periods.end(), [&](const ActivePeriod& a, const ActivePeriod& b) {
    if (length(a) != length(b)) return length(a) > length(b);
    return a.from != b.from ? a.from < b.from : a.pool < b.pool;
  });
  std::vector<ActivePeriod> found;
  Covered longer;
  for (std::size_t first = 0, last = 0; first < periods.size(); first = last) {
    while (last < periods.size() && length(periods[first]) - length(periods[last]) <= kSameLength) ++last;
    const std::size_t known = found.size();
    for (std::size_t i = first; i < last; ++i)
      if (!longer.covers(periods[i].from, periods[i].until)) found.push_back(periods[i]);
    for (std::size_t i = known; i < found.size(); ++i) longer.add(found[i].from, found[i].until);
  }
  return found;
}

}  // namespace

void add_bottlenecks(std::vector<ActivePeriod> periods, double start, double end, std::vector<PoolActivity>& into) {
  struct Turn {
    double time;
    std::size_t pool;
    bool begins;
  };
  std::vector<Turn> turns;
  for (const ActivePeriod& period : bottleneck_periods(std::move(periods))) {
    const double from = std::max(period.from, start), until = std::min(period.until, end);
    if (from >= until) continue;
    turns.push_back({from, period.pool, true});
    turns.push_back({until, period.pool, false});
  }
  std::sort(turns.begin(), turns.end(), [](const Turn& a, const Turn& b) {
    if (a.time != b.time) return a.time < b.time;
    return a.begins != b.begins ? b.begins : a.pool < b.pool;
  });
  std::set<std::size_t> now;  // pools in a bottleneck period
  double since = start;
  for (const Turn& turn : turns) {
    for (const std::size_t pool : now) (now.size() == 1 ? into[pool].sole : into[pool].shared) += turn.time - since;
    since = turn.time;
    if (turn.begins)
      now.insert(turn.pool);
    else
      now.erase(turn.pool);
  }
}

ActivityObserver::ActivityObserver(const Model& model, std::vector<PoolActivity>& into)
    : start_(model.start),
      end_(model.end),
      by_dates_(model.resolution == Resolution::day),
      into_(into),
      pools_(model.pools.size() - 1) {
  into_.assign(pools_.size(), {});
  for (std::size_t p = 0; p < pools_.size(); ++p)
    pools_[p].kept = !model.pools[p + 1].plain || !model.pools[p + 1].reserves.empty();
}

double ActivityObserver::within(double from, double until) const {
  return std::max(0.0, std::min(until, end_) - std::max(from, start_));
}

void ActivityObserver::pool(const PoolFact& fact) {
  Pool& p = pools_[fact.pool];
  if (fact.now > p.last.now) settle(fact.pool, fact.now);
  count_busy(fact.pool, fact);
  p.last = fact;
}

/// By dates a slot is taken all day, as in the figures.
void ActivityObserver::count_busy(std::size_t pool, const PoolFact& fact) {
  Pool& p = pools_[pool];
  if (fact.busy == p.busy) return;
  double moment = fact.now;
  if (by_dates_) moment = fact.busy < p.busy ? std::ceil(fact.now) : std::floor(fact.now);
  into_[pool].busy += p.busy * within(p.busy_since, moment);
  p.busy_since = moment;
  p.busy = fact.busy;
}

void ActivityObserver::settle(std::size_t pool, double now) {
  Pool& p = pools_[pool];
  PoolActivity& activity = into_[pool];
  const auto [index, since, busy, slots, waiting] = p.last;
  // By dates the figures tell an evening's queue of that whole date.
  const double days = by_dates_ ? within(std::floor(since), std::floor(now)) : within(since, now);
  activity.slots += slots * days;
  activity.waiting += waiting * days;
  if (waiting > 0 && slots > busy) activity.idle += std::min(waiting, slots - busy) * within(since, now);
  if (since <= start_ && start_ < now) activity.waiting_at_start = waiting;
  activity.waiting_at_end = waiting;
  activity.ever_short |= waiting > 0 && (busy >= slots || p.kept);

  const bool all_taken = busy >= slots && (slots > 0 || waiting > 0);
  const bool active = all_taken || (p.active && waiting > 0);
  if (active && !p.active) p.active_since = since;
  if (!active && p.active) periods_.push_back({p.active_since, since, pool});
  p.active = active;
}

void ActivityObserver::over(double now) {
  for (std::size_t pool = 0; pool < pools_.size(); ++pool) {
    Pool& p = pools_[pool];
    if (now > p.last.now) settle(pool, now);
    into_[pool].busy += p.busy * within(p.busy_since, now);
    if (p.active) periods_.push_back({p.active_since, now, pool});
  }
  add_bottlenecks(std::move(periods_), start_, end_, into_);
}

}  // namespace ketensim
