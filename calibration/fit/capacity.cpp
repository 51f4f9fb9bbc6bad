// Pools: where a slot is claimed, how long it is held, how many there are, and whether they limit anything.
#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

#include "calibration/fit/occupancy.hpp"
#include "calibration/fit/watch.hpp"
#include "ketensim/fit_capacity.hpp"

namespace ketensim {
namespace {

using fit::Claim;
using fit::Months;
using fit::Watched;
using std::size_t;

constexpr double kNearlyAlways = 0.97;  // share below which an order is said not to be kept

class Pools {
 public:
  Pools(const Monitor& monitor, const Linked& linked, const Calendar& calendar)
      : monitor_(monitor),
        linked_(linked),
        calendar_(calendar),
        members_(fit::members_of(monitor, linked)),
        reaches_(fit::reachable_steps(monitor, linked)) {
    for (const MonitorCapacity& row : monitor.capacity)
      fte_[{row.organisation, row.step}].emplace_back(row.month, row.fte);
    for (auto& [pool, months] : fte_) std::sort(months.begin(), months.end());
    for (size_t i = 0; i < monitor.visits.size(); ++i) {
      if (members_[i] != kUnknown)
        visited_.insert({members_[i], monitor.visits[i].step});
      else
        ++unplaced_[monitor.visits[i].step];
    }
  }

  std::vector<CapacityFit> fit() {
    std::map<std::int32_t, std::vector<std::int32_t>> by_step;  // the organisations that report it
    for (const auto& [pool, months] : fte_) by_step[pool.second].push_back(pool.first);
    for (const auto& [step, organisations] : by_step) add_reported(step, organisations);
    for (const auto& [organisation, step] : visited_)
      if (!served_.contains({organisation, step})) add(watch(claim(organisation, step, step), nullptr), kUnknown);
    std::stable_sort(fits_.begin(), fits_.end(), [](const CapacityFit& a, const CapacityFit& b) {
      return std::pair(a.organisation, a.claimed_at) < std::pair(b.organisation, b.claimed_at);
    });
    return std::move(fits_);
  }

 private:
  const std::string& name(std::int32_t step) const { return monitor_.steps[static_cast<size_t>(step)].id; }

  /// The pools of one step's capacity rows. All members of a partner claim their slots at the same step: the one that
  /// explains most of the waits of all together.
  void add_reported(std::int32_t step, const std::vector<std::int32_t>& organisations) {
    std::vector<Watched> best;
    double most = -1.0;
    for (const std::int32_t claimed : claims_of(step, organisations)) {
      std::vector<Watched> each;
      double evidence = 0.0;
      for (const std::int32_t organisation : organisations) {
        each.push_back(watch(claim(organisation, claimed, step), &fte_.at({organisation, step})));
        if (each.back().limits()) evidence += each.back().evidence;
      }
      if (evidence <= most) continue;
      most = evidence;
      best = std::move(each);
    }
    for (Watched& pool : best) add(std::move(pool), step);
  }

  /// The reported step first, then those of the same partner that lead to it and have no capacity of their own.
  std::vector<std::int32_t> claims_of(std::int32_t step, const std::vector<std::int32_t>& organisations) const {
    std::vector<std::int32_t> claims{step};
    for (std::int32_t other = 0; other < static_cast<std::int32_t>(monitor_.steps.size()); ++other) {
      const auto from = static_cast<size_t>(other), to = static_cast<size_t>(step);
      if (other == step || !reaches_[from][to] || reaches_[to][from]) continue;
      if (std::none_of(organisations.begin(), organisations.end(), [&](std::int32_t organisation) {
            return fte_.contains({organisation, other});
          }))
        claims.push_back(other);
    }
    return claims;
  }

  Claim claim(std::int32_t organisation, std::int32_t claimed, std::int32_t held) const {
    Claim result{organisation, claimed, held, std::vector<bool>(monitor_.steps.size())};
    const auto from = static_cast<size_t>(claimed), to = static_cast<size_t>(held);
    result.serves[from] = result.serves[to] = true;
    for (size_t step = 0; claimed != held && step < monitor_.steps.size(); ++step)
      if (reaches_[from][step] && reaches_[step][to]) result.serves[step] = true;
    return result;
  }

  Watched watch(Claim claim, const Months* months) const {
    return fit::watch(monitor_, linked_, calendar_, members_, std::move(claim), months);
  }

