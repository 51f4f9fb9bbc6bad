#include "calibration/fit/level_outlook.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <array>
#include <cmath>

namespace ketensim::fit {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int kQuarter = 91;     // days
constexpr int kFewestDays = 60;  // observed in a quarter
constexpr Index kFewestQuarters = 4;
constexpr double kWanderPrior = 0.03, kGrowthPrior = 0.05;  // standard deviations, per year
constexpr int kWanders = 61;
constexpr double kMostWander = 0.15;

Date end_of(const std::vector<ArrivalDay>& days) { return days.back().date + std::chrono::days{1}; }

/// Quarters backwards from the last day, each as the logarithm of what came over what its shape alone would give.
struct Quarters {
  VectorXd log, variance, years;  // years from the last day, below 0
};

Quarters quarters_of(const std::vector<ArrivalDay>& days, const ArrivalRegression& regression) {
  VectorXd shape = regression.fit.fit.at;
  shape.head(regression.design.terms().trend ? 2 : 1).setZero();
  const VectorXd base = log_means(days, regression.design, shape);
  const VectorXd fitted = log_means(days, regression.design, regression.fit.fit.at);
  const Dispersion& dispersion = regression.fit.dispersion;
  const Date end = end_of(days);
  std::vector<std::array<double, 3>> quarters;
  for (auto last = static_cast<Index>(days.size()); last >= kQuarter; last -= kQuarter) {
    double count = 0.0, plain = 0.0, mean = 0.0, by_day = 0.0, years = 0.0;
    std::array<double, 12> by_month{};
    int observed = 0;
    for (Index d = last - kQuarter; d < last; ++d) {
      const ArrivalDay& day = days[static_cast<std::size_t>(d)];
      if (!day.observed) continue;
      const double here = std::exp(fitted[d] + day.log_inflation);
      count += day.count;
      plain += std::exp(base[d] + day.log_inflation);
      mean += here;
      by_day += here * here;
      by_month[day.month] += here;
      years += years_from(end, day.date);
      ++observed;
    }
    if (observed < kFewestDays) continue;
    double months = 0.0;
    for (const double month : by_month) months += month * month;
    const double variance = (mean + dispersion.day * by_day + dispersion.month * months) / (mean * mean);
    // The logarithm of a count lies below that of its mean, but for half a case.
    quarters.push_back({std::log((count + 0.5) / plain), variance, years / observed});
  }
  Quarters result;
  const auto count = static_cast<Index>(quarters.size());
  result.log.resize(count);
  result.variance.resize(count);
  result.years.resize(count);
  for (Index q = 0; q < count; ++q) {
    const auto& [log, variance, years] = quarters[static_cast<std::size_t>(q)];
    result.log[q] = log;
    result.variance[q] = variance;
    result.years[q] = years;
  }
  return result;
}

/// Level and growth given how far the level wanders: kriging with an unknown mean.
struct Given {
  double log_likelihood = 0.0;  // restricted: over the unknown level
  Eigen::Vector2d at;
  Eigen::Matrix2d covariance;
};

Given given(const Quarters& quarters, double wander) {
  const Index count = quarters.log.size();
  const double walk = wander * wander, slope = kGrowthPrior * kGrowthPrior;
  // The walk is 0 at the last day and runs backwards: its increments are independent either way.
  MatrixXd covariance = quarters.variance.asDiagonal();
  for (Index i = 0; i < count; ++i)
    for (Index j = 0; j < count; ++j)
      covariance(i, j) +=
          walk * std::min(-quarters.years[i], -quarters.years[j]) + slope * quarters.years[i] * quarters.years[j];
  const Eigen::LLT<MatrixXd> root(covariance);
  const VectorXd ones = VectorXd::Ones(count), weights = root.solve(ones), of_growth = slope * quarters.years;
  const double information = ones.dot(weights);
  Given result;
  result.at[0] = weights.dot(quarters.log) / information;
  const VectorXd residual = quarters.log - result.at[0] * ones, solved = root.solve(residual);
  result.at[1] = of_growth.dot(solved);
  const VectorXd solved_growth = root.solve(of_growth);
  const double moves = -weights.dot(of_growth) / information;  // growth's error with that of the level
  result.covariance(0, 0) = 1.0 / information;
  result.covariance(0, 1) = result.covariance(1, 0) = moves;
  result.covariance(1, 1) = slope - of_growth.dot(solved_growth) + moves * moves * information;
  const MatrixXd& lower = root.matrixLLT();
  result.log_likelihood =
      -lower.diagonal().array().log().sum() - 0.5 * residual.dot(solved) - 0.5 * std::log(information);
  return result;
}

}  // namespace

std::optional<LevelOutlook> level_outlook(const std::vector<ArrivalDay>& days, const ArrivalRegression& regression,
                                          Date at) {
  const Quarters quarters = quarters_of(days, regression);
  if (quarters.log.size() < kFewestQuarters) return std::nullopt;
  std::vector<Given> by_wander;
  VectorXd weights(kWanders);
  for (int i = 0; i < kWanders; ++i) {
    const double wander = kMostWander * i / (kWanders - 1);
    by_wander.push_back(given(quarters, wander));
    weights[i] = by_wander.back().log_likelihood - 0.5 * wander * wander / (kWanderPrior * kWanderPrior);
  }
  weights = (weights.array() - weights.maxCoeff()).exp();
  weights /= weights.sum();
  Eigen::Vector2d mean = Eigen::Vector2d::Zero();
  for (int i = 0; i < kWanders; ++i) mean += weights[i] * by_wander[static_cast<std::size_t>(i)].at;
  LevelOutlook outlook{mean[0], mean[1], Eigen::Matrix2d::Zero(), 0.0};
  for (int i = 0; i < kWanders; ++i) {
    const Given& of = by_wander[static_cast<std::size_t>(i)];
    const Eigen::Vector2d off = of.at - mean;
    outlook.covariance += weights[i] * (of.covariance + off * off.transpose());
    const double wander = kMostWander * i / (kWanders - 1);
    outlook.wander += weights[i] * wander * wander;
  }
  const double ahead = static_cast<double>((at - end_of(days)).count()) / kDaysPerYear;
  const Eigen::Matrix2d go{{1.0, ahead}, {0.0, 1.0}};
  outlook.level += ahead * outlook.growth;
  outlook.covariance = go * outlook.covariance * go.transpose();
  outlook.covariance(0, 0) += std::max(ahead, 0.0) * outlook.wander;
  outlook.wander = std::sqrt(outlook.wander);
  return outlook;
}

}  // namespace ketensim::fit
