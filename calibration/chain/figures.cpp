#include "calibration/chain/figures.hpp"

#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <boost/random/bernoulli_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <numeric>

namespace ketensim::chain {
namespace {

constexpr double kFurthest = 3.0;         // standard errors that a draw may lie from its estimate
constexpr std::size_t kMostPoints = 120;  // of an empirical distribution, in a file that people read

/// A curve with many points by fewer: points side by side with together at most an even part of the weight become one.
Distribution thinned(const Distribution& d) {
  if (d.points.size() <= kMostPoints) return d;
  const double total = std::accumulate(d.weights.begin(), d.weights.end(), 0.0);
  const double part = total / static_cast<double>(kMostPoints);
  Distribution result = d;
  result.points.clear();
  result.weights.clear();
  double weight = 0.0, moment = 0.0;
  for (std::size_t i = 0; i < d.points.size(); ++i) {
    if (weight > 0.0 && weight + d.weights[i] > part) {
      result.points.push_back(moment / weight);
      result.weights.push_back(weight);
      weight = moment = 0.0;
    }
    weight += d.weights[i];
    moment += d.weights[i] * d.points[i];
  }
  if (weight > 0.0) {
    result.points.push_back(moment / weight);
    result.weights.push_back(weight);
  }
  return result;
}

}  // namespace

Distribution scaled(Distribution d, double factor) {
  for (double& point : d.points) point *= factor;
  if (const auto at = d.parameters.find("mean"); at != d.parameters.end()) at->second *= factor;
  for (Distribution& part : d.parts) part = scaled(std::move(part), factor);
  return d;
}

Figures::Figures(std::uint64_t seed, int draw) : random_(seed * 1'000'003u + static_cast<std::uint64_t>(draw) + 1) {}

double Figures::normal() {
  const double z = boost::random::normal_distribution<double>()(*random_);
  return std::clamp(z, -kFurthest, kFurthest);
}

double Figures::gamma(double shape) { return boost::random::gamma_distribution<double>(shape)(*random_); }

std::vector<double> Figures::around(const std::vector<double>& parameters, const std::vector<double>& covariance) {
  const auto n = static_cast<Eigen::Index>(parameters.size());
  if (!drawing() || covariance.size() != parameters.size() * parameters.size()) return parameters;
  const Eigen::MatrixXd c = Eigen::Map<const Eigen::MatrixXd>(covariance.data(), n, n);
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(0.5 * (c + c.transpose()));
  Eigen::VectorXd z(n);
  for (Eigen::Index i = 0; i < n; ++i) z[i] = normal() * std::sqrt(std::max(0.0, solver.eigenvalues()[i]));
  const Eigen::VectorXd moved = Eigen::Map<const Eigen::VectorXd>(parameters.data(), n) + solver.eigenvectors() * z;
  return {moved.data(), moved.data() + n};
}

std::vector<double> Figures::dirichlet(const std::vector<double>& weights) {
  std::vector<double> drawn;
  for (const double weight : weights) drawn.push_back(weight > 0.0 ? gamma(weight) : 0.0);
  const double total = std::accumulate(drawn.begin(), drawn.end(), 0.0);
  for (double& value : drawn) value /= total;
  return drawn;
}

Distribution Figures::empirical(const Distribution& fitted, std::size_t cases, double scale) {
  Distribution d = scaled(thinned(fitted), scale);
  if (!drawing()) return d;
  const double total = std::accumulate(d.weights.begin(), d.weights.end(), 0.0);
  for (double& weight : d.weights) weight *= static_cast<double>(cases) / total;
  d.weights = dirichlet(d.weights);
  for (double& weight : d.weights) weight *= total;
  return d;
}

Distribution Figures::duration(const DurationFit& fit, std::size_t number, double scale) {
  const FittedDuration& part = fit.parts[number];
  if (fit.family == "empirical") return empirical(part.distribution, part.mean.cases, scale);
  if (!drawing()) return scaled(part.distribution, scale);
  const Distribution drawn = distribution_at(fit.family, around(part.parameters, part.covariance), fit.working_days);
  return scaled(problems_of(drawn).empty() ? drawn : part.distribution, scale);
}

std::pair<double, Distribution> Figures::share_and_delay(const ShareFit& fit) {
  const Distribution& estimate = fit.delay.distribution;
  if (!drawing()) return {fit.share.estimate, estimate};
  std::vector<double> at;
  double part = 0.0;
  if (fit.parameters.empty()) {
    part = share(fit.share);
    at = around(fit.delay.parameters, fit.delay.covariance);
  } else {
    at = around(fit.parameters, fit.covariance);
    part = 1.0 / (1.0 + std::exp(-at.back()));
    at.pop_back();
  }
  Distribution drawn = distribution_at(fit.family, at, fit.working_days);
  return {part, problems_of(drawn).empty() ? std::move(drawn) : estimate};
}

double Figures::log_growth(const DurationFit& fit) {
  const double growth = std::log(std::max(0.1, 1.0 + fit.trend->estimate));
  if (!drawing()) return fit.trend_weight * growth;
  const double drawn = growth + normal() * fit.trend->standard_error / (1.0 + fit.trend->estimate);
  return boost::random::bernoulli_distribution<double>(fit.trend_weight)(*random_) ? drawn : 0.0;
}

std::vector<double> Figures::shares(const RouteShares& fit) {
  if (drawing()) return dirichlet(fit.dirichlet);
  std::vector<double> estimates;
  for (const Estimate& share : fit.shares) estimates.push_back(share.estimate);
  return estimates;
}

std::vector<double> Figures::shares(std::span<const std::size_t> counts) {
  std::vector<double> weights;
  for (const std::size_t count : counts) weights.push_back(static_cast<double>(count) + (drawing() ? 0.5 : 0.0));
  if (drawing()) return dirichlet(weights);
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) weight /= total;
  return weights;
}

std::size_t Figures::left_of(std::size_t count, const Estimate& taken) {
  const double left = static_cast<double>(count) + taken.estimate - positive(taken);
  return static_cast<std::size_t>(std::llround(std::max(0.0, left)));
}

double Figures::positive(const Estimate& figure) {
  if (!drawing() || !(figure.standard_error > 0.0) || !(figure.estimate > 0.0)) return figure.estimate;
  return figure.estimate * std::exp(normal() * figure.standard_error / figure.estimate);
}

double Figures::share(const Estimate& figure) {
  const double p = figure.estimate;
  if (!drawing() || !(figure.standard_error > 0.0) || !(p > 0.0 && p < 1.0)) return p;
  const double logit = std::log(p / (1.0 - p)) + normal() * figure.standard_error / (p * (1.0 - p));
  return 1.0 / (1.0 + std::exp(-logit));
}

ArrivalPattern Figures::arrivals(const ArrivalFit& fit) {
  if (!drawing()) return fit.pattern;
  return arrival_pattern(fit, around(fit.parameters, fit.covariance));
}

}  // namespace ketensim::chain
