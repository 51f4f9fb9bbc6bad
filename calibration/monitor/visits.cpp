#include <algorithm>
#include <tuple>

#include "calibration/monitor/clean.hpp"

namespace ketensim::monitor {
namespace {

constexpr std::array<double, 4> kWidths{1.0, 1.0 / 24, 1.0 / 1440, 1.0 / 86400};

/// Turns what is known of a row into three intervals.
class Intervals {
 public:
  Intervals(const Raw& raw, const Window& window) : raw_(raw), window_(window) {}

  void fill(const RawVisit& row, MonitorVisit& visit) const {
    visit.received = known(row, kReceived);
    visit.started = known(row, kStarted);
    visit.ended = known(row, kEnded);
    const bool over = row.has(kEnded) || row.has_outcome;
    const bool has_end = facts_of(row).has_column[kEnded];
    if (!row.has(kEnded)) {
      const double began = row.has(kStarted) ? visit.started.earliest : visit.received.earliest;
      if (!has_end)
        visit.ended = {began, Moment::kInfinity};
      else if (over)
        visit.ended = {began, std::isnan(row.ended_latest) ? window_.until : row.ended_latest};
      else
        visit.ended = {window_.until, Moment::kInfinity};
    }
    if (row.has(kStarted)) {
      if (!row.has(kReceived)) visit.received = {visit.started.earliest, visit.started.latest};
      return;
    }
    if (row.withdrawn)
      visit.started = {};
    else if (over || row.started_was_wrong || !facts_of(row).has_column[kStarted])
      visit.started = {visit.received.earliest, over ? visit.ended.latest : has_started_by(row)};
    else
      visit.started = {window_.until, Moment::kInfinity};
  }

 private:
  const DeliveryFacts& facts_of(const RawVisit& row) const {
    return raw_.facts[static_cast<std::size_t>(row.delivery)];
  }

  /// Of an open case: a wrong start was a start nonetheless; without the column nobody knows.
  double has_started_by(const RawVisit& row) const { return row.started_was_wrong ? window_.until : Moment::kInfinity; }

  Moment known(const RawVisit& row, Which which) const {
    if (!row.has(which)) return {};
    const double width = kWidths[facts_of(row).finest[which]];
    const double earliest = width == 1.0 ? std::floor(row.at[which]) : row.at[which];
    return {earliest, earliest + width};
  }

  const Raw& raw_;
  const Window& window_;
};

/// Visits of one child, each with its row.
using Rows = std::vector<std::pair<MonitorVisit, std::int32_t>>;

/// Of a log that tells no receipts: a step received its case when the last one that was over before had ended.
void receive_after_predecessors(const Raw& raw, Rows& visits) {
  std::vector<std::tuple<std::int32_t, double, std::size_t>> ends;  // case, when, and which visit
  const auto untold = [&](std::size_t i) {
    return !raw.visits[static_cast<std::size_t>(visits[i].second)].has(kReceived);
  };
  for (std::size_t i = 0; i < visits.size(); ++i)
    if (visits[i].first.follows) ends.emplace_back(visits[i].first.case_id, visits[i].first.ended.earliest, i);
  std::sort(ends.begin(), ends.end());
  for (std::size_t i = 0; i < visits.size(); ++i) {
    MonitorVisit& visit = visits[i].first;
    if (!untold(i)) continue;
    auto after =
        std::upper_bound(ends.begin(), ends.end(), std::tuple(visit.case_id, visit.started.earliest, visits.size()));
    if (after != ends.begin() && std::get<2>(*std::prev(after)) == i) --after;
    if (after == ends.begin() || std::get<0>(*std::prev(after)) != visit.case_id) continue;
    visit.received = {std::get<1>(*std::prev(after)), visit.started.latest};
  }
}

/// The visits, in order of receipt, that come while the child is at that step already.
std::vector<std::int32_t> overlapping(const Rows& visits) {
  std::vector<std::int32_t> rows;
  std::vector<const MonitorVisit*> last;  // of each step: the one that ends last
  for (const auto& [visit, row] : visits) {
    const auto same = std::find_if(last.begin(), last.end(), [&, &visit = visit](const MonitorVisit* other) {
      return other->step == visit.step && other->organisation == visit.organisation && other->case_id == visit.case_id;
    });
    if (same == last.end()) {
      last.push_back(&visit);
      continue;
    }
    if (visit.received.latest <= (*same)->ended.earliest) rows.push_back(row);
    if (visit.ended.earliest > (*same)->ended.earliest) *same = &visit;
  }
  return rows;
}

MonitorVisit visit_of(const Raw& raw, const RawVisit& row, const Intervals& intervals) {
  MonitorVisit visit;
  visit.child = row.child, visit.family = row.family, visit.case_id = row.case_id;
  visit.organisation = row.organisation, visit.step = row.step;
  visit.outcome = row.outcome, visit.next = row.next, visit.withdrawn = row.withdrawn;
  visit.follows = raw.facts[static_cast<std::size_t>(row.delivery)].follows;
  visit.file = row.file, visit.line = row.line;
  intervals.fill(row, visit);
  return visit;
}

}  // namespace

void make_visits(Raw& raw, const Window& window, const std::vector<std::int32_t>& order, Monitor& monitor) {
  const Intervals intervals(raw, window);
  const auto row_at = [&](std::size_t i) -> const RawVisit& { return raw.visits[static_cast<std::size_t>(order[i])]; };
  const auto earlier = [](const auto& a, const auto& b) {
    return std::pair(a.first.received.earliest, a.second) < std::pair(b.first.received.earliest, b.second);
  };
  monitor.visits.reserve(order.size());
  monitor.values.reserve(order.size() * raw.attributes.size());
  Rows of_child;
  for (std::size_t first = 0, end = 0; first < order.size(); first = end) {
    of_child.clear();
    bool untold = false;
    for (end = first; end < order.size() && row_at(end).child == row_at(first).child; ++end) {
      if (row_at(end).rejected) continue;
      of_child.emplace_back(visit_of(raw, row_at(end), intervals), order[end]);
      untold |= !row_at(end).has(kReceived);
    }
    if (untold) receive_after_predecessors(raw, of_child);
    std::sort(of_child.begin(), of_child.end(), earlier);
    for (const std::int32_t row : overlapping(of_child))
      raw.note(raw.visits[static_cast<std::size_t>(row)], Rule::overlapping_steps, "", "");
    for (const auto& [visit, row] : of_child) {
      monitor.visits.push_back(visit);
      for (std::size_t i = 0; i < raw.attributes.size(); ++i)
        monitor.values.push_back(raw.value(static_cast<std::size_t>(row), i));
    }
  }
}

}  // namespace ketensim::monitor
