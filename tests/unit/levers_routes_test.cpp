// Levers on where cases go and what they cost, each on a case small enough to work out by hand.
#include <gtest/gtest.h>

#include <cmath>

#include "ketensim/simulate.hpp"
#include "tests/support/lever_chain.hpp"

namespace ketensim {
namespace {

using namespace support;

std::vector<Target> equal(std::vector<std::string> steps) {
  std::vector<Target> targets;
  for (const std::string& step : steps) targets.push_back({step, 1.0 / static_cast<double>(steps.size()), {}});
  return targets;
}

/// From A.first, which takes no slot, to three desks that never finish.
ChainBuilder three_desks(double slots) {
  ChainBuilder chain = one_organisation(1.0);
  chain.step("A.first", "", deterministic(0.25), {to("A.x", 0.5), to("A.y", 0.25), to("A.z", 0.25)});
  for (const char* desk : {"A.x", "A.y", "A.z"}) chain.station(desk, static_cast<int>(slots), deterministic(1e4));
  return chain;
}

Given choice(const char* by) {
  return {{"step", std::string("A.first")}, {"among", equal({"A.x", "A.y", "A.z"})}, {"by", std::string(by)}};
}

TEST(Choose, TheShortestQueueKeepsQueuesWithinOneOfEachOther) {
  ChainBuilder chain = three_desks(0);
  add(chain, "choose", choice("shortest_queue"));
  const auto run = watch(chain.scenario);
  // Nobody is ever served: each goes where fewest wait, so that of n cases every desk has floor(n/3) or one more.
  std::vector<LoggedVisit> all;
  for (const char* desk : {"A.x", "A.y", "A.z"})
    for (const LoggedVisit& v : run->at(desk)) all.push_back(v);
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.received < b.received; });
  std::map<std::size_t, int> queue;
  for (std::size_t n = 0; n < all.size(); ++n) {
    const int before = queue[all[n].step]++;
    EXPECT_EQ(before, static_cast<int>(n / 3));
  }
  ASSERT_GT(all.size(), 100u);
}

TEST(Choose, MostFreeLooksAtSlotsAndAtWhoWaitsForThem) {
  ChainBuilder chain = three_desks(0);
  chain.scenario.chain.pools[0].slots = always(30);  // A.x
  chain.scenario.chain.pools[1].slots = always(20);
  add(chain, "choose", choice("most_free"));
  const auto run = watch(chain.scenario);
  // 30, 20 and 0 slots that stay taken: the first ten go to x, the next 40 to x and y by turns, then all three by
  // turns.
  const auto x = run->at("A.x"), y = run->at("A.y"), z = run->at("A.z");
  EXPECT_LT(x[9].received, y[0].received);
  EXPECT_LT(y[19].received, z[0].received);
  EXPECT_LT(x[29].received, z[0].received);
  EXPECT_NEAR(static_cast<double>(x.size()) - static_cast<double>(z.size()), 30.0, 1.0);
  EXPECT_NEAR(static_cast<double>(y.size()) - static_cast<double>(z.size()), 20.0, 1.0);
}

TEST(Choose, ByShareIsARoutingByTheseShares) {
  ChainBuilder chosen = three_desks(5), routed = three_desks(5);
  Given by = choice("share");
  by["from"] = kOpening;
  add(chosen, "choose", by);
  add(routed, "routing", {{"step", std::string("A.first")}, {"from", kOpening}, {"to", equal({"A.x", "A.y", "A.z"})}});
  EXPECT_TRUE(same_figures(*watch(chosen.scenario), *watch(routed.scenario)));
}

TEST(Choose, BetweenEqualsKeepsTheCasesOwnDraw) {
  // Desks at which nobody ever waits or takes a slot are always equal: the case goes where its draw sends it.
  ChainBuilder chain = one_organisation(1.0);
  chain.step("A.first", "", deterministic(0.25), equal({"A.x", "A.y"}));
  chain.step("A.x", "", deterministic(1));
  chain.step("A.y", "", deterministic(1));
  ChainBuilder with = chain;
  add(with, "choose",
      {{"step", std::string("A.first")}, {"among", equal({"A.x", "A.y"})}, {"by", std::string("shortest_queue")}});
  EXPECT_TRUE(same_figures(*watch(chain.scenario), *watch(with.scenario)));
}

