// Cases that are cleared, come back, or come as a family; and the figures that follow from all visits.
#include <gtest/gtest.h>

#include <map>

#include "engine/kernel/case_id.hpp"
#include "tests/support/chain_builder.hpp"
#include "tests/support/visit_log.hpp"

namespace ketensim {
namespace {

using namespace support;

using Where = std::tuple<std::uint64_t, std::size_t, std::uint32_t>;  // case, step, n-th visit

Where where(const LoggedVisit& visit) { return {visit.case_id, visit.step, visit.number}; }

/// A desk with a backlog, routes of several kinds from there, and cases that come round again.
ChainBuilder desk_with_backlog() {
  ChainBuilder chain(CalendarKind::netherlands, date(2024, 1, 1), date(2026, 1, 1), 200.0);
  chain.organisation("A");
  chain.stream("reports", "A.desk", 1.2);
  chain.station("A.desk", 20, gamma(20.0, 0.5),
                {to("A.help", 0.4), to("A.check", 0.3, exponential(5.0)), to("out", 0.3)});
  chain.step("A.check", "", exponential(8.0), {to("A.desk", 0.5), to("out", 0.5)});
  chain.step("A.help", "", exponential(30.0));
  return chain;
}

TEST(ClearBacklog, FinishesEveryoneWhoWaitsThenEvenOnASunday) {
  ChainBuilder chain = desk_with_backlog();
  const Date on = date(2025, 6, 15);
  chain.clear_backlog("A.desk", on);
  const auto watched = watch(chain.scenario);
  const double moment = watched->moment(on);
  std::size_t cleared = 0;
  for (const LoggedVisit& visit : watched->at("A.desk")) {
    const bool waits = visit.received < moment && (!visit.was_started() || visit.started >= moment);
    if (!waits) continue;
    EXPECT_EQ(visit.started, moment);
    EXPECT_EQ(visit.ended, moment);
    ++cleared;
  }
  EXPECT_GT(cleared, 20u);
}

TEST(ClearBacklog, OfAtMostSoManyTakesTheFirstOfTheQueue) {
  ChainBuilder chain = desk_with_backlog();
  const Date on = date(2025, 6, 15);
  chain.clear_backlog("A.desk", on, 7);
  const auto watched = watch(chain.scenario);
  const double moment = watched->moment(on);
  std::size_t cleared = 0;
  for (const LoggedVisit& visit : watched->at("A.desk")) {  // in the order of the queue
    if (visit.received >= moment || (visit.was_started() && visit.started < moment)) continue;
    if (++cleared <= 7)
      EXPECT_EQ(visit.ended, moment);
    else
      EXPECT_FALSE(visit.started == moment && visit.ended == moment);
  }
  EXPECT_GT(cleared, 20u);
}

// The route is drawn per case, step and visit: whoever ends the visit in both goes the same way.
TEST(ClearBacklog, LeavesEveryCaseTheRouteThatItWouldHaveTaken) {
  ChainBuilder chain = desk_with_backlog();
  const auto plain = watch(chain.scenario);
  chain.clear_backlog("A.desk", date(2025, 6, 15));
  const auto cleared = watch(chain.scenario);
  std::map<Where, std::int32_t> next;
  for (const LoggedVisit& visit : plain->visits)
    if (visit.is_over()) next[where(visit)] = visit.next;
  std::size_t compared = 0, burst = 0;
  for (const LoggedVisit& visit : cleared->visits) {
    const auto at = next.find(where(visit));
    if (at == next.end() || !visit.is_over()) continue;
    EXPECT_EQ(visit.next, at->second);
    ++compared;
    burst += visit.started == visit.ended;
  }
  EXPECT_GT(compared, 1000u);
  EXPECT_GT(burst, 20u);
}

TEST(ClearBacklog, CountsAsStartedAndEndedThen) {
  ChainBuilder chain = desk_with_backlog();
  chain.scenario.period.report = Report::month;
  const auto plain = watch(chain.scenario);
  chain.clear_backlog("A.desk", date(2025, 6, 15));
  const auto watched = watch(chain.scenario);
  double cleared = 0.0;
  for (const LoggedVisit& visit : watched->visits) cleared += visit.is_over() && visit.started == visit.ended;
  const std::size_t june = 17;
  const auto more = [&](const char* indicator) {
    return watched->figure("A", "desk", indicator, june) - plain->figure("A", "desk", indicator, june);
  };
  EXPECT_GE(more("started"), 0.9 * cleared);  // some would have started in June anyway
  EXPECT_GE(more("outflow"), 0.9 * cleared);
  EXPECT_EQ(more("left"), 0.0);
}

// A returned child is the same child with what it had when it was first reported, thirty days after its case went out.
TEST(Returns, ComeBackAfterTheDelayWithTheAttributesOfTheirArrival) {
  ChainBuilder chain(CalendarKind::continuous, date(2024, 1, 1), date(2027, 1, 1), 0.0);
  chain.organisation("A");
  chain.stream("reports", "A.desk", 1.0).attributes = {attribute("urgency", {{"crisis", 0.3}, {"regular", 0.7}}),
                                                       attribute("age", {{"young", 0.5}, {"old", 0.5}})};
  Step& desk = chain.station("A.desk", 21, exponential(12.0), {to("A.help")});
  desk.while_waiting = {{{4.0, false}, 1.0, {{"urgency", "crisis"}}}};
  chain.step("A.help", "", exponential(5.0));
  chain.scenario.chain.returns = Returns{0.4, deterministic(30.0), "A.desk"};
  const auto watched = watch(chain.scenario);

  std::map<std::uint64_t, LoggedVisit> desk_of, help_of;
  for (const LoggedVisit& visit : watched->visits)
    (visit.step == watched->step("A.desk") ? desk_of : help_of)[visit.case_id] = visit;
  std::size_t returned = 0, left = 0, worsened_before = 0;
  for (const auto& [id, visit] : help_of) left += visit.is_over() && visit.ended + 30.0 < watched->model.end;
  for (const auto& [id, visit] : desk_of) {
    EXPECT_EQ(visit.number, 0u);  // each return counts its visits anew
    if (CaseId::episode(id) == 0) continue;
    ++returned;
    const LoggedVisit& before = help_of.at(id - 1);
    EXPECT_EQ(visit.received, before.ended + 30.0);
    EXPECT_EQ(watched->value(visit, "age"), watched->value(before, "age"));
    const bool waited = !visit.was_started() || visit.started >= visit.received + 4.0;
    if (waited || watched->value(before, "urgency") == watched->value(visit, "urgency")) continue;
    EXPECT_EQ(watched->value(visit, "urgency"), "regular");  // what it had been before it had to wait
    ++worsened_before;
  }
  EXPECT_GT(worsened_before, 10u);
  const double share = static_cast<double>(returned) / static_cast<double>(left);
  EXPECT_NEAR(share, 0.4, 4.0 * std::sqrt(0.4 * 0.6 / static_cast<double>(left)));
}

TEST(Families, ShareTheirAttributesAndHaveTheSizesThatAreGiven) {
  ChainBuilder chain(CalendarKind::continuous, date(2024, 1, 1), date(2027, 1, 1), 0.0);
  chain.organisation("A");
  Stream& stream = chain.stream("reports", "A.desk", 10.0);
  const double shares[] = {0.55, 0.30, 0.11, 0.04};
  stream.children = {{1, shares[0]}, {2, shares[1]}, {3, shares[2]}, {4, shares[3]}};
  stream.attributes = {attribute("urgency", {{"crisis", 0.06}, {"regular", 0.94}}),
                       attribute("municipality", {{"GM0141", 0.35}, {"GM0153", 0.65}})};
  chain.step("A.desk", "", exponential(1.0));
  const auto watched = watch(chain.scenario);
  std::map<std::uint64_t, std::vector<LoggedVisit>> families;
  for (const LoggedVisit& visit : watched->at("A.desk"))
    families[visit.case_id >> (CaseId::kSiblingBits + CaseId::kEpisodeBits)].push_back(visit);
  std::map<std::size_t, double> sizes;
  double crises = 0.0, almelo = 0.0;
  for (const auto& [id, siblings] : families) {
    ++sizes[siblings.size()];
    crises += watched->value(siblings.front(), "urgency") == "crisis";
    almelo += watched->value(siblings.front(), "municipality") == "GM0141";
    for (const LoggedVisit& sibling : siblings) {
      EXPECT_EQ(sibling.values, siblings.front().values);
      EXPECT_EQ(sibling.received, siblings.front().received);
    }
  }
  // Binomial: four standard errors of each share.
  const auto count = static_cast<double>(families.size());
  const auto expect_share = [&](double number, double share) {
    EXPECT_NEAR(number / count, share, 4.0 * std::sqrt(share * (1.0 - share) / count));
  };
  for (std::size_t size = 1; size <= 4; ++size) expect_share(sizes[size], shares[size - 1]);
  expect_share(crises, 0.06);
  expect_share(almelo, 0.35);
}

/// Families of two, and how often both children go the same way from a desk with three ways.
struct Pairs {
  double alike = 0.0, pairs = 0.0;
  std::map<std::int32_t, double> ways;
};

Pairs pairs_of(double siblings) {
  ChainBuilder chain(CalendarKind::continuous, date(2024, 1, 1), date(2027, 1, 1), 0.0);
  chain.organisation("A");
  chain.stream("reports", "A.desk", 10.0).children = {{2, 1.0}};
  chain.step("A.desk", "", exponential(3.0), {to("A.help", 0.5), to("A.check", 0.2), to("out", 0.3)}).siblings =
      siblings;
  chain.step("A.check", "", exponential(1.0));
  chain.step("A.help", "", exponential(1.0));
  chain.scenario.chain.returns = Returns{0.5, exponential(20.0), "A.desk"};
  const auto watched = watch(chain.scenario);
  std::map<std::uint64_t, std::vector<std::int32_t>> families;
  for (const LoggedVisit& visit : watched->at("A.desk"))
    if (visit.is_over() && CaseId::episode(visit.case_id) == 0)
      families[CaseId::together(visit.case_id)].push_back(visit.next);
  Pairs result;
  for (const auto& [id, next] : families) {
    for (const std::int32_t way : next) ++result.ways[way];
    if (next.size() < 2) continue;
    ++result.pairs;
    result.alike += next[0] == next[1];
  }
  return result;
}

TEST(Families, GoTheSameWayAsOftenAsIsSaidAndByTheSharesThatAreGiven) {
  const double by_chance = 0.25 + 0.04 + 0.09;
  for (const double siblings : {0.0, 0.6, 1.0}) {
    SCOPED_TRACE(siblings);
    const Pairs found = pairs_of(siblings);
    const double alike = siblings * siblings + (1.0 - siblings * siblings) * by_chance;
    EXPECT_GT(found.pairs, 10'000.0);
    EXPECT_NEAR(found.alike / found.pairs, alike, 4.0 * std::sqrt(alike * (1.0 - alike) / found.pairs));
    double total = 0.0;
    for (const auto& [way, count] : found.ways) total += count;
    EXPECT_NEAR(found.ways.at(kOut) / total, 0.3, 4.0 * std::sqrt(0.3 * 0.7 / found.pairs));
  }
}

TEST(Families, DecideTogetherOnceOnly) {
  // A child that came back has a draw of its own, whatever its siblings once drew.
  const std::uint64_t family = CaseId::family(100, 3, 7), second = CaseId::child(family, 1);
  EXPECT_EQ(CaseId::together(family), CaseId::together(second));
  EXPECT_NE(CaseId::together(family + 1), CaseId::together(second + 1));
  EXPECT_NE(CaseId::together(family + 1), CaseId::together(family));
}

/// From A to B by a transfer of three days, within B by another.
ChainBuilder two_organisations() {
  ChainBuilder chain(CalendarKind::continuous, date(2024, 1, 1), date(2026, 1, 1), 0.0);
  chain.organisation("A");
  chain.organisation("B");
  chain.stream("reports", "A.desk", 1.0);
  chain.step("A.desk", "", exponential(2.0), {to("B.intake", 0.8, deterministic(3.0)), to("B.intake", 0.2)});
  chain.step("B.intake", "", exponential(4.0), {to("B.help", 1.0, deterministic(1.0))});
  chain.step("B.help", "", exponential(5.0));
  return chain;
}

TEST(Organisations, CountWhoCrossesTheirBorderByTransferOrAtOnce) {
  const auto watched = watch(two_organisations().scenario);
  EXPECT_EQ(watched->figure("A", "all", "inflow", 0), watched->figure("A", "desk", "inflow", 0));
  EXPECT_EQ(watched->figure("A", "all", "outflow", 0), watched->figure("A", "desk", "outflow", 0));
  EXPECT_EQ(watched->figure("B", "all", "inflow", 0), watched->figure("B", "intake", "inflow", 0));
  EXPECT_EQ(watched->figure("B", "all", "outflow", 0), watched->figure("B", "help", "outflow", 0));
}

TEST(WipLimit, HoldsForWhoComesByTransferToo) {
  ChainBuilder chain = two_organisations();
  const Date from = date(2024, 3, 1);
  chain.scenario.interventions = {
      {"wip_limit", {{{"steps", std::vector<std::string>{"B.intake"}}, {"limit", 3.0}, {"from", from}}}}};
  const auto watched = watch(chain.scenario);
  const std::vector<LoggedVisit> visits = watched->at("B.intake");
  std::size_t limited = 0;
  for (const LoggedVisit& visit : visits) {
    if (visit.received < watched->moment(from) + 60.0) continue;  // who was inside before has gone
    std::size_t inside = 0;
    for (const LoggedVisit& other : visits)
      inside += other.received <= visit.received && !(other.ended <= visit.received);
    EXPECT_LE(inside, 3u);
    limited += inside == 3;
  }
  EXPECT_GT(limited, 100u);
}

/// The figures of the desk in one period, from the visits alone.
struct Recount {
  double inflow = 0, started = 0, outflow = 0, left = 0, wait = 0, lead = 0, queue_days = 0, queue_end = 0,
         wip_days = 0;

  Recount(const std::vector<LoggedVisit>& visits, double from, double until) {
    const auto within = [&](double moment) { return from <= moment && moment < until; };
    const auto overlap = [&](double a, double b) { return std::max(0.0, std::min(b, until) - std::max(a, from)); };
    const double never = std::numeric_limits<double>::infinity();
    for (const LoggedVisit& v : visits) {
      const double start = v.was_started() ? v.started : never, end = v.is_over() ? v.ended : never;
      const double stopped_waiting = std::min(start, end);
      inflow += within(v.received);
      started += within(start);
      outflow += within(end);
      left += within(end) && v.withdrawn;
      if (within(start)) wait += start - v.received;
      if (within(end) && !v.withdrawn) lead += end - v.received;
      queue_days += overlap(v.received, stopped_waiting);
      if (v.was_started()) wip_days += overlap(start, end);
      queue_end += v.received < until && stopped_waiting >= until;
    }
  }
};

class Figures : public ::testing::TestWithParam<Report> {};

// Every period, the quarters and the whole among them, from sums over visits: never an average of months.
TEST_P(Figures, OfEveryPeriodFollowFromTheVisits) {
  ChainBuilder chain(CalendarKind::netherlands, date(2024, 1, 1), date(2025, 3, 1), 100.0, GetParam());
  chain.organisation("A");
  Stream& stream = chain.stream("reports", "A.desk", 1.0);
  stream.month = {1.5, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1};
  chain.station("A.desk", 14, gamma(15.0, 0.5)).patience = Patience{exponential(60.0), "out"};
  const auto watched = watch(chain.scenario);
  const std::vector<LoggedVisit> visits = watched->at("A.desk");
  std::size_t quarters = 0;
  for (std::size_t p = 0; p < watched->layout.periods.size(); ++p) {
    const ReportedPeriod& period = watched->layout.periods[p];
    SCOPED_TRACE(period.label);
    quarters += period.label.find("-Q") != std::string::npos;
    const auto days = static_cast<double>((period.until - period.from).count());
    const Recount recount(visits, watched->moment(period.from), watched->moment(period.until));
    const auto figure = [&](const char* indicator) { return watched->figure("A", "desk", indicator, p); };
    EXPECT_EQ(figure("inflow"), recount.inflow);
    EXPECT_EQ(figure("started"), recount.started);
    EXPECT_EQ(figure("outflow"), recount.outflow);
    EXPECT_EQ(figure("left"), recount.left);
    EXPECT_EQ(figure("queue_end"), recount.queue_end);
    EXPECT_NEAR(figure("queue_mean"), recount.queue_days / days, 1e-6);
    EXPECT_NEAR(figure("wip_mean"), recount.wip_days / days, 1e-6);
    EXPECT_NEAR(figure("utilisation"), recount.wip_days / days / 14.0, 1e-6);
    if (recount.started > 0)
      EXPECT_NEAR(figure("wait_mean"), recount.wait / recount.started, 1e-6);
    else
      EXPECT_TRUE(std::isnan(figure("wait_mean")) && std::isnan(figure("wait_p90")));
    if (recount.outflow > recount.left)
      EXPECT_NEAR(figure("lead_mean"), recount.lead / (recount.outflow - recount.left), 1e-6);
    else
      EXPECT_TRUE(std::isnan(figure("lead_mean")));
  }
  EXPECT_EQ(quarters, GetParam() == Report::all ? 0u : 5u);
}

INSTANTIATE_TEST_SUITE_P(Reports, Figures,
                         ::testing::Values(Report::week, Report::month, Report::quarter, Report::year, Report::all));

TEST(Ratios, WithoutCasesAreUndefined) {
  ChainBuilder chain(CalendarKind::continuous, date(2024, 1, 1), date(2025, 1, 1), 0.0, Report::month);
  chain.organisation("A");
  chain.stream("reports", "A.desk", 3.0).month = {1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1};
  Step& desk = chain.station("A.desk", 10, deterministic(1.0));
  desk.norm.lead_time = Duration{2.0, false};
  desk.norm.wait = Duration{1.0, false};
  const auto watched = watch(chain.scenario);
  const std::size_t august = 7;
  for (const char* ratio :
       {"wait_mean", "wait_p50", "wait_p90", "lead_mean", "lead_p90", "norm_met", "norm_met_wait"}) {
    EXPECT_TRUE(std::isnan(watched->figure("A", "desk", ratio, august))) << ratio;
    EXPECT_FALSE(std::isnan(watched->figure("A", "desk", ratio, 0))) << ratio;
  }
  for (const char* count : {"inflow", "started", "outflow", "left", "queue_mean", "utilisation"})
    EXPECT_EQ(watched->figure("A", "desk", count, august), 0.0) << count;
}

// Norms of 10 days on lead time and 3 on wait at one slot of 5 days' service: a family of four waits 0, 5, 10, 15 and
// takes 5, 10, 15, 20: half of them within the norm on lead time, one in four within the norm on wait.
TEST(Norms, AreMetUpToAndIncludingTheTerm) {
  ChainBuilder chain(CalendarKind::continuous, date(2000, 1, 1), date(2300, 1, 1), 0.0);
  chain.organisation("A");
  chain.stream("families", "A.desk", 1.0 / 5000.0).children = {{4, 1.0}};
  Step& desk = chain.station("A.desk", 1, deterministic(5.0));
  desk.norm.lead_time = Duration{10.0, false};
  desk.norm.wait = Duration{3.0, false};
  const auto watched = watch(chain.scenario);
  ASSERT_GT(watched->figure("A", "desk", "outflow", 0), 10.0);
  EXPECT_EQ(watched->figure("A", "desk", "norm_met", 0), 0.5);
  EXPECT_EQ(watched->figure("A", "desk", "norm_met_wait", 0), 0.25);
}

}  // namespace
}  // namespace ketensim
