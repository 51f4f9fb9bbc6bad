#include "tools/results/history.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tools/results/errors.hpp"

namespace ketensim {
namespace {

using std::chrono::sys_days;
using std::chrono::year;

const Date kJanuary = sys_days(year(2023) / 1 / 1);

ImportPlan plan_with_members() {
  ImportPlan plan;
  plan.organisations.push_back({"VTT", "Veilig Thuis", "", "", {}});
  plan.organisations.push_back(
      {"GEM", "Gemeenten", "municipality", "", {{"GM0141", "Almelo"}, {"GM0153", "Enschede"}}});
  return plan;
}

TEST(History, AddsMembersUpAndKeepsNoneOfThem) {
  const std::vector<ObservedFigure> figures{{"VTT", "triage", "queue_end", {12}, {12}},
                                            {"GM0141", "toegang", "queue_end", {30}, {30}},
                                            {"GM0153", "toegang", "queue_end", {70}, {70}},
                                            {"GM0141", "toegang", "wait_mean", {10}, {20}},
                                            {"GM0153", "toegang", "wait_mean", {40}, {60}}};
  const auto totals = added_per_step(plan_with_members(), figures);
  ASSERT_EQ(totals.size(), 3U);
  EXPECT_EQ(totals[0].organisation, "VTT");
  EXPECT_EQ(totals[1].organisation, "GEM");
  EXPECT_EQ(totals[1].values[0], 100.0);
  EXPECT_DOUBLE_EQ(totals[2].values[0], (10.0 * 20.0 + 40.0 * 60.0) / 80.0);
  EXPECT_EQ(totals[2].cases[0], 80.0);
}

TEST(History, KnowsNoTotalWhereAMemberIsNotKnown) {
  const auto totals = added_per_step(
      plan_with_members(), std::vector<ObservedFigure>{{"GM0141", "toegang", "queue_end", {std::nan("")}, {30}},
                                                       {"GM0153", "toegang", "queue_end", {70}, {70}}});
  EXPECT_TRUE(std::isnan(totals[0].values[0]));
}

TEST(History, TakesAMeanOverNoCasesForNothing) {
  const auto totals = added_per_step(
      plan_with_members(), std::vector<ObservedFigure>{{"GM0141", "toegang", "wait_mean", {std::nan("")}, {0}},
                                                       {"GM0153", "toegang", "wait_mean", {7}, {70}}});
  EXPECT_EQ(totals[0].values[0], 7.0);
}

TEST(History, TellsNothingOfFewCasesAndRoundsTheOthers) {
  const std::vector<ReportedPeriod> months = history_months(kJanuary, sys_days(year(2023) / 3 / 1));
  const std::vector<ObservedFigure> figures{{"VTT", "triage", "queue_end", {9, 13}, {9, 13}},
                                            {"VTT", "triage", "wait_mean", {4.5, 4.5}, {9, 10}}};
  EXPECT_EQ(history_csv(figures, months, 10),
            "organisation,step,period,indicator,value\n"
            "VTT,triage,2023-01-01,queue_end,\n"
            "VTT,triage,2023-02-01,queue_end,15\n"
            "VTT,triage,2023-01-01,wait_mean,\n"
            "VTT,triage,2023-02-01,wait_mean,4.5\n");
}

TEST(History, ReadsWhatItWrites) {
  const std::vector<ReportedPeriod> months = history_months(kJanuary, sys_days(year(2023) / 3 / 15));
  ASSERT_EQ(months.size(), 2U);  // March is not whole
  const std::vector<ObservedFigure> figures{{"VTT", "triage", "queue_end", {9, 13}, {9, 13}},
                                            {"VTT", "triage", "wait_mean", {4.5, 3.25}, {20, 20}}};
  const auto again = read_history(history_csv(figures, months, 10));
  ASSERT_EQ(again.size(), 2U);
  EXPECT_EQ(again[1].indicator, "wait_mean");
  EXPECT_EQ(again[1].months[1], sys_days(year(2023) / 2 / 1));
  EXPECT_EQ(again[1].values[1], 3.25);
  EXPECT_TRUE(std::isnan(again[0].values[0]));
}

TEST(History, RefusesAnythingElse) {
  EXPECT_THROW(read_history("organisation,step\n"), InputError);
  EXPECT_THROW(read_history("organisation,step,period,indicator,value\nVTT,triage,soon,queue_end,1\n"), InputError);
  EXPECT_THROW(read_history("organisation,step,period,indicator,value\nVTT,triage,2023-01-01,queue_end,1x\n"),
               InputError);
}

}  // namespace
}  // namespace ketensim
