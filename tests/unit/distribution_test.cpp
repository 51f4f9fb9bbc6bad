#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/policies/sampler.hpp"
#include "tests/support/chains.hpp"

namespace ketensim {
namespace {

using support::deterministic;
using support::empirical;
using support::exponential;
using support::in_working_days;
using support::lognormal;
using support::mixture;
using support::uniform;
using support::with_parameters;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Every kind that has a quantile and a smooth one.
std::vector<Distribution> smooth() {
  return {exponential(7),
          uniform(2, 9),
          support::gamma(50, 0.5),
          support::gamma(3, 2.0),
          with_parameters("gamma", {{"mean", 12}, {"shape", 2.5}}),
          with_parameters("erlang", {{"mean", 6}, {"phases", 3}}),
          lognormal(3, 0.8),
          with_parameters("weibull", {{"mean", 30}, {"shape", 1.5}})};
}

TEST(Distribution, MeanIsTheMeanOfTheQuantiles) {
  for (const Distribution& d : smooth()) {
    ASSERT_THAT(problems_of(d), IsEmpty()) << d.kind;
    double sum = 0.0;
    constexpr int kCells = 20'000;
    for (int i = 0; i < kCells; ++i) sum += quantile_of(d, (i + 0.5) / kCells);
    // The midpoint rule misses part of the last cell: less than quantile(1 - 1e-6) / kCells.
    EXPECT_NEAR(sum / kCells, mean_of(d), 20.0 * quantile_of(d, 1.0 - 1e-6) / kCells) << d.kind;
  }
}

TEST(Distribution, CvIsWhatWasAskedFor) {
  for (const auto& [d, cv] :
       std::vector<std::pair<Distribution, double>>{{support::gamma(50, 0.5), 0.5},
                                                    {lognormal(10, 0.8), 0.8},
                                                    {with_parameters("erlang", {{"mean", 6}, {"phases", 4}}), 0.5}}) {
    double sum = 0.0;
    constexpr int kCells = 50'000;
    for (int i = 0; i < kCells; ++i) sum += std::pow(quantile_of(d, (i + 0.5) / kCells) / mean_of(d) - 1.0, 2);
    EXPECT_NEAR(std::sqrt(sum / kCells), cv, 0.005) << d.kind;
  }
}

TEST(Distribution, QuantilesAreThoseOfTheTextbooks) {
  EXPECT_DOUBLE_EQ(quantile_of(exponential(1), 0.5), std::log(2.0));
  EXPECT_DOUBLE_EQ(quantile_of(uniform(2, 6), 0.25), 3.0);
  EXPECT_DOUBLE_EQ(quantile_of(deterministic(4), 0.9), 4.0);
  // Chi-squared with 4 degrees of freedom: 9.487729 at 95%.
  EXPECT_NEAR(quantile_of(with_parameters("gamma", {{"mean", 4}, {"shape", 2}}), 0.95), 9.487729, 1e-5);
  // The median of a lognormal is mean / sqrt(1 + cv^2).
  EXPECT_NEAR(quantile_of(lognormal(10, 0.75), 0.5), 8.0, 1e-12);
  EXPECT_NEAR(quantile_of(with_parameters("weibull", {{"mean", 5}, {"shape", 1}}), 0.3),
              quantile_of(exponential(5), 0.3), 1e-12);
}

TEST(Distribution, EmpiricalDrawsOneOfItsValues) {
  const Distribution d = empirical({20, 10, 45}, {3, 5, 2});
  EXPECT_DOUBLE_EQ(mean_of(d), 20.0);
  EXPECT_EQ(quantile_of(d, 0.5), 10.0);
  EXPECT_EQ(quantile_of(d, 0.51), 20.0);
  EXPECT_EQ(quantile_of(d, 0.81), 45.0);
  EXPECT_DOUBLE_EQ(mean_of(empirical({1, 2, 3})), 2.0) << "equal weights if none are given";
  EXPECT_EQ(quantile_of(empirical({1, 2}, {0, 1}), 0.001), 2.0) << "a value of weight 0 is never drawn";
}

TEST(Distribution, MixtureHasTheWeightedMeanAndNoQuantile) {
  const Distribution d = mixture({exponential(4), deterministic(8)}, {1, 3});
  EXPECT_DOUBLE_EQ(mean_of(d), 7.0);
  EXPECT_THROW(quantile_of(d, 0.5), std::invalid_argument);
}

TEST(Distribution, EveryRowOfTheTableIsUnderstood) {
  for (const DistributionKind& kind : distribution_kinds()) {
    Distribution d;
    d.kind = std::string(kind.name);
    EXPECT_THAT(kind.example, HasSubstr(kind.name));
    if (kind.form == DistributionForm::points) {
      d.points = {5};
    } else if (kind.form == DistributionForm::bounds) {
      d.points = {5, 5};
    } else if (kind.form == DistributionForm::parts) {
      d.parts = {deterministic(5)};
    } else {
      for (const Key& key : kind.keys)
        if (key.required) d.parameters[std::string(key.name)] = key.name == "mean" ? 5.0 : 1.0;
      if (kind.name == "gamma") d.parameters["cv"] = 1.0;
    }
    EXPECT_THAT(problems_of(d), IsEmpty()) << kind.name;
    EXPECT_DOUBLE_EQ(mean_of(d), 5.0) << kind.name;
    EXPECT_DOUBLE_EQ(Sampler(d).mean(), 5.0) << kind.name;
  }
}

TEST(Distribution, TheLimitsOfTheFiguresCanBeDrawn) {
  for (const Distribution& d :
       {support::gamma(1, 0.001), support::gamma(1, 4), with_parameters("gamma", {{"mean", 1}, {"shape", 0.0625}}),
        lognormal(1, 0.001), lognormal(1, 20), with_parameters("weibull", {{"mean", 1}, {"shape", 0.1}}),
        with_parameters("weibull", {{"mean", 1}, {"shape", 100}}),
        with_parameters("erlang", {{"mean", 1}, {"phases", 1e6}})}) {
    ASSERT_THAT(problems_of(d), IsEmpty());
    const Sampler sampler(d);
    for (const std::uint32_t word : {0u, 1u << 31, 0xffffffffu}) {
      const double draw = sampler(Block{{word, 0, word, word}});
      EXPECT_TRUE(std::isfinite(draw) && draw >= 0.0) << d.kind << " draws " << draw;
    }
  }
}

TEST(DistributionProblems, NameTheFigure) {
  EXPECT_THAT(problems_of(exponential(-1)), ElementsAre("mean of exponential must be above 0, not -1 days"));
  EXPECT_THAT(problems_of(exponential(0)), ElementsAre(HasSubstr("above 0")));
  EXPECT_THAT(problems_of(deterministic(0)), IsEmpty());
  EXPECT_THAT(problems_of(exponential(std::nan(""))), ElementsAre(HasSubstr("mean of exponential")));
  EXPECT_THAT(problems_of(exponential(1e9)), ElementsAre(HasSubstr("1000 years")));
  EXPECT_THAT(problems_of(lognormal(3, 0)), ElementsAre(HasSubstr("cv of lognormal")));
  EXPECT_THAT(problems_of(uniform(5, 1)), ElementsAre(HasSubstr("wrong order")));
  EXPECT_THAT(problems_of(with_parameters("erlang", {{"mean", 3}, {"phases", 2.5}})),
              ElementsAre(HasSubstr("whole number")));
}

TEST(DistributionProblems, AskForWhatIsMissingAndRefuseWhatIsUnknown) {
  EXPECT_THAT(problems_of(with_parameters("lognormal", {{"mean", 3}})), ElementsAre("lognormal needs `cv`"));
  EXPECT_THAT(problems_of(with_parameters("weibull", {{"mean", 3}, {"shape", 1}, {"cv", 1}})),
              ElementsAre("weibull has no parameter `cv`"));
  EXPECT_THAT(problems_of(with_parameters("normal", {})), ElementsAre("unknown distribution `normal`"));
  EXPECT_THAT(problems_of(Distribution{}), ElementsAre("a distribution is missing"));
}

TEST(DistributionProblems, GammaTakesEitherCvOrShape) {
  EXPECT_THAT(problems_of(with_parameters("gamma", {{"mean", 3}})), ElementsAre(HasSubstr("either")));
  EXPECT_THAT(problems_of(with_parameters("gamma", {{"mean", 3}, {"cv", 1}, {"shape", 1}})),
              ElementsAre(HasSubstr("either")));
}

TEST(DistributionProblems, WeightsMustBeUsable) {
  EXPECT_THAT(problems_of(empirical({})), ElementsAre(HasSubstr("at least one value")));
  EXPECT_THAT(problems_of(empirical({1, 2}, {0, 0})), ElementsAre(HasSubstr("add up to 0")));
  EXPECT_THAT(problems_of(empirical({1, 2}, {1})), ElementsAre(HasSubstr("1 weights for 2 values")));
  EXPECT_THAT(problems_of(mixture({deterministic(1), deterministic(2)}, {-1, 2})), ElementsAre(HasSubstr("0 or more")));
}

TEST(DistributionProblems, PartsOfAMixtureAreTheirOwnAndShareAClock) {
  EXPECT_THAT(problems_of(mixture({deterministic(1), lognormal(-2, 1)}, {1, 1})),
              ElementsAre(HasSubstr("part 2: mean of lognormal")));
  EXPECT_THAT(problems_of(mixture({deterministic(1), in_working_days(deterministic(1))}, {1, 1})),
              ElementsAre(HasSubstr("one clock")));
  EXPECT_THAT(problems_of(mixture({mixture({deterministic(1)}, {1})}, {1})),
              ElementsAre(HasSubstr("no mixture itself")));
}

TEST(Settings, GiveTheTypeThatWasPutIn) {
  Settings settings;
  settings.values["at_most"] = 40.0;
  settings.values["step"] = std::string("VTT.research");
  EXPECT_EQ(settings.get<double>("at_most"), 40.0);
  EXPECT_EQ(settings.get<std::string>("step"), "VTT.research");
  EXPECT_EQ(settings.get_or<double>("absent", 3.0), 3.0);
  EXPECT_THROW(settings.get<double>("absent"), std::logic_error);
  EXPECT_THROW(settings.get<double>("step"), std::logic_error);
}

}  // namespace
}  // namespace ketensim
