// Whole runs, start by start, against a queue served in the plainest way.
#include <gtest/gtest.h>

#include <map>

#include "tests/support/chain_builder.hpp"
#include "tests/support/naive_pool.hpp"

namespace ketensim {
namespace {

using namespace support;

constexpr double kWorseAfter = 40.0;

/// Triage without a pool, then research at one pool for two kinds of cases, in families, with urgencies, patience,
/// deterioration, a pool that shrinks and grows, and two backlogs cleared. Too few slots now and then.
ChainBuilder busy_research(CalendarKind calendar) {
  ChainBuilder chain(calendar, date(2024, 1, 1), date(2027, 1, 1), 300.0, Report::month);
  chain.organisation("A");
  Stream& stream = chain.stream("reports", "A.triage", 0.9);
  stream.weekday = {1.2, 1.0, 1.0, 1.0, 1.0, 0.3, 0.3};
  stream.children = {{1, 0.6}, {2, 0.3}, {5, 0.1}};
  stream.attributes = {attribute("urgency", {{"crisis", 0.1}, {"regular", 0.9}})};
  chain.step("A.triage", "", gamma(3.0, 0.8), {to("A.first", 0.6, lognormal(10.0, 0.5)), to("A.second", 0.4)});
  Pool& pool = chain.pool("A.research", 0);
  pool.slots.reset();
  pool.cases_per_fte = always(8.0);
  pool.fte.emplace().common.from = {
      {date(2024, 1, 1), 3.1}, {date(2024, 7, 1), 2.0}, {date(2025, 3, 1), 4.3}, {date(2026, 2, 1), 2.6}};
  pool.leave[6] = 0.15;
  for (const char* name : {"A.first", "A.second"}) {
    Step& step = chain.step(name, "A.research", gamma(name == std::string("A.first") ? 20.0 : 12.0, 0.5));
    step.order = {"urgency", "received"};
    step.while_waiting = {{{kWorseAfter, false}, 1.35, {{"urgency", "crisis"}}}};
    step.patience = Patience{exponential(200.0), "out"};
  }
  chain.clear_backlog("A.first", date(2024, 12, 7));  // a Saturday
  chain.clear_backlog("A.second", date(2026, 6, 1), 5);
  chain.capacity("A.research", date(2025, 5, 1), date(2025, 8, 1), {Change::Kind::factor, 0.6});
  return chain;
}

class Replay : public ::testing::TestWithParam<std::tuple<CalendarKind, int>> {};

TEST_P(Replay, EveryStartIsTheOneThatAPlainQueueMakes) {
  const auto [calendar, seed] = GetParam();
  ChainBuilder chain = busy_research(calendar);
  chain.scenario.seed = static_cast<std::uint64_t>(seed);
  const auto watched = watch(chain.scenario);
  const std::size_t triage = watched->step("A.triage"), first = watched->step("A.first"),
                    second = watched->step("A.second");

  std::map<std::uint64_t, std::uint16_t> urgency_at_report;
  for (const LoggedVisit& visit : watched->visits)
    if (visit.step == triage) urgency_at_report[visit.case_id] = visit.values.front();

  NaivePool pool;
  pool.steps = {first, second};
  pool.works = [&](double moment) {
    return calendar == CalendarKind::continuous || is_working_day(watched->day_of(moment));
  };
  // fte x 8, 15% less in July, 40% less from May to July 2025; rounded down once.
  pool.slots = [&](double moment) {
    const Date day = watched->day_of(moment);
    const bool july = std::chrono::year_month_day{day}.month() == std::chrono::July;
    const double fte = day < date(2024, 7, 1) ? 3.1 : day < date(2025, 3, 1) ? 2.0 : day < date(2026, 2, 1) ? 4.3 : 2.6;
    const double cut = day >= date(2025, 5, 1) && day < date(2025, 8, 1) ? 0.6 : 1.0;
    return std::floor(fte * 8.0 * (july ? 0.85 : 1.0) * cut + 1e-9);
  };
  const auto urgency = [&](const LoggedVisit& visit, double now) {
    return now >= visit.received + kWorseAfter ? std::uint16_t{0} : urgency_at_report.at(visit.case_id);
  };
  pool.before = [&](const LoggedVisit& a, const LoggedVisit& b, double now) {
    return std::tuple(urgency(a, now), a.received, a.case_id) < std::tuple(urgency(b, now), b.received, b.case_id);
  };
  pool.clearings = {{watched->moment(date(2024, 12, 7)), first, 1'000'000},
                    {watched->moment(date(2026, 6, 1)), second, 5}};
  EXPECT_GT(pool.compare(watched->visits), 1200u);

  std::size_t waited = 0, withdrawn = 0, cleared = 0;
  for (const LoggedVisit& visit : watched->visits) {
    if (visit.step == triage) continue;
    waited += visit.was_started() && visit.started > visit.received + 1.0;
    withdrawn += visit.withdrawn;
    cleared += visit.is_over() && visit.started == visit.ended;
  }
  EXPECT_GT(waited, 100u);  // or the comparison would say little
  EXPECT_GT(withdrawn, 10u);
  EXPECT_GT(cleared, 5u);
}

INSTANTIATE_TEST_SUITE_P(Calendars, Replay,
                         ::testing::Combine(::testing::Values(CalendarKind::continuous, CalendarKind::netherlands),
                                            ::testing::Values(1, 2, 3)));

// The slot that intake claims is kept until guidance has ended, or until the case leaves on a way that never comes
// there: as one long service, of which the log tells when it was over.
TEST(HoldUntil, KeepsAndFreesTheSlotAsAPlainQueueWould) {
  ChainBuilder chain(CalendarKind::netherlands, date(2024, 1, 1), date(2027, 1, 1), 200.0);
  chain.organisation("A");
  chain.stream("measures", "A.intake", 0.5).children = {{1, 0.7}, {3, 0.3}};
  chain.pool("A.workers", 38);
  chain.step("A.intake", "A.workers", uniform(1.0, 5.0), {to("A.plan", 0.9, exponential(2.0)), to("A.help", 0.1)})
      .hold_until = "A.guidance";
  chain.step("A.plan", "", gamma(20.0, 0.3), {to("A.guidance", 0.8), to("out", 0.1), to("A.help", 0.1)});
  chain.step("A.guidance", "A.workers", lognormal(40.0, 0.4));  // needs no second slot
  chain.step("A.help", "", exponential(30.0));
  const auto watched = watch(chain.scenario);
  const std::size_t intake = watched->step("A.intake"), plan = watched->step("A.plan"),
                    guidance = watched->step("A.guidance");

  std::map<std::pair<std::uint64_t, std::size_t>, const LoggedVisit*> visit_of;
  for (const LoggedVisit& visit : watched->visits) visit_of[{visit.case_id, visit.step}] = &visit;
  const auto find = [&](const LoggedVisit& visit, std::size_t step) -> const LoggedVisit* {
    const auto at = visit_of.find({visit.case_id, step});
    return at == visit_of.end() ? nullptr : at->second;
  };
  NaivePool pool;
  pool.steps = {intake};
  pool.slots = [](double) { return 38.0; };
  pool.works = [&](double moment) { return is_working_day(watched->day_of(moment)); };
  pool.before = [](const LoggedVisit& a, const LoggedVisit& b, double) {
    return std::pair(a.received, a.case_id) < std::pair(b.received, b.case_id);
  };
  pool.freed = [&](const LoggedVisit& visit) {
    if (visit.next != static_cast<std::int32_t>(plan)) return visit.ended;  // to help, past guidance
    const LoggedVisit* planned = find(visit, plan);
    if (!planned || !planned->is_over()) return std::numeric_limits<double>::quiet_NaN();
    if (planned->next != static_cast<std::int32_t>(guidance)) return planned->ended;
    const LoggedVisit* guided = find(visit, guidance);
    return guided ? guided->ended : std::numeric_limits<double>::quiet_NaN();
  };
  EXPECT_GT(pool.compare(watched->visits), 700u);

  std::size_t waited = 0;
  for (const LoggedVisit& visit : watched->visits) {
    waited += visit.step == intake && visit.was_started() && visit.started > visit.received + 3.0;
    if (visit.step == guidance) {
      EXPECT_EQ(visit.started, visit.received);
    }
  }
  EXPECT_GT(waited, 50u);
}

}  // namespace
}  // namespace ketensim
