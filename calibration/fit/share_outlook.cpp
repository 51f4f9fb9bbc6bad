#include "calibration/fit/share_outlook.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace ketensim::fit {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using std::size_t;

constexpr size_t kFewestQuarters = 4;
constexpr double kFewestExpected = 5.0;  // of an outcome in a quarter: others say nothing of how far shares wander
constexpr double kWanderPrior = 0.02;    // standard deviation of a share in a year, relative to itself
constexpr double kMostWander = 0.3;
constexpr int kWanders = 121;

/// Quarters with cases as shares.
struct Series {
  MatrixXd shares;  // [quarter][outcome]
  VectorXd chance, years, pooled;
  std::vector<Index> frequent;  // outcomes
};

Series series_of(const DecidedQuarters& of, double design_effect) {
  const auto quarters = static_cast<Index>(of.counts.size()), outcomes = static_cast<Index>(of.counts.front().size());
  Series series{MatrixXd(quarters, outcomes), VectorXd(quarters), VectorXd(quarters), VectorXd::Zero(outcomes), {}};
  double all = 0.0;
  for (Index q = 0; q < quarters; ++q) {
    const std::vector<double>& counts = of.counts[static_cast<size_t>(q)];
    const Eigen::Map<const VectorXd> decided(counts.data(), outcomes);
    const double total = decided.sum();
    series.shares.row(q) = decided / total;
    series.chance[q] = design_effect / total;
    series.years[q] = of.years[static_cast<size_t>(q)];
    series.pooled += decided;
    all += total;
  }
  for (Index k = 0; k < outcomes; ++k)
    if (series.pooled[k] >= kFewestExpected * static_cast<double>(quarters)) series.frequent.push_back(k);
  series.pooled /= all;
  return series;
}

/// The level given how far shares wander: kriging with an unknown mean.
struct Given {
  double log_likelihood = 0.0;  // restricted: over the unknown level
  VectorXd level;
  double error = 0.0;
};

Given given(const Series& series, double walk) {
  const Index count = series.years.size();
  MatrixXd covariance = series.chance.asDiagonal();
  for (Index i = 0; i < count; ++i)
    for (Index j = 0; j < count; ++j) covariance(i, j) += walk * std::min(series.years[i], series.years[j]);
  const Eigen::LLT<MatrixXd> root(covariance);
  const VectorXd weights = root.solve(VectorXd::Ones(count));
  const double information = weights.sum();
  Given result;
  result.level = series.shares.transpose() * weights / information;
  result.error = 1.0 / information;
  if (series.frequent.size() < 2) return result;
  const auto contrasts = static_cast<double>(series.frequent.size() - 1);
  const MatrixXd& lower = root.matrixLLT();
  result.log_likelihood = -contrasts * (lower.diagonal().array().log().sum() + 0.5 * std::log(information));
  for (const Index k : series.frequent) {
    const VectorXd off = series.shares.col(k).array() - result.level[k];
    result.log_likelihood -= 0.5 * off.dot(root.solve(off)) / series.pooled[k];
  }
  return result;
}

}  // namespace

std::optional<std::vector<ShareOutlook>> share_outlook(std::span<const DecidedQuarters> classes, double design_effect) {
  std::vector<Series> all;
  size_t longest = 0;
  for (const DecidedQuarters& of : classes) {
    longest = std::max(longest, of.counts.size());
    all.push_back(series_of(of, design_effect));
  }
  if (longest < kFewestQuarters || all.front().pooled.size() < 2) return std::nullopt;
  const auto contrasts = static_cast<double>(all.front().pooled.size() - 1);
  std::vector<std::vector<Given>> by_wander;
  VectorXd weights(kWanders), walks(kWanders);
  for (int i = 0; i < kWanders; ++i) {
    // The mean over outcomes, each by its share, of its relative variance: (1 - share) / share of the walk's.
    const double wander = kMostWander * i / (kWanders - 1);
    walks[i] = wander * wander / contrasts;
    weights[i] = -0.5 * wander * wander / (kWanderPrior * kWanderPrior);
    std::vector<Given>& here = by_wander.emplace_back();
    for (const Series& series : all) weights[i] += here.emplace_back(given(series, walks[i])).log_likelihood;
  }
  weights = (weights.array() - weights.maxCoeff()).exp();
  weights /= weights.sum();
  std::vector<ShareOutlook> outlooks(all.size());
  for (size_t c = 0; c < all.size(); ++c) {
    VectorXd mean = VectorXd::Zero(all[c].pooled.size());
    for (int i = 0; i < kWanders; ++i) mean += weights[i] * by_wander[static_cast<size_t>(i)][c].level;
    ShareOutlook& outlook = outlooks[c];
    outlook.shares.assign(mean.begin(), mean.end());
    outlook.ahead = weights.dot(walks);
    for (int i = 0; i < kWanders; ++i) {
      const Given& of = by_wander[static_cast<size_t>(i)][c];
      double apart = 0.0;  // as Pearson has it
      for (Index k = 0; k < mean.size(); ++k)
        if (mean[k] > 0.0) apart += (of.level[k] - mean[k]) * (of.level[k] - mean[k]) / mean[k];
      outlook.error += weights[i] * (of.error + apart / contrasts);
    }
  }
  return outlooks;
}

}  // namespace ketensim::fit
