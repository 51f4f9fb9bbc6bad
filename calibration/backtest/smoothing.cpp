// Exponential smoothing in innovations form.
#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <limits>

#include "calibration/backtest/benchmarks.hpp"
#include "calibration/fit/maximise.hpp"

namespace ketensim::rolling {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

constexpr Index kYear = 12;
constexpr Index kLevel = 0, kTrend = 1, kSeason = 2;  // rows of the state; one row of season for each month
constexpr Index kStates = kSeason + kYear;
constexpr double kDifference = 1e-5;
constexpr double kWidest = 4.0;        // of the logits of smoothing parameters
constexpr double kNoVariance = 1e-12;  // relative to the size of the series

struct Form {
  bool trend, season;
  Index weights() const { return 1 + 2 * trend + season; }
  Index initial() const { return 1 + trend + (season ? kYear - 1 : 0); }
};

/// How much of an error goes into the states. Within 0 < beta < alpha < 1, 0 < gamma < 1 - alpha, 0.8 < phi < 0.98.
struct Weights {
  double alpha = 0.0, beta = 0.0, phi = 0.0, gamma = 0.0;
};

Weights weights_at(const Form& form, const VectorXd& at) {
  const auto logistic = [](double x) { return 1.0 / (1.0 + std::exp(-x)); };
  Weights weights;
  Index next = 0;
  weights.alpha = logistic(at[next++]);
  if (form.trend) {
    weights.beta = weights.alpha * logistic(at[next++]);
    weights.phi = 0.8 + 0.18 * logistic(at[next++]);
  }
  if (form.season) weights.gamma = (1.0 - weights.alpha) * logistic(at[next++]);
  return weights;
}

/// Columns: dependence on the initial state, and last what does not depend on it. Sizes are bounded, so that nothing is
/// allocated month by month.
constexpr Index kMostFree = 2 + kYear - 1;
using State = Eigen::Matrix<double, kStates, Eigen::Dynamic, Eigen::RowMajor, kStates, kMostFree + 1>;
using Row = Eigen::Matrix<double, 1, Eigen::Dynamic, Eigen::RowMajor, 1, kMostFree + 1>;
using Initial = Eigen::Matrix<double, Eigen::Dynamic, 1, Eigen::ColMajor, kMostFree, 1>;
using Normal = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, kMostFree, kMostFree>;

Row expected(const Weights& weights, Index month, const State& state) {
  return state.row(kLevel) + weights.phi * state.row(kTrend) + state.row(kSeason + month);
}

/// The state after one month with the given error.
void step(const Weights& weights, Index month, const Row& error, State& state) {
  state.row(kLevel) += weights.phi * state.row(kTrend) + weights.alpha * error;
  state.row(kTrend) = weights.phi * state.row(kTrend) + weights.beta * error;
  state.row(kSeason + month) += weights.gamma * error;
}

/// A series under given weights: errors are linear in the initial state (level, trend, and the seasons but the last,
/// which add up to nothing), which least squares finds.
struct Filtered {
  double squares = 0.0;
  State last;  // one column: the state at the end
};

class Smoothing {
 public:
  Smoothing(std::span<const double> series, Form form) : series_(series), form_(form) {
    double sum = 0.0;
    for (const double value : series)
      if (!std::isnan(value)) sum += value, ++known_;
    if (known_ > 0) mean_ = sum / static_cast<double>(known_);
    for (const double value : series)
      if (!std::isnan(value)) least_squares_ += (value - mean_) * (value - mean_);
    least_squares_ = kNoVariance * (least_squares_ + mean_ * mean_ + 1.0);
  }

  Index known() const { return known_; }
  double parameters() const { return static_cast<double>(form_.weights() + form_.initial()); }

  Filtered filter(const Weights& weights) const {
    const Index free = form_.initial();
    State state = beginning();
    Normal normal = Normal::Zero(free, free);
    Initial slope = Initial::Zero(free);
    double squares = 0.0;
    Row error(free + 1);
    for (std::size_t t = 0; t < series_.size(); ++t) {
      const Index month = static_cast<Index>(t) % kYear;
      error.setZero();  // a month that is not known tells nothing
      if (!std::isnan(series_[t])) {
        error = -expected(weights, month, state);
        error[free] += series_[t] - mean_;
        normal.template triangularView<Eigen::Lower>() += error.head(free).transpose() * error.head(free);
        slope -= error.head(free).transpose() * error[free];
        squares += error[free] * error[free];
      }
      step(weights, month, error, state);
    }
    const Initial initial = normal.template selfadjointView<Eigen::Lower>().ldlt().solve(slope);
    Filtered filtered;
    filtered.squares = squares - slope.dot(initial);
    filtered.last = state.leftCols(free) * initial + state.col(free);
    filtered.last(kLevel, 0) += mean_;
    return filtered;
  }

