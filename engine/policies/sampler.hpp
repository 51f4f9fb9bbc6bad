#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "engine/kernel/block.hpp"
#include "engine/kernel/logarithm.hpp"
#include "ketensim/distribution.hpp"

namespace ketensim {

/// The quantile function of a distribution of scale 1, tabulated: cubic Hermite pieces on cells that halve towards both
/// tails (16 cells an octave), so that the relative error stays below 1e-6 over all of (0, 1); for coefficients of
/// variation above 2, where the smallest quantiles are next to nothing, it stays below 5e-6 of the larger of quantile
/// and mean.
class QuantileTable {
 public:
  /// `quantile(p)` and `upper(q)`, the quantile at 1 - q, for 0 < p, q <= 1/2; `density(x)` at a quantile.
  template <class Quantile, class Upper, class Density>
  QuantileTable(Quantile quantile, Upper upper, Density density) : cells_(2 * kSide) {
    fill(0, quantile, density, 1.0);
    fill(kSide, upper, density, -1.0);
  }

  double operator()(double u) const { return u < 0.5 ? at(u, 0) : upper(1.0 - u); }
  /// The quantile at 1 - q, for q <= 1/2; below 2^-41 that of 2^-41.
  double upper(double q) const { return at(q, kSide); }

 private:
  double at(double v, std::uint64_t side) const {
    const std::uint64_t bits = std::bit_cast<std::uint64_t>(v < kHalf ? v : kHalf);
    std::uint64_t cell = kTopCell - (bits >> 48);
    double s = static_cast<double>(bits & kFractionMask) * 0x1p-48;
    if (cell >= kSide) {
      cell = kSide - 1;
      s = 0.0;
    }
    const Cell& c = cells_[side + cell];
    return c.a + s * (c.b + s * (c.c + s * c.d));
  }

  struct Cell {
    double a, b, c, d;
  };
  static constexpr std::uint64_t kOctaves = 40, kPerOctave = 16, kSide = kOctaves * kPerOctave;
  static constexpr std::uint64_t kFractionMask = (std::uint64_t{1} << 48) - 1;
  static constexpr double kHalf = 0.5 - 0x1p-54;
  /// Exponent and top mantissa bits of the largest number below 1/2: the first cell.
  static constexpr std::uint64_t kTopCell = (std::uint64_t{1021} << 4) + 15;

  template <class Quantile, class Density>
  void fill(std::uint64_t offset, Quantile quantile, Density density, double sign) {
    double right_x = quantile(0.5), right_slope = sign / density(right_x);
    for (std::uint64_t cell = 0; cell < kSide; ++cell) {
      const double left = std::bit_cast<double>((kTopCell - cell) << 48);
      const double right = std::bit_cast<double>((kTopCell - cell + 1) << 48);
      const double left_x = quantile(left), left_slope = sign / density(left_x);
      const double h = right - left, rise = right_x - left_x;
      const double m0 = left_slope * h, m1 = right_slope * h;
      cells_[offset + cell] = {left_x, m0, 3.0 * rise - 2.0 * m0 - m1, m0 + m1 - 2.0 * rise};
      right_x = left_x;
      right_slope = left_slope;
    }
  }

  std::vector<Cell> cells_;
};

/// The tables that were made, by shape: making one takes far longer than any draw. Not for use by several threads at
/// once, but many may stand on the same `common`, as long as nobody adds to that.
class QuantileTables {
 public:
  explicit QuantileTables(const QuantileTables* common = nullptr) : common_(common) {}
  std::shared_ptr<const QuantileTable> gamma(double shape);   // with mean 1
  std::shared_ptr<const QuantileTable> lognormal(double cv);  // with mean 1

 private:
  enum class Kind { gamma, lognormal };
  using Key = std::pair<Kind, double>;
  std::shared_ptr<const QuantileTable> table(Key key);
  std::shared_ptr<const QuantileTable> known(Key key) const;

  const QuantileTables* common_;
  std::map<Key, std::shared_ptr<const QuantileTable>> tables_;
};

/// Draws from a distribution by inversion: monotone in the uniform, so that scenarios which share a draw move together.
class Sampler {
 public:
  explicit Sampler(const Distribution& distribution);
  Sampler(const Distribution& distribution, QuantileTables& tables);

  /// Days on the distribution's own clock.
  double operator()(const Block& block) const {
    switch (form_) {
      case Form::constant:
        return scale_;
      case Form::exponential:
        return -scale_ * natural_log(1.0 - block.unit());
      case Form::uniform:
        return low_ + scale_ * block.unit();
      case Form::weibull:
        return scale_ * std::pow(-natural_log(1.0 - block.unit()), power_);
      case Form::table:
        return scale_ * (*table_)(block.unit());
      case Form::empirical:
        return points_[pick(block.unit())];
      case Form::mixture:
        return parts_[pick(block.third())](block);
    }
    return 0.0;
  }
  double mean() const { return mean_; }
  bool working_days() const { return working_days_; }

  /// What is left of the distribution where less than `from` days is ruled out. No duration goes on so long where
  /// `beyond`: then it ends after an exponential time, of the mean by which the upper half exceeds the median (or,
  /// where all durations are alike, of the mean).
  struct Tail {
    double from = 0.0;
    double below = 0.0, survival = 1.0;  // P(less than `from`) and its complement
    bool beyond = false;
    double mean_beyond = 0.0;        // days
    std::vector<double> cumulative;  // of a mixture: the weights of its parts, given `from`
    std::vector<Tail> parts;
  };
  Tail tail(double from) const;
  /// The duration, `tail.from` or more, by inversion of the same uniform as without a condition.
  double operator()(const Block& block, const Tail& tail) const;

 private:
  enum class Form { constant, exponential, uniform, weibull, table, empirical, mixture };

  /// Index of the first cumulative weight above u.
  std::size_t pick(double u) const;
  void take_tail(Tail& tail) const;
  double excess_over_median() const;
  double draw_from_table(double u, const Tail& tail) const;
  void set_cumulative(const std::vector<double>& weights, std::size_t count);

  Form form_ = Form::constant;
  bool working_days_ = false, lognormal_ = false;
  double scale_ = 0.0, low_ = 0.0, power_ = 1.0, mean_ = 0.0;
  double shape_ = 1.0;  // of a table: the shape of the gamma, sigma of the lognormal
  std::shared_ptr<const QuantileTable> table_;
  std::vector<double> cumulative_, points_;
  std::vector<Sampler> parts_;
};

}  // namespace ketensim
