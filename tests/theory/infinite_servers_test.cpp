// Steps without a pool: nobody waits.
#include <cmath>

#include "tests/support/steady_state.hpp"

namespace ketensim {
namespace {

using namespace support;
using std::chrono::days;
using std::chrono::year_month_day;

// The number in service is Poisson with mean rate x E[S], whatever the service (Mirasol 1963): so is its variance.
TEST(MGInfinity, NumberInServiceIsPoisson) {
  const double rate = 2.0, mean_service = 2.0, expected = rate * mean_service;
  SteadyState chain(200, 500.0, 30, 41);
  chain.scenario.period.report = Report::month;  // a month apart, two counts are all but independent
  chain.stream("reports", "A.help", rate);
  chain.step("A.help", "", lognormal(mean_service, 1.2));
  const Results results = chain.run();
  expect_theory(results, "help", "wip_mean", expected);

  const std::size_t figure = results.find("A", "help", "wip_end");
  std::vector<double> variances;
  for (int r = 0; r < results.replications; ++r) {
    double squares = 0.0;
    for (std::size_t p = 0; p < results.base_periods; ++p)
      squares += std::pow(results.value(r, figure, p) - expected, 2);
    variances.push_back(squares / static_cast<double>(results.base_periods));
  }
  const Summary variance = summarise(variances);
  EXPECT_NEAR(variance.mean, expected, 4.0 * variance.se);
  EXPECT_LT(variance.se, 0.01 * expected);
}

/// Intensity on each day from the origin by design.md: month and weekday factors with day-weighted mean 1 over a year
/// of 365.25 days, trend 1 at the start of the period.
std::vector<double> intensity(const Stream& stream, Date origin, Date start, int count) {
  const double lengths[] = {31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  double month_mean = 0.0, weekday_mean = 0.0;
  for (std::size_t m = 0; m < 12; ++m) month_mean += stream.month[m] * lengths[m] / 365.25;
  for (const double w : stream.weekday) weekday_mean += w / 7.0;
  std::vector<double> result;
  for (int d = 0; d < count; ++d) {
    const Date day = origin + days{d};
    const double factor = stream.month[static_cast<unsigned>(year_month_day{day}.month()) - 1] / month_mean *
                          stream.weekday[std::chrono::weekday{day}.iso_encoding() - 1] / weekday_mean;
    const double years = (static_cast<double>((day - start).count()) + 0.5) / 365.25;
    result.push_back(stream.per_day * factor * std::pow(1.0 + stream.trend_per_year, years));
  }
  return result;
}

// Eick, Massey and Whitt (1993), "The physics of the Mt/G/infinity queue", theorem 1: the mean number in service is
// m(t) = integral of rate(u) P(S > t - u) du. With a rate that is constant over each day:
// - S exponential: m' = rate - m / s, hence over a day m moves to rate x s by exp(-1/s);
// - S of D days: m(t) is the integral of the rate over the last D days.
class MtGInfinity : public ::testing::Test {
 protected:
  static constexpr int kWarmUp = 400;

  MtGInfinity() : chain_(2, kWarmUp, 40, 42) {
    chain_.scenario.period.report = Report::month;
    Stream& stream = chain_.stream("reports", "A.help", 40.0);
    stream.month = {0.85, 0.94, 1.01, 0.91, 1.0, 1.06, 0.75, 0.70, 1.07, 0.99, 1.22, 1.01};
    stream.weekday = {1.2, 1.0, 1.0, 1.0, 1.1, 0.15, 0.15};
    stream.trend_per_year = 0.25;
    const Period& period = chain_.scenario.period;
    rates_ = intensity(stream, period.start - days{kWarmUp}, period.start,
                       kWarmUp + static_cast<int>((period.end - period.start).count()));
  }

  /// `daily`: the mean number in service over each day from the origin.
  void expect_monthly_means(const std::vector<double>& daily) {
    const Results results = chain_.run();
    const std::size_t figure = results.find("A", "help", "wip_mean"), inflow = results.find("A", "help", "inflow");
    const Date origin = chain_.scenario.period.start - days{kWarmUp};
    ASSERT_EQ(results.base_periods, 24u);
    for (std::size_t p = 0; p < results.base_periods; ++p) {
      SCOPED_TRACE(results.periods[p].label);
      double number = 0.0, arrivals = 0.0;
      const auto first = (results.periods[p].from - origin).count(), last = (results.periods[p].until - origin).count();
      for (auto d = first; d < last; ++d) {
        number += daily[static_cast<std::size_t>(d)] / static_cast<double>(last - first);
        arrivals += rates_[static_cast<std::size_t>(d)];
      }
      for (const auto& [f, exact] : {std::pair{figure, number}, std::pair{inflow, arrivals}}) {
        const Summary summary = summarise(results, f, p);
        EXPECT_NEAR(summary.mean, exact, 4.0 * summary.se);
        EXPECT_LT(summary.se, 0.01 * exact);
      }
    }
  }

  SteadyState chain_;
  std::vector<double> rates_;
};

TEST_F(MtGInfinity, ExponentialService) {
  const double s = 30.0, stay = std::exp(-1.0 / s);
  chain_.step("A.help", "", exponential(s));
  std::vector<double> daily;
  double m = 0.0;
  for (const double rate : rates_) {
    daily.push_back(rate * s + (m - rate * s) * (1.0 - stay) * s);
    m = rate * s + (m - rate * s) * stay;
  }
  expect_monthly_means(daily);
}

TEST_F(MtGInfinity, ServiceOf45Days) {
  const int length = 45;
  chain_.step("A.help", "", deterministic(length));
  std::vector<double> daily(rates_.size());
  for (std::size_t d = length; d < rates_.size(); ++d) {
    daily[d] = (rates_[d] + rates_[d - length]) / 2.0;
    for (std::size_t j = 1; j < length; ++j) daily[d] += rates_[d - j];
  }
  expect_monthly_means(daily);
}

}  // namespace
}  // namespace ketensim
