#pragma once

#include <Eigen/Core>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "calibration/fit/count_regression.hpp"
#include "ketensim/fit_arrivals.hpp"

namespace ketensim::fit {

/// What the calendar says of a day.
struct ArrivalDay {
  Date date;
  std::size_t month = 0, weekday = 0;  // January and Monday are 0
  bool school_holiday = false, public_holiday = false;
  double count = 0.0;
  bool observed = true;
  double log_inflation = 0.0;  // of the count by others than the stream's own
};

/// The days of the data, those in a gap included.
std::vector<ArrivalDay> arrival_days(std::span<const int> per_day, Date from, const ArrivalOptions& options);

/// The seasons of a year: none, one or two waves (sines of the middle of the month), or a factor for each month.
enum class Months { none, wave, two_waves, each };

/// The terms of the logarithm of a day's mean, besides the level.
struct ArrivalTerms {
  Months months = Months::none;
  bool weekdays = false;  // a factor for each
  bool school_holidays = false, public_holidays = false, trend = false;
  std::vector<ArrivalChange> changes;

  bool operator==(const ArrivalTerms& other) const;
};

/// Columns of the design, in this order: level, trend, months, weekdays, holidays, changes. Level and trend are those
/// after the last change, at `at`.
class ArrivalDesign {
 public:
  ArrivalDesign(ArrivalTerms terms, Date at);

  const ArrivalTerms& terms() const { return terms_; }
  Eigen::Index columns() const;
  /// The columns that go on after the last change: all but those of changes.
  Eigen::Index lasting() const;
  Eigen::Index trend_column() const { return 1; }
  Eigen::Index change_column(std::size_t change) const { return lasting() + static_cast<Eigen::Index>(change); }
  /// Coefficients, and the dates that were searched for.
  int parameters() const;
  /// What they cost by BIC. Each month tells of the seasons once, however many its days: they cost the logarithm of the
  /// number of months (as random effects ask for: Pauler 1998), the rest that of the number of days.
  double price(const CountProblem& problem) const;

  void fill(const ArrivalDay& day, Eigen::Ref<Eigen::RowVectorXd> row) const;
  double change_on(const ArrivalChange& change, Date day) const;
  /// As ArrivalFit::basis, for the columns that last, less the rows of the dispersions.
  Eigen::MatrixXd basis() const;
  /// `month (12), weekday (7), trend, 2 changes`
  std::string name() const;

 private:
  ArrivalTerms terms_;
  Date at_;
};

constexpr Eigen::Index kLogs = 25;  // rows of ArrivalFit::basis
constexpr Eigen::Index kLogLevel = 0, kLogGrowth = 1, kLogMonth = 2, kLogWeekday = 14, kLogSchool = 21, kLogPublic = 22,
                       kLogDay = 23, kLogMonthly = 24;

/// Years from `at` to the middle of the day: the engine's clock of growth.
double years_from(Date at, Date day);

/// The regression of the observed days before `until`. `offset` (per day of `days`) may be empty.
CountProblem count_problem(const std::vector<ArrivalDay>& days, const ArrivalDesign& design, Date until,
                           const Eigen::VectorXd& offset = {});
/// The observed days before `until`, in the order of the problem's rows.
std::vector<ArrivalDay> observed_before(const std::vector<ArrivalDay>& days, Date until);

/// The logarithm of the mean on each day, gaps included.
Eigen::VectorXd log_means(const std::vector<ArrivalDay>& days, const ArrivalDesign& design, const Eigen::VectorXd& at);

}  // namespace ketensim::fit
