// Draws of parameters: what they replace, and what is wrong with them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/load_files.hpp"

namespace ketensim::tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

const std::string kFormat = "format: ketensim/1\n";

/// One desk in `calibrated/chain.yaml`, which names its draws, and what a planner lays over it.
class Drawn : public testing::Test {
 protected:
  Drawn() { chain(kChain); }

  static inline const std::string kChain =
      kFormat + "draws: draws.csv\n" +
      "time: {start: 2024-01-01, end: 2025-01-01, calendar: continuous}\n"
      "organisations: {A: {}}\n"
      "arrivals: {reports: {to: A.triage, rate: 2 / day, attributes: {law: {civil: 0.6, \"a/b\": 0.4}}}}\n"
      "pools: {A.triage: {fte: {2024-01: 2, 2024-07: 3}, cases_per_fte: 4}}\n"
      "steps:\n"
      "  A.triage: {pool: A.triage, duration: {gamma: {mean: 3 days, cv: 0.5}}, next: [{to: {A.help: 0.3, out: "
      "0.7}}]}\n"
      "  A.help:\n"
      "    duration: {mixture: [{exponential: 5 days}, {exponential: 9 days}]}\n"
      "    next: [{to: {out: {share: 1, after: {exponential: 2 days}}}}]\n"
      "returns: {share: 10%, after: {exponential: 100 days}, to: A.triage}\n";

  void chain(const std::string& text) const { folder_.put("calibrated/chain.yaml", text); }
  void draws(const std::string& text) const { folder_.put("calibrated/draws.csv", text); }
  Loaded over(const std::string& text = "") const {
    folder_.put("over.yaml", kFormat + "base: calibrated\n" + text);
    return folder_.load("over.yaml", {folder_.path() / "calibrated"});
  }
  std::string errors(const std::string& csv) const {
    draws(csv);
    return errors_of(over());
  }
  static double mean(const Chain& chain) { return chain.steps[0].duration.parameters.at("mean"); }

  Folder folder_;
};

TEST_F(Drawn, FiguresStandInOneChainForEachDraw) {
  draws(
      "path,1,2\n"
      "steps/A.triage/duration/gamma/mean,2.5 days,4 days\n"
      "steps/A.triage/next/0/to/A.help,0.25,40%\n"
      "steps/A.triage/next/0/to/out,0.75,60%\n"
      "arrivals/reports/rate,800 / year,2.2 / day\n"
      "arrivals/reports/attributes/law/civil,0.5,0.7\n"
      "arrivals/reports/attributes/law/a/b,0.5,0.3\n"
      "pools/A.triage/cases_per_fte,4,5\n"
      "pools/A.triage/fte/2024-07,3.5,3\n"
      "steps/A.help/duration/mixture/1/exponential,8 days,10 days\n"
      "steps/A.help/next/0/to/out/after/exponential,1 day,3 days\n"
      "returns/share,0.1,0.2\n");
  const Loaded loaded = over();
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  const Scenario& scenario = loaded.scenario;
  ASSERT_EQ(scenario.drawn.size(), 2u);
  const Chain &first = *scenario.drawn[0], &second = *scenario.drawn[1];
  EXPECT_DOUBLE_EQ(mean(first), 2.5);
  EXPECT_DOUBLE_EQ(mean(second), 4.0);
  EXPECT_DOUBLE_EQ(first.steps[0].next[0].to[0].share, 0.25);
  EXPECT_DOUBLE_EQ(second.steps[0].next[0].to[0].share, 0.4);
  EXPECT_DOUBLE_EQ(first.streams[0].per_day, 800 / kDaysPerYear);
  EXPECT_DOUBLE_EQ(second.streams[0].attributes[0].shares[0].second, 0.7);
  EXPECT_DOUBLE_EQ(second.streams[0].attributes[0].shares[1].second, 0.3);
  EXPECT_DOUBLE_EQ(first.pools[0].fte->common.from[0].second, 2.0);  // not drawn: as given
  EXPECT_DOUBLE_EQ(first.pools[0].fte->common.from[1].second, 3.5);
  EXPECT_DOUBLE_EQ(second.pools[0].cases_per_fte->common.from[0].second, 5.0);
  EXPECT_DOUBLE_EQ(second.steps[1].duration.parts[1].parameters.at("mean"), 10.0);
  EXPECT_DOUBLE_EQ(second.steps[1].next[0].to[0].after->parameters.at("mean"), 3.0);
  EXPECT_DOUBLE_EQ(second.returns->share, 0.2);
  EXPECT_DOUBLE_EQ(mean(scenario.chain), 3.0);  // the chain itself stays as it is given
  EXPECT_DOUBLE_EQ(scenario.chain.steps[0].next[0].to[0].share, 0.3);
}

