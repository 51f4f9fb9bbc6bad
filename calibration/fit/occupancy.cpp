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

double first_day(const Moment& moment) { return std::floor(moment.earliest); }
double last_day(const Moment& moment) { return std::ceil(moment.latest) - 1.0; }

/// How long slots are held, in days of which the first counts as well: of those of which it is known.
class HeldFor {
 public:
  explicit HeldFor(const std::vector<Stay>& stays) {
    for (const Stay& stay : stays)
      if (!stay.withdrawn && stay.claim_seen && stay.started.known() && stay.freed.known())
        days_.push_back(first_day(stay.freed) - first_day(stay.started) + 1.0);
    std::sort(days_.begin(), days_.end());
  }
  /// How many are held longer than so many days.
  double held_longer(double days) const {
    return static_cast<double>(days_.end() - std::upper_bound(days_.begin(), days_.end(), days));
  }
  /// The chance that it was not freed before `day`, of what started on `start` and was freed from `first` to `last`.
  double still_held(double start, double day, double first, double last) const {
    if (day <= first) return 1.0;
    const auto longer = [&](double until) { return held_longer(until - start); };  // not freed before
    const double all = longer(first) - longer(last + 1.0);
    if (!(all > 0.0)) return (last + 1.0 - day) / (last + 1.0 - first);
    return (longer(day) - longer(last + 1.0)) / all;
  }

 private:
  std::vector<double> days_;
};

/// Adds up over days, as far as they lie in the window.
class Counting {
 public:
  Counting(double from, std::vector<DayCount>& days, const HeldFor& held) : from_(from), days_(days), held_(held) {}

  void add(const Stay& stay) {
    const double can_start = last_day(stay.received) + 1.0;  // had it been received in the evening
    const double left = first_day(stay.withdrawn ? stay.freed : stay.started);
    if (stay.claim_seen) each(can_start, left - 1.0, [](DayCount& day, double) { ++day.waiting; });
    if (stay.withdrawn) return;
    if (stay.claim_seen && stay.started.known()) each(left, left, [](DayCount& day, double) { ++day.started; });
    const double last = last_day(stay.freed);
    each(first_day(stay.started), last, [&](DayCount& day, double on) { take(stay, day.busy, on, 0.0); });
    each(first_day(stay.started), last - 1.0, [&](DayCount& day, double on) { take(stay, day.kept, on, 1.0); });
  }

 private:
  template <class Do>
  void each(double first, double last, Do&& act) {
    const double end = std::min(last - from_, static_cast<double>(days_.size()) - 1.0);
    for (double i = std::max(0.0, first - from_); i <= end; ++i) act(days_[static_cast<std::size_t>(i)], from_ + i);
  }

  /// `after`: it must have been freed so many days after this one.
  void take(const Stay& stay, DayCount::Taken& taken, double on, double after) const {
    const double sure_from = last_day(stay.started), sure_until = first_day(stay.freed) - after;
    if (on >= sure_from && on <= sure_until) {
      ++taken.surely;
      return;
    }
    ++taken.perhaps;
    taken.expected += chance_started(stay, on) * chance_held(stay, on + after);
  }
  static double chance_started(const Stay& stay, double on) {
    const double first = first_day(stay.started), last = last_day(stay.started);
    return on >= last ? 1.0 : (on - first + 1.0) / (last - first + 1.0);
  }
  double chance_held(const Stay& stay, double on) const {
    const double first = first_day(stay.freed), last = last_day(stay.freed);
    return std::isfinite(last) ? held_.still_held(first_day(stay.started), on, first, last) : 1.0;
  }

  double from_;
  std::vector<DayCount>& days_;
  const HeldFor& held_;
};

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
  std::vector<DayCount> days(
      static_cast<std::size_t>(std::max(0, static_cast<int>((monitor.until - monitor.from).count()))));
  const HeldFor held(stays);
  Counting counting(static_cast<double>(monitor.from.time_since_epoch().count()), days, held);
  for (const Stay& stay : stays) counting.add(stay);
  return days;
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
