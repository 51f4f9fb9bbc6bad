#include "ketensim/allocate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "ketensim/compare.hpp"
#include "ketensim/simulate.hpp"
#include "tests/support/chains.hpp"

namespace ketensim {
namespace {

using namespace support;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Three stations in a row at A, B and C, of one slot each, at 0.9, 0.5 and 0.8.
Scenario row() {
  ChainBuilder builder(CalendarKind::continuous, date(2024, 1, 1), date(2025, 1, 1), 200.0);
  for (const char* id : {"A", "B", "C"}) builder.organisation(id);
  builder.stream("reports", "A.work", 2.0);
  builder.station("A.work", 1, exponential(0.45), {to("B.work")});
  builder.station("B.work", 1, exponential(0.25), {to("C.work")});
  builder.station("C.work", 1, exponential(0.40), {to("C.help")});
  builder.step("C.help", "", exponential(1.0)).help = true;
  builder.scenario.replications = 40;
  return builder.scenario;
}

AllocationOptions slots(int amount, const std::string& objective = "chain_lead") {
  AllocationOptions options;
  options.unit = CapacityUnit::slots;
  options.amount = amount;
  options.objective = objective;
  options.threads = 1;
  return options;
}

TEST(Allocation, GoesWhereItIsWorthMost) {
  const AllocationStudy study = allocate(row(), slots(2));
  EXPECT_THAT(study.pools, ElementsAre("A.work", "B.work", "C.work"));
  const BestAllocation& best = study.best.back();
  EXPECT_THAT(best.units, ElementsAre(1, 0, 1));
  EXPECT_TRUE(best.all_tried);
  EXPECT_EQ(best.tried, 6U);
  EXPECT_GT(best.probability, 0.95);
  EXPECT_LT(study.marginal[0].mean, study.marginal[2].mean);
  EXPECT_LT(study.marginal[2].mean, study.marginal[1].mean);
}

TEST(Allocation, SearchedForIsTheSameAsAmongAll) {
  AllocationOptions search = slots(3);
  search.enumerate_at_most = 0;
  const AllocationStudy found = allocate(row(), search), all = allocate(row(), slots(3));
  EXPECT_FALSE(found.best.back().all_tried);
  EXPECT_EQ(found.best.back().units, all.best.back().units);
}

TEST(Allocation, LeavesAWrongStartByMovingUnits) {
  // B comes to be the constraint only when A lets through more than B can take: what one unit is worth at each pool
  // alone misleads.
  ChainBuilder builder(CalendarKind::continuous, date(2024, 1, 1), date(2025, 1, 1), 0.0);
  for (const char* id : {"A", "B", "C"}) builder.organisation(id);
  builder.stream("reports", "A.work", 2.0);
  builder.station("A.work", 1, exponential(1.0), {to("B.work")});
  builder.station("B.work", 1, exponential(0.9), {to("C.work")});
  builder.station("C.work", 2, exponential(0.9));
  builder.scenario.replications = 20;
  AllocationOptions search = slots(4, "children"), brute = search;
  search.enumerate_at_most = 0;
  const AllocationStudy found = allocate(builder.scenario, search), all = allocate(builder.scenario, brute);
  EXPECT_EQ(found.best.back().units, all.best.back().units);
  EXPECT_GT(found.best.back().units[1], 0);
  EXPECT_GT(found.marginal[1].mean, found.marginal[0].mean);
}

TEST(Allocation, EffectIsThatOfAPlainComparison) {
  const Scenario scenario = row();
  const AllocationOptions options = slots(2);
  const AllocationStudy study = allocate(scenario, options);
  const BestAllocation& best = study.best.back();
  Scenario with = scenario;
  with.interventions = interventions_of(study.pools, best.units, scenario, options);
  const std::vector<Results> results = simulate({scenario, with});
  const std::size_t figure = results[0].find("chain", "all", "chain_mean");
  const Summary plain = effect(results[0], results[1], figure, results[0].find_period("all"));
  EXPECT_EQ(plain.mean, best.effect.mean);
  EXPECT_EQ(plain.se, best.effect.se);
  EXPECT_EQ(plain.defined, scenario.replications);
}

TEST(Allocation, DoesNotDependOnThreads) {
  AllocationOptions one = slots(3), three = slots(3);
  one.enumerate_at_most = three.enumerate_at_most = 0;
  three.threads = 3;
  const AllocationStudy a = allocate(row(), one), b = allocate(row(), three);
  EXPECT_EQ(a.best.back().units, b.best.back().units);
  EXPECT_EQ(a.best.back().effect.mean, b.best.back().effect.mean);
  EXPECT_EQ(a.best.back().probability, b.best.back().probability);
}

TEST(Allocation, KeepsToTheLimits) {
  AllocationOptions options = slots(3);
  options.limits = {{"A", 0}, {"C", 1}};
  const AllocationStudy study = allocate(row(), options);
  EXPECT_THAT(study.best.back().units, ElementsAre(0, 2, 1));
  EXPECT_EQ(study.marginal.size(), 3U);  // what one is worth is told of A too
  options.enumerate_at_most = 0;
  EXPECT_THAT(allocate(row(), options).best.back().units, ElementsAre(0, 2, 1));
}

TEST(Allocation, OfAGroupIsLimitedOverItsMembers) {
  Scenario scenario = mini_chain();
  scenario.period.end = date(2024, 4, 1);
  scenario.replications = 10;
  AllocationOptions options = slots(3, "waiting");
  options.limits = {{"VTT", 0}, {"RVDK", 0}, {"JBOV", 0}};
  EXPECT_THAT(allocation_problems(scenario, options), IsEmpty());
  const AllocationStudy study = allocate(scenario, options);
  int at_members = 0;
  for (std::size_t p = 0; p < study.pools.size(); ++p)
    at_members += study.pools[p].starts_with("GM") ? study.best.back().units[p] : 0;
  EXPECT_EQ(at_members, 3);
  options.limits.push_back({"GEM", 2});
  EXPECT_THAT(allocation_problems(scenario, options), ElementsAre("the limits leave room for 2 of the 3 slots"));
  options.limits = {{"GEM", 1}, {"GM0141", 3}, {"VTT", 1}, {"RVDK", 1}, {"JBOV", 0}};
  EXPECT_THAT(allocation_problems(scenario, options), IsEmpty());
}

TEST(Allocation, OfFteIsForPoolsThatAreCountedInFte) {
  EXPECT_THAT(allocation_pools(mini_chain(), CapacityUnit::fte), ElementsAre("VTT.research", "RVDK.research"));
  EXPECT_THAT(
      allocation_pools(mini_chain(), CapacityUnit::slots),
      ElementsAre("VTT.triage", "VTT.research", "RVDK.research", "JBOV.workers", "GM0141.access", "GM0153.access"));
  AllocationOptions options;
  EXPECT_THAT(allocation_problems(row(), options), ElementsAre(HasSubstr("allocate slots instead")));
}

TEST(Allocation, FrontierHoldsTheBestOfEachAmount) {
  AllocationOptions options = slots(3);
  options.frontier = true;
  const AllocationStudy study = allocate(row(), options);
  ASSERT_EQ(study.best.size(), 3U);
  for (int amount = 1; amount <= 3; ++amount) {
    const Allocation& units = study.best[static_cast<std::size_t>(amount - 1)].units;
    EXPECT_EQ(std::accumulate(units.begin(), units.end(), 0), amount);
  }
  EXPECT_THAT(study.best[0].units, ElementsAre(1, 0, 0));
  EXPECT_LT(study.best[1].value.mean, study.best[0].value.mean);
}

TEST(Allocation, OfTwinsIsATieThatIsToldAsOne) {
  // Two stations of one kind side by side: either may have the one slot.
  ChainBuilder builder(CalendarKind::continuous, date(2024, 1, 1), date(2025, 1, 1), 200.0);
  builder.organisation("A");
  builder.organisation("B");
  builder.stream("left", "A.work", 1.6);
  builder.stream("right", "B.work", 1.6);
  builder.station("A.work", 1, exponential(0.5));
  builder.station("B.work", 1, exponential(0.5));
  builder.scenario.replications = 40;
  AllocationOptions options = slots(1, "waiting");
  options.indifference = 1e-6;
  const BestAllocation best = allocate(builder.scenario, options).best.back();
  EXPECT_LT(best.probability, 0.95);
  EXPECT_LT(std::abs(best.behind.mean), 4.0 * best.behind.se);  // four standard errors
}

TEST(Allocation, TellsEverythingThatStandsInItsWay) {
  Scenario scenario = row();
  scenario.replications = 3;
  for (Step& step : scenario.chain.steps) step.help = false;
  AllocationOptions options = slots(0, "time_to_help");
  options.limits = {{"D", 1}, {"A", 1}, {"A", 2}, {"B", -1}};
  options.until = scenario.period.start;
  options.confidence = 1.0;
  options.indifference = 0.0;
  EXPECT_THAT(allocation_problems(scenario, options),
              ElementsAre(HasSubstr("from 1 to 100"), HasSubstr("between 50% and 100%"), HasSubstr("above 0"),
                          HasSubstr("at least 10"), HasSubstr("no step is marked `help`"),
                          HasSubstr("must end after its first day"), HasSubstr("unknown organisation `D`"),
                          HasSubstr("A is given two limits"), HasSubstr("limit of B")));
  options.objective = "time_to_hepl";
  EXPECT_THAT(allocation_problems(scenario, options), testing::Contains(HasSubstr("did you mean time_to_help?")));
  EXPECT_THROW(allocate(scenario, options), std::invalid_argument);
}

TEST(Allocation, OfWhatNobodyComesToIsAnError) {
  Scenario scenario = row();
  step_of(scenario, "C.work").next[0].to[0].after = deterministic(5000.0);
  try {
    allocate(scenario, slots(1, "time_to_help"));
    FAIL();
  } catch (const std::invalid_argument& problem) {
    EXPECT_THAT(problem.what(), HasSubstr("nobody comes so far within the period"));
  }
}

TEST(Objectives, AreTheFiguresThatTheyName) {
  Scenario scenario = mini_chain();
  scenario.replications = 2;
  scenario.period.end = date(2024, 4, 1);
  const Results results = simulate({scenario}).front();
  const std::size_t whole = results.find_period("all");
  const auto value = [&](const char* place, const char* step, const char* indicator) {
    return results.value(1, results.find(place, step, indicator), whole);
  };
  const auto objective = [&](const char* name) {
    return objective_values(*find_objective(name), scenario.chain, results)[1];
  };
  EXPECT_EQ(objective("time_to_help"), value("chain", "all", "to_help_mean"));
  EXPECT_EQ(objective("children"), value("chain", "all", "children_end"));
  double waiting = 0.0;
  for (const char* organisation : {"VTT", "RVDK", "JBOV", "GEM"}) waiting += value(organisation, "all", "queue_mean");
  EXPECT_NEAR(objective("waiting"), waiting, 1e-9 * waiting);
  double met = 0.0, normed = 0.0;
  for (const auto& [organisation, step] :
       {std::pair("VTT", "triage"), {"VTT", "research"}, {"RVDK", "research"}, {"JBOV", "plan"}}) {
    const double ended = value(organisation, step, "outflow") - value(organisation, step, "left");
    met += ended * value(organisation, step, "norm_met");
    normed += ended;
  }
  for (const auto& [organisation, step] : {std::pair("RVDK", "research"), {"JBOV", "intake"}}) {
    met += value(organisation, step, "started") * value(organisation, step, "norm_met_wait");
    normed += value(organisation, step, "started");
  }
  EXPECT_NEAR(objective("norm_met"), met / normed, 1e-12);
}

}  // namespace
}  // namespace ketensim
