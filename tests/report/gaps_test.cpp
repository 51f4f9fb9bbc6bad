#include "tools/results/gaps.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/report/page_text.hpp"
#include "tests/report/synthetic.hpp"
#include "tools/report/html.hpp"
#include "tools/results/errors.hpp"

namespace ketensim {
namespace {

using std::chrono::sys_days;
using std::chrono::year;
using testing::HasSubstr;
using testing::Not;

/// Nothing of Veilig Thuis in the spring of 2020, and nothing of its research in August 2021.
std::string two_gaps() {
  Monitor monitor;
  monitor.organisations.add("VTT");
  monitor.steps = {{"VTT.triage", "VTT", true}, {"VTT.research", "VTT", false}};
  monitor.gaps = {{0, kUnknown, sys_days(year(2020) / 3 / 16), sys_days(year(2020) / 6 / 1), 40.0},
                  {0, 1, sys_days(year(2021) / 8 / 1), sys_days(year(2021) / 9 / 1), 7.0}};
  return gaps_csv(monitor);
}

TEST(Gaps, AreReadAsTheyWereWritten) {
  EXPECT_EQ(two_gaps(),
            "organisation,step,from,until\nVTT,all,2020-03-16,2020-06-01\nVTT,research,2021-08-01,2021-09-01\n");
  const std::vector<DeliveryGap> gaps = read_gaps(two_gaps());
  ASSERT_EQ(gaps.size(), 2U);
  EXPECT_EQ(gaps[1].step, "research");
  EXPECT_EQ(gaps[1].until, sys_days(year(2021) / 9 / 1));
  EXPECT_THROW(read_gaps("organisation,step\nVTT,all\n"), InputError);
  EXPECT_THROW(read_gaps("organisation,step,from,until\nVTT,all,spring,2020-06-01\n"), InputError);
}

TEST(Gaps, AreToldWhereTheReportTellsHowGoodTheDataAre) {
  Study study = tests::synthetic_study({tests::synthetic_results({})}, false);
  study.conditions.front().start = Conditions::Start::state;
  study.quality = "partner,rule,rows,touched\nVTT,any,1000,0\n";
  const auto page = [&] { return tests::text_of_page(report::html_report(study, report::Language::en)); };
  EXPECT_THAT(page(), Not(HasSubstr("No gaps were found")));  // of a version that did not tell
  study.gaps = two_gaps();
  EXPECT_THAT(page(),
              HasSubstr("delivered nothing that was received from 16 Mar 2020 up to and including 31 May 2020."));
  EXPECT_THAT(page(), HasSubstr("delivered nothing of research that was received from 1 Aug 2021"));
  study.gaps = "organisation,step,from,until\n";
  EXPECT_THAT(page(), HasSubstr("No gaps were found in the deliveries."));
}

}  // namespace
}  // namespace ketensim
