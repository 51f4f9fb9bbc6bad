#include "calibration/fit/count_regression.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "calibration/fit/special.hpp"

namespace ketensim::fit {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int kMostIterations = 60;
constexpr double kLargestLogMean = 25.0;

/// What Stirling's formula leaves of log Gamma(x).
double stirling_remainder(double x) {
  if (x < 12.0) return log_gamma(x) - ((x - 0.5) * std::log(x) - x + 0.5 * std::log(2.0 * std::numbers::pi));
  const double y = 1.0 / (x * x);
  return (1.0 / 12.0 - y * (1.0 / 360.0 - y / 1260.0)) / x;
}

/// The log-likelihood of the counts at given means, month by month.
class Likelihood {
 public:
  Likelihood(const CountProblem& problem, const Dispersion& dispersion)
      : problem_(problem), day_(dispersion.day), month_(dispersion.month), constant_(problem.days()) {
    // Sum over j < y of log(1 + day j), less log y!, for every count y.
    const auto largest = static_cast<std::size_t>(problem.count.maxCoeff());
    std::vector<double> by_count(largest + 1, 0.0);
    for (std::size_t y = 0; y < largest; ++y)
      by_count[y + 1] = by_count[y] + std::log1p(day_ * static_cast<double>(y)) - std::log(static_cast<double>(y + 1));
    for (Index d = 0; d < problem.days(); ++d) constant_[d] = by_count[static_cast<std::size_t>(problem.count[d])];
  }

  /// Given the logarithms of the means: the joint likelihood at the modes of the months' factors, which Fisher scoring
  /// climbs, and the marginal one.
  void operator()(const VectorXd& log_mean, VectorXd& log_factor, double& joint, double& marginal) const {
    joint = marginal = 0.0;
    for (Index m = 0; m < problem_.months(); ++m) {
      const double weight = problem_.weight.size() > 0 ? problem_.weight[m] : 1.0;
      double curvature = 0.0;
      if (month_ > 0.0) climb(m, log_mean, log_factor[m], curvature);
      double value = days_of_month(m, log_mean, log_factor[m]);
      if (month_ > 0.0) {
        const double shape = 1.0 / month_, b = log_factor[m];
        value += shape * (b - std::expm1(b));
        marginal +=
            weight * (0.5 * std::log(shape / curvature) - stirling_remainder(shape) + stirling_remainder(curvature));
      }
      joint += weight * value;
      marginal += weight * value;
    }
  }

 private:
  double days_of_month(Index m, const VectorXd& log_mean, double b) const {
    double sum = 0.0;
    for (Index d = first(m); d < first(m + 1); ++d) {
      const double y = problem_.count[d], eta = log_mean[d] + b, mean = std::exp(eta);
      sum += constant_[d] + y * eta - (day_ > 0.0 ? (y + 1.0 / day_) * std::log1p(day_ * mean) : mean);
    }
    return sum;
  }

  /// The mode of the logarithm of a month's factor by Newton's method: the joint likelihood is concave in it.
  void climb(Index m, const VectorXd& log_mean, double& b, double& curvature) const {
    const double shape = 1.0 / month_;
    for (int i = 0; i < kMostIterations; ++i) {
      const double factor = std::exp(b);
      double slope = shape * (1.0 - factor);
      curvature = shape * factor;
      for (Index d = first(m); d < first(m + 1); ++d) {
        const double y = problem_.count[d], mean = std::exp(log_mean[d]) * factor, spread = 1.0 + day_ * mean;
        slope += (y - mean) / spread;
        curvature += mean * (1.0 + day_ * y) / (spread * spread);
      }
      const double step = std::clamp(slope / curvature, -1.0, 1.0);
      if (std::abs(step) < 1e-9) return;
      b += step;
    }
  }

  Index first(Index month) const { return problem_.month_begin[static_cast<std::size_t>(month)]; }

