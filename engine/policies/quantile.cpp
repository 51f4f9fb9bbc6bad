// The exact quantile functions, apart from the table of distributions because Boost.Math is slow to compile.
#include <algorithm>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/weibull.hpp>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "ketensim/distribution.hpp"

namespace ketensim {
namespace {

double gamma_quantile(double mean, double shape, double p) {
  return boost::math::quantile(boost::math::gamma_distribution<>(shape, mean / shape), p);
}

/// sigma^2 = ln(1 + cv^2) and mu = ln(mean) - sigma^2 / 2.
double lognormal_quantile(double mean, double cv, double p) {
  const double variance = std::log1p(cv * cv);
  return boost::math::quantile(
      boost::math::lognormal_distribution<>(std::log(mean) - variance / 2.0, std::sqrt(variance)), p);
}

double weibull_quantile(double mean, double shape, double p) {
  return boost::math::quantile(boost::math::weibull_distribution<>(shape, mean / std::tgamma(1.0 + 1.0 / shape)), p);
}

/// The least value at which the cumulative weight reaches p of the total.
double empirical_quantile(const Distribution& d, double p) {
  std::vector<std::size_t> order(d.points.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return d.points[a] < d.points[b]; });
  const auto weight = [&](std::size_t i) { return d.weights.empty() ? 1.0 : d.weights[i]; };
  double total = 0.0, reached = 0.0;
  for (const std::size_t i : order) total += weight(i);
  double value = d.points[order.front()];
  for (const std::size_t i : order) {
    if (weight(i) == 0.0) continue;
    value = d.points[i];
    reached += weight(i);
    if (reached >= p * total) break;
  }
  return value;
}

}  // namespace

double quantile_of(const Distribution& d, double p) {
  const auto has = [&](std::string_view name) { return d.parameters.find(name) != d.parameters.end(); };
  const auto parameter = [&](std::string_view name) { return d.parameters.find(name)->second; };
  if (d.kind == "deterministic") return parameter("mean");
  if (d.kind == "exponential") return -parameter("mean") * std::log1p(-p);
  if (d.kind == "uniform") return d.points[0] + p * (d.points[1] - d.points[0]);
  if (d.kind == "gamma") {
    const double shape = has("shape") ? parameter("shape") : 1.0 / (parameter("cv") * parameter("cv"));
    return gamma_quantile(parameter("mean"), shape, p);
  }
  if (d.kind == "erlang") return gamma_quantile(parameter("mean"), parameter("phases"), p);
  if (d.kind == "lognormal") return lognormal_quantile(parameter("mean"), parameter("cv"), p);
  if (d.kind == "weibull") return weibull_quantile(parameter("mean"), parameter("shape"), p);
  if (d.kind == "empirical") return empirical_quantile(d, p);
  throw std::invalid_argument("no quantile of " + d.kind);
}

}  // namespace ketensim
