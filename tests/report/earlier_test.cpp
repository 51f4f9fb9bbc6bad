// How good earlier forecasts were, and how good the data: what a report says of both.
#include "tools/report/earlier.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/report/page_text.hpp"
#include "tests/report/synthetic.hpp"
#include "tools/report/html.hpp"
#include "tools/report/text.hpp"
#include "tools/results/errors.hpp"
#include "tools/results/past.hpp"

namespace ketensim::report {
namespace {

using testing::HasSubstr;
using testing::Not;

Skill skill_of(const char* organisation, const char* step, const char* indicator, const char* horizon, double skill,
               double wape = 0.25) {
  Skill of;
  of.organisation = organisation;
  of.step = step;
  of.indicator = indicator;
  of.horizon = horizon;
  of.forecasts = 36;
  of.skill = skill;
  of.coverage_90 = {0.85, 0.7, 0.95};
  of.wape = wape;
  return of;
}

/// A forecast of a year from a state, with scores of earlier ones.
Study forecast(const std::vector<Skill>& skills) {
  Study study = tests::synthetic_study({tests::synthetic_results({})}, false);
  study.conditions.front().start = Conditions::Start::state;
  study.conditions.front().snapshot = std::chrono::sys_days(std::chrono::year(2023) / 12 / 31);
  Backtest backtest;
  backtest.skills = skills;
  study.skill = skill_csv(backtest);
  return study;
}

std::string page_of(const Study& study) { return tests::text_of_page(html_report(study, Language::en)); }

TEST(Skills, AreReadAsTheyWereWritten) {
  Backtest backtest;
  backtest.skills = {skill_of("VTT", "research", "queue_end", "1-4", 0.25),
                     skill_of("chain", "all", "queue_end", "all", -1)};
  backtest.skills[0].against = {0.1, std::nan(""), 0.3, 0.4};
  const std::vector<Skill> skills = read_skill(skill_csv(backtest));
  ASSERT_EQ(skills.size(), 2U);
  EXPECT_EQ(skill_csv({{}, {}, {}, {}, skills}), skill_csv(backtest));
  EXPECT_EQ(skills[0].against[3], 0.4);
  EXPECT_EQ(skills[0].coverage_90.low, 0.7);
  EXPECT_FALSE(skills[1].beats_naive());
  EXPECT_THROW(read_skill("organisation,step\nVTT,research\n"), InputError);
}

TEST(EarlierForecasts, AreToldWithHowFarTheyWereOff) {
  const std::string page = page_of(forecast({skill_of("VTT", "research", "queue_end", "1", 0.5, 0.11),
                                             skill_of("VTT", "research", "queue_end", "1-4", 0.4, 0.22),
                                             skill_of("chain", "all", "queue_end", "1-4", 0.35, 0.18)}));
  EXPECT_THAT(page, HasSubstr("How good earlier forecasts were"));
  EXPECT_THAT(page, HasSubstr("was off by 18% on average; of what came 85% lay within"));
  EXPECT_THAT(page, HasSubstr("The error was 35% smaller than"));
  EXPECT_THAT(page, HasSubstr("<td>11</td>"));
  EXPECT_THAT(page, Not(HasSubstr("Mind, ")));
}

TEST(EarlierForecasts, ThatWereNoBetterThanNaiveSaySoInTheAnswerAtTheChartsAndOnTheCommandLine) {
  const Study study = forecast(
      {skill_of("VTT", "research", "queue_end", "1-4", 0.0), skill_of("VTT", "research", "wait_mean", "1-4", 0.2),
       skill_of("RVDK", "research", "wait_mean", "1-4", -0.3), skill_of("chain", "all", "queue_end", "1-4", -0.1)});
  const std::string page = page_of(study);
  const std::string answer = page.substr(0, page.find("</section>"));
  EXPECT_THAT(answer, HasSubstr("earlier forecasts of Veilig Thuis Twente – research (waiting) and Raad voor de "
                                "Kinderbescherming – research (wait) were no better than"));
  EXPECT_THAT(page, HasSubstr("Mind, waiting: earlier forecasts were no better here"));
  EXPECT_THAT(page, HasSubstr("Mind: that is no better than taking it that all stays as it is"));
  EXPECT_THAT(page, HasSubstr("<td class=\"words\">no better than ‘as now’</td>"));
  EXPECT_THAT(text_tables(study, {}), HasSubstr("Earlier forecasts of these were no better than naive: VTT.research"));
}

TEST(EarlierForecasts, OfMembersAreCountedAtTheirGroupAndToldAtEachOfThem) {
  std::vector<Skill> skills;
  for (const char* member : {"GM0141", "GM0147", "GM0153", "GM0158"})
    skills.push_back(skill_of(member, "access", "queue_end", "1-4", -0.2));
  const std::string page = page_of(forecast(skills));
  EXPECT_THAT(page,
              HasSubstr("Mind, waiting: earlier forecasts were no better than taking it that all stays as it is at "
                        "4 of the members."));
  EXPECT_THAT(page, HasSubstr("Mind, waiting: earlier forecasts were no better here"));
}

TEST(EarlierForecasts, ThatWereNeverObservedAreNotJudged) {
  const Study study = forecast({skill_of("VTT", "research", "queue_end", "1-4", std::nan(""), std::nan(""))});
  EXPECT_TRUE(no_better_than_naive(read_skill(study.skill), study, study.results.front(), {"VTT", "research"}).empty());
}

TEST(EarlierForecasts, ThatAreNotKnownAreMissedOnlyOfAForecastFromAState) {
  Study study = forecast({});
  study.skill.clear();
  EXPECT_THAT(page_of(study), HasSubstr("Not known: no backtest lay beside this calibrated chain"));
  study.conditions.front().start = Conditions::Start::without;
  EXPECT_THAT(page_of(study), Not(HasSubstr("How good earlier forecasts were")));
}

TEST(DataQuality, IsTheShareOfEachPartnersRowsThatWasTouched) {
  Study study = forecast({});
  EXPECT_THAT(page_of(study), HasSubstr("Not known: no quality.csv"));
  study.quality =
      "partner,rule,rows,touched\nVTT,any,2000,50\nVTT,day_month_swap,2000,10\nVTT,duplicate,2000,40\nRVDK,any,500,\n";
  const std::string page = page_of(study);
  EXPECT_THAT(page, HasSubstr("<th scope=\"row\">Veilig Thuis Twente</th><td>2,000</td><td>2.5</td>"));
  EXPECT_THAT(page, HasSubstr("<td>500</td><td>too few to be told</td>"));
}

}  // namespace
}  // namespace ketensim::report
