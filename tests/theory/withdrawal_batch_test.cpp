// Cases that give up, and cases that come together.
#include "tests/support/steady_state.hpp"
#include "tests/theory/formulas.hpp"

namespace ketensim {
namespace {

using namespace support;

double reported_days(const SteadyState& chain) {
  return static_cast<double>((chain.scenario.period.end - chain.scenario.period.start).count());
}

TEST(ErlangA, QueueShareWithdrawnAndWaitOfTheServed) {
  struct Setting {
    double rate;
    int servers;
    double patience;
  };
  for (const Setting& s : {Setting{6.0, 5, 2.0}, Setting{9.0, 10, 1.0}, Setting{3.0, 1, 0.5}}) {
    SCOPED_TRACE(s.servers);
    SteadyState chain(60, 200.0, 30, 11);
    chain.stream("customers", "A.desk", s.rate);
    chain.station("A.desk", s.servers, exponential(1.0)).patience = Patience{exponential(s.patience), "out"};
    const Results results = chain.run();
    const theory::ErlangA exact = theory::erlang_a(s.rate, 1.0, s.servers, s.patience);
    expect_theory(results, "desk", "queue_mean", exact.length);
    expect_theory(results, "desk", "utilisation", exact.utilisation);
    expect_theory(results, "desk", "left", exact.share_withdrawn * s.rate * reported_days(chain));
    expect_theory(results, "desk", "wait_mean", exact.wait_of_served);
  }
}

TEST(Families, ArriveAsBatches) {
  const double mean_family = 0.55 + 2 * 0.30 + 3 * 0.11 + 4 * 0.04,
               second_moment = 0.55 + 4 * 0.30 + 9 * 0.11 + 16 * 0.04;
  const double families = 1.8, mean_service = 0.25;
  SteadyState chain(200, 500.0, 30, 12);
  chain.stream("reports", "A.desk", families).children = {{1, 0.55}, {2, 0.30}, {3, 0.11}, {4, 0.04}};
  chain.station("A.desk", 1, exponential(mean_service));
  const Results results = chain.run();
  const theory::Queue exact = theory::batch_mm1(families, mean_family, second_moment, mean_service);
  expect_theory(results, "desk", "inflow", families * mean_family * reported_days(chain));
  expect_theory(results, "desk", "wait_mean", exact.wait);
  expect_theory(results, "desk", "queue_mean", exact.length);
  expect_theory(results, "desk", "utilisation", exact.utilisation);
}

}  // namespace
}  // namespace ketensim