  const CountProblem& problem_;
  double day_, month_;
  VectorXd constant_;
};

/// The information of the logarithms of the days' means: `own` per day, less what each month's factor takes.
struct Information {
  VectorXd own;       // per day, unweighted
  VectorXd of_month;  // per month: `own` summed and the factor's own
};

Information information_of(const CountProblem& problem, const VectorXd& mean, const VectorXd& log_factor,
                           const Dispersion& dispersion) {
  Information result{mean.array() / (1.0 + dispersion.day * mean.array()), VectorXd::Zero(problem.months())};
  for (Index m = 0; m < problem.months(); ++m) {
    const Index begin = problem.month_begin[static_cast<std::size_t>(m)];
    const Index size = problem.month_begin[static_cast<std::size_t>(m) + 1] - begin;
    result.of_month[m] = result.own.segment(begin, size).sum();
    if (dispersion.month > 0.0) result.of_month[m] += std::exp(log_factor[m]) / dispersion.month;
  }
  return result;
}

MatrixXd of_coefficients(const CountProblem& problem, const Information& information, const Dispersion& dispersion) {
  const Index size = problem.design.cols();
  VectorXd weighted = information.own;
  MatrixXd by_month(problem.months(), size);
  for (Index m = 0; m < problem.months(); ++m) {
    const Index begin = problem.month_begin[static_cast<std::size_t>(m)];
    const Index count = problem.month_begin[static_cast<std::size_t>(m) + 1] - begin;
    const double weight = problem.weight.size() > 0 ? problem.weight[m] : 1.0;
    weighted.segment(begin, count) *= weight;
    if (dispersion.month > 0.0)
      by_month.row(m) = std::sqrt(weight / information.of_month[m]) *
                        (information.own.segment(begin, count).transpose() * problem.design.middleRows(begin, count));
  }
  const MatrixXd root = weighted.cwiseSqrt().asDiagonal() * problem.design;
  MatrixXd result = MatrixXd::Zero(size, size);
  result.selfadjointView<Eigen::Lower>().rankUpdate(root.transpose());
  if (dispersion.month > 0.0) result.selfadjointView<Eigen::Lower>().rankUpdate(by_month.transpose(), -1.0);
  result.diagonal() += problem.precision;
  result.triangularView<Eigen::StrictlyUpper>() = result.transpose();
  return result;
}

/// The slope of the joint likelihood in the logarithm of each day's mean, unweighted.
VectorXd score_of(const CountProblem& problem, const VectorXd& log_mean, const VectorXd& log_factor,
                  const Dispersion& dispersion, VectorXd& conditional) {
  conditional.resize(problem.days());
  for (Index m = 0; m < problem.months(); ++m)
    for (Index d = problem.month_begin[static_cast<std::size_t>(m)];
         d < problem.month_begin[static_cast<std::size_t>(m) + 1]; ++d)
      conditional[d] = std::exp(log_mean[d] + log_factor[m]);
  return (problem.count - conditional).array() / (1.0 + dispersion.day * conditional.array());
}

VectorXd weighted_by_month(const CountProblem& problem, VectorXd per_day) {
  if (problem.weight.size() == 0) return per_day;
  for (Index m = 0; m < problem.months(); ++m) {
    const Index begin = problem.month_begin[static_cast<std::size_t>(m)];
    per_day.segment(begin, problem.month_begin[static_cast<std::size_t>(m) + 1] - begin) *= problem.weight[m];
  }
  return per_day;
}

VectorXd log_mean_at(const CountProblem& problem, const VectorXd& at) {
  return (problem.design * at + problem.offset).cwiseMin(kLargestLogMean);
}

/// A level that gives the right total, nothing else.
VectorXd flat_start(const CountProblem& problem) {
  VectorXd at = VectorXd::Zero(problem.design.cols());
  at[0] = std::log(std::max(problem.count.sum(), 0.5) / problem.offset.array().exp().sum());
  return at;
}

}  // namespace

MatrixXd CountFit::covariance() const {
  return information.llt().solve(MatrixXd::Identity(information.rows(), information.cols()));
}

CountFit fit_counts(const CountProblem& problem, const Dispersion& dispersion, const VectorXd& start) {
  const Likelihood likelihood(problem, dispersion);
  const auto penalty = [&](const VectorXd& at) { return 0.5 * at.cwiseAbs2().dot(problem.precision); };
  CountFit fit;
  fit.at = start.size() == problem.design.cols() ? start : flat_start(problem);
  VectorXd log_factor = VectorXd::Zero(problem.months()), log_mean = log_mean_at(problem, fit.at), conditional;
  double joint = 0.0;
  likelihood(log_mean, log_factor, joint, fit.log_likelihood);
  double value = joint - penalty(fit.at);
  for (int i = 0; i < kMostIterations && !fit.converged; ++i) {
    const VectorXd slope =
        problem.design.transpose() *
            weighted_by_month(problem, score_of(problem, log_mean, log_factor, dispersion, conditional)) -
        problem.precision.cwiseProduct(fit.at);
    VectorXd step = of_coefficients(problem, information_of(problem, conditional, log_factor, dispersion), dispersion)
                        .ldlt()
                        .solve(slope);
    fit.converged = slope.dot(step) < 1e-7;
    bool better = false;
    for (int halving = 0; halving < 30 && !better; ++halving, step *= 0.5) {
      const VectorXd to = fit.at + step, to_log_mean = log_mean_at(problem, to);
      VectorXd to_factor = log_factor;
      double to_joint = 0.0, to_marginal = 0.0;
      likelihood(to_log_mean, to_factor, to_joint, to_marginal);
      const double to_value = to_joint - penalty(to);
      if (!(to_value >= value - 1e-9 * std::abs(value))) continue;
      better = true;
      fit.at = to;
      log_mean = to_log_mean;
      log_factor = to_factor;
      value = to_value;
      fit.log_likelihood = to_marginal;
    }
    if (!better) break;
  }
  fit.mean = log_mean.array().exp();
  fit.score = score_of(problem, log_mean, log_factor, dispersion, conditional);
  const VectorXd no_factor = VectorXd::Zero(problem.months());
  fit.information = of_coefficients(problem, information_of(problem, fit.mean, no_factor, dispersion), dispersion);
  const Eigen::LLT<MatrixXd> root(fit.information);
  fit.converged = fit.converged && root.info() == Eigen::Success;
  fit.adjusted = fit.log_likelihood - root.matrixLLT().diagonal().array().log().sum();
  return fit;
}

VectorXd informed(const CountProblem& problem, const CountFit& fit, const Dispersion& dispersion, const VectorXd& z) {
  const VectorXd no_factor = VectorXd::Zero(problem.months());
  const Information information = information_of(problem, fit.mean, no_factor, dispersion);
  VectorXd result = information.own.cwiseProduct(z);
  if (dispersion.month > 0.0)
    for (Index m = 0; m < problem.months(); ++m) {
      const Index begin = problem.month_begin[static_cast<std::size_t>(m)];
      const Index count = problem.month_begin[static_cast<std::size_t>(m) + 1] - begin;
      result.segment(begin, count) -=
          information.own.segment(begin, count) * (result.segment(begin, count).sum() / information.of_month[m]);
    }
  return weighted_by_month(problem, result);
}

}  // namespace ketensim::fit