TEST_F(Drawn, WhatIsLaidOverThemStays) {
  draws(
      "path,1,2\n"
      "steps/A.triage/duration/gamma/mean,2.5 days,4 days\n"
      "pools/A.triage/cases_per_fte,4,5\n"
      "arrivals/reports/rate,1.8 / day,2.2 / day\n");
  const Loaded loaded = over("arrivals: {reports: {rate: 1 / day}}\npools: {A.triage: {slots: 9}}\n");
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  ASSERT_EQ(loaded.scenario.drawn.size(), 2u);
  for (const auto& chain : loaded.scenario.drawn) {
    EXPECT_DOUBLE_EQ(chain->streams[0].per_day, 1.0);
    EXPECT_FALSE(chain->pools[0].cases_per_fte);
    EXPECT_DOUBLE_EQ(chain->pools[0].slots->common.from[0].second, 9.0);
  }
  EXPECT_DOUBLE_EQ(mean(*loaded.scenario.drawn[1]), 4.0);
}

TEST_F(Drawn, AreNotTheBusinessOfWhatTheirFileStandsOn) {
  folder_.put("calibrated/below.yaml", kChain.substr(0, kFormat.size()) + kChain.substr(kChain.find("time:")));
  chain(kFormat + "base: below.yaml\ndraws: draws.csv\narrivals: {reports: {rate: 3 / day}}\n");
  draws("path,1\narrivals/reports/rate,2.5 / day\n");
  EXPECT_TRUE(over().ok());
  EXPECT_EQ(errors("path,1\nsteps/A.triage/duration/gamma/mean,2 days\n"),
            "calibrated/draws.csv:2:1: error: there is no `steps` in the file that names these draws\n");
}

TEST_F(Drawn, AreLeftAloneWhereUncertaintyIsNone) {
  draws("this is not a file of draws\n");
  const Loaded loaded = over("uncertainty: none\n");
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  EXPECT_THAT(loaded.scenario.drawn, IsEmpty());
  EXPECT_TRUE(over("draws: ~\n").ok());
}

TEST_F(Drawn, MayBeAskedForByNameOnlyWhereSomeAreNamed) {
  draws("path,1\nreturns/share,0.2\n");
  EXPECT_EQ(over("uncertainty: parameters\n").scenario.drawn.size(), 1u);
  chain(kFormat + kChain.substr(kChain.find("time:")));
  EXPECT_EQ(errors_of(over("uncertainty: parameters\n")),
            "over.yaml:3:14: error: no draws are named: name their file with `draws: FILE`\n");
  EXPECT_THAT(errors_of(over("uncertainty: perhaps\n")), HasSubstr("over.yaml:3:14: error: expected"));
}

TEST_F(Drawn, OfTwoFilesDoNotBelongTogether) {
  draws("path,1\nreturns/share,0.2\n");
  folder_.put("draws.csv", "path,1\nreturns/share,0.3\n");
  EXPECT_THAT(errors_of(over("draws: draws.csv\nreturns: {share: 0.1}\n")),
              HasSubstr("over.yaml:3:8: error: calibrated/chain.yaml names draws too"));
}

