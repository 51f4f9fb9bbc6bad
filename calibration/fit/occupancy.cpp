// From visits to slots taken and cases waiting, day by day.
#include "calibration/fit/occupancy.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>

namespace ketensim::fit {
namespace {

const MonitorVisit& visit_at(const Monitor& monitor, std::int32_t visit) {
  return monitor.visits[static_cast<std::size_t>(visit)];
}
const std::string& partner_of(const Monitor& monitor, std::int32_t visit) {
  return monitor.steps[static_cast<std::size_t>(visit_at(monitor, visit).step)].organisation;
}

/// The members of each partner, by name.
using Members = std::map<std::string_view, std::map<std::string_view, std::int32_t>>;

Members members_by_partner(const Monitor& monitor) {
  Members members;
  for (std::size_t i = 0; i < monitor.visits.size(); ++i) {
    const std::int32_t organisation = monitor.visits[i].organisation;
    if (organisation == kUnknown) continue;
    members[partner_of(monitor, static_cast<std::int32_t>(i))].emplace(
        monitor.organisations[static_cast<std::size_t>(organisation)], organisation);
  }
  return members;
}

/// The visits of one case.
struct CaseVisits {
  const Linked& linked;
  const MonitorCase& of;
  std::int32_t operator[](std::size_t i) const { return linked.visits[of.first + i]; }
};

std::int32_t member_named(const Monitor& monitor, const Members& members, const CaseVisits& visits,
                          std::int32_t unknown) {
  const std::string& partner = partner_of(monitor, unknown);
  for (std::size_t i = 0; i < visits.of.count; ++i) {
    const std::int32_t other = visit_at(monitor, visits[i]).organisation;
    if (other != kUnknown && partner_of(monitor, visits[i]) == partner) return other;
  }
  const auto known = members.find(partner);
  if (known == members.end()) return kUnknown;
  for (std::size_t i = 0; i < visits.of.count; ++i)
    for (std::size_t a = 0; a < monitor.attributes.size(); ++a) {
      const std::int32_t value = monitor.value(static_cast<std::size_t>(visits[i]), a);
      if (value < 0) continue;
      const auto member = known->second.find(monitor.attribute_values[a][static_cast<std::size_t>(value)]);
      if (member != known->second.end()) return member->second;
    }
  return kUnknown;
}

/// Where a slot held across steps is freed, of which `last` is the last visit delivered.
Moment freed_after(const Monitor& monitor, const Claim& claim, const MonitorCase& of, const MonitorVisit& last) {
  const double until = static_cast<double>(monitor.until.time_since_epoch().count());
  const bool goes_on = last.next == kUnknown || (last.next >= 0 && claim.serves[static_cast<std::size_t>(last.next)]);
  if (last.step == claim.held_until || last.ended.open() || last.withdrawn || !goes_on) return last.ended;
  if (of.end == MonitorCase::End::on_its_way) return {until, Moment::kInfinity};
  return {last.ended.earliest, until};
}

/// Between which steps nearly every case is received on the day on which it ended before.
class Handovers {
 public:
  Handovers(const Monitor& monitor, const Linked& linked) {
    std::map<Steps, std::pair<size_t, size_t>> counts;
    for (const Handover& handover : linked.handovers) {
      if (handover.to == kUnknown || handover.skipped) continue;
      const MonitorVisit &from = visit_at(monitor, handover.from), &to = visit_at(monitor, handover.to);
      if (!from.ended.known() || !to.received.known()) continue;
      auto& [same, all] = counts[{from.step, to.step}];
      same += std::floor(from.ended.earliest) == std::floor(to.received.earliest);
      ++all;
    }
    for (const auto& [steps, count] : counts)
      if (count.second >= kFewest && static_cast<double>(count.first) > kNearlyAll * static_cast<double>(count.second))
        at_once_.insert(steps);
  }

