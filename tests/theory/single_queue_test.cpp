// One station, cases one by one.
#include <cmath>

#include "tests/support/steady_state.hpp"
#include "tests/theory/formulas.hpp"

namespace ketensim {
namespace {

using namespace support;

Results one_station(double rate, int servers, Distribution service, int years, int replications) {
  SteadyState chain(years, 1000.0, replications, 20240101);
  chain.stream("customers", "A.desk", rate);
  chain.station("A.desk", servers, std::move(service));
  return chain.run();
}

void expect_queue(const Results& results, const theory::Queue& exact) {
  expect_theory(results, "desk", "wait_mean", exact.wait);
  expect_theory(results, "desk", "queue_mean", exact.length);
  expect_theory(results, "desk", "utilisation", exact.utilisation);
}

TEST(MM1, MeanWaitQueueAndUtilisation) {
  for (const double rho : {0.3, 0.8, 0.9}) {
    SCOPED_TRACE(rho);
    expect_queue(one_station(4.0 * rho, 1, exponential(0.25), rho < 0.85 ? 120 : 250, 30),
                 theory::mmc(4.0 * rho, 0.25, 1));
  }
}

// Kleinrock (1975), eq. 5.123: P(wait > t) = rho exp(-(mu - lambda) t); the lead time is exponential with rate
// mu - lambda. A histogram of bounded error gives the percentiles: 0.5% beside the statistical error.
TEST(MM1, PercentilesOfWaitAndLeadTime) {
  const double mu = 4.0, lambda = 3.2, rho = lambda / mu;
  const Results results = one_station(lambda, 1, exponential(1.0 / mu), 120, 30);
  expect_theory(results, "desk", "wait_p50", std::log(rho / 0.5) / (mu - lambda), 0.005);
  expect_theory(results, "desk", "wait_p90", std::log(rho / 0.1) / (mu - lambda), 0.005);
  expect_theory(results, "desk", "lead_mean", 1.0 / (mu - lambda));
  expect_theory(results, "desk", "lead_p90", std::log(10.0) / (mu - lambda), 0.005);
}

TEST(MMc, MeanWaitQueueAndUtilisation) {
  for (const auto& [servers, years] : {std::pair{2, 250}, {3, 200}, {10, 70}, {20, 50}}) {
    SCOPED_TRACE(servers);
    const double rate = 0.85 * servers;
    expect_queue(one_station(rate, servers, exponential(1.0), years, 40), theory::mmc(rate, 1.0, servers));
  }
}

// The contract's one-queue.yaml: M/M/3 at 0.8.
TEST(MMc, ErlangCGivesTheWaitOfTheContract) { EXPECT_NEAR(theory::mmc(2.4, 1.0, 3).wait, 1.0787, 5e-5); }

TEST(MG1, WaitsByPollaczekAndKhinchine) {
  struct Service {
    const char* name;
    Distribution distribution;
    double second_moment;
  };
  const double mean = 0.25;
  const auto with_cv = [&](double cv) { return mean * mean * (1.0 + cv * cv); };
  const Service services[] = {
      {"deterministic", deterministic(mean), mean * mean},
      {"uniform", uniform(0.1, 0.4), (0.1 * 0.1 + 0.1 * 0.4 + 0.4 * 0.4) / 3.0},
      {"erlang", erlang(mean, 4), with_cv(0.5)},
      {"gamma", gamma(mean, 0.5), with_cv(0.5)},
      {"gamma, wide", gamma(mean, 1.6), with_cv(1.6)},
      {"lognormal", lognormal(mean, 0.8), with_cv(0.8)},
      // E[S^2] = scale^2 Gamma(1 + 2/k), scale = mean / Gamma(1 + 1/k)
      {"weibull", weibull(mean, 1.5),
       mean * mean * std::tgamma(1.0 + 2.0 / 1.5) / std::pow(std::tgamma(1.0 + 1.0 / 1.5), 2)},
      {"mixture", mixture({deterministic(0.1), exponential(0.7)}, {3.0, 1.0}), 0.75 * 0.01 + 0.25 * 2.0 * 0.49},
      {"empirical", empirical({0.1, 0.2, 0.5}, {2.0, 1.0, 1.0}), 0.5 * 0.01 + 0.25 * 0.04 + 0.25 * 0.25},
  };
  for (const Service& service : services) {
    SCOPED_TRACE(service.name);
    const double mean_service = mean_of(service.distribution);
    const double rate = 0.75 / mean_service;
    expect_queue(one_station(rate, 1, service.distribution, 120, 30),
                 theory::mg1(rate, mean_service, service.second_moment));
  }
}

}  // namespace
}  // namespace ketensim
