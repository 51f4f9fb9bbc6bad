// A calibrated chain that names draws of its parameters, and what planners lay over it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/command.hpp"

namespace ketensim::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

/// `calibrated/` as a calibration leaves it, and two scenarios on it.
class CalibratedDraws : public testing::Test {
 protected:
  CalibratedDraws() {
    const std::string head = "format: ketensim/1\n";
    folder_.put("calibrated/chain.yaml", head + "base: " + example("mini-chain.yaml").string() +
                                             "\ndraws: draws.csv\nreplications: 4\n"
                                             "time: {start: 2024-01-01, end: 2024-04-01, warm_up: 1 year, report: all}\n"
                                             "steps: {VTT.triage: {duration: {lognormal: {mean: 3 days, cv: 0.8}}}}\n");
    draws("path,1,2\nsteps/VTT.triage/duration/lognormal/mean,2 days,4 days\n");
    folder_.put("baseline.yaml", head + "base: calibrated\n");
    folder_.put("nothing.yaml", head +
                                    "base: calibrated\ninterventions:\n"
                                    "  - capacity: {pool: VTT.research, from: 2024-02-01, change: +0%}\n");
    folder_.put("chance.yaml", head + "base: calibrated\nuncertainty: none\n");
  }

  void draws(const std::string& text) const { folder_.put("calibrated/draws.csv", text); }
  Outcome run(std::vector<std::string> arguments) const {
    for (std::string& argument : arguments)
      if (argument.ends_with(".yaml")) argument = (folder_ / argument).string();
    arguments.insert(arguments.end(), {"--calibrated", (folder_ / "calibrated").string()});
    return ketensim(arguments);
  }

  Folder folder_;
};

TEST_F(CalibratedDraws, AreCheckedWithEveryScenarioThatStandsOnThem) {
  const Outcome sound = run({"check", "baseline.yaml", "chance.yaml"});
  EXPECT_EQ(sound.status, 0) << sound.err;
  EXPECT_THAT(sound.out,
              HasSubstr("baseline: valid: 4 organisations, 8 steps, 0 interventions, 2 draws of parameters"));
  EXPECT_THAT(sound.out, HasSubstr("chance: valid: 4 organisations, 8 steps, 0 interventions, 2024"));

  draws("path,1,2\nsteps/VTT.triage/duration/lognormal/mean,2 days,-4 days\n");
  const Outcome wrong = run({"check", "baseline.yaml"});
  EXPECT_EQ(wrong.status, 2);
  EXPECT_THAT(wrong.err, HasSubstr("calibrated/draws.csv:2:49: error: "));
  EXPECT_EQ(run({"check", "chance.yaml"}).status, 0);
}

TEST_F(CalibratedDraws, WidenTheSpreadAndLeaveNoEffectWhereNothingChanges) {
  const Outcome outcome = run({"compare", "baseline.yaml", "nothing.yaml", "--out", (folder_ / "out").string()});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const std::string effects = content(folder_ / "out/effects.csv");
  EXPECT_THAT(effects, HasSubstr("nothing,baseline,VTT,triage,all,lead_mean,mean,0\n"));
  EXPECT_THAT(effects, HasSubstr("nothing,baseline,VTT,triage,all,lead_mean,p95,0\n"));

  const auto spread = [&](const std::string& file) {
    const Outcome one = run({"run", file, "--out", (folder_ / ("out-" + file.substr(0, 3))).string()});
    EXPECT_EQ(one.status, 0) << one.err;
    const std::string rows = content(folder_ / ("out-" + file.substr(0, 3)) / "indicators.csv");
    const auto value = [&](const std::string& statistic) {
      const std::string row = ",VTT,triage,all,lead_mean," + statistic + ",";
      const std::size_t at = rows.find(row);
      return at == std::string::npos ? -1.0 : std::stod(rows.substr(at + row.size()));
    };
    return value("p95") - value("p05");
  };
  // Two days of service between the draws; by chance alone the means of some 300 cases differ by a few tenths.
  EXPECT_GT(spread("baseline.yaml"), 1.5);
  EXPECT_LT(spread("chance.yaml"), 1.0);
}

TEST_F(CalibratedDraws, AreTheSameInBaselineAndAlternativeOrTheyAreNotCompared) {
  EXPECT_EQ(run({"compare", "chance.yaml", "nothing.yaml"}).status, 0);
  const Outcome refused = run({"compare", "baseline.yaml", "chance.yaml"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("baseline draws 2 sets of parameters and chance draws 0"));
}

TEST_F(CalibratedDraws, ThatAreMissingCannotBeRead) {
  std::filesystem::remove(folder_ / "calibrated/draws.csv");
  const Outcome outcome = run({"run", "baseline.yaml"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("calibrated/chain.yaml:3:8: error: draws "));
  EXPECT_THAT(outcome.err, HasSubstr("cannot open"));
}

}  // namespace
}  // namespace ketensim::tests
