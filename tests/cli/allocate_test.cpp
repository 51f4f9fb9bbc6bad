#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "tests/cli/command.hpp"

namespace ketensim::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

/// A quarter of the small chain, in a folder with a blank in its name.
class Allocate : public testing::Test {
 protected:
  Allocate() {
    folder_.put("my files/chain.yaml",
                "format: ketensim/1\nname: Short\nbase: " + example("mini-chain.yaml").string() +
                    "\ntime: {start: 2024-01-01, end: 2024-04-01, warm_up: 1 year, report: all}\nreplications: 12\n");
  }

  std::string chain() const { return (folder_ / "my files/chain.yaml").string(); }
  std::string out(const std::string& name) const { return (folder_ / "out" / name).string(); }
  Outcome allocate(std::vector<std::string> more) const {
    std::vector<std::string> arguments{"allocate", chain(), "--threads", "1"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return ketensim(arguments);
  }
  /// The value of the row that begins so.
  static double value_of(const std::string& csv, const std::string& row) {
    const std::size_t at = csv.find("\n" + row);
    return at == std::string::npos ? std::nan("") : std::atof(csv.c_str() + at + 1 + row.size());
  }

  Folder folder_;
};

TEST_F(Allocate, WritesWhatAPlainComparisonGivesAgain) {
  const Outcome outcome = allocate({"--slots", "2", "--objective", "waiting", "--out", (folder_ / "out").string()});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("best use of 2 slots"), HasSubstr("runner-up")));
  const std::string allocation = content(out("allocation.csv")), frontier = content(out("frontier.csv"));
  EXPECT_THAT(allocation, StartsWith("pool,unit,objective,one_alone,one_alone_se,best,runner_up\nVTT.triage,slots,"));
  EXPECT_THAT(frontier, HasSubstr("\n2,slots,waiting,best,"));

  const Outcome again = ketensim(
      {"compare", chain(), out("allocation.yaml"), out("runner-up.yaml"), "--out", (folder_ / "again").string()});
  ASSERT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(content(folder_ / "again/effects.csv"), content(out("effects.csv")));
  const std::string effects = content(out("effects.csv"));
  double waiting = 0.0;
  for (const char* organisation : {"VTT", "RVDK", "JBOV", "GEM"})
    waiting += value_of(effects, std::string("allocation,chain,") + organisation + ",all,all,queue_mean,mean,");
  const std::size_t row = frontier.find("\n2,slots,waiting,best,");
  std::string text = frontier.substr(row + 1, frontier.find('\n', row + 1) - row - 1);
  for (int field = 0; field < 7; ++field) text.erase(0, text.find(',') + 1);  // to the effect
  EXPECT_NEAR(std::atof(text.c_str()), waiting, 1e-9 * std::abs(waiting));
}

TEST_F(Allocate, WritesWhatOneMoreIsWorthForEachAlone) {
  const Outcome outcome = allocate({"--slots", "1", "--objective", "children", "--out", (folder_ / "out").string()});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  // The command that the file names.
  const Outcome again = ketensim({"compare", "--each", chain(), out("one-each.yaml"), "--seed", "20240102",
                                  "--replications", "12", "--out", (folder_ / "again").string()});
  ASSERT_EQ(again.status, 0) << again.err;
  EXPECT_THAT(content(out("one-each.yaml")), HasSubstr("--seed 20240102 --replications 12"));
  EXPECT_DOUBLE_EQ(
      value_of(content(folder_ / "again/effects.csv"), "one-each-2-capacity,chain,chain,all,all,children_end,mean,"),
      value_of(content(out("allocation.csv")), "VTT.research,slots,children,"));
}

TEST_F(Allocate, SaysWhatIsWrong) {
  const auto error = [&](std::vector<std::string> more) {
    const Outcome outcome = allocate(std::move(more));
    EXPECT_EQ(outcome.status, 2);
    EXPECT_THAT(outcome.out, IsEmpty());
    return outcome.err;
  };
  EXPECT_THAT(error({}), HasSubstr("either --fte N or --slots N"));
  EXPECT_THAT(error({"--fte", "2", "--slots", "2"}), HasSubstr("either --fte N or --slots N"));
  EXPECT_THAT(error({"--fte", "2.5"}), HasSubstr("expected a whole number from 1 to 100"));
  EXPECT_THAT(error({"--fte", "2", "--limit", "VTT"}), HasSubstr("such as VTT=2, not 'VTT'"));
  EXPECT_THAT(error({"--fte", "2", "--limit", "VTX=1"}), HasSubstr("unknown organisation `VTX`"));
  EXPECT_THAT(error({"--fte", "2", "--limit", "VTT=0", "--limit", "RVDK=1"}),
              HasSubstr("the limits leave room for 1 of the 2 fte"));
  EXPECT_THAT(error({"--fte", "2", "--objective", "time_to_hlp"}), HasSubstr("did you mean time_to_help?"));
  EXPECT_THAT(error({"--fte", "2", "--from", "2025-01-01"}), HasSubstr("must lie within the period"));
  EXPECT_THAT(error({"--fte", "2", "--indifference", "0"}), HasSubstr("expected a number above 0"));
}

}  // namespace
}  // namespace ketensim::tests
