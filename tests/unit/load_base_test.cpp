#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/load_files.hpp"

namespace ketensim::tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string kFormat = "format: ketensim/1\n";

/// mini-chain.yaml with `text` laid over it.
class Base : public testing::Test {
 protected:
  Base() { folder_.put("mini-chain.yaml", mini_chain()); }
  Loaded over(const std::string& text) {
    folder_.put("over.yaml", kFormat + "base: mini-chain.yaml\n" + text);
    return folder_.load("over.yaml");
  }
  static const Step& step(const Loaded& loaded, const std::string& id) {
    const auto& steps = loaded.scenario.chain.steps;
    return *std::find_if(steps.begin(), steps.end(), [&](const Step& s) { return s.id == id; });
  }
  static const Pool& pool(const Loaded& loaded, const std::string& id) {
    const auto& pools = loaded.scenario.chain.pools;
    return *std::find_if(pools.begin(), pools.end(), [&](const Pool& p) { return p.id == id; });
  }
  Folder folder_;
};

TEST_F(Base, MergesMapsByKeyAndKeepsTheirOrder) {
  const Loaded loaded = over(
      "time: {end: 2025-01-01}\narrivals: {reports: {attributes: {urgency: {regular: 0.9, "
      "crisis: 0.1}}}}\n");
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  EXPECT_EQ(loaded.scenario.period.end, std::chrono::sys_days{std::chrono::year{2025} / 1 / 1});
  EXPECT_EQ(loaded.scenario.period.report, Report::month);
  EXPECT_EQ(loaded.scenario.chain.streams[0].attributes[0].shares[0].first, "crisis");
  EXPECT_DOUBLE_EQ(loaded.scenario.chain.streams[0].attributes[0].shares[0].second, 0.1);
}

TEST_F(Base, IsNotTheSourceOfTheName) {
  const Loaded loaded = over("seed: 3\n");
  EXPECT_EQ(loaded.scenario.name, "over");
  EXPECT_EQ(loaded.scenario.id, "over");
  EXPECT_EQ(loaded.scenario.seed, 3u);
}

TEST_F(Base, LosesItsListsAndDistributionsToWhatIsLaidOverIt) {
  const Loaded loaded = over(
      "steps:\n  VTT.research:\n    duration: {exponential: 40 days}\n    patience: {gamma: {mean: "
      "100 days, cv: 1}}\n    next: [{to: GEM.access}]\n");
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  const Step& research = step(loaded, "VTT.research");
  EXPECT_EQ(research.duration.kind, "exponential");
  EXPECT_EQ(research.duration.parameters.count("cv"), 0u);
  EXPECT_EQ(research.patience->after.kind, "gamma");
  EXPECT_EQ(research.next.size(), 1u);
  EXPECT_EQ(research.next[0].to.size(), 1u);
}

TEST_F(Base, KeepsTheDistributionWhereOnlyAKeyBesideItChanges) {
  const Loaded loaded = over("steps: {VTT.research: {patience: {to: GEM.access}}}\n");
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  EXPECT_EQ(step(loaded, "VTT.research").patience->after.kind, "exponential");
  EXPECT_EQ(step(loaded, "VTT.research").patience->to, "GEM.access");
}

TEST_F(Base, GivesUpFteForSlotsAndSlotsForFte) {
  const Loaded loaded = over("pools:\n  VTT.research: {slots: 60}\n  JBOV.workers: {fte: 20, cases_per_fte: 13}\n");
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  EXPECT_FALSE(pool(loaded, "VTT.research").fte);
  EXPECT_FALSE(pool(loaded, "VTT.research").cases_per_fte);
  EXPECT_FALSE(pool(loaded, "JBOV.workers").slots);
}

TEST_F(Base, MergesSchedulesOfOneKindAndReplacesTheOther) {
  const Loaded loaded = over(
      "pools:\n  RVDK.research: {fte: {2024-03: 5}}\n  GEM.access: {slots: {GM0141: 60}}\n"
      "  VTT.research: {fte: {2024-01: 6}}\n");
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  const auto& months = pool(loaded, "RVDK.research").fte->common.from;
  ASSERT_EQ(months.size(), 5u);
  EXPECT_DOUBLE_EQ(months[2].second, 5);
  EXPECT_DOUBLE_EQ(pool(loaded, "GEM.access").slots->by_member[0].second.from[0].second, 60);
  EXPECT_DOUBLE_EQ(pool(loaded, "GEM.access").slots->by_member[1].second.from[0].second, 108);
  EXPECT_EQ(pool(loaded, "VTT.research").fte->common.from.size(), 1u);
}

