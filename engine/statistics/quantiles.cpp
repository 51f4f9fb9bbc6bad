#include "engine/statistics/quantiles.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace ketensim {

double Quantiles::value_of(std::size_t cell) {
  if (cell == 0) return 0.0;
  const std::uint64_t bits = (kLowestBits + cell - 1) << (52 - kSubBits);
  const double left = std::bit_cast<double>(bits);
  const double right = std::bit_cast<double>(bits + (std::uint64_t{1} << (52 - kSubBits)));
  return (left + right) / 2.0;
}

void Quantiles::spill() {
  histogram_.assign(kCells, 0);
  histogram_[0] = static_cast<std::uint32_t>(zeros_);
  for (const double value : values_) ++histogram_[cell_of(value)];
  zeros_ = 0;
  values_.clear();
}

void Quantiles::merge(const Quantiles& other) {
  if (other.count_ <= kExact) {
    if (count_ + other.count_ <= kExact) {
      count_ += other.count_;
      zeros_ += other.zeros_;
      values_.insert(values_.end(), other.values_.begin(), other.values_.end());
      return;
    }
    for (std::uint64_t i = 0; i < other.zeros_; ++i) add(0.0);
    for (const double value : other.values_) add(value);
    return;
  }
  if (count_ <= kExact) spill();
  for (std::size_t i = 0; i < kCells; ++i) histogram_[i] += other.histogram_[i];
  count_ += other.count_;
}

void Quantiles::clear() {
  count_ = zeros_ = 0;
  values_.clear();
}

double Quantiles::order_statistic(std::uint64_t rank) const {
  std::uint64_t below = 0;
  for (std::size_t cell = 0; cell < kCells; ++cell) {
    below += histogram_[cell];
    if (below > rank) return value_of(cell);
  }
  return value_of(kCells - 1);
}

double Quantiles::quantile(double p) {
  if (count_ == 0) return std::numeric_limits<double>::quiet_NaN();
  const double position = p * static_cast<double>(count_ - 1);
  const auto low = static_cast<std::uint64_t>(position);
  const double fraction = position - static_cast<double>(low);
  double at_low, at_high;
  if (count_ <= kExact) {
    if (low < zeros_) {
      at_low = 0.0;
      at_high = fraction > 0.0 && low + 1 == zeros_ ? *std::min_element(values_.begin(), values_.end()) : 0.0;
    } else {
      const auto middle = values_.begin() + static_cast<std::ptrdiff_t>(low - zeros_);
      std::nth_element(values_.begin(), middle, values_.end());
      at_low = *middle;
      at_high = fraction > 0.0 ? *std::min_element(middle + 1, values_.end()) : at_low;
    }
  } else {
    at_low = order_statistic(low);
    at_high = fraction > 0.0 ? order_statistic(low + 1) : at_low;
  }
  return at_low + fraction * (at_high - at_low);
}

}  // namespace ketensim
