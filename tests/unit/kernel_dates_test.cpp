// What happens when, where only dates are kept: each sentence of FORMAT.md on `resolution: day`.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "tests/support/chain_builder.hpp"
#include "tests/support/visit_log.hpp"

namespace ketensim {
namespace {

using namespace support;
using std::chrono::days;

ChainBuilder by_dates(CalendarKind calendar, double per_day) {
  ChainBuilder chain(calendar, date(2024, 1, 1), date(2025, 1, 1), 0.0);
  chain.scenario.period.resolution = Resolution::day;
  chain.organisation("A");
  chain.stream("reports", "A.desk", per_day);
  return chain;
}

ChainBuilder dutch_dates(double per_day) { return by_dates(CalendarKind::netherlands, per_day); }

/// The first working day on or after that date, from first principles.
double working(const Watched& run, double day) {
  while (!is_working_day(run.day_of(day))) day += 1.0;
  return day;
}
double next_morning(const Watched& run, double day) { return working(run, day + 1.0); }

/// The visits of one step, by case.
std::map<std::uint64_t, LoggedVisit> visits_at(const Watched& run, std::string_view step) {
  std::map<std::uint64_t, LoggedVisit> visits;
  for (const LoggedVisit& visit : run.at(step)) visits[visit.case_id] = visit;
  return visits;
}

// The first of January 2024 was a Monday, and a holiday.
TEST(Dates, AreAllThatIsKept) {
  ChainBuilder chain = dutch_dates(4.0);
  chain.scenario.chain.returns = Returns{0.3, exponential(9.3), "A.desk"};
  chain.station("A.desk", 6, gamma(1.7, 0.8), {to("A.help", 0.6, exponential(2.2)), to("out", 0.4)}).patience =
      Patience{exponential(6.5), "A.help"};
  chain.step("A.help", "", in_working_days(lognormal(3.0, 0.7)));
  const auto run = watch(chain.scenario);
  ASSERT_GT(run->visits.size(), 2000u);
  for (const LoggedVisit& visit : run->visits)
    for (const double moment : {visit.received, visit.started, visit.ended})
      if (!std::isnan(moment)) {
        ASSERT_EQ(moment, std::floor(moment));
      }
}

TEST(Dates, ArrivalsComeOnTheDateOfTheirMoment) {
  ChainBuilder chain = dutch_dates(3.0);
  chain.step("A.desk", "", deterministic(1.0));
  const auto run = watch(chain.scenario);
  chain.scenario.period.resolution = Resolution::continuous;
  const auto moments = watch(chain.scenario);
  const auto dates = visits_at(*run, "A.desk");
  ASSERT_EQ(dates.size(), moments->visits.size());
  for (const LoggedVisit& visit : moments->visits)
    EXPECT_EQ(dates.at(visit.case_id).received, std::floor(visit.received));
}

TEST(Dates, AServiceEndsAfterItsDurationInWholeDaysOrOnTheNextWorkingDay) {
  for (const double duration : {0.0, 0.4, 0.5, 0.99, 1.0, 2.0, 2.7, 5.0, 23.0}) {
    ChainBuilder chain = dutch_dates(4.0);
    chain.step("A.desk", "", deterministic(duration));
    const auto run = watch(chain.scenario);
    for (const LoggedVisit& visit : run->visits) {
      if (!visit.was_started()) continue;
      EXPECT_EQ(visit.started, working(*run, visit.received));
      if (visit.is_over()) {
        EXPECT_EQ(visit.ended, working(*run, visit.started + std::floor(duration + 0.5)));
      }
    }
  }
}

TEST(Dates, AWholeNumberOfDaysStaysSoUpToRounding) {
  ChainBuilder chain = by_dates(CalendarKind::continuous, 4.0);
  chain.step("A.desk", "", deterministic(100.0));
  chain.scenario.interventions.push_back(
      {"duration", {{{"step", "A.desk"}, {"from", date(2024, 1, 1)}, {"change", Change{Change::Kind::factor, 0.29}}}}});
  ASSERT_LT(100.0 * 0.29, 29.0);
  const auto run = watch(chain.scenario);
  for (const LoggedVisit& visit : run->visits)
    if (visit.is_over()) {
      EXPECT_EQ(visit.ended, visit.started + 29.0);
    }
}

TEST(Dates, AServiceInWorkingDaysCountsThese) {
  for (const double duration : {0.0, 0.5, 1.0, 3.2, 22.0}) {
    ChainBuilder chain = dutch_dates(4.0);
    chain.step("A.desk", "", in_working_days(deterministic(duration)));
    const auto run = watch(chain.scenario);
    for (const LoggedVisit& visit : run->visits) {
      if (!visit.is_over()) continue;
      double ended = visit.started;
      for (double left = std::floor(duration + 0.5); left > 0.0; --left) ended = next_morning(*run, ended);
      EXPECT_EQ(visit.ended, ended);
    }
  }
}

/// One desk day by day: who came by each morning, who starts, until when slots are taken.
void expect_dealt_out_by_hand(const Watched& run, int slots, double service, bool first_come) {
  std::vector<LoggedVisit> waiting = run.at("A.desk");
  std::vector<double> taken_until;  // dates of ends
  std::size_t queued = 0;
  for (double day = 0.0; day < run.model.end; day += 1.0) {
    if (!is_working_day(run.day_of(day)) && !run.model.calendar.continuous()) continue;
    std::erase_if(taken_until, [&](double until) { return until < day; });
    while (static_cast<int>(taken_until.size()) < slots) {
      auto next = waiting.end();
      for (auto visit = waiting.begin(); visit != waiting.end(); ++visit) {
        if (visit->received > day) continue;
        const auto rank = [&](const LoggedVisit& v) {
          return std::tuple(first_come ? std::uint16_t{0} : v.values.front(), v.received, v.case_id);
        };
        if (next == waiting.end() || rank(*visit) < rank(*next)) next = visit;
      }
      if (next == waiting.end()) break;
      ASSERT_EQ(next->started, day) << "case " << next->case_id << " received " << next->received;
      double end = day + std::floor(service + 0.5);
      while (!run.model.calendar.continuous() && !is_working_day(run.day_of(end))) end += 1.0;
      if (end < run.model.end) {
        ASSERT_EQ(next->ended, end);
      }
      queued += next->started > next->received;
      taken_until.push_back(end);
      waiting.erase(next);
    }
  }
  EXPECT_GT(queued, 10u);
  for (const LoggedVisit& visit : waiting) EXPECT_FALSE(visit.was_started());
}

TEST(Dates, SlotsAreDealtOutInWorkingMorningsOverAllWhoCameInTheOrderOfTheQueue) {
  for (const CalendarKind calendar : {CalendarKind::netherlands, CalendarKind::continuous})
    for (const auto& [service, slots] : {std::pair{0.3, 4}, {1.0, 7}, {4.4, 14}}) {
      SCOPED_TRACE(service);
      ChainBuilder chain = by_dates(calendar, 2.6);
      chain.scenario.chain.streams.front().attributes = {attribute("urgency", {{"crisis", 0.3}, {"regular", 0.7}})};
      chain.station("A.desk", slots, deterministic(service)).order = {"urgency", "received"};
      expect_dealt_out_by_hand(*watch(chain.scenario), slots, service, false);
      chain.scenario.chain.steps.front().order.clear();
      expect_dealt_out_by_hand(*watch(chain.scenario), slots, service, true);
    }
}

// Triage with a slot, then a plan and a letter without one, then help with a slot again.
TEST(Dates, WhoNeedsNoSlotGoesOnInTheEveningAndWhoNeedsOneTheNextWorkingMorning) {
  ChainBuilder chain = dutch_dates(3.0);
  chain.station("A.desk", 50, deterministic(1.0), {to("A.plan")});
  chain.step("A.plan", "", deterministic(0.4), {to("A.letter")});
  chain.step("A.letter", "", deterministic(1.0), {to("A.help")});
  chain.station("A.help", 50, deterministic(0.0));
  const auto run = watch(chain.scenario);
  const auto desk = visits_at(*run, "A.desk"), plan = visits_at(*run, "A.plan"), letter = visits_at(*run, "A.letter");
  std::size_t fridays = 0;
  for (const LoggedVisit& help : run->at("A.help")) {
    const double ended = desk.at(help.case_id).ended;
    for (const double moment :
         {plan.at(help.case_id).received, plan.at(help.case_id).started, plan.at(help.case_id).ended,
          letter.at(help.case_id).received, letter.at(help.case_id).started})
      EXPECT_EQ(moment, ended);
    EXPECT_EQ(letter.at(help.case_id).ended, working(*run, ended + 1.0));
    EXPECT_EQ(help.received, letter.at(help.case_id).ended);
    if (!help.was_started()) continue;
    EXPECT_EQ(help.started, next_morning(*run, help.received));
    EXPECT_EQ(help.ended, help.started);
    fridays += help.started == help.received + 3.0;
  }
  EXPECT_GT(fridays, 80u);
}

// One slot and always work: a service of no day, one each day; of one day, one each two days. The slot is taken on
// every day, also on those on which a service that takes no day begins and ends.
TEST(Dates, ASlotIsTakenUpToAndIncludingTheDayOnWhichTheServiceEnds) {
  for (const auto& [service, cycle] : {std::pair{0.2, 1.0}, {1.4, 2.0}, {4.0, 5.0}}) {
    ChainBuilder chain = by_dates(CalendarKind::continuous, 30.0);
    chain.station("A.desk", 1, deterministic(service));
    const auto run = watch(chain.scenario);
    EXPECT_EQ(run->figure("A", "desk", "started", 0), std::ceil(366.0 / cycle));
    EXPECT_DOUBLE_EQ(run->figure("A", "desk", "utilisation", 0), 1.0);
    EXPECT_NEAR(run->figure("A", "desk", "wip_mean", 0), std::floor(service + 0.5) / cycle, 1.0 / 366.0);
  }
}

TEST(Dates, FiguresCountByDate) {
  ChainBuilder chain = dutch_dates(3.0);
  chain.station("A.desk", 8, gamma(2.0, 0.9)).norm.wait = Duration{2.0};
  chain.scenario.chain.steps.front().norm.lead_time = Duration{4.0, true};
  const auto run = watch(chain.scenario);
  const double end = run->model.end;
  double queue = 0.0, wip = 0.0, busy = 0.0, waits = 0.0, started = 0.0, on_time = 0.0, ended = 0.0, in_norm = 0.0;
  for (const LoggedVisit& v : run->visits) {
    queue += (v.was_started() ? v.started : end) - v.received;
    if (!v.was_started()) continue;
    wip += (v.is_over() ? v.ended : end) - v.started;
    busy += (v.is_over() ? v.ended + 1.0 : end) - v.started;
    waits += v.started - v.received;
    on_time += v.started - v.received <= 2.0;
    started += 1.0;
    if (!v.is_over()) continue;
    ended += 1.0;
    int working_days = 0;
    for (double day = v.received; day < v.ended; day += 1.0) working_days += is_working_day(run->day_of(day));
    in_norm += working_days <= 4;
  }
  EXPECT_NEAR(run->figure("A", "desk", "queue_mean", 0), queue / end, 1e-9);
  EXPECT_NEAR(run->figure("A", "desk", "wip_mean", 0), wip / end, 1e-9);
  EXPECT_NEAR(run->figure("A", "desk", "utilisation", 0), busy / (8.0 * end), 1e-9);
  EXPECT_NEAR(run->figure("A", "desk", "wait_mean", 0), waits / started, 1e-9);
  EXPECT_NEAR(run->figure("A", "desk", "norm_met_wait", 0), on_time / started, 1e-12);
  EXPECT_NEAR(run->figure("A", "desk", "norm_met", 0), in_norm / ended, 1e-12);
  EXPECT_GT(queue / end, 1.0);
  EXPECT_LT(on_time, started);
  EXPECT_LT(in_norm, ended);
}

TEST(Dates, ATransferTakesAtLeastTheNightAndAReturnToo) {
  for (const auto& [delay, nights] : {std::pair{0.0, 1.0}, {0.5, 1.0}, {1.0, 1.0}, {1.9, 1.0}, {2.5, 2.0}, {7.0, 7.0}})
    for (const bool on_working_days : {false, true}) {
      ChainBuilder chain = dutch_dates(3.0);
      chain.scenario.period.handed_over_on_working_days = on_working_days;
      chain.scenario.chain.returns = Returns{0.5, deterministic(delay), "A.desk"};
      chain.step("A.desk", "", deterministic(1.0), {to("A.help", 1.0, deterministic(delay))});
      chain.step("A.help", "", deterministic(2.0));
      const auto run = watch(chain.scenario);
      const auto desk = visits_at(*run, "A.desk"), help = visits_at(*run, "A.help");
      const auto received = [&, nights = nights](double ended) {
        return on_working_days ? working(*run, ended + nights) : ended + nights;
      };
      std::size_t returned = 0;
      for (const auto& [id, visit] : help) {
        EXPECT_EQ(visit.received, received(desk.at(id).ended));
        const auto again = desk.find(id + 1);  // the child's next episode
        if (again == desk.end()) continue;
        EXPECT_EQ(again->second.received, received(visit.ended));
        ++returned;
      }
      EXPECT_GT(returned, 300u);
    }
}

TEST(HandOvers, OnWorkingDaysMoveToMidnightBeforeTheNextWorkingDay) {
  ChainBuilder chain = dutch_dates(3.0);
  chain.scenario.period.resolution = Resolution::continuous;
  chain.scenario.period.handed_over_on_working_days = true;
  chain.scenario.chain.returns = Returns{0.5, deterministic(3.25), "A.desk"};
  chain.step("A.desk", "", deterministic(1.0), {to("A.help", 1.0, deterministic(2.0))});
  chain.step("A.help", "", deterministic(2.0));
  const auto run = watch(chain.scenario);
  const auto moved = [&](double moment) {
    return is_working_day(run->day_of(moment)) ? moment : working(*run, std::floor(moment));
  };
  const auto desk = visits_at(*run, "A.desk"), help = visits_at(*run, "A.help");
  std::size_t shifted = 0, off = 0;
  for (const auto& [id, visit] : help) {
    const double over = desk.at(id).ended + 2.0;
    EXPECT_EQ(visit.received, moved(over));
    shifted += visit.received != over;
    if (const auto again = desk.find(id + 1); again != desk.end()) {
      EXPECT_EQ(again->second.received, moved(visit.ended + 3.25));
    }
  }
  for (const auto& [id, visit] : desk) off += !is_working_day(run->day_of(visit.received));
  EXPECT_GT(shifted, 200u);
  EXPECT_GT(off, 200u);  // arrivals come on any day
}

// Two slots for more than they can do, so that many withdraw and who is served has waited as long as they can.
TEST(Dates, PatienceEndsInTheMorningBeforeSlotsAreDealtOut) {
  for (const double patience : {0.5, 1.0, 2.7, 6.0}) {
    ChainBuilder chain = dutch_dates(3.0);
    chain.station("A.desk", 2, deterministic(3.0)).patience = Patience{deterministic(patience), "out"};
    const auto run = watch(chain.scenario);
    std::size_t withdrawn = 0;
    double longest = 0.0;
    for (const LoggedVisit& visit : run->visits) {
      if (visit.was_started()) longest = std::max(longest, visit.started - visit.received);
      if (!visit.withdrawn) continue;
      EXPECT_EQ(visit.ended, visit.received + std::floor(patience));
      ++withdrawn;
    }
    EXPECT_GT(withdrawn, 300u);
    if (patience < 1.0) {
      EXPECT_EQ(run->figure("A", "desk", "started", 0), 0.0);
    } else {
      EXPECT_EQ(longest, std::ceil(std::floor(patience) - 1.0));
    }
  }
}

TEST(Dates, PatienceOfWhoCameInTheEveningLastsTheNight) {
  ChainBuilder chain = by_dates(CalendarKind::continuous, 3.0);
  chain.step("A.desk", "", deterministic(1.0), {to("A.help")});
  chain.station("A.help", 0, deterministic(1.0)).patience = Patience{deterministic(0.5), "out"};
  const auto run = watch(chain.scenario);
  for (const LoggedVisit& visit : run->at("A.help"))
    if (visit.is_over()) {
      EXPECT_EQ(visit.ended, visit.received + 1.0);
    }
}

TEST(Dates, WaitingMakesWorseFromTheFirstMorningOnWhichItWasSoLong) {
  for (const double after : {1.0, 1.5, 3.0}) {
    ChainBuilder chain = by_dates(CalendarKind::continuous, 2.0);
    chain.scenario.chain.streams.front().attributes = {attribute("urgency", {{"regular", 1.0}, {"crisis", 0.0}})};
    chain.station("A.desk", 4, deterministic(1.0)).while_waiting = {{Duration{after}, 2.0, {{"urgency", "crisis"}}}};
    const auto run = watch(chain.scenario);
    std::size_t worse = 0;
    for (const LoggedVisit& visit : run->visits) {
      if (!visit.is_over()) continue;
      const bool waited = visit.started - visit.received >= after;
      EXPECT_EQ(visit.ended - visit.started, waited ? 2.0 : 1.0);
      EXPECT_EQ(run->value(visit, "urgency"), waited ? "crisis" : "regular");
      worse += waited;
    }
    EXPECT_GT(worse, 20u);
  }
}

// On Saturday the 15th of June everyone at the desk is cleared: on that date received at the next step, and there in
// service on Monday.
TEST(Dates, ABacklogIsClearedInTheMorning) {
  ChainBuilder chain = dutch_dates(3.0);
  chain.station("A.desk", 4, deterministic(1.0), {to("A.help", 0.5), to("A.slow", 0.5, deterministic(0.4))});
  chain.station("A.help", 1000, deterministic(0.0));
  chain.step("A.slow", "", deterministic(0.0));
  chain.clear_backlog("A.desk", date(2024, 6, 15));
  const auto run = watch(chain.scenario);
  const double on = run->moment(date(2024, 6, 15));
  const auto help = visits_at(*run, "A.help"), slow = visits_at(*run, "A.slow");
  std::size_t cleared = 0;
  for (const LoggedVisit& visit : run->at("A.desk")) {
    EXPECT_FALSE(visit.received < on && visit.started > on);
    if (visit.started != on) continue;
    ++cleared;
    EXPECT_EQ(visit.ended, on);
    const LoggedVisit& next = help.count(visit.case_id) ? help.at(visit.case_id) : slow.at(visit.case_id);
    EXPECT_EQ(next.received, on);
    EXPECT_EQ(next.started, on + 2.0);
  }
  EXPECT_GT(cleared, 50u);
}

TEST(Dates, AKeptSlotIsUsedInTheEveningAndFreeTheNextMorning) {
  ChainBuilder chain = by_dates(CalendarKind::continuous, 3.0);
  chain.station("A.desk", 1, deterministic(1.0), {to("A.plan")}).hold_until = "A.plan";
  chain.step("A.plan", "A.desk", deterministic(2.0));
  const auto run = watch(chain.scenario);
  const auto plan = visits_at(*run, "A.plan");
  double free = 0.0;
  for (const LoggedVisit& visit : run->at("A.desk")) {
    if (!plan.count(visit.case_id) || !plan.at(visit.case_id).is_over()) continue;
    EXPECT_EQ(visit.started, free);
    EXPECT_EQ(plan.at(visit.case_id).started, visit.ended);
    free = plan.at(visit.case_id).ended + 1.0;
  }
  EXPECT_GT(free, 360.0);
  EXPECT_DOUBLE_EQ(run->figure("A", "desk", "utilisation", 0), 1.0);
}

// Both come to the desk on one date: who is reported there in the morning, who comes from triage in the evening.
TEST(Dates, WhoCameInTheMorningCameBeforeWhoCameInTheEvening) {
  ChainBuilder chain = by_dates(CalendarKind::continuous, 1.0);
  chain.stream("triage", "A.triage", 1.0);
  chain.step("A.triage", "", deterministic(1.0), {to("A.desk")});
  chain.station("A.desk", 2, deterministic(0.0));
  const auto run = watch(chain.scenario);
  const auto triage = visits_at(*run, "A.triage");
  std::map<double, std::pair<double, double>> by_date;  // last start of the morning, first start of the evening
  for (const LoggedVisit& visit : run->at("A.desk")) {
    if (!visit.was_started()) continue;
    auto [at, is_new] = by_date.try_emplace(visit.received, -1.0, 1e9);
    if (triage.count(visit.case_id))
      at->second.second = std::min(at->second.second, visit.started);
    else
      at->second.first = std::max(at->second.first, visit.started);
  }
  std::size_t both = 0;
  for (const auto& [day, starts] : by_date) {
    EXPECT_LE(starts.first, starts.second);
    both += starts.first >= 0.0 && starts.second < 1e9;
  }
  EXPECT_GT(both, 100u);
}

// Three cards, each free again in the evening two days later, and taken then: three are always in service.
TEST(Dates, WhoIsReleasedByALimitInTheEveningStartsThenIfItNeedsNoSlot) {
  ChainBuilder chain = by_dates(CalendarKind::continuous, 2.0);
  chain.step("A.desk", "", deterministic(2.0));
  chain.scenario.interventions.push_back({"wip_limit",
                                          {{{"steps", std::vector<std::string>{"A.desk"}},
                                            {"limit", 3.0},
                                            {"from", date(2024, 1, 1)},
                                            {"until", date(2025, 1, 1)}}}});
  const auto run = watch(chain.scenario);
  for (const LoggedVisit& visit : run->visits) EXPECT_EQ(visit.started, visit.received);
  EXPECT_NEAR(run->figure("A", "desk", "wip_mean", 0), 3.0, 0.1);
}

// Patience of less than a day ends before slots are dealt out, also of who is first held by a limit.
TEST(Dates, WhoIsReleasedByALimitMayWithdrawBeforeSlotsAreDealtOut) {
  ChainBuilder chain = by_dates(CalendarKind::continuous, 2.0);
  chain.station("A.desk", 50, deterministic(2.0)).patience = Patience{deterministic(0.5), "out"};
  chain.scenario.interventions.push_back({"wip_limit",
                                          {{{"steps", std::vector<std::string>{"A.desk"}},
                                            {"limit", 1000.0},
                                            {"from", date(2024, 1, 1)},
                                            {"until", date(2024, 7, 1)}}}});
  const auto run = watch(chain.scenario);
  EXPECT_EQ(run->figure("A", "desk", "started", 0), 0.0);
  EXPECT_EQ(run->figure("A", "desk", "left", 0), run->figure("A", "desk", "inflow", 0));
}

// More come than two can serve: two slots are lent as soon as more than ten wait when the morning's slots have been
// dealt out.
TEST(Dates, StaffIsLentInTheMorningByWhatIsLeft) {
  ChainBuilder chain = by_dates(CalendarKind::continuous, 2.0);
  chain.station("A.desk", 2, deterministic(1.0));
  chain.pool("A.others", 5);
  chain.scenario.interventions.push_back({"lend",
                                          {{{"pool", "A.others"},
                                            {"to", "A.desk"},
                                            {"slots", 2.0},
                                            {"from", date(2024, 1, 1)},
                                            {"when", Settings{{{"queue", "A.desk"}, {"above", 10.0}}}},
                                            {"back", Settings{{{"below", 0.0}}}}}}});
  const auto run = watch(chain.scenario);
  std::map<double, int> received, started;
  for (const LoggedVisit& visit : run->visits) {
    ++received[visit.received];
    if (visit.was_started()) ++started[visit.started];
  }
  int queue = 0, lent = 0;
  std::map<double, int> in_service;  // by the day before which their slots are free again
  for (double day = 0.0; day < run->model.end; day += 1.0) {
    queue += received[day];
    int busy = 0;
    for (const auto& [until, count] : in_service) busy += until > day ? count : 0;
    int starts = std::min(queue, 2 + lent - busy);
    if (queue - starts > 10 && lent == 0) {
      lent = 2;
      starts = std::min(queue, 2 + lent - busy);
    }
    EXPECT_EQ(started[day], starts) << "day " << day;
    in_service[day + 2.0] += starts;
    queue -= starts;
  }
  EXPECT_EQ(lent, 2);
}

TEST(Dates, EveryDayIsAWorkingDayOnTheContinuousCalendar) {
  ChainBuilder chain = by_dates(CalendarKind::continuous, 4.0);
  chain.station("A.desk", 50, in_working_days(deterministic(2.4)));
  const auto run = watch(chain.scenario);
  for (const LoggedVisit& visit : run->visits) {
    EXPECT_EQ(visit.started, visit.received);
    if (visit.is_over()) {
      EXPECT_EQ(visit.ended, visit.started + 2.0);
    }
  }
}

}  // namespace
}  // namespace ketensim