  /// An end that is not known, by when the next partner received the case.
  Moment narrow(const Moment& ended, const MonitorVisit& last, const MonitorVisit& next) const {
    if (ended.known() || ended.open()) return ended;
    Moment narrower{ended.earliest, std::min(ended.latest, next.received.latest)};
    if (at_once_.contains({last.step, next.step})) narrower.earliest = std::max(ended.earliest, next.received.earliest);
    return narrower.earliest < narrower.latest ? narrower : ended;
  }

 private:
  using size_t = std::size_t;
  using Steps = std::pair<std::int32_t, std::int32_t>;
  static constexpr size_t kFewest = 20;
  static constexpr double kNearlyAll = 0.98;
  std::set<Steps> at_once_;
};

/// Adds to each day from `first` up to and including `last`, as far as they lie in the window.
class Marks {
 public:
  Marks(double from, std::size_t days) : from_(from), changes_(days + 1) {}
  void add(double first, double last) {
    const double end = static_cast<double>(changes_.size() - 1);
    const double begin = std::clamp(first - from_, 0.0, end), stop = std::clamp(last + 1.0 - from_, 0.0, end);
    if (!(begin < stop)) return;
    ++changes_[static_cast<std::size_t>(begin)];
    --changes_[static_cast<std::size_t>(stop)];
  }
  std::vector<int> counts() const {
    std::vector<int> result(changes_.size() - 1);
    int count = 0;
    for (std::size_t i = 0; i < result.size(); ++i) result[i] = count += changes_[i];
    return result;
  }

