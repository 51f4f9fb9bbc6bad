// Why children wait, where theory or the calendar knows.
#include "ketensim/causes.hpp"

#include <numeric>

#include "tests/support/chains.hpp"
#include "tests/support/steady_state.hpp"
#include "tests/theory/formulas.hpp"

namespace ketensim {
namespace {

using namespace support;

const WaitingCauses& row(const Causes& causes, std::string_view place, std::string_view cases = "all") {
  for (const WaitingCauses& step : causes.steps)
    if (step.organisation + "." + step.step == place && step.cases == cases) return step;
  throw std::invalid_argument("no row " + std::string(place));
}

double part(const WaitingCauses& row, Cause cause) { return row.parts[static_cast<std::size_t>(cause)].mean; }

void expect_adds_up(const Causes& causes) {
  for (const WaitingCauses& step : causes.steps) {
    double sum = 0.0;
    for (const Summary& of : step.parts) sum += of.mean;
    EXPECT_NEAR(sum, step.waiting.mean, 1e-9 * (1.0 + step.waiting.mean)) << step.organisation << "." << step.step;
  }
}

TEST(WaitingCauses, OfAnMM1AreCapacityAlone) {
  SteadyState chain(20, 400.0, 10, 41);
  chain.stream("reports", "A.desk", 1.0);
  chain.station("A.desk", 1, exponential(0.8));
  const Causes causes = waiting_causes(chain.scenario);
  expect_adds_up(causes);
  const WaitingCauses& desk = row(causes, "A.desk");
  EXPECT_NEAR(desk.waiting.mean, theory::mmc(1.0, 0.8, 1).length, 4.0 * desk.waiting.se);
  EXPECT_EQ(part(desk, Cause::capacity), desk.waiting.mean);
  for (const Cause other : {Cause::release, Cause::upstream, Cause::leave, Cause::priority, Cause::closed})
    EXPECT_EQ(part(desk, other), 0.0);
  EXPECT_NEAR(row(causes, "chain.all").waiting.mean, desk.waiting.mean, 1e-9);
}

// M/M/1 with two classes, the first served before the others. Cobham (1954): with rho_1 = 0.3 and rho = 0.8 the waits
// are W0 / (1 - rho_1) and W0 / ((1 - rho_1)(1 - rho)), W0 = rho s; first come, first served: W0 / (1 - rho).
TEST(WaitingCauses, PriorityTakesFromSomeWhatItGivesToOthers) {
  const double service = 0.8, urgent = 0.375, first = urgent * service, rho = service, w0 = rho * service;
  SteadyState chain(40, 400.0, 20, 42);
  chain.stream("reports", "A.desk", 1.0).attributes = {
      attribute("urgency", {{"crisis", urgent}, {"regular", 1.0 - urgent}})};
  chain.station("A.desk", 1, exponential(service)).order = {"urgency", "received"};
  const Causes causes = waiting_causes(chain.scenario);
  expect_adds_up(causes);
  const double fifo = w0 / (1.0 - rho);
  const auto expect_priority = [&](const WaitingCauses& cases, double exact) {
    const Summary& priority = cases.parts[static_cast<std::size_t>(Cause::priority)];
    EXPECT_NEAR(priority.mean, exact, 4.0 * priority.se) << cases.cases;
  };
  expect_priority(row(causes, "A.desk", "urgency=crisis"), urgent * (w0 / (1.0 - first) - fifo));
  expect_priority(row(causes, "A.desk", "urgency=regular"),
                  (1.0 - urgent) * (w0 / ((1.0 - first) * (1.0 - rho)) - fifo));
  expect_priority(row(causes, "A.desk"), 0.0);
}

// Released once a week, with more slots than anyone needs: half a week each.
TEST(WaitingCauses, OfAWeeklyReleaseAreTheRelease) {
  SteadyState chain(10, 28.0, 10, 43);
  chain.stream("reports", "A.desk", 2.0);
  chain.station("A.desk", 500, exponential(1.0));
  chain.scenario.interventions = {
      {"release", {{{"step", "A.desk"}, {"weekly", "tuesday"}, {"from", date(1999, 12, 20)}}}}};
  const Causes causes = waiting_causes(chain.scenario);
  expect_adds_up(causes);
  const Summary& release = row(causes, "A.desk").parts[static_cast<std::size_t>(Cause::release)];
  EXPECT_NEAR(release.mean, 2.0 * 3.5, 4.0 * release.se);
  EXPECT_EQ(part(row(causes, "A.desk"), Cause::capacity), 0.0);
}

TEST(WaitingCauses, OnDaysOffAreThatItIsClosed) {
  ChainBuilder chain(CalendarKind::netherlands, date(2024, 1, 1), date(2026, 1, 1), 0.0);
  chain.organisation("A");
  chain.stream("reports", "A.desk", 2.0);
  chain.station("A.desk", 500, deterministic(0.5));
  chain.scenario.replications = 3;
  const Causes causes = waiting_causes(chain.scenario);
  expect_adds_up(causes);
  const WaitingCauses& desk = row(causes, "A.desk");
  EXPECT_GT(desk.waiting.mean, 0.5);
  EXPECT_NEAR(part(desk, Cause::closed), desk.waiting.mean, 1e-9);
}

TEST(WaitingCauses, OfAChainWithEverythingAddUp) {
  Scenario scenario = mini_chain();
  support::pool_of(scenario, "VTT.research").leave[6] = 0.3;
  scenario.replications = 4;
  scenario.interventions = {
      {"clear_backlog", {{{"step", "VTT.research"}, {"on", date(2024, 3, 1)}}}},
      {"wip_limit",
       {{{"steps", std::vector<std::string>{"RVDK.research"}}, {"limit", 36.0}, {"from", date(2024, 6, 1)}}}}};
  const Causes causes = waiting_causes(scenario);
  expect_adds_up(causes);
  for (const Counterfactual& counterfactual : causes.counterfactuals)
    EXPECT_EQ(counterfactual.same, counterfactual.without == Cause::closed);
  EXPECT_GT(part(row(causes, "chain.all"), Cause::capacity), 0.0);
}

}  // namespace
}  // namespace ketensim
