// What a hundred fits to simulated counts say together.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/calibration/arriving.hpp"

namespace ketensim {
namespace {

using simulated::arrivals;
using simulated::Arriving;
using simulated::covers;

constexpr int kSets = 100;
/// Four standard errors of a share of `sets` at 95%.
int fewest_covering(int sets) {
  return static_cast<int>(std::floor(sets * 0.95 - 4.0 * std::sqrt(sets * 0.95 * 0.05)));
}
/// Four standard errors above a share of `sets` at `level`.
int most_rejected(int sets, double level) {
  return static_cast<int>(std::ceil(sets * level + 4.0 * std::sqrt(sets * level * (1.0 - level))));
}

/// Three years of a small stream with a week, without the rolling origins.
Arriving small() {
  Arriving truth;
  truth.count = 1096;
  truth.pattern.per_day = 3.0;
  truth.pattern.weekday = {1.3, 1.3, 1.3, 1.3, 1.3, 0.25, 0.25};
  return truth;
}

ArrivalOptions quick() {
  ArrivalOptions options;
  options.origins = 0;
  return options;
}

struct Tally {
  int level = 0, saturday = 0, trend_found = 0, changed = 0, dispersed = 0, month_dispersion = 0, day_dispersion = 0;
};

Tally tally(const Arriving& truth, std::uint64_t seed, int sets = kSets) {
  Tally result;
  for (int set = 0; set < sets; ++set) {
    const ArrivalFit fit = fit_arrivals(arrivals(truth, seed + static_cast<std::uint64_t>(set)), truth.from, quick());
    result.level += covers(fit.per_day, truth.pattern.per_day);
    result.saturday += covers(fit.weekday[5], truth.pattern.weekday[5]);
    result.trend_found += !covers(fit.trend_per_year, 0.0);
    result.changed += !fit.changes.empty();
    result.dispersed += fit.p_dispersion < 0.05;
    result.day_dispersion += covers(fit.day_dispersion, truth.pattern.day_dispersion);
    result.month_dispersion += covers(fit.month_dispersion, truth.pattern.month_dispersion);
  }
  return result;
}

TEST(ArrivalsOfManySets, WithoutAnythingBeyondAWeekShowNothingBeyondIt) {
  const Tally plain = tally(small(), 1000);
  EXPECT_GE(plain.level, fewest_covering(kSets));
  EXPECT_GE(plain.saturday, fewest_covering(kSets));
  EXPECT_LE(plain.trend_found, most_rejected(kSets, 0.05));
  EXPECT_LE(plain.changed, most_rejected(kSets, 0.01));
  EXPECT_LE(plain.dispersed, most_rejected(kSets, 0.05));
}

TEST(ArrivalsOfManySets, WhoseMonthsVaryByChanceShowNoTrendAndNoChange) {
  Arriving truth = small();
  truth.pattern.per_day = 12.0;
  truth.pattern.month_dispersion = 0.02;
  const Tally found = tally(truth, 2000);
  EXPECT_GE(found.level, fewest_covering(kSets));
  EXPECT_LE(found.trend_found, most_rejected(kSets, 0.05));
  EXPECT_LE(found.changed, most_rejected(kSets, 0.02));
  EXPECT_GE(found.month_dispersion, fewest_covering(kSets));
}

TEST(ArrivalsOfManySets, WhoseDaysVaryHaveTheVarianceInTheirIntervals) {
  Arriving truth = small();
  truth.pattern.day_dispersion = 0.4;
  const Tally found = tally(truth, 3000);
  EXPECT_GE(found.level, fewest_covering(kSets));
  EXPECT_GE(found.day_dispersion, fewest_covering(kSets));
}

}  // namespace
}  // namespace ketensim
