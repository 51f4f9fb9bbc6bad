#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/calibration/simulated.hpp"

namespace ketensim {
namespace {

using simulated::covers;
using simulated::uniform;
using testing::HasSubstr;

constexpr double kInfinity = Observation::kInfinity;

RouteCase decided(double day, std::int32_t outcome, std::vector<std::int32_t> classes = {}) {
  return {{day, day + 1.0, 0.0, 0.0}, outcome, std::move(classes)};
}
RouteCase open(double day, std::vector<std::int32_t> classes = {}) {
  return {{day, kInfinity}, -1, std::move(classes)};
}

TEST(Incidence, OfDecidedCasesIsTheirShares) {
  std::vector<RouteCase> cases;
  for (int i = 0; i < 100; ++i) cases.push_back(decided(i % 17, i < 30 ? 0 : 1));
  const Incidence incidence = cumulative_incidence(cases, 2);
  EXPECT_NEAR(incidence.by_outcome[0].estimate, 0.3, 1e-12);
  EXPECT_NEAR(incidence.by_outcome[1].estimate, 0.7, 1e-12);
  EXPECT_NEAR(incidence.undecided, 0.0, 1e-12);
  EXPECT_NEAR(incidence.by_outcome[0].standard_error, std::sqrt(0.3 * 0.7 / 100), 1e-12);
}

TEST(Incidence, UnderCensoringIsThatOfAalenAndJohansen) {
  // By hand: at day 1 one of five goes to A; at day 2 one is open; at day 3 one of three goes to B, at day 4 one of two
  // to A, at day 5 the last to B.
  const std::vector<RouteCase> cases{decided(1, 0), open(2), decided(3, 1), decided(4, 0), decided(5, 1)};
  const Incidence incidence = cumulative_incidence(cases, 2);
  const double after_1 = 4.0 / 5, after_3 = after_1 * 2 / 3, after_4 = after_3 / 2;
  EXPECT_NEAR(incidence.by_outcome[0].estimate, 1.0 / 5 + after_3 / 2, 1e-12);
  EXPECT_NEAR(incidence.by_outcome[1].estimate, after_1 / 3 + after_4, 1e-12);
}

/// A quick outcome and a slow one, seen until a snapshot, in days; cases come evenly.
std::vector<RouteCase> slow_and_quick(int count, std::mt19937_64& random) {
  std::vector<RouteCase> cases;
  for (int i = 0; i < count; ++i) {
    const std::int32_t outcome = uniform(random) < 0.4 ? 0 : 1;
    const double days = quantile_of(simulated::gamma(outcome == 0 ? 60.0 : 300.0, 0.5), uniform(random));
    const double limit = std::floor(1000.0 * uniform(random)), start = uniform(random);
    if (start + days >= limit)
      cases.push_back({{limit, kInfinity, 0, 1}, -1, {}});
    else
      cases.push_back({{std::floor(start + days), std::floor(start + days) + 1, 0, 1}, outcome, {}});
  }
  return cases;
}

TEST(Routes, OfSlowOutcomesAreNotUndercounted) {
  std::mt19937_64 random(31);
  const auto cases = slow_and_quick(4000, random);
  const RouteFit fit = fit_routes(cases, 2);
  ASSERT_TRUE(fit.ok());
  double quick = 0.0, all = 0.0;
  for (const RouteCase& c : cases)
    if (c.outcome >= 0) {
      all += 1.0;
      quick += c.outcome == 0 ? 1.0 : 0.0;
    }
  const Estimate& share = fit.parts[0].shares[0];
  EXPECT_NEAR(share.estimate, 0.4, 4 * share.standard_error);
  EXPECT_GT(quick / all, 0.4 + 6 * share.standard_error);  // the naive share
  EXPECT_NEAR(share.estimate + fit.parts[0].shares[1].estimate, 1.0, 1e-12);
}

TEST(Routes, HoldTheTruthInTheirIntervalsAsOftenAsTheySay) {
  std::mt19937_64 random(32);
  int covered = 0;
  for (int set = 0; set < 200; ++set)
    if (covers(fit_routes(slow_and_quick(300, random), 2).parts[0].shares[0], 0.4)) ++covered;
  EXPECT_GE(covered, 180);
  EXPECT_LE(covered, 196);
}

TEST(Routes, OfOneOutcomeAndOfOneCaseAreCautious) {
  const RouteFit one = fit_routes(std::vector<RouteCase>{decided(3, 0)}, 2);
  ASSERT_TRUE(one.ok());
  EXPECT_NEAR(one.parts[0].shares[0].estimate, 0.75, 1e-12);  // (1 + 1/2) / (1 + 1)
  EXPECT_LT(one.parts[0].shares[0].low, 0.3);
  const RouteFit sure = fit_routes(std::vector<RouteCase>(50, decided(3, 0)), 1);
  EXPECT_DOUBLE_EQ(sure.parts[0].shares[0].estimate, 1.0);
}

TEST(Routes, DependOnTheAttributesThatMatterAndOnNoOthers) {
  std::mt19937_64 random(33);
  std::vector<RouteCase> cases;
  for (int i = 0; i < 2000; ++i) {
    const auto crisis = static_cast<std::int32_t>(uniform(random) * 2),
               other = static_cast<std::int32_t>(uniform(random) * 5);
    cases.push_back(decided(static_cast<int>(20 * uniform(random)), uniform(random) < (crisis == 1 ? 0.6 : 0.3) ? 0 : 1,
                            {other, crisis}));
  }
  const RouteFit fit = fit_routes(cases, 2);
  EXPECT_EQ(fit.attributes, std::vector<std::int32_t>{1});
  ASSERT_EQ(fit.parts.size(), 3u);
  EXPECT_EQ(fit.parts[1].when, (std::vector<std::pair<std::int32_t, std::int32_t>>{{1, 1}}));
  EXPECT_NEAR(fit.parts[1].shares[0].estimate, 0.6, 4 * fit.parts[1].shares[0].standard_error);
  EXPECT_TRUE(fit.parts[2].when.empty());
  EXPECT_NEAR(fit.parts[2].shares[0].estimate, 0.45, 4 * fit.parts[2].shares[0].standard_error);
}

TEST(Routes, OfGarbageHaveAClearError) {
  const auto problem = [](const std::vector<RouteCase>& cases, std::size_t outcomes) {
    const RouteFit fit = fit_routes(cases, outcomes);
    return fit.ok() ? std::string() : fit.problems.front();
  };
  EXPECT_THAT(problem({}, 2), HasSubstr("no cases"));
  EXPECT_THAT(problem({decided(1, 0)}, 0), HasSubstr("no outcomes"));
  EXPECT_THAT(problem({decided(1, 2)}, 2), HasSubstr("none of them"));
  EXPECT_THAT(problem({open(1), open(5)}, 2), HasSubstr("none of 2 cases"));
  EXPECT_THAT(problem({decided(1, -1)}, 2), HasSubstr("the reverse"));
  EXPECT_THAT(problem({decided(std::nan(""), 0)}, 2), HasSubstr("no numbers"));
  EXPECT_THAT(problem({decided(1, 0, {1}), decided(1, 0)}, 2), HasSubstr("number of attributes"));
}

/// Families of one to three, each child on its own or as its family: by classes if these are more than one.
std::vector<RouteCase> families_of_cases(double siblings, int classes, std::mt19937_64& random, int families = 3000) {
  std::vector<RouteCase> cases;
  for (int family = 0; family < families; ++family) {
    const auto of = static_cast<std::int32_t>(classes * uniform(random));
    const double share = classes == 1 ? 0.3 : 0.2 + 0.3 * of;
    const double common = uniform(random);
    const int size = 1 + static_cast<int>(3 * uniform(random));
    for (int child = 0; child < size; ++child) {
      const double own = uniform(random) < siblings ? common : uniform(random);
      cases.push_back(decided(5, own < share ? 0 : own < 0.8 ? 1 : 2, {of}));
      cases.back().family = family;
    }
  }
  return cases;
}

TEST(Routes, OfSiblingsHaveTheShareThatDecidesTogether) {
  std::mt19937_64 random(51);
  constexpr int kSets = 100;
  int tied = 0, shares = 0;
  for (int set = 0; set < kSets; ++set) {
    const RouteFit fit = fit_routes(families_of_cases(0.6, 1, random, 600), 3);
    ASSERT_TRUE(fit.siblings);
    tied += covers(*fit.siblings, 0.6);
    shares += covers(fit.parts[0].shares[0], 0.3);
  }
  // At least so many of 100 but for one time in a thousand, where intervals of 95% are what they say.
  EXPECT_GE(tied, 87);
  EXPECT_GE(shares, 87);
}

TEST(Routes, OfSiblingsWhoDecideAloneAreSeldomTied) {
  std::mt19937_64 random(52);
  int tied = 0;
  for (int set = 0; set < 100; ++set)
    tied += fit_routes(families_of_cases(0.0, 1, random, 300), 3).siblings.has_value();
  EXPECT_LE(tied, 6);  // four standard errors above 1
}

TEST(Routes, ThatDependOnAClassAreNotTakenForTiesOfSiblings) {
  std::mt19937_64 random(53);
  const RouteFit fit = fit_routes(families_of_cases(0.0, 2, random), 3);
  EXPECT_EQ(fit.attributes, std::vector<std::int32_t>{0});
  EXPECT_FALSE(fit.siblings);
  EXPECT_DOUBLE_EQ(fit.design_effect, 1.0);
}

/// Six years of cases whose share of the first outcome is 0.3, off by so much in each year.
std::vector<RouteCase> years_of_cases(double off, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<RouteCase> cases;
  for (int year = 0; year < 6; ++year) {
    const double share = 0.3 + off * (2.0 * uniform(random) - 1.0) * std::sqrt(3.0);
    for (int i = 0; i < 2000; ++i) {
      cases.push_back(decided(5, uniform(random) < share ? 0 : 1));
      cases.back().begun = year + uniform(random);
    }
  }
  return cases;
}

double spread_of_draws(const RouteFit& fit) {
  const std::vector<double>& of = fit.parts.back().dirichlet;
  const double total = of[0] + of[1], share = of[0] / total;
  return std::sqrt(share * (1.0 - share) / (total + 1.0));
}

TEST(Routes, ThatDifferBetweenYearsAreDrawnAsFarOffAsAYearMayBe) {
  const RouteFit alike = fit_routes(years_of_cases(0.0, 41), 2);
  EXPECT_GT(alike.p_periods, 0.01);
  const double error = std::sqrt(0.3 * 0.7 / 12000);
  EXPECT_GT(alike.parts[0].shares[0].standard_error, error) << "six years that were alike may not be for ever";
  EXPECT_LT(alike.parts[0].shares[0].standard_error, 2.0 * error);
  EXPECT_GT(spread_of_draws(alike), alike.parts[0].shares[0].standard_error);
  EXPECT_LT(spread_of_draws(alike), 3.0 * error);
  const RouteFit apart = fit_routes(years_of_cases(0.04, 42), 2);
  EXPECT_LT(apart.p_periods, 1e-6);
  EXPECT_THAT(apart.notes, testing::Contains(HasSubstr("differ between years")));
  // Six years tell their own spread within a factor of two.
  EXPECT_GT(spread_of_draws(apart), 0.02);
  EXPECT_LT(spread_of_draws(apart), 0.08);
}

/// Six years whose share of the first outcome goes from 0.24 to 0.34.
TEST(Routes, ThatWentOffLatelyAreWhereTheyAreNow) {
  std::mt19937_64 random(43);
  std::vector<RouteCase> cases;
  for (int i = 0; i < 24000; ++i) {
    const double begun = 6.0 * uniform(random);
    cases.push_back(decided(5, uniform(random) < 0.24 + 0.1 * begun / 6.0 ? 0 : 1));
    cases.back().begun = begun;
  }
  const Estimate share = fit_routes(cases, 2).parts[0].shares[0];
  EXPECT_NEAR(share.estimate, 0.34, 3.0 * share.standard_error);
  EXPECT_LT(share.standard_error, 0.015);
}

TEST(Routes, ThatAreAlikeInAllYearsAreSeldomSaidToDiffer) {
  int said = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed)
    said += fit_routes(years_of_cases(0.0, 100 + seed), 2).p_periods < 0.05;
  EXPECT_LE(said, 14);  // four standard errors above 5
}

}  // namespace
}  // namespace ketensim
