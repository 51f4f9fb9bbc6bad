// A limit on work in progress makes a closed network; steps done together fork and join.
#include <array>

#include "tests/support/steady_state.hpp"
#include "tests/theory/formulas.hpp"
#include "tests/theory/markov_chain.hpp"

namespace ketensim {
namespace {

using namespace support;

constexpr double kWarmUp = 1000.0;

/// From the first day that is simulated until the end.
void intervene(SteadyState& chain, const std::string& kind, std::map<std::string, Value, std::less<>> settings) {
  settings["from"] = chain.scenario.period.start - std::chrono::days{static_cast<int>(kWarmUp)};
  chain.scenario.interventions.push_back({kind, Settings{std::move(settings)}});
}

// CONWIP under saturation (Spearman, Woodruff and Hopp 1990): as someone always waits to be let in, each case that goes
// lets the next one in, and the line is a closed network with as many cases as the limit.
TEST(WipLimit, MakesASaturatedTandemAClosedNetwork) {
  const std::vector<double> service{1.0, 0.8, 0.5};
  const std::array<std::string, 3> names{"first", "second", "third"};
  for (const int limit : {1, 2, 5, 15}) {
    SCOPED_TRACE(limit);
    SteadyState chain(120, kWarmUp, 20, 51);
    const theory::ClosedNetwork exact = theory::mean_value_analysis(service, limit);
    chain.stream("reports", "A.first", exact.throughput + 0.3);
    chain.station("A.first", 1, exponential(service[0]), {to("A.second")});
    chain.station("A.second", 1, exponential(service[1]), {to("A.third")});
    chain.station("A.third", 1, exponential(service[2]));
    intervene(chain, "wip_limit",
              {{"steps", std::vector<std::string>{"A.first", "A.second", "A.third"}}, {"limit", double(limit)}});
    const Results results = chain.run();

    const auto days = static_cast<double>((chain.scenario.period.end - chain.scenario.period.start).count());
    expect_theory(results, "all", "outflow", exact.throughput * days);
    for (std::size_t i = 0; i < names.size(); ++i) {
      const double busy = exact.throughput * service[i];
      expect_theory(results, names[i], "utilisation", busy);
      expect_theory(results, names[i], "wip_mean", busy);
      const std::size_t queue = results.find("A", names[i], "queue_mean"), all = results.find_period("all");
      const Summary waiting = summarise(results, queue, all);
      EXPECT_NEAR(waiting.mean, exact.present[i] - busy, 4.0 * waiting.se + 1e-9) << names[i];
      EXPECT_LE(waiting.se, 0.01 * exact.present[i]) << names[i];
    }
  }
}

// With one case inside, one station works at a time; with many, the slowest is all but always at work.
TEST(MeanValueAnalysis, AtItsTwoEnds) {
  EXPECT_DOUBLE_EQ(theory::mean_value_analysis({1.0, 0.8, 0.5}, 1).throughput, 1.0 / 2.3);
  EXPECT_NEAR(theory::mean_value_analysis({1.0, 0.8, 0.5}, 200).throughput, 1.0, 1e-12);
  // Equal stations: N / (N + K - 1) of the rate of one.
  EXPECT_DOUBLE_EQ(theory::mean_value_analysis({2.0, 2.0, 2.0}, 4).throughput, 0.5 * 4.0 / 6.0);
}

TEST(Together, IsAForkOfTwoQueues) {
  for (const double rho : {0.3, 0.6, 0.8}) {
    SCOPED_TRACE(rho);
    SteadyState chain(rho < 0.7 ? 150 : 300, kWarmUp, 30, 52);
    chain.stream("reports", "A.left", rho);
    chain.station("A.left", 1, exponential(1.0), {to("A.right")});
    chain.station("A.right", 1, exponential(1.0));
    intervene(chain, "together", {{"steps", std::vector<std::string>{"A.left", "A.right"}}, {"share", 1.0}});
    const Results results = chain.run();
    expect_theory(results, "all", "chain_mean", theory::fork_join_of_two(rho, 1.0), 0.0, "chain");
    for (const char* branch : {"left", "right"})  // Poisson arrivals at each: M/M/1 by itself
      expect_theory(results, branch, "wait_mean", theory::mmc(rho, 1.0, 1).wait);
  }
}

// The states of M/M/c as a Markov chain, cut off where nothing is left of the probability: Erlang's figures.
TEST(MarkovChain, GivesErlangsFigures) {
  for (const auto& [servers, rate] : {std::pair{1, 0.6}, {3, 2.4}, {10, 7.0}}) {
    constexpr int kMost = 600;
    const theory::MarkovChain chain({}, [&, c = servers, r = rate](const theory::MarkovChain::State& at) {
      std::vector<theory::MarkovChain::Transition> next;
      if (at[0] < kMost) next.push_back({{at[0] + 1}, r});
      if (at[0] > 0) next.push_back({{at[0] - 1}, static_cast<double>(std::min(at[0], c))});
      return next;
    });
    const theory::Queue exact = theory::mmc(rate, 1.0, servers);
    const auto waiting = [&, c = servers](const theory::MarkovChain::State& at) { return std::max(at[0] - c, 0); };
    EXPECT_NEAR(chain.mean(waiting), exact.length, 1e-9 * exact.length);
    EXPECT_NEAR(chain.probability([&, c = servers](const auto& at) { return at[0] >= c; }),
                theory::erlang_c(servers, rate), 1e-9);
  }
}

TEST(MarkovChain, RefusesNegativeRatesAndTooManyStates) {
  using Transitions = std::vector<theory::MarkovChain::Transition>;
  const auto growing = [](const theory::MarkovChain::State& at) { return Transitions{{{at[0] + 1}, 1.0}}; };
  EXPECT_THROW(theory::MarkovChain({}, growing, 100), std::invalid_argument);
  const auto negative = [](const theory::MarkovChain::State& at) { return Transitions{{{1 - at[0]}, -1.0}}; };
  EXPECT_THROW(theory::MarkovChain({}, negative), std::invalid_argument);
}

}  // namespace
}  // namespace ketensim
