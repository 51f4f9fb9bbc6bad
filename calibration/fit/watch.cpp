// What the days of one pool say of its slots.
#include "calibration/fit/watch.hpp"

#include <algorithm>
#include <cmath>

#include "calibration/fit/queue_order.hpp"

namespace ketensim::fit {
namespace {

using std::size_t;

constexpr double kMostDependent = 21.0;  // working days: fte, and so the slots, change with the month
constexpr double kLeastEvidence = 7.0;   // log-likelihood: a thousand times likelier
constexpr double kFewestFull = 3.0;      // full days that do not depend on each other
constexpr double kLeastNear = 0.7;       // share of the full days that must be near to what the estimate says
constexpr double kMostOver = 0.05;       // share of the other days that may have more taken than there are
constexpr double kReuse = 3.0;           // log-likelihood by which giving slots away on the day itself must be likelier
constexpr double kClear = 0.99;          // share of the full days as estimated from which nothing else is thought of
constexpr double kMostUnknown = 0.2;     // share of the receipts that may be unknown

double days_of(Date date) { return static_cast<double>(date.time_since_epoch().count()); }

/// Days on which the deliveries hold all who were there.
class Whole {
 public:
  Whole(const Monitor& monitor, const Watched& pool) : from_(days_of(monitor.from)) {
    days_.resize(static_cast<size_t>(std::max(0.0, days_of(monitor.until) - from_)), true);
    const double settling = held_days(pool.stays, 0.95);
    // Who was there when the window began was not delivered.
    if (!monitor.truncated) strike(from_, from_ + settling);
    // Nor were those received in a gap, who are there for as long as they stay.
    for (const Gap& gap : monitor.gaps)
      if (gap.organisation == pool.claim.organisation &&
          (gap.step == kUnknown || pool.claim.serves[static_cast<size_t>(gap.step)]))
        strike(days_of(gap.from), days_of(gap.until) + settling);
  }
  bool operator()(Date day) const { return days_[static_cast<size_t>(days_of(day) - from_)]; }

 private:
  void strike(double begin, double end) {
    const double last = std::min(end - from_, static_cast<double>(days_.size()));
    for (double day = std::max(0.0, begin - from_); day < last; ++day) days_[static_cast<size_t>(day)] = false;
  }

