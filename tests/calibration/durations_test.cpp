#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "calibration/fit/dependence.hpp"
#include "calibration/fit/goodness.hpp"
#include "tests/calibration/simulated.hpp"

namespace ketensim {
namespace {

using simulated::covers;
using simulated::Partner;
using simulated::services;
using simulated::uniform;
using testing::HasSubstr;

constexpr double kInfinity = Observation::kInfinity;

Partner dutch() {
  Partner partner;
  partner.kind = CalendarKind::netherlands;
  partner.ends = Ends::moved_to_working_day;
  return partner;
}

DurationCase seen(Observation o) {
  DurationCase c;
  c.duration = {o, o};
  return c;
}

TEST(Durations, FindTheirFamilyAndClock) {
  std::mt19937_64 random(11);
  Partner partner = dutch();
  const DurationFit calendar = fit_durations(services(partner, simulated::gamma(12.0, 0.5), 2000, random));
  ASSERT_TRUE(calendar.ok());
  EXPECT_EQ(calendar.family, "gamma");
  EXPECT_FALSE(calendar.working_days);
  EXPECT_GT(calendar.p_value, 0.01);
  partner.working_days = true;
  const DurationFit working = fit_durations(services(partner, simulated::lognormal(5.0, 0.8), 2000, random));
  EXPECT_EQ(working.family, "lognormal");
  EXPECT_TRUE(working.working_days);
  EXPECT_TRUE(working.parts[0].distribution.working_days);
  EXPECT_TRUE(covers(working.parts[0].mean, 5.0)) << working.parts[0].mean.estimate;
  EXPECT_TRUE(covers(working.parts[0].shapes[0].second, 0.8));
  EXPECT_GT(working.p_value, 0.01);
  EXPECT_EQ(working.attribute, -1);
  EXPECT_FALSE(working.worsening);
  EXPECT_FALSE(working.trend);
}

TEST(Durations, OfTwoKindsOfCasesAreAMixture) {
  std::mt19937_64 random(12);
  const auto cases = services(dutch(), 3000, random, [&](DurationCase&) {
    const bool quick = uniform(random) < 0.6;
    return quantile_of(quick ? simulated::gamma(10.0, 0.4) : simulated::gamma(90.0, 0.3), uniform(random));
  });
  const DurationFit fit = fit_durations(cases);
  EXPECT_EQ(fit.parts[0].distribution.kind, "mixture") << fit.family;
  EXPECT_NEAR(fit.parts[0].mean.estimate, 42.0, 4 * fit.parts[0].mean.standard_error);
  EXPECT_TRUE(problems_of(fit.parts[0].distribution).empty());
  EXPECT_GT(fit.p_value, 0.01);
}

TEST(Durations, ThatDependOnTheLoadAreSaidTo) {
  FitOptions options;
  options.load = true;
  for (const bool depends : {true, false}) {
    std::mt19937_64 random(17);
    const auto cases = services(dutch(), 3000, random, [&](DurationCase& c) {
      c.load = uniform(random) - 0.5;
      const double slower = depends ? std::pow(1.5, c.load) : 1.0;
      return slower * quantile_of(simulated::gamma(20.0, 0.5), uniform(random));
    });
    const DurationFit fit = fit_durations(cases, options);
    ASSERT_EQ(fit.load.has_value(), depends);
    if (!depends) continue;
    EXPECT_TRUE(covers(*fit.load, 1.5)) << fit.load->estimate;
    EXPECT_THAT(fit.notes, testing::Contains(HasSubstr("twice as many")));
  }
}

TEST(Durations, AreDividedByTheAttributeOnWhichTheyDepend) {
  std::mt19937_64 random(13);
  const auto cases = services(dutch(), 1500, random, [&](DurationCase& c) {
    const std::int32_t crisis = uniform(random) < 0.3 ? 1 : 0;
    c.classes = {static_cast<std::int32_t>(uniform(random) * 4), crisis};
    return quantile_of(simulated::gamma(crisis == 1 ? 20.0 : 45.0, 0.6), uniform(random));
  });
  const DurationFit fit = fit_durations(cases);
  ASSERT_EQ(fit.attribute, 1);
  ASSERT_EQ(fit.parts.size(), 2u);
  EXPECT_EQ(fit.parts[1].values, std::vector<std::int32_t>{1});
  EXPECT_NEAR(fit.parts[0].mean.estimate, 45.0, 4 * fit.parts[0].mean.standard_error);
  EXPECT_NEAR(fit.parts[1].mean.estimate, 20.0, 4 * fit.parts[1].mean.standard_error);
  EXPECT_EQ(fit.parts[0].cases + fit.parts[1].cases, cases.size());
}

TEST(Durations, WorsenAfterAWaitAndFollowATrendOnlyWhereTheDataBearItOut) {
  std::mt19937_64 random(14);
  const auto cases = services(dutch(), 3000, random, [&](DurationCase& c) {
    c.wait = 80.0 * uniform(random);
    const double years = c.begun - 8.0;  // 2018 is 8 years after the calendar's first
    return quantile_of(simulated::gamma((c.wait > 60.0 ? 1.35 : 1.0) * 30.0 * std::pow(1.10, years), 0.5),
                       uniform(random));
  });
  const DurationFit fit = fit_durations(cases);
  ASSERT_TRUE(fit.worsening);
  EXPECT_NEAR(fit.worsens_after, 60.0, 4.0);
  EXPECT_TRUE(covers(*fit.worsening, 1.35)) << fit.worsening->estimate;
  ASSERT_TRUE(fit.trend);
  EXPECT_TRUE(covers(*fit.trend, 0.10)) << fit.trend->estimate;
  EXPECT_NEAR(fit.parts[0].mean.estimate, 30.0 * std::pow(1.10, fit.trend_origin - 8.0),
              4 * fit.parts[0].mean.standard_error);
}

TEST(Durations, OfNoFamilyBecomeTheDatasOwnCurve) {
  std::mt19937_64 random(15);
  const auto cases = services(Partner{}, 2000, random, [&](DurationCase&) {
    const double kind = uniform(random);
    return (kind < 0.4 ? 10.0 : kind < 0.7 ? 60.0 : 92.0) + uniform(random);
  });
  const DurationFit fit = fit_durations(cases);
  EXPECT_EQ(fit.family, "empirical");
  EXPECT_TRUE(problems_of(fit.parts[0].distribution).empty());
  EXPECT_NEAR(fit.parts[0].mean.estimate, 0.4 * 10 + 0.3 * 60 + 0.3 * 92 + 0.5, 4 * fit.parts[0].mean.standard_error);
}

TEST(Durations, KnownToTheSecondAreFittedAsWell) {
  std::mt19937_64 random(16);
  std::vector<DurationCase> cases;
  for (int i = 0; i < 2000; ++i) {
    const double days = quantile_of(simulated::weibull(0.4, 1.4), uniform(random));
    cases.push_back(seen({days, days + 1.0 / 86400}));
  }
  const DurationFit fit = fit_durations(cases);
  EXPECT_EQ(fit.family, "weibull");
  EXPECT_NEAR(fit.parts[0].mean.estimate, 0.4, 4 * fit.parts[0].mean.standard_error);
}

TEST(Durations, WithTheSameCasesAreTheSame) {
  std::mt19937_64 random(17);
  auto cases = services(dutch(), simulated::lognormal(30.0, 0.9), 400, random);
  const DurationFit first = fit_durations(cases), second = fit_durations(cases);
  EXPECT_EQ(first.parts[0].mean.estimate, second.parts[0].mean.estimate);
  EXPECT_EQ(first.p_value, second.p_value);
}

TEST(Durations, CanBeDrawnFromTheirUncertainty) {
  std::mt19937_64 random(18);
  const DurationFit fit = fit_durations(services(dutch(), simulated::gamma(30.0, 0.5), 500, random));
  const FittedDuration& part = fit.parts[0];
  ASSERT_EQ(part.covariance.size(), part.parameters.size() * part.parameters.size());
  const Distribution same = distribution_at(fit.family, part.parameters, fit.working_days);
  EXPECT_EQ(same.parameters, part.distribution.parameters);
  EXPECT_NEAR(std::sqrt(part.covariance[0]) * part.mean.estimate, part.mean.standard_error, 1e-12);
  EXPECT_THROW(distribution_at("gamma", std::vector<double>{1.0}, false), std::invalid_argument);
  EXPECT_THROW(distribution_at("gama", part.parameters, false), std::invalid_argument);
}

TEST(GoodnessOfFit, RejectsATrueFamilyAsRarelyAsItsLevelSays) {
  std::mt19937_64 random(19);
  const Partner partner = dutch();
  int small = 0, tiny = 0;
  constexpr int kSets = 60;
  for (int set = 0; set < kSets; ++set) {
    const auto cases = services(partner, simulated::gamma(8.0, 0.6), 250, random);
    const fit::Likelihood likelihood(fit::data_of(cases, {}));
    const fit::Fitted fitted = fit::fit_model(likelihood, {fit::family_named("gamma")});
    const double p =
        fit::goodness_of_fit(fit::data_of(cases, {}), fitted, 99, 0.0, static_cast<std::uint64_t>(set)).p_value;
    if (p <= 0.25) ++small;
    if (p <= 0.01) ++tiny;
  }
  // Four standard errors of the shares 25% and 1%.
  EXPECT_NEAR(small, 0.25 * kSets, 4 * std::sqrt(kSets * 0.25 * 0.75));
  EXPECT_LE(tiny, 4);
}

TEST(GoodnessOfFit, RejectsAFamilyThatIsWrong) {
  std::mt19937_64 random(20);
  const auto cases = services(dutch(), simulated::gamma(30.0, 0.4), 400, random);
  const fit::Likelihood likelihood(fit::data_of(cases, {}));
  const fit::Fitted fitted = fit::fit_model(likelihood, {fit::family_named("exponential")});
  const fit::Goodness goodness = fit::goodness_of_fit(fit::data_of(cases, {}), fitted, 99, 0.0, 1);
  EXPECT_LE(goodness.p_value, 0.01);
  EXPECT_GT(goodness.distance, 0.1);
}

// ---- What cannot be fitted ----

void expect_problem(const std::vector<DurationCase>& cases, const char* words) {
  for (const auto& problems :
       {fit_durations(cases).problems, fit_patience(cases).problems, fit_share_and_delay(cases).problems}) {
    ASSERT_FALSE(problems.empty()) << words;
    EXPECT_THAT(problems.front(), HasSubstr(words));
  }
}

TEST(Garbage, HasAClearError) {
  const double nan = std::nan("");
  expect_problem({}, "there are no cases");
  expect_problem(std::vector<DurationCase>(50, seen({10, kInfinity})), "of 50 cases 0 are over");
  expect_problem({seen({10, 11})}, "at least 5 are needed");
  const std::vector<DurationCase> good(20, seen({10, 11, 0, 1}));
  const auto with = [&](Observation o) {
    auto cases = good;
    cases.push_back(seen(o));
    return cases;
  };
  expect_problem(with({10, 10}), "1 of 21 cases have an interval without length");
  expect_problem(with({10, 9}), "an upper bound below the lower one");
  expect_problem(with({nan, 11}), "no numbers");
  expect_problem(with({10, nan}), "no numbers");
  expect_problem(with({-1, 11}), "negative or infinite");
  expect_problem(with({kInfinity, kInfinity}), "negative or infinite");
  expect_problem(with({10, 11, 10.5}), "before the time from which they could be seen");
  auto classes = good;
  classes[3].classes = {1};
  expect_problem(classes, "number of attributes");
  auto moments = good;
  moments[3].begun = nan;
  expect_problem(moments, "no number");
}

TEST(Garbage, ThatIsOddButPossibleNeitherCrashesNorStaysUnsaid) {
  const auto fits = [](const std::vector<DurationCase>& cases) {
    const DurationFit fit = fit_durations(cases);
    if (!fit.ok()) return;
    ASSERT_FALSE(fit.parts.empty());
    for (const FittedDuration& part : fit.parts) {
      EXPECT_TRUE(problems_of(part.distribution).empty()) << fit.family;
      EXPECT_TRUE(part.mean.estimate > 0.0 && std::isfinite(part.mean.estimate));
    }
    const ShareFit share = fit_share_and_delay(cases);
    EXPECT_TRUE(!share.ok() || (share.share.estimate > 0.0 && share.share.estimate <= 1.0));
  };
  fits(std::vector<DurationCase>(100, seen({10, 11, 0, 1})));            // no spread at all
  fits(std::vector<DurationCase>(100, seen({0, 1, 0, 1})));              // all within the day
  fits(std::vector<DurationCase>(100, seen({0, 1e6})));                  // nothing known
  fits(std::vector<DurationCase>(100, seen({1e5, 1e5 + 1, 99999, 1})));  // all truncated
  std::vector<DurationCase> apart(50, seen({0, 1e-9}));
  apart.resize(100, seen({1e6, 1e6 + 1}));
  fits(apart);
  std::vector<DurationCase> five(5, seen({3, 4, 0, 1}));
  five.resize(5000, seen({2, kInfinity, 0, 1}));  // hardly any over
  fits(five);
}

}  // namespace
}  // namespace ketensim
