#include "tools/report/fit/curves.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace ketensim::report {
namespace {

constexpr std::size_t kPoints = 120;  // of a curve on the screen

/// The share below each of its quantiles, from which others are read off.
class Tabulated {
 public:
  explicit Tabulated(const Distribution& distribution) {
    if (distribution.kind == "mixture") {
      for (const Distribution& part : distribution.parts) parts_.emplace_back(part);
      for (std::size_t i = 0; i < parts_.size(); ++i)
        weights_.push_back(distribution.weights.empty() ? 1.0 : distribution.weights[i]);
      const double total = std::accumulate(weights_.begin(), weights_.end(), 0.0);
      for (double& weight : weights_) weight /= total;
      return;
    }
    // More places where the tails are.
    for (std::size_t i = 1; i < kPlaces; ++i) {
      const double angle = std::numbers::pi * static_cast<double>(i) / kPlaces;
      shares_.push_back(0.5 * (1.0 - std::cos(angle)));
      days_.push_back(quantile_of(distribution, shares_.back()));
    }
  }

  double share(double days) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < parts_.size(); ++i) sum += weights_[i] * parts_[i].share(days);
    if (!parts_.empty()) return sum;
    const auto after = static_cast<std::size_t>(std::upper_bound(days_.begin(), days_.end(), days) - days_.begin());
    if (after == 0) return days_.front() > 0.0 ? shares_.front() * std::max(0.0, days) / days_.front() : 0.0;
    if (after == days_.size()) return shares_.back();
    const double span = days_[after] - days_[after - 1];
    return shares_[after - 1] + (shares_[after] - shares_[after - 1]) * (days - days_[after - 1]) / span;
  }

 private:
  static constexpr std::size_t kPlaces = 200;
  std::vector<double> shares_, days_;  // of a distribution with quantiles
  std::vector<Tabulated> parts_;       // of a mixture
  std::vector<double> weights_;
};

Curve drawn(const std::vector<std::pair<double, Tabulated>>& parts, double until) {
  Curve curve;
  for (std::size_t i = 0; i <= kPoints; ++i) {
    const double place = static_cast<double>(i) / kPoints;
    const double days = until * place * place;  // finer at the beginning, where most is over
    double share = 0.0;
    for (const auto& [weight, part] : parts) share += weight * part.share(days);
    curve.days.push_back(days);
    curve.share.push_back(share);
  }
  return curve;
}

}  // namespace

Curve shown_curve(const Curve& curve, std::size_t cases, const Disclosure& disclosure) {
  Curve shown;
  if (!disclosure.may_tell(cases) || cases == 0) return shown;
  const double least = std::max(static_cast<double>(disclosure.least()) / static_cast<double>(cases), 1.0 / kPoints);
  double last = 0.0;
  for (std::size_t i = 0; i < curve.days.size(); ++i) {
    if (curve.share[i] - last < least * (1.0 - 1e-9)) continue;
    shown.days.push_back(curve.days[i]);
    shown.share.push_back(last = curve.share[i]);
  }
  return shown;
}

Curve fitted_curve(const FittedDuration& part, double until) {
  return drawn({{1.0, Tabulated(part.distribution)}}, until);
}

Curve fitted_curve(const DurationFit& fit, double until) {
  double all = 0.0;
  for (const FittedDuration& part : fit.parts) all += static_cast<double>(part.cases);
  std::vector<std::pair<double, Tabulated>> parts;
  for (const FittedDuration& part : fit.parts)
    parts.emplace_back(static_cast<double>(part.cases) / all, Tabulated(part.distribution));
  return drawn(parts, until);
}

double share_at(const Curve& curve, double days) {
  const auto after = std::upper_bound(curve.days.begin(), curve.days.end(), days);
  return after == curve.days.begin() ? 0.0 : curve.share[static_cast<std::size_t>(after - curve.days.begin()) - 1];
}

double days_at(const Curve& curve, double share) {
  const auto at = std::lower_bound(curve.share.begin(), curve.share.end(), share);
  return at == curve.share.end() ? std::numeric_limits<double>::quiet_NaN()
                                 : curve.days[static_cast<std::size_t>(at - curve.share.begin())];
}

}  // namespace ketensim::report
