#include "tools/report/flow_chart.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tools/report/charts.hpp"

namespace ketensim::report {

std::vector<std::size_t> forward_order(std::size_t nodes, const std::vector<FlowLink>& links) {
  std::vector<bool> placed(nodes, false);
  std::vector<std::size_t> first, last;  // from the front on, and from the back on
  const auto sum = [&](std::size_t node, std::size_t FlowLink::*end, std::size_t FlowLink::*other) {
    double total = 0.0;
    for (const FlowLink& link : links)
      if (link.*end == node && link.*other != node && !placed[link.*other]) total += link.value;
    return total;
  };
  const auto take = [&](std::size_t node, std::vector<std::size_t>& into) {
    placed[node] = true;
    into.push_back(node);
  };
  while (first.size() + last.size() < nodes) {
    std::size_t best = nodes;
    double most = 0.0;
    bool taken = false;
    for (std::size_t node = 0; node < nodes && !taken; ++node) {
      if (placed[node]) continue;
      const double in = sum(node, &FlowLink::to, &FlowLink::from), out = sum(node, &FlowLink::from, &FlowLink::to);
      if (out == 0.0 || in == 0.0) {
        take(node, in == 0.0 ? first : last);
        taken = true;
      } else if (best == nodes || out - in > most) {
        best = node;
        most = out - in;
      }
    }
    if (!taken) take(best, first);
  }
  first.insert(first.end(), last.rbegin(), last.rend());
  return first;
}

std::string json_of(const FlowChart& chart) {
  nlohmann::ordered_json json;
  json["kind"] = "flow";
  json["language"] = chart.language == Language::nl ? "nl" : "en";
  json["unit"] = chart.unit;
  json["nodes"] = nlohmann::ordered_json::array();
  for (const FlowChart::Node& node : chart.nodes)
    json["nodes"].push_back({{"name", node.name}, {"detail", node.detail}, {"depth", node.depth}});
  json["links"] = nlohmann::ordered_json::array();
  for (const FlowLink& link : chart.links)
    json["links"].push_back({{"from", link.from}, {"to", link.to}, {"value", drawn_number(link.value)}});
  return inlined(json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace ketensim::report
