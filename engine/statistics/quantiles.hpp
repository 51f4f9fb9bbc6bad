#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ketensim {

/// The distribution of non-negative values (days), of which many are 0: who need not wait. Exact up to 2,048 values;
/// beyond that a histogram of 128 cells an octave, which bounds the relative error at 0.4% (the idea of DDSketch: Masson,
/// Rim and Lee 2019).
class Quantiles {
 public:
  void add(double value) {
    if (++count_ > kExact) {
      if (count_ == kExact + 1) spill();
      ++histogram_[cell_of(value)];
    } else if (value > 0.0) {
      values_.push_back(value);
    } else {
      ++zeros_;
    }
  }
  void merge(const Quantiles& other);
  void clear();
  std::uint64_t count() const { return count_; }

  /// Type 7 of Hyndman and Fan (1996); NaN if empty. Reorders the exact values.
  double quantile(double p);

 private:
  static constexpr std::uint64_t kExact = 2048;
  static constexpr int kSubBits = 7, kOctaves = 32, kLowestExponent = -14;  // from 6e-5 days (5 s) to 2.6e5 days
  static constexpr double kLowest = 0x1p-14;
  static constexpr std::size_t kCells = (std::size_t{kOctaves} << kSubBits) + 1;

  static constexpr std::uint64_t kLowestBits = static_cast<std::uint64_t>(1023 + kLowestExponent) << kSubBits;

  static std::size_t cell_of(double value) {
    if (!(value >= kLowest)) return 0;
    const std::uint64_t cell = (std::bit_cast<std::uint64_t>(value) >> (52 - kSubBits)) - kLowestBits + 1;
    return cell < kCells ? static_cast<std::size_t>(cell) : kCells - 1;
  }
  static double value_of(std::size_t cell);
  void spill();
  double order_statistic(std::uint64_t rank) const;

  std::uint64_t count_ = 0;
  std::uint64_t zeros_ = 0;               // while count_ <= kExact, and the other values
  std::vector<double> values_;
  std::vector<std::uint32_t> histogram_;  // afterwards; cell 0 holds zero and what rounds to it
};

}  // namespace ketensim
