// Each lever on a case small enough to work out by hand.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "engine/kernel/case_id.hpp"
#include "tests/support/lever_chain.hpp"

namespace ketensim {
namespace {

using namespace support;

TEST(ClearBacklog, OverTenDaysClearsATenthOfThoseWhoWaitedEachDay) {
  ChainBuilder chain = one_organisation();
  closed_station(chain, "A.first", 0, 5);
  add(chain, "clear_backlog", {{"step", std::string("A.first")}, {"on", kOpening}, {"over", Duration{10.0}}});
  const auto run = watch(chain.scenario);
  const auto visits = run->at("A.first");
  const std::size_t backlog = received_before(visits, 60.0);
  std::map<double, std::size_t> cleared;
  for (const LoggedVisit& v : visits)
    if (v.is_over()) ++cleared[v.ended];
  // Nothing is ever served, so all that ends was cleared: on day 60 + d, backlog x (d+1)/10 in all.
  ASSERT_EQ(cleared.size(), 10u);
  std::size_t total = 0, day = 0;
  for (const auto& [moment, count] : cleared) {
    EXPECT_EQ(moment, 60.0 + static_cast<double>(day));
    total += count;
    EXPECT_EQ(total, backlog * ++day / 10);
  }
  // First come, first cleared.
  for (std::size_t i = 1; i < visits.size(); ++i)
    if (visits[i].is_over()) {
      EXPECT_LE(visits[i - 1].ended, visits[i].ended);
    }
}

TEST(WipLimit, HoldsUpstreamWhatDoesNotFitAndReleasesOneForOne) {
  ChainBuilder chain = one_organisation();
  closed_station(chain, "A.first", 1000, 1, {to("A.second")});
  chain.station("A.second", 1, deterministic(10));
  add(chain, "wip_limit",
      {{"steps", std::vector<std::string>{"A.second"}}, {"limit", 3.0}, {"from", date(2024, 2, 1)}});
  const auto run = watch(chain.scenario);
  const auto first = run->at("A.first"), second = run->at("A.second");
  // All n of before the opening end on day 61 together; three go in (one in service), the others are held. From then on
  // one leaves every ten days and one comes in: on day 61, 71, 81, ... The second step starts k at 61 + 10 k.
  ASSERT_GE(second.size(), 10u);
  for (std::size_t k = 0; k < second.size(); ++k) {
    EXPECT_DOUBLE_EQ(second[k].received, k < 3 ? 61.0 : 61.0 + 10.0 * static_cast<double>(k - 2));
    if (second[k].was_started()) {
      EXPECT_DOUBLE_EQ(second[k].started, 61.0 + 10.0 * static_cast<double>(k));
    }
  }
  // Held at the end of March (day 91): who has ended at the first step less who was released. Day 91 itself is April's.
  const auto ended = std::count_if(first.begin(), first.end(), [](const auto& v) { return v.ended < 91.0; });
  const auto released = std::count_if(second.begin(), second.end(), [](const auto& v) { return v.received < 91.0; });
  const std::size_t march = 2;
  EXPECT_EQ(run->figure("A", "first", "held_end", march), static_cast<double>(ended - released));
  EXPECT_EQ(run->figure("A", "second", "queue_end", march) + run->figure("A", "second", "wip_end", march), 3.0);
}

// Who is held waits too: from the end of the step before until received at the next, at moments that visits tell.
TEST(WipLimit, CountsWhoIsHeldAmongThoseWhoWait) {
  ChainBuilder chain = one_organisation();
  chain.station("A.first", 1000, deterministic(2), {to("A.second")});
  chain.station("A.second", 1, deterministic(3));
  add(chain, "wip_limit", {{"steps", std::vector<std::string>{"A.second"}}, {"limit", 2.0}, {"from", kOpening}});
  const auto run = watch(chain.scenario);
  const std::size_t all = run->layout.periods.size() - 1;
  const double end = run->moment(kEnd);
  std::map<std::uint64_t, double> received;
  for (const LoggedVisit& v : run->at("A.second")) received[v.case_id] = v.received;
  double held = 0.0;
  for (const LoggedVisit& v : run->at("A.first")) {
    if (!v.is_over()) continue;
    const auto next = received.find(v.case_id);
    held += (next == received.end() ? end : next->second) - v.ended;
  }
  ASSERT_GT(held, 100.0);
  const double queue = run->figure("A", "first", "queue_mean", all) + run->figure("A", "second", "queue_mean", all);
  EXPECT_NEAR(run->figure("chain", "all", "waiting_mean", all), queue + held / end, 1e-9 * held);
}

TEST(WipLimit, BelowWhatIsInsideSendsNobodyAwayAndLetsNobodyIn) {
  ChainBuilder chain = one_organisation();
  chain.station("A.first", 1000, deterministic(1), {to("A.second")});
  chain.station("A.second", 1, deterministic(10));
  add(chain, "wip_limit", {{"steps", std::vector<std::string>{"A.second"}}, {"limit", 2.0}, {"from", kOpening}});
  const auto run = watch(chain.scenario);
  const auto second = run->at("A.second");
  std::size_t over = 0;
  for (const LoggedVisit& v : second) over += v.is_over() && v.ended <= 60.0;
  // One leaves each ten days of the 122 that are left; more than 13 were inside, so nobody else comes in.
  ASSERT_GT(received_before(second, 60.0) - over, 15u);
  EXPECT_EQ(second.size(), received_before(second, 60.0));
}

TEST(Together, BothAreReceivedAtOnceAndTheCaseGoesOnWhenTheLastHasEnded) {
  ChainBuilder chain = one_organisation();
  chain.station("A.first", 1000, deterministic(8), {to("A.elsewhere")});
  chain.station("A.second", 1000, deterministic(5), {to("A.after")});
  chain.step("A.elsewhere", "", deterministic(1), {to("A.second")});
  chain.step("A.after", "", deterministic(2));
  add(chain, "together",
      {{"steps", std::vector<std::string>{"A.first", "A.second"}}, {"share", 1.0}, {"from", kStart}});
  const auto run = watch(chain.scenario);
  const auto first = run->at("A.first"), second = run->at("A.second"), after = run->at("A.after");
  ASSERT_EQ(first.size(), second.size());
  EXPECT_TRUE(run->at("A.elsewhere").empty());  // the routes of the step named last hold
  for (std::size_t i = 0; i < after.size(); ++i) {
    EXPECT_EQ(first[i].received, second[i].received);
    EXPECT_EQ(first[i].case_id, after[i].case_id);
    EXPECT_DOUBLE_EQ(after[i].received, first[i].received + 8.0);
  }
  // Each branch occupies a slot of its own pool: 8 and 5 days of every case.
  const std::size_t all = run->layout.periods.size() - 1;
  EXPECT_NEAR(run->figure("A", "first", "wip_mean", all) / run->figure("A", "second", "wip_mean", all), 8.0 / 5.0,
              0.05);
  // A child in two branches is one child.
  EXPECT_EQ(run->figure("chain", "all", "inflow", all) - run->figure("chain", "all", "outflow", all),
            run->figure("chain", "all", "children_end", all));
}

TEST(Together, AShareOfTheCasesIsTheSameCasesWhateverElseChanges) {
  ChainBuilder chain = one_organisation();
  chain.station("A.first", 1000, deterministic(8), {to("A.second")});
  chain.station("A.second", 1000, deterministic(5));
  add(chain, "together",
      {{"steps", std::vector<std::string>{"A.first", "A.second"}}, {"share", 0.4}, {"from", kStart}});
  const auto cases_together = [](const Watched& run) {
    std::set<std::uint64_t> ids;
    const auto first = run.at("A.first"), second = run.at("A.second");
    for (const auto& a : first)
      for (const auto& b : second)
        if (a.case_id == b.case_id && a.received == b.received) ids.insert(a.case_id);
    return ids;
  };
  const auto before = cases_together(*watch(chain.scenario));
  add(chain, "duration", {{"step", std::string("A.second")}, {"from", kOpening}, {"change", factor(2.0)}});
  EXPECT_EQ(before, cases_together(*watch(chain.scenario)));
  EXPECT_GT(before.size(), 40u);  // of about 182
  EXPECT_LT(before.size(), 110u);
}

TEST(Lend, StaffMovesAboveTheThresholdAndComesBackBelowTheOther) {
  ChainBuilder chain = one_organisation(0.05);
  closed_station(chain, "A.first", 1, 2);
  chain.pool("A.lender", 5);
  chain.step("A.idle", "A.lender", deterministic(1));
  chain.stream("others", "A.idle", 0.01);
  chain.scenario.chain.streams[0].per_day = 0.5;
  Settings when, back;
  when.values = {{"queue", std::string("A.first")}, {"above", 8.0}};
  back.values = {{"below", 3.0}};
  add(chain, "lend",
      {{"pool", std::string("A.lender")},
       {"to", std::string("A.first")},
       {"slots", 2.0},
       {"from", kOpening},
       {"when", when},
       {"back", back},
       {"delay", Duration{4.0}}});
  const auto run = watch(chain.scenario);
  const auto visits = run->at("A.first");
  ASSERT_GT(received_before(visits, 60.0), 15u);
  // Day 60: one slot opens, more than 8 wait, two slots leave the lender at once and are at work on day 64: by then 2
  // have ended (days 60-62 and 62-64). From day 64 three are served at a time, until fewer than 3 wait.
  const auto in_service = [&](double moment) {
    return std::count_if(visits.begin(), visits.end(), [&](const LoggedVisit& v) {
      return v.was_started() && v.started <= moment && (!v.is_over() || v.ended > moment);
    });
  };
  EXPECT_EQ(in_service(61.0), 1);
  EXPECT_EQ(in_service(63.9), 1);
  EXPECT_EQ(in_service(64.0), 3);
  double below = 0.0;  // the first moment at which fewer than 3 wait
  for (const LoggedVisit& v : visits) {
    const auto waiting = std::count_if(visits.begin(), visits.end(), [&](const LoggedVisit& w) {
      return w.received <= v.started && (!w.was_started() || w.started > v.started);
    });
    if (v.started > 64.0 && waiting < 3 && below == 0.0) below = v.started;
  }
  ASSERT_GT(below, 64.0);
  for (const LoggedVisit& v : visits)  // who runs goes on, but from then on one at a time starts
    if (v.was_started() && v.started > below && v.started < below + 30.0) {
      EXPECT_LE(in_service(v.started), 3);
    }
  EXPECT_LE(in_service(below + 2.5), 1);
}

TEST(Arrivals, ADecreaseTakesCasesAwayAndChangesNoOther) {
  ChainBuilder chain = one_organisation(4.0);
  chain.station("A.first", 1000, exponential(3));
  const auto base = watch(chain.scenario)->at("A.first");
  ChainBuilder fewer = chain, more = chain;
  add(fewer, "arrivals", {{"stream", std::string("reports")}, {"from", kOpening}, {"change", factor(0.7)}});
  add(more, "arrivals", {{"stream", std::string("reports")}, {"from", kOpening}, {"change", factor(1.3)}});
  const auto by_id = [](const std::vector<LoggedVisit>& visits) {
    std::map<std::uint64_t, std::pair<double, double>> result;
    for (const LoggedVisit& v : visits) result[v.case_id] = {v.received, v.is_over() ? v.ended : -1.0};
    return result;
  };
  const auto all = by_id(base), kept = by_id(watch(fewer.scenario)->at("A.first"));
  const auto grown = by_id(watch(more.scenario)->at("A.first"));
  for (const auto& [id, times] : kept) EXPECT_EQ(all.at(id), times);
  for (const auto& [id, times] : all) {
    EXPECT_EQ(grown.at(id), times);
    if (times.first < 60.0) {
      EXPECT_EQ(kept.count(id), 1u);
    }
  }
  // About 488 cases after the opening: 30% fewer and 30% more, within four standard deviations (4 x sqrt(0.3 x 488) =
  // 49).
  const double after = static_cast<double>(all.size() - received_before(base, 60.0));
  EXPECT_NEAR(static_cast<double>(all.size() - kept.size()), 0.3 * after, 4.0 * std::sqrt(0.3 * 0.7 * after));
  EXPECT_NEAR(static_cast<double>(grown.size() - all.size()), 0.3 * after, 4.0 * std::sqrt(0.3 * after));
}

TEST(DurationLever, HoldsForServicesThatStartThenUntilTheDayGiven) {
  ChainBuilder chain = one_organisation();
  chain.station("A.first", 1000, deterministic(10));
  add(chain, "duration",
      {{"step", std::string("A.first")}, {"from", kOpening}, {"until", date(2024, 4, 1)}, {"change", factor(0.5)}});
  for (const LoggedVisit& v : watch(chain.scenario)->at("A.first"))
    if (v.is_over()) {
      EXPECT_NEAR(v.ended - v.started, v.started >= 60.0 && v.started < 91.0 ? 5.0 : 10.0, 1e-9);
    }
}

TEST(RoutingLever, ReplacesTheUnconditionalBranchOnly) {
  ChainBuilder chain = one_organisation(3.0);
  chain.scenario.chain.streams[0].attributes = {attribute("urgency", {{"crisis", 0.3}, {"regular", 0.7}})};
  Step& first = chain.station("A.first", 1000, deterministic(1), {to("A.left")});
  first.next.insert(first.next.begin(), Branch{{{"urgency", {"crisis"}}}, {to("A.crisis")}});
  for (const char* name : {"A.left", "A.right", "A.crisis"}) chain.step(name, "", deterministic(1));
  add(chain, "routing",
      {{"step", std::string("A.first")}, {"from", kOpening}, {"to", std::vector<Target>{to("A.right")}}});
  const auto run = watch(chain.scenario);
  for (const LoggedVisit& v : run->at("A.first")) {
    if (!v.is_over()) continue;
    const char* expected = run->value(v, "urgency") == "crisis" ? "A.crisis" : v.ended >= 60.0 ? "A.right" : "A.left";
    EXPECT_EQ(v.next, static_cast<std::int32_t>(run->step(expected)));
  }
}

TEST(OrderLever, PutsWhoAlreadyWaitsInTheNewOrder) {
  ChainBuilder chain = one_organisation(2.0);
  chain.scenario.chain.streams[0].attributes = {attribute("urgency", {{"crisis", 0.3}, {"regular", 0.7}})};
  closed_station(chain, "A.first", 1, 0.25);
  add(chain, "order",
      {{"step", std::string("A.first")},
       {"from", date(2024, 2, 1)},
       {"order", std::vector<std::string>{"urgency", "received"}}});
  const auto run = watch(chain.scenario);
  // Served from day 60, four a day: of those who waited then, every crisis before any regular case.
  double last_crisis = 0.0, first_regular = 1e9;
  for (const LoggedVisit& v : run->at("A.first")) {
    if (v.received >= 60.0 || !v.was_started()) continue;
    if (run->value(v, "urgency") == "crisis")
      last_crisis = std::max(last_crisis, v.started);
    else
      first_regular = std::min(first_regular, v.started);
  }
  EXPECT_LT(last_crisis, first_regular);
}

TEST(PatienceLever, StretchesThePatienceOfWhoIsReceivedThen) {
  ChainBuilder chain = one_organisation();
  closed_station(chain, "A.first", 0, 1).patience = Patience{deterministic(10), "out"};
  add(chain, "patience", {{"step", std::string("A.first")}, {"from", kOpening}, {"change", factor(1.5)}});
  for (const LoggedVisit& v : watch(chain.scenario)->at("A.first"))
    if (v.is_over()) {
      EXPECT_NEAR(v.ended - v.received, v.received < 60.0 ? 10.0 : 15.0, 1e-9);
    }
}

TEST(NormLever, CountsByTheNormOfTheDay) {
  ChainBuilder chain = one_organisation(5.0);
  chain.station("A.first", 1000, deterministic(10)).norm.service = Duration{12.0};
  add(chain, "norm", {{"step", std::string("A.first")}, {"from", kOpening}, {"service", Duration{9.0}}});
  const auto run = watch(chain.scenario);
  // Services take 10 days: within 12 until the opening (January and February), never within 9 afterwards.
  EXPECT_EQ(run->figure("A", "first", "norm_met", 0), 1.0);
  EXPECT_EQ(run->figure("A", "first", "norm_met", 1), 1.0);
  EXPECT_EQ(run->figure("A", "first", "norm_met", 2), 0.0);
}

TEST(NormLever, MovesWhoFallsDueFirst) {
  ChainBuilder chain = one_organisation();
  chain.stream("others", "A.second", 1.0);
  chain.pool("A.desk", 0).slots = closed_until_opening(1);
  for (const auto& [id, days] : {std::pair{"A.first", 90.0}, {"A.second", 10.0}}) {
    Step& step = chain.step(id, "A.desk", deterministic(0.01));
    step.order = {"due"};
    step.norm.wait = Duration{days};
  }
  add(chain, "norm", {{"step", std::string("A.first")}, {"from", kOpening}, {"wait", Duration{0.5}}});
  const auto run = watch(chain.scenario);
  // Under its own norm nobody at the first step falls due before day 90, and everybody at the second goes first. Under
  // the lever's, who came to the first step at r falls due at r + 0.5, before who came to the second after r - 9.5.
  std::vector<LoggedVisit> all = run->at("A.first");
  for (const LoggedVisit& v : run->at("A.second")) all.push_back(v);
  std::erase_if(all, [](const LoggedVisit& v) { return v.received >= 60.0; });
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.started < b.started; });
  const std::size_t second = run->step("A.second");
  const auto due = [&](const LoggedVisit& v) { return v.received + (v.step == second ? 10.0 : 0.5); };
  for (std::size_t i = 1; i < all.size(); ++i) EXPECT_LE(due(all[i - 1]), due(all[i]));
}

