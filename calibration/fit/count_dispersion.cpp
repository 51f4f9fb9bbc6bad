// How much counts vary beyond chance, and whether they do.
#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "calibration/fit/count_regression.hpp"
#include "calibration/fit/special.hpp"

namespace ketensim::fit {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

constexpr double kNone = 1e-8;       // a variance below it is none
constexpr double kMost = 20.0;       // no larger variance is looked for
constexpr double kEnough = 1e-4;     // a gain in log-likelihood that is none
constexpr double kLeastStep = 2e-3;  // of differences, in a standard deviation
constexpr int kMostIterations = 20;

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

/// The free variances as a point, in standard deviations: there the likelihood is flat where a variance is 0, and
/// symmetric about it, so that a maximum on the bound is one like others.
struct Place {
  Dispersed dispersed;

  VectorXd point(const Dispersion& d) const {
    VectorXd at(static_cast<Index>(free_day(dispersed)) + static_cast<Index>(free_month(dispersed)));
    Index i = 0;
    if (free_day(dispersed)) at[i++] = std::sqrt(d.day);
    if (free_month(dispersed)) at[i++] = std::sqrt(d.month);
    return at;
  }
  Dispersion dispersion(const VectorXd& at) const {
    const auto variance = [](double deviation) {
      const double square = std::min(deviation * deviation, kMost);
      return square < kNone ? 0.0 : square;
    };
    Index i = 0;
    Dispersion d;
    if (free_day(dispersed)) d.day = variance(at[i++]);
    if (free_month(dispersed)) d.month = variance(at[i++]);
    return d;
  }
};

/// Value, slope and curvature by differences.
struct Surface {
  double value = 0.0;
  VectorXd slope;
  Eigen::MatrixXd curvature;
};

template <class Function>
Surface surface_of(const Function& function, const VectorXd& at, const VectorXd& step) {
  const Index size = at.size();
  Surface surface{function(at), VectorXd(size), Eigen::MatrixXd(size, size)};
  VectorXd moved = at, up(size);
  for (Index i = 0; i < size; ++i) {
    moved[i] = at[i] + step[i];
    up[i] = function(moved);
    moved[i] = at[i] - step[i];
    const double down = function(moved);
    moved[i] = at[i];
    surface.slope[i] = (up[i] - down) / (2.0 * step[i]);
    surface.curvature(i, i) = (up[i] + down - 2.0 * surface.value) / (step[i] * step[i]);
  }
  for (Index i = 0; i < size; ++i)
    for (Index j = 0; j < i; ++j) {
      moved[i] = at[i] + step[i];
      moved[j] = at[j] + step[j];
      surface.curvature(i, j) = surface.curvature(j, i) =
          (function(moved) - up[i] - up[j] + surface.value) / (step[i] * step[j]);
      moved[i] = at[i];
      moved[j] = at[j];
    }
  return surface;
}

/// Newton's step, or one uphill where the surface is not curved downward; never longer than half the way to 0 or 0.1.
VectorXd step_of(const Surface& surface, const VectorXd& at) {
  const Eigen::LLT<Eigen::MatrixXd> root(-surface.curvature);
  VectorXd step = root.info() == Eigen::Success ? VectorXd(root.solve(surface.slope)) : VectorXd(surface.slope);
  double most = 1.0;
  for (Index i = 0; i < at.size(); ++i) most = std::max(most, std::abs(step[i]) / std::max(0.1, 0.5 * std::abs(at[i])));
  return step / most;
}

/// Climbs to the top of a smooth function of one or two standard deviations.
template <class Function>
VectorXd climb(const Function& function, VectorXd at) {
  for (int i = 0; i < kMostIterations; ++i) {
    const Surface surface = surface_of(function, at, (0.03 * at.cwiseAbs()).cwiseMax(kLeastStep));
    VectorXd step = step_of(surface, at);
    if (surface.slope.dot(step) < kEnough) break;
    int halving = 0;
    while (halving < 8 && function(at + step) < surface.value) {
      step *= 0.5;
      ++halving;
    }
    if (halving == 8) break;
    at += step;
  }
  return at;
}

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
  DispersionFit result{place.dispersion(climb(value_at, place.point(from))), {}, {}};
  result.fit = fit_counts(problem, result.dispersion, at);
  return result;
}

void add_covariance(const CountProblem& problem, Dispersed dispersed, DispersionFit& fit) {
  const Place place{dispersed};
  const VectorXd logs = place.point(fit.dispersion).array().log() * 2.0;
  const auto value_at = [&](const VectorXd& at) {
    return fit_counts(problem, place.dispersion((at * 0.5).array().exp()), fit.fit.at).adjusted;
  };
  // Steps are wide, so that rounding does not matter.
  const Eigen::MatrixXd curvature = surface_of(value_at, logs, VectorXd::Constant(logs.size(), 0.1)).curvature;
  const Eigen::LLT<Eigen::MatrixXd> root(-curvature);
  const Eigen::MatrixXd unit = Eigen::MatrixXd::Identity(logs.size(), logs.size());
  fit.covariance = root.info() == Eigen::Success ? Eigen::MatrixXd(root.solve(unit)) : unit;
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
