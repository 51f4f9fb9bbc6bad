// Several kinds of cases at one pool, and a slot kept over several steps.
#include "tests/support/steady_state.hpp"
#include "tests/theory/formulas.hpp"

namespace ketensim {
namespace {

using namespace support;

// Two kinds of service, first come first served: to the pool it is M/G/1 with the mixture of both services, and who
// arrives, of whatever kind, waits as long (Pollaczek-Khinchine; Poisson arrivals see time averages).
TEST(SharedPool, BothStepsWaitAsOneMG1) {
  const double quick_rate = 1.2, slow_rate = 0.5, quick = 0.2, slow = 1.0;
  SteadyState chain(150, 500.0, 30, 21);
  chain.stream("quick", "A.quick", quick_rate);
  chain.stream("slow", "A.slow", slow_rate);
  chain.pool("A.desk", 1);
  chain.step("A.quick", "A.desk", exponential(quick));
  chain.step("A.slow", "A.desk", gamma(slow, 0.5));
  const Results results = chain.run();

  const double rate = quick_rate + slow_rate;
  const double mean = (quick_rate * quick + slow_rate * slow) / rate;
  const double second_moment = (quick_rate * 2.0 * quick * quick + slow_rate * 1.25 * slow * slow) / rate;
  const theory::Queue exact = theory::mg1(rate, mean, second_moment);
  expect_theory(results, "quick", "wait_mean", exact.wait);
  expect_theory(results, "slow", "wait_mean", exact.wait);
  expect_theory(results, "quick", "queue_mean", quick_rate * exact.wait);
  expect_theory(results, "slow", "queue_mean", slow_rate * exact.wait);
  expect_theory(results, "slow", "utilisation", exact.utilisation);
}

// Cobham (1954), eq. 3: W_k = W_0 / ((1 - s_{k-1}) (1 - s_k)), s_k the load of the classes up to k, W_0 = sum of
// rate E[S^2] / 2, for one server and any service.
TEST(Priorities, WithoutPreemptionOneServer) {
  const double urgent_rate = 1.0, regular_rate = 1.5, urgent = 0.2, regular = 0.35;
  SteadyState chain(150, 500.0, 30, 22);
  chain.stream("urgent", "A.urgent", urgent_rate).attributes = {
      attribute("urgency", {{"crisis", 1.0}, {"regular", 0.0}})};
  chain.stream("regular", "A.regular", regular_rate).attributes = {attribute("urgency", {{"regular", 1.0}})};
  chain.pool("A.desk", 1);
  chain.step("A.urgent", "A.desk", gamma(urgent, 0.5)).order = {"urgency", "received"};
  chain.step("A.regular", "A.desk", lognormal(regular, 0.8)).order = {"urgency", "received"};
  const Results results = chain.run();

  const double residual = (urgent_rate * urgent * urgent * 1.25 + regular_rate * regular * regular * 1.64) / 2.0;
  const double load_urgent = urgent_rate * urgent, load = load_urgent + regular_rate * regular;
  const double urgent_wait = residual / (1.0 - load_urgent);
  const double regular_wait = residual / ((1.0 - load_urgent) * (1.0 - load));
  expect_theory(results, "urgent", "wait_mean", urgent_wait);
  expect_theory(results, "regular", "wait_mean", regular_wait);
  expect_theory(results, "urgent", "queue_mean", urgent_rate * urgent_wait);
  expect_theory(results, "regular", "queue_mean", regular_rate * regular_wait);
  expect_theory(results, "urgent", "utilisation", load);
}

// Cobham (1954), eq. 9: as above with W_0 = C(c, a) s / c for c servers and one exponential service. The class is an
// attribute by which triage (which takes no time) routes.
TEST(Priorities, WithoutPreemptionSeveralServers) {
  const int servers = 3;
  const double rate = 2.5, shares[] = {0.2, 0.3, 0.5};
  const std::string names[] = {"crisis", "raised", "regular"};
  SteadyState chain(200, 500.0, 40, 23);
  chain.stream("reports", "A.triage", rate).attributes = {
      attribute("urgency", {{names[0], shares[0]}, {names[1], shares[1]}, {names[2], shares[2]}})};
  chain.pool("A.desk", servers);
  Step& triage = chain.step("A.triage", "", deterministic(0.0));
  triage.next = {{{{"urgency", {names[0]}}}, {to("A.crisis")}},
                 {{{"urgency", {names[1]}}}, {to("A.raised")}},
                 {{}, {to("A.regular")}}};
  for (const std::string& name : names)
    chain.step("A." + name, "A.desk", exponential(1.0)).order = {"urgency", "received"};
  const Results results = chain.run();

  const double residual = theory::erlang_c(servers, rate) / servers;
  double before = 0.0;
  for (int k = 0; k < 3; ++k) {
    const double until = before + shares[k] * rate / servers;
    const double wait = residual / ((1.0 - before) * (1.0 - until));
    expect_theory(results, names[k], "wait_mean", wait);
    expect_theory(results, names[k], "queue_mean", shares[k] * rate * wait);
    before = until;
  }
}

// A slot kept from intake until guidance has ended is one long service: M/G/1 with the sum of three services.
TEST(HoldUntil, IsOneLongService) {
  SteadyState chain(200, 1000.0, 30, 24);
  const double rate = 0.75 / (0.3 + 0.5 + 0.2);
  chain.stream("measures", "A.intake", rate);
  chain.pool("A.workers", 1);
  chain.step("A.intake", "A.workers", uniform(0.1, 0.5), {to("A.plan")}).hold_until = "A.guidance";
  chain.step("A.plan", "", gamma(0.5, 0.4), {to("A.guidance")});
  chain.step("A.guidance", "", exponential(0.2));
  const Results results = chain.run();
  const double variance = 0.4 * 0.4 / 12.0 + 0.2 * 0.2 + 0.2 * 0.2;
  const theory::Queue exact = theory::mg1(rate, 1.0, 1.0 + variance);
  expect_theory(results, "intake", "wait_mean", exact.wait);
  expect_theory(results, "intake", "queue_mean", exact.length);
  expect_theory(results, "intake", "utilisation", exact.utilisation);
  expect_theory(results, "guidance", "wip_mean", rate * 0.2);
}

// Busy slots = rate x (mean of all that is done in the slot), whatever the distributions (Little 1961).
TEST(HoldUntil, BusySlotsByLittle) {
  SteadyState chain(50, 1000.0, 30, 25);
  chain.stream("measures", "A.intake", 0.1);
  chain.pool("A.workers", 16);
  chain.step("A.intake", "A.workers", uniform(1.0, 5.0), {to("A.plan")}).hold_until = "A.guidance";
  chain.step("A.plan", "", gamma(33.0, 0.3), {to("A.guidance", 1.0, exponential(4.0))});
  chain.step("A.guidance", "", lognormal(90.0, 0.5));
  expect_theory(chain.run(), "intake", "utilisation", 0.1 * (3.0 + 33.0 + 4.0 + 90.0) / 16.0);
}

}  // namespace
}  // namespace ketensim
