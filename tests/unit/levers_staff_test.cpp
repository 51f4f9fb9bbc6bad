// Levers on slots and staff, each on a case small enough to work out by hand.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "ketensim/simulate.hpp"
#include "tests/support/lever_chain.hpp"

namespace ketensim {
namespace {

using namespace support;

Change slots(double amount) { return {Change::Kind::add_slots, amount}; }

/// Half of the families are in crisis; 20 wait when the station opens with four slots on day 60, and nobody comes
/// after.
ChainBuilder crowd(double per_day = 20.0 / 60.0) {
  ChainBuilder chain = one_organisation(per_day);
  chain.scenario.chain.streams[0].attributes = {attribute("urgency", {{"crisis", 0.5}, {"regular", 0.5}})};
  closed_station(chain, "A.first", 4, 5);
  return chain;
}

Given kept(double count, std::vector<Condition> when) {
  return {{"pool", std::string("A.first")}, {"slots", count}, {"when", std::move(when)}};
}

TEST(Reserve, KeepsSlotsForThoseForWhomTheyAre) {
  ChainBuilder chain = crowd();
  add(chain, "reserve", kept(3, {{"urgency", {"crisis"}}}));
  const auto run = watch(chain.scenario);
  // Four slots, of which three are kept: never more than one regular case is in service, though slots stand idle when
  // no crisis waits; so the n-th regular case (in order of arrival) starts 5 (n-1) days after the opening at the
  // earliest, and exactly then if it has come by then.
  double free_at = 60.0;
  for (const LoggedVisit& v : run->at("A.first")) {
    if (run->value(v, "urgency") != "regular" || !v.was_started()) continue;
    EXPECT_DOUBLE_EQ(v.started, std::max(free_at, v.received));
    free_at = v.started + 5.0;
  }
  EXPECT_GT(free_at, 80.0);
}

TEST(Reserve, LetsThoseForWhomItIsTakeTheOtherSlotsToo) {
  ChainBuilder chain = one_organisation(1.0);
  chain.scenario.chain.streams[0].attributes = {attribute("urgency", {{"crisis", 1.0}, {"regular", 0.0}})};
  closed_station(chain, "A.first", 4, 5);
  ChainBuilder with = chain;
  add(with, "reserve", kept(1, {{"urgency", {"crisis"}}}));
  EXPECT_TRUE(same_figures(*watch(chain.scenario), *watch(with.scenario)));
}

TEST(Reserve, ForNobodyWhoComesClosesItsSlots) {
  ChainBuilder chain = one_organisation(1.0);
  chain.scenario.chain.streams[0].attributes = {attribute("urgency", {{"crisis", 0.0}, {"regular", 1.0}})};
  closed_station(chain, "A.first", 4, 5);
  ChainBuilder smaller = chain;
  add(smaller, "capacity", {{"pool", std::string("A.first")}, {"from", kStart}, {"change", slots(-0.0)}});
  smaller.scenario.chain.pools[0].slots = closed_until_opening(3);
  ChainBuilder with = chain;
  add(with, "reserve", kept(1, {{"urgency", {"crisis"}}}));
  const auto fewer = watch(smaller.scenario)->at("A.first"), reserved = watch(with.scenario)->at("A.first");
  ASSERT_EQ(fewer.size(), reserved.size());
  for (std::size_t i = 0; i < fewer.size(); ++i)
    if (fewer[i].was_started()) {
      EXPECT_EQ(fewer[i].started, reserved[i].started);
    }
}

TEST(Reserve, ForWhoHasWaitedLongIsTakenAtThatMoment) {
  ChainBuilder chain = one_organisation(0.5);
  chain.station("A.first", 1, deterministic(1));
  add(chain, "reserve", {{"pool", std::string("A.first")}, {"slots", 1.0}, {"waited", Duration{7.0}}});
  const auto visits = watch(chain.scenario)->at("A.first");
  // The one slot is kept for who has waited seven days: everybody starts then, or when the one before is done.
  double free_at = 0.0;
  for (const LoggedVisit& v : visits) {
    if (!v.was_started()) continue;
    EXPECT_DOUBLE_EQ(v.started, std::max(v.received + 7.0, free_at));
    free_at = v.started + 1.0;
  }
  EXPECT_GT(visits.size(), 50u);
}

TEST(Capacity, AimedAtWhoHasWaitedServesNobodyElseWithWhatItAdds) {
  ChainBuilder chain = one_organisation(1.0);
  chain.station("A.first", 0, deterministic(10));
  add(chain, "capacity",
      {{"pool", std::string("A.first")}, {"from", kOpening}, {"change", slots(2)}, {"waited", Duration{30.0}}});
  const auto visits = watch(chain.scenario)->at("A.first");
  std::size_t started = 0;
  for (const LoggedVisit& v : visits)
    if (v.was_started()) {
      EXPECT_GE(v.started - v.received, 30.0);
      ++started;
    }
  // Two slots, ten days each, from day 60 to 182: 2 x 13 at most, and all that while someone has waited so long.
  EXPECT_EQ(started, 26u);
}

TEST(Capacity, WhoIsHiredIsHalfProductiveWhileLearning) {
  ChainBuilder chain = one_organisation(1.0);
  Pool& pool = chain.pool("A.first", 0);
  pool.slots.reset();
  pool.fte = always(2);
  pool.cases_per_fte = always(5);
  chain.step("A.first", "A.first", deterministic(1));
  add(chain, "capacity",
      {{"pool", std::string("A.first")},
       {"from", date(2024, 2, 1)},
       {"change", Change{Change::Kind::add_fte, 2.0}},
       {"ramp", Duration{29.0}}});
  const auto run = watch(chain.scenario);
  // 2 fte x 5 = 10 in January; + 2 half productive = 15 in February (29 days); 20 from March on.
  EXPECT_DOUBLE_EQ(run->figure("A", "first", "slots_mean", 0), 10.0);
  EXPECT_DOUBLE_EQ(run->figure("A", "first", "slots_mean", 1), 15.0);
  EXPECT_DOUBLE_EQ(run->figure("A", "first", "slots_mean", 2), 20.0);
}

/// The slots of 40 members of staff over 40 replications of six months, as `slots_mean` of the whole period.
std::vector<double> mean_slots(ChainBuilder chain) {
  chain.scenario.replications = 40;
  const Results results = simulate({chain.scenario}).front();
  std::vector<double> means;
  const std::size_t figure = results.find("A", "first", "slots_mean"), all = results.find_period("all");
  for (int r = 0; r < 40; ++r)
    means.push_back(
        results.values[(static_cast<std::size_t>(r) * results.figures.size() + figure) * results.periods.size() + all]);
  return means;
}

void expect_mean(const std::vector<double>& values, double expected) {
  const double n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double square = 0.0;
  for (const double v : values) square += (v - mean) * (v - mean);
  const double error = std::sqrt(square / (n - 1.0) / n);
  EXPECT_LT(error, 0.01 * expected);
  EXPECT_GT(error, 0.0);
  EXPECT_NEAR(mean, expected, 4.0 * error);
}

TEST(SickLeave, TakesItsShareOfTheStaffOnAverageFromTheFirstDay) {
  ChainBuilder chain = one_organisation(1.0);
  chain.station("A.first", 40, deterministic(1));
  add(chain, "sick_leave", {{"pool", std::string("A.first")}, {"share", 0.1}, {"spell", Duration{14.0}}});
  expect_mean(mean_slots(chain), 36.0);
  // Independent two-state processes: on the first day binomial(40, 0.9), whose variance is 3.6.
  chain.scenario.period.end = kStart + std::chrono::days{1};
  const std::vector<double> first_day = mean_slots(chain);
  double square = 0.0;
  for (const double v : first_day) square += (v - 36.0) * (v - 36.0) / 40.0;
  EXPECT_GT(square, 3.6 / 2.2);
  EXPECT_LT(square, 3.6 * 2.2);
}

TEST(SickLeave, EndsWithEverybodyBack) {
  ChainBuilder chain = one_organisation(1.0);
  chain.station("A.first", 40, deterministic(1));
  add(chain, "sick_leave", {{"pool", std::string("A.first")}, {"share", 0.3}, {"until", kOpening}});
  const auto run = watch(chain.scenario);
  EXPECT_LT(run->figure("A", "first", "slots_mean", 0), 36.0);
  EXPECT_DOUBLE_EQ(run->figure("A", "first", "slots_mean", 2), 40.0);
}

TEST(SickLeave, OfPartTimersCountsThemForTheirPart) {
  ChainBuilder chain = one_organisation(1.0);
  Pool& pool = chain.pool("A.first", 0);
  pool.slots.reset();
  pool.fte = always(0.5);
  pool.cases_per_fte = always(20);
  chain.step("A.first", "A.first", deterministic(1));
  add(chain, "sick_leave", {{"pool", std::string("A.first")}, {"share", 0.5}});
  // One member for half an fte, at a moment either there or not: 0.5 x 20 = ten slots, or none.
  std::set<double> seen;
  chain.scenario.period.end = kStart + std::chrono::days{1};
  for (int r = 0; r < 40; ++r) seen.insert(std::round(watch(chain.scenario, r)->figure("A", "first", "slots_mean", 0)));
  EXPECT_TRUE(seen.count(0.0));
  EXPECT_TRUE(seen.count(10.0));
}

TEST(Turnover, LeavesPlacesEmptyAndSuccessorsLearning) {
  ChainBuilder chain = one_organisation(1.0);
  chain.station("A.first", 40, deterministic(1));
  chain.scenario.period.warm_up = {3650.0, false};
  add(chain, "turnover",
      {{"pool", std::string("A.first")},
       {"rate", 2.0},
       {"vacancy", Duration{kDaysPerYear / 10.0}},
       {"ramp", Duration{kDaysPerYear / 10.0}},
       {"productivity", 0.5}});
  // A renewal cycle per member: empty for a tenth of a year, then there until leaving at a rate of 2 a year, which
  // takes half a year on average; of that the first tenth of a year is half productive as far as it is reached:
  // (1 - exp(-0.2)) / 2 years. Productive share = (0.5 - 0.5 (1 - exp(-0.2)) / 2) / 0.6 = 0.7578; floor() of the slots
  // takes half a slot off whenever an odd number learns.
  const double share = (0.5 - 0.25 * (1.0 - std::exp(-0.2))) / 0.6;
  const double learning = (1.0 - std::exp(-0.2)) / 2.0 / 0.6;
  const double odd = 0.5 * (1.0 - std::pow(1.0 - 2.0 * learning, 40.0));
  expect_mean(mean_slots(chain), 40.0 * share - 0.5 * odd);
}

TEST(Turnover, BeginsWithEverybodyThere) {
  ChainBuilder chain = one_organisation(1.0);
  chain.station("A.first", 40, deterministic(1));
  add(chain, "turnover",
      {{"pool", std::string("A.first")}, {"rate", 1.0}, {"vacancy", Duration{60.0}}, {"from", kOpening}});
  const auto run = watch(chain.scenario);
  EXPECT_DOUBLE_EQ(run->figure("A", "first", "slots_mean", 1), 40.0);
  EXPECT_GT(run->figure("A", "first", "slots_mean", 2), run->figure("A", "first", "slots_mean", 5));
}

TEST(SeveralPools, AreTakenTogetherOrNotAtAll) {
  ChainBuilder chain = one_organisation(1.0);
  chain.pool("A.workers", 0).slots = closed_until_opening(3);
  chain.pool("A.scientists", 1);
  chain.step("A.first", "A.workers", deterministic(5)).more_pools = {"A.scientists"};
  const auto run = watch(chain.scenario);
  const auto visits = run->at("A.first");
  // Three workers but one scientist: one case at a time from day 60 on, though two workers stand idle.
  for (std::size_t k = 0; k < visits.size(); ++k)
    if (visits[k].was_started()) {
      EXPECT_DOUBLE_EQ(visits[k].started, 60.0 + 5.0 * static_cast<double>(k));
    }
  // Who waits for the scientist holds no worker.
  EXPECT_DOUBLE_EQ(run->figure("A", "first", "utilisation", 3), 1.0 / 3.0);
}

TEST(SeveralPools, LetOthersPassWhoCanStart) {
  ChainBuilder chain = one_organisation(1.0);
  chain.stream("others", "A.second", 1.0);
  chain.pool("A.workers", 2);
  chain.pool("A.scientists", 0);
  chain.step("A.first", "A.workers", deterministic(1)).more_pools = {"A.scientists"};
  chain.step("A.second", "A.workers", deterministic(0.1));
  const auto run = watch(chain.scenario);
  for (const LoggedVisit& v : run->at("A.first")) EXPECT_FALSE(v.was_started());  // there is no scientist
  const std::size_t all = run->layout.periods.size() - 1;
  EXPECT_LT(run->figure("A", "second", "wait_mean", all), 0.01);
}

TEST(SeveralPools, OfACaseThatHoldsAWorkerNeedTheScientistAlone) {
  ChainBuilder chain = one_organisation(1.0);
  chain.pool("A.workers", 1000);
  chain.pool("A.scientists", 0).slots = closed_until_opening(1);
  chain.step("A.first", "A.workers", deterministic(1), {to("A.plan")}).hold_until = "A.plan";
  chain.step("A.plan", "A.workers", deterministic(2)).more_pools = {"A.scientists"};
  const auto run = watch(chain.scenario);
  const auto plans = run->at("A.plan");
  for (std::size_t k = 0; k < plans.size(); ++k)
    if (plans[k].was_started()) {
      EXPECT_DOUBLE_EQ(plans[k].started, 60.0 + 2.0 * static_cast<double>(k));
    }
  // One worker each, never two: busy slots are the cases in the chain.
  EXPECT_NEAR(run->figure("A", "first", "utilisation", 1) * 1000.0,
              run->figure("A", "plan", "queue_mean", 1) + run->figure("A", "first", "wip_mean", 1), 1e-9);
}

TEST(Release, HappensOnceAWeekAndSoManyAtATime) {
  ChainBuilder chain = one_organisation(1.0);
  chain.step("A.first", "", deterministic(1));
  add(chain, "release", {{"step", std::string("A.first")}, {"weekly", std::string("tuesday")}, {"at_most", 5.0}});
  const auto run = watch(chain.scenario);
  std::map<double, std::size_t> started;
  const auto visits = run->at("A.first");
  for (const LoggedVisit& v : visits)
    if (v.was_started()) ++started[v.started];
  // 1 January 2024 is a Monday: Tuesdays are days 1, 8, 15, ... About seven come in a week, so that five are always
  // there after the first weeks.
  for (const auto& [moment, count] : started) {
    EXPECT_EQ(std::fmod(moment, 7.0), 1.0);
    const std::size_t waiting =
        received_before(visits, moment) -
        static_cast<std::size_t>(std::count_if(visits.begin(), visits.end(), [&, &day = moment](const LoggedVisit& v) {
          return v.was_started() && v.started < day;
        }));
    EXPECT_EQ(count, std::min<std::size_t>(5, waiting));
  }
  EXPECT_EQ(started.rbegin()->first, 176.0);  // 25 June
}

TEST(Release, OnADayOffMovesToTheNextWorkingDayAndSlotsStillCount) {
  ChainBuilder chain(CalendarKind::netherlands, kStart, kEnd, 0.0, Report::month);
  chain.organisation("A");
  chain.stream("reports", "A.first", 2.0);
  chain.station("A.first", 1, deterministic(3.0));
  add(chain, "release", {{"step", std::string("A.first")}, {"weekly", std::string("monday")}, {"every", 2.0}});
  const auto run = watch(chain.scenario);
  // Every other Monday from 1 January, a holiday: 2, 15 and 29 January, ..., 2 April (Easter Monday is the 1st). One
  // slot, three days each: who is released on one Monday starts then or later, never before.
  std::set<double> mondays{1, 14, 28, 42, 56, 70, 84, 92, 112, 126, 141, 154, 168};
  for (const LoggedVisit& v : run->at("A.first"))
    if (v.was_started()) {
      const auto released = mondays.upper_bound(v.received);
      ASSERT_NE(released, mondays.end());
      EXPECT_GE(v.started, *released);
    }
  EXPECT_DOUBLE_EQ(run->at("A.first").front().started, 1.0);  // came on 1 January, released on the 2nd
}

TEST(Release, EndsWithEverybodyReleased) {
  ChainBuilder chain = one_organisation(1.0);
  chain.step("A.first", "", deterministic(1));
  add(chain, "release", {{"step", std::string("A.first")}, {"weekly", std::string("tuesday")}, {"until", kOpening}});
  for (const LoggedVisit& v : watch(chain.scenario)->at("A.first")) {
    if (v.received >= 60.0) {
      EXPECT_EQ(v.started, v.received);
    } else if (v.received > 57.0) {  // after the last Tuesday, day 57
      EXPECT_EQ(v.started, 60.0);
    }
  }
}

}  // namespace
}  // namespace ketensim
