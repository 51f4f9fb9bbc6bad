// What is left of a duration that has gone on for a while.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>
#include <string>
#include <vector>

#include "engine/policies/sampler.hpp"
#include "tests/support/chain_builder.hpp"

namespace ketensim {
namespace {

using namespace support;

Block block_of(double u, double third = 0.5) {
  const auto bits = static_cast<std::uint64_t>(u * 0x1p52);
  return {{static_cast<std::uint32_t>(bits >> 20), static_cast<std::uint32_t>(bits << 12), 0,
           static_cast<std::uint32_t>(third * 0x1p32)}};
}

/// Logarithm of a density, up to a constant.
using LogDensity = std::function<double(double)>;

LogDensity log_gamma(double mean, double cv) {
  const double shape = 1.0 / (cv * cv), scale = mean / shape;
  return [=](double x) { return (shape - 1.0) * std::log(x) - x / scale; };
}
LogDensity log_lognormal(double mean, double cv) {
  const double variance = std::log1p(cv * cv), mu = std::log(mean) - variance / 2.0;
  return [=](double x) { return -std::log(x) - std::pow(std::log(x) - mu, 2) / (2.0 * variance); };
}
LogDensity log_weibull(double mean, double shape) {
  const double scale = mean / std::tgamma(1.0 + 1.0 / shape);
  return [=](double x) { return (shape - 1.0) * std::log(x) - std::pow(x / scale, shape); };
}

/// The integral of the density, as a share of that at `from`, over [from, to] by Simpson's rule on a grid that is dense
/// at `from`: x = from + length s^2.
double integral(const LogDensity& log_density, double from, double to) {
  constexpr int kParts = 20'000;
  const double at_from = log_density(from), length = to - from;
  const auto f = [&](double s) { return std::exp(log_density(from + length * s * s) - at_from) * 2.0 * s * length; };
  double sum = f(0.0) + f(1.0);
  for (int i = 1; i < kParts; ++i) sum += (i % 2 == 1 ? 4.0 : 2.0) * f(static_cast<double>(i) / kParts);
  return sum / (3.0 * kParts);
}

// Simpson's rule is right to 1e-7 here, and the table of quantiles to 1e-6 of the duration.
TEST(Tail, IsTheDistributionAboveWhatHasElapsedByNumericalIntegration) {
  struct Case {
    std::string name;
    Distribution distribution;
    LogDensity log_density;
    std::vector<double> elapsed;
    double furthest;  // beyond it there is less than 1e-9 of what is left
  };
  const std::vector<Case> all{
      {"gamma 0.5", gamma(50.0, 0.5), log_gamma(50.0, 0.5), {1.0, 20.0, 50.0, 120.0, 250.0, 500.0}, 400.0},
      {"gamma 2", gamma(50.0, 2.0), log_gamma(50.0, 2.0), {1.0, 20.0, 200.0, 3000.0}, 5000.0},
      {"erlang 3", erlang(6.0, 3), log_gamma(6.0, 1.0 / std::sqrt(3.0)), {0.5, 6.0, 30.0, 80.0}, 60.0},
      {"lognormal 0.3", lognormal(45.0, 0.3), log_lognormal(45.0, 0.3), {20.0, 45.0, 100.0, 200.0}, 400.0},
      {"lognormal 0.8", lognormal(45.0, 0.8), log_lognormal(45.0, 0.8), {10.0, 45.0, 300.0, 2500.0}, 20'000.0},
      {"weibull 0.7", weibull(30.0, 0.7), log_weibull(30.0, 0.7), {1.0, 30.0, 300.0}, 3000.0},
      {"weibull 2", weibull(30.0, 2.0), log_weibull(30.0, 2.0), {1.0, 30.0, 90.0, 400.0}, 130.0},
      {"exponential", exponential(30.0), [](double x) { return -x / 30.0; }, {1.0, 30.0, 90.0, 30'000.0}, 700.0},
  };
  for (const Case& c : all) {
    const Sampler sampler(c.distribution);
    for (const double from : c.elapsed) {
      SCOPED_TRACE(c.name + " after " + std::to_string(from));
      const Sampler::Tail tail = sampler.tail(from);
      EXPECT_FALSE(tail.beyond);
      const double all_left = integral(c.log_density, from, from + c.furthest);
      for (const double u : {0.01, 0.2, 0.5, 0.9, 0.99}) {
        const double x = sampler(block_of(u), tail);
        ASSERT_GT(x, from);
        EXPECT_NEAR(integral(c.log_density, from, x) / all_left, u, 2e-5) << u;
      }
    }
  }
}

TEST(Tail, OfAnExponentialHasNoMemory) {
  const Sampler sampler(exponential(12.0));
  for (const double from : {0.0, 3.0, 500.0, 1e5})
    for (const double u : {0.001, 0.3, 0.999})
      EXPECT_NEAR(sampler(block_of(u), sampler.tail(from)) - from, sampler(block_of(u)), 1e-9 * (1.0 + from));
}

TEST(Tail, OfNothingElapsedIsTheDistributionItself) {
  for (const Distribution& d : {exponential(3.0), uniform(1.0, 5.0), gamma(50.0, 0.7), lognormal(45.0, 1.2),
                                weibull(30.0, 1.7), empirical({10.0, 20.0, 45.0}, {5.0, 3.0, 1.0}), deterministic(4.0),
                                mixture({exponential(5.0), deterministic(10.0)}, {0.7, 0.3})}) {
    const Sampler sampler(d);
    const Sampler::Tail tail = sampler.tail(0.0);
    for (const double u : {1e-6, 0.1, 0.45, 0.62, 0.999999})
      for (const double third : {0.2, 0.9})
        EXPECT_NEAR(sampler(block_of(u, third), tail), sampler(block_of(u, third)), 1e-12 * sampler.mean()) << d.kind;
  }
}

TEST(Tail, OfSomeValuesIsThoseThatAreLeftByTheirWeights) {
  const Sampler sampler(empirical({10.0, 45.0, 20.0}, {5.0, 1.0, 3.0}));
  const Sampler::Tail tail = sampler.tail(15.0);
  EXPECT_NEAR(tail.survival, 4.0 / 9.0, 1e-12);
  EXPECT_EQ(sampler(block_of(0.74), tail), 20.0);
  EXPECT_EQ(sampler(block_of(0.76), tail), 45.0);
  EXPECT_EQ(sampler(block_of(0.01), sampler.tail(20.0)), 20.0);  // which may end right now
  EXPECT_EQ(sampler(block_of(0.01), sampler.tail(20.0 + 1e-6)), 45.0);
}

TEST(Tail, OfBoundsIsUniformOnWhatIsLeft) {
  const Sampler sampler(uniform(10.0, 30.0));
  EXPECT_NEAR(sampler(block_of(0.25), sampler.tail(22.0)), 24.0, 1e-9);
  EXPECT_NEAR(sampler(block_of(0.25), sampler.tail(4.0)), 15.0, 1e-9);
  EXPECT_NEAR(sampler.tail(22.0).survival, 0.4, 1e-12);
}

// After 8 days 0.7 exp(-8/5) is left of one part and 0.3 of the other.
TEST(Tail, OfAMixtureWeighsItsPartsByWhatIsLeftOfThem) {
  const Sampler sampler(mixture({exponential(5.0), deterministic(10.0), deterministic(2.0)}, {0.5, 0.3, 0.2}));
  const Sampler::Tail tail = sampler.tail(8.0);
  const double first = 0.5 * std::exp(-8.0 / 5.0), total = first + 0.3;
  EXPECT_NEAR(tail.survival, total, 1e-12);
  EXPECT_NEAR(sampler(block_of(0.5, first / total - 1e-6), tail), 8.0 + 5.0 * std::numbers::ln2, 1e-9);
  EXPECT_EQ(sampler(block_of(0.5, first / total + 1e-6), tail), 10.0);
  EXPECT_EQ(sampler(block_of(0.5, 0.999999), tail), 10.0);
}

TEST(Tail, RisesWithTheUniform) {
  for (const Distribution& d : {gamma(50.0, 0.5), lognormal(45.0, 1.5), weibull(30.0, 0.6), uniform(10.0, 90.0)})
    for (const double from : {5.0, 60.0, 89.0}) {
      const Sampler sampler(d);
      const Sampler::Tail tail = sampler.tail(from);
      double last = from;
      for (int i = 1; i < 5000; ++i) {
        const double x = sampler(block_of(i / 5000.0), tail);
        EXPECT_GE(x, last) << d.kind << " after " << from << " at " << i;
        last = x;
      }
    }
}

// Of 10, 20 and 45 days with weights 5, 3, 1, the median is 10 and the upper half exceeds it by 0, 10 or 35 days, with
// shares 1/18, 6/18 and 2/18 of all.
TEST(Tail, BeyondAllThatCanBeIsExponentialByTheExcessOverTheMedian) {
  const Sampler values(empirical({10.0, 20.0, 45.0}, {5.0, 3.0, 1.0}));
  const Sampler::Tail tail = values.tail(60.0);
  EXPECT_TRUE(tail.beyond);
  EXPECT_EQ(tail.survival, 0.0);
  EXPECT_NEAR(tail.mean_beyond, (6.0 * 10.0 + 2.0 * 35.0) / 9.0, 0.05);  // the half is cut into 1000 parts
  EXPECT_NEAR(values(block_of(0.5), tail), 60.0 + tail.mean_beyond * std::numbers::ln2, 1e-6);

  const Sampler always(deterministic(14.0));
  EXPECT_FALSE(always.tail(14.0).beyond);
  EXPECT_TRUE(always.tail(15.0).beyond);
  EXPECT_EQ(always.tail(15.0).mean_beyond, 14.0);
  EXPECT_NEAR(Sampler(uniform(0.0, 40.0)).tail(41.0).mean_beyond, 10.0, 1e-6);
  EXPECT_TRUE(Sampler(gamma(10.0, 0.01)).tail(40.0).beyond);
  EXPECT_FALSE(Sampler(lognormal(10.0, 1.0)).tail(4000.0).beyond);
}

}  // namespace
}  // namespace ketensim
