// What changed between forecasts, and what came of the earlier one.
#include "tools/report/since.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/report/page_text.hpp"
#include "tests/report/synthetic.hpp"
#include "tools/report/since/figures.hpp"
#include "tools/report/since/score.hpp"

namespace ketensim::report {
namespace {

using std::chrono::sys_days;
using std::chrono::year;
using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

const Place kResearch{"VTT", "research"};

/// A forecast of 2024 with two futures: in the first 10 wait at research in every month, in the second 30.
Results two_futures() {
  Results results = tests::synthetic_results({"base", "Unchanged", 1, 2, 0.0});
  const std::size_t queue = results.find("VTT", "research", "queue_end");
  for (std::size_t replication = 0; replication < 2; ++replication)
    for (std::size_t period = 0; period < results.periods.size(); ++period)
      results.values[replication * results.row_size() + queue * results.periods.size() + period] =
          replication == 0 ? 10.0 : 30.0;
  return results;
}

std::vector<HistoryFigure> history(const std::vector<double>& since, double known) {
  HistoryFigure figure{"VTT", "research", "queue_end", {sys_days(year(2023) / 12 / 1)}, {known}};
  for (unsigned month = 0; month < since.size(); ++month) {
    figure.months.push_back(sys_days(year(2024) / std::chrono::month(month + 1) / 1));
    figure.values.push_back(since[month]);
  }
  return {figure};
}

// The median of both months is 20. Of a sample of two, x and y, the CRPS is (|x - o| + |y - o| - |x - y|) / 2:
// 0 at 25, and 5 at 35 (Ferro 2014). Naive: 28, off by 3 and 7.
TEST(Score, SetsWhatCameBesideTheForecastAndBesideTheLastMonthKnown) {
  const auto scores = scores_of(two_futures(), history({25.0, 35.0, std::nan("")}, 28.0), {kResearch}, {"queue_end"});
  ASSERT_EQ(scores.size(), 1U);
  EXPECT_EQ(scores[0].months, 2);
  EXPECT_EQ(scores[0].inside, 1);
  EXPECT_DOUBLE_EQ(scores[0].observed, 30.0);
  EXPECT_DOUBLE_EQ(scores[0].expected, 20.0);
  EXPECT_DOUBLE_EQ(scores[0].off, 20.0 / 60.0);
  EXPECT_DOUBLE_EQ(scores[0].naive_off, 10.0 / 60.0);
  EXPECT_DOUBLE_EQ(scores[0].skill, 1.0 - 5.0 / 10.0);
}

TEST(Score, OfSeveralStepsTogetherWeighsThemByWhatCame) {
  Score small, large;
  small.indicator = large.indicator = "queue_end";
  small.months = large.months = 2;
  small.inside = 2;
  small.observed = 10.0, small.off = 0.5, small.naive_off = 0.1;
  large.observed = 90.0, large.off = 0.1, large.naive_off = 0.2;
  const Score all = together({small, large}, "queue_end");
  EXPECT_EQ(all.months, 4);
  EXPECT_EQ(all.inside, 2);
  EXPECT_DOUBLE_EQ(all.off, (10.0 + 18.0) / 200.0);
  EXPECT_DOUBLE_EQ(all.naive_off, (2.0 + 36.0) / 200.0);
}

TEST(Score, IsNotOfMonthsThatTheForecastDoesNotHave) {
  EXPECT_TRUE(scores_of(two_futures(), history({}, 28.0), {kResearch}, {"queue_end"}).empty());
  EXPECT_TRUE(scores_of(two_futures(), history({25.0}, 28.0), {kResearch}, {"wait_mean"}).empty());
}

const std::string kChain =
    "format: ketensim/1\n"
    "arrivals:\n"
    "  reports:\n"
    "    rate: 9.5 per day  # per day 9.5 (se 0.1; 95% 9.3 to 9.7); 9,000 families\n"
    "pools:\n"
    "  VTT.triage: {fte: 12, cases_per_fte: 8}\n"
    "steps:\n"
    "  VTT.triage:\n"
    "    # mean 54 days (se 0.3; 95% 53.4 to 54.6); shape 1.2 (se 0.1; 95% 1 to 1.4)\n"
    "    duration:\n"
    "      gamma: {mean: 54, shape: 1.2}\n"
    "    norm: 5  # V wet\n";

TEST(ChainFigures, AreThoseWithAStandardErrorByTheirPlace) {
  const std::vector<EstimatedFigure> figures = estimated_figures(kChain);
  ASSERT_EQ(figures.size(), 2U);
  EXPECT_EQ(figures[0].path, "arrivals/reports/rate");
  EXPECT_EQ(figures[0].estimate, 9.5);
  EXPECT_EQ(figures[0].low, 9.3);
  EXPECT_EQ(figures[0].high, 9.7);
  EXPECT_EQ(figures[1].path, "steps/VTT.triage/duration");
  EXPECT_EQ(figures[1].estimate, 54.0);
  EXPECT_EQ(figures[1].high, 54.6);
}

TEST(ChainFigures, LieOutsideAnIntervalOnlyByMoreThanRoundingTells) {
  const EstimatedFigure slots{"", 6.94, 6.94, 6.94}, rate{"", 13.0, 12.5, 13.6};
  EXPECT_FALSE(slots.excludes(6.95));
  EXPECT_TRUE(slots.excludes(6.96));
  EXPECT_FALSE(rate.excludes(13.7));
  EXPECT_TRUE(rate.excludes(13.8));
  EXPECT_TRUE(rate.excludes(12.3));
}

TEST(ChainFigures, HaveTheirValuesByTheirPlaces) {
  const auto values = values_of("interventions:\n  - arrivals: {change: -10%}\n  - arrivals: {change: -5%}\n");
  EXPECT_THAT(values, ElementsAre(Pair("interventions/1/arrivals/change", "-10%"),
                                  Pair("interventions/2/arrivals/change", "-5%")));
}

PastForecast forecast(const std::string& chain, const std::string& plan, int day, const std::string& delivered) {
  Study study = tests::synthetic_study({two_futures()}, false);
  study.results.front().text = "# ---- chain.yaml\n" + chain + "\n# ---- base.yaml\n" + plan;
  study.conditions.front().start = Conditions::Start::state;
  study.conditions.front().snapshot = sys_days(year(2023) / 12 / 31) + std::chrono::days(day);
  study.history = "organisation,step,period,indicator,value\n" + delivered;
  return baseline_alone(std::move(study));
}

/// The later forecast begins a month later: January is over.
PastForecast later(const std::string& chain, const std::string& plan, const std::string& delivered) {
  PastForecast of = forecast(chain, plan, 31, delivered);
  Results& results = of.study.results.front();
  const std::size_t queue = results.find("VTT", "research", "queue_end");
  for (std::size_t replication = 0; replication < 2; ++replication)
    for (std::size_t period = 0; period < results.periods.size(); ++period)
      results.values[replication * results.row_size() + queue * results.periods.size() + period] = 50.0;
  results.periods.front().from += std::chrono::days(1);  // and is not the January of the other one
  return of;
}

const std::string kDecember = "VTT,research,2023-12-01,queue_end,28\n",
                  kRevised = "VTT,research,2023-12-01,queue_end,30\n",
                  kJanuary = "VTT,research,2024-01-01,queue_end,25\n";

TEST(Changes, TellWhatIsExpectedNowWhatCameAndWhy) {
  std::string chain = kChain;
  chain.replace(chain.find("9.5 per day  # per day 9.5 (se 0.1; 95% 9.3 to 9.7)"), 51,
                "9.9 per day  # per day 9.9 (se 0.1; 95% 9.7 to 10.1)");
  chain.replace(chain.find("fte: 12"), 7, "fte: 13");
  // Typed in the other order: the first day tells which is the earlier one.
  const auto html = changes_report(
      {later(chain, "replications: 20\n", kRevised + kJanuary), forecast(kChain, "replications: 10\n", 0, kDecember)},
      Language::en);
  ASSERT_TRUE(html.has_value());
  const std::string page = tests::text_of_page(*html);
  EXPECT_THAT(page, HasSubstr("Unchanged: from 31 Dec 2023 to 31 Jan 2024"));
  EXPECT_THAT(page, HasSubstr("50 children on 31 Dec 2024, where the earlier forecast said 20 (11 to 29)"));
  EXPECT_THAT(page,
              HasSubstr("Of the 1 monthly figures of queues that were delivered since, 1 lay within the band that "
                        "should hold 90%; on average the earlier forecast was off by 20%."));
  EXPECT_THAT(page, HasSubstr("<td class=\"words\">above</td>"));
  EXPECT_THAT(page, HasSubstr("Months added: 1."));
  EXPECT_THAT(page, HasSubstr("Of the 1 monthly figures that were there, 1 are now delivered otherwise."));
  EXPECT_THAT(page, HasSubstr("Of the 2 estimated figures that both chains have, 1 changed; 1 now lie outside"));
  EXPECT_THAT(page, HasSubstr("arrivals/reports/rate"));
  EXPECT_THAT(page, HasSubstr("Planned fte of months that both know: at VTT.triage."));
  EXPECT_THAT(page, HasSubstr("Changed: base.yaml."));
  EXPECT_THAT(page, HasSubstr("<th scope=\"row\">base.yaml: replications</th><td class=\"words\">10</td>"));
  EXPECT_THAT(page, HasSubstr("Wat er veranderde tussen voorspellingen"));
}

// Later 50 wait at the end of every month, where 20 were expected: 30 more. All of these are there at the end of
// February, the first month that both have. In each of the ten months after it 2 more come, so that 20 more have to
// have left.
TEST(Changes, TellTheDifferenceInPartsThatAddUp) {
  PastForecast now = later(kChain, "", kDecember);
  Results& results = now.study.results.front();
  const std::size_t inflow = results.find("VTT", "research", "inflow");
  for (std::size_t replication = 0; replication < 2; ++replication)
    for (std::size_t period = 0; period < results.base_periods; ++period)
      results.values[replication * results.row_size() + inflow * results.periods.size() + period] += 2.0;
  const auto html = changes_report({now, forecast(kChain, "", 0, kDecember)}, Language::en);
  ASSERT_TRUE(html.has_value());
  const std::string page = tests::text_of_page(*html);
  EXPECT_THAT(page, HasSubstr("of which already on 29 Feb 2024"));
  EXPECT_THAT(page, HasSubstr("research</th><td>+30</td><td>+30</td><td>+20</td><td>−20</td>"));
}

TEST(Changes, SayOfTwoOfTheSameThatNothingChanged) {
  const PastForecast one = forecast(kChain, "replications: 10\n", 0, kDecember);
  const auto html = changes_report({one, one}, Language::en);
  ASSERT_TRUE(html.has_value());
  EXPECT_THAT(*html, HasSubstr("Nowhere does the queue that is now expected lie outside"));
  EXPECT_THAT(*html, HasSubstr("Nothing was delivered since that can be laid beside the earlier forecast."));
  EXPECT_THAT(*html, HasSubstr("The calibrated chain is the same."));
  EXPECT_THAT(*html, HasSubstr("The scenarios and the planned staff are the same."));
}

TEST(Changes, AreNothingWhereNoStepIsInCommon) {
  PastForecast other = forecast(kChain, "", 0, kDecember);
  for (Figure& figure : other.study.results.front().figures) figure.organisation += "x";
  EXPECT_FALSE(changes_report({other, forecast(kChain, "", 0, kDecember)}, Language::nl).has_value());
}

TEST(Changes, ShowWhatFilesSayAsText) {
  PastForecast nasty = forecast(kChain, "name: <b>\n", 0, kDecember);
  nasty.study.results.front().name = "<script>alert(1)</script>";
  const auto html = changes_report({nasty, forecast(kChain, "name: <i>\n", 0, kDecember)}, Language::nl);
  ASSERT_TRUE(html.has_value());
  EXPECT_THAT(*html, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(tests::text_of_page(*html), Not(HasSubstr("<b>")));
}

}  // namespace
}  // namespace ketensim::report
