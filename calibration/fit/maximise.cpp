#include "calibration/fit/maximise.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <limits>

namespace ketensim::fit {
namespace {

constexpr int kMostIterations = 300;
constexpr double kLongestStep = 1.5;  // of parameters that are logarithms and logits
constexpr double kNoSlope = 1e-6;     // per case
constexpr double kNoGain = 1e-12;     // per case
constexpr double kAtBound = 1e-3;     // of it, with a slope that leads beyond: there is no maximum inside

bool inside(const Eigen::VectorXd& at, const Bounds& bounds) {
  return (at.array() >= bounds.least.array()).all() && (at.array() <= bounds.most.array()).all();
}

bool leads_outside(const Eigen::VectorXd& at, const Eigen::VectorXd& gradient, const Bounds& bounds) {
  const auto near_most = bounds.most.array() - at.array() < kAtBound,
             near_least = at.array() - bounds.least.array() < kAtBound;
  return (near_most && gradient.array() > 0.0).any() || (near_least && gradient.array() < 0.0).any();
}

void hold(const std::vector<bool>& held, Eigen::VectorXd& gradient) {
  for (std::size_t i = 0; i < held.size(); ++i)
    if (held[i]) gradient[static_cast<Eigen::Index>(i)] = 0.0;
}

/// Halves the step until the value rises enough; false if it never does.
struct LineSearch {
  const Objective& objective;
  const Bounds& bounds;
  const std::vector<bool>& held;

  bool operator()(const Eigen::VectorXd& from, double value, const Eigen::VectorXd& gradient, Eigen::VectorXd step,
                  Eigen::VectorXd& to, double& to_value, Eigen::VectorXd& to_gradient) const {
    if (const double longest = step.cwiseAbs().maxCoeff(); longest > kLongestStep) step *= kLongestStep / longest;
    for (int halving = 0; halving < 40; ++halving, step *= 0.5) {
      to = from + step;
      if (!inside(to, bounds) || !objective(to, to_value, to_gradient)) continue;
      hold(held, to_gradient);
      if (to_value >= value + 1e-4 * gradient.dot(step)) return true;
    }
    return false;
  }
};

}  // namespace

Maximum maximise(const Objective& objective, const Eigen::VectorXd& start, const Bounds& bounds, double scale,
                 const std::vector<bool>& held) {
  const Eigen::Index size = start.size();
  Maximum best{start.cwiseMax(bounds.least).cwiseMin(bounds.most), 0.0, false, {}};
  Eigen::VectorXd gradient, to, to_gradient;
  if (!objective(best.at, best.value, gradient)) {
    best.value = -std::numeric_limits<double>::infinity();
    return best;
  }
  hold(held, gradient);
  const LineSearch search{objective, bounds, held};
  const Eigen::MatrixXd unit = Eigen::MatrixXd::Identity(size, size);
  Eigen::MatrixXd inverse = unit / scale;  // of minus the curvature
  bool fresh = true;
  for (int i = 0; i < kMostIterations; ++i) {
    if (gradient.cwiseAbs().maxCoeff() <= kNoSlope * scale) {
      best.converged = true;
      break;
    }
    double to_value = 0.0;
    if (!search(best.at, best.value, gradient, inverse * gradient, to, to_value, to_gradient)) {
      if (fresh) break;
      inverse = unit / scale;
      fresh = true;
      continue;
    }
    const Eigen::VectorXd step = to - best.at, bend = gradient - to_gradient;
    const double gain = to_value - best.value, curvature = step.dot(bend);
    best.at = to;
    best.value = to_value;
    gradient = to_gradient;
    if (leads_outside(best.at, gradient, bounds)) break;
    if (curvature > 1e-12 * step.norm() * bend.norm()) {
      if (fresh) inverse = unit * (curvature / bend.squaredNorm());
      const Eigen::MatrixXd left = unit - step * bend.transpose() / curvature;
      inverse = left * inverse * left.transpose() + step * step.transpose() / curvature;
      fresh = false;
    }
    if (gain < kNoGain * scale && gradient.cwiseAbs().maxCoeff() <= 100.0 * kNoSlope * scale) {
      best.converged = true;
      break;
    }
  }
  return best;
}

void add_covariance(const Objective& objective, Maximum& maximum, const std::vector<bool>& held) {
  constexpr double kStep = 1e-4;
  const Eigen::Index size = maximum.at.size();
  std::vector<Eigen::Index> free;
  for (Eigen::Index i = 0; i < size; ++i)
    if (held.empty() || !held[static_cast<std::size_t>(i)]) free.push_back(i);
  Eigen::MatrixXd curvature(size, size);
  Eigen::VectorXd at = maximum.at, up, down;
  double value = 0.0;
  for (const Eigen::Index i : free) {
    at[i] = maximum.at[i] + kStep;
    if (!objective(at, value, up)) return;
    at[i] = maximum.at[i] - kStep;
    if (!objective(at, value, down)) return;
    at[i] = maximum.at[i];
    curvature.col(i) = (down - up) / (2.0 * kStep);
  }
  const Eigen::MatrixXd of_free = curvature(free, free).eval();
  const Eigen::MatrixXd symmetric = (of_free + of_free.transpose()) / 2.0;
  const Eigen::LLT<Eigen::MatrixXd> root(symmetric);
  if (root.info() != Eigen::Success) return;
  const Eigen::MatrixXd inverse = root.solve(Eigen::MatrixXd::Identity(symmetric.rows(), symmetric.cols()));
  // A direction along which nothing changes leaves an inverse that is as good as infinite.
  if (!inverse.allFinite() || inverse.diagonal().maxCoeff() > 1e4) return;
  maximum.covariance = Eigen::MatrixXd::Zero(size, size);
  maximum.covariance(free, free) = inverse;
}

}  // namespace ketensim::fit