TEST(ReturnsLever, LetsFewerOfTheSameChildrenComeBack) {
  ChainBuilder chain = one_organisation(5.0);
  chain.station("A.first", 1000, deterministic(1));
  chain.scenario.chain.returns = Returns{0.5, deterministic(20), "A.first"};
  ChainBuilder fewer = chain;
  add(fewer, "returns", {{"from", kOpening}, {"change", factor(0.4)}});
  const auto returned = [](const Watched& run) {
    std::map<std::uint64_t, double> result;
    for (const LoggedVisit& v : run.at("A.first"))
      if (CaseId::episode(v.case_id) > 0) result[v.case_id] = v.received;
    return result;
  };
  const auto all = returned(*watch(chain.scenario)), kept = returned(*watch(fewer.scenario));
  for (const auto& [id, moment] : kept) EXPECT_EQ(all.at(id), moment);
  std::size_t before = 0, kept_before = 0;
  for (const auto& [id, moment] : all) before += moment < 80.0;
  for (const auto& [id, moment] : kept) kept_before += moment < 80.0;
  EXPECT_EQ(before, kept_before);  // who left before the opening comes back within 20 days
  EXPECT_LT(static_cast<double>(kept.size() - kept_before), 0.5 * static_cast<double>(all.size() - before));
}

