#include "calibration/fit/siblings.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "calibration/fit/special.hpp"

namespace ketensim::fit {
namespace {

constexpr double kFewestPairs = 50.0;

/// One family within a class: its pairs, those that go the same way, and how many would by chance.
struct Family {
  double pairs, same, by_chance;
};

struct Tally {
  std::vector<Family> families;
  double cases = 0.0;

  void add(std::span<const RouteCase> of, std::size_t outcomes) {
    std::map<std::int64_t, std::vector<double>> counts;
    std::vector<double> all(outcomes);
    double total = 0.0;
    for (const RouteCase& c : of) {
      if (c.outcome < 0) continue;
      const auto outcome = static_cast<std::size_t>(c.outcome);
      all[outcome] += 1.0;
      total += 1.0;
      if (c.family < 0) continue;
      std::vector<double>& family = counts[c.family];
      family.resize(outcomes);
      family[outcome] += 1.0;
    }
    cases += total;
    double chance = 0.0;
    for (const double count : all) chance += total > 0.0 ? count / total * (count / total) : 0.0;
    for (const auto& [family, ways] : counts) {
      double size = 0.0, same = 0.0;
      for (const double count : ways) {
        size += count;
        same += count * (count - 1.0) / 2.0;
      }
      const double pairs = size * (size - 1.0) / 2.0;
      if (pairs > 0.0) families.push_back({pairs, same, pairs * chance});
    }
  }
};

}  // namespace

Siblings siblings_of(const std::vector<std::span<const RouteCase>>& classes, std::size_t outcomes) {
  Tally tally;
  for (const std::span<const RouteCase> of : classes) tally.add(of, outcomes);
  double pairs = 0.0, beyond = 0.0, most = 0.0, squares = 0.0;
  for (const Family& f : tally.families) {
    pairs += f.pairs;
    beyond += f.same - f.by_chance;
    most += f.pairs - f.by_chance;
    squares += (f.same - f.by_chance) * (f.same - f.by_chance);
  }
  Siblings result;
  if (pairs < kFewestPairs || !(most > 0.0) || !(squares > 0.0) || beyond <= 0.0) return result;
  result.p_value = 0.5 * chi_squared_above(1.0, beyond * beyond / squares);
  const double alike = std::min(1.0, beyond / most);
  double residuals = 0.0;
  for (const Family& f : tally.families) {
    const double left = f.same - f.by_chance - alike * (f.pairs - f.by_chance);
    residuals += left * left;
  }
  Estimate& share = result.share;
  share.estimate = std::sqrt(alike);
  share.standard_error = std::sqrt(residuals) / most / (2.0 * share.estimate);
  share.low = std::max(0.0, share.estimate - 1.959963984540054 * share.standard_error);
  share.high = std::min(1.0, share.estimate + 1.959963984540054 * share.standard_error);
  share.cases = static_cast<std::size_t>(pairs);
  result.design_effect = 1.0 + alike * 2.0 * pairs / tally.cases;
  return result;
}

}  // namespace ketensim::fit