TEST(Choose, InABranchHoldsWithoutALever) {
  ChainBuilder by_lever = three_desks(0), by_branch = three_desks(0);
  add(by_lever, "choose", choice("shortest_queue"));
  by_branch.scenario.chain.steps[0].next = {{{}, equal({"A.x", "A.y", "A.z"}), ChoiceRule::shortest_queue}};
  EXPECT_TRUE(same_figures(*watch(by_lever.scenario), *watch(by_branch.scenario)));
}

TEST(Overflow, SendsElsewhereWhoWouldMakeTheQueueTooLong) {
  ChainBuilder chain = one_organisation(1.0);
  chain.station("A.first", 1, deterministic(1e4));
  chain.step("A.second", "", deterministic(1));
  chain.scenario.chain.steps[0].next = {{{}, {to("A.second")}}};
  add(chain, "overflow",
      {{"step", std::string("A.first")}, {"above", 4.0}, {"to", std::string("A.second")}, {"from", kOpening}});
  const auto run = watch(chain.scenario);
  // One in service for ever; who comes before day 60 queues; from then on nobody is received while more than 4 wait.
  const auto first = run->at("A.first"), second = run->at("A.second");
  ASSERT_GT(first.size(), 6u);
  EXPECT_EQ(received_before(first, 60.0), first.size());
  EXPECT_GE(second.front().received, 60.0);
  ASSERT_GT(second.size(), 90u);
}

TEST(Overflow, StopsAtTheThresholdItself) {
  ChainBuilder chain = one_organisation(1.0);
  chain.station("A.first", 1, deterministic(1e4));
  chain.step("A.second", "", deterministic(1));
  chain.scenario.chain.steps[0].next = {{{}, {to("A.second")}}};
  add(chain, "overflow", {{"step", std::string("A.first")}, {"above", 4.0}, {"to", std::string("A.second")}});
  // One in service and five that wait: the sixth to come finds five, more than four, and goes elsewhere.
  EXPECT_EQ(watch(chain.scenario)->at("A.first").size(), 6u);
}

TEST(Set, DrawsAnAttributeBeforeTheRoutesAreLookedAt) {
  ChainBuilder chain = one_organisation(5.0);
  Step& first = chain.step("A.first", "", deterministic(1));
  first.set = {{{}, "measure", {{"supervision", 0.3}, {"none", 0.7}}}};
  first.next = {{{{"measure", {"supervision"}}}, {to("A.guidance")}}, {{}, {to("out")}}};
  chain.step("A.guidance", "", deterministic(1));
  const auto run = watch(chain.scenario);
  std::size_t sent = 0;
  for (const LoggedVisit& v : run->at("A.guidance")) {
    EXPECT_EQ(run->value(v, "measure"), "supervision");
    ++sent;
  }
  const double n = static_cast<double>(run->at("A.first").size());
  EXPECT_NEAR(static_cast<double>(sent) / n, 0.3, 4.0 * std::sqrt(0.3 * 0.7 / n));
}

TEST(Set, ChangesWhatLaterConditionsAndOrdersSee) {
  ChainBuilder chain = one_organisation(1.0);
  chain.scenario.chain.streams[0].attributes = {attribute("urgency", {{"crisis", 0.0}, {"regular", 1.0}}),
                                                attribute("home", {{"safe", 0.5}, {"unsafe", 0.5}})};
  chain.step("A.first", "", deterministic(1), {to("A.second")}).set = {
      {{{"home", {"unsafe"}}}, "urgency", {{"crisis", 1.0}}}};
  closed_station(chain, "A.second", 1, 0.01).order = {"urgency"};
  const auto run = watch(chain.scenario);
  double last_crisis = 0.0, first_regular = 1e9;
  for (const LoggedVisit& v : run->at("A.second")) {
    EXPECT_EQ(run->value(v, "urgency") == "crisis", run->value(v, "home") == "unsafe");
    if (v.received > 60.0) continue;
    if (run->value(v, "urgency") == "crisis") last_crisis = std::max(last_crisis, v.started);
    if (run->value(v, "urgency") == "regular") first_regular = std::min(first_regular, v.started);
  }
  EXPECT_LT(last_crisis, first_regular);
}

