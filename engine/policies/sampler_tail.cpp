// Draws of a duration of which it is known that it has gone on for a while.
#include <algorithm>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numbers>

#include "engine/policies/sampler.hpp"

namespace ketensim {
namespace {

constexpr double kClockError = 1e-8;  // days: a duration that is over at `from` up to rounding goes on until then
constexpr double kNoMore = 1e-280;    // a survival below which nothing can be told apart
constexpr double kFar = 1e-6;         // a survival below which the quantile is not taken from the table

Block block_of(double u) {
  const auto bits = static_cast<std::uint64_t>(u * 0x1p52);
  return {{static_cast<std::uint32_t>(bits >> 20), static_cast<std::uint32_t>(bits << 12), 0, 0}};
}

/// Cumulative weights, given that only these are left.
std::vector<double> scaled(std::vector<double> cumulative) {
  for (double& c : cumulative) c /= cumulative.back();
  return cumulative;
}

}  // namespace

Sampler::Tail Sampler::tail(double from) const {
  Tail tail;
  tail.from = std::max(from, 0.0);
  if (form_ == Form::mixture) {
    double left = 0.0, before = 0.0;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      tail.parts.push_back(parts_[i].tail(tail.from));
      const Tail& part = tail.parts.back();
      tail.cumulative.push_back(left += part.beyond ? 0.0 : (cumulative_[i] - before) * part.survival);
      before = cumulative_[i];
    }
    tail.survival = left;
    tail.below = 1.0 - left;
    if (left > 0.0) tail.cumulative = scaled(std::move(tail.cumulative));
  } else if (tail.from > 0.0) {
    take_tail(tail);
  }
  // The last two have an exact quantile, however far.
  tail.beyond = !(tail.survival > kNoMore) && form_ != Form::exponential && form_ != Form::weibull;
  if (tail.beyond) tail.mean_beyond = excess_over_median();
  return tail;
}

/// P(X < from) and P(X >= from), each to full precision where it is small.
void Sampler::take_tail(Tail& tail) const {
  const double from = tail.from;
  const auto set = [&](double below, double survival) {
    tail.below = below;
    tail.survival = survival;
  };
  switch (form_) {
    case Form::constant:
      if (scale_ < from - kClockError) set(1.0, 0.0);
      return;
    case Form::exponential:
      set(-std::expm1(-from / scale_), std::exp(-from / scale_));
      return;
    case Form::uniform:
      if (from > low_ + scale_ + kClockError)
        set(1.0, 0.0);
      else if (from > low_ && scale_ > 0.0)
        set((from - low_) / scale_, std::max((low_ + scale_ - from) / scale_, kClockError));
      return;
    case Form::weibull: {
      const double hazard = std::pow(from / scale_, 1.0 / power_);
      set(-std::expm1(-hazard), std::exp(-hazard));
      return;
    }
    case Form::table:
      if (lognormal_) {
        const double z = (std::log(from / scale_) / shape_ + shape_ / 2.0) / std::numbers::sqrt2;
        set(std::erfc(-z) / 2.0, std::erfc(z) / 2.0);
      } else {
        const double x = shape_ * from / scale_;
        set(boost::math::gamma_p(shape_, x), boost::math::gamma_q(shape_, x));
      }
      return;
    case Form::empirical: {
      const auto first = std::lower_bound(points_.begin(), points_.end(), from - kClockError);
      const auto at = static_cast<std::size_t>(first - points_.begin());
      const double below = at == 0 ? 0.0 : cumulative_[at - 1];
      set(below, at == points_.size() ? 0.0 : 1.0 - below);
      return;
    }
    case Form::mixture:
      return;
  }
}

double Sampler::excess_over_median() const {
  if (form_ == Form::mixture) {
    double mean = 0.0, before = 0.0;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      mean += (cumulative_[i] - before) * parts_[i].excess_over_median();
      before = cumulative_[i];
    }
    return mean;
  }
  constexpr int kParts = 1000;
  const double median = (*this)(block_of(0.5));
  double excess = 0.0;
  for (int i = 0; i < kParts; ++i) excess += (*this)(block_of(0.5 + (i + 0.5) / (2.0 * kParts))) - median;
  return excess > 0.0 ? excess / kParts : mean_;
}

double Sampler::operator()(const Block& block, const Tail& tail) const {
  const double u = block.unit();
  if (tail.beyond) return tail.from - tail.mean_beyond * std::log(1.0 - u);
  switch (form_) {
    case Form::constant:
      return std::max(scale_, tail.from);
    case Form::exponential:
      return tail.from - scale_ * std::log(1.0 - u);
    case Form::uniform: {
      const double least = std::max(low_, tail.from);
      return least + std::max(low_ + scale_ - least, 0.0) * u;
    }
    case Form::weibull:
      return scale_ * std::pow(std::pow(tail.from / scale_, 1.0 / power_) - std::log(1.0 - u), power_);
    case Form::table:
      return std::max(draw_from_table(u, tail), tail.from);
    case Form::empirical:
      return std::max(points_[pick(tail.below + tail.survival * u)], tail.from);
    case Form::mixture: {
      const auto at = std::upper_bound(tail.cumulative.begin(), tail.cumulative.end() - 1, block.third());
      const auto part = static_cast<std::size_t>(at - tail.cumulative.begin());
      return parts_[part](block, tail.parts[part]);
    }
  }
  return tail.from;
}

double Sampler::draw_from_table(double u, const Tail& tail) const {
  const double p = tail.below + tail.survival * u, q = tail.survival * (1.0 - u);
  if (tail.survival >= kFar) return scale_ * (p < 0.5 ? (*table_)(p) : table_->upper(q));
  if (!lognormal_) return scale_ * boost::math::gamma_q_inv(shape_, q) / shape_;
  return scale_ * std::exp(shape_ * (std::numbers::sqrt2 * boost::math::erfc_inv(2.0 * q) - shape_ / 2.0));
}

}  // namespace ketensim
