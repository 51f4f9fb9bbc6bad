#pragma once

#include <optional>
#include <vector>

#include "calibration/fit/arrival_changes.hpp"

namespace ketensim::fit {

/// A change that may come in, and twice the gain in log-likelihood that its score promises.
struct Proposal {
  ArrivalChange change;
  double gain = 0.0;
};

/// Score tests of every change of level and every window, by Mondays, against a fitted regression.
class ChangeScan {
 public:
  ChangeScan(const ArrivalRegression& regression, const std::vector<ArrivalDay>& rows);

  std::optional<Proposal> best_level() const;
  std::optional<Proposal> best_shock() const;
  std::optional<Proposal> best_trend_change() const;
  /// Of the windows that last until the end; any sign.
  std::optional<Proposal> best_late() const;
  /// Twice the gain of a column that is not in the design.
  double gain_of(const Eigen::VectorXd& column) const;

 private:
  struct Boundary {
    Date date;
    Eigen::Index row;             // the first one on or after the date
    std::size_t month;            // in which that row lies
    double score;                 // of the rows before
    double whole, part;           // information of the rows before: of whole months, and of that of `month` so far
    Eigen::VectorXd with_design;  // of the rows before with the design, in the coordinates of its root
  };

  double shared(const Boundary& a, const Boundary& b) const;  // information of the rows before both, a <= b
  Proposal window(const Boundary& a, const Boundary& b, ArrivalChange::Kind kind) const;
  void add_boundaries();
  Eigen::VectorXd in_root(const Eigen::VectorXd& with_design) const;

  const ArrivalRegression& regression_;
  const std::vector<ArrivalDay>& rows_;
  Eigen::MatrixXd root_;                        // of the information, lower triangle
  Eigen::VectorXd own_;                         // information per row, the month's factor given
  std::vector<double> of_month_, whole_month_;  // own_ summed; with the factor's own information
  std::vector<Boundary> boundaries_;
};

/// Whether a change keeps its distance from the ends of the data and from the others.
bool keeps_distance(const ArrivalChange& change, const std::vector<ArrivalChange>& others, Date first, Date end);

}  // namespace ketensim::fit
