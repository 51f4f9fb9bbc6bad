#pragma once

#include <boost/random/mersenne_twister.hpp>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "ketensim/calibration.hpp"

namespace ketensim::chain {

/// The figures of fits as a chain takes them: the estimates, or one joint draw of what they might be. What is asked for
/// in the same order is drawn alike.
class Figures {
 public:
  Figures() = default;  // the estimates
  Figures(std::uint64_t seed, int draw);

  /// The distribution of one part of a fit; `scale` multiplies it.
  Distribution duration(const DurationFit& fit, std::size_t part, double scale = 1.0);
  /// The share for which it comes, and after how long.
  std::pair<double, Distribution> share_and_delay(const ShareFit& fit);
  /// Of durations with a trend, per year: by its weight, or drawn as one or none.
  double log_growth(const DurationFit& fit);
  std::vector<double> shares(const RouteShares& fit);
  /// Shares of counts, with Jeffreys' prior where they are drawn.
  std::vector<double> shares(std::span<const std::size_t> counts);
  /// What is left of a count from which this number was taken off, had it been another one.
  std::size_t left_of(std::size_t count, const Estimate& taken);
  /// A positive figure, normal by its logarithm.
  double positive(const Estimate& figure);
  /// A share, normal by its logit.
  double share(const Estimate& figure);
  ArrivalPattern arrivals(const ArrivalFit& fit);

 private:
  bool drawing() const { return random_.has_value(); }
  double normal();
  double gamma(double shape);
  std::vector<double> around(const std::vector<double>& parameters, const std::vector<double>& covariance);
  std::vector<double> dirichlet(const std::vector<double>& weights);
  Distribution empirical(const Distribution& fitted, std::size_t cases, double scale);

  std::optional<boost::random::mt19937_64> random_;
};

/// The same distribution of times that are so many times as long.
Distribution scaled(Distribution distribution, double factor);

}  // namespace ketensim::chain
