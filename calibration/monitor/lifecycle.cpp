#include <algorithm>
#include <numeric>
#include <tuple>

#include "calibration/monitor/deliveries.hpp"

namespace ketensim::monitor {
namespace {

Which which_of(const RawVisit& event) {
  return event.has(kReceived) ? kReceived : event.has(kStarted) ? kStarted : kEnded;
}

/// Visits of one child at one step of one case, in the making.
class Joining {
 public:
  explicit Joining(Raw& raw) : raw_(raw) {}

  void begin() { open_.clear(); }

  void add(const RawVisit& event, const std::int32_t* values) {
    const Which which = which_of(event);
    for (const Which before : {kStarted, kReceived}) {  // an end looks for a start first
      if (before >= which) continue;
      const auto waiting = std::find_if(open_.begin(), open_.end(), [&](std::size_t visit) {
        return raw_.visits[visit].has(before) && (before == kStarted || !raw_.visits[visit].has(kStarted));
      });
      if (waiting == open_.end()) continue;
      RawVisit& visit = raw_.visits[*waiting];
      visit.at[which] = event.at[which];
      visit.outcome = event.has_outcome ? event.outcome : visit.outcome;
      visit.next = event.has_outcome ? event.next : visit.next;
      visit.withdrawn |= event.withdrawn;
      visit.has_outcome |= event.has_outcome;
      if (which == kEnded) open_.erase(waiting);
      return;
    }
    if (which != kEnded) open_.push_back(raw_.visits.size());
    raw_.visits.push_back(event);
    raw_.values.insert(raw_.values.end(), values, values + raw_.attributes.size());
  }

 private:
  Raw& raw_;
  std::vector<std::size_t> open_;  // not ended yet, the earliest first
};

}  // namespace

void join_events(Raw& raw, std::size_t first) {
  const auto from = static_cast<std::ptrdiff_t>(first);
  const std::vector<RawVisit> events(raw.visits.begin() + from, raw.visits.end());
  const std::size_t stride = raw.attributes.size();
  const std::vector<std::int32_t> values(raw.values.begin() + from * static_cast<std::ptrdiff_t>(stride),
                                         raw.values.end());
  raw.visits.resize(first);
  std::erase_if(raw.unknown_members, [&](const UnknownMember& unknown) { return unknown.visit >= first; });
  raw.values.resize(first * stride);

  std::vector<std::size_t> order(events.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto same = [&](const RawVisit& a, const RawVisit& b) {
    return a.child == b.child && a.case_id == b.case_id && a.step == b.step;
  };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto key = [&](std::size_t i) {
      const RawVisit& event = events[i];
      const Which which = which_of(event);
      return std::tuple(event.child, event.case_id, event.step, event.at[which], static_cast<std::size_t>(which), i);
    };
    return key(a) < key(b);
  });
  Joining joining(raw);
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i == 0 || !same(events[order[i - 1]], events[order[i]])) joining.begin();
    joining.add(events[order[i]], values.data() + order[i] * stride);
  }
}

}  // namespace ketensim::monitor