  void add(Watched pool, std::int32_t reported) {
    CapacityFit& result = fits_.emplace_back();
    result.organisation = pool.claim.organisation;
    result.reported_at = reported;
    result.claimed_at = pool.claim.claimed_at;
    result.held_until = pool.claim.held_until;
    for (size_t step = 0; step < pool.claim.serves.size(); ++step)
      if (pool.claim.serves[step]) served_.insert({pool.claim.organisation, static_cast<std::int32_t>(step)});
    result.limits = pool.limits();
    result.reused_same_day = result.limits && pool.reused;
    result.evidence = pool.evidence;
    result.kept = pool.slots.kept;
    result.busiest = pool.busiest;
    result.full_days = pool.full.size();
    result.order = pool.order;
    if (result.limits) (reported != kUnknown ? result.cases_per_fte : result.slots) = pool.slots.per_fte;
    if (pool.stays.empty()) result.problems.push_back("capacity was delivered, but no case");
    if (!pool.receipts_known) result.problems.push_back("receipts were not delivered: who waited is not known");
    if (result.ok()) say_what_limits(pool, result);
    if (result.ok()) say_in_which_order(result);
    result.days = std::move(pool.days);
  }

  static bool finer_than_days(const Watched& pool) {
    return std::any_of(pool.stays.begin(), pool.stays.end(), [](const fit::Stay& stay) {
      return stay.claim_seen && stay.started.latest - stay.started.earliest < 0.9;
    });
  }

  void say_what_limits(const Watched& pool, CapacityFit& result) const {
    std::vector<std::string>& notes = result.notes;
    const char* per = result.reported_at != kUnknown ? " per fte" : "";
    if (result.held_until != result.claimed_at)
      notes.push_back(fmt::format("a slot is claimed at {} and held until {} has ended", name(result.claimed_at),
                                  name(result.held_until)));
    if (!result.limits && pool.full.empty())
      notes.push_back(fmt::format("nobody was left waiting: no limit; as many as {:.2f} cases{} were at work at once",
                                  result.busiest, per));
    else if (!result.limits)
      notes.push_back(fmt::format(
          "on {} days somebody was left waiting, but not for a slot as far as can be told ({:.1f} days that do not "
          "depend "
          "on each other, log-likelihood {:+.1f}, {:.0f}% of them near to what fits best, {:.0f}% of the other days "
          "busier): no "
          "limit, such waits are taken for delays; as many as {:.2f} cases{} were at work at once",
          result.full_days, pool.independent, pool.evidence, 100.0 * pool.slots.near, 100.0 * pool.over, result.busiest,
          per));
    if (result.reused_same_day) notes.push_back("a slot is given away on the day on which it is freed");
    if (result.limits && result.kept < kNearlyAlways)
      notes.push_back(fmt::format("on {:.1f}% of the full days the slots taken were not what the estimate says",
                                  100.0 * (1.0 - result.kept)));
    if (finer_than_days(pool)) notes.push_back("moments are finer than a day, and only waits overnight were looked at");
    size_t unplaced = 0;
    for (const auto& [step, count] : unplaced_)
      if (pool.claim.serves[static_cast<size_t>(step)]) unplaced += count;
    if (unplaced > 0)
      notes.push_back(fmt::format("of {} cases at {} nobody knows the organisation: they are counted nowhere", unplaced,
                                  name(result.claimed_at)));
  }

  void say_in_which_order(CapacityFit& result) const {
    const FittedOrder& order = result.order;
    const auto says = [&](const char* what, const Estimate& share) {
      if (share.cases > 0 && share.estimate < kNearlyAlways)
        result.notes.push_back(
            fmt::format("{} was kept to in {:.1f}% of {} choices", what, 100.0 * share.estimate, share.cases));
    };
    if (order.rule == FittedOrder::Rule::unknown && result.limits)
      result.notes.push_back("too few starts while others waited to tell the order of the queue");
    if (order.rule == FittedOrder::Rule::last_received) result.notes.push_back("who was received last is served first");
    if (order.rule == FittedOrder::Rule::random)
      result.notes.push_back("who is served first has nothing to do with receipt");
    if (order.attribute >= 0) says("the order of values", order.strictness);
    if (order.rule == FittedOrder::Rule::received) says("the order of receipt", order.in_order);
  }

  const Monitor& monitor_;
  const Linked& linked_;
  const Calendar& calendar_;
  std::vector<std::int32_t> members_;
  std::vector<std::vector<bool>> reaches_;
  std::map<std::pair<std::int32_t, std::int32_t>, Months> fte_;       // by organisation and step
  std::set<std::pair<std::int32_t, std::int32_t>> visited_, served_;  // organisation and step
  std::map<std::int32_t, size_t> unplaced_;                           // visits without an organisation, by step
  std::vector<CapacityFit> fits_;
};

}  // namespace

std::vector<CapacityFit> fit_capacity(const Monitor& monitor, const Linked& linked, const Calendar& calendar) {
  return Pools(monitor, linked, calendar).fit();
}

}  // namespace ketensim