TEST(Levers, ThatContradictThemselvesAreErrors) {
  ChainBuilder chain = one_organisation();
  chain.station("A.first", 2, deterministic(1));
  const auto errors = [&](const char* kind, Given given) {
    ChainBuilder with = chain;
    add(with, kind, std::move(given));
    const auto problems = validate(with.scenario);
    return std::count_if(problems.begin(), problems.end(),
                         [](const Problem& p) { return p.severity == Problem::Severity::error; });
  };
  Settings when, back;
  when.values = {{"queue", std::string("A.first")}, {"above", 3.0}};
  back.values = {{"below", 9.0}};
  EXPECT_EQ(errors("lend", {{"pool", std::string("A.first")},
                            {"to", std::string("A.first")},
                            {"slots", 1.0},
                            {"from", kOpening},
                            {"when", when},
                            {"back", back}}),
            2);  // to itself, and back above the threshold
  EXPECT_EQ(errors("wip_limit", {{"steps", std::vector<std::string>{"A.first"}}, {"limit", 0.0}, {"from", kOpening}}),
            1);
  EXPECT_EQ(errors("together", {{"steps", std::vector<std::string>{"A.first"}}, {"share", 0.5}, {"from", kOpening}}),
            1);
  EXPECT_EQ(errors("clear_backlog", {{"step", std::string("A.first")}, {"on", date(2030, 1, 1)}}), 1);
  EXPECT_EQ(errors("duration",
                   {{"step", std::string("A.first")}, {"from", kOpening}, {"until", kStart}, {"change", factor(0.5)}}),
            1);
}

}  // namespace
}  // namespace ketensim