  double from_;
  std::vector<bool> days_;
};

/// The working days of the window; a new number of fte holds from the first one of its month.
std::vector<PoolDay> days_watched(const Monitor& monitor, const Calendar& calendar, const std::vector<DayCount>& counts,
                                  const Months* months, bool reused, const Whole& whole) {
  std::vector<PoolDay> days;
  size_t next = 0;
  double fte = months == nullptr ? 1.0 : months->front().second;
  const auto origin = static_cast<int>((monitor.from - calendar.origin()).count());
  for (size_t i = 0; i < counts.size(); ++i) {
    const Date date = monitor.from + std::chrono::days(static_cast<int>(i));
    if (!calendar.is_working(origin + static_cast<int>(i))) continue;
    while (months != nullptr && next < months->size() && (*months)[next].first <= date) fte = (*months)[next++].second;
    const DayCount& count = counts[i];
    const DayCount::Taken& taken = reused ? count.kept : count.busy;
    days.push_back({date, fte, taken.surely, taken.perhaps, taken.expected, count.waiting,
                    count.waiting > 0 && fte > 0.0 && whole(date)});
  }
  return days;
}

/// Full days: on one with a start, or without a cut since the last one, exactly the slots that there are were taken.
std::vector<FullDay> full_days(const Monitor& monitor, const std::vector<PoolDay>& days,
                               const std::vector<DayCount>& counts, double weight) {
  std::vector<FullDay> full;
  double at_last_start = 0.0;
  for (const PoolDay& day : days) {
    if (counts[static_cast<size_t>((day.day - monitor.from).count())].started > 0) at_last_start = day.fte;
    if (day.counted) full.push_back({day.fte, day.busy, day.perhaps, day.expected, day.fte >= at_last_start, weight});
  }
  return full;
}

/// The share of the days with nobody left waiting that had more slots taken than there are, as far as no cut in the
/// time that a slot is held explains it.
double share_over(const Watched& pool, const Whole& whole) {
  const double held = held_days(pool.stays, 0.95);
  size_t over = 0, all = 0;
  for (size_t i = 0; i < pool.days.size(); ++i) {
    const PoolDay& day = pool.days[i];
    if (day.counted || !whole(day.day)) continue;
    double fte = day.fte;
    for (size_t j = i; j-- > 0 && days_of(pool.days[j].day) > days_of(day.day) - held;)
      fte = std::max(fte, pool.days[j].fte);
    const int slots = slots_of(fte, pool.slots.per_fte.estimate);
    over += day.busy > slots + std::max(1, slots / 100);
    ++all;
  }
  return all == 0 ? 0.0 : static_cast<double>(over) / static_cast<double>(all);
}

/// Of the days whose deliveries are whole: slots taken per fte.
struct Spread {
  double mean = 0.0, deviation = 0.0, most = 0.0;
};

Spread spread_of(const std::vector<PoolDay>& days, const Whole& whole) {
  double sum = 0.0, squares = 0.0, count = 0.0;
  Spread spread;
  for (const PoolDay& day : days) {
    if (!whole(day.day) || !(day.fte > 0.0)) continue;
    const double ratio = (day.busy + day.expected) / day.fte;
    sum += ratio, squares += ratio * ratio, ++count;
    spread.most = std::max(spread.most, day.busy / day.fte);
  }
  if (count == 0.0) return spread;
  spread.mean = sum / count;
  spread.deviation = std::sqrt(std::max(0.0, squares / count - spread.mean * spread.mean));
  return spread;
}

void look(const Monitor& monitor, const Calendar& calendar, const std::vector<DayCount>& counts, const Months* months,
          Watched& pool) {
  const Whole whole(monitor, pool);
  pool.days = days_watched(monitor, calendar, counts, months, pool.reused, whole);
  const double held = held_days(pool.stays, 0.5) * (calendar.continuous() ? 1.0 : 5.0 / 7.0);
  const double depends = std::max(1.0, months == nullptr ? held : std::min(held, kMostDependent));
  pool.full = full_days(monitor, pool.days, counts, 1.0 / depends);
  pool.independent = static_cast<double>(pool.full.size()) / depends;
  const Spread spread = spread_of(pool.days, whole);
  pool.busiest = spread.most;
  if (pool.full.empty()) return;
  pool.slots = fit_slots(pool.full, months == nullptr);
  pool.evidence = pool.slots.log_likelihood - log_likelihood_unlimited(pool.full, spread.mean, spread.deviation);
  pool.over = share_over(pool, whole);
}

bool receipts_known(const std::vector<Stay>& stays) {
  size_t unknown = 0, all = 0;
  for (const Stay& stay : stays) {
    if (!stay.claim_seen) continue;
    unknown += !stay.received.known();
    ++all;
  }
  return static_cast<double>(unknown) <= kMostUnknown * static_cast<double>(all);
}

}  // namespace

bool Watched::limits() const {
  return independent >= kFewestFull && evidence >= kLeastEvidence && slots.near >= kLeastNear && over <= kMostOver;
}

Watched watch(const Monitor& monitor, const Linked& linked, const Calendar& calendar,
              const std::vector<std::int32_t>& members, Claim claim, const Months* months) {
  Watched pool;
  pool.stays = stays_of(monitor, linked, members, claim);
  pool.claim = std::move(claim);
  pool.receipts_known = receipts_known(pool.stays);
  if (!pool.receipts_known) return pool;
  pool.order = fit_order(monitor, pool.stays);
  narrow_starts(monitor, pool.order, pool.stays);
  bound_by_longest(pool.stays);
  const std::vector<DayCount> counts = count_days(monitor, pool.stays);
  Watched reused = pool;
  reused.reused = true;
  look(monitor, calendar, counts, months, pool);
  if (pool.full.empty() || (pool.limits() && pool.slots.kept >= kClear)) return pool;
  look(monitor, calendar, counts, months, reused);
  return reused.limits() && reused.slots.log_likelihood > pool.slots.log_likelihood + kReuse ? reused : pool;
}

}  // namespace ketensim::fit
