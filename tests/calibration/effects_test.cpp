// What interventions do in a chain is what they do in the chain that is calibrated on its deliveries: a small chain
// here, the whole of it by the target `effects-recovery`.
#include "tests/calibration/effects.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

namespace ketensim {
namespace {

using effects::Effect;

constexpr regional::Size kSize{1.5, 3, 2};
constexpr regional::Size kRegion{12.0, 6, 2};  // where 0.15 is asked for

/// Errors of estimates go with the root of the number of families.
double allowed() {
  return 0.15 * std::sqrt(kRegion.families_per_day * kRegion.years / (kSize.families_per_day * kSize.years));
}

TEST(Effects, AreRecoveredAndHaveTheirSign) {
  const std::vector<Effect> all = effects::recovered(regional::Kind::municipalities, 1, kSize, {200, 200});
  EXPECT_LE(effects::error_of(all), allowed());
  std::map<std::string, std::pair<double, double>> sizes;  // true and forecast
  int clear = 0;
  for (const Effect& effect : all) {
    if (!effect.is_clear()) continue;
    ++clear;
    sizes[effect.intervention].first += std::abs(effect.truth.mean);
    sizes[effect.intervention].second += effect.forecast.mean * (effect.truth.mean < 0.0 ? -1.0 : 1.0);
  }
  EXPECT_GE(clear, 500);
  EXPECT_EQ(sizes.size(), 5u);
  for (const auto& [intervention, size] : sizes) EXPECT_NEAR(size.second / size.first, 1.0, allowed()) << intervention;

  int signs = 0, wrong = 0;
  std::string which;
  for (const Effect& effect : all) {
    signs += std::abs(effect.truth.mean) > 3.0 * effect.truth.se;
    wrong += effect.has_wrong_sign();
    if (effect.has_wrong_sign())
      which += effect.intervention + " " + effect.organisation + "." + effect.step + " " + effect.indicator + " " +
               effect.period + "\n";
  }
  EXPECT_GE(signs, 1000);
  // Beyond three standard errors of both by chance alone: 1 in 700 in either direction.
  EXPECT_LE(wrong, signs / 700) << which;
}

}  // namespace
}  // namespace ketensim
