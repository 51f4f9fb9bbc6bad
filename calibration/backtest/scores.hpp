#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace ketensim::rolling {

/// Continuous ranked probability score of a forecast given as a sorted sample: E|X - y| - E|X - X'| / 2 (Gneiting and
/// Raftery 2007, eq. 21), where the second mean is over pairs of different members, so that a small sample is not
/// punished for its size (Ferro 2014). In the unit of the figure; of a sample of one the absolute error. NaN if empty.
double crps(std::span<const double> sorted, double observed);

/// Of a sorted sample, by type 7 of Hyndman and Fan (1996).
double quantile(std::span<const double> sorted, double share);

/// Pinball loss of a forecast of the quantile at `share` (Koenker and Bassett 1978).
double pinball(double forecast, double share, double observed);

/// How many of the forecasts made at one origin held.
struct Hits {
  std::size_t held = 0, forecasts = 0;
};

struct Rate {
  double share = 0.0, low = 0.0, high = 0.0;  // NaN without forecasts; low and high with fewer than two blocks
};

/// The share that held, with a 95% interval by the bootstrap of moving blocks of `block` origins in sequence (Kuensch
/// 1989): forecasts of neighbouring origins err together, since they are of the same months.
Rate rate_of(std::span<const Hits> origins, std::size_t block, int resamples, std::uint64_t seed);

}  // namespace ketensim::rolling
