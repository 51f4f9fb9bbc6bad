// A simulation that begins with cases: each at its step, with its dates. Moments are days since the day after the
// snapshot.
#include <gtest/gtest.h>

#include <cmath>

#include "ketensim/simulate.hpp"
#include "tests/support/open_cases.hpp"

namespace ketensim {
namespace {

using namespace support;

constexpr Date kSunday{std::chrono::year{2024} / 1 / 7};

/// Nobody arrives; from Monday 2024-01-08 on.
ChainBuilder nobody_arrives(CalendarKind calendar) {
  ChainBuilder chain(calendar, kSunday + std::chrono::days{1}, date(2026, 1, 1), 0.0, Report::month);
  chain.organisation("A");
  chain.stream("reports", "A.desk", 0.0);
  return chain;
}

TEST(FromState, WhoIsInServiceEndsAndWhoWaitsStartsWithItsWholeWait) {
  ChainBuilder chain = nobody_arrives(CalendarKind::continuous);
  chain.station("A.desk", 1, deterministic(10.0)).norm.wait = Duration{15.0};
  StateBuilder rows(kSunday);
  rows.waiting("A.desk", -1.0);
  rows.in_service("A.desk", -9.0, -4.0);
  rows.waiting("A.desk", -3.0).first_received -= 30.0;
  chain.scenario.state = std::make_shared<const ChainState>(rows.state);
  const auto run = watch(chain.scenario);
  const auto visits = run->at("A.desk");
  ASSERT_EQ(visits.size(), 3u);
  EXPECT_NEAR(visits[0].ended, 6.0, 1e-9);
  EXPECT_NEAR(visits[1].started, 6.0, 1e-9);
  EXPECT_NEAR(visits[2].started, 16.0, 1e-9);
  EXPECT_NEAR(visits[2].ended, 26.0, 1e-9);
  EXPECT_EQ(run->figure("A", "desk", "inflow", 0), 0.0);
  EXPECT_EQ(run->figure("A", "desk", "started", 0), 2.0);
  EXPECT_EQ(run->figure("A", "desk", "outflow", 0), 2.0);  // until 1 February, 24 days
  EXPECT_EQ(run->figure("A", "desk", "wip_end", 0), 1.0);
  EXPECT_NEAR(run->figure("A", "desk", "wait_mean", 0), (9.0 + 17.0) / 2.0, 1e-9);
  EXPECT_NEAR(run->figure("A", "desk", "norm_met_wait", 0), 0.5, 1e-9);
  EXPECT_NEAR(run->figure("A", "desk", "lead_mean", 0), (15.0 + 19.0) / 2.0, 1e-9);
  EXPECT_NEAR(run->figure("A", "desk", "queue_mean", 0), (6.0 * 2.0 + 10.0) / 24.0, 1e-9);
  EXPECT_NEAR(run->figure("A", "desk", "utilisation", 0), 1.0, 1e-9);
  EXPECT_NEAR(run->figure("chain", "all", "chain_mean", 0), (15.0 + 49.0) / 2.0, 1e-9);
  // Of 34 days that both were at the desk 5 and 9 were a wait; where the other was before is not known.
  EXPECT_NEAR(run->figure("chain", "all", "waiting_share", 0), 14.0 / 34.0, 1e-9);
}

TEST(FromState, TheTimeUntilTheReportedPeriodIsSimulated) {
  ChainBuilder chain = nobody_arrives(CalendarKind::continuous);
  chain.scenario.period.start = date(2024, 1, 20);
  chain.station("A.desk", 1, deterministic(10.0));
  StateBuilder rows(kSunday);
  rows.in_service("A.desk", -9.0, -4.0);
  rows.waiting("A.desk", -3.0);
  chain.scenario.state = std::make_shared<const ChainState>(rows.state);
  const auto run = watch(chain.scenario);
  EXPECT_EQ(run->model.start, 12.0);
  EXPECT_EQ(run->figure("A", "desk", "started", 0), 0.0);
  EXPECT_EQ(run->figure("A", "desk", "outflow", 0), 1.0);
  EXPECT_NEAR(run->figure("A", "desk", "wip_mean", 0), 4.0 / 12.0, 1e-9);
}

TEST(FromState, OrdersLookAtTheTrueDates) {
  ChainBuilder chain = nobody_arrives(CalendarKind::continuous);
  chain.station("A.desk", 1, deterministic(10.0)).order = {"longest"};
  StateBuilder rows(kSunday);
  rows.waiting("A.desk", -5.0);
  rows.waiting("A.desk", -3.0).first_received -= 30.0;
  chain.scenario.state = std::make_shared<const ChainState>(rows.state);
  const auto visits = watch(chain.scenario)->at("A.desk");
  EXPECT_EQ(visits[1].started, 0.0);
  EXPECT_EQ(visits[0].started, 10.0);
}

// Who would have ended on the Saturday or Sunday of the snapshot is in service until Monday; Friday is ruled out.
TEST(FromState, AnEndOnDaysOffIsStillToCome) {
  ChainBuilder chain = nobody_arrives(CalendarKind::netherlands);
  chain.step("A.desk", "", empirical({3.0, 4.0, 30.0}));
  StateBuilder rows(kSunday);
  for (int i = 0; i < 4000; ++i) rows.in_service("A.desk", -6.0, -6.0);  // Tuesday
  chain.scenario.state = std::make_shared<const ChainState>(rows.state);
  std::size_t on_monday = 0, later = 0;
  for (const LoggedVisit& visit : watch(chain.scenario)->at("A.desk")) {
    on_monday += visit.ended == 0.0;
    later += visit.ended == 24.0;
  }
  EXPECT_EQ(on_monday + later, 4000u);
  EXPECT_NEAR(static_cast<double>(on_monday), 2000.0, 4.0 * std::sqrt(4000.0 * 0.25));  // four standard errors
}

TEST(FromState, ServiceInWorkingDaysCountsThoseBeforeTheSnapshotWithItsHolidays) {
  ChainBuilder chain = nobody_arrives(CalendarKind::netherlands);
  chain.step("A.desk", "", in_working_days(deterministic(12.0)));
  StateBuilder rows(kSunday);
  rows.in_service("A.desk", -21.0, -21.0);  // Monday 2023-12-18: 12 working days until then, Christmas and New Year off
  chain.scenario.state = std::make_shared<const ChainState>(rows.state);
  EXPECT_EQ(watch(chain.scenario)->at("A.desk").front().ended, 0.0);
  chain.scenario.chain.steps[0].duration = in_working_days(deterministic(14.0));
  EXPECT_EQ(watch(chain.scenario)->at("A.desk").front().ended, 2.0);
}

TEST(FromState, PatienceCountsTheWaitSoFar) {
  ChainBuilder chain = nobody_arrives(CalendarKind::continuous);
  chain.pool("A.desk", 0.0);
  chain.step("A.desk", "A.desk", deterministic(1.0)).patience = Patience{empirical({5.0, 20.0, 40.0})};
  StateBuilder rows(kSunday);
  for (int i = 0; i < 4000; ++i) rows.waiting("A.desk", -10.0);
  chain.scenario.state = std::make_shared<const ChainState>(rows.state);
  std::size_t first = 0, second = 0;
  for (const LoggedVisit& visit : watch(chain.scenario)->at("A.desk")) {
    EXPECT_TRUE(visit.withdrawn);
    first += visit.ended == 10.0;
    second += visit.ended == 30.0;
  }
  EXPECT_EQ(first + second, 4000u);
  EXPECT_NEAR(static_cast<double>(first), 2000.0, 4.0 * std::sqrt(4000.0 * 0.25));
}

TEST(FromState, ALongWaitHasDoneWhatItDoes) {
  ChainBuilder chain = nobody_arrives(CalendarKind::continuous);
  chain.scenario.chain.streams[0].attributes = {attribute("urgency", {{"crisis", 0.5}, {"regular", 0.5}})};
  Step& step = chain.station("A.desk", 1, deterministic(10.0));
  step.order = {"urgency"};
  step.while_waiting = {{Duration{20.0}, 2.0, {{"urgency", "crisis"}}}};
  StateBuilder rows(kSunday);
  rows.in_service("A.desk", -60.0, -15.0).attributes = {{"urgency", "regular"}};  // waited 45 days: takes 20
  rows.waiting("A.desk", -3.0).attributes = {{"urgency", "regular"}};
  rows.waiting("A.desk", -17.0).attributes = {{"urgency", "regular"}};  // worsens on day 3
  rows.waiting("A.desk", -25.0).attributes = {{"urgency", "regular"}};  // has worsened
  chain.scenario.state = std::make_shared<const ChainState>(rows.state);
  const auto run = watch(chain.scenario);
  const auto visits = run->at("A.desk");
  EXPECT_NEAR(visits[0].ended, 5.0, 1e-9);
  EXPECT_NEAR(visits[1].started, 5.0, 1e-9);
  EXPECT_NEAR(visits[2].started, 25.0, 1e-9);
  EXPECT_NEAR(visits[3].started, 45.0, 1e-9);
  EXPECT_EQ(run->value(visits[1], "urgency"), "crisis");
}

/// Intake claims a slot until the plan has been made; assessment lies between.
ChainBuilder with_kept_slot() {
  ChainBuilder chain = nobody_arrives(CalendarKind::continuous);
  chain.scenario.chain.streams[0].to = "A.intake";
  chain.station("A.intake", 1, deterministic(10.0), {to("A.assess", 1.0, deterministic(4.0))}).hold_until = "A.plan";
  chain.step("A.assess", "", deterministic(20.0), {to("A.plan")});
  chain.step("A.plan", "", deterministic(5.0));
  return chain;
}

TEST(FromState, ASlotIsKeptByWhoIsPastTheStepThatClaimedIt) {
  ChainBuilder chain = with_kept_slot();
  const auto starts_with = [&](auto add) {
    StateBuilder rows(kSunday);
    rows.waiting("A.intake", -2.0);
    add(rows);
    chain.scenario.state = std::make_shared<const ChainState>(rows.state);
    const auto run = watch(chain.scenario);
    return run->at("A.intake").back().started;
  };
  EXPECT_NEAR(starts_with([](StateBuilder&) {}), 0.0, 1e-9);
  EXPECT_NEAR(starts_with([](StateBuilder& rows) { rows.in_service("A.plan", -3.0, -3.0); }), 2.0, 1e-9);
  EXPECT_NEAR(starts_with([](StateBuilder& rows) { rows.waiting("A.plan", -3.0); }), 5.0, 1e-9);
  EXPECT_NEAR(starts_with([](StateBuilder& rows) { rows.in_service("A.assess", -3.0, -3.0); }), 22.0, 1e-9);
  EXPECT_NEAR(starts_with([](StateBuilder& rows) { rows.ended("A.intake", -3.0, "A.assess"); }), 26.0, 1e-9);
  EXPECT_NEAR(starts_with([](StateBuilder& rows) { rows.in_service("A.intake", -3.0, -3.0); }), 36.0, 1e-9);
}

TEST(FromState, MoreInServiceThanSlotsGoOnAndNothingStartsUntilOneIsFree) {
  ChainBuilder chain = nobody_arrives(CalendarKind::continuous);
  chain.station("A.desk", 2, deterministic(10.0));
  StateBuilder rows(kSunday);
  for (const double started : {-9.0, -8.0, -7.0, -6.0}) rows.in_service("A.desk", -20.0, started);
  rows.waiting("A.desk", -5.0);
  chain.scenario.state = std::make_shared<const ChainState>(rows.state);
  const auto visits = watch(chain.scenario)->at("A.desk");
  EXPECT_EQ(visits.back().started, 3.0);  // when the third of the four has ended
  std::string warnings;
  for (const Problem& problem : validate(chain.scenario)) warnings += problem.message;
  EXPECT_NE(warnings.find("more cases in service than slots at A.desk (2 above)"), std::string::npos) << warnings;
}

TEST(FromState, WhoIsOnTheWayArrivesByTheRouteThatItsRowNames) {
  ChainBuilder chain = nobody_arrives(CalendarKind::continuous);
  chain.organisation("B");
  chain.station("A.desk", 1, deterministic(10.0),
                {to("B.help", 0.5, deterministic(7.0)), to("A.letter", 0.3), to("out", 0.2)});
  chain.step("A.letter", "", deterministic(1.0));
  chain.step("B.help", "", deterministic(1.0));
  StateBuilder rows(kSunday);
  rows.ended("A.desk", -3.0, "B.help");
  rows.ended("A.desk", -3.0, "A.letter");  // without a transfer: it comes as the simulation begins
  chain.scenario.state = std::make_shared<const ChainState>(rows.state);
  const auto run = watch(chain.scenario);
  EXPECT_NEAR(run->at("B.help").front().received, 4.0, 1e-9);
  EXPECT_NEAR(run->at("A.letter").front().received, 0.0, 1e-9);
  EXPECT_EQ(run->figure("B", "all", "inflow", 0), 1.0);
  EXPECT_EQ(run->figure("chain", "all", "inflow", 0), 0.0);
}

// After 10 days the way to B with an exponential transfer of 20 days is still open with exp(-0.5), that to C with one
// of 5 days with exp(-2); who went to D is there, and of who left 30% come back after 40 days on average.
TEST(FromState, WhereNobodyKnowsWhereItWentItIsEstimated) {
  ChainBuilder chain = nobody_arrives(CalendarKind::continuous);
  chain.station("A.desk", 1, deterministic(10.0),
                {to("A.b", 0.3, exponential(20.0)), to("A.c", 0.2, exponential(5.0)), to("A.d", 0.4), to("out", 0.1)});
  for (const char* step : {"A.b", "A.c", "A.d"}) chain.step(step, "", deterministic(2000.0));
  chain.scenario.chain.returns = Returns{0.3, exponential(40.0), "A.d"};
  StateBuilder rows(kSunday);
  constexpr int kRows = 20'000;
  for (int i = 0; i < kRows; ++i) rows.ended("A.desk", -10.0, "");
  chain.scenario.state = std::make_shared<const ChainState>(rows.state);
  const auto run = watch(chain.scenario);
  const double b = 0.3 * std::exp(-0.5), c = 0.2 * std::exp(-2.0);
  const double back = 0.1 * 0.3 * std::exp(-0.25), out = 0.1 * (1.0 - 0.3) + back, total = b + c + out;
  double sum = 0.0;
  for (const LoggedVisit& visit : run->at("A.b")) sum += visit.received;
  const auto expect_share = [&](const char* step, double share) {
    const auto count = static_cast<double>(run->at(step).size());
    EXPECT_NEAR(count, kRows * share, 4.0 * std::sqrt(kRows * share * (1.0 - share))) << step;
  };
  expect_share("A.b", b / total);
  expect_share("A.c", c / total);
  expect_share("A.d", back / total);
  const auto arrived = static_cast<double>(run->at("A.b").size());
  EXPECT_NEAR(sum / arrived, 20.0, 4.0 * 20.0 / std::sqrt(arrived));  // as if it had just left: no memory
}

TEST(FromState, OfWhoLeftSomeStillComeBackOnce) {
  ChainBuilder chain = nobody_arrives(CalendarKind::continuous);
  chain.step("A.desk", "", deterministic(2000.0));
  chain.scenario.chain.returns = Returns{0.3, exponential(100.0), "A.desk"};
  StateBuilder rows(kSunday);
  constexpr int kRows = 20'000;
  for (int i = 0; i < kRows; ++i) rows.ended("A.desk", -100.0, "out");
  OpenCase& back = rows.waiting("A.desk", -50.0);  // of these, one has come back already
  back.child = rows.state.cases.front().child;
  chain.scenario.state = std::make_shared<const ChainState>(rows.state);
  const auto run = watch(chain.scenario);
  const auto visits = run->at("A.desk");
  const double left = 0.3 * std::exp(-1.0), share = left / (0.7 + left);
  EXPECT_NEAR(static_cast<double>(visits.size()), 1.0 + kRows * share, 4.0 * std::sqrt(kRows * share * (1.0 - share)));
  double returns = 0.0;
  for (std::size_t period = 0; period < run->layout.base_periods; ++period)
    returns += run->figure("chain", "all", "returns", period);
  EXPECT_EQ(returns, static_cast<double>(visits.size() - 1));
  std::size_t of_one = 0;
  for (const Problem& problem : validate(chain.scenario))
    of_one += problem.message.starts_with("1 case that left the chain (or ended");
  EXPECT_EQ(of_one, 1u);
}

TEST(FromState, AttributesThatAreNotKnownAreDrawnByTheSharesOfTheStreams) {
  ChainBuilder chain = nobody_arrives(CalendarKind::continuous);
  chain.scenario.chain.streams[0].per_day = 1.0;
  chain.scenario.chain.streams[0].attributes = {attribute("urgency", {{"crisis", 0.2}, {"regular", 0.8}})};
  Stream& other = chain.stream("questions", "A.desk", 3.0);
  other.attributes = {attribute("urgency", {{"crisis", 0.6}, {"regular", 0.4}})};
  chain.scenario.period.end = chain.scenario.period.start + std::chrono::days{1};
  chain.step("A.desk", "", deterministic(2000.0));
  StateBuilder rows(kSunday);
  constexpr int kRows = 10'000;
  for (int i = 0; i < kRows; ++i) rows.waiting("A.desk", -1.0 - i * 0.001);
  for (int i = 0; i < 100; ++i) rows.waiting("A.desk", -20.0).attributes = {{"urgency", "regular"}};
  chain.scenario.state = std::make_shared<const ChainState>(rows.state);
  const auto run = watch(chain.scenario);
  int crises = 0;
  for (const LoggedVisit& visit : run->at("A.desk")) {
    if (visit.received >= 0.0) continue;
    const bool crisis = run->value(visit, "urgency") == "crisis";
    crises += crisis;
    EXPECT_FALSE(crisis && visit.received < -19.0);
  }
  EXPECT_NEAR(crises, kRows * 0.5, 4.0 * std::sqrt(kRows * 0.25));
}

TEST(FromState, TheCaseLogShowsNothingOfTheStateFileButDates) {
  ChainBuilder chain = nobody_arrives(CalendarKind::continuous);
  chain.station("A.desk", 1, deterministic(10.0));
  StateBuilder rows(kSunday);
  OpenCase& row = rows.in_service("A.desk", -9.25, -4.0);
  row.child = row.family = row.case_id = "secret";
  chain.scenario.state = std::make_shared<const ChainState>(rows.state);
  const std::string log = simulate({chain.scenario}, {1, 1, {}}).front().cases_csv;
  EXPECT_EQ(log.find("secret"), std::string::npos);
  EXPECT_NE(log.find("state-0000-00,state-0000,state-0000-00-00,0,A,desk,2023-12-29T18:00:00.000000,"
                     "2024-01-04T00:00:00.000000,2024-01-14T00:00:00.000000,out"),
            std::string::npos)
      << log;
}

}  // namespace
}  // namespace ketensim