  /// Concentrated log-likelihood, constants apart.
  double log_likelihood(double squares) const {
    const auto n = static_cast<double>(known_);
    return -0.5 * n * std::log(std::max(squares, least_squares_) / n);
  }

  double aicc(double squares) const {
    const double n = static_cast<double>(known_), k = parameters() + 1.0;
    if (n - k - 1.0 <= 0.0) return std::numeric_limits<double>::infinity();
    return -2.0 * log_likelihood(squares) + 2.0 * k * n / (n - k - 1.0);
  }

  Weights fitted() const {
    const auto value_at = [&](const VectorXd& at) { return log_likelihood(filter(weights_at(form_, at)).squares); };
    const fit::Objective objective = [&](const VectorXd& at, double& value, VectorXd& gradient) {
      value = value_at(at);
      gradient.resize(at.size());
      VectorXd beside = at;
      for (Index i = 0; i < at.size(); ++i) {
        beside[i] = at[i] + kDifference;
        const double up = value_at(beside);
        beside[i] = at[i] - kDifference;
        gradient[i] = (up - value_at(beside)) / (2.0 * kDifference);
        beside[i] = at[i];
      }
      return std::isfinite(value) && gradient.allFinite();
    };
    const VectorXd edge = VectorXd::Constant(form_.weights(), kWidest);
    // A slope that gains less than a ten-thousandth of a case is none: the gradient is not known more exactly.
    const double scale = 100.0 * static_cast<double>(known_);
    return weights_at(form_, fit::maximise(objective, VectorXd::Zero(form_.weights()), {-edge, edge}, scale).at);
  }

 private:
  State beginning() const {
    State state = State::Zero(kStates, form_.initial() + 1);
    state(kLevel, 0) = 1.0;
    if (form_.trend) state(kTrend, 1) = 1.0;
    for (Index m = 0; form_.season && m + 1 < kYear; ++m) {
      state(kSeason + m, 1 + form_.trend + m) = 1.0;
      state(kSeason + kYear - 1, 1 + form_.trend + m) = -1.0;
    }
    return state;
  }

  std::span<const double> series_;
  Form form_;
  Index known_ = 0;
  double mean_ = 0.0;           // so that squares do not cancel
  double least_squares_ = 0.0;  // below that there is no error at all
};

}  // namespace

Ahead smoothing(std::span<const double> series, int months, int draws, std::uint64_t seed) {
  Ahead ahead(static_cast<std::size_t>(months));
  double least = std::numeric_limits<double>::infinity(), deviation = 0.0;
  Weights weights;
  State last;
  for (const Form form : {Form{false, false}, Form{true, false}, Form{false, true}, Form{true, true}}) {
    const Smoothing model(series, form);
    if (form.season && model.known() < 2 * kYear) continue;
    if (static_cast<double>(model.known()) <= model.parameters() + 2.0) continue;
    const Weights tried = model.fitted();
    const Filtered filtered = model.filter(tried);
    const double aicc = model.aicc(filtered.squares);
    if (!(aicc < least)) continue;
    least = aicc;
    weights = tried;
    last = filtered.last;
    deviation = std::sqrt(std::max(0.0, filtered.squares) / (static_cast<double>(model.known()) - model.parameters()));
  }
  if (last.cols() == 0) return ahead;
  boost::random::mt19937_64 random(seed);
  boost::random::normal_distribution<double> normal;
  for (int draw = 0; draw < draws; ++draw) {
    State state = last;
    for (std::size_t h = 0; h < ahead.size(); ++h) {
      const Index month = static_cast<Index>(series.size() + h) % kYear;
      const Row error = Row::Constant(1, deviation * normal(random));
      ahead[h].push_back(std::max(0.0, expected(weights, month, state)[0] + error[0]));
      step(weights, month, error, state);
    }
  }
  for (std::vector<double>& sample : ahead) std::sort(sample.begin(), sample.end());
  return ahead;
}

}  // namespace ketensim::rolling
