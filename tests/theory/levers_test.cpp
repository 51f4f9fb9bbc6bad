// Levers whose effect is known exactly.
#include <array>
#include <cmath>
#include <numeric>

#include "tests/support/steady_state.hpp"
#include "tests/theory/formulas.hpp"
#include "tests/theory/markov_chain.hpp"

namespace ketensim {
namespace {

using namespace support;
using theory::MarkovChain;
using State = MarkovChain::State;

void add(ChainBuilder& chain, std::string kind, std::map<std::string, Value, std::less<>> given) {
  chain.scenario.interventions.push_back({std::move(kind), Settings{std::move(given)}});
}

// M/M/4 with two slots kept for crisis, crisis first: at most two regular cases are in service. A Markov chain on
// (regular in service, crisis in service, regular waiting, crisis waiting).
TEST(Reserve, IsAMarkovChainWithAThreshold) {
  const double regular_rate = 1.2, crisis_rate = 1.0;
  const int servers = 4, kept = 2, most_regular = 60, most_crisis = 30;
  SteadyState chain(150, 500.0, 30, 31);
  Stream& stream = chain.stream("reports", "A.desk", regular_rate + crisis_rate);
  const double crisis = crisis_rate / (regular_rate + crisis_rate);
  stream.attributes = {attribute("urgency", {{"crisis", crisis}, {"regular", 1.0 - crisis}})};
  chain.station("A.desk", servers, exponential(1.0)).order = {"urgency"};
  add(chain, "reserve",
      {{"pool", std::string("A.desk")},
       {"slots", static_cast<double>(kept)},
       {"when", std::vector<Condition>{{"urgency", {"crisis"}}}}});

  enum { regular_busy, crisis_busy, regular_waits, crisis_waits };
  const auto fill = [&](State s) {  // who can start starts
    while (s[crisis_waits] > 0 && s[regular_busy] + s[crisis_busy] < servers) --s[crisis_waits], ++s[crisis_busy];
    while (s[regular_waits] > 0 && s[regular_busy] + s[crisis_busy] < servers && s[regular_busy] < servers - kept)
      --s[regular_waits], ++s[regular_busy];
    return s;
  };
  const MarkovChain exact({}, [&](const State& s) {
    std::vector<MarkovChain::Transition> next;
    const auto change = [&](int which, int by, double rate) {
      State to = s;
      to[static_cast<std::size_t>(which)] += by;
      if (rate > 0.0) next.push_back({fill(to), rate});
    };
    if (s[regular_waits] < most_regular) change(regular_waits, +1, regular_rate);
    if (s[crisis_waits] < most_crisis) change(crisis_waits, +1, crisis_rate);
    change(regular_busy, -1, s[regular_busy]);
    change(crisis_busy, -1, s[crisis_busy]);
    return next;
  });
  const double waiting = exact.mean([](const State& s) { return s[regular_waits] + s[crisis_waits]; });
  const double used = exact.mean([](const State& s) { return s[regular_busy] + s[crisis_busy]; });
  EXPECT_NEAR(used, regular_rate + crisis_rate, 1e-6);  // nothing is lost where the chain is cut off
  const Results results = chain.run();
  expect_theory(results, "desk", "queue_mean", waiting);
  expect_theory(results, "desk", "wait_mean", waiting / (regular_rate + crisis_rate));
  expect_theory(results, "desk", "utilisation", used / servers);
  // It differs from M/M/4 and from keeping nothing by far more than what is tolerated.
  EXPECT_GT(waiting, 1.2 * theory::mmc(regular_rate + crisis_rate, 1.0, servers).wait * (regular_rate + crisis_rate));
}

// Two servers; who would find more than two waiting goes elsewhere: M/M/2/5 (Erlang 1917; at most 2 + 3 in the system).
TEST(Overflow, IsAQueueWithFinitelyManyPlaces) {
  const double rate = 1.8, servers = 2;
  const int most = 5;
  SteadyState chain(150, 500.0, 30, 32);
  chain.stream("reports", "A.desk", rate);
  chain.station("A.desk", static_cast<int>(servers), exponential(1.0));
  chain.step("A.elsewhere", "", exponential(2.0));
  chain.scenario.chain.steps[0].next = {{{}, {to("A.elsewhere", 0.25), to("out", 0.75)}}};
  add(chain, "overflow", {{"step", std::string("A.desk")}, {"above", 2.0}, {"to", std::string("A.elsewhere")}});
  std::array<double, most + 1> share{1.0};
  for (int n = 1; n <= most; ++n) share[n] = share[n - 1] * rate / std::min<double>(n, servers);
  const double total = std::accumulate(share.begin(), share.end(), 0.0);
  double waiting = 0.0, busy = 0.0;
  for (int n = 0; n <= most; ++n) {
    share[n] /= total;
    waiting += share[n] * std::max(0.0, n - servers);
    busy += share[n] * std::min<double>(n, servers);
  }
  const Results results = chain.run();
  expect_theory(results, "desk", "queue_mean", waiting);
  expect_theory(results, "desk", "utilisation", busy / servers);
  expect_theory(results, "desk", "wait_mean", waiting / (rate * (1.0 - share[most])));
  // Elsewhere come those sent away and a quarter of those served, and stay two days.
  expect_theory(results, "elsewhere", "wip_mean", 2.0 * rate * (share[most] + 0.25 * (1.0 - share[most])));
}

/// Two exponential servers at rate 1 each, to which a desk that takes no time sends cases.
SteadyState two_servers(double rate, std::uint64_t seed) {
  SteadyState chain(150, 500.0, 30, seed);
  chain.stream("reports", "A.desk", rate);
  chain.step("A.desk", "", deterministic(0.0), {to("A.left", 0.5), to("A.right", 0.5)});
  chain.station("A.left", 1, exponential(1.0));
  chain.station("A.right", 1, exponential(1.0));
  return chain;
}

// Join the shortest queue, solved as a Markov chain on the numbers at both. Its wait lies between that of one queue for
// both servers and that of a coin (Winston 1977: no rule that knows the queues alone does better).
TEST(Choose, TheShortestQueue) {
  const double rate = 1.6;
  for (const char* rule : {"shortest_queue", "most_free"}) {  // of single servers the same
    SteadyState chain = two_servers(rate, 33);
    add(chain, "choose",
        {{"step", std::string("A.desk")},
         {"among", std::vector<Target>{to("A.left", 0.5), to("A.right", 0.5)}},
         {"by", std::string(rule)}});
    constexpr int kMost = 70;
    const MarkovChain exact({}, [&](const State& s) {
      std::vector<MarkovChain::Transition> next;
      const double to_left = s[0] < s[1] ? 1.0 : s[0] == s[1] ? 0.5 : 0.0;
      if (to_left > 0.0 && s[0] < kMost) next.push_back({{s[0] + 1, s[1]}, rate * to_left});
      if (to_left < 1.0 && s[1] < kMost) next.push_back({{s[0], s[1] + 1}, rate * (1.0 - to_left)});
      if (s[0] > 0) next.push_back({{s[0] - 1, s[1]}, 1.0});
      if (s[1] > 0) next.push_back({{s[0], s[1] - 1}, 1.0});
      return next;
    });
    const double waiting = exact.mean([](const State& s) { return std::max(0, s[0] - 1); });
    const Results results = chain.run();
    expect_theory(results, "left", "queue_mean", waiting);
    expect_theory(results, "right", "queue_mean", waiting);
    expect_theory(results, "left", "wait_mean", waiting / (rate / 2.0));
    EXPECT_GT(waiting / (rate / 2.0), theory::mmc(rate, 1.0, 2).wait);
    EXPECT_LT(waiting / (rate / 2.0), theory::mmc(rate / 2.0, 1.0, 1).wait);
  }
}

// Of two pools of which each case takes a slot at once, the smaller one is all that counts: M/M/2.
TEST(SeveralPools, AreAsManyServersAsTheSmallestHas) {
  const double rate = 1.5;
  SteadyState chain(150, 500.0, 30, 34);
  chain.stream("reports", "A.desk", rate);
  chain.pool("A.workers", 3);
  chain.pool("A.scientists", 2);
  chain.step("A.desk", "A.workers", exponential(1.0)).more_pools = {"A.scientists"};
  const Results results = chain.run();
  const theory::Queue exact = theory::mmc(rate, 1.0, 2);
  expect_theory(results, "desk", "wait_mean", exact.wait);
  expect_theory(results, "desk", "queue_mean", rate * exact.wait);
  expect_theory(results, "desk", "utilisation", rate / 3.0);
}

// Poisson arrivals, released once a week: who comes waits half a week on average, whoever else comes.
TEST(Release, OnceAWeekCostsHalfAWeek) {
  SteadyState chain(150, 500.0, 30, 35);
  chain.stream("reports", "A.table", 2.0);
  chain.step("A.table", "", exponential(1.0));
  add(chain, "release", {{"step", std::string("A.table")}, {"weekly", std::string("tuesday")}});
  const Results results = chain.run();
  expect_theory(results, "table", "wait_mean", 3.5);
  expect_theory(results, "table", "queue_mean", 7.0);
}

// At most N at a time: Bailey's (1954) bulk queue. What is left after each meeting is a Markov chain, left' =
// max(left + Poisson - N, 0); the mean queue over time is what is left and half a week of arrivals.
TEST(Release, OfSoManyAtATimeIsABulkQueue) {
  const double weekly = 10.5;
  const int at_most = 12;
  constexpr std::size_t kMost = 400;
  SteadyState chain(400, 2000.0, 30, 36);
  chain.stream("reports", "A.table", weekly / 7.0);
  chain.step("A.table", "", exponential(1.0));
  add(chain, "release",
      {{"step", std::string("A.table")}, {"weekly", std::string("friday")}, {"at_most", static_cast<double>(at_most)}});
  std::vector<double> arrivals(kMost), left(kMost);
  for (std::size_t k = 0; k < kMost; ++k)
    arrivals[k] =
        std::exp(-weekly + static_cast<double>(k) * std::log(weekly) - std::lgamma(static_cast<double>(k) + 1.0));
  left[0] = 1.0;
  for (int week = 0; week < 2000; ++week) {
    std::vector<double> next(kMost);
    for (std::size_t n = 0; n < kMost; ++n)
      for (std::size_t k = 0; left[n] > 1e-18 && k < 60; ++k) {
        const std::size_t stays = n + k > at_most ? n + k - at_most : 0;
        if (stays < kMost) next[stays] += left[n] * arrivals[k];
      }
    left = next;
  }
  double waiting = weekly / 2.0;
  for (std::size_t n = 0; n < kMost; ++n) waiting += static_cast<double>(n) * left[n];
  const Results results = chain.run();
  expect_theory(results, "table", "queue_mean", waiting);
  expect_theory(results, "table", "wait_mean", waiting / (weekly / 7.0));
}

}  // namespace
}  // namespace ketensim