TEST_F(Drawn, AreKnownInTheTextByTheirHash) {
  draws("path,1\nreturns/share,0.2\n");
  const std::string text = over().scenario.text;
  EXPECT_THAT(text, HasSubstr("\n# ---- draws.csv: FNV-1a "));
  EXPECT_THAT(text, Not(HasSubstr("path,1")));
  draws("path,1\nreturns/share,0.3\n");
  EXPECT_NE(over().scenario.text, text);
}

TEST_F(Drawn, ThatCannotBeReadAreReportedWhereTheyAreNamed) {
  const Loaded loaded = over();
  EXPECT_TRUE(loaded.unreadable);
  EXPECT_THAT(errors_of(loaded),
              StartsWith("calibrated/chain.yaml:2:8: error: draws calibrated/draws.csv: cannot open: "));
}

TEST_F(Drawn, PathsThatLeadToNoFigureAreErrorsWithTheirPlaceAllAtOnce) {
  EXPECT_EQ(
      errors("path,1\n"
             "steps/A.triag/duration/gamma/mean,2 days\n"
             "steps/A.triage/next/1/to/out,0.5\n"
             "steps/A.triage/next/first/to/out,0.5\n"
             "steps/A.triage/duration/gamma/mean/days,2\n"
             "steps/A.triage/duration/gamma,2 days\n"
             "steps/A.triage/next,2 days\n"
             "steps/A.triage/pool,A.help\n"
             "time/end,2026-01-01\n"
             "replications,5\n"
             "returns/share,0.1\n"
             "returns/share,0.2\n"
             ",0.2\n"),
      "calibrated/draws.csv:2:1: error: there is no `A.triag` in `steps` (did you mean `A.triage`?)\n"
      "calibrated/draws.csv:3:1: error: `steps/A.triage/next` is a list of 1, counted from 0: `1` is none of them\n"
      "calibrated/draws.csv:4:1: error: `steps/A.triage/next` is a list of 1, counted from 0: `first` is none of "
      "them\n"
      "calibrated/draws.csv:5:1: error: there is nothing below `steps/A.triage/duration/gamma/mean`\n"
      "calibrated/draws.csv:6:1: error: `steps/A.triage/duration/gamma` is a map: a path leads to one figure\n"
      "calibrated/draws.csv:7:1: error: `steps/A.triage/next` is a list: a path leads to one figure\n"
      "calibrated/draws.csv:8:1: error: `steps/A.triage/pool` is no figure, and a draw changes figures only\n"
      "calibrated/draws.csv:9:1: error: `time/end` is not drawn: figures of `arrivals`, `pools`, `steps` and "
      "`returns` are\n"
      "calibrated/draws.csv:10:1: error: there is no `replications` in the file that names these draws\n"
      "calibrated/draws.csv:12:1: error: `returns/share` is drawn on line 11 already\n"
      "calibrated/draws.csv:13:1: error: a path is missing here\n");
}

TEST_F(Drawn, CellsThatAreNoFigureOfTheirKindAreErrorsWithTheirPlace) {
  EXPECT_EQ(
      errors("path,1,2,3\n"
             "steps/A.triage/duration/gamma/mean,2 days,3,4 working days\n"
             "returns/share,0.1,,1.2\n"
             "arrivals/reports/rate,2 / day,\"1,8 / day\",two\n"),
      "calibrated/draws.csv:2:43: error: expected a duration, not `3`: add a unit, such as `3 days`\n"
      "calibrated/draws.csv:2:45: error: `steps/A.triage/duration/gamma/mean` counts in days and in working days by "
      "turns: a draw keeps to the clock of `3 days`\n"
      "calibrated/draws.csv:3:19: error: draw 2 is empty: expected a share\n"
      "calibrated/draws.csv:3:20: error: expected a share, not `1.2`: a share lies between 0 and 1, or 0% and 100%\n"
      "calibrated/draws.csv:4:31: error: expected a rate, not `1,8 / day`: write a decimal point and no comma\n"
      "calibrated/draws.csv:4:43: error: expected a rate, not `two`\n");
}

