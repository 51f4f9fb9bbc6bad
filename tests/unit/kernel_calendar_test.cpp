// When services start and end on the Dutch calendar.
#include <gtest/gtest.h>

#include <set>

#include "tests/support/chain_builder.hpp"
#include "tests/support/visit_log.hpp"

namespace ketensim {
namespace {

using namespace support;
using std::chrono::days;

ChainBuilder dutch_year(double per_day) {
  ChainBuilder chain(CalendarKind::netherlands, date(2024, 1, 1), date(2025, 1, 1), 0.0);
  chain.organisation("A");
  chain.stream("reports", "A.desk", per_day);
  return chain;
}

/// 00:00 of the next working day, unless the moment lies on one.
double moved(const Watched& watched, double moment) {
  if (is_working_day(watched.day_of(moment))) return moment;
  double day = std::floor(moment);
  while (!is_working_day(watched.day_of(day))) day += 1.0;
  return day;
}

TEST(Services, StartOnWorkingDaysOnly) {
  ChainBuilder chain = dutch_year(4.0);
  chain.station("A.desk", 2, exponential(0.3), {to("A.help")});
  chain.step("A.help", "", exponential(3.0));
  const auto watched = watch(chain.scenario);
  std::size_t off = 0;
  for (const LoggedVisit& visit : watched->visits) {
    if (!visit.was_started()) continue;
    EXPECT_TRUE(is_working_day(watched->day_of(visit.started)));
    if (visit.is_over()) {
      EXPECT_TRUE(is_working_day(watched->day_of(visit.ended)));
    }
    off += !is_working_day(watched->day_of(visit.received));
  }
  EXPECT_GT(off, 300u);  // received on a day off
}

TEST(Services, WithoutAPoolStartWhenReceivedOrOnTheNextWorkingDay) {
  ChainBuilder chain = dutch_year(4.0);
  chain.step("A.desk", "", exponential(3.0));
  const auto watched = watch(chain.scenario);
  for (const LoggedVisit& visit : watched->visits)
    if (visit.was_started()) {
      EXPECT_EQ(visit.started, moved(*watched, visit.received));
    }
}

// Two days from Thursday 10:00 is Saturday 10:00: the service ends on Monday 00:00. From Friday it ends on Monday too,
// at the end of Sunday's half of a weekend that counts as any two days.
TEST(Services, EndOnTheNextWorkingDayWhereTheyWouldEndOnADayOff) {
  ChainBuilder chain = dutch_year(4.0);
  chain.step("A.desk", "", deterministic(2.0));
  const auto watched = watch(chain.scenario);
  std::size_t thursdays = 0;
  for (const LoggedVisit& visit : watched->visits) {
    if (!visit.is_over()) continue;
    EXPECT_EQ(visit.ended, moved(*watched, visit.started + 2.0));
    if (std::chrono::weekday{watched->day_of(visit.started)} == std::chrono::Thursday &&
        is_working_day(watched->day_of(visit.started) + days{4})) {
      EXPECT_EQ(visit.ended, std::floor(visit.started) + 4.0);
      ++thursdays;
    }
  }
  EXPECT_GT(thursdays, 100u);
}

/// Working days counted day by day.
double after_working_days(const Watched& watched, double from, double duration) {
  double moment = moved(watched, from);
  for (double day = std::floor(moment);; day += 1.0) {
    if (!is_working_day(watched.day_of(day))) continue;
    const double begin = std::max(moment, day);
    if (duration < day + 1.0 - begin) return begin + duration;
    duration -= day + 1.0 - begin;
  }
}

TEST(Services, InWorkingDaysRunOnWorkingDaysOnly) {
  for (const double duration : {0.5, 3.0, 22.0}) {
    ChainBuilder chain = dutch_year(4.0);
    chain.step("A.desk", "", in_working_days(deterministic(duration)));
    const auto watched = watch(chain.scenario);
    for (const LoggedVisit& visit : watched->visits)
      if (visit.is_over()) {
        EXPECT_NEAR(visit.ended, after_working_days(*watched, visit.started, duration), 1e-9);
      }
  }
}

// Reported on a Saturday in a month without holidays: started on Monday 00:00, three working days later it is
// Thursday 00:00.
TEST(Services, OfThreeWorkingDaysFromSaturdayEndOnThursday) {
  ChainBuilder chain = dutch_year(1.0);
  chain.scenario.chain.streams.front().weekday = {0, 0, 0, 0, 0, 1, 0};
  chain.step("A.desk", "", in_working_days(deterministic(3.0)));
  const auto watched = watch(chain.scenario);
  std::size_t seen = 0;
  for (const LoggedVisit& visit : watched->visits) {
    const Date received = watched->day_of(visit.received);
    ASSERT_EQ(std::chrono::weekday{received}, std::chrono::Saturday);
    if (received < date(2024, 6, 1) || received > date(2024, 11, 30)) continue;
    EXPECT_EQ(visit.started, watched->moment(received + days{2}));
    EXPECT_EQ(visit.ended, watched->moment(received + days{5}));
    ++seen;
  }
  EXPECT_GT(seen, 80u);
}

TEST(Transfers, EndOnAnyDay) {
  ChainBuilder chain = dutch_year(4.0);
  chain.step("A.desk", "", deterministic(1.0), {to("A.help", 1.0, deterministic(2.0))});
  chain.step("A.help", "", deterministic(1.0));
  const auto watched = watch(chain.scenario);
  std::map<std::uint64_t, double> ended;
  for (const LoggedVisit& visit : watched->visits)
    if (visit.step == watched->step("A.desk")) ended[visit.case_id] = visit.ended;
  std::size_t off = 0;
  for (const LoggedVisit& visit : watched->at("A.help")) {
    EXPECT_EQ(visit.received, ended.at(visit.case_id) + 2.0);
    off += !is_working_day(watched->day_of(visit.received));
  }
  EXPECT_GT(off, 100u);
}

// Triage without a pool takes a day: who is reported at the weekend starts on Monday 00:00 and stands at the desk on
// Tuesday 00:00, all at one moment. Whoever came to be there first in the machine, the crises are started first, then
// by number of the case.
TEST(Order, ACrisisReceivedAtTheSameMomentIsStartedFirst) {
  ChainBuilder chain = dutch_year(0.0);
  chain.scenario.chain.streams.clear();
  for (const char* urgency : {"regular", "crisis"}) {
    Stream& stream = chain.stream(urgency, "A.triage", 1.0);
    stream.weekday = {0, 0, 0, 0, 0, 1, 1};
    stream.attributes = {attribute("urgency", {{"crisis", urgency == std::string("crisis") ? 1.0 : 0.0},
                                               {"regular", urgency == std::string("crisis") ? 0.0 : 1.0}})};
  }
  chain.step("A.triage", "", deterministic(1.0), {to("A.desk")});
  chain.station("A.desk", 1, deterministic(0.2)).order = {"urgency", "received"};
  const auto watched = watch(chain.scenario);
  std::map<double, std::vector<LoggedVisit>> together;  // by moment of receipt
  for (const LoggedVisit& visit : watched->at("A.desk"))
    if (visit.was_started()) together[visit.received].push_back(visit);
  std::size_t mixed = 0;
  for (auto& [moment, visits] : together) {
    std::sort(visits.begin(), visits.end(), [](const auto& a, const auto& b) { return a.started < b.started; });
    std::set<std::uint16_t> urgencies;
    for (std::size_t i = 0; i < visits.size(); ++i) {
      urgencies.insert(visits[i].values.front());
      if (i == 0) continue;
      EXPECT_LT(std::pair(visits[i - 1].values.front(), visits[i - 1].case_id),
                std::pair(visits[i].values.front(), visits[i].case_id));
    }
    mixed += urgencies.size() == 2;
  }
  EXPECT_GT(mixed, 40u);
}

}  // namespace
}  // namespace ketensim
