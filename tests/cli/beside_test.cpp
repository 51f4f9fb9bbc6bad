// What compare finds out beside the scenarios that were typed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/command.hpp"

namespace ketensim::tests {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// Half a year of the small chain, where a backlog is cleared.
class Beside : public testing::Test {
 protected:
  Beside() {
    folder_.put("base.yaml", "format: ketensim/1\nname: Base\nbase: " + example("mini-chain.yaml").string() +
                                 "\ntime: {start: 2024-01-01, end: 2024-07-01, warm_up: 2 years}\nreplications: 20\n");
    folder_.put("plan.yaml",
                "format: ketensim/1\nname: Plan\nbase: base.yaml\ninterventions:\n"
                "  - clear_backlog: {step: VTT.research, on: 2024-02-01}\n"
                "  - capacity: {pool: RVDK.research, from: 2024-02-01, change: +2 slots}\n");
  }

  std::string file(const std::string& name) const { return (folder_ / name).string(); }
  Outcome compare(std::vector<std::string> more) const {
    std::vector<std::string> arguments{"compare", file("base.yaml"), file("plan.yaml")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return ketensim(arguments);
  }

  Folder folder_;
};

TEST_F(Beside, AWaveIsWrittenWhereThereIsOne) {
  const Outcome outcome = compare({"--out", file("out")});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("The wave that plan sends"));
  EXPECT_THAT(content(file("out/wave.csv")), AllOf(StartsWith("scenario,baseline,organisation,step,arrives,peak,"),
                                                   HasSubstr("\nplan,base,GM0153,access,2024-02-01,")));
  // Another command in the same folder leaves no wave of this one behind.
  ASSERT_EQ(ketensim({"run", file("base.yaml"), "--out", file("out")}).status, 0);
  EXPECT_FALSE(fs::exists(file("out/wave.csv")));
}

TEST_F(Beside, ASequenceHasItsScenariosInTheFiles) {
  const Outcome outcome = compare({"--sequence", "--objective", "waiting", "--out", file("out")});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("plan: which to do first"), HasSubstr("1 clear_backlog")));
  const std::string effects = content(file("out/effects.csv")), sequence = content(file("out/sequence.csv"));
  EXPECT_THAT(effects, AllOf(HasSubstr("\nplan-1-clear_backlog,base,"), HasSubstr("\nplan-2-capacity,base,")));
  EXPECT_THAT(sequence, AllOf(HasSubstr("\nplan,waiting,sequence,1,1,clear_backlog,plan-1-clear_backlog,"),
                              HasSubstr("\nplan,waiting,together,"), HasSubstr("\nplan,waiting,first,1,")));
}

TEST_F(Beside, AnAccompanimentIsWrittenAsAScenarioThatGivesItsFiguresAgain) {
  const Outcome outcome = compare({"--accompany", "--out", file("out")});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(content(file("out/accompany.csv")), HasSubstr("\nplan,GM0153.access,"));
  const Outcome again = ketensim(
      {"compare", file("base.yaml"), file("plan.yaml"), file("out/plan-accompanied.yaml"), "--out", file("again")});
  ASSERT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(content(file("again/effects.csv")), content(file("out/effects.csv")));
}

TEST_F(Beside, WhatDoesNotFitIsAnError) {
  EXPECT_THAT(compare({"--objective", "waiting"}).err, HasSubstr("it is --sequence that judges by it"));
  EXPECT_THAT(compare({"--sequence", "--objective", "waitin"}).err, HasSubstr("did you mean waiting?"));
  EXPECT_THAT(compare({"--accompany", "--each"}).err, HasSubstr("and --each"));
}

}  // namespace
}  // namespace ketensim::tests
