#include "ketensim/sequence.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace ketensim {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

Intervention worth(double amount) { return {"capacity", {{{"amount", amount}}}}; }

std::set<double> amounts(const Scenario& scenario) {
  std::set<double> all;
  for (const Intervention& intervention : scenario.interventions)
    all.insert(std::get<double>(intervention.settings.values.at("amount")));
  return all;
}

/// A chain of 100 days that each intervention shortens by its amount; 5 and 3 together by 4 less. Replications differ
/// in their level, and by nothing else.
std::vector<Results> run(const std::vector<Scenario>& scenarios) {
  const auto kinds = indicator_kinds();
  const auto row = std::find_if(kinds.begin(), kinds.end(), [](const auto& kind) { return kind.name == "chain_mean"; });
  std::vector<Results> all;
  for (const Scenario& scenario : scenarios) {
    Results& results = all.emplace_back();
    results.scenario = scenario.id;
    results.replications = 3;
    results.figures = {{"chain", "all", static_cast<std::size_t>(row - kinds.begin())}};
    results.periods = {{"all", Date{}, Date{} + std::chrono::days{1}}};
    results.base_periods = 1;
    const std::set<double> has = amounts(scenario);
    double days = 100.0;
    for (const double amount : has) days -= amount;
    if (has.count(5.0) && has.count(3.0)) days += 4.0;
    results.values = {days, days + 10.0, days + 20.0};
  }
  return all;
}

Scenario scenario(const std::string& id, std::vector<Intervention> interventions) {
  Scenario scenario;
  scenario.id = scenario.name = id;
  scenario.interventions = std::move(interventions);
  return scenario;
}

SequenceStudy of(const std::vector<Intervention>& own) {
  const Scenario baseline = scenario("base", {worth(50.0)});
  Scenario plan = baseline;
  plan.id = "plan";
  plan.interventions.insert(plan.interventions.end(), own.begin(), own.end());
  const std::vector<Results> results = run({baseline, plan});
  return sequence(results[0], plan, results[1], 1, *find_objective("chain_lead"), run);
}

TEST(Sequence, TellsWhatEachAddsAndTheInteraction) {
  const Sequence found = of({worth(3.0), worth(1.0), worth(5.0)}).sequence;
  ASSERT_EQ(found.rows.size(), 3U);
  EXPECT_EQ(found.rows[0].alone.mean, -3.0);
  EXPECT_EQ(found.rows[1].upto.mean, -4.0);
  EXPECT_EQ(found.rows[2].alone.mean, -5.0);
  EXPECT_EQ(found.rows[2].added.mean, -1.0);
  EXPECT_EQ(found.rows[2].interaction.mean, 4.0);
  EXPECT_EQ(found.rows[2].interaction.se, 0.0);
  EXPECT_EQ(found.together.mean, -5.0);
  EXPECT_EQ(found.sum_of_alone.mean, -9.0);
  EXPECT_EQ(found.interaction.mean, 4.0);
}

TEST(Sequence, DoesFirstWhatAddsMostToThoseChosen) {
  const Sequence found = of({worth(3.0), worth(1.0), worth(5.0), worth(0.5)}).sequence;
  ASSERT_EQ(found.first.size(), 3U);
  EXPECT_EQ(found.first[0].intervention, 2U);
  EXPECT_EQ(found.first[0].runner_up, 0U);
  EXPECT_EQ(found.first[0].behind.mean, 2.0);
  EXPECT_EQ(found.first[1].intervention, 1U);  // 3 is the next best alone, and adds nothing to 5
  EXPECT_EQ(found.first[2].intervention, 3U);
  EXPECT_EQ(found.first[2].upto.mean, -6.5);
  EXPECT_EQ(found.first[1].probability, 1.0);
}

TEST(Sequence, SimulatesEachSetOnceAndNamesIt) {
  const SequenceStudy study = of({worth(3.0), worth(1.0), worth(5.0)});
  std::vector<std::string> ids;
  for (const Scenario& one : study.scenarios) {
    ids.push_back(one.id);
    EXPECT_EQ(amounts(one).count(50.0), 1U);  // the baseline's own is in all
  }
  EXPECT_THAT(ids, UnorderedElementsAre("plan-1-capacity", "plan-2-capacity", "plan-3-capacity", "plan-1+2", "plan-1+3",
                                        "plan-2+3"));
  EXPECT_EQ(study.sequence.first.back().upto_id, "plan");
}

}  // namespace
}  // namespace ketensim
