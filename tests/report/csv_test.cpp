#include "tools/results/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "tests/report/synthetic.hpp"

namespace ketensim {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

TEST(FlowsCsv, TellsEachWayAndMembersOfAGroupTogetherAsWell) {
  Study study = tests::synthetic_study({tests::synthetic_results({"base", "Base", 1, 2, 0.0})}, false);
  study.results[0].flows = {{{"GM0141.access", "out"}, {"GM0147.access", "out"}, {"in", "VTT.triage"}},
                            {1, 10, 5, 3, 20, 5}};
  const std::string csv = flows_csv(study);
  EXPECT_THAT(csv, StartsWith("scenario,from,to,statistic,value\nbase,GEM.access,out,mean,17\n"));
  EXPECT_THAT(csv, HasSubstr("\nbase,GM0141.access,out,mean,2\n"));
  EXPECT_THAT(csv, HasSubstr("\nbase,in,VTT.triage,mean,5\n"));
  EXPECT_THAT(csv, HasSubstr("\nbase,in,VTT.triage,se,0\n"));
}

TEST(CsvNumber, IsTheShortestThatReadsBack) {
  EXPECT_EQ(csv_number(0.1), "0.1");
  EXPECT_EQ(csv_number(100000.0), "100000");
  EXPECT_EQ(csv_number(-2.5), "-2.5");
  EXPECT_EQ(csv_number(1.0 / 3.0), "0.3333333333333333");
  EXPECT_EQ(csv_number(1e-9), "1e-09");
  std::mt19937_64 generator(3);
  std::uniform_real_distribution<double> exponent(-20, 20);
  for (int i = 0; i < 1000; ++i) {
    const double value = std::pow(10.0, exponent(generator));
    EXPECT_EQ(std::stod(csv_number(value)), value);
  }
}

TEST(CsvNumber, IsEmptyWhereUndefinedAndNeverMinusZero) {
  EXPECT_EQ(csv_number(std::numeric_limits<double>::quiet_NaN()), "");
  EXPECT_EQ(csv_number(-0.0), "0");
}

TEST(CsvField, IsQuotedOnlyWhereItMustBe) {
  EXPECT_EQ(csv_field("VTT"), "VTT");
  EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_field("say \"no\""), "\"say \"\"no\"\"\"");
  EXPECT_EQ(csv_field("two\nlines"), "\"two\nlines\"");
}

TEST(IndicatorsCsv, HoldsTheReportsPeriodsWithSevenStatisticsEach) {
  const Study study = tests::synthetic_study({tests::synthetic_results({})}, false);
  const std::string csv = indicators_csv(study);
  EXPECT_THAT(csv, StartsWith("scenario,organisation,step,period,indicator,statistic,value\n"
                              "base,VTT,triage,2024-01-01,inflow,mean,"));
  EXPECT_EQ(count(csv, "\n"), 1 + study.results[0].figures.size() * 12 * 7);
  EXPECT_THAT(csv, Not(HasSubstr("2024-Q1")));
  EXPECT_THAT(csv, HasSubstr("\nbase,chain,all,2024-12-01,returns,p95,"));
}

TEST(IndicatorsCsv, LeavesWhatIsUndefinedEmpty) {
  const Study study = tests::synthetic_study({tests::synthetic_results({"base", "Base", 1, 1, 0.0})}, false);
  const std::string csv = indicators_csv(study);
  EXPECT_THAT(csv, HasSubstr("base,chain,all,2024-01-01,to_help_mean,mean,\n"));
  EXPECT_THAT(csv, HasSubstr("base,VTT,triage,2024-01-01,inflow,se,\n"));
}

TEST(IndicatorsCsv, HoldsAScenarioComparedWithItselfOnce) {
  const Study once = tests::synthetic_study({tests::synthetic_results({})}, false);
  const Study twice = tests::synthetic_study({tests::synthetic_results({}), tests::synthetic_results({})}, true);
  EXPECT_EQ(indicators_csv(once), indicators_csv(twice));
}

TEST(EffectsCsv, HoldsMonthsQuartersAndTheWhole) {
  const std::string csv = effects_csv(tests::synthetic_comparison());
  EXPECT_THAT(csv, StartsWith("scenario,baseline,organisation,step,period,indicator,statistic,value\n"));
  EXPECT_THAT(csv, HasSubstr("alternative,base,RVDK,research,2024-04-01,inflow,mean,40\n"));
  EXPECT_THAT(csv, HasSubstr("alternative,base,VTT,research,2024-Q1,queue_mean,p50,-40\n"));
  EXPECT_THAT(csv, HasSubstr("alternative,base,VTT,research,all,queue_end,se,0\n"));
}

TEST(EffectsCsv, OfAScenarioOnItselfIsZeroEverywhere) {
  const Study study = tests::synthetic_study({tests::synthetic_results({}), tests::synthetic_results({})}, true);
  const std::string csv = effects_csv(study);
  EXPECT_EQ(count(csv, "\n"), 1 + study.results[0].figures.size() * 17 * 5);
  EXPECT_EQ(count(csv, ",0\n"), study.results[0].figures.size() * 17 * 5);
}

TEST(CasesCsv, JoinsScenariosWhoseAttributesDiffer) {
  Study study = tests::synthetic_comparison(2);
  study.results[0].cases_header = "scenario,next,urgency";
  study.results[0].cases_csv = "base,out,crisis\nbase,\"A,b\",regular\n";
  study.results[1].cases_header = "scenario,next,age,urgency";
  study.results[1].cases_csv = "alternative,out,4,crisis\n";
  EXPECT_EQ(cases_csv(study),
            "scenario,next,urgency,age\n"
            "base,out,crisis,\n"
            "base,\"A,b\",regular,\n"
            "alternative,out,crisis,4\n");
}

}  // namespace
}  // namespace ketensim
