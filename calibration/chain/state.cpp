#include "calibration/chain/state.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "calibration/chain/assemble.hpp"

namespace ketensim {
namespace {

using std::size_t;

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

/// A delivered moment as one: its first instant. Of one that is not known exactly, the middle; NaN: not (yet).
double moment_told(const Moment& moment) {
  if (!std::isfinite(moment.earliest) || !std::isfinite(moment.latest)) return kMissing;
  return moment.known() ? moment.earliest : std::floor((moment.earliest + moment.latest) / 2.0);
}

class StateOf {
 public:
  StateOf(const Monitor& monitor, const Linked& linked) : monitor_(monitor), linked_(linked) {}

  ChainState at(Date snapshot, double returning) && {
    state_.snapshot = snapshot;
    earliest_exit_ = static_cast<double>(snapshot.time_since_epoch().count()) - returning;
    for (const MonitorCase& of : linked_.cases)
      if (of.previous != kUnknown) came_back_.insert(of.previous);
    for (size_t c = 0; c < linked_.cases.size(); ++c) add(c);
    return std::move(state_);
  }

 private:
  void add(size_t number) {
    using End = MonitorCase::End;
    const MonitorCase& of = linked_.cases[number];
    const auto last = static_cast<size_t>(linked_.visits[of.first + of.count - 1]);
    const MonitorVisit& visit = monitor_.visits[last];
    if (of.end == End::lost || of.end == End::unknown) return;
    if (of.end == End::out &&
        (came_back_.count(static_cast<std::int32_t>(number)) || visit.ended.earliest < earliest_exit_))
      return;
    if (visit.organisation == kUnknown) return;
    OpenCase& row = state_.cases.emplace_back();
    row.child = std::string(monitor_.children[static_cast<size_t>(of.child)]);
    if (visit.family != kUnknown) row.family = std::string(monitor_.families[static_cast<size_t>(visit.family)]);
    row.case_id = row.child + "-" + std::to_string(of.number);
    const MonitorVisit& first = monitor_.visits[static_cast<size_t>(linked_.visits[of.first])];
    row.first_received = moment_told(first.received);
    const std::string& step = monitor_.steps[static_cast<size_t>(visit.step)].id;
    row.step =
        std::string(monitor_.organisations[static_cast<size_t>(visit.organisation)]) + step.substr(step.find('.'));
    row.received = moment_told(visit.received);
    row.started = visit.withdrawn ? kMissing : moment_told(visit.started);
    row.ended = moment_told(visit.ended);
    if (of.end == End::out) row.next = "out";
    if (of.end == End::on_its_way && visit.next >= 0) row.next = monitor_.steps[static_cast<size_t>(visit.next)].id;
    add_attributes(of, row);
  }

  /// As far as any visit of the case tells them, the last one first.
  void add_attributes(const MonitorCase& of, OpenCase& row) const {
    for (size_t a = 0; a < monitor_.attributes.size(); ++a)
      for (size_t i = of.count; i-- > 0;) {
        const auto visit = static_cast<size_t>(linked_.visits[of.first + i]);
        const std::int32_t value = monitor_.value(visit, a);
        if (value == kUnknown) continue;
        row.attributes.emplace_back(monitor_.attributes[a],
                                    std::string(monitor_.attribute_values[a][static_cast<size_t>(value)]));
        break;
      }
  }

  const Monitor& monitor_;
  const Linked& linked_;
  double earliest_exit_ = 0.0;
  std::set<std::int32_t> came_back_;
  ChainState state_;
};

}  // namespace

ChainState state_at(const Monitor& monitor, const Linked& linked, Date snapshot, Duration returning) {
  return StateOf(monitor, linked).at(snapshot, returning.days);
}

namespace chain {
namespace {

constexpr double kReturnsCovered = 0.995;  // of the delays of returns: who left longer ago is not in the state

double longest_return(const Calibration& fits) {
  if (!fits.returns) return 0.0;
  const Distribution& delay = fits.returns->delay.distribution;
  return delay.kind == "mixture" || delay.kind == "empirical" ? 10.0 * mean_of(delay)
                                                              : quantile_of(delay, kReturnsCovered);
}

/// What a step is called at its members.
std::set<std::string> names_of(const Evidence& evidence, std::int32_t step) {
  const std::string& id = evidence.monitor().steps[static_cast<size_t>(step)].id;
  std::set<std::string> names;
  for (const std::int32_t number : evidence.visits_at(step))
    if (const std::int32_t member = evidence.visit(number).organisation; member != kUnknown)
      names.insert(std::string(evidence.monitor().organisations[static_cast<size_t>(member)]) +
                   id.substr(id.find('.')));
  return names;
}

}  // namespace

ChainState chain_state(const Evidence& evidence, const Calibration& fits) {
  ChainState state = state_at(evidence.monitor(), evidence.linked(), evidence.monitor().until - std::chrono::days{1},
                              {longest_return(fits), false});
  const auto carries = [&](const std::string& name) {
    return std::any_of(evidence.attributes().begin(), evidence.attributes().end(), [&](std::int32_t attribute) {
      return evidence.monitor().attributes[static_cast<size_t>(attribute)] == name;
    });
  };
  for (OpenCase& open : state.cases)
    std::erase_if(open.attributes, [&](const auto& attribute) { return !carries(attribute.first); });
  for (const StepFit& fit : fits.steps) {
    if (!(fit.routes_worsen_after > 0.0)) continue;
    const std::set<std::string> names = names_of(evidence, fit.step);
    for (OpenCase& open : state.cases)
      if (names.count(open.step) && open.started - open.received > fit.routes_worsen_after)
        open.attributes.emplace_back(late_attribute(evidence, fit.step), "yes");
  }
  return state;
}

}  // namespace chain

}  // namespace ketensim
