// How much counts vary beyond chance, and whether they do.
#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "calibration/fit/count_regression.hpp"
#include "calibration/fit/maximise.hpp"
#include "calibration/fit/special.hpp"

namespace ketensim::fit {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

constexpr double kLeast = 1e-6, kMost = 20.0;  // variances between which is searched; the least is as good as none
constexpr double kStep = 1e-2;                 // of differences, in the logarithm of a variance

bool free_day(Dispersed dispersed) { return dispersed == Dispersed::by_day || dispersed == Dispersed::both; }
bool free_month(Dispersed dispersed) { return dispersed == Dispersed::by_month || dispersed == Dispersed::both; }

/// From moments: squared deviations of days and of months, less what chance and the days give.
Dispersion from_moments(const CountProblem& problem, const VectorXd& mean) {
  const VectorXd deviation = problem.count - mean;
  const double day = (deviation.squaredNorm() - mean.sum()) / mean.squaredNorm();
  double excess = 0.0, scale = 0.0;
  for (Index m = 0; m < problem.months(); ++m) {
    const Index begin = problem.month_begin[static_cast<std::size_t>(m)];
    const Index count = problem.month_begin[static_cast<std::size_t>(m) + 1] - begin;
    const double total = mean.segment(begin, count).sum(), off = deviation.segment(begin, count).sum();
    excess += off * off - total - std::max(day, 0.0) * mean.segment(begin, count).squaredNorm();
    scale += total * total;
  }
  const double month = scale > 0.0 ? excess / scale : 0.0;
  return {std::clamp(day - std::max(month, 0.0), 1e-4, 1.0), std::clamp(month, 1e-4, 1.0)};
}

/// The variances as a point: the logarithms of those that are free.
struct Place {
  Dispersed dispersed;

  VectorXd point(const Dispersion& d) const {
    VectorXd at(static_cast<Index>(free_day(dispersed)) + static_cast<Index>(free_month(dispersed)));
    Index i = 0;
    if (free_day(dispersed)) at[i++] = std::log(std::clamp(d.day, 1.1 * kLeast, 0.9 * kMost));
    if (free_month(dispersed)) at[i++] = std::log(std::clamp(d.month, 1.1 * kLeast, 0.9 * kMost));
    return at;
  }
  Dispersion dispersion(const VectorXd& at) const {
    Index i = 0;
    Dispersion d;
    if (free_day(dispersed)) d.day = std::exp(at[i++]);
    if (free_month(dispersed)) d.month = std::exp(at[i++]);
    return d;
  }
};

/// P(LR > x) where one variance lies on the bound.
double p_of_one(double ratio) { return ratio > 0.0 ? 0.5 * chi_squared_above(1.0, ratio) : 1.0; }
double p_of_two(double ratio) {
  return ratio > 0.0 ? 0.5 * chi_squared_above(1.0, ratio) + 0.25 * chi_squared_above(2.0, ratio) : 1.0;
}

}  // namespace

