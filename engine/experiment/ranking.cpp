#include "engine/experiment/ranking.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>

#include "ketensim/indicators.hpp"

namespace ketensim {

double mean_of(const Gains& gains) {
  std::vector<double> values = gains;
  return summarise(values).mean;
}

bool told_apart(const Gains& a, const Gains& b, double error, double comparisons) {
  std::vector<double> differences(std::min(a.size(), b.size()));
  std::transform(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(differences.size()), b.begin(), differences.begin(),
                 std::minus<>());
  const Summary summary = summarise(differences);
  if (summary.defined < 2 || summary.mean == 0.0) return false;
  const boost::math::students_t t(summary.defined - 1);
  const double clear = boost::math::quantile(boost::math::complement(t, error / (2.0 * std::max(1.0, comparisons))));
  return std::abs(summary.mean) > clear * summary.se;
}

std::vector<int> shared_ranks(const std::vector<Gains>& gains, double error) {
  std::vector<double> means;
  for (const Gains& one : gains) means.push_back(mean_of(one));
  std::vector<std::size_t> order(gains.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto worth = [&](std::size_t i) { return std::isnan(means[i]) ? -HUGE_VAL : means[i]; };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return worth(a) > worth(b); });

  const auto count = static_cast<double>(gains.size());
  std::vector<int> ranks(gains.size());
  std::size_t leader = 0;  // of those that share a rank
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (told_apart(gains[order[leader]], gains[order[i]], error, count * (count - 1.0) / 2.0)) leader = i;
    ranks[order[i]] = static_cast<int>(leader) + 1;
  }
  return ranks;
}

std::vector<std::size_t> contenders(const std::vector<Gains>& gains, const std::vector<std::size_t>& candidates,
                                    double error, double comparisons) {
  if (candidates.empty()) return {};
  const std::size_t best = *std::max_element(candidates.begin(), candidates.end(), [&](std::size_t a, std::size_t b) {
    return mean_of(gains[a]) < mean_of(gains[b]);
  });
  std::vector<std::size_t> left;
  for (const std::size_t candidate : candidates)
    if (!told_apart(gains[best], gains[candidate], error, comparisons)) left.push_back(candidate);
  return left;
}

}  // namespace ketensim
