// Rows of M/M/c stations: by Jackson's theorem each queues as Erlang says, and the best allocation is known.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "ketensim/allocate.hpp"
#include "tests/support/chain_builder.hpp"
#include "tests/support/chance.hpp"
#include "tests/theory/formulas.hpp"

namespace ketensim {
namespace {

using namespace support;

struct Row {
  double rate;
  std::vector<double> service;
  std::vector<int> slots;
};

/// Three stations at loads from 0.75 to 0.93 of their slots.
Row random_row(Chance& chance) {
  Row row{static_cast<double>(chance.between(3, 6)), {}, {}};
  for (int station = 0; station < 3; ++station) {
    row.slots.push_back(chance.between(1, 4));
    row.service.push_back(row.slots.back() * chance.between(75, 93) / 100.0 / row.rate);
  }
  return row;
}

Scenario scenario_of(const Row& row, std::uint64_t seed) {
  ChainBuilder builder(CalendarKind::continuous, date(2024, 1, 1), date(2025, 1, 1), 120.0);
  builder.organisation("A");
  builder.stream("reports", "A.s0", row.rate);
  for (int station = 0; station < 3; ++station) {
    std::vector<Target> next;
    if (station < 2) next.push_back(to("A.s" + std::to_string(station + 1)));
    const auto s = static_cast<std::size_t>(station);
    builder.station("A.s" + std::to_string(station), row.slots[s], exponential(row.service[s]), next);
  }
  builder.scenario.replications = 40;
  builder.scenario.seed = seed;
  return builder.scenario;
}

double waiting(const Row& row, const Allocation& added) {
  double sum = 0.0;
  for (std::size_t s = 0; s < 3; ++s) sum += theory::mmc(row.rate, row.service[s], row.slots[s] + added[s]).length;
  return sum;
}

double least_waiting(const Row& row, int amount) {
  double least = std::numeric_limits<double>::infinity();
  for (int first = 0; first <= amount; ++first)
    for (int second = 0; first + second <= amount; ++second)
      least = std::min(least, waiting(row, {first, second, amount - first - second}));
  return least;
}

TEST(Allocation, IsTheBestByErlangsFormulaAsOftenAsStated) {
  constexpr int kChains = 20;
  Chance chance(20240607);
  double stated = 0.0, variance = 0.0;
  int right = 0;
  for (int chain = 0; chain < kChains; ++chain) {
    const Row row = random_row(chance);
    AllocationOptions options;
    options.unit = CapacityUnit::slots;
    options.amount = 3;
    options.objective = "waiting";
    options.enumerate_at_most = 0;  // the search itself is on trial
    const AllocationStudy study = allocate(scenario_of(row, 1000 + chain), options);
    const BestAllocation& best = study.best.back();
    stated += best.probability;
    variance += best.probability * (1.0 - best.probability);
    right += waiting(row, best.units) <= least_waiting(row, 3) + study.indifference;
    // The effect is told as it is: by Erlang's formula, within four standard errors of a run from an empty start.
    const double exact = waiting(row, best.units) - waiting(row, {0, 0, 0});
    EXPECT_NEAR(best.effect.mean, exact, 4.0 * best.effect.se + 0.02 * std::abs(exact)) << "chain " << chain;
  }
  EXPECT_GE(right, stated - 4.0 * std::sqrt(variance) - 1e-9) << "stated " << stated << " of " << kChains;
  EXPECT_GE(stated, 0.8 * kChains);  // so that the claim above says something
}

}  // namespace
}  // namespace ketensim
