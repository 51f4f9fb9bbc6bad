#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "ketensim/indicators.hpp"

namespace ketensim {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// Type 7 of Hyndman and Fan (1996), of sorted values.
double quantile(std::span<const double> sorted, double p) {
  const double place = p * static_cast<double>(sorted.size() - 1);
  const double below = std::floor(place);
  const auto index = static_cast<std::size_t>(below);
  if (index + 1 >= sorted.size()) return sorted.back();
  return sorted[index] + (place - below) * (sorted[index + 1] - sorted[index]);
}

}  // namespace

Summary summarise(std::span<double> values) {
  const auto end = std::remove_if(values.begin(), values.end(), [](double value) { return std::isnan(value); });
  const std::span<double> defined(values.begin(), end);
  if (defined.empty()) return {kUndefined, kUndefined, kUndefined, kUndefined, kUndefined, kUndefined, kUndefined, 0};

  // Sums run over distances from the first value: equal values then have exactly that mean and no error at all.
  const auto n = static_cast<double>(defined.size());
  const double origin = defined.front();
  double sum = 0.0;
  for (const double value : defined) sum += value - origin;
  const double mean = origin + sum / n;
  double squares = 0.0;
  for (const double value : defined) squares += (value - mean) * (value - mean);
  const double se = defined.size() < 2 ? kUndefined : std::sqrt(squares / (n - 1.0) / n);

  std::sort(defined.begin(), defined.end());
  return {mean,
          se,
          quantile(defined, 0.05),
          quantile(defined, 0.25),
          quantile(defined, 0.50),
          quantile(defined, 0.75),
          quantile(defined, 0.95),
          static_cast<int>(defined.size())};
}

Summary summarise(const Results& results, std::size_t figure, std::size_t period) {
  std::vector<double> values(static_cast<std::size_t>(results.replications));
  for (int replication = 0; replication < results.replications; ++replication)
    values[static_cast<std::size_t>(replication)] = results.value(replication, figure, period);
  return summarise(values);
}

}  // namespace ketensim
