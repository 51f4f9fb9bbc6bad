// What a planner learns of what is ahead, and of how certain that is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/command.hpp"

namespace ketensim::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// A quarter of the small chain, with what more there is to say.
std::string chain(const Folder& folder, const std::string& more, const std::string& warm_up = "2 years") {
  return folder
      .put("chain.yaml", "format: ketensim/1\nbase: " + example("mini-chain.yaml").string() +
                             "\ntime: {start: 2024-01-01, end: 2024-04-01, warm_up: " + warm_up +
                             "}\nreplications: 4\n" + more)
      .string();
}

TEST(Ahead, EarlyWarningsAreATableAndAFile) {
  const Folder folder;
  const std::string out = (folder / "out").string();
  const Outcome outcome =
      ketensim({"run", chain(folder, "warn: {norm_met_below: 99%, queue_above: {VTT.research: 3}}\n"), "--out", out});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("Early warning"));
  EXPECT_THAT(outcome.out, HasSubstr("more than 3 waiting"));
  const std::string file = content(folder / "out/early_warning.csv");
  EXPECT_THAT(file, StartsWith("scenario,organisation,step,period,indicator,threshold,probability,se\n"));
  EXPECT_THAT(file, HasSubstr("\nchain,VTT,research,2024-02-01,queue_end,3,"));
  EXPECT_THAT(file, HasSubstr("\nchain,VTT,triage,2024-03-01,norm_met,0.99,"));
  // The report of what was stored says the same.
  const Outcome again = ketensim({"report", out});
  EXPECT_EQ(outcome.out.substr(0, outcome.out.rfind("\nReport")), again.out.substr(0, again.out.rfind("\nReport")));
}

TEST(Ahead, LayersAreATableAndAFile) {
  const Folder folder;
  const std::string scenario = chain(folder, "uncertainty: {staffing: 10%}\n"), out = (folder / "out").string();
  const Outcome outcome = ketensim({"run", scenario, "--layers", "--out", out});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("Uncertainty in layers"));
  const std::string file = content(folder / "out/layers.csv");
  EXPECT_THAT(file, StartsWith("scenario,organisation,step,period,indicator,layer,sd\n"));
  EXPECT_THAT(file, HasSubstr("\nchain,VTT,research,2024-02-01,queue_end,staffing,"));
  ASSERT_EQ(ketensim({"run", scenario, "--out", out}).status, 0);
  EXPECT_FALSE(fs::exists(folder / "out/layers.csv"));
}

TEST(Ahead, PrecisionAddsReplicationsOrWarns) {
  const Folder folder;
  const std::string precision = "precision: {indicator: inflow, at: VTT.research, relative: ";
  const Outcome reached = ketensim({"run", chain(folder, precision + "8%}\n")});
  EXPECT_EQ(reached.status, 0) << reached.err;
  EXPECT_THAT(reached.out, Not(HasSubstr(" 4 replications")));
  EXPECT_THAT(reached.err, Not(HasSubstr("precision")));
  const Outcome short_of = ketensim({"run", chain(folder, precision + "0.1%, at_most: 6}\n")});
  EXPECT_EQ(short_of.status, 0) << short_of.err;
  EXPECT_THAT(short_of.out, HasSubstr(" 6 replications"));
  EXPECT_THAT(short_of.err, HasSubstr("warning: after 6 replications inflow of VTT.research in the period 2024-0"));
  const Outcome fixed = ketensim({"run", chain(folder, precision + "0.1%, at_most: 6}\n"), "--replications", "5"});
  EXPECT_THAT(fixed.out, HasSubstr(" 5 replications"));
  EXPECT_THAT(fixed.err, Not(HasSubstr("precision")));
}

TEST(Ahead, AWarmUpIsChosenWhereAsked) {
  const Folder folder;
  const Outcome outcome = ketensim({"run", chain(folder, "", "auto")});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("MSER-5"));
}

TEST(Ahead, WhatIsWrittenWronglyIsSaidWithItsPlace) {
  const Folder folder;
  const Outcome outcome = ketensim({"check", chain(folder,
                                                   "warn: {queue_above: {VTT.reserch: 3}}\nuncertainty: {stafing: 5%}\n"
                                                   "precision: {indicator: queue_ned, relative: 2%}\n",
                                                   "otto")});
  EXPECT_EQ(outcome.status, 2);
  for (const char* said : {"chain.yaml:3:", "did you mean `staffing`?", "did you mean `queue_end`?"})
    EXPECT_THAT(outcome.err, HasSubstr(said));
  EXPECT_THAT(ketensim({"check", chain(folder, "warn: {queue_above: {VTT.reserch: 3}}\n")}).err,
              HasSubstr("chain.yaml:5:22: error: unknown step `VTT.reserch` (did you mean `VTT.research`?)"));
}

}  // namespace
}  // namespace ketensim::tests
