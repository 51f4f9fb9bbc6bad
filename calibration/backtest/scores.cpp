#include "calibration/backtest/scores.hpp"

#include <algorithm>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <cmath>
#include <limits>
#include <vector>

namespace ketensim::rolling {
namespace {

using std::size_t;

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
constexpr double kBeyond = 0.025;  // on either side of a 95% interval

double share_of(const Hits& hits) {
  return hits.forecasts > 0 ? static_cast<double>(hits.held) / static_cast<double>(hits.forecasts) : kUndefined;
}

}  // namespace

double crps(std::span<const double> sorted, double observed) {
  if (sorted.empty()) return kUndefined;
  const auto n = static_cast<double>(sorted.size());
  double error = 0.0, spread = 0.0;  // spread: the sum over pairs of their difference
  for (size_t i = 0; i < sorted.size(); ++i) {
    error += std::abs(sorted[i] - observed);
    spread += (2.0 * static_cast<double>(i) + 1.0 - n) * (sorted[i] - sorted.front());
  }
  return error / n - (sorted.size() > 1 ? spread / (n * (n - 1.0)) : 0.0);
}

double quantile(std::span<const double> sorted, double share) {
  if (sorted.empty()) return kUndefined;
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<size_t>(place);
  if (below + 1 >= sorted.size()) return sorted.back();
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[below + 1] - sorted[below]);
}

double pinball(double forecast, double share, double observed) {
  return observed >= forecast ? share * (observed - forecast) : (1.0 - share) * (forecast - observed);
}

Rate rate_of(std::span<const Hits> origins, size_t block, int resamples, std::uint64_t seed) {
  Hits all;
  for (const Hits& hits : origins) all = {all.held + hits.held, all.forecasts + hits.forecasts};
  Rate rate{share_of(all), kUndefined, kUndefined};
  if (all.forecasts == 0 || block == 0 || origins.size() <= block) return rate;
  const size_t blocks = (origins.size() + block - 1) / block;
  boost::random::mt19937_64 random(seed);
  boost::random::uniform_int_distribution<size_t> first(0, origins.size() - block);
  std::vector<double> shares;
  for (int resample = 0; resample < resamples; ++resample) {
    Hits drawn;
    for (size_t b = 0, taken = 0; b < blocks; ++b) {
      const size_t begin = first(random);
      for (size_t i = 0; i < block && taken < origins.size(); ++i, ++taken) {
        drawn.held += origins[begin + i].held;
        drawn.forecasts += origins[begin + i].forecasts;
      }
    }
    if (drawn.forecasts > 0) shares.push_back(share_of(drawn));
  }
  std::sort(shares.begin(), shares.end());
  rate.low = quantile(shares, kBeyond);
  rate.high = quantile(shares, 1.0 - kBeyond);
  return rate;
}

}  // namespace ketensim::rolling
