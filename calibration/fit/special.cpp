// The special functions, apart because Boost.Math is slow to compile.
#include "calibration/fit/special.hpp"

#include <algorithm>
#include <boost/math/policies/policy.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>
#include <numbers>

namespace ketensim::fit {
namespace {

namespace policies = boost::math::policies;
/// Double suffices, and a value out of range is a value.
using Plain =
    policies::policy<policies::promote_double<false>, policies::domain_error<policies::ignore_error>,
                     policies::pole_error<policies::ignore_error>, policies::overflow_error<policies::ignore_error>,
                     policies::underflow_error<policies::ignore_error>,
                     policies::evaluation_error<policies::ignore_error>>;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kTiny = 1e-280;  // below it, logarithms are taken of the expansions

/// log Q(a, x) for x well above a: Legendre's continued fraction by Lentz's method (DLMF 8.9.2).
double log_upper_tail(double a, double x) {
  double b = x + 1.0 - a, c = 1.0 / kTiny, d = 1.0 / b, h = d;
  for (int i = 1; i < 500; ++i) {
    const double term = -i * (i - a);
    b += 2.0;
    d = 1.0 / (term * d + b);
    c = b + term / c;
    h *= d * c;
    if (std::abs(d * c - 1.0) < 1e-15) break;
  }
  return a * std::log(x) - x - log_gamma(a) + std::log(h);
}

/// log P(a, x) for x well below a: the power series (DLMF 8.7.1).
double log_lower_tail(double a, double x) {
  double term = 1.0, sum = 1.0;
  for (int i = 1; i < 10000 && term > sum * 1e-16; ++i) {
    term *= x / (a + i);
    sum += term;
  }
  return a * std::log(x) - x - log_gamma(a + 1.0) + std::log(sum);
}

}  // namespace

double log1m_exp(double x) {
  if (x >= 0.0) return -kInfinity;
  return x > -std::numbers::ln2 ? std::log(-std::expm1(x)) : std::log1p(-std::exp(x));
}

double log_add(double a, double b) {
  const double high = std::max(a, b);
  if (high == -kInfinity) return high;
  return high + std::log1p(std::exp(std::min(a, b) - high));
}

LogShares log_normal_shares(double z) {
  const double x = std::abs(z);
  // Beyond 36 standard deviations erfc underflows: Laplace's expansion, exact to 1e-9 there.
  const double tail = x < 36.0 ? std::log(std::erfc(x / std::numbers::sqrt2) / 2.0)
                               : -x * x / 2.0 - std::log(x * std::sqrt(2.0 * std::numbers::pi)) +
                                     std::log1p(-1.0 / (x * x) + 3.0 / (x * x * x * x));
  const double rest = std::log1p(-std::exp(tail));
  return z < 0.0 ? LogShares{tail, rest} : LogShares{rest, tail};
}

LogShares log_gamma_shares(double shape, double x) {
  if (!(x > 0.0)) return {-kInfinity, 0.0};
  if (x < shape) {
    const double below = boost::math::gamma_p(shape, x, Plain{});
    return {below > kTiny ? std::log(below) : log_lower_tail(shape, x), std::log1p(-below)};
  }
  const double above = boost::math::gamma_q(shape, x, Plain{});
  return {std::log1p(-above), above > kTiny ? std::log(above) : log_upper_tail(shape, x)};
}

double log_gamma(double x) { return boost::math::lgamma(x, Plain{}); }
double digamma(double x) { return boost::math::digamma(x, Plain{}); }
double normal_quantile(double p) { return -std::numbers::sqrt2 * boost::math::erfc_inv(2.0 * p, Plain{}); }
double gamma_quantile(double shape, double p) { return boost::math::gamma_p_inv(shape, p, Plain{}); }
double beta_quantile(double a, double b, double p) { return boost::math::ibeta_inv(a, b, p, Plain{}); }
double chi_squared_above(double freedom, double x) {
  if (!(x > 0.0)) return 1.0;
  return boost::math::gamma_q(freedom / 2.0, x / 2.0, Plain{});
}

}  // namespace ketensim::fit
