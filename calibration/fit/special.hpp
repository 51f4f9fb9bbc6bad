#pragma once

namespace ketensim::fit {

/// log(1 - e^x) for x <= 0, exact at both ends (Maechler 2012).
double log1m_exp(double x);
/// log(e^a + e^b); either may be minus infinity.
double log_add(double a, double b);

/// Logarithms of a cumulative share and of what remains, exact in both tails.
struct LogShares {
  double below, above;
};
LogShares log_normal_shares(double z);
/// Of a gamma variable with this shape and scale 1, at x > 0.
LogShares log_gamma_shares(double shape, double x);

double log_gamma(double x);
double digamma(double x);
double normal_quantile(double p);
double gamma_quantile(double shape, double p);
double beta_quantile(double a, double b, double p);
double chi_squared_above(double freedom, double x);

}  // namespace ketensim::fit
