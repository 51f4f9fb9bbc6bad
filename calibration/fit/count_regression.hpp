#pragma once

#include <Eigen/Core>
#include <array>
#include <vector>

namespace ketensim::fit {

/// Variances of independent gamma factors with mean 1 on the mean of a count: one for each day, one for each month.
struct Dispersion {
  double day = 0.0, month = 0.0;
};

/// Counts per day with a log-linear mean. Days of one calendar month follow each other.
struct CountProblem {
  Eigen::MatrixXd design;                 // days by coefficients
  Eigen::VectorXd count, offset;          // per day
  Eigen::VectorXd precision;              // of a normal prior with mean 0 on each coefficient; 0: none
  std::vector<Eigen::Index> month_begin;  // the first day of each month, and the number of days
  Eigen::VectorXd weight;                 // per month, of its log-likelihood; empty: all 1

  Eigen::Index days() const { return count.size(); }
  Eigen::Index months() const { return static_cast<Eigen::Index>(month_begin.size()) - 1; }
};

struct CountFit {
  Eigen::VectorXd at;           // coefficients
  Eigen::VectorXd mean;         // per day, over both factors
  Eigen::VectorXd score;        // per day: the slope of the log-likelihood in the logarithm of the mean
  Eigen::MatrixXd information;  // expected, of the coefficients, the prior's included
  double log_likelihood = 0.0;  // without the prior
  double adjusted = 0.0;        // with the adjustment of Cox and Reid (1987) for the estimated coefficients
  bool converged = false;

  Eigen::MatrixXd covariance() const;
};

/// Fits the coefficients at a given dispersion by Fisher scoring (IRLS). Given the month's factor a count is negative
/// binomial; month factors are integrated out by Laplace's method on their logarithms (Breslow and Clayton 1993, Lee
/// and Nelder 1996) with Stirling's remainder put back, which is exact where the days' own dispersion is 0. `start`
/// may be empty.
CountFit fit_counts(const CountProblem& problem, const Dispersion& dispersion, const Eigen::VectorXd& start = {});

/// What a column that is not in the design would tell: products with the expected information of the logarithms of the
/// days' means, `I z`, once the months' factors are integrated out.
Eigen::VectorXd informed(const CountProblem& problem, const CountFit& fit, const Dispersion& dispersion,
                         const Eigen::VectorXd& z);

/// The dispersion that makes the adjusted likelihood largest, with the fit at it.
struct DispersionFit {
  Dispersion dispersion;
  CountFit fit;
  Eigen::MatrixXd covariance;  // of the logarithms of those that are free (day, month), once chosen
};
enum class Dispersed { no, by_day, by_month, both };
DispersionFit fit_dispersion(const CountProblem& problem, Dispersed dispersed, const DispersionFit& start = {});

/// Which dispersion the counts ask for. A variance of 0 lies on the bound, so likelihood ratios follow mixtures of
/// chi-squared distributions (Self and Liang 1987; Lawless 1987).
struct DispersionChoice {
  Dispersed dispersed = Dispersed::no;
  DispersionFit chosen;
  double p_none = 1.0;                // that there is none of either kind
  double p_day = 1.0, p_month = 1.0;  // that there is none of this kind, the other one allowed for
  std::array<CountFit, 4> fits;       // in the order of Dispersed
};
DispersionChoice choose_dispersion(const CountProblem& problem, double level, const DispersionFit& start = {});

}  // namespace ketensim::fit