DispersionFit fit_dispersion(const CountProblem& problem, Dispersed dispersed, const DispersionFit& start) {
  if (dispersed == Dispersed::no) return {{}, fit_counts(problem, {}, start.fit.at), {}};
  const Place place{dispersed};
  Dispersion from = start.dispersion;
  VectorXd at = start.fit.at;
  if (from.day <= 0.0 && from.month <= 0.0) {
    const CountFit plain = fit_counts(problem, {}, at);
    from = from_moments(problem, plain.mean);
    at = plain.at;
  }
  const auto value_at = [&](const VectorXd& point) {
    const CountFit fit = fit_counts(problem, place.dispersion(point), at);
    at = fit.at;
    return fit.adjusted;
  };
  const auto slope_at = [&](const VectorXd& point) {
    VectorXd slope(point.size()), moved = point;
    for (Index i = 0; i < point.size(); ++i) {
      moved[i] = point[i] + kStep;
      const double up = value_at(moved);
      moved[i] = point[i] - kStep;
      slope[i] = (up - value_at(moved)) / (2.0 * kStep);
      moved[i] = point[i];
    }
    return slope;
  };
  const Objective objective = [&](const VectorXd& point, double& value, VectorXd& gradient) {
    value = value_at(point);
    gradient = slope_at(point);
    return std::isfinite(value) && gradient.allFinite();
  };
  const VectorXd first = place.point(from);
  const Bounds bounds{VectorXd::Constant(first.size(), std::log(kLeast)),
                      VectorXd::Constant(first.size(), std::log(kMost))};
  // A gain of a thousandth in the log-likelihood is none.
  const double scale = 1e3;
  Maximum maximum = maximise(objective, first, bounds, scale);
  DispersionFit result{place.dispersion(maximum.at), {}, {}};
  result.fit = fit_counts(problem, result.dispersion, at);
  return result;
}

void add_covariance(const CountProblem& problem, Dispersed dispersed, DispersionFit& fit) {
  constexpr double kWide = 0.1;  // so that rounding does not matter
  const Place place{dispersed};
  const VectorXd centre = place.point(fit.dispersion);
  const auto value = [&](Index i, double by_i, Index j, double by_j) {
    VectorXd at = centre;
    at[i] += by_i * kWide;
    at[j] += by_j * kWide;
    return fit_counts(problem, place.dispersion(at), fit.fit.at).adjusted;
  };
  const Index size = centre.size();
  Eigen::MatrixXd curvature(size, size);
  for (Index i = 0; i < size; ++i) {
    curvature(i, i) = (2.0 * fit.fit.adjusted - value(i, 1, i, 0) - value(i, -1, i, 0)) / (kWide * kWide);
    for (Index j = 0; j < i; ++j)
      curvature(i, j) = curvature(j, i) =
          -(value(i, 1, j, 1) - value(i, 1, j, -1) - value(i, -1, j, 1) + value(i, -1, j, -1)) / (4.0 * kWide * kWide);
  }
  const Eigen::LLT<Eigen::MatrixXd> root(curvature);
  fit.covariance = root.info() == Eigen::Success ? Eigen::MatrixXd(root.solve(Eigen::MatrixXd::Identity(size, size)))
                                                 : Eigen::MatrixXd(Eigen::MatrixXd::Identity(size, size));
}

DispersionChoice choose_dispersion(const CountProblem& problem, double level, const DispersionFit& start) {
  const DispersionFit none = fit_dispersion(problem, Dispersed::no, start);
  DispersionFit day = fit_dispersion(problem, Dispersed::by_day, start);
  DispersionFit month = fit_dispersion(problem, Dispersed::by_month, start);
  DispersionFit both = fit_dispersion(problem, Dispersed::both, start);
  const double most = std::max({both.fit.adjusted, day.fit.adjusted, month.fit.adjusted});
  DispersionChoice choice;
  choice.p_none = p_of_two(2.0 * (most - none.fit.adjusted));
  choice.p_day = p_of_one(2.0 * (most - month.fit.adjusted));
  choice.p_month = p_of_one(2.0 * (most - day.fit.adjusted));
  choice.fits = {none.fit, day.fit, month.fit, both.fit};
  if (choice.p_day < level && choice.p_month < level) {
    choice.dispersed = Dispersed::both;
    choice.chosen = std::move(both);
  } else if (choice.p_none < level) {
    const bool by_day = day.fit.adjusted >= month.fit.adjusted;
    choice.dispersed = by_day ? Dispersed::by_day : Dispersed::by_month;
    choice.chosen = by_day ? std::move(day) : std::move(month);
  } else {
    choice.chosen = none;
  }
  if (choice.dispersed != Dispersed::no) add_covariance(problem, choice.dispersed, choice.chosen);
  return choice;
}

}  // namespace ketensim::fit
