#include "calibration/fit/likelihood.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "calibration/fit/fitted.hpp"
#include "calibration/fit/special.hpp"
#include "tests/calibration/simulated.hpp"

namespace ketensim::fit {
namespace {

constexpr double kInfinity = Observation::kInfinity;

Datum datum(double lower, double upper, double blur = 0.0, double entry = 0.0) {
  Datum d;
  d.observation = {lower, upper, entry, blur, kInfinity};
  return d;
}

double log_likelihood(const std::vector<Datum>& data, const char* family, std::vector<double> parameters) {
  const Likelihood likelihood(data);
  double value = 0.0;
  Eigen::VectorXd gradient;
  const Eigen::VectorXd p =
      Eigen::Map<Eigen::VectorXd>(parameters.data(), static_cast<Eigen::Index>(parameters.size()));
  EXPECT_TRUE(likelihood.evaluate({family_named(family)}, p, value, gradient));
  return value;
}

TEST(Likelihood, OfAnIntervalIsTheDifferenceOfShares) {
  const double mean = std::log(10.0);
  EXPECT_NEAR(log_likelihood({datum(5, 6)}, "exponential", {mean}), std::log(std::exp(-0.5) - std::exp(-0.6)), 1e-12);
  EXPECT_NEAR(log_likelihood({datum(0, 6)}, "exponential", {mean}), std::log1p(-std::exp(-0.6)), 1e-12);
  EXPECT_NEAR(log_likelihood({datum(7, kInfinity)}, "exponential", {mean}), -0.7, 1e-12);
}

TEST(Likelihood, OfWhatWasSeenOnlyBecauseItLastedIsConditionalOnThat) {
  // Without memory, what lies before the entry does not matter.
  EXPECT_NEAR(log_likelihood({datum(15, 16, 0, 12)}, "exponential", {std::log(10.0)}),
              log_likelihood({datum(3, 4)}, "exponential", {std::log(10.0)}), 1e-12);
}

TEST(Likelihood, AveragesOverStartsWithinTheirDay) {
  // Two dates k days apart: the integral over the day of exp(-(k - u)/m) - exp(-(k + 1 - u)/m), in closed form.
  const double m = 3.0;
  for (const int k : {1, 2, 5, 30}) {
    const double expected = (1.0 - std::exp(-1.0 / m)) * std::exp(-k / m) * m * std::expm1(1.0 / m);
    EXPECT_NEAR(log_likelihood({datum(k, k + 1, 1.0)}, "exponential", {std::log(m)}), std::log(expected), 1e-5) << k;
  }
  // The same date: 1 - m (1 - exp(-1/m)).
  EXPECT_NEAR(log_likelihood({datum(0, 1, 1.0)}, "exponential", {std::log(m)}),
              std::log(1.0 + m * std::expm1(-1.0 / m)), 1e-10);
}

TEST(Likelihood, KeepsItsDigitsFarInEitherTail) {
  // Among many of a day, so that a day is not too fine to be kept.
  const std::vector<Datum> days(3, datum(0, 1));
  std::vector<Datum> with_one = days;
  with_one.push_back(datum(5000, 5001));
  EXPECT_NEAR(log_likelihood(with_one, "exponential", {0.0}) - log_likelihood(days, "exponential", {0.0}),
              -5000.0 + std::log1p(-std::exp(-1.0)), 1e-9);
  // A gamma variable of shape 4 above 4000: Q(4, x) = exp(-x) (1 + x + x^2/2 + x^3/6).
  const double x = 4000.0;
  EXPECT_NEAR(log_likelihood({datum(1000, kInfinity)}, "gamma", {0.0, std::log(0.5)}),
              -x + std::log(1 + x + x * x / 2 + x * x * x / 6), 1e-8);
  // A standard normal variable below -50: Mills' ratio.
  const double z = 50.0, phi = -z * z / 2 - std::log(2 * std::acos(-1.0)) / 2;
  EXPECT_NEAR(log_normal_shares(-z).below, phi - std::log(z + 1 / z), 1e-6);
  EXPECT_NEAR(log_normal_shares(z).above, log_normal_shares(-z).below, 1e-12);
}

std::vector<Datum> of_every_kind() {
  std::vector<Datum> data{datum(0, 1, 1),
                          datum(1, 2, 1),
                          datum(4, 7, 1),
                          datum(9, 10, 1, 6),
                          datum(20, kInfinity, 1),
                          datum(60, 61, 1),
                          datum(31, kInfinity, 1, 25),
                          datum(2.5, 3.5)};
  for (std::size_t i = 0; i < data.size(); ++i) {
    data[i].part = static_cast<std::int32_t>(i % 2);
    data[i].worsened = i % 3 == 0;
    data[i].years = static_cast<double>(i % 4) - 1.5;
    data[i].count = 1.0 + static_cast<double>(i);
  }
  return data;
}

TEST(Likelihood, HasTheGradientThatItsDifferencesShow) {
  const Likelihood likelihood(of_every_kind());
  for (const Family& family : families())
    for (const bool own_shapes : {false, true}) {
      const Model model{&family, 2, own_shapes, true, true, true};
      Eigen::VectorXd p(model.parameters());
      for (Eigen::Index i = 0; i < p.size(); ++i) p[i] = 0.3 * std::sin(1.0 + static_cast<double>(i));
      p[0] = std::log(12.0);
      p[1] = std::log(20.0);
      double value = 0.0, up = 0.0, down = 0.0;
      Eigen::VectorXd gradient, unused;
      ASSERT_TRUE(likelihood.evaluate(model, p, value, gradient)) << family.row.name;
      for (Eigen::Index i = 0; i < p.size(); ++i) {
        Eigen::VectorXd at = p;
        constexpr double kStep = 1e-5;
        at[i] = p[i] + kStep;
        ASSERT_TRUE(likelihood.evaluate(model, at, up, unused));
        at[i] = p[i] - kStep;
        ASSERT_TRUE(likelihood.evaluate(model, at, down, unused));
        EXPECT_NEAR(gradient[i], (up - down) / (2 * kStep), 1e-4) << family.row.name << " " << i;
      }
    }
}

TEST(Likelihood, CountsEqualObservationsTogether) {
  Datum three = datum(4, 5, 1);
  three.count = 3.0;
  const std::vector<double> p{1.0, 0.1};
  EXPECT_DOUBLE_EQ(log_likelihood({three}, "gamma", p),
                   log_likelihood({datum(4, 5, 1), datum(4, 5, 1), datum(4, 5, 1)}, "gamma", p));
}

TEST(Families, HaveMeanOneAndAgreeWithTheirDistribution) {
  for (const Family& family : families()) {
    std::vector<double> parameters{std::log(30.0)};
    std::vector<double> shapes(kMostShapes, 0.2);
    if (family.row.name == "hyper_erlang") shapes = {0.2, 0.2, std::log(2.0), std::log(3.0)};
    for (std::size_t s = 0; s < family.shapes.size(); ++s) parameters.push_back(shapes[s]);
    // The integral of the share above, by the trapezium rule on log z.
    double mean = 0.0;
    constexpr double kStep = 0.005;
    for (double log_z = -12.0; log_z < 8.0; log_z += kStep) {
      UnitShares shares;
      family.shares(std::exp(log_z), shapes.data(), shares);
      mean += std::exp(shares.log_above + log_z) * kStep;
    }
    EXPECT_NEAR(mean, 1.0, 2e-4) << family.row.name;
    const Distribution d = distribution_at(family.row.name, parameters, false);
    EXPECT_TRUE(problems_of(d).empty()) << family.row.name;
    // Of values at 400 equally likely places the last stands for a tail.
    EXPECT_NEAR(mean_of(d), 30.0, d.kind == "empirical" ? 0.3 : 1e-9) << family.row.name;
    if (d.kind == "mixture" || d.kind == "empirical") continue;
    for (const double p : {0.01, 0.3, 0.9}) {
      UnitShares shares;
      family.shares(quantile_of(d, p) / 30.0, shapes.data(), shares);
      EXPECT_NEAR(std::exp(shares.log_below), p, 1e-9) << family.row.name;
    }
  }
}

}  // namespace
}  // namespace ketensim::fit
