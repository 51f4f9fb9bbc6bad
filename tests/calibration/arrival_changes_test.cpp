#include <gtest/gtest.h>

#include "calibration/fit/arrival_forecast.hpp"
#include "calibration/fit/change_scan.hpp"
#include "tests/calibration/arriving.hpp"

namespace ketensim::fit {
namespace {

using simulated::Arriving;
using std::chrono::days;
using Kind = ArrivalChange::Kind;

/// A stream with a drop of half a year in it, and the days it is made of.
struct Dropped {
  Arriving truth;
  std::vector<ArrivalDay> days_of;
  ChangeSearch search;

  Dropped() : days_of(made()), search{days_of, truth.at(), truth.at(), {}, true, true} {}

 private:
  std::vector<ArrivalDay> made() {
    truth.count = 1461;
    truth.pattern.per_day = 8.0;
    truth.pattern.month_dispersion = 0.01;
    truth.shock = {truth.from + days{500}, truth.from + days{640}, 0.7};
    return arrival_days(simulated::arrivals(truth, 61), truth.from, {});
  }
};

/// The days of a change as a column.
Eigen::VectorXd column_of(const ArrivalChange& change, const ArrivalRegression& regression,
                          const std::vector<ArrivalDay>& rows) {
  Eigen::VectorXd column(regression.problem.days());
  for (std::size_t d = 0; d < rows.size(); ++d)
    column[static_cast<Eigen::Index>(d)] = regression.design.change_on(change, rows[d].date);
  return column;
}

TEST(ChangeScan, SumsUpToTheScoreTestOfTheColumn) {
  const Dropped dropped;
  ArrivalTerms terms;
  terms.months = Months::each;
  terms.trend = true;
  DispersionFit dispersion;
  dispersion.dispersion = {0.05, 0.02};
  const ArrivalRegression fitted = regression(dropped.search, terms, dispersion);
  const std::vector<ArrivalDay> rows = observed_before(dropped.days_of, dropped.search.until);
  const ChangeScan scan(fitted, rows);
  for (const auto& proposal : {scan.best_level(), scan.best_shock(), scan.best_trend_change(), scan.best_late()}) {
    ASSERT_TRUE(proposal);
    EXPECT_NEAR(proposal->gain, scan.gain_of(column_of(proposal->change, fitted, rows)), 1e-7 * (1 + proposal->gain));
  }
}

TEST(ChangeScan, PromisesAboutWhatAFitGains) {
  const Dropped dropped;
  DispersionFit dispersion;
  dispersion.dispersion = {0.0, 0.01};
  const ArrivalRegression before = regression(dropped.search, {}, dispersion);
  const std::vector<ArrivalDay> rows = observed_before(dropped.days_of, dropped.search.until);
  const auto proposal = ChangeScan(before, rows).best_shock();
  ASSERT_TRUE(proposal);
  ArrivalTerms terms;
  terms.changes = {proposal->change};
  const ArrivalRegression after = regression(dropped.search, terms, dispersion);
  const double gain = 2.0 * (after.fit.fit.log_likelihood - before.fit.fit.log_likelihood);
  EXPECT_GT(gain, 20.0);
  EXPECT_NEAR(proposal->gain / gain, 1.0, 0.3);
}

TEST(Changes, KeepTheirDistance) {
  const Date first{}, end = first + days{1000};
  const ArrivalChange level{Kind::level, first + days{400}, end, {}};
  const ArrivalChange near{Kind::level, first + days{500}, end, {}}, late{Kind::level, first + days{900}, end, {}};
  EXPECT_TRUE(keeps_distance(level, {}, first, end));
  EXPECT_FALSE(keeps_distance(near, {level}, first, end));
  EXPECT_FALSE(keeps_distance(late, {}, first, end));
  const ArrivalChange shock{Kind::shock, first + days{390}, first + days{450}, {}};
  EXPECT_TRUE(keeps_distance(shock, {level}, first, end));
  EXPECT_FALSE(keeps_distance(shock, {shock}, first, end));
  EXPECT_FALSE(keeps_distance({Kind::shock, first + days{900}, end, {}}, {}, first, end));
}

TEST(ForecastRules, WeightsThatHardlyHalveLeaveTheLevel) {
  const Dropped dropped;
  DispersionFit dispersion;
  dispersion.dispersion = {0.0, 0.01};
  const ArrivalRegression fitted = regression(dropped.search, {}, dispersion);
  const WeightedLevel level = weighted_level(dropped.search, fitted, 1e6);
  EXPECT_NEAR(level.level, fitted.fit.fit.at[0], 1e-4);
  EXPECT_NEAR(level.information / fitted.fit.fit.information(0, 0), 1.0, 1e-4);
  EXPECT_LT(weighted_level(dropped.search, fitted, 1.0).information, 0.6 * level.information);
}

RuleScore scored(std::vector<double> by_origin) { return {{}, std::move(by_origin), 0.0}; }

TEST(ForecastRules, AreKeptUnlessAnotherForetoldBetterBeyondChance) {
  const RuleScore present = scored({-5.0, -5.1, -4.9, -5.0, -5.2, -5.0, -4.8, -5.0});
  EXPECT_FALSE(foretells_better(present, present));
  EXPECT_TRUE(foretells_better(scored({-4.0, -4.2, -3.8, -4.1, -4.1, -4.0, -3.9, -4.0}), present));
  EXPECT_FALSE(foretells_better(scored({-6.0, -6.2, -5.8, -6.1, -6.1, -6.0, -5.9, -6.0}), present));
  // Better on the whole, but by one origin alone.
  EXPECT_FALSE(foretells_better(scored({-5.0, -5.1, -4.9, -5.0, -5.2, -5.0, -4.8, -4.0}), present));
  EXPECT_FALSE(foretells_better(scored({-4.0, -4.0}), scored({-5.0, -5.0})));
}

/// A level that moves every four weeks by some 4%, up or down: about 14% in a year.
TEST(ForecastRules, RecentDataForetellALevelThatWanders) {
  Arriving truth;
  truth.count = 2922;
  truth.from -= days{731};
  truth.pattern.per_day = 10.0;
  std::vector<int> counts = simulated::arrivals(truth, 62);
  std::mt19937_64 random(63);
  double level = 1.0;
  for (std::size_t d = 0; d < counts.size(); ++d) {
    if (d % 28 == 0) level *= simulated::uniform(random) < 0.5 ? 1.04 : 1.0 / 1.04;
    counts[d] = static_cast<int>(std::floor(counts[d] * level + simulated::uniform(random)));
  }
  DispersionFit dispersion;
  dispersion.dispersion = {0.0, 0.01};
  const std::vector<ArrivalDay> made = arrival_days(counts, truth.from, {});
  const Eigen::VectorXd alike = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(made.size()));
  const std::vector<RuleScore> scores = rolling_scores(made, alike, dispersion, 12);
  ASSERT_EQ(scores.size(), forecast_rules().size());
  for (const RuleScore& score : scores) EXPECT_EQ(score.by_origin.size(), 12u);
  EXPECT_EQ(scores[0].rule.half_life, 0.0);
  EXPECT_EQ(scores[3].rule.half_life, 1.0);
  EXPECT_GT(scores[3].mean(), scores[0].mean());
  // The older the data, the further the level has gone since.
  EXPECT_GE(scores[0].drift, scores[3].drift);
  EXPECT_GT(scores[3].drift, 0.0);
}

}  // namespace
}  // namespace ketensim::fit
