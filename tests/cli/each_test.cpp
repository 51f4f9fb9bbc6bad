#include "tools/cli/each.hpp"

#include <gtest/gtest.h>

namespace ketensim::cli {
namespace {

Intervention intervention(const std::string& kind, double amount) { return {kind, {{{"amount", amount}}}}; }

Scenario scenario(const std::string& id, std::vector<Intervention> interventions) {
  Scenario scenario;
  scenario.id = id;
  scenario.interventions = std::move(interventions);
  return scenario;
}

TEST(EachAlone, HasOneInterventionAndThoseOfTheBaseline) {
  const Scenario baseline = scenario("base", {intervention("capacity", 1)});
  const Scenario alternative =
      scenario("plan", {intervention("capacity", 1), intervention("capacity", 2), intervention("arrivals", 3)});
  const std::vector<Scenario> alone = each_alone(baseline, alternative);
  ASSERT_EQ(alone.size(), 2U);
  EXPECT_EQ(alone[0].id, "plan-1-capacity");
  EXPECT_EQ(alone[1].id, "plan-2-arrivals");
  for (const Scenario& one : alone) {
    ASSERT_EQ(one.interventions.size(), 2U);
    EXPECT_EQ(std::get<double>(one.interventions[0].settings.values.at("amount")), 1.0);
  }
  EXPECT_EQ(alone[1].interventions[1].kind, "arrivals");
}

TEST(EachAlone, SharesWithTheBaselineOnlyWhatIsTheSame) {
  const Scenario baseline = scenario("base", {intervention("capacity", 1)});
  const std::vector<Scenario> alone =
      each_alone(baseline, scenario("plan", {intervention("capacity", 5), intervention("arrivals", 3)}));
  ASSERT_EQ(alone.size(), 2U);
  EXPECT_EQ(alone[0].interventions.size(), 1U);
}

TEST(EachAlone, IsNothingWhereThereIsOneOrNone) {
  EXPECT_TRUE(each_alone(scenario("base", {}), scenario("plan", {})).empty());
  EXPECT_TRUE(each_alone(scenario("base", {}), scenario("plan", {intervention("capacity", 1)})).empty());
}

}  // namespace
}  // namespace ketensim::cli
