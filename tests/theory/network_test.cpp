// Networks of stations.
#include <array>

#include "tests/support/steady_state.hpp"
#include "tests/theory/formulas.hpp"

namespace ketensim {
namespace {

using namespace support;

// Jackson (1957), theorem 1: each station is as an M/M/c by itself, at the rate that solves the traffic equations
// rate_j = from outside_j + sum of rate_i share_ij. A transfer of any duration is a station where nobody waits.
TEST(JacksonNetwork, EveryStationIsAsAnMMc) {
  constexpr double from_outside = 1.0;
  constexpr std::array<int, 3> servers{2, 3, 1};
  constexpr std::array<double, 3> service{1.0, 1.9, 0.6};
  constexpr double share[3][3] = {{0.0, 0.6, 0.4}, {0.2, 0.1, 0.3}, {0.1, 0.0, 0.1}};
  SteadyState chain(150, 1000.0, 40, 31);
  chain.stream("reports", "A.first", from_outside);
  chain.station("A.first", servers[0], exponential(service[0]),
                {to("A.second", 0.6, gamma(3.0, 0.5)), to("A.third", 0.4)});
  chain.station("A.second", servers[1], exponential(service[1]),
                {to("A.first", 0.2), to("A.second", 0.1), to("A.third", 0.3), to("out", 0.4)});
  chain.station("A.third", servers[2], exponential(service[2]),
                {to("A.first", 0.1), to("A.third", 0.1), to("out", 0.8)});
  const Results results = chain.run();

  std::array<double, 3> rate{};
  for (int round = 0; round < 200; ++round) {
    std::array<double, 3> next{from_outside, 0.0, 0.0};
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t j = 0; j < 3; ++j) next[j] += rate[i] * share[i][j];
    rate = next;
  }
  const std::string names[] = {"first", "second", "third"};
  double children = 0.6 * rate[0] * 3.0;  // in transfer
  for (std::size_t i = 0; i < 3; ++i) {
    const theory::Queue exact = theory::mmc(rate[i], service[i], servers[i]);
    expect_theory(results, names[i], "wait_mean", exact.wait);
    expect_theory(results, names[i], "queue_mean", exact.length);
    expect_theory(results, names[i], "utilisation", exact.utilisation);
    children += exact.length + rate[i] * service[i];
  }
  expect_theory(results, "all", "chain_mean", children / from_outside, 0.0, "chain");
}

// What comes in is what is new plus what comes back: rate / (1 - share).
TEST(Returns, BalanceTheFlow) {
  const double rate = 4.0, share = 0.35;
  SteadyState chain(40, 2000.0, 20, 32);
  chain.stream("reports", "A.help", rate);
  chain.step("A.help", "", exponential(5.0));
  chain.scenario.chain.returns = Returns{share, exponential(20.0), "A.help"};
  const Results results = chain.run();
  const double days = static_cast<double>((chain.scenario.period.end - chain.scenario.period.start).count());
  expect_theory(results, "all", "inflow", days * rate / (1.0 - share), 0.0, "chain");
  expect_theory(results, "all", "returns", days * rate * share / (1.0 - share), 0.0, "chain");
  expect_theory(results, "help", "wip_mean", 5.0 * rate / (1.0 - share));
}

}  // namespace
}  // namespace ketensim
