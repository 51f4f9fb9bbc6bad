#include "tests/theory/tandems.hpp"

#include <algorithm>
#include <array>

#include "engine/kernel/model.hpp"
#include "ketensim/constraint.hpp"
#include "tests/support/chance.hpp"
#include "tests/theory/formulas.hpp"

namespace ketensim::theory {

using namespace support;

std::string station_name(std::size_t station) {
  constexpr std::array<const char*, 5> kNames{"one", "two", "three", "four", "five"};
  return std::string("A.") + kNames[station];
}

SteadyState tandem(const std::vector<Station>& stations, double rate, int years, int replications, std::uint64_t seed) {
  SteadyState chain(years, 400.0, replications, seed);
  chain.stream("reports", station_name(0), rate);
  for (std::size_t s = 0; s < stations.size(); ++s)
    chain.station(station_name(s), stations[s].servers, exponential(stations[s].service),
                  {to(s + 1 < stations.size() ? station_name(s + 1) : "out")});
  return chain;
}

double worth_of_a_slot(const Station& station, double rate) {
  return mmc(rate, station.service, station.servers).length - mmc(rate, station.service, station.servers + 1).length;
}

std::vector<Station> random_stations(std::uint64_t seed, double rate) {
  Chance chance(seed);
  std::vector<Station> stations(static_cast<std::size_t>(chance.between(3, 5)));
  for (Station& station : stations) {
    station.servers = chance.between(1, 4);
    station.service = chance.between(50, 92) / 100.0 * station.servers / rate;
  }
  return stations;
}

Selection selections(int chains, std::uint64_t seed) {
  Selection selection{chains, 0, 0, 0};
  for (int i = 0; i < chains; ++i) {
    const double rate = 1.0;
    const std::uint64_t chain_seed = seed + static_cast<std::uint64_t>(i);
    const std::vector<Station> stations = random_stations(chain_seed, rate);
    const SteadyState chain = tandem(stations, rate, 5, 24, chain_seed);
    ConstraintOptions options;
    options.from = origin_of(chain.scenario);
    const Constraint found = find_constraint(chain.scenario, options);
    const auto best = std::max_element(stations.begin(), stations.end(), [&](const Station& a, const Station& b) {
      return worth_of_a_slot(a, rate) < worth_of_a_slot(b, rate);
    });
    const std::string name = station_name(static_cast<std::size_t>(best - stations.begin()));
    const auto pool = std::find_if(found.pools.begin(), found.pools.end(),
                                   [&](const PoolWorth& candidate) { return candidate.pool == name; });
    const bool first = pool->rank == 1;
    selection.among_first += first;
    selection.alone += first && !pool->tied;
    selection.wrong += !first && !found.pools.front().tied;
  }
  return selection;
}

}  // namespace ketensim::theory
