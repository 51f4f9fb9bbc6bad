#include "engine/kernel/traffic.hpp"

#include "engine/kernel/step_graph.hpp"

namespace ketensim {

MeanClock::MeanClock(const Period& period) {
  if (period.calendar == CalendarKind::continuous) return;
  const int length = static_cast<int>((period.end - period.start).count());
  const Calendar calendar(period.calendar, period.start, length);
  int working = 0, days_off = 0;
  double waiting = 0.0;
  for (int day = 0; day < length; ++day) {
    days_off = calendar.is_working(day) ? 0 : days_off + 1;
    working += days_off == 0 ? 1 : 0;
    waiting += days_off > 0 ? days_off - 0.5 : 0.0;  // adds up to n^2 / 2 over a run of n days
  }
  if (working == 0) return;
  per_working_day_ = static_cast<double>(length) / working;
  to_working_day_ = waiting / length;
}

TrafficNetwork::TrafficNetwork(const Chain& chain, const ChainNames& names, const MeanClock& clock)
    : chain_(chain), names_(names), clock_(clock) {
  for (std::size_t i = 0; i <= chain.steps.size(); ++i) nodes_.push_back({i, ""});
  for (const Stream& stream : chain.streams) node(stream.to);
  if (chain.returns) node(chain.returns->to);
  for (const Step& step : chain.steps)
    for (const Branch& branch : step.next)
      for (const Target& target : branch.to) node(target.to);
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
      if (target.share > 0.0)
        links_[n].push_back({node(target.to), target.share, target.after ? clock_.transfer_days(*target.after) : 0.0});
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