 private:
  double from_;
  std::vector<int> changes_;
};

double first_day(const Moment& moment) { return std::floor(moment.earliest); }
double last_day(const Moment& moment) { return std::ceil(moment.latest) - 1.0; }

}  // namespace

std::vector<std::int32_t> members_of(const Monitor& monitor, const Linked& linked) {
  const Members members = members_by_partner(monitor);
  std::vector<std::int32_t> result(monitor.visits.size());
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = monitor.visits[i].organisation;
  for (const MonitorCase& of : linked.cases) {
    const CaseVisits visits{linked, of};
    for (std::size_t i = 0; i < of.count; ++i) {
      std::int32_t& member = result[static_cast<std::size_t>(visits[i])];
      if (member == kUnknown) member = member_named(monitor, members, visits, visits[i]);
    }
  }
  return result;
}

std::vector<std::vector<bool>> reachable_steps(const Monitor& monitor, const Linked& linked) {
  const std::size_t steps = monitor.steps.size();
  std::vector<std::vector<bool>> reaches(steps, std::vector<bool>(steps));
  for (const MonitorCase& of : linked.cases) {
    const CaseVisits visits{linked, of};
    for (std::size_t i = 0; i + 1 < of.count; ++i) {
      if (partner_of(monitor, visits[i]) != partner_of(monitor, visits[i + 1])) continue;
      const auto from = static_cast<std::size_t>(visit_at(monitor, visits[i]).step);
      reaches[from][static_cast<std::size_t>(visit_at(monitor, visits[i + 1]).step)] = true;
    }
  }
  for (std::size_t by = 0; by < steps; ++by)
    for (std::size_t from = 0; from < steps; ++from)
      for (std::size_t to = 0; to < steps && reaches[from][by]; ++to)
        if (reaches[by][to]) reaches[from][to] = true;
  return reaches;
}

std::vector<Stay> stays_of(const Monitor& monitor, const Linked& linked, const std::vector<std::int32_t>& members,
                           const Claim& claim) {
  std::vector<Stay> stays;
  const Handovers handovers(monitor, linked);
  const double from = static_cast<double>(monitor.from.time_since_epoch().count());
  const auto here = [&](std::int32_t visit) {
    return members[static_cast<std::size_t>(visit)] == claim.organisation &&
           claim.serves[static_cast<std::size_t>(visit_at(monitor, visit).step)];
  };
  for (const MonitorCase& of : linked.cases) {
    const CaseVisits visits{linked, of};
    for (std::size_t i = 0; i < of.count; ++i) {
      if (!here(visits[i])) continue;
      const MonitorVisit& first = visit_at(monitor, visits[i]);
      Stay stay{visits[i], first.step == claim.claimed_at, false, first.received, first.started, first.ended};
      if (!stay.claim_seen && i > 0) continue;  // came by another way: nobody claimed a slot for it
      if (!stay.claim_seen) stay.started = first.received;
      stay.withdrawn = stay.claim_seen && first.withdrawn;
      if (!stay.withdrawn) {
        while (visit_at(monitor, visits[i]).step != claim.held_until && i + 1 < of.count && here(visits[i + 1])) ++i;
        const MonitorVisit& last = visit_at(monitor, visits[i]);
        stay.freed = freed_after(monitor, claim, of, last);
        if (i + 1 < of.count) stay.freed = handovers.narrow(stay.freed, last, visit_at(monitor, visits[i + 1]));
      }
      if (monitor.truncated && stay.received.latest <= from && stay.freed.latest > from)
        stay.freed.earliest =
            std::max(stay.freed.earliest, from);  // it was delivered: it was open when the window began
      stays.push_back(stay);
    }
  }
  return stays;
}

std::vector<DayCount> count_days(const Monitor& monitor, const std::vector<Stay>& stays) {
  const double from = static_cast<double>(monitor.from.time_since_epoch().count());
  const auto days = static_cast<std::size_t>(std::max(0L, static_cast<long>((monitor.until - monitor.from).count())));
  Marks busy(from, days), possible(from, days), kept(from, days), possible_kept(from, days), waiting(from, days),
      started(from, days);
  for (const Stay& stay : stays) {
    const double can_start = last_day(stay.received) + 1.0;  // had it been received in the evening
    if (stay.withdrawn) {
      waiting.add(can_start, first_day(stay.freed) - 1.0);
      continue;
    }
    if (stay.claim_seen) waiting.add(can_start, first_day(stay.started) - 1.0);
    if (stay.claim_seen && stay.started.known()) started.add(first_day(stay.started), first_day(stay.started));
    const double surely_from = last_day(stay.started), surely_until = first_day(stay.freed);
    busy.add(surely_from, surely_until);
    kept.add(surely_from, surely_until - 1.0);
    possible.add(first_day(stay.started), last_day(stay.freed));
    possible_kept.add(first_day(stay.started), last_day(stay.freed) - 1.0);
  }
  const std::vector<int> busy_counts = busy.counts(), possible_counts = possible.counts(), kept_counts = kept.counts(),
                         possible_kept_counts = possible_kept.counts(), waiting_counts = waiting.counts(),
                         started_counts = started.counts();
  std::vector<DayCount> result(days);
  for (std::size_t i = 0; i < days; ++i)
    result[i] = {busy_counts[i],    possible_counts[i] - busy_counts[i],
                 kept_counts[i],    possible_kept_counts[i] - kept_counts[i],
                 waiting_counts[i], started_counts[i]};
  return result;
}

void bound_by_longest(std::vector<Stay>& stays) {
  const double longest = held_days(stays, 0.999);
  if (!(longest > 0.0)) return;
  for (Stay& stay : stays) {
    if (stay.withdrawn || !stay.claim_seen) continue;
    if (!stay.started.known() && !stay.started.open())
      stay.started.earliest =
          std::min(std::max(stay.started.earliest, stay.freed.earliest - longest), stay.started.latest - 1.0);
    if (!stay.freed.known() && !stay.freed.open())
      stay.freed.latest =
          std::max(std::min(stay.freed.latest, stay.started.latest + longest), stay.freed.earliest + 1.0);
  }
}

double held_days(const std::vector<Stay>& stays, double share) {
  std::vector<double> held;
  for (const Stay& stay : stays)
    if (!stay.withdrawn && stay.claim_seen && stay.started.known() && stay.freed.known())
      held.push_back(stay.freed.latest - stay.started.earliest);
  if (held.empty()) return 0.0;
  const auto rank = static_cast<std::ptrdiff_t>(share * static_cast<double>(held.size() - 1));
  std::nth_element(held.begin(), held.begin() + rank, held.end());
  return held[static_cast<std::size_t>(rank)];
}

}  // namespace ketensim::fit
