#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ketensim/simulate.hpp"
#include "tests/support/chain_builder.hpp"

namespace ketensim::support {

/// One organisation, `A`, on a calendar where every day is alike, watched for `years` after a warm-up.
class SteadyState : public ChainBuilder {
 public:
  SteadyState(int years, double warm_up_days, int replications, std::uint64_t seed)
      : ChainBuilder(CalendarKind::continuous, date(2000, 1, 1), date(2000 + years, 1, 1), warm_up_days) {
    organisation("A");
    scenario.replications = replications;
    scenario.seed = seed;
  }
  Results run() const { return simulate({scenario}, {1, 0, {}}).front(); }
};

/// The figure agrees with exact theory: within four standard errors of the mean over replications (and `bias`, the
/// bounded error with which it is measured, as a share), where that standard error is below 1%. Four standard errors:
/// one false alarm in some ten thousand assertions, and with a fixed seed the same answer each time.
inline void expect_theory(const Results& results, const std::string& step, const std::string& indicator, double exact,
                          double bias = 0.0, const std::string& organisation = "A") {
  SCOPED_TRACE(organisation + "." + step + " " + indicator);
  const std::size_t figure = results.find(organisation, step, indicator), period = results.find_period("all");
  ASSERT_NE(figure, Results::npos);
  ASSERT_NE(period, Results::npos);
  const Summary summary = summarise(results, figure, period);
  EXPECT_EQ(summary.defined, results.replications);
  EXPECT_NEAR(summary.mean, exact, 4.0 * summary.se + bias * exact);
  EXPECT_LT(summary.se, 0.01 * exact);
}

}  // namespace ketensim::support
