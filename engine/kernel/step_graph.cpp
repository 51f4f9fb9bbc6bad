#include "engine/kernel/step_graph.hpp"

#include <algorithm>

namespace ketensim {

Graph reversed(const Graph& graph) {
  Graph result(graph.size());
  for (std::size_t from = 0; from < graph.size(); ++from)
    for (const std::size_t to : graph[from]) result[to].push_back(from);
  return result;
}

std::vector<std::uint8_t> reached(const Graph& graph, const std::vector<std::size_t>& starts, std::size_t barred) {
  std::vector<std::uint8_t> seen(graph.size());
  std::vector<std::size_t> open = starts;
  while (!open.empty()) {
    const std::size_t node = open.back();
    open.pop_back();
    if (node == barred || seen[node]) continue;
    seen[node] = 1;
    open.insert(open.end(), graph[node].begin(), graph[node].end());
  }
  return seen;
}

namespace {

/// Depth first without recursion: a chain may be long. Calls `enter(node)`, `edge(from, to)` for every edge to a node
/// that was entered before (once it has been explored, if it was entered from here), and `leave(node)`.
template <class Enter, class Edge, class Leave>
void depth_first(const Graph& graph, std::size_t start, std::vector<std::uint8_t>& entered, Enter enter, Edge edge,
                 Leave leave) {
  struct Frame {
    std::size_t node, position;
  };
  std::vector<Frame> path;
  const auto descend = [&](std::size_t node) {
    entered[node] = 1;
    enter(node);
    path.push_back({node, 0});
  };
  if (!entered[start]) descend(start);
  while (!path.empty()) {
    const auto [node, position] = path.back();
    if (position == graph[node].size()) {
      leave(node);
      path.pop_back();
      continue;
    }
    const std::size_t to = graph[node][position];
    if (!entered[to]) {
      descend(to);  // the edge is told when `to` has been left
    } else {
      edge(node, to);
      ++path.back().position;
    }
  }
}

}  // namespace

std::vector<std::vector<std::size_t>> circles(const Graph& graph) {
  std::vector<std::vector<std::size_t>> result;
  std::vector<std::uint8_t> entered(graph.size()), stacked(graph.size());
  std::vector<std::size_t> number(graph.size()), lowest(graph.size()), stack;
  std::size_t count = 0;
  const auto enter = [&](std::size_t node) {
    number[node] = lowest[node] = count++;
    stack.push_back(node);
    stacked[node] = 1;
  };
  const auto edge = [&](std::size_t from, std::size_t to) {
    if (stacked[to]) lowest[from] = std::min(lowest[from], lowest[to]);
  };
  const auto leave = [&](std::size_t node) {
    if (lowest[node] != number[node]) return;
    const auto first = std::find(stack.rbegin(), stack.rend(), node).base() - 1;
    std::vector<std::size_t> component(first, stack.end());
    for (const std::size_t member : component) stacked[member] = 0;
    stack.erase(first, stack.end());
    const std::vector<std::size_t>& next = graph[node];
    if (component.size() > 1 || std::find(next.begin(), next.end(), node) != next.end())
      result.push_back(std::move(component));
  };
  for (std::size_t node = 0; node < graph.size(); ++node) depth_first(graph, node, entered, enter, edge, leave);
  return result;
}

std::vector<std::size_t> flow_order(const Graph& graph, const std::vector<std::size_t>& starts) {
  std::vector<std::size_t> order;
  std::vector<std::uint8_t> entered(graph.size());
  for (const std::size_t start : starts)
    depth_first(
        graph, start, entered, [](std::size_t) {}, [](std::size_t, std::size_t) {},
        [&](std::size_t node) { order.push_back(node); });
  std::reverse(order.begin(), order.end());
  return order;
}

StepGraph::StepGraph(const Chain& chain, const ChainNames& names)
    : out(chain.steps.size()), routes(out + 1), next(out + 1), named(out + 1) {
  const auto node = [&](const std::string& name) { return name == "out" ? out : names.step(name)->row; };
  for (std::size_t i = 0; i < chain.steps.size(); ++i) {
    const Step& step = chain.steps[i];
    for (const Branch& branch : step.next)
      for (const Target& target : branch.to) {
        named[i].push_back(node(target.to));
        if (target.share > 0.0) routes[i].push_back(node(target.to));
      }
    next[i] = routes[i];
    if (!step.patience) continue;
    next[i].push_back(node(step.patience->to));
    named[i].push_back(node(step.patience->to));
  }
  for (Graph* graph : {&routes, &next, &named})
    for (std::vector<std::size_t>& to : *graph) {
      std::sort(to.begin(), to.end());
      to.erase(std::unique(to.begin(), to.end()), to.end());
    }
  previous_ = reversed(next);
}

std::vector<std::uint8_t> StepGraph::keeps(std::size_t holder, std::size_t until) const {
  return reached(previous_, {until}, holder);
}

}  // namespace ketensim
