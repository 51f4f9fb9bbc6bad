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
struct ArrivalPattern {
  double per_day = 0.0;         // yearly mean at ArrivalFit::at
  double trend_per_year = 0.0;  // growth from then on; 0: the level stays
  std::array<double, 12> month{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  std::array<double, 7> weekday{1, 1, 1, 1, 1, 1, 1};
  double school_holidays = 1.0, public_holidays = 1.0;
  double day_dispersion = 0.0, month_dispersion = 0.0;  // variances of independent gamma factors with mean 1
};

struct ArrivalOptions {
  CalendarKind calendar = CalendarKind::netherlands;
  SchoolRegion region = SchoolRegion::noord;
  Date at{};  // where `per_day` holds: the first day to be forecast
  /// Days that were not observed (a gap in the deliveries), [from, until).
  std::vector<std::pair<Date, Date>> unobserved;
  /// Expected arrivals per day that are counted along and are not of this stream; empty: none.
  std::vector<double> others_per_day;
  double level = 0.01;  // of every test
  int origins = 8;      // at most, of the rolling-origin check
};

/// A change of level that stays (`until` is the end), or a shock that passes.
struct ArrivalChange {
  Date from, until;
  Estimate factor;
};

/// A model that was tried.
struct ArrivalCandidate {
  std::string name;  // `negative binomial: month, weekday, school holidays, trend`
  int parameters = 0;
  double log_likelihood = 0.0, bic = 0.0;
  std::optional<double> rolling;  // mean log score of the next quarters' counts, from origins in the past
};

struct ArrivalFit {
  std::vector<std::string> problems, notes;
  Date at{};
  ArrivalPattern pattern;
  Estimate per_day, trend_per_year;
  std::array<Estimate, 12> month;
  std::array<Estimate, 7> weekday;
  Estimate school_holidays, public_holidays, day_dispersion, month_dispersion;
  std::vector<ArrivalChange> changes;
  /// Where replications draw their own pattern: parameters and covariance (row by row); see arrival_pattern().
  std::vector<double> parameters, covariance;
  std::vector<double> expected;  // per day of the data: the fitted mean
  double log_likelihood = 0.0, bic = 0.0;
  double p_dispersion = 1.0;  // that counts are Poisson around the mean
  std::vector<ArrivalCandidate> candidates;

  bool ok() const { return problems.empty(); }
};

/// Fits the families per day from `from` on. Never throws on bad counts: says what is wrong with them.
ArrivalFit fit_arrivals(std::span<const int> per_day, Date from, const ArrivalOptions& options);

/// The pattern at other parameters of the same fit.
ArrivalPattern arrival_pattern(const ArrivalFit& fit, std::span<const double> parameters);

}  // namespace ketensim
