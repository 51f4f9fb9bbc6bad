#include "calibration/fit/count_regression.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "calibration/fit/special.hpp"
#include "tests/calibration/simulated.hpp"

namespace ketensim::fit {
namespace {

using Eigen::VectorXd;
using simulated::uniform;

/// Two months of four days with a level and one covariate.
CountProblem two_months() {
  CountProblem problem;
  problem.design.resize(8, 2);
  problem.design.col(0).setOnes();
  problem.design.col(1) << 0, 1, 0, 1, 1, 0, 0, 1;
  problem.count.resize(8);
  problem.count << 2, 5, 1, 7, 9, 3, 4, 6;
  problem.offset = VectorXd::Zero(8);
  problem.precision = VectorXd::Zero(2);
  problem.month_begin = {0, 4, 8};
  return problem;
}

TEST(CountRegression, WithoutDispersionIsPoisson) {
  // A group of days per value of the covariate: the maximum is at the groups' means.
  const CountFit fit = fit_counts(two_months(), {});
  EXPECT_TRUE(fit.converged);
  const double none = 10.0 / 4.0, one = 27.0 / 4.0;
  EXPECT_NEAR(fit.at[0], std::log(none), 1e-6);
  EXPECT_NEAR(fit.at[1], std::log(one / none), 1e-6);
  EXPECT_NEAR(fit.covariance()(1, 1), 1.0 / 10.0 + 1.0 / 27.0, 1e-6);
}

/// The probability of two months' counts when each month's factor is gamma and days are Poisson, in closed form.
double log_of_gamma_months(const CountProblem& problem, const VectorXd& mean, double variance) {
  const double shape = 1.0 / variance;
  double sum = 0.0;
  for (Eigen::Index m = 0; m < 2; ++m) {
    const double total = problem.count.segment(4 * m, 4).sum(), expected = mean.segment(4 * m, 4).sum();
    for (Eigen::Index d = 4 * m; d < 4 * m + 4; ++d)
      sum += problem.count[d] * std::log(mean[d]) - log_gamma(problem.count[d] + 1.0);
    sum += shape * std::log(shape) - log_gamma(shape) + log_gamma(total + shape) -
           (total + shape) * std::log(expected + shape);
  }
  return sum;
}

TEST(CountRegression, MonthsOfPoissonDaysHaveTheirExactLikelihood) {
  for (const double variance : {0.01, 0.3, 4.0}) {
    const CountProblem problem = two_months();
    const CountFit fit = fit_counts(problem, {0.0, variance});
    EXPECT_NEAR(fit.log_likelihood, log_of_gamma_months(problem, fit.mean, variance), 1e-8);
    // The fit is where it is largest.
    for (const double step : {-1e-3, 1e-3})
      for (Eigen::Index i = 0; i < 2; ++i) {
        VectorXd at = fit.at;
        at[i] += step;
        const VectorXd mean = (problem.design * at).array().exp();
        EXPECT_LT(log_of_gamma_months(problem, mean, variance), fit.log_likelihood);
      }
  }
}

TEST(CountRegression, MonthsOfDispersedDaysHaveTheirLikelihoodToLaplacesError) {
  const CountProblem problem = two_months();
  const Dispersion dispersion{0.2, 0.1};
  const CountFit fit = fit_counts(problem, dispersion);
  // By the trapezium rule on the logarithm of the month's factor.
  double exact = 0.0;
  const double shape = 1.0 / dispersion.month, size = 1.0 / dispersion.day, step = 0.001;
  for (Eigen::Index m = 0; m < 2; ++m) {
    double integral = 0.0;
    for (double b = -6.0; b < 3.0; b += step) {
      double log = shape * std::log(shape) - log_gamma(shape) + shape * b - shape * std::exp(b);
      for (Eigen::Index d = 4 * m; d < 4 * m + 4; ++d) {
        const double mean = fit.mean[d] * std::exp(b), y = problem.count[d];
        log += log_gamma(y + size) - log_gamma(size) - log_gamma(y + 1.0) + y * std::log(mean / (mean + size)) +
               size * std::log(size / (mean + size));
      }
      integral += std::exp(log) * step;
    }
    exact += std::log(integral);
  }
  EXPECT_NEAR(fit.log_likelihood, exact, 0.01);
}

TEST(CountRegression, InformationIsThatOfTheCoefficients) {
  const CountProblem problem = two_months();
  const Dispersion dispersion{0.2, 0.1};
  const CountFit fit = fit_counts(problem, dispersion);
  for (Eigen::Index i = 0; i < 2; ++i) {
    const VectorXd column = problem.design.transpose() * informed(problem, fit, dispersion, problem.design.col(i));
    EXPECT_NEAR(column[0], fit.information(0, i), 1e-10);
    EXPECT_NEAR(column[1], fit.information(1, i), 1e-10);
  }
}

TEST(CountRegression, AMonthThatWeighsTwiceIsSeenTwice) {
  CountProblem weighted = two_months(), doubled = two_months();
  weighted.weight.resize(2);
  weighted.weight << 1.0, 2.0;
  doubled.design.conservativeResize(12, 2);
  doubled.design.bottomRows(4) = doubled.design.middleRows(4, 4).eval();
  doubled.count.conservativeResize(12);
  doubled.count.tail(4) = doubled.count.segment(4, 4).eval();
  doubled.offset = VectorXd::Zero(12);
  doubled.month_begin = {0, 4, 8, 12};
  const Dispersion dispersion{0.1, 0.2};
  const CountFit a = fit_counts(weighted, dispersion), b = fit_counts(doubled, dispersion);
  EXPECT_NEAR(a.log_likelihood, b.log_likelihood, 1e-7);
  EXPECT_TRUE(a.at.isApprox(b.at, 1e-5));
  EXPECT_TRUE(a.information.isApprox(b.information, 1e-5));
}

TEST(CountRegression, DispersionThatIsNotThereIsNotFound) {
  std::mt19937_64 random(51);
  int rejected = 0;
  constexpr int kSets = 200;
  for (int set = 0; set < kSets; ++set) {
    CountProblem problem;
    constexpr Eigen::Index kDays = 360;
    problem.design = Eigen::MatrixXd::Ones(kDays, 1);
    problem.count.resize(kDays);
    for (Eigen::Index d = 0; d < kDays; ++d) {
      double count = 0.0;
      for (double passed = -std::log(uniform(random)); passed < 4.0; passed -= std::log(uniform(random))) ++count;
      problem.count[d] = count;
    }
    problem.offset = VectorXd::Zero(kDays);
    problem.precision = VectorXd::Zero(1);
    for (Eigen::Index m = 0; m <= kDays; m += 30) problem.month_begin.push_back(m);
    rejected += choose_dispersion(problem, 0.05).p_none < 0.05;
  }
  // Four standard errors around the level; the mixture is exact for many days only, so the test may be somewhat shy.
  const double error = std::sqrt(0.05 * 0.95 * kSets);
  EXPECT_LE(rejected, 0.05 * kSets + 4.0 * error);
  EXPECT_GE(rejected, 1);
}

}  // namespace
}  // namespace ketensim::fit