TEST_F(Drawn, RowsMustFitTheirHeader) {
  EXPECT_EQ(errors("path,1,2\nreturns/share,0.1\narrivals/reports/rate,1 / day,2 / day,3 / day\n"),
            "calibrated/draws.csv:2:1: error: expected a path and 2 figures, one for each draw, not 1\n"
            "calibrated/draws.csv:3:1: error: expected a path and 2 figures, one for each draw, not 3\n");
  EXPECT_THAT(errors("path,1,3\nreturns/share,0.1,0.2\n"),
              HasSubstr("draws.csv:1:8: error: the draws are numbered 1, 2, ...: expected `2` here, not `3`\n"));
  EXPECT_THAT(errors("draw,1\n"), HasSubstr("draws.csv:1:1: error: expected `path,1,2,...` at the top"));
  EXPECT_THAT(errors("path,1\nreturns/share,\"0.1\n"), HasSubstr("draws.csv:2:15: error: a quote opens here"));
  EXPECT_THAT(errors("path,1\nreturns/share,\"0.1\" \n"), HasSubstr("draws.csv:2:15: error: text stands after"));
}

TEST_F(Drawn, ThereMustBeSomeAndNotTooMany) {
  EXPECT_THAT(errors(""), HasSubstr("draws.csv: error: the file is empty: expected `path,1,2,...`\n"));
  EXPECT_THAT(errors("path\nreturns/share\n"), HasSubstr("draws.csv:1:1: error: there are no draws"));
  EXPECT_THAT(errors("path,1\n"), HasSubstr("draws.csv:1:1: error: no figure is drawn"));
  std::string header = "path", row = "returns/share";
  for (int draw = 1; draw <= 1001; ++draw) {
    header += "," + std::to_string(draw);
    row += ",0.1";
  }
  EXPECT_THAT(errors(header + "\n" + row + "\n"), HasSubstr("draws.csv:1:1: error: 1001 draws: the most is 1000\n"));
}

TEST_F(Drawn, EachMustGiveAValidChain) {
  EXPECT_EQ(errors("path,1,2,3\n"
                   "steps/A.triage/next/0/to/A.help,0.3,0.4,0.5\n"
                   "steps/A.triage/duration/gamma/cv,0.5,0.6,0\n"),
            "calibrated/draws.csv:2:37: error: draw 2: the shares add up to 1.1, not to 1\n"
            "calibrated/draws.csv:3:42: error: draw 3: cv of gamma must be 0.001 to 4, not 0\n");
}

TEST_F(Drawn, OfManyThatAreWrongTheFirstFewAreShown) {
  std::string header = "path", row = "steps/A.triage/next/0/to/A.help";
  for (int draw = 1; draw <= 40; ++draw) {
    header += "," + std::to_string(draw);
    row += draw % 2 ? ",0.3" : ",0.4";
  }
  const std::string found = errors(header + "\n" + row + "\n");
  EXPECT_THAT(found, HasSubstr("draw 10: the shares"));
  EXPECT_THAT(found, Not(HasSubstr("draw 12: ")));
  EXPECT_THAT(found, HasSubstr("calibrated/chain.yaml:2:8: error: 20 of the 40 draws give no valid chain\n"));
}

TEST_F(Drawn, MustFitWhatIsLaidOverThem) {
  draws("path,1\nsteps/A.triage/duration/gamma/mean,2 days\nreturns/share,0.1\n");
  const Loaded loaded = over("steps: {A.triage: {next: [{to: {A.help: 0.3, out: 0.6}}]}}\n");
  EXPECT_THAT(errors_of(loaded), HasSubstr("over.yaml:3:"));  // of the chain itself, and said once
  EXPECT_THAT(errors_of(loaded), Not(HasSubstr("draw 1")));
}

}  // namespace
}  // namespace ketensim::tests
