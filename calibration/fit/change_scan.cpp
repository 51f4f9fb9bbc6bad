#include "calibration/fit/change_scan.hpp"

#include <Eigen/Cholesky>
#include <algorithm>

namespace ketensim::fit {
namespace {

using Eigen::Index;
using Eigen::VectorXd;
using std::chrono::days;
using std::chrono::year_month_day;
using Kind = ArrivalChange::Kind;

constexpr days kShortestLevel{26 * 7}, kShortestTrend{52 * 7};
constexpr days kShortestShock{3 * 7}, kLongestShock{40 * 7};
constexpr days kAfterShock{4 * 7};  // it has to have passed
constexpr Index kFewestRows = 14;
constexpr double kNoInformation = 1e-9;

Date first_monday_after(Date day) { return day + days{7} - (std::chrono::weekday{day} - std::chrono::Monday); }

bool apart(Date a, Date b, days distance) { return a + distance <= b || b + distance <= a; }

}  // namespace

bool keeps_distance(const ArrivalChange& change, const std::vector<ArrivalChange>& others, Date first, Date end) {
  const days margin = change.kind == Kind::trend ? kShortestTrend : kShortestLevel;
  if (change.kind == Kind::shock) {
    if (change.from < first + kAfterShock || change.until + kAfterShock > end) return false;
  } else if (change.from < first + margin || change.from + margin > end) {
    return false;
  }
  return std::none_of(others.begin(), others.end(), [&](const ArrivalChange& other) {
    const bool shock = change.kind == Kind::shock, other_shock = other.kind == Kind::shock;
    if (shock && other_shock) return change.from < other.until && other.from < change.until;
    return !shock && !other_shock && !apart(change.from, other.from, margin);
  });
}

ChangeScan::ChangeScan(const ArrivalRegression& regression, const std::vector<ArrivalDay>& rows)
    : regression_(regression), rows_(rows) {
  const CountProblem& problem = regression.problem;
  const Dispersion& dispersion = regression.fit.dispersion;
  const CountFit& fit = regression.fit.fit;
  root_ = fit.information.llt().matrixL();
  own_ = fit.mean.array() / (1.0 + dispersion.day * fit.mean.array());
  for (Index m = 0; m < problem.months(); ++m) {
    const Index begin = problem.month_begin[static_cast<std::size_t>(m)];
    const Index count = problem.month_begin[static_cast<std::size_t>(m) + 1] - begin;
    of_month_.push_back(own_.segment(begin, count).sum());
    whole_month_.push_back(of_month_.back() + (dispersion.month > 0.0 ? 1.0 / dispersion.month : 0.0));
  }
  add_boundaries();
}

void ChangeScan::add_boundaries() {
  const CountProblem& problem = regression_.problem;
  const bool by_month = regression_.fit.dispersion.month > 0.0;
  const Index columns = problem.design.cols();
  VectorXd with_design = VectorXd::Zero(columns), of_part = VectorXd::Zero(columns);
  VectorXd of_month = VectorXd::Zero(columns);
  double score = 0.0, whole = 0.0, part = 0.0;
  std::size_t month = 0;
  Date monday = first_monday_after(rows_.front().date);
  for (Index row = 0; row < problem.days(); ++row) {
    const auto at = static_cast<std::size_t>(row);
    if (row == problem.month_begin[month] || row == problem.month_begin[month + 1]) {
      if (row > 0) {
        with_design += of_part;
        if (by_month) with_design -= of_month * (part / whole_month_[month]);
        whole += part - (by_month ? part * part / whole_month_[month] : 0.0);
        ++month;
      }
      part = 0.0;
      of_part.setZero();
      const Index begin = problem.month_begin[month], count = problem.month_begin[month + 1] - begin;
      of_month = problem.design.middleRows(begin, count).transpose() * own_.segment(begin, count);
    }
    if (rows_[at].date >= monday) {
      VectorXd before = with_design + of_part;
      if (by_month) before -= of_month * (part / whole_month_[month]);
      boundaries_.push_back({monday, row, month, score, whole, part, in_root(before)});
      while (monday <= rows_[at].date) monday += days{7};
    }
    score += regression_.fit.fit.score[row];
    part += own_[row];
    of_part += own_[row] * problem.design.row(row).transpose();
  }
}

VectorXd ChangeScan::in_root(const VectorXd& with_design) const {
  return root_.triangularView<Eigen::Lower>().solve(with_design);
}

double ChangeScan::shared(const Boundary& a, const Boundary& b) const {
  const double rest = regression_.fit.dispersion.month > 0.0
                          ? a.part * (a.month == b.month ? b.part : of_month_[a.month]) / whole_month_[a.month]
                          : 0.0;
  return a.whole + a.part - rest;
}

Proposal ChangeScan::window(const Boundary& a, const Boundary& b, Kind kind) const {
  const double score = b.score - a.score;
  const double information =
      shared(a, a) + shared(b, b) - 2.0 * shared(a, b) - (b.with_design - a.with_design).squaredNorm();
  return {{kind, a.date, b.date, {}}, information > kNoInformation ? score * score / information : 0.0};
}

std::optional<Proposal> ChangeScan::best_level() const {
  std::optional<Proposal> best;
  const Date first = rows_.front().date, end = rows_.back().date + days{1};
  for (const Boundary& b : boundaries_) {
    const ArrivalChange change{Kind::level, b.date, end, {}};
    if (!keeps_distance(change, regression_.design.terms().changes, first, end)) continue;
    const double information = shared(b, b) - b.with_design.squaredNorm();
    const double gain = information > kNoInformation ? b.score * b.score / information : 0.0;
    if (!best || gain > best->gain) best = {change, gain};
  }
  return best;
}

std::optional<Proposal> ChangeScan::best_shock() const {
  std::optional<Proposal> best;
  const Date first = rows_.front().date, end = rows_.back().date + days{1};
  for (std::size_t a = 0; a < boundaries_.size(); ++a)
    for (std::size_t b = a + 1; b < boundaries_.size(); ++b) {
      const days length = boundaries_[b].date - boundaries_[a].date;
      if (length > kLongestShock) break;
      if (length < kShortestShock || boundaries_[b].row - boundaries_[a].row < kFewestRows) continue;
      const Proposal proposal = window(boundaries_[a], boundaries_[b], Kind::shock);
      if ((best && proposal.gain <= best->gain) ||
          !keeps_distance(proposal.change, regression_.design.terms().changes, first, end))
        continue;
      best = proposal;
    }
  return best;
}

std::optional<Proposal> ChangeScan::best_trend_change() const {
  std::optional<Proposal> best;
  const Date first = rows_.front().date, end = rows_.back().date + days{1};
  VectorXd column(regression_.problem.days());
  for (const Boundary& b : boundaries_) {
    if (static_cast<unsigned>(year_month_day{b.date}.day()) > 7) continue;  // once a month will do
    const ArrivalChange change{Kind::trend, b.date, end, {}};
    if (!keeps_distance(change, regression_.design.terms().changes, first, end)) continue;
    for (Index row = 0; row < column.size(); ++row)
      column[row] = regression_.design.change_on(change, rows_[static_cast<std::size_t>(row)].date);
    const double gain = gain_of(column);
    if (!best || gain > best->gain) best = {change, gain};
  }
  return best;
}

std::optional<Proposal> ChangeScan::best_late() const {
  std::optional<Proposal> best;
  const Date end = rows_.back().date + days{1};
  const double all = regression_.fit.fit.score.sum();
  const VectorXd ones = VectorXd::Ones(regression_.problem.days());
  for (const Boundary& b : boundaries_) {
    if (b.date + kShortestShock > end || b.date + kShortestLevel < end) continue;
    VectorXd column = ones;
    column.head(b.row).setZero();
    const VectorXd informed_column =
        informed(regression_.problem, regression_.fit.fit, regression_.fit.dispersion, column);
    const double information =
        column.dot(informed_column) - in_root(regression_.problem.design.transpose() * informed_column).squaredNorm();
    const double score = all - b.score;
    const double gain = information > kNoInformation ? score * score / information : 0.0;
    if (best && gain <= best->gain) continue;
    best = {{Kind::shock, b.date, end, {}}, gain};
    best->change.factor.estimate = std::exp(score / information);
  }
  return best;
}

double ChangeScan::gain_of(const VectorXd& column) const {
  const VectorXd informed_column =
      informed(regression_.problem, regression_.fit.fit, regression_.fit.dispersion, column);
  const double information =
      column.dot(informed_column) - in_root(regression_.problem.design.transpose() * informed_column).squaredNorm();
  const double score = column.dot(regression_.fit.fit.score);
  return information > kNoInformation ? score * score / information : 0.0;
}

}  // namespace ketensim::fit
