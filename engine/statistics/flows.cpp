#include "engine/statistics/flows.hpp"

#include <algorithm>
#include <set>

namespace ketensim {
namespace {

std::size_t index_of(const std::vector<Way>& ways, const Way& way) {
  return static_cast<std::size_t>(std::lower_bound(ways.begin(), ways.end(), way) - ways.begin());
}

/// No counts yet, for so many replications.
Flows empty_flows(const std::set<Way>& ways, std::size_t replications) {
  Flows flows;
  flows.ways.assign(ways.begin(), ways.end());
  flows.counts.assign(replications * flows.ways.size(), 0);
  return flows;
}

}  // namespace

std::vector<WayCount> WayCounter::counted() const {
  std::vector<WayCount> ways;
  for (const Place& place : places_)
    if (place.count > 0)
      ways.push_back(
          {static_cast<std::uint32_t>((place.key - 1) >> 32), static_cast<std::uint32_t>(place.key - 1), place.count});
  return ways;
}

void WayCounter::add(std::uint64_t key, std::size_t at) {
  places_[at] = {key, 1};
  if (2 * ++taken_ < places_.size()) return;
  std::vector<Place> before(2 * places_.size());
  before.swap(places_);
  --shift_;
  for (const Place& place : before) {
    if (place.key == 0) continue;
    std::size_t free = place.key * kMultiplier >> shift_;
    while (places_[free].key != 0) free = (free + 1) & (places_.size() - 1);
    places_[free] = place;
  }
}

Flows gather_flows(const Model& model, const std::vector<std::vector<WayCount>>& replications) {
  const auto name = [&](std::uint32_t place, std::string_view outside) {
    return place < model.steps.size() ? model.organisation_of(place) + "." + model.step_names[place]
                                      : std::string(outside);
  };
  const auto way_of = [&](const WayCount& counted) {
    return Way{name(counted.from, counted.from == model.steps.size() ? Way::kReported : Way::kReturned),
               name(counted.to, Way::kOut)};
  };
  std::set<Way> ways;
  for (const auto& replication : replications)
    for (const WayCount& counted : replication) ways.insert(way_of(counted));
  Flows flows = empty_flows(ways, replications.size());
  for (std::size_t r = 0; r < replications.size(); ++r)
    for (const WayCount& counted : replications[r])
      flows.counts[r * flows.ways.size() + index_of(flows.ways, way_of(counted))] = counted.count;
  return flows;
}

Flows joined(const Flows& first, int first_replications, const Flows& second, int second_replications) {
  std::set<Way> ways(first.ways.begin(), first.ways.end());
  ways.insert(second.ways.begin(), second.ways.end());
  Flows flows = empty_flows(ways, static_cast<std::size_t>(first_replications + second_replications));
  const auto put = [&](const Flows& part, int from, int replications) {
    for (std::size_t w = 0; w < part.ways.size(); ++w) {
      const std::size_t way = index_of(flows.ways, part.ways[w]);
      for (int r = 0; r < replications; ++r)
        flows.counts[static_cast<std::size_t>(from + r) * flows.ways.size() + way] = part.count(r, w);
    }
  };
  put(first, 0, first_replications);
  put(second, first_replications, second_replications);
  return flows;
}

}  // namespace ketensim
