#include "tools/results/flows.hpp"

#include <map>

namespace ketensim {
namespace {

/// `GM0141.help` with the group of the organisation in its place; as it is where there is none.
std::string with_group(const Study& study, const std::string& place) {
  const std::size_t dot = place.rfind('.');
  if (dot == std::string::npos) return place;
  const std::string group = study.label(place.substr(0, dot)).group;
  return group.empty() ? place : group + place.substr(dot);
}

}  // namespace

std::vector<Flow> flows_of(const Study& study, const Results& results) {
  const Flows& flows = results.flows;
  std::map<Way, std::pair<std::vector<std::size_t>, bool>> parts;  // the ways of each sum; whether of a group
  for (std::size_t way = 0; way < flows.ways.size(); ++way) {
    parts[flows.ways[way]].first.push_back(way);
    const Way grouped{with_group(study, flows.ways[way].from), with_group(study, flows.ways[way].to)};
    if (grouped == flows.ways[way]) continue;
    parts[grouped].first.push_back(way);
    parts[grouped].second = true;
  }
  std::vector<Flow> all;
  for (const auto& [way, part] : parts) {
    std::vector<double> values;
    for (int replication = 0; replication < results.replications; ++replication) {
      double cases = 0.0;
      for (const std::size_t w : part.first) cases += flows.count(replication, w);
      values.push_back(cases);
    }
    all.push_back({way, summarise(values), part.second});
  }
  return all;
}

}  // namespace ketensim
