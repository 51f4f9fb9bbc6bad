#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

namespace ketensim {

/// Natural logarithms for draws: within 1 unit in the last place of the true value for every normal positive number,
/// exactly 0 at 1 and negative below it. Inlined, without a call into the mathematical library, and the same on every
/// processor.
///
/// x = 2^k z with z in [3/4, 3/2); c is near z and has a known logarithm: log x = k log 2 + log c + log(1 + r), where
/// r = (z - c) / c is small enough for a few terms of the series.
class Logarithm {
 public:
  Logarithm() {
    for (std::size_t i = 0; i < kCells; ++i) {
      const double left = std::bit_cast<double>(kLowest + (std::uint64_t{i} << kShift));
      const double right = std::bit_cast<double>(kLowest + (std::uint64_t{i + 1} << kShift));
      // Next to 1 the series alone: there the logarithm is small, and has to be right to its last place all the same.
      const double c = left == 1.0 || right == 1.0 ? 1.0 : (left + right) / 2.0;
      const long double log = std::log(static_cast<long double>(c));
      const double high = std::round(static_cast<double>(log) * 0x1p42) * 0x1p-42;
      cells_[i] = {c, 1.0 / c, high, static_cast<double>(log - static_cast<long double>(high))};
    }
  }

  [[gnu::always_inline]] double operator()(double x) const {
    const std::uint64_t above = std::bit_cast<std::uint64_t>(x) - kLowest;
    const std::int64_t k = static_cast<std::int64_t>(above) >> 52;
    const double z = std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) - (static_cast<std::uint64_t>(k) << 52));
    const Cell& cell = cells_[above >> kShift & (kCells - 1)];
    const double r = (z - cell.c) * cell.inverse;
    const double square = r * r, power = square * square;
    const double series = square * ((-1.0 / 2 + r * (1.0 / 3)) + square * (-1.0 / 4 + r * (1.0 / 5)) +
                                    power * ((-1.0 / 6 + r * (1.0 / 7)) - square * (1.0 / 8)));
    const auto twos = static_cast<double>(k);
    const double exact = twos * kLog2High + cell.high;  // both are multiples of 2^-42
    const double high = exact + r;
    const double low = (exact - high + r) + (twos * kLog2Low + cell.low);
    return (low + series) + high;
  }

 private:
  struct alignas(32) Cell {
    double c, inverse, high, low;  // the logarithm of c in two parts
  };
  static constexpr int kShift = 45;
  static constexpr std::size_t kCells = 128;
  static constexpr std::uint64_t kLowest = std::bit_cast<std::uint64_t>(0.75);
  // log 2 in two parts, the first of so few bits that its product with an exponent is exact.
  static constexpr double kLog2High = 0x1.62e42fefa3800p-1, kLog2Low = 0x1.ef35793c76730p-45;

  std::array<Cell, kCells> cells_;
};

inline const Logarithm natural_log;

}  // namespace ketensim
