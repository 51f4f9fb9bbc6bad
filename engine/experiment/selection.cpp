#include "engine/experiment/selection.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

#include "ketensim/indicators.hpp"

namespace ketensim {
namespace {

struct Moments {
  double mean = 0.0, variance = 0.0;
  int defined = 0;
};

Moments moments_of(std::vector<double> differences) {
  const Summary summary = summarise(differences);
  const double n = summary.defined;
  return {summary.mean, summary.defined < 2 ? 0.0 : summary.se * summary.se * n, summary.defined};
}

std::span<const double> first_of(std::span<const double> values, int count) {
  return values.first(std::min(values.size(), static_cast<std::size_t>(count)));
}

/// How far one alternative may be behind another and stay.
class Allowance {
 public:
  Allowance(std::size_t alternatives, const SelectionRule& rule, int look) : rule_(rule) {
    const double others = static_cast<double>(std::max<std::size_t>(alternatives, 2)) - 1.0, error = rule.error / 2.0;
    const double n = rule.first;
    h_squared_ = (n - 1.0) * (std::pow(2.0 * error / others, -2.0 / (n - 1.0)) - 1.0);
    tail_ = error * std::pow(0.5, look) / others;
  }

  /// W of Kim and Nelson after `r` replications, with the variance of the first.
  double sequential(double variance, double r) const {
    const double delta = rule_.indifference;
    return std::max(0.0, delta / (2.0 * r) * (h_squared_ * variance / (delta * delta) - r));
  }
  double screening(const Moments& now) const {
    if (now.variance == 0.0) return 0.0;
    const boost::math::students_t distribution(now.defined - 1);
    return boost::math::quantile(boost::math::complement(distribution, tail_)) * std::sqrt(now.variance / now.defined);
  }

 private:
  const SelectionRule& rule_;
  double h_squared_, tail_;
};

}  // namespace

std::vector<double> paired(std::span<const double> a, std::span<const double> b) {
  std::vector<double> differences;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    if (!std::isnan(a[i]) && !std::isnan(b[i])) differences.push_back(a[i] - b[i]);
  return differences;
}

double mean_of_first(std::span<const double> losses, int replications) {
  const std::span<const double> first = first_of(losses, replications);
  std::vector<double> copy(first.begin(), first.end());
  const double mean = summarise(copy).mean;
  return std::isnan(mean) ? std::numeric_limits<double>::infinity() : mean;
}

std::vector<std::size_t> remaining(const std::vector<std::span<const double>>& losses, std::size_t alternatives,
                                   const SelectionRule& rule, int replications, int look) {
  const Allowance allowance(alternatives, rule, look);
  const auto dropped_for = [&](std::span<const double> one, std::span<const double> other) {
    const Moments now = moments_of(paired(first_of(one, replications), first_of(other, replications)));
    if (now.defined < 2 || now.mean <= 0.0) return false;
    const double variance = moments_of(paired(first_of(one, rule.first), first_of(other, rule.first))).variance;
    return now.mean > allowance.sequential(variance, now.defined) || now.mean > allowance.screening(now);
  };
  std::vector<std::size_t> stay;
  for (std::size_t i = 0; i < losses.size(); ++i) {
    const bool dropped = std::any_of(losses.begin(), losses.end(), [&](const auto& other) {
      return other.data() != losses[i].data() && dropped_for(losses[i], other);
    });
    if (!dropped) stay.push_back(i);
  }
  if (!stay.empty()) return stay;
  // Each pair has its own replications where some are undefined: then nobody need be the best of every pair.
  for (std::size_t i = 0; i < losses.size(); ++i) stay.push_back(i);
  return stay;
}

double probability_no_worse(std::span<const double> best, std::span<const double> other, double indifference) {
  const Moments ahead = moments_of(paired(other, best));
  if (ahead.defined < 2) return 0.5;
  const double margin = ahead.mean + indifference;
  if (ahead.variance == 0.0) return margin >= 0.0 ? 1.0 : 0.0;
  const boost::math::students_t distribution(ahead.defined - 1);
  return boost::math::cdf(distribution, margin / std::sqrt(ahead.variance / ahead.defined));
}

}  // namespace ketensim
