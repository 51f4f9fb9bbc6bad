// A file in which a lever has a range of changes: one scenario each.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/command.hpp"

namespace ketensim::tests {
namespace {

using testing::HasSubstr;

std::string with_range(const Folder& folder, const std::string& range) {
  return folder
      .put("inflow.yaml", "format: ketensim/1\nbase: " + example("mini-chain.yaml").string() +
                              "\ninterventions:\n  - arrivals: {stream: reports, from: 2024-06-01, change: " + range +
                              "}\n")
      .string();
}

TEST(Ranges, AreRunAsOneScenarioEach) {
  const Folder folder;
  const Outcome outcome =
      ketensim({"compare", example("mini-chain.yaml").string(), with_range(folder, "[-5%, 0%, +10%]"), "--replications",
                "2", "--out", (folder / "out").string()});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const std::string effects = content(folder / "out" / "effects.csv");
  for (const char* id : {"inflow[-5%],mini-chain,", "inflow[0%],mini-chain,", "inflow[+10%],mini-chain,"})
    EXPECT_THAT(effects, HasSubstr(id));
  EXPECT_THAT(effects, HasSubstr("inflow[0%],mini-chain,chain,all,all,inflow,mean,0\n"));  // changes nothing
  EXPECT_THAT(outcome.out, HasSubstr("The alternatives side by side"));
}

TEST(Ranges, CannotBeTheBaseline) {
  const Folder folder;
  const Outcome outcome =
      ketensim({"compare", with_range(folder, "[-5%, +5%]"), example("mini-clear-backlog.yaml").string()});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("name one as the baseline"));
}

TEST(Ranges, WithSomethingElseInThemHaveTheirPlace) {
  const Folder folder;
  const Outcome outcome = ketensim({"check", with_range(folder, "[-5%, five]")});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("inflow.yaml:4:"));
  EXPECT_THAT(outcome.err, HasSubstr("expected a change, such as `+20%`, not `five`"));
  EXPECT_EQ(ketensim({"check", with_range(folder, "[-5%, -5%]")}).status, 2);
  EXPECT_EQ(ketensim({"check", with_range(folder, "[]")}).status, 2);
}

TEST(MoreLevers, OfTheExamplesRun) {
  const Outcome outcome = ketensim({"run", example("more-levers.yaml").string(), "--replications", "2"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("what the levers cost (euro)"));
}

}  // namespace
}  // namespace ketensim::tests
