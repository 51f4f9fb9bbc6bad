#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/steady_state.hpp"

// Stations in a row, of which theory knows what a slot more is worth.
namespace ketensim::theory {

struct Station {
  int servers;
  double service;  // mean, days
};

/// Poisson arrivals of `rate` a day pass through the stations A.one, A.two, ... with exponential services.
support::SteadyState tandem(const std::vector<Station>& stations, double rate, int years, int replications,
                            std::uint64_t seed);
std::string station_name(std::size_t station);

/// By how much fewer cases wait in the long run with one more server at a station. Jackson (1957): each is as an M/M/c
/// by itself, so that no other station changes; Erlang (1917).
double worth_of_a_slot(const Station& station, double rate);

/// Three to five stations at random, of utilisations from 50% to 92%.
std::vector<Station> random_stations(std::uint64_t seed, double rate);

/// Of so many random tandems: how often the best pool has rank 1, how often it has it alone, and how often another has
/// it alone.
struct Selection {
  int chains = 0, among_first = 0, alone = 0, wrong = 0;
};
Selection selections(int chains, std::uint64_t seed);

}  // namespace ketensim::theory
