#include "calibration/fit/arrival_forecast.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "calibration/fit/special.hpp"

namespace ketensim::fit {
namespace {

using Eigen::Index;
using Eigen::VectorXd;
using std::chrono::months;
using std::chrono::year_month_day;

constexpr int kQuarters = 4;
constexpr std::chrono::days kHistory{730};
constexpr int kFewestDays = 60;       // observed in a quarter
constexpr double kSignificant = 1.5;  // one-sided, a level of about a tenth with five to eight origins
constexpr int kFewestOrigins = 5;
constexpr std::array<double, 8> kDrifts{0.0, 0.02, 0.04, 0.06, 0.09, 0.13, 0.2, 0.3};
constexpr double kGainOfDrift = 1.353;  // in log-likelihood, at a level of 0.05 on the bound (Self and Liang 1987)

Date plus_months(Date first_of_month, int count) {
  return std::chrono::sys_days{year_month_day{first_of_month} + months{count}};
}

/// The logarithm of the mean of a day without its shape, and the error of that logarithm.
struct Outlook {
  double level, slope;  // per year from the origin
  Eigen::Matrix2d covariance = Eigen::Matrix2d::Zero();

  double at(double years) const { return level + slope * years; }
  double variance(double years) const {
    return Eigen::RowVector2d(1.0, years) * covariance * Eigen::Vector2d(1.0, years);
  }
};

Outlook outlook_of(const ForecastRule& rule, const ChangeSearch& search, const ArrivalRegression& regression) {
  if (rule.half_life > 0.0) {
    const WeightedLevel weighted = weighted_level(search, regression, rule.half_life);
    Outlook outlook{weighted.level, 0.0, Eigen::Matrix2d::Zero()};
    outlook.covariance(0, 0) = 1.0 / weighted.information;
    return outlook;
  }
  const CountFit& fit = regression.fit.fit;
  const Eigen::MatrixXd covariance = fit.covariance();
  Outlook outlook{fit.at[0], 0.0, Eigen::Matrix2d::Zero()};
  outlook.covariance(0, 0) = covariance(0, 0);
  if (!rule.trend) return outlook;
  outlook.slope = rule.kept * fit.at[1];
  outlook.covariance(1, 1) = rule.kept * rule.kept * covariance(1, 1);
  outlook.covariance(0, 1) = outlook.covariance(1, 0) = rule.kept * covariance(0, 1);
  return outlook;
}

/// log P(count) of a negative binomial with this mean and variance.
double log_score(double count, double mean, double variance) {
  const double excess = (variance - mean) / (mean * mean);
  if (excess < 1e-9) return count * std::log(mean) - mean - log_gamma(count + 1.0);
  const double size = 1.0 / excess;
  return log_gamma(count + size) - log_gamma(size) - log_gamma(count + 1.0) + count * std::log(mean * excess) -
         (count + size) * std::log1p(mean * excess);
}

/// By drift.
using Scores = std::array<double, kDrifts.size()>;

/// The days of one quarter summed up to a forecast; nothing where too few were observed.
std::optional<Scores> scores_of_quarter(const std::vector<ArrivalDay>& days, const VectorXd& shape,
                                        const Dispersion& dispersion, const Outlook& outlook, Date origin, Date from,
                                        Date until) {
  double count = 0.0, mean = 0.0, by_day = 0.0, by_month = 0.0, month = 0.0, years = 0.0;
  int observed = 0;
  std::size_t last = 12;
  const auto first = static_cast<std::size_t>((from - days.front().date).count());
  const auto end = std::min(days.size(), static_cast<std::size_t>((until - days.front().date).count()));
  for (std::size_t d = first; d < end; ++d) {
    const ArrivalDay& day = days[d];
    if (!day.observed) continue;
    if (day.month != last) {
      by_month += month * month;
      month = 0.0;
      last = day.month;
    }
    const double t = years_from(origin, day.date), here = std::exp(shape[static_cast<Index>(d)] + outlook.at(t));
    count += day.count;
    mean += here;
    month += here;
    by_day += here * here;
    years += t;
    ++observed;
  }
  if (observed < kFewestDays) return std::nullopt;
  by_month += month * month;
  const double variance = mean + dispersion.day * by_day * (1.0 + dispersion.month) + dispersion.month * by_month +
                          mean * mean * outlook.variance(years / observed);
  Scores scores;
  for (std::size_t i = 0; i < kDrifts.size(); ++i)
    scores[i] = log_score(count, mean, variance + mean * mean * kDrifts[i] * kDrifts[i]);
  return scores;
}

/// The mean scores of the next quarters; nothing where none was observed.
std::optional<Scores> scores_of_year(const std::vector<ArrivalDay>& days, const VectorXd& shape,
                                     const Dispersion& dispersion, const Outlook& outlook, Date origin) {
  Scores sum{};
  int quarters = 0;
  for (int q = 0; q < kQuarters; ++q) {
    const auto scores = scores_of_quarter(days, shape, dispersion, outlook, origin, plus_months(origin, 3 * q),
                                          plus_months(origin, 3 * (q + 1)));
    if (!scores) continue;
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += (*scores)[i];
    ++quarters;
  }
  if (quarters == 0) return std::nullopt;
  for (double& s : sum) s /= quarters;
  return sum;
}

/// The scores at the drift that foretells best, if better than none beyond chance.
RuleScore score_of(const ForecastRule& rule, const std::vector<Scores>& by_origin) {
  Scores total{};
  for (const Scores& scores : by_origin)
    for (std::size_t i = 0; i < total.size(); ++i) total[i] += scores[i];
  auto best = static_cast<std::size_t>(std::max_element(total.begin(), total.end()) - total.begin());
  if (total[best] - total[0] < kGainOfDrift) best = 0;
  RuleScore score{rule, {}, kDrifts[best]};
  for (const Scores& scores : by_origin) score.by_origin.push_back(scores[best]);
  return score;
}

}  // namespace

std::vector<ForecastRule> forecast_rules() {
  return {{false, 0.0, 0.0, "level, all data alike"},
          {false, 0.0, 4.0, "level, weights halve in 4 years"},
          {false, 0.0, 2.0, "level, weights halve in 2 years"},
          {false, 0.0, 1.0, "level, weights halve in 1 year"},
          {true, 1.0, 0.0, "trend goes on"},
          {true, 0.5, 0.0, "half of the trend goes on"},
          {true, 0.0, 0.0, "trend ends"}};
}

WeightedLevel weighted_level(const ChangeSearch& search, const ArrivalRegression& regression, double half_life) {
  const std::vector<ArrivalDay> rows = observed_before(search.days, search.until);
  CountProblem problem = regression.problem;
  problem.weight.resize(problem.months());
  for (Index m = 0; m < problem.months(); ++m) {
    const auto begin = static_cast<std::size_t>(problem.month_begin[static_cast<std::size_t>(m)]);
    const auto end = static_cast<std::size_t>(problem.month_begin[static_cast<std::size_t>(m) + 1]);
    problem.weight[m] = std::exp2(years_from(search.until, rows[(begin + end) / 2].date) / half_life);
  }
  const CountFit& fit = regression.fit.fit;
  const VectorXd informed_level = informed(problem, fit, regression.fit.dispersion, VectorXd::Ones(problem.days()));
  WeightedLevel result;
  result.information_with = problem.design.transpose() * informed_level;
  result.information = informed_level.sum();
  problem.offset += problem.design * fit.at - VectorXd::Constant(problem.days(), fit.at[0]);
  problem.design = Eigen::MatrixXd::Ones(problem.days(), 1);
  problem.precision = VectorXd::Zero(1);
  result.level = fit_counts(problem, regression.fit.dispersion, fit.at.head(1)).at[0];
  return result;
}

double RuleScore::mean() const {
  return std::accumulate(by_origin.begin(), by_origin.end(), 0.0) / static_cast<double>(by_origin.size());
}

std::vector<RuleScore> rolling_scores(const std::vector<ArrivalDay>& days, const VectorXd& shape,
                                      const DispersionFit& dispersion, int origins) {
  const std::vector<ForecastRule> rules = forecast_rules();
  std::vector<std::vector<Scores>> by_rule(rules.size());
  const Date first = days.front().date, end = days.back().date + std::chrono::days{1};
  const year_month_day last{end};
  const Date base = std::chrono::sys_days{last.year() / last.month() / 1};
  ArrivalTerms trended;
  trended.trend = true;
  for (int i = origins - 1; i >= 0; --i) {
    const Date origin = plus_months(base, -3 * (kQuarters + i));
    if (origin < first + kHistory || observed_before(days, origin).empty()) continue;
    const ChangeSearch search{days, origin, origin, shape, false, false};
    const ArrivalRegression level = search_changes(search, {}, dispersion);
    const ArrivalRegression trend = search_changes(search, trended, dispersion);
    for (std::size_t r = 0; r < rules.size(); ++r) {
      const Outlook outlook = outlook_of(rules[r], search, rules[r].trend ? trend : level);
      if (const auto scores = scores_of_year(days, shape, dispersion.dispersion, outlook, origin))
        by_rule[r].push_back(*scores);
    }
  }
  std::vector<RuleScore> scores;
  for (std::size_t r = 0; r < rules.size(); ++r) scores.push_back(score_of(rules[r], by_rule[r]));
  return scores;
}

bool foretells_better(const RuleScore& other, const RuleScore& present) {
  const auto origins = static_cast<int>(other.by_origin.size());
  if (origins < kFewestOrigins || present.by_origin.size() != other.by_origin.size()) return false;
  std::vector<double> gain;
  for (std::size_t i = 0; i < other.by_origin.size(); ++i) gain.push_back(other.by_origin[i] - present.by_origin[i]);
  const double n = origins, mean = std::accumulate(gain.begin(), gain.end(), 0.0) / n;
  double variance = 0.0;
  for (int lag = 0; lag < kQuarters; ++lag) {
    double product = 0.0;
    for (int i = lag; i < origins; ++i)
      product += (gain[static_cast<std::size_t>(i)] - mean) * (gain[static_cast<std::size_t>(i - lag)] - mean) / n;
    variance += lag == 0 ? product : 2.0 * (1.0 - lag / static_cast<double>(kQuarters)) * product;
  }
  if (!(mean > 0.0)) return false;
  const double correction = (n + 1.0 - 2.0 * kQuarters + kQuarters * (kQuarters - 1.0) / n) / n;
  return mean * std::sqrt(correction) > kSignificant * std::sqrt(std::max(variance, 0.0) / n);
}

}  // namespace ketensim::fit
