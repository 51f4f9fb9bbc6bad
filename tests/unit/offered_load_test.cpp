#include "engine/kernel/offered_load.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/chains.hpp"

namespace ketensim {
namespace {

using namespace support;
using testing::HasSubstr;
using testing::IsEmpty;

double offered(const Scenario& scenario, const std::string& pool) {
  for (const PoolLoad& load : offered_load(scenario).pools)
    if (load.id == pool) return load.offered;
  ADD_FAILURE() << "no load of " << pool;
  return 0.0;
}

double mean_slots(const Scenario& scenario, const std::string& pool) {
  for (const PoolLoad& load : offered_load(scenario).pools)
    if (load.id == pool) return load.slots;
  ADD_FAILURE() << "no load of " << pool;
  return 0.0;
}

/// A: served at A.serve, then the branches of the test; everything on the continuous calendar.
Scenario two_steps() {
  Scenario s = one_queue(2.0, 30, exponential(3));
  s.chain.pools.push_back(pool("A.others", 40));
  s.chain.steps[0].next = {to({target("A.more", 0.5), target("out", 0.5)})};
  s.chain.steps.push_back(step("A.more", "A.others", exponential(10)));
  return s;
}

TEST(OfferedLoad, IsRateTimesMeanService) {
  const Scenario s = one_queue(2.4, 3, exponential(1));
  EXPECT_NEAR(offered(s, "A.servers"), 2.4, 1e-9);
  EXPECT_NEAR(offered_load(s).pools[0].utilisation(), 0.8, 1e-9);
}

TEST(OfferedLoad, CountsChildrenNotFamilies) {
  Scenario s = one_queue(2.0, 30, exponential(3));
  s.chain.streams[0].children = {{1, 0.5}, {3, 0.5}};
  EXPECT_NEAR(offered(s, "A.servers"), 12.0, 1e-9);
}

TEST(OfferedLoad, FollowsRoutes) { EXPECT_NEAR(offered(two_steps(), "A.others"), 10.0, 1e-9); }

TEST(OfferedLoad, SolvesFeedback) {
  Scenario s = two_steps();
  s.chain.steps[1].next = {to({target("A.serve", 0.4), target("out", 0.6)})};
  EXPECT_NEAR(offered(s, "A.servers"), 2.0 * 3.0 / (1.0 - 0.2), 1e-7);  // Jackson: each visit leads to 0.2 more
}

TEST(OfferedLoad, CountsReturnsOfReturns) {
  Scenario s = one_queue(2.0, 30, exponential(3));
  s.chain.returns = Returns{0.25, exponential(400), "A.serve"};
  EXPECT_NEAR(offered(s, "A.servers"), 6.0 / 0.75, 1e-7);
}

TEST(OfferedLoad, KeepsCorrelatedBranchesTogether) {
  Scenario s = two_steps();
  s.chain.streams[0].attributes = {{"urgency", {{"crisis", 0.1}, {"regular", 0.9}}}};
  // Who is in crisis goes round: first more, then from there out. A mean over cases would get the product wrong.
  s.chain.steps[0].next = {to({target("A.more")}, {{"urgency", {"crisis"}}}), to({target("out")})};
  s.chain.steps[1].next = {to({target("A.serve", 0.5), target("out", 0.5)}, {{"urgency", {"crisis"}}}),
                           to({target("out")})};
  EXPECT_NEAR(offered(s, "A.servers"), 2.0 * 3.0 * (0.9 + 0.1 * 2.0), 1e-7);
  EXPECT_NEAR(offered(s, "A.others"), 2.0 * 10.0 * 0.1 * 2.0, 1e-7);
}

TEST(OfferedLoad, SplitsOverMembers) {
  Scenario s = one_queue(2.0, 30, exponential(3));
  s.chain.streams[0].attributes = {{"town", {{"T1", 0.25}, {"T2", 0.75}}}};
  s.chain.organisations.push_back(organisation("GEM"));
  s.chain.organisations.back().per = "town";
  s.chain.organisations.back().members = {{"T1", "One"}, {"T2", "Two"}};
  s.chain.pools.push_back(pool("GEM.access", 10));
  s.chain.pools.back().slots = Amount{{}, {{"T1", always(5).common}, {"T2", always(9).common}}};
  s.chain.steps[0].next = {to({target("GEM.access")})};
  s.chain.steps.push_back(step("GEM.access", "GEM.access", exponential(4)));
  EXPECT_NEAR(offered(s, "T1.access"), 2.0, 1e-9);
  EXPECT_NEAR(offered(s, "T2.access"), 6.0, 1e-9);
  EXPECT_NEAR(mean_slots(s, "T2.access"), 9.0, 1e-9);
  // A route to one member's own name sends everyone there.
  s.chain.steps[0].next = {to({target("T1.access", 0.5), target("GEM.access", 0.5)})};
  EXPECT_NEAR(offered(s, "T1.access"), 4.0 + 1.0, 1e-9);
  EXPECT_NEAR(offered(s, "T2.access"), 3.0, 1e-9);
}

/// A slot is claimed at A.intake and kept until A.end, if the case does not leave at A.middle.
Scenario kept_slot() {
  Scenario s = one_queue(2.0, 100, deterministic(1));
  s.chain.steps[0].id = "A.intake";
  s.chain.streams[0].to = "A.intake";
  s.chain.steps[0].hold_until = "A.end";
  s.chain.steps[0].next = {to({{"A.middle", 1.0, deterministic(2)}})};
  s.chain.steps.push_back(step("A.middle", "", deterministic(4)));
  s.chain.steps.back().next = {to({{"A.end", 0.5, deterministic(8)}, {"out", 0.5, deterministic(1000)}})};
  s.chain.steps.push_back(step("A.end", "", deterministic(16)));
  return s;
}

TEST(OfferedLoad, AKeptSlotIsBusyThroughStepsAndTransfers) {
  EXPECT_NEAR(offered(kept_slot(), "A.servers"), 2.0 * (1 + 2 + 4 + 0.5 * (8 + 16)), 1e-9);
}

TEST(OfferedLoad, AStepOnTheWayUsesTheSlotThatIsKept) {
  Scenario s = kept_slot();
  step_of(s, "A.middle").pool = "A.servers";
  EXPECT_NEAR(offered(s, "A.servers"), 2.0 * (1 + 2 + 4 + 0.5 * (8 + 16)), 1e-9);
}

TEST(OfferedLoad, SlotsAreAveragedOverThePeriod) {
  Scenario s = one_queue(2.0, 30, exponential(3));
  s.period = {date(2024, 1, 1),    date(2024, 1, 31), {}, CalendarKind::continuous, Resolution::continuous, false,
              SchoolRegion::noord, Report::all};
  s.chain.pools[0].slots = Amount{Schedule{{{date(2023, 1, 1), 10}, {date(2024, 1, 11), 40}}}, {}};
  EXPECT_NEAR(mean_slots(s, "A.servers"), 30.0, 1e-9);
}

TEST(OfferedLoad, ServiceEndsOnWorkingDaysInTheNetherlands) {
  Scenario s = one_queue(2.0, 30, exponential(50));
  s.period = {date(2024, 1, 1),    date(2025, 1, 1), {}, CalendarKind::netherlands, Resolution::continuous, false,
              SchoolRegion::noord, Report::all};
  // Two days off a week move an end by 2/7 days on average, holidays by a little more.
  EXPECT_GT(offered(s, "A.servers"), 2.0 * (50 + 2.0 / 7.0));
  EXPECT_LT(offered(s, "A.servers"), 2.0 * (50 + 0.5));
  s.chain.steps[0].duration.working_days = true;
  EXPECT_NEAR(offered(s, "A.servers"), 2.0 * 50 * 366 / 256, 1e-9);  // 262 weekdays in 2024, of which 6 holidays
}

// Three crises a day of two days and four others of five; the crises alone go on to the second step.
TEST(OfferedLoad, TellsClassesApartByTheirDurations) {
  Scenario s = two_steps();
  s.chain.streams[0].per_day = 7.0;
  s.chain.streams[0].attributes = {{"urgency", {{"crisis", 3.0 / 7.0}, {"regular", 4.0 / 7.0}}}};
  s.chain.steps[0].duration = exponential(5.0);
  s.chain.steps[0].duration_of_class = {{{{"urgency", {"crisis"}}}, exponential(2.0)}};
  s.chain.steps[0].next = {to({target("A.more")}, {{"urgency", {"crisis"}}}), to({target("out")})};
  s.chain.steps[1].duration = exponential(100.0);
  s.chain.steps[1].duration_of_class = {{{{"urgency", {"crisis"}}}, exponential(10.0)}};
  EXPECT_NEAR(offered(s, "A.servers"), 3.0 * 2.0 + 4.0 * 5.0, 1e-9);
  EXPECT_NEAR(offered(s, "A.others"), 3.0 * 10.0, 1e-9);
}

TEST(OfferedLoad, IsNotCheckedWhereAStepSetsWhatDurationsDependOn) {
  Scenario s = two_steps();
  s.chain.steps[0].set = {{{}, "measure", {{"none", 0.5}, {"supervision", 0.5}}}};
  EXPECT_THAT(offered_load(s).obstacle, IsEmpty());
  s.chain.steps[1].duration_of_class = {{{{"measure", {"none"}}}, exponential(1.0)}};
  EXPECT_THAT(offered_load(s).obstacle, HasSubstr("steps set attributes on which routes or durations depend"));
}

TEST(OfferedLoad, ByDatesIncludesTheRestOfTheLastDay) {
  Scenario s = one_queue(2.0, 30, deterministic(3.4));
  s.period.resolution = Resolution::day;
  EXPECT_NEAR(offered(s, "A.servers"), 2.0 * 4.0, 1e-9);
  s.chain.steps[0].duration = deterministic(0.4);
  EXPECT_NEAR(offered(s, "A.servers"), 2.0, 1e-9);
  // A day, and k more with probability q^(k - 1/2), q = exp(-1/3). Of each of the 14 days that matter (q^14 < 1/100), a hundred quantiles place the
  // share to half of a hundredth.
  const double q = std::exp(-1.0 / 3.0);
  s.chain.steps[0].duration = exponential(3.0);
  EXPECT_NEAR(offered(s, "A.servers"), 2.0 * (1.0 + std::sqrt(q) / (1.0 - q)), 2.0 * 14 * 0.005);
}

// One slot serves one case of less than half a day on each of the 256 working days of 2024: 366 slot-days.
TEST(OfferedLoad, ByDatesASlotIsDealtOutOnWorkingDaysOnly) {
  Scenario s = one_queue(256.0 / 366.0, 1, deterministic(0.4));
  s.period.start = date(2024, 1, 1);
  s.period.end = date(2025, 1, 1);
  s.period.calendar = CalendarKind::netherlands;
  s.period.resolution = Resolution::day;
  EXPECT_NEAR(offered(s, "A.servers"), 1.0, 1e-9);
  s.chain.steps[0].duration = deterministic(2.0);  // until the next morning: two, three or five days after the start
  EXPECT_GT(offered(s, "A.servers"), 256.0 / 366.0 * 3.0);
  EXPECT_LT(offered(s, "A.servers"), 256.0 / 366.0 * 5.0);
  s.chain.steps[0].duration.working_days = true;  // three working days
  EXPECT_NEAR(offered(s, "A.servers"), 3.0, 0.03);
}

TEST(OfferedLoad, SaysWhenCasesGoRoundForEver) {
  Scenario s = two_steps();
  s.chain.streams[0].attributes = {{"urgency", {{"crisis", 0.1}, {"regular", 0.9}}}};
  s.chain.steps[1].next = {to({target("A.more")}, {{"urgency", {"crisis"}}}), to({target("out")})};
  const OfferedLoad load = offered_load(s);
  EXPECT_THAT(load.obstacle, HasSubstr("urgency: crisis hardly ever leave, they go round through A.more"));
  EXPECT_THAT(load.pools, IsEmpty());
}

TEST(OfferedLoad, OfTheMiniChainIsWhatAPlannerWouldFindOnPaper) {
  // 800 families of 1.64 children a year, growing by 3%; of all who leave 18% come back; 0.06 x 0.45 + 0.94 x 0.25 of
  // them need research, of 50 days and 0.3 more until a working day.
  const double children = 800.0 * 1.64 * 1.03 / (1.0 - 0.18), research = 0.06 * 0.45 + 0.94 * 0.25;
  EXPECT_NEAR(offered(mini_chain(), "VTT.research"), children * research * 50.3 / kDaysPerYear, 0.2);
  EXPECT_NEAR(mean_slots(mini_chain(), "VTT.research"), 53.0, 1e-9);
  // fte 4.3, and 4.0 in July and August 2024: 34 slots, and 32 on 62 of 731 days.
  EXPECT_NEAR(mean_slots(mini_chain(), "RVDK.research"), 34.0 - 2.0 * 62 / 731, 1e-9);
}

}  // namespace
}  // namespace ketensim