double figure(const ChainBuilder& chain, const char* indicator, const char* period) {
  const Results results = simulate({chain.scenario}).front();
  return results.values[results.find("chain", "all", indicator) * results.periods.size() + results.find_period(period)];
}

TEST(Cost, OfHiringIsPaidPerFteAndYearFromTheFirstDay) {
  ChainBuilder chain = one_organisation(1.0);
  Pool& pool = chain.pool("A.first", 0);
  pool.slots.reset();
  pool.fte = always(4);
  pool.cases_per_fte = always(5);
  chain.step("A.first", "A.first", deterministic(1));
  EXPECT_EQ(figure(chain, "cost", "all"), 0.0);
  Settings cost;
  cost.values = {{"per_fte_year", 73050.0}, {"once", 1000.0}};
  add(chain, "capacity",
      {{"pool", std::string("A.first")},
       {"from", date(2024, 2, 1)},
       {"until", date(2024, 4, 1)},
       {"change", factor(1.5)},
       {"ramp", Duration{20.0}},
       {"cost", cost}});
  // +50% of 4 fte is 2 fte; 73050 a year is 200 a day: 400 a day for 29 + 31 days, learning or not, and 1000 once.
  EXPECT_NEAR(figure(chain, "cost", "2024-02-01"), 29 * 400.0 + 1000.0, 1e-6);
  EXPECT_NEAR(figure(chain, "cost", "2024-03-01"), 31 * 400.0, 1e-6);
  EXPECT_NEAR(figure(chain, "cost", "2024-Q1"), 60 * 400.0 + 1000.0, 1e-6);
  EXPECT_NEAR(figure(chain, "cost", "all"), 60 * 400.0 + 1000.0, 1e-6);
}

TEST(Cost, OfSeveralLeversAddsUp) {
  ChainBuilder chain = one_organisation(1.0);
  chain.station("A.first", 3, deterministic(1));
  Settings yearly, once;
  yearly.values = {{"per_year", 365.25}};
  once.values = {{"once", 500.0}};
  add(chain, "duration",
      {{"step", std::string("A.first")}, {"from", kOpening}, {"change", factor(0.9)}, {"cost", yearly}});
  add(chain, "clear_backlog", {{"step", std::string("A.first")}, {"on", date(2024, 4, 5)}, {"cost", once}});
  EXPECT_NEAR(figure(chain, "cost", "2024-02-01"), 0.0, 1e-9);
  EXPECT_NEAR(figure(chain, "cost", "2024-04-01"), 30.0 + 500.0, 1e-9);
  EXPECT_NEAR(figure(chain, "cost", "all"), 31 + 30 + 31 + 30 + 500.0, 1e-9);
}

TEST(Ranges, StandForOneScenarioEach) {
  ChainBuilder chain = one_organisation(1.0);
  chain.station("A.first", 3, deterministic(1));
  const std::vector<Change> inflow{factor(0.95), factor(1.0), factor(1.1)};
  add(chain, "arrivals", {{"stream", std::string("reports")}, {"from", kOpening}, {"change", inflow}});
  const std::vector<Scenario> three = variants(chain.scenario);
  ASSERT_EQ(three.size(), 3u);
  EXPECT_EQ(three[0].id, "chain[-5%]");
  EXPECT_EQ(three[1].id, "chain[0%]");
  EXPECT_EQ(three[2].id, "chain[+10%]");
  EXPECT_EQ(three[2].interventions[0].settings.get<Change>("change"), factor(1.1));
  EXPECT_THROW(simulate({chain.scenario}), std::invalid_argument);
  // Two ranges give every combination.
  add(chain, "duration",
      {{"step", std::string("A.first")},
       {"from", kOpening},
       {"change", std::vector<Change>{factor(0.9), factor(1.2)}}});
  const std::vector<Scenario> six = variants(chain.scenario);
  ASSERT_EQ(six.size(), 6u);
  EXPECT_EQ(six[1].id, "chain[-5%][+20%]");
}

