// The arrivals of a stream: which terms, which changes, which dispersion, and what goes on from here.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "calibration/fit/arrival_forecast.hpp"
#include "calibration/fit/arrival_notes.hpp"
#include "calibration/fit/arrival_pattern.hpp"
#include "calibration/fit/arrival_terms.hpp"
#include "calibration/fit/level_outlook.hpp"
#include "calibration/fit/special.hpp"

namespace ketensim {
namespace fit {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int kFewestDays = 28;
constexpr double kFewestArrivals = 20.0, kFewestDaysWithArrivals = 10.0;
constexpr double kMostError = 1.0;  // of a rate, relative

void store(ArrivalFit& fit, const VectorXd& parameters, const MatrixXd& covariance, const MatrixXd& basis) {
  fit.parameters.assign(parameters.begin(), parameters.end());
  fit.covariance.clear();
  fit.basis.clear();
  for (Index i = 0; i < covariance.rows(); ++i)
    for (Index j = 0; j < covariance.cols(); ++j) fit.covariance.push_back(covariance(i, j));
  for (Index i = 0; i < basis.rows(); ++i)
    for (Index j = 0; j < basis.cols(); ++j) fit.basis.push_back(basis(i, j));
}

/// A constant rate, for too little to tell more. Days that vary more than chance has it widen its error as much.
void fit_constant(ArrivalFit& fit, const std::vector<ArrivalDay>& days, double observed, double arrivals) {
  const double rate = arrivals / observed;
  double squares = 0.0;
  fit.log_likelihood = -arrivals;
  for (const ArrivalDay& day : days) {
    if (!day.observed) continue;
    squares += (day.count - rate) * (day.count - rate);
    fit.log_likelihood += day.count * std::log(rate) - log_gamma(day.count + 1.0);
  }
  const double spread = std::max(1.0, squares / arrivals);
  MatrixXd basis = MatrixXd::Zero(kLogs, 1);
  basis(kLogLevel, 0) = 1.0;
  store(fit, VectorXd::Constant(1, std::log(rate)), MatrixXd::Constant(1, 1, spread / arrivals), basis);
  add_figures(fit, days);
  fit.expected.assign(days.size(), rate);
  fit.bic = -2.0 * fit.log_likelihood + std::log(observed);
}

class Fitting {
 public:
  Fitting(ArrivalFit& fit, const std::vector<ArrivalDay>& days, const ArrivalOptions& options)
      : fit_(fit), days_(days), options_(options), search_{days_, fit.at, days.back().date + std::chrono::days{1},
                                                           {},    true,   true} {}

  void run() {
    const ArrivalRegression richest = search_changes(search_, richest_terms(days_), {});
    const ArrivalTerms terms = choose_terms(search_, richest, options_.level, fit_.candidates);
    ArrivalRegression chosen = terms == richest.design.terms() ? richest : search_changes(search_, terms, richest.fit);
    const RuleScore kept = choose_rule(chosen);
    const ForecastRule& rule = kept.rule;
    if (chosen.design.terms().trend && !rule.trend) {
      ArrivalTerms level = seasons(chosen.design.terms());
      search_.seek_trend = false;
      chosen = search_changes(search_, level, chosen.fit);
    }
    choose_dispersion_of(chosen);
    store_parameters(chosen, rule, kept.drift);
    add_changes(chosen);
    const VectorXd expected = log_means(days_, chosen.design, chosen.fit.fit.at).array().exp();
    fit_.expected.assign(expected.begin(), expected.end());
    for (std::size_t d = 0; d < days_.size(); ++d) fit_.expected[d] *= std::exp(days_[d].log_inflation);
    add_notes(fit_, chosen, kept, outlook_ ? outlook_->wander : 0.0, late_change(search_, chosen));
  }

 private:
  static ArrivalTerms seasons(ArrivalTerms terms) {
    terms.trend = false;
    terms.changes.clear();
    return terms;
  }

  /// What BIC has chosen goes on as it is, unless another rule foretold the past better beyond chance. A trend that BIC
  /// does not ask for is not brought in.
  RuleScore choose_rule(const ArrivalRegression& chosen) {
    const bool trend = chosen.design.terms().trend;
    std::vector<RuleScore> scores = score_rules(chosen);
    const auto present = std::find_if(scores.begin(), scores.end(), [&](const RuleScore& s) {
      return s.rule.trend == trend && s.rule.half_life == 0.0 && s.rule.kept == (trend ? 1.0 : 0.0);
    });
    auto best = present;
    for (auto s = scores.begin(); s != scores.end(); ++s) {
      if (s->by_origin.empty() || (s->rule.trend && !trend) || !foretells_better(*s, *present)) continue;
      if (s->mean() > best->mean()) best = s;
    }
    for (const RuleScore& score : scores) {
      ArrivalCandidate candidate;
      candidate.name = "forecast: " + score.rule.name;
      if (!score.by_origin.empty()) candidate.rolling = score.mean();
      candidate.chosen = score.rule.name == best->rule.name;
      fit_.candidates.push_back(candidate);
    }
    note_of_rule(fit_, *present, *best, best_mean(scores));
    return *best;
  }

