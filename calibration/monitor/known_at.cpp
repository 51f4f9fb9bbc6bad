// The deliveries as they stood on an earlier day.
#include <algorithm>

#include "ketensim/monitor.hpp"

namespace ketensim {
namespace {

/// What had not come by `until` is open; an interval that reaches beyond it may have come or not.
void forget(Moment& moment, double until) {
  if (moment.never() || moment.latest <= until) return;
  if (moment.earliest >= until) moment = {until, Moment::kInfinity};
  if (moment.latest > until) moment.latest = Moment::kInfinity;
}

}  // namespace

Monitor known_at(const Monitor& monitor, Date snapshot) {
  Monitor known = monitor;
  known.until = std::min(monitor.until, snapshot + std::chrono::days{1});
  const auto until = static_cast<double>(known.until.time_since_epoch().count());
  known.visits.clear();
  known.values.clear();
  for (std::size_t v = 0; v < monitor.visits.size(); ++v) {
    MonitorVisit visit = monitor.visits[v];
    if (visit.received.earliest >= until) continue;
    const bool over = visit.ended.latest <= until;
    forget(visit.received, until);
    forget(visit.started, until);
    forget(visit.ended, until);
    if (visit.received.latest == Moment::kInfinity) visit.received.latest = until;
    if (!over) {
      // Of who withdraws later nobody knows so yet: it waits.
      if (visit.withdrawn) visit.started = {until, Moment::kInfinity};
      visit.ended = {std::max(until, visit.ended.earliest), Moment::kInfinity};
      visit.withdrawn = false;
      visit.outcome = visit.next = kUnknown;
    }
    known.visits.push_back(visit);
    const auto row = monitor.values.begin() + static_cast<std::ptrdiff_t>(v * monitor.attributes.size());
    known.values.insert(known.values.end(), row, row + static_cast<std::ptrdiff_t>(monitor.attributes.size()));
  }
  std::erase_if(known.gaps, [&](const Gap& gap) { return gap.from >= known.until; });
  for (Gap& gap : known.gaps) gap.until = std::min(gap.until, known.until);
  return known;
}

}  // namespace ketensim
