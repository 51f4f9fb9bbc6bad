#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "engine/kernel/draws.hpp"
#include "engine/policies/sampler.hpp"
#include "tests/support/chain_builder.hpp"

namespace ketensim {
namespace {

using namespace support;

/// The block whose unit() is the draw nearest to `u`.
Block block_of(double u, double third = 0.5) {
  const auto bits = static_cast<std::uint64_t>(u * 0x1p52);
  return {{static_cast<std::uint32_t>(bits >> 20), static_cast<std::uint32_t>(bits << 12), 0,
           static_cast<std::uint32_t>(third * 0x1p32)}};
}

/// From 1e-9 to 1 - 1e-9, dense in both tails.
std::vector<double> shares() {
  std::vector<double> result;
  for (double u = 1e-9; u < 0.5; u *= 1.013) {
    result.push_back(u);
    result.push_back(1.0 - u);
  }
  for (int i = 1; i < 997; ++i) result.push_back(i / 997.0);
  std::sort(result.begin(), result.end());
  return result;
}

struct Named {
  std::string name;
  Distribution distribution;
  bool wide = false;  // its smallest quantiles are next to nothing beside its mean
};

std::vector<Named> continuous_distributions() {
  std::vector<Named> all{{"exponential", exponential(3.0)},   {"uniform", uniform(1.0, 5.0)},
                         {"weibull 0.7", weibull(30.0, 0.7)}, {"weibull 2", weibull(30.0, 2.0)},
                         {"erlang 1", erlang(6.0, 1)},        {"erlang 3", erlang(6.0, 3)},
                         {"erlang 200", erlang(6.0, 200)},    {"weibull 0.1", weibull(30.0, 0.1)}};
  for (const double cv : {0.001, 0.05, 0.3, 0.5, 1.0, 2.0, 3.0, 4.0})
    all.push_back({"gamma " + std::to_string(cv), gamma(50.0, cv), cv > 2.0});
  for (const double cv : {0.001, 0.15, 0.3, 0.8, 1.5, 20.0})
    all.push_back({"lognormal " + std::to_string(cv), lognormal(45.0, cv), cv > 2.0});
  return all;
}

TEST(Sampler, AgreesWithTheExactQuantile) {
  for (const auto& [name, distribution, wide] : continuous_distributions()) {
    const Sampler sampler(distribution);
    double worst = 0.0, at = 0.0;
    for (const double share : shares()) {
      const Block block = block_of(share);
      const double exact = quantile_of(distribution, block.unit());
      const double error = std::abs(sampler(block) - exact) / (wide ? std::max(exact, sampler.mean()) : exact);
      if (!(error <= worst)) {
        worst = error;
        at = share;
      }
    }
    EXPECT_LT(worst, wide ? 5e-6 : 1e-6) << name << " at " << at;
  }
}

TEST(Sampler, IsMonotoneInTheUniform) {
  std::vector<Named> all = continuous_distributions();
  all.push_back({"empirical", empirical({10.0, 3.0, 7.0}, {1.0, 2.0, 1.0})});
  for (const auto& [name, distribution, wide] : all) {
    const Sampler sampler(distribution);
    double last = 0.0;
    for (const double share : shares()) {
      const double value = sampler(block_of(share));
      ASSERT_GE(value, last) << name << " at " << share;
      last = value;
    }
  }
}

TEST(Sampler, IsFiniteAndNotNegativeAtTheEdges) {
  for (const auto& [name, distribution, wide] : continuous_distributions()) {
    const Sampler sampler(distribution);
    const double least = sampler(Block{{0, 0, 0, 0}}), most = sampler(Block{{~0u, ~0u, ~0u, ~0u}});
    EXPECT_TRUE(least >= 0.0 && std::isfinite(least)) << name << ' ' << least;
    EXPECT_TRUE(most > least && std::isfinite(most)) << name << ' ' << most;
  }
}

/// Mean and variance over keyed draws.
std::pair<double, double> moments(const Distribution& distribution, int count) {
  const Sampler sampler(distribution);
  const Draws draws(7, 0);
  double sum = 0.0, squares = 0.0;
  for (int i = 0; i < count; ++i) {
    const double x = sampler(draws.at(static_cast<std::uint64_t>(i), 1, 0, Purpose::service));
    sum += x;
    squares += x * x;
  }
  const double mean = sum / count;
  return {mean, squares / count - mean * mean};
}

// The mean within four standard errors; the variance within 3%, more than four standard errors for these shapes
// (kurtosis up to 9 + 6 cv^2: sqrt(33 / 1e6) = 0.6%; the lognormal of cv 0.8 has 21, 0.5%).
TEST(Sampler, HasTheMeanAndVarianceThatItIsGiven) {
  constexpr int kCount = 1'000'000;
  struct Moments {
    std::string name;
    Distribution distribution;
    double mean, variance;
  };
  const Moments all[] = {
      {"deterministic", deterministic(14.0), 14.0, 0.0},
      {"exponential", exponential(3.0), 3.0, 9.0},
      {"uniform", uniform(1.0, 5.0), 3.0, 16.0 / 12.0},
      {"gamma 0.3", gamma(50.0, 0.3), 50.0, 225.0},
      {"gamma 1", gamma(50.0, 1.0), 50.0, 2500.0},
      {"gamma 2", gamma(50.0, 2.0), 50.0, 10'000.0},
      {"lognormal 0.15", lognormal(45.0, 0.15), 45.0, std::pow(45.0 * 0.15, 2)},
      {"lognormal 0.8", lognormal(45.0, 0.8), 45.0, std::pow(45.0 * 0.8, 2)},
      {"erlang 3", erlang(6.0, 3), 6.0, 12.0},
      {"weibull 2", weibull(30.0, 2.0), 30.0, 900.0 * (1.0 / std::pow(std::tgamma(1.5), 2) - 1.0)},
      {"mixture", mixture({exponential(10.0), deterministic(20.0)}, {3.0, 1.0}), 12.5,
       0.75 * 200.0 + 0.25 * 400.0 - 156.25},
      {"empirical", empirical({1.0, 2.0, 5.0}, {2.0, 1.0, 1.0}), 2.25, 0.5 * 1.0 + 0.25 * 4.0 + 0.25 * 25.0 - 5.0625},
  };
  for (const Moments& m : all) {
    const auto [mean, variance] = moments(m.distribution, kCount);
    EXPECT_NEAR(mean, m.mean, 4.0 * std::sqrt(m.variance / kCount) + 1e-12 * m.mean) << m.name;
    EXPECT_NEAR(variance, m.variance, 0.03 * m.variance + 1e-9) << m.name;
    EXPECT_DOUBLE_EQ(Sampler(m.distribution).mean(), m.mean) << m.name;
  }
}

TEST(Sampler, OfAnEmpiricalDistributionGivesItsValuesByWeight) {
  const Sampler sampler(empirical({10.0, 3.0, 7.0}, {1.0, 2.0, 1.0}));  // sorted: 3 until 0.5, 7 until 0.75, 10
  EXPECT_EQ(sampler(block_of(0.01)), 3.0);
  EXPECT_EQ(sampler(block_of(0.49)), 3.0);
  EXPECT_EQ(sampler(block_of(0.51)), 7.0);
  EXPECT_EQ(sampler(block_of(0.74)), 7.0);
  EXPECT_EQ(sampler(block_of(0.76)), 10.0);
  EXPECT_EQ(sampler(block_of(0.99)), 10.0);
}

TEST(Sampler, OfAMixtureChoosesThePartByADrawOfItsOwn) {
  const Sampler sampler(mixture({exponential(10.0), uniform(100.0, 200.0)}, {3.0, 1.0}));
  const Sampler first(exponential(10.0)), second(uniform(100.0, 200.0));
  for (const double u : {0.1, 0.5, 0.9}) {
    EXPECT_EQ(sampler(block_of(u, 0.74)), first(block_of(u)));
    EXPECT_EQ(sampler(block_of(u, 0.76)), second(block_of(u)));
  }
}

}  // namespace
}  // namespace ketensim
