#include <gtest/gtest.h>

#include <cmath>

#include "calibration/fit/dependence.hpp"
#include "tests/calibration/simulated.hpp"

namespace ketensim {
namespace {

using simulated::covers;
using simulated::uniform;

constexpr double kInfinity = Observation::kInfinity;

/// Children who leave evenly over `years`; a share comes back after a while, if before the snapshot.
std::vector<DurationCase> returns(int count, double share, const Distribution& delay, double years,
                                  std::mt19937_64& random) {
  std::vector<DurationCase> cases;
  for (int i = 0; i < count; ++i) {
    const double limit = std::floor(years * 365.0 * uniform(random)) + 1.0, start = uniform(random);
    const double days = uniform(random) < share ? quantile_of(delay, uniform(random)) : kInfinity;
    DurationCase c;
    c.duration.days = start + days >= limit
                          ? Observation{limit, kInfinity, 0, 1, limit}
                          : Observation{std::floor(start + days), std::floor(start + days) + 1, 0, 1, limit};
    c.duration.working = c.duration.days;
    cases.push_back(c);
  }
  return cases;
}

FitOptions on_the_calendar() {
  FitOptions options;
  options.clocks = Clocks::days;
  return options;
}

TEST(Returns, HaveTheirShareAndDelayUnderCensoring) {
  std::mt19937_64 random(41);
  const auto cases = returns(5000, 0.18, simulated::gamma(200.0, 0.7), 4.0, random);
  const ShareFit fit = fit_share_and_delay(cases, on_the_calendar());
  ASSERT_TRUE(fit.ok());
  EXPECT_NEAR(fit.share.estimate, 0.18, 4 * fit.share.standard_error);
  EXPECT_NEAR(fit.delay.mean.estimate, 200.0, 4 * fit.delay.mean.standard_error);
  EXPECT_GT(fit.follow_up, 0.99);
  // The naive share counts those who may still come as staying away.
  EXPECT_LT(static_cast<double>(fit.share.cases) / 5000.0, 0.18 - 2.5 * fit.share.standard_error);
}

TEST(Returns, HoldTheTruthInTheirIntervalsAsOftenAsTheySay) {
  std::mt19937_64 random(42);
  int shares = 0, delays = 0;
  for (int set = 0; set < 200; ++set) {
    const auto cases = returns(1500, 0.2, simulated::exponential(250.0), 6.0, random);
    const fit::Likelihood likelihood(fit::data_of(cases, {}));
    fit::Model model{fit::family_named("exponential")};
    model.share = true;
    const fit::Fitted fitted = fit::fit_model(likelihood, model);
    ASSERT_EQ(fitted.trouble, "");
    const auto at = model.share_at();
    if (covers(fit::figure_of(fit::Link::logit, fitted.maximum.at[at], fitted.maximum.covariance(at, at), 0), 0.2))
      ++shares;
    if (covers(fit::part_of(fitted, 0, false, 0, 0).mean, 250.0)) ++delays;
  }
  EXPECT_GE(shares, 180);
  EXPECT_LE(shares, 196);
  EXPECT_GE(delays, 180);
  EXPECT_LE(delays, 196);
}

TEST(Handovers, ThatAllArriveNeedNoOneWhoStaysAway) {
  std::mt19937_64 random(43);
  const auto cases = returns(400, 1.0, simulated::gamma(14.0, 0.6), 6.0, random);
  const ShareFit fit = fit_share_and_delay(cases, on_the_calendar());
  ASSERT_TRUE(fit.ok());
  EXPECT_GT(fit.share.estimate, 0.98);
  EXPECT_GE(fit.share.high, 0.999);
  EXPECT_NEAR(fit.delay.mean.estimate, 14.0, 4 * fit.delay.mean.standard_error);
}

TEST(Returns, ThatWereFollowedTooShortlySaySo) {
  std::mt19937_64 random(44);
  const auto cases = returns(3000, 0.3, simulated::gamma(700.0, 0.5), 0.8, random);
  const ShareFit fit = fit_share_and_delay(cases, on_the_calendar());
  if (!fit.ok()) return;
  EXPECT_LT(fit.follow_up, 0.8);
  EXPECT_FALSE(fit.notes.empty());
}

/// Waits that end in a start unless patience ends first.
std::vector<DurationCase> waits(int count, const Distribution& patience, std::mt19937_64& random) {
  std::vector<DurationCase> cases;
  for (int i = 0; i < count; ++i) {
    const double received = uniform(random), wait = -80.0 * std::log(uniform(random));
    const double gives_up = quantile_of(patience, uniform(random));
    DurationCase c;
    // A start is a moment here, known to the day: it stands for the middle.
    c.duration.days = gives_up < wait
                          ? Observation{std::floor(received + gives_up), std::floor(received + gives_up) + 1, 0, 1}
                          : Observation{std::floor(received + wait) + 0.5, kInfinity, 0, 1};
    c.duration.working = c.duration.days;
    cases.push_back(c);
  }
  return cases;
}

TEST(Patience, IsLongerThanTheWaitsOfThoseWhoLeft) {
  std::mt19937_64 random(45);
  const auto cases = waits(4000, simulated::exponential(400.0), random);
  const DurationFit fit = fit_patience(cases, on_the_calendar());
  ASSERT_TRUE(fit.ok());
  EXPECT_EQ(fit.family, "exponential");
  EXPECT_NEAR(fit.parts[0].mean.estimate, 400.0, 4 * fit.parts[0].mean.standard_error);
  EXPECT_GT(fit.p_value, 0.01);
  double naive = 0.0;
  for (const DurationCase& c : cases)
    if (c.duration.days.over()) naive += c.duration.days.lower / static_cast<double>(fit.parts[0].mean.cases);
  EXPECT_LT(naive, 100.0);
}

}  // namespace
}  // namespace ketensim
