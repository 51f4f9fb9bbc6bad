// The files in scenarios/theory through loader and engine: what their comments say is what comes out.
#include <gtest/gtest.h>

#include "ketensim/load.hpp"
#include "tests/support/steady_state.hpp"
#include "tests/theory/formulas.hpp"

namespace ketensim {
namespace {

using support::expect_theory;

Results run_file(const std::string& name) {
  const Loaded loaded = load_scenario(KETENSIM_SOURCE_DIR "/scenarios/theory/" + name);
  for (const Diagnostic& diagnostic : loaded.diagnostics) ADD_FAILURE() << diagnostic.text();
  return simulate({loaded.scenario}).front();
}

void expect_queue(const Results& results, const std::string& organisation, const std::string& step,
                  const theory::Queue& exact) {
  expect_theory(results, step, "wait_mean", exact.wait, 0.0, organisation);
  expect_theory(results, step, "queue_mean", exact.length, 0.0, organisation);
  expect_theory(results, step, "utilisation", exact.utilisation, 0.0, organisation);
}

TEST(TheoryFiles, OneServer) { expect_queue(run_file("mm1.yaml"), "A", "serve", theory::mmc(0.8, 1.0, 1)); }

TEST(TheoryFiles, ThreeServers) { expect_queue(run_file("mm3.yaml"), "A", "serve", theory::mmc(2.4, 1.0, 3)); }

TEST(TheoryFiles, WithdrawalFromTheQueue) {
  const Results results = run_file("erlang-a.yaml");
  const theory::ErlangA exact = theory::erlang_a(12.0, 0.25, 3, 1.0);
  expect_queue(results, "A", "serve", {exact.wait_of_served, exact.length, exact.utilisation});
}

TEST(TheoryFiles, ATandemWithFeedback) {
  const Results results = run_file("jackson.yaml");
  expect_queue(results, "A", "first", theory::mmc(0.625, 1.2, 1));
  expect_queue(results, "B", "second", theory::mmc(0.625, 2.0, 2));
}

TEST(TheoryFiles, PrioritiesOfTwoClasses) {
  const Results results = run_file("priorities.yaml");
  // Cobham (1954): R / (1 - rho1) and R / ((1 - rho1)(1 - rho)), R = 0.8, rho1 = 0.3, rho = 0.8.
  expect_queue(results, "A", "urgent", {0.8 / 0.7, 0.3 * 0.8 / 0.7, 0.8});
  expect_queue(results, "A", "regular", {0.8 / (0.7 * 0.2), 0.5 * 0.8 / (0.7 * 0.2), 0.8});
}

}  // namespace
}  // namespace ketensim