TEST(Levers, ThatStrandOrOrphanStepsAreTold) {
  ChainBuilder chain = one_organisation(1.0);
  chain.step("A.first", "", deterministic(1), {to("A.second")});
  chain.step("A.second", "", deterministic(1));
  const auto problems_with = [&](std::vector<Target> targets, const char* step) {
    ChainBuilder with = chain;
    add(with, "routing", {{"step", std::string(step)}, {"from", kOpening}, {"to", std::move(targets)}});
    std::vector<std::string> found;
    for (const Problem& p : validate(with.scenario))
      found.push_back((p.severity == Problem::Severity::error ? "error: " : "warning: ") + p.message);
    return found;
  };
  EXPECT_EQ(problems_with({to("out")}, "A.first"),
            std::vector<std::string>{"warning: nobody comes to A.second any more: no route leads there"});
  EXPECT_EQ(problems_with({to("A.first")}, "A.second"),
            (std::vector<std::string>{
                "error: cases can never leave the chain from A.first any more: no way leads to `out`",
                "error: cases can never leave the chain from A.second any more: no way leads to `out`"}));
}

TEST(Levers, WithSettingsThatMakeNoSenseAreErrors) {
  ChainBuilder chain = one_organisation(1.0);
  chain.station("A.first", 3, deterministic(1), {to("A.second")});
  chain.pool("A.helpers", 2);
  chain.step("A.second", "A.first", deterministic(1)).more_pools = {"A.helpers"};
  const std::string first = "A.first";
  const auto errors = [&](const char* kind, Given given) {
    ChainBuilder with = chain;
    add(with, kind, std::move(given));
    const auto problems = validate(with.scenario);
    return std::count_if(problems.begin(), problems.end(),
                         [](const Problem& p) { return p.severity == Problem::Severity::error; });
  };
  EXPECT_EQ(errors("reserve", {{"pool", first}, {"slots", 1.0}}), 1);  // for whom?
  EXPECT_EQ(errors("reserve", {{"pool", std::string("A.helpers")}, {"slots", 1.0}, {"waited", Duration{3.0}}}), 1);
  EXPECT_EQ(errors("overflow", {{"step", first}, {"above", 3.0}, {"to", first}}), 1);
  EXPECT_EQ(errors("release", {{"step", first}, {"weekly", std::string("dinsdag")}}), 1);
  EXPECT_EQ(errors("release", {{"step", first}, {"weekly", std::string("tuesday")}, {"at_most", 0.0}}), 1);
  EXPECT_EQ(errors("sick_leave", {{"pool", first}, {"share", 1.0}}), 1);
  EXPECT_EQ(errors("turnover", {{"pool", first}, {"rate", 0.0}, {"vacancy", Duration{30.0}}}), 1);
  EXPECT_EQ(
      errors("capacity", {{"pool", first}, {"from", kOpening}, {"change", factor(0.9)}, {"ramp", Duration{30.0}}}), 1);
  Settings per_fte;
  per_fte.values = {{"per_fte_year", 80000.0}};
  EXPECT_EQ(errors("duration", {{"step", first}, {"from", kOpening}, {"change", factor(0.9)}, {"cost", per_fte}}), 1);
  EXPECT_EQ(
      errors("choose", {{"step", first}, {"among", std::vector<Target>{to("out")}}, {"by", std::string("most_free")}}),
      1);
}

}  // namespace
}  // namespace ketensim
