// Who comes into the chain from outside.
#include "calibration/chain/fit_streams.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "calibration/chain/fit_steps.hpp"

namespace ketensim::chain {
namespace {

using std::size_t;

/// Families at one entry: the day on which they came, and how many of their children did.
struct Entry {
  std::map<std::pair<std::int32_t, std::int64_t>, int> families;  // by family and day
};

/// The share of the delays of returns that is longer than `days`.
double longer_than(const Distribution& delay, double days) {
  if (days <= 0.0) return 1.0;
  double low = 0.0, high = 1.0;
  for (int i = 0; i < 40; ++i) {
    const double p = 0.5 * (low + high);
    (p > 0.0 && quantile_of(delay, p) < days ? low : high) = p;
  }
  return 1.0 - 0.5 * (low + high);
}

/// Who would come on a day off comes on the next working day.
void move_to_working_days(const Evidence& evidence, std::vector<double>& per_day) {
  const Calendar& calendar = evidence.calendar();
  const auto first = static_cast<int>((evidence.monitor().from - calendar.origin()).count());
  double moved = 0.0;
  for (size_t day = 0; day < per_day.size(); ++day) {
    moved += std::exchange(per_day[day], 0.0);
    if (calendar.is_working(first + static_cast<int>(day))) per_day[day] = std::exchange(moved, 0.0);
  }
}

/// Children who come back from cases that ended before the deliveries begin look as if they came for the first time:
/// how many of them may be expected on each day beyond those of the last day, had as many left in the years before as
/// in the first one. Those who still come on the last day will come on for a while; where the follow-up is short that
/// may be many, or seem so, and to take them off would take them off every forecast.
std::vector<double> unseen_returns(const Evidence& evidence, const ShareFit& returns, size_t days) {
  const double from = evidence.window().from;
  double left = 0.0;
  for (const MonitorCase& of : evidence.linked().cases) {
    if (of.end != MonitorCase::End::out) continue;
    const double ended = evidence.visit(evidence.linked().visits[of.first + of.count - 1]).ended.earliest;
    left += ended >= from && ended < from + kDaysPerYear;
  }
  std::vector<double> unseen(days);
  for (size_t day = 0; day < days; ++day)
    unseen[day] = left / kDaysPerYear * returns.share.estimate *
                  longer_than(returns.delay.distribution, static_cast<double>(day) + 0.5);
  const double still = unseen.empty() ? 0.0 : unseen.back();
  for (double& expected : unseen) expected -= still;
  if (evidence.handed_over_on_working_days()) move_to_working_days(evidence, unseen);
  return unseen;
}

/// By how much they raise the counts of their weekday.
std::vector<double> inflation_of(const std::vector<double>& unseen, const std::vector<int>& per_day) {
  std::array<double, 7> own{}, days{};
  for (size_t day = 0; day < per_day.size(); ++day) own[day % 7] += per_day[day] - unseen[day], days[day % 7] += 1.0;
  for (size_t weekday = 0; weekday < 7; ++weekday)
    own[weekday] = std::max(own[weekday], 1.0) / std::max(days[weekday], 1.0);
  std::vector<double> inflation;
  for (size_t day = 0; day < unseen.size(); ++day) inflation.push_back(1.0 + unseen[day] / own[day % 7]);
  return inflation;
}

/// They come one by one, and would make families look small: so many are left out, with the error of their expected
/// number and chance about it.
Estimate leave_out(const std::vector<double>& unseen, const Estimate& share, std::map<int, size_t>& sizes) {
  Estimate returned{0.0};
  const auto alone = sizes.find(1);
  if (alone == sizes.end() || !(share.estimate > 0.0)) return returned;
  returned.estimate = std::max(0.0, std::accumulate(unseen.begin(), unseen.end(), 0.0));
  returned.standard_error =
      std::hypot(std::sqrt(returned.estimate), returned.estimate * share.standard_error / share.estimate);
  alone->second -= std::min(static_cast<size_t>(std::llround(returned.estimate)), alone->second);
  return returned;
}

}  // namespace

std::vector<StreamFit> fit_streams(const Evidence& evidence, const std::optional<ShareFit>& returns) {
  const Monitor& monitor = evidence.monitor();
  const auto days = static_cast<size_t>((monitor.until - monitor.from).count());
  const std::int64_t first_day = monitor.from.time_since_epoch().count();
  std::map<std::int32_t, Entry> entries;
  for (const MonitorCase& of : evidence.linked().cases) {
    if (of.beginning_unseen || of.previous != kUnknown) continue;
    const std::int32_t first = evidence.linked().visits[of.first];
    const MonitorVisit& visit = evidence.visit(first);
    const auto day = static_cast<std::int64_t>(std::floor(visit.received.earliest)) - first_day;
    if (day < 0 || day >= static_cast<std::int64_t>(days)) continue;
    ++entries[visit.step].families[{evidence.family(first), day}];
  }
  const std::int32_t back_at = returns_to(evidence);
  std::vector<StreamFit> fits;
  for (const auto& [step, entry] : entries) {
    StreamFit& fit = fits.emplace_back();
    fit.to = step;
    fit.per_day.resize(days);
    std::map<int, size_t> sizes;
    for (const auto& [of, children] : entry.families) {
      ++fit.per_day[static_cast<size_t>(of.second)];
      ++sizes[children];
    }
    ArrivalOptions options;
    options.calendar = evidence.plan().calendar;
    options.region = evidence.plan().region;
    options.at = monitor.until;
    options.unobserved = evidence.gaps_at(step);
    if (returns && monitor.truncated && step == back_at) {
      const std::vector<double> unseen = unseen_returns(evidence, *returns, days);
      options.inflation = inflation_of(unseen, fit.per_day);
      fit.returned = leave_out(unseen, returns->share, sizes);
    }
    fit.sizes.assign(sizes.begin(), sizes.end());
    fit.arrivals = fit_arrivals(fit.per_day, monitor.from, options);
  }
  return fits;
}

}  // namespace ketensim::chain
