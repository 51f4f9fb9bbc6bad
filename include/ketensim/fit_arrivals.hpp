#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ketensim/calibrate.hpp"
#include "ketensim/time.hpp"

namespace ketensim {

/// The rate of a stream as a chain file says it: per_day x month x weekday x holidays x trend, with dispersion.
/// Month and weekday factors have a day-weighted mean of 1 over a year (scenarios/FORMAT.md).
struct ArrivalPattern {
  double per_day = 0.0;         // yearly mean at ArrivalFit::at
  double trend_per_year = 0.0;  // growth from then on; 0: the level stays
  std::array<double, 12> month{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  std::array<double, 7> weekday{1, 1, 1, 1, 1, 1, 1};
  double school_holidays = 1.0, public_holidays = 1.0;
  double day_dispersion = 0.0, month_dispersion = 0.0;  // variances of independent gamma factors with mean 1
};

struct ArrivalOptions {
  CalendarKind calendar = CalendarKind::netherlands;  // `continuous`: holidays are days like others
  SchoolRegion region = SchoolRegion::noord;
  std::optional<Date> at;  // where `per_day` holds: the first day to be forecast; nothing: the day after the last
  /// Days that were not observed (a gap in the deliveries), [from, until).
  std::vector<std::pair<Date, Date>> unobserved;
  /// Per day of the counts: so many times as many are counted as come by the stream, others being among them; empty: 1.
  std::vector<double> inflation;
  double level = 0.01;  // of every test
  int origins = 8;      // at most, of the rolling-origin check; 0: none
};

/// What changed once, and was found: nobody told its dates.
struct ArrivalChange {
  enum class Kind {
    level,  // from `from` on
    shock,  // in [from, until), and then as before
    trend,  // from `from` on: `factor` is that of the yearly growth
  };
  Kind kind = Kind::level;
  Date from, until;
  Estimate factor;
};

/// A model that was tried. Those of one stage (before the colon in `name`) share a dispersion, so that their BIC can be
/// compared.
struct ArrivalCandidate {
  std::string name;  // `terms: month (12), weekday (7), school holidays, trend`
  int parameters = 0;
  double log_likelihood = 0.0, bic = 0.0;
  std::optional<double> rolling;  // mean log score of the next quarters' counts, from origins in the past
  bool chosen = false;
};

struct ArrivalFit {
  std::vector<std::string> problems, notes;
  Date at{};
  SchoolRegion region = SchoolRegion::noord;
  ArrivalPattern pattern;
  Estimate per_day, trend_per_year;  // as they are at `at`; draws go on to wander from there
  std::array<Estimate, 12> month;
  std::array<Estimate, 7> weekday;
  Estimate school_holidays, public_holidays, day_dispersion, month_dispersion;
  std::vector<ArrivalChange> changes;
  /// Where replications draw their own pattern, with the growth that the year to come may have: parameters and
  /// covariance (row by row, of full rank), on a scale
  /// without bounds; see arrival_pattern().
  std::vector<double> parameters, covariance;
  /// What each parameter adds to logarithms, row by row: level, growth, months (12), weekdays (7), school holidays,
  /// public holidays, day dispersion, month dispersion. A dispersion that no parameter adds to is 0.
  std::vector<double> basis;
  std::vector<double> expected;  // per day of the data: the mean under the model of the past, gaps included
  double log_likelihood = 0.0, bic = 0.0;
  double p_dispersion = 1.0;                                // that counts are Poisson around the mean
  double p_day_dispersion = 1.0, p_month_dispersion = 1.0;  // that this one is 0, the other one allowed for
  std::vector<ArrivalCandidate> candidates;

  bool ok() const { return problems.empty(); }
};

/// Fits the families per day from `from` on: a log-linear regression with Poisson or negative binomial counts. Terms
/// are chosen by BIC, changes of level and trend and passing shocks are searched for, and origins in the past tell
/// whether a trend is to be extrapolated and whether recent data are to weigh more. Never throws on bad counts: says
/// what is wrong with them.
ArrivalFit fit_arrivals(std::span<const int> per_day, Date from, const ArrivalOptions& options = {});

/// The pattern at other parameters of the same fit.
ArrivalPattern arrival_pattern(const ArrivalFit& fit, std::span<const double> parameters);

}  // namespace ketensim
