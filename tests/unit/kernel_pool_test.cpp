// Pools, queues and what happens to who waits in them, worked out by hand. A stream of one family now and then, of a
// fixed size, makes everything after its arrival at T predictable.
#include <gtest/gtest.h>

#include <map>

#include "engine/kernel/case_id.hpp"
#include "engine/kernel/compilation.hpp"
#include "tests/support/chain_builder.hpp"
#include "tests/support/visit_log.hpp"

namespace ketensim {
namespace {

using namespace support;

/// Families of `size` children, some 300 days apart, over 200 years of days that are all alike.
ChainBuilder families_of(int size, const std::string& to) {
  ChainBuilder chain(CalendarKind::continuous, date(2000, 1, 1), date(2200, 1, 1), 0.0);
  chain.organisation("A");
  chain.stream("families", to, 1.0 / 300.0).children = {{size, 1.0}};
  return chain;
}

/// A family that had the chain to itself from its arrival until its last visit was over.
struct Family {
  double arrived = std::numeric_limits<double>::infinity(), over = 0.0;
  std::map<std::size_t, std::vector<LoggedVisit>> at;  // by step, in the order of siblings
};

std::vector<Family> lone_families(const Watched& watched) {
  std::map<std::uint64_t, Family> families;
  for (const LoggedVisit& visit : watched.visits) {
    Family& family = families[visit.case_id >> (CaseId::kSiblingBits + CaseId::kEpisodeBits)];
    family.arrived = std::min(family.arrived, visit.received);
    family.over = std::max(family.over, visit.is_over() ? visit.ended : std::numeric_limits<double>::infinity());
    family.at[visit.step].push_back(visit);
  }
  std::vector<Family> result;
  double before_over = 0.0;
  for (auto at = families.begin(); at != families.end(); ++at) {
    Family& family = at->second;
    const auto next = std::next(at);
    if (family.arrived > before_over && (next == families.end() || family.over < next->second.arrived) &&
        family.over < watched.model.end) {
      for (auto& [step, visits] : family.at)
        std::sort(visits.begin(), visits.end(), [](const auto& a, const auto& b) { return a.case_id < b.case_id; });
      result.push_back(family);
    }
    before_over = std::max(before_over, family.over);
  }
  EXPECT_GT(result.size(), 50u);
  return result;
}

constexpr double kRounding = 1e-9;

TEST(Pool, ServesAsManyAtOnceAsItHasSlots) {
  ChainBuilder chain = families_of(7, "A.desk");
  chain.station("A.desk", 3, deterministic(2.0));
  const auto watched = watch(chain.scenario);
  for (const Family& family : lone_families(*watched)) {
    const auto& visits = family.at.at(watched->step("A.desk"));
    ASSERT_EQ(visits.size(), 7u);
    const double starts[] = {0, 0, 0, 2, 2, 2, 4};
    for (std::size_t i = 0; i < 7; ++i) {
      EXPECT_NEAR(visits[i].started - family.arrived, starts[i], kRounding);
      EXPECT_NEAR(visits[i].ended - visits[i].started, 2.0, kRounding);
    }
  }
}

// From five slots to two on 1 January 2050: who is in service then ends as planned, and nobody starts while two or
// more are.
TEST(Pool, WhenItShrinksRunningCasesGoOn) {
  ChainBuilder chain(CalendarKind::continuous, date(2049, 1, 1), date(2051, 1, 1), 0.0);
  chain.organisation("A");
  chain.stream("reports", "A.desk", 1.0);
  chain.station("A.desk", 5, deterministic(10.0));
  chain.capacity("A.desk", date(2050, 1, 1), date(2051, 1, 1), {Change::Kind::set_slots, 2.0});
  const auto watched = watch(chain.scenario);
  const double shrinks = watched->moment(date(2050, 1, 1));
  const std::vector<LoggedVisit> visits = watched->at("A.desk");
  std::size_t running = 0, started_after = 0;
  for (const LoggedVisit& visit : visits) {
    if (!visit.was_started()) continue;
    if (visit.is_over()) {
      EXPECT_NEAR(visit.ended - visit.started, 10.0, kRounding);
    }
    running += visit.started < shrinks && visit.ended > shrinks;
    if (visit.started < shrinks) continue;
    ++started_after;
    std::size_t others = 0;
    for (const LoggedVisit& other : visits)
      others += other.was_started() && &other != &visit && other.started <= visit.started &&
                !(other.ended <= visit.started) && (other.started < visit.started || other.case_id < visit.case_id);
    EXPECT_LT(others, 2u);
  }
  EXPECT_EQ(running, 5u);
  EXPECT_GT(started_after, 60u);
}

TEST(Slots, AreRoundedDownOnce) {
  const SchoolRegion region = SchoolRegion::noord;
  const Date day = date(2024, 2, 1);
  Pool pool;
  pool.id = "A.desk";
  const auto slots = [&](double fte, double cases_per_fte, const std::vector<Change>& changes = {}) {
    pool.fte = always(fte);
    pool.cases_per_fte = always(cases_per_fte);
    return slots_on(pool, "", day, region, changes);
  };
  using Kind = Change::Kind;
  EXPECT_EQ(slots(5.3, 10.0), 53u);
  EXPECT_EQ(slots(0.29, 100.0), 29u);                                              // 28.999999999999996 in binary
  EXPECT_EQ(slots(4.3, 8.0), 34u);                                                 // 34.4
  EXPECT_EQ(slots(4.3, 8.0, {{Kind::factor, 1.2}}), 41u);                          // 41.28, not 34 x 1.2 = 40.8
  EXPECT_EQ(slots(4.3, 8.0, {{Kind::factor, 1.2}, {Kind::factor, 0.9}}), 37u);     // 37.152
  EXPECT_EQ(slots(4.3, 8.0, {{Kind::add_slots, 6.0}, {Kind::factor, 1.2}}), 47u);  // 41.28 + 6
  EXPECT_EQ(slots(4.3, 8.0, {{Kind::add_fte, -1.5}}), 22u);                        // 2.8 x 8
  EXPECT_EQ(slots(4.3, 8.0, {{Kind::set_slots, 30.0}}), 30u);
  EXPECT_EQ(slots(4.3, 8.0, {{Kind::set_fte, 2.0}}), 16u);
  EXPECT_EQ(slots(1.0, 8.0, {{Kind::add_slots, -20.0}}), 0u);
  pool.leave[1] = 0.25;             // February
  EXPECT_EQ(slots(4.3, 8.0), 25u);  // 25.8
}

TEST(Slots, HoldFromTheirMonthAndBeforeTheFirstTheEarliestValue) {
  Pool pool;
  pool.id = "A.desk";
  pool.slots.emplace().common.from = {{date(2022, 3, 1), 7.0}, {date(2024, 7, 1), 4.0}};
  const auto slots = [&](Date day) { return slots_on(pool, "", day, SchoolRegion::noord, {}); };
  EXPECT_EQ(slots(date(2010, 1, 1)), 7u);
  EXPECT_EQ(slots(date(2024, 6, 30)), 7u);
  EXPECT_EQ(slots(date(2024, 7, 1)), 4u);
  EXPECT_EQ(slots(date(2030, 1, 1)), 4u);
}

// Patience of 5 days, services of 20: the first is in service from T until T + 20, the other three withdraw at T + 5.
TEST(Patience, WithdrawsFromTheQueueOnly) {
  ChainBuilder chain = families_of(4, "A.desk");
  chain.station("A.desk", 1, deterministic(20.0)).patience = Patience{deterministic(5.0), "A.help"};
  chain.step("A.help", "", deterministic(1.0));
  const auto watched = watch(chain.scenario);
  for (const Family& family : lone_families(*watched)) {
    const auto& visits = family.at.at(watched->step("A.desk"));
    ASSERT_EQ(visits.size(), 4u);
    EXPECT_FALSE(visits[0].withdrawn);
    EXPECT_NEAR(visits[0].ended - family.arrived, 20.0, kRounding);
    for (std::size_t i = 1; i < 4; ++i) {
      EXPECT_TRUE(visits[i].withdrawn);
      EXPECT_FALSE(visits[i].was_started());
      EXPECT_NEAR(visits[i].ended - family.arrived, 5.0, kRounding);
      EXPECT_EQ(visits[i].next, static_cast<std::int32_t>(watched->step("A.help")));
    }
    EXPECT_EQ(family.at.at(watched->step("A.help")).size(), 3u);
  }
}

// Services of 10 days, x1.5 and a crisis after 15 days' wait, and x2 after 25: the first starts at T, the second after
// 10 days (as it was), the third after 20 (15 days), the fourth after 35 (30 days).
TEST(Worsening, ChangesDurationAndAttributesOfWhoWaitedSoLong) {
  ChainBuilder chain = families_of(4, "A.desk");
  chain.scenario.chain.streams.front().attributes = {attribute("urgency", {{"crisis", 0.0}, {"regular", 1.0}})};
  chain.station("A.desk", 1, deterministic(10.0)).while_waiting = {{{15.0, false}, 1.5, {{"urgency", "crisis"}}},
                                                                   {{25.0, false}, 2.0, {}}};
  const auto watched = watch(chain.scenario);
  const double starts[] = {0, 10, 20, 35}, services[] = {10, 10, 15, 30};
  const std::string urgencies[] = {"regular", "regular", "crisis", "crisis"};
  for (const Family& family : lone_families(*watched)) {
    const auto& visits = family.at.at(watched->step("A.desk"));
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_NEAR(visits[i].started - family.arrived, starts[i], kRounding);
      EXPECT_NEAR(visits[i].ended - visits[i].started, services[i], kRounding);
      EXPECT_EQ(watched->value(visits[i], "urgency"), urgencies[i]);
    }
  }
}

// Regulars wait 30 days for one slot and become a crisis after 15. Two crises that are reported after that go behind
// those who had become one before, since these were received earlier.
TEST(Worsening, ChangesThePlaceInTheQueue) {
  ChainBuilder chain = families_of(3, "A.desk");
  chain.scenario.chain.streams.front().attributes = {attribute("urgency", {{"crisis", 0.5}, {"regular", 0.5}})};
  chain.scenario.chain.streams.front().per_day = 1.0 / 20.0;
  Step& desk = chain.station("A.desk", 1, deterministic(6.0));
  desk.order = {"urgency", "received"};
  desk.while_waiting = {{{15.0, false}, 1.0, {{"urgency", "crisis"}}}};
  const auto watched = watch(chain.scenario);
  // Nobody who was received 15 days or more before a start, and waits, is passed by one who was received later.
  const std::vector<LoggedVisit> visits = watched->at("A.desk");
  std::size_t passed = 0;
  for (std::size_t i = 0; i < visits.size(); ++i)
    for (std::size_t j = i + 1; j < visits.size() && visits[i].was_started() && visits[j].received < visits[i].started;
         ++j)
      if (visits[j].was_started() && visits[j].started < visits[i].started) {
        ++passed;
        EXPECT_LT(visits[j].started, visits[i].received + 15.0);
      }
  EXPECT_GT(passed, 50u);
}

// One slot from intake (1 day) through plan (5) and guidance (4), which is done with the same pool: ten days each.
TEST(HoldUntil, KeepsTheSlotThroughTheStepsBetweenAndNeedsNoSecond) {
  ChainBuilder chain = families_of(3, "A.intake");
  chain.pool("A.workers", 1);
  chain.step("A.intake", "A.workers", deterministic(1.0), {to("A.plan")}).hold_until = "A.guidance";
  chain.step("A.plan", "", deterministic(5.0), {to("A.guidance")});
  chain.step("A.guidance", "A.workers", deterministic(4.0), {to("A.help")});
  chain.step("A.help", "", deterministic(100.0));
  const auto watched = watch(chain.scenario);
  for (const Family& family : lone_families(*watched))
    for (std::size_t i = 0; i < 3; ++i) {
      const double slot = static_cast<double>(i) * 10.0;
      EXPECT_NEAR(family.at.at(watched->step("A.intake"))[i].started - family.arrived, slot, kRounding);
      EXPECT_NEAR(family.at.at(watched->step("A.guidance"))[i].started - family.arrived, slot + 6.0, kRounding);
      EXPECT_NEAR(family.at.at(watched->step("A.guidance"))[i].ended - family.arrived, slot + 10.0, kRounding);
    }
}

// As above, but the plan may lead past guidance: then the slot is free when the plan has ended.
TEST(HoldUntil, FreesTheSlotOfACaseThatBypassesTheEnd) {
  ChainBuilder chain = families_of(4, "A.intake");
  chain.pool("A.workers", 1);
  chain.step("A.intake", "A.workers", deterministic(1.0), {to("A.plan")}).hold_until = "A.guidance";
  chain.step("A.plan", "", deterministic(5.0), {to("A.guidance", 0.5), to("A.help", 0.3), to("out", 0.2)});
  chain.step("A.guidance", "", deterministic(4.0));
  chain.step("A.help", "", deterministic(100.0));
  const auto watched = watch(chain.scenario);
  std::size_t bypassed = 0;
  for (const Family& family : lone_families(*watched)) {
    double slot = 0.0;
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_NEAR(family.at.at(watched->step("A.intake"))[i].started - family.arrived, slot, kRounding);
      const bool guided =
          family.at.at(watched->step("A.plan"))[i].next == static_cast<std::int32_t>(watched->step("A.guidance"));
      slot += guided ? 10.0 : 6.0;
      bypassed += !guided;
    }
  }
  EXPECT_GT(bypassed, 50u);
}

// After guidance half go back to the plan, and so to guidance again: the slot was free when guidance first ended.
TEST(HoldUntil, FreesTheSlotWhenTheEndHasEndedThoughTheCaseMayComeThereAgain) {
  ChainBuilder chain = families_of(3, "A.intake");
  chain.pool("A.workers", 1);
  chain.step("A.intake", "A.workers", deterministic(1.0), {to("A.plan")}).hold_until = "A.guidance";
  chain.step("A.plan", "", deterministic(5.0), {to("A.guidance")});
  chain.step("A.guidance", "", deterministic(4.0), {to("A.plan", 0.5), to("out", 0.5)});
  const auto watched = watch(chain.scenario);
  std::size_t again = 0;
  for (const Family& family : lone_families(*watched)) {
    for (std::size_t i = 0; i < 3; ++i)
      EXPECT_NEAR(family.at.at(watched->step("A.intake"))[i].started - family.arrived, 10.0 * static_cast<double>(i),
                  kRounding);
    again += family.at.at(watched->step("A.guidance")).size() - 3;
  }
  EXPECT_GT(again, 50u);
}

}  // namespace
}  // namespace ketensim
