#include "engine/kernel/traffic.hpp"

#include <cmath>

#include "engine/kernel/model.hpp"
#include "engine/kernel/step_graph.hpp"

namespace ketensim {

namespace {

/// By which a mean over a distribution is taken where only whole days count.
constexpr int kQuantiles = 100;

}  // namespace

MeanClock::MeanClock(const Period& period) : handed_over_on_working_days_(period.handed_over_on_working_days) {
  const int length = static_cast<int>((period.end - period.start).count());
  calendar_ = Calendar(period.calendar, period.start, length);
  if (period.resolution == Resolution::day)
    for (int day = 0; day < length; ++day)
      if (calendar_.is_working(day)) working_days_.push_back(day);
  if (calendar_.continuous()) return;
  int working = 0, days_off = 0;
  double waiting = 0.0;
  for (int day = 0; day < length; ++day) {
    days_off = calendar_.is_working(day) ? 0 : days_off + 1;
    working += days_off == 0 ? 1 : 0;
    waiting += days_off > 0 ? days_off - 0.5 : 0.0;  // adds up to n^2 / 2 over a run of n days
  }
  if (working == 0) return;
  per_working_day_ = static_cast<double>(length) / working;
  to_working_day_ = waiting / length;
}

/// What so many whole days of the calendar take that begin on a working day, on average over these.
double MeanClock::whole_days(Of of, double days) {
  const auto [known, is_new] = whole_days_.try_emplace({of, days}, 0.0);
  if (!is_new) return known->second;
  double sum = 0.0;
  for (const double from : working_days_) {
    double until = from + (of == Of::transfer ? std::max(days, 1.0) : days);
    if (of == Of::service || handed_over_on_working_days_) until = calendar_.next_working(until);
    sum += until - from;
  }
  return known->second = sum / static_cast<double>(working_days_.size());
}

/// What rounding to dates adds to a draw on average, over its quantiles: some days at most, however long the draw.
double MeanClock::rounding_by_dates(Of of, const Distribution& d) {
  if (d.kind == "mixture") {
    double sum = 0.0, weights = 0.0;
    for (std::size_t i = 0; i < d.parts.size(); ++i) {
      const double weight = d.weights.empty() ? 1.0 : d.weights[i];
      if (weight > 0.0) sum += weight * rounding_by_dates(of, d.parts[i]);
      weights += weight;
    }
    return sum / weights;
  }
  double sum = 0.0;
  for (int i = 0; i < kQuantiles; ++i) {
    const double days = quantile_of(d, (i + 0.5) / kQuantiles);
    const double whole = std::floor(days + (of == Of::service ? kNoon : 0.0) + 1e-9);
    if (!d.working_days || (of == Of::transfer && whole == 0.0))
      sum += whole_days(of, whole);
    else
      sum += whole * per_working_day_;  // from one working day to another
    sum -= days * (d.working_days ? per_working_day_ : 1.0);
  }
  return sum / kQuantiles;
}

double MeanClock::days_by_dates(Of of, const Distribution& d) { return plain_days(d) + rounding_by_dates(of, d); }

double MeanClock::service_days(const Distribution& d) {
  return by_dates() ? days_by_dates(Of::service, d) : plain_days(d) + to_working_day(d);
}

double MeanClock::transfer_days(const Distribution& d) {
  if (by_dates()) return days_by_dates(Of::transfer, d);
  return plain_days(d) + (handed_over_on_working_days_ ? to_working_day(d) : 0.0);
}

TrafficNetwork::TrafficNetwork(const Chain& chain, const ChainNames& names, MeanClock& clock)
    : chain_(chain), names_(names) {
  for (std::size_t i = 0; i <= chain.steps.size(); ++i) nodes_.push_back({i, ""});
  for (const Stream& stream : chain.streams) node(stream.to);
  if (chain.returns) node(chain.returns->to);
  for (const Step& step : chain.steps)
    for (const Branch& branch : step.next)
      for (const Target& target : branch.to) {
        node(target.to);
        transfer_days_[&target] = target.after ? clock.transfer_days(*target.after) : 0.0;
      }
  links_.resize(nodes_.size());
  set_order();
}

std::size_t TrafficNetwork::node(const std::string& name) {
  if (name == "out") return out();
  const ChainNames::Place place = *names_.step(name);
  if (place.member.empty()) return place.row;
  const auto [at, is_new] = of_members_.emplace(name, nodes_.size());
  if (is_new) nodes_.push_back({place.row, place.member});
  return at->second;
}

void TrafficNetwork::choose(const CaseClasses& classes, const CaseClasses::Class& at) {
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    links_[n].clear();
    if (n == out()) {
      if (chain_.returns) links_[n].push_back({node(chain_.returns->to), chain_.returns->share, 0.0});
      continue;
    }
    const Branch* branch = classes.branch(chain_.steps[nodes_[n].row].next, at);
    if (!branch) continue;
    for (const Target& target : branch->to)
      if (target.share > 0.0) links_[n].push_back({node(target.to), target.share, transfer_days_.at(&target)});
  }
}

void TrafficNetwork::set_order() {
  Graph graph(nodes_.size());
  std::vector<std::size_t> starts;
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    if (n == out()) continue;
    for (const Branch& branch : chain_.steps[nodes_[n].row].next)
      for (const Target& target : branch.to) graph[n].push_back(node(target.to));
  }
  for (const Stream& stream : chain_.streams) starts.push_back(node(stream.to));
  if (chain_.returns) starts.push_back(node(chain_.returns->to));
  order_ = flow_order(graph, starts);
}

}  // namespace ketensim