  static const RuleScore& best_mean(const std::vector<RuleScore>& scores) {
    return *std::max_element(scores.begin(), scores.end(), [](const RuleScore& a, const RuleScore& b) {
      return !b.by_origin.empty() && (a.by_origin.empty() || a.mean() < b.mean());
    });
  }

  std::vector<RuleScore> score_rules(const ArrivalRegression& chosen) const {
    VectorXd shape = chosen.fit.fit.at;
    shape.head(1 + chosen.design.terms().trend).setZero();
    shape.tail(chosen.design.columns() - chosen.design.lasting()).setZero();
    return rolling_scores(days_, log_means(days_, chosen.design, shape), chosen.fit, options_.origins);
  }

  void choose_dispersion_of(ArrivalRegression& chosen) {
    DispersionChoice choice = choose_dispersion(chosen.problem, options_.level, chosen.fit);
    fit_.p_dispersion = choice.p_none;
    fit_.p_day_dispersion = choice.p_day;
    fit_.p_month_dispersion = choice.p_month;
    constexpr std::array<const char*, 4> kNames{"Poisson", "negative binomial by day", "negative binomial by month",
                                                "negative binomial by day and by month"};
    constexpr std::array<int, 4> kVariances{0, 1, 1, 2};
    for (std::size_t i = 0; i < 4; ++i) {
      fit_.candidates.push_back(
          candidate_of("dispersion", kNames[i], chosen, choice.fits[i].log_likelihood, kVariances[i]));
      if (i != static_cast<std::size_t>(choice.dispersed)) continue;
      fit_.candidates.back().chosen = true;
      fit_.log_likelihood = fit_.candidates.back().log_likelihood;
      fit_.bic = fit_.candidates.back().bic;
    }
    dispersed_ = choice.dispersed;
    chosen.fit = std::move(choice.chosen);
  }

  /// The parameters that last: coefficients without those of changes, a growth of the level, and the logarithms of the
  /// variances. Where nothing foretold better, level and growth are those of the outlook.
  void store_parameters(const ArrivalRegression& chosen, const ForecastRule& rule, double drift) {
    const Index lasting = chosen.design.lasting(), variances = chosen.fit.covariance.rows();
    const bool goes_on = rule.half_life == 0.0 && (!rule.trend || rule.kept == 1.0);
    outlook_ = goes_on ? level_outlook(days_, chosen, fit_.at) : std::nullopt;
    const Index growth = rule.trend ? chosen.design.trend_column() : lasting;
    const Index coefficients = lasting + (outlook_ && !rule.trend ? 1 : 0);
    VectorXd at = chosen.fit.fit.at.head(lasting);
    MatrixXd all = chosen.fit.fit.covariance();
    if (rule.half_life > 0.0) weigh_recent(chosen, rule.half_life, at, all);
    VectorXd parameters(coefficients + variances);
    MatrixXd covariance = MatrixXd::Zero(coefficients + variances, coefficients + variances);
    MatrixXd basis = MatrixXd::Zero(kLogs, coefficients + variances);
    parameters.head(lasting) = at.head(lasting);
    covariance.topLeftCorner(lasting, lasting) = all.topLeftCorner(lasting, lasting);
    basis.leftCols(lasting) = chosen.design.basis();
    if (outlook_) {
      basis(kLogGrowth, growth) = 1.0;
      go_on(*outlook_, growth, parameters, covariance);
    } else {
      if (rule.trend) basis.row(kLogGrowth) *= rule.kept;
      covariance(0, 0) += drift * drift;
    }
    covariance.bottomRightCorner(variances, variances) = chosen.fit.covariance;
    Index next = coefficients;
    const auto add = [&](double variance, Index row) {
      parameters[next] = std::log(variance);
      basis(row, next++) = 1.0;
    };
    if (dispersed_ == Dispersed::by_day || dispersed_ == Dispersed::both) add(chosen.fit.dispersion.day, kLogDay);
    if (dispersed_ == Dispersed::by_month || dispersed_ == Dispersed::both)
      add(chosen.fit.dispersion.month, kLogMonthly);
    store(fit_, parameters, covariance, basis);
    add_figures(fit_, days_);
    if (!outlook_) return;
    covariance(growth, growth) += outlook_->wander * outlook_->wander;
    store(fit_, parameters, covariance, basis);
  }

