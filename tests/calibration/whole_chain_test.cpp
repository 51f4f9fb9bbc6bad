// Chains that are simulated, delivered as partners deliver, and found again.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "ketensim/calibration.hpp"
#include "ketensim/load.hpp"
#include "tests/calibration/partners.hpp"
#include "tests/calibration/regional_chain.hpp"
#include "tests/calibration/truths.hpp"
#include "tests/support/folder.hpp"

namespace ketensim {
namespace {

using truths::Figure;
using truths::Finding;

constexpr std::array kKinds{regional::Kind::guardians, regional::Kind::municipalities, regional::Kind::council};
constexpr regional::Size kSize{1.5, 3};

struct Found {
  Scenario truth;
  Calibration fits;
  truths::Comparison comparison;
};

Found found(regional::Kind kind, std::uint64_t seed) {
  Found result;
  result.truth = regional::chain(kind, seed, kSize);
  const Date from = result.truth.period.start, snapshot = result.truth.period.end - std::chrono::days{1};
  const auto rows = partners::soiled(partners::known(partners::registered(result.truth), from, snapshot), {}, seed);
  const partners::Read read = partners::read(partners::delivered(result.truth, rows, from, snapshot));
  CalibrationOptions options;
  options.draws = 100;
  result.fits = calibrate(read.plan, read.monitor, read.linked, options);
  EXPECT_TRUE(result.fits.ok());
  result.comparison = truths::compare(result.truth, read, result.fits);
  return result;
}

class WholeChain : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    for (const auto kind : kKinds) sets_.push_back(found(kind, 1));
  }
  static void TearDownTestSuite() { sets_.clear(); }

  static std::vector<Found> sets_;
};
std::vector<Found> WholeChain::sets_;

TEST_F(WholeChain, HasItsFiguresInTheIntervalsThatAreStated) {
  double all = 0.0, covered = 0.0;
  std::map<std::string, int> kinds;
  std::string missed;
  for (const Found& set : sets_)
    for (const Figure& figure : set.comparison.figures) {
      all += 1.0;
      covered += figure.covered();
      ++kinds[figure.kind];
      if (!figure.covered())
        missed += "\n" + figure.kind + " (" + figure.of + "): " + std::to_string(figure.found.estimate) +
                  " instead of " + std::to_string(figure.truth);
    }
  EXPECT_GE(all, 150.0);
  for (const char* kind : {"duration: mean", "duration: shape", "route: share", "patience: mean", "hand-over: mean",
                           "cases per fte", "returns: share", "returns: mean delay", "reports: rate at the snapshot",
                           "reports: month", "families: share of a size", "attributes: share"})
    EXPECT_GE(kinds[kind], 1) << kind;
  // Four standard errors of a share of as many at 95%, where figures that depend on each other (shares that add up to
  // one, months) count for half.
  EXPECT_GE(covered, 0.95 * all - 4.0 * std::sqrt(0.95 * 0.05 * all * 2.0)) << "of " << all << missed;
}

/// An error of method that also makes the stated error large stays within any interval: so the figures themselves.
TEST_F(WholeChain, HasAPatienceThatIsNear) {
  int figures = 0;
  for (const Found& set : sets_)
    for (const Figure& figure : set.comparison.figures) {
      if (figure.kind != "patience: mean") continue;
      ++figures;
      EXPECT_GT(figure.found.estimate, 0.5 * figure.truth) << figure.of;
      EXPECT_LT(figure.found.estimate, 2.0 * figure.truth) << figure.of;
    }
  EXPECT_GE(figures, 1);
}

TEST_F(WholeChain, HasTheStructureThatItHas) {
  // What is told by tests at 1% may be wrong now and then; a limit, a slot that is kept or a clock may not.
  const std::set<std::string> sure{"a pool limits",
                                   "no limit is invented",
                                   "where a slot is claimed",
                                   "where a slot is freed",
                                   "order of a queue",
                                   "clock",
                                   "returns",
                                   "where children return",
                                   "an entry",
                                   "hand-over takes time",
                                   "hand-over takes none",
                                   "duration depends on class",
                                   "routes depend on class",
                                   "there is a duration",
                                   "there are routes",
                                   "patience"};
  double tests = 0.0, wrong = 0.0;
  std::string what;
  for (const Found& set : sets_)
    for (const Finding& finding : set.comparison.findings) {
      if (sure.contains(finding.kind)) {
        EXPECT_TRUE(finding.right) << finding.kind << " (" << finding.of << ")";
        continue;
      }
      if (finding.kind == "family" || finding.kind == "trend in reports" || finding.kind == "worsening") continue;
      tests += 1.0;
      wrong += !finding.right;
      if (!finding.right) what += "\n" + finding.kind + " (" + finding.of + ")";
    }
  EXPECT_GE(tests, 40.0);
  EXPECT_LE(wrong, std::ceil(0.01 * tests + 4.0 * std::sqrt(0.01 * tests))) << "of " << tests << what;
}

TEST_F(WholeChain, IsReadBackFromItsFilesAsItWas) {
  for (const Found& set : sets_) {
    const support::Folder folder;
    const Scenario& scenario = set.fits.scenario;
    const std::string text = scenario_yaml(scenario, set.fits.remarks);
    const auto file = folder.put("chain.yaml", text);
    folder.put("draws.csv", draws_csv(scenario));
    folder.put("state.csv", state_csv(*scenario.state));
    const Loaded loaded = load_scenario(file);
    for (const Diagnostic& diagnostic : loaded.diagnostics)
      EXPECT_NE(diagnostic.severity, Problem::Severity::error) << diagnostic.text();
    EXPECT_EQ(scenario_yaml(loaded.scenario, set.fits.remarks), text);
    EXPECT_EQ(loaded.scenario.drawn.size(), scenario.drawn.size());
    EXPECT_EQ(state_csv(*loaded.scenario.state), state_csv(*scenario.state));
  }
}

}  // namespace
}  // namespace ketensim
