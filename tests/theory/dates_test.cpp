// Queues in discrete time: `resolution: day` on a calendar of which every day is a working day.
#include <cmath>

#include "tests/support/steady_state.hpp"

namespace ketensim {
namespace {

using namespace support;

Results one_desk(double rate, int servers, Distribution service, int years, int replications) {
  SteadyState chain(years, 1000.0, replications, 20240101);
  chain.scenario.period.resolution = Resolution::day;
  chain.stream("customers", "A.desk", rate);
  if (servers > 0)
    chain.station("A.desk", servers, std::move(service));
  else
    chain.step("A.desk", "", std::move(service));
  return chain.run();
}

// An exponential duration of at least half a day is geometric when rounded: k days or more with probability
// q^(k - 1/2), q = exp(-1 / mean).
TEST(Geometric, IsTheServiceByDatesOfAnExponentialDuration) {
  for (const double mean : {0.5, 3.0}) {
    SCOPED_TRACE(mean);
    const double q = std::exp(-1.0 / mean);
    const Results results = one_desk(5.0, 0, exponential(mean), 100, 20);
    expect_theory(results, "desk", "lead_mean", std::sqrt(q) / (1.0 - q));
    expect_theory(results, "desk", "wip_mean", 5.0 * std::sqrt(q) / (1.0 - q));
  }
}

// A Poisson number comes each morning, and one slot is taken by a case for T = 1 + K days, K an exponential duration
// rounded. The work V that is there in the morning, V' = V - 1{V > 0} + B, gives, squared, E[V]; without the case's own
// day and with half of those who came with it before it, the mean wait is rate E[T^2] / (2 (1 - rho)), as Pollaczek and
// Khinchine have it in continuous time (Bruneel and Kim 1993, ch. 1, for such queues).
TEST(BatchG1, MeanWaitQueueAndUtilisation) {
  struct Case {
    double rate, mean;
  };
  for (const auto& [rate, mean] : {Case{0.5, 0.0}, {0.85, 0.0}, {0.5, 0.6}, {0.2, 3.0}}) {
    SCOPED_TRACE(mean);
    const double q = mean == 0.0 ? 0.0 : std::exp(-1.0 / mean);
    const double days = 1.0 + std::sqrt(q) / (1.0 - q);
    const double squares = 2.0 * days - 1.0 + std::sqrt(q) * (1.0 + q) / ((1.0 - q) * (1.0 - q));
    const double wait = rate * squares / (2.0 * (1.0 - rate * days));
    const Results results =
        one_desk(rate, 1, mean == 0.0 ? deterministic(0.25) : exponential(mean), rate * days < 0.7 ? 150 : 300, 30);
    expect_theory(results, "desk", "queue_mean", rate * wait);
    expect_theory(results, "desk", "wait_mean", wait);
    expect_theory(results, "desk", "utilisation", rate * days);
  }
}

// Two desks, each with one slot and a service below half a day. What leaves the first in the evening is served by the
// second the next day at the earliest; at most one comes a day, so that nobody waits there longer than the night.
TEST(Tandem, OfServicesBelowHalfADayWaitsOneNightBetweenThem) {
  SteadyState chain(100, 1000.0, 20, 7);
  chain.scenario.period.resolution = Resolution::day;
  chain.stream("customers", "A.first", 0.8);
  chain.station("A.first", 1, deterministic(0.4), {to("A.second")});
  chain.station("A.second", 1, uniform(0.1, 0.4));
  const Results results = chain.run();
  const std::size_t wait = results.find("A", "second", "wait_mean"), all = results.find_period("all");
  for (int r = 0; r < results.replications; ++r) EXPECT_DOUBLE_EQ(results.value(r, wait, all), 1.0);
  expect_theory(results, "second", "utilisation", 0.8);
}

// Each member of the staff is there for 40 days on average and away for 10: by dates too, on the days as they come.
TEST(Staff, IsPresentByDatesAsLongAsByMoments) {
  for (const Resolution resolution : {Resolution::continuous, Resolution::day}) {
    SteadyState chain(100, 1000.0, 20, 11);
    chain.scenario.period.resolution = resolution;
    chain.stream("customers", "A.desk", 0.5);
    chain.station("A.desk", 10, exponential(2.0));
    chain.scenario.interventions.push_back(
        {"sick_leave", {{{"pool", "A.desk"}, {"share", 0.2}, {"spell", Duration{10.0}}, {"from", date(2000, 1, 1)}}}});
    expect_theory(chain.run(), "desk", "slots_mean", 8.0);
  }
}

}  // namespace
}  // namespace ketensim