  /// Puts level and growth in their places.
  static void go_on(const LevelOutlook& outlook, Index growth, VectorXd& parameters, MatrixXd& covariance) {
    const std::array<Index, 2> places{0, growth};
    for (const Index place : places) {
      covariance.row(place).setZero();
      covariance.col(place).setZero();
    }
    for (Index i = 0; i < 2; ++i)
      for (Index j = 0; j < 2; ++j)
        covariance(places[static_cast<std::size_t>(i)], places[static_cast<std::size_t>(j)]) = outlook.covariance(i, j);
    parameters[0] = outlook.level;
    parameters[growth] = outlook.growth;
  }

  /// Replaces the level by the one in which recent months weigh more; it moves with the other coefficients.
  void weigh_recent(const ArrivalRegression& chosen, double half_life, VectorXd& at, MatrixXd& covariance) const {
    const WeightedLevel weighted = weighted_level(search_, chosen, half_life);
    VectorXd moves = -weighted.information_with / weighted.information;
    moves[0] = 0.0;
    at[0] = weighted.level;
    const VectorXd with_others = covariance * moves;
    const double variance = 1.0 / weighted.information + moves.dot(with_others);
    covariance.row(0) = with_others.transpose();
    covariance.col(0) = with_others;
    covariance(0, 0) = variance;
  }

  void add_changes(const ArrivalRegression& chosen) {
    const MatrixXd covariance = chosen.fit.fit.covariance();
    fit_.changes = chosen.design.terms().changes;
    for (std::size_t i = 0; i < fit_.changes.size(); ++i) {
      const Index column = chosen.design.change_column(i);
      const double log = chosen.fit.fit.at[column], error = std::sqrt(covariance(column, column));
      const double reach = normal_quantile(0.975) * error;
      fit_.changes[i].factor = {std::exp(log), std::exp(log) * error, std::exp(log - reach), std::exp(log + reach),
                                fit_.per_day.cases};
    }
    std::sort(fit_.changes.begin(), fit_.changes.end(),
              [](const ArrivalChange& a, const ArrivalChange& b) { return a.from < b.from; });
  }

  ArrivalFit& fit_;
  const std::vector<ArrivalDay>& days_;
  const ArrivalOptions& options_;
  ChangeSearch search_;
  Dispersed dispersed_ = Dispersed::no;
  std::optional<LevelOutlook> outlook_;
};

}  // namespace
}  // namespace fit

ArrivalFit fit_arrivals(std::span<const int> per_day, Date from, const ArrivalOptions& options) {
  ArrivalFit fit;
  fit.region = options.region;
  fit.at = options.at.value_or(from + std::chrono::days{per_day.size()});
  if (std::any_of(per_day.begin(), per_day.end(), [](int count) { return count < 0; }))
    fit.problems.emplace_back("counts of arrivals must not be negative");
  if (!fit.ok()) return fit;
  const std::vector<fit::ArrivalDay> days = fit::arrival_days(per_day, from, options);
  double observed = 0.0, arrivals = 0.0, busy = 0.0;
  for (const fit::ArrivalDay& day : days)
    if (day.observed) {
      observed += 1.0;
      arrivals += day.count;
      busy += day.count > 0.0;
    }
  if (observed < 1.0) fit.problems.emplace_back("no day was observed");
  if (observed >= 1.0 && arrivals < 1.0)
    fit.problems.push_back(fmt::format("nobody arrived on {:.0f} observed days: that tells no rate", observed));
  if (!fit.ok()) return fit;
  if (observed < fit::kFewestDays || arrivals < fit::kFewestArrivals || busy < fit::kFewestDaysWithArrivals) {
    fit::fit_constant(fit, days, observed, arrivals);
    fit.notes.push_back(fmt::format("{:.0f} arrivals on {:.0f} of {:.0f} days tell no more than a constant rate",
                                    arrivals, busy, observed));
    return fit;
  }
  ArrivalFit model = fit;
  fit::Fitting(model, days, options).run();
  if (model.per_day.standard_error < fit::kMostError * model.per_day.estimate) return model;
  fit::fit_constant(fit, days, observed, arrivals);
  fit.notes.emplace_back("arrivals come too irregularly for a model: no more than a constant rate is told");
  return fit;
}

}  // namespace ketensim