TEST_F(Base, LosesAKeyThatIsSetToNothing) {
  const Loaded loaded = over("returns: ~\nsteps: {VTT.research: {patience: ~, norm: }}\n");
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  EXPECT_FALSE(loaded.scenario.chain.returns);
  EXPECT_FALSE(step(loaded, "VTT.research").patience);
  EXPECT_FALSE(step(loaded, "VTT.research").norm.lead_time);
}

TEST_F(Base, KeepsItsInterventionsBeforeThoseLaidOverIt) {
  folder_.put("first.yaml", kFormat +
                                "base: mini-chain.yaml\ninterventions:\n  - clear_backlog: {step: VTT.research, on: "
                                "2024-02-01}\n");
  folder_.put("second.yaml", kFormat +
                                 "base: first.yaml\ninterventions:\n  - capacity: {pool: VTT.research, from: "
                                 "2024-02-01, change: +6 slots}\n");
  const Loaded loaded = folder_.load("second.yaml");
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  ASSERT_EQ(loaded.scenario.interventions.size(), 2u);
  EXPECT_EQ(loaded.scenario.interventions[0].kind, "clear_backlog");
  EXPECT_EQ(loaded.scenario.interventions[1].kind, "capacity");
}

TEST_F(Base, IsFoundRelativeToTheFileThatNamesIt) {
  folder_.put("sub/over.yaml", kFormat + "base: ../mini-chain.yaml\n");
  EXPECT_TRUE(folder_.load("sub/over.yaml").ok());
}

TEST_F(Base, MayBeFarDown) {
  std::string below = "mini-chain.yaml";
  for (int i = 0; i < 40; ++i) {
    const std::string name = "file-" + std::to_string(i) + ".yaml";
    folder_.put(name, kFormat + "base: " + below + "\nreplications: " + std::to_string(i + 1) + "\n");
    below = name;
  }
  const Loaded loaded = folder_.load(below);
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  EXPECT_EQ(loaded.scenario.replications, 40);
}

TEST_F(Base, InACircleIsAnErrorThatNamesTheCircle) {
  folder_.put("a.yaml", kFormat + "base: b.yaml\n");
  folder_.put("b.yaml", kFormat + "base: c.yaml\n");
  folder_.put("c.yaml", kFormat + "base: ./b.yaml\n");
  EXPECT_EQ(errors_of(folder_.load("a.yaml")),
            "c.yaml:2:7: error: these files stand on each other in a circle: b.yaml -> c.yaml -> b.yaml\n");
}

TEST_F(Base, ThatIsItselfIsACircle) {
  folder_.put("a.yaml", kFormat + "base: a.yaml\n");
  EXPECT_THAT(errors_of(folder_.load("a.yaml")), HasSubstr("a.yaml:2:7: error: these files stand on each other"));
}

TEST_F(Base, ThatIsMissingIsReportedWhereItIsNamedBesideOtherErrors) {
  folder_.put("over.yaml", kFormat + "base: none.yaml\nsteps: {VTT.triage: {poool: VTT.triage}}\n");
  const Loaded loaded = folder_.load("over.yaml");
  EXPECT_TRUE(loaded.unreadable);
  const std::string errors = errors_of(loaded);
  EXPECT_THAT(errors, HasSubstr("over.yaml:2:7: error: base none.yaml: cannot open"));
  EXPECT_THAT(errors, HasSubstr("over.yaml:3:22: error: unknown key `poool` (did you mean `pool`?)"));
  EXPECT_THAT(errors, Not(HasSubstr("missing")));
}

TEST_F(Base, CalibratedStandsInTheFolderThatIsNamed) {
  folder_.put("calibrated/chain.yaml", mini_chain());
  folder_.put("over.yaml", kFormat + "base: calibrated\n");
  EXPECT_THAT(errors_of(folder_.load("over.yaml")), HasSubstr("over.yaml:2:7: error: `base: calibrated`"));
  EXPECT_THAT(errors_of(folder_.load("over.yaml")), HasSubstr("--calibrated DIR"));
  EXPECT_TRUE(folder_.load("over.yaml", {folder_.path() / "calibrated"}).ok());
}

TEST_F(Base, HasItsErrorsShownInItsOwnFileAndThoseLaidOverItInTheirs) {
  folder_.put("mini-chain.yaml", mini_chain("hold_until: JBOV.guidance", "hold_until: JBOV.guidence"));
  const Loaded loaded = over("steps:\n  VTT.triage:\n    pool: VTT.triag\n");
  EXPECT_EQ(errors_of(loaded),
            "over.yaml:5:11: error: unknown pool `VTT.triag` (did you mean `VTT.triage`?)\n"
            "mini-chain.yaml:75:17: error: unknown step `JBOV.guidence` (did you mean `JBOV.guidance`?)\n");
}

}  // namespace
}  // namespace ketensim::tests
