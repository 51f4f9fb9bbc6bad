// A run in parts, put together, gives the bytes of the whole.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/command.hpp"

namespace ketensim::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Shards : public testing::Test {
 protected:
  Shards() {
    folder_.put("chain.yaml", "format: ketensim/1\nname: Short\nbase: " + example("mini-chain.yaml").string() +
                                  "\ntime: {start: 2024-01-01, end: 2024-07-01, warm_up: 1 year}\nreplications: 7\n");
    folder_.put("cleared.yaml",
                "format: ketensim/1\nname: Cleared\nbase: chain.yaml\ninterventions:\n"
                "  - clear_backlog: {step: VTT.research, on: 2024-02-01}\n");
  }

  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  Outcome compare(const std::string& out, std::vector<std::string> more) const {
    std::vector<std::string> words{"compare", at("chain.yaml"), at("cleared.yaml"), "--quiet", "--out", at(out)};
    words.insert(words.end(), more.begin(), more.end());
    return ketensim(words);
  }
  void compare_in_parts() const {
    for (const char* number : {"1", "2", "3"})
      ASSERT_EQ(compare(number, {"--shard", std::string(number) + "/3"}).status, 0) << number;
  }

  Folder folder_;
};

TEST_F(Shards, MergedInAnyOrderAreTheWhole) {
  ASSERT_EQ(compare("whole", {"--threads", "2"}).status, 0);
  compare_in_parts();
  const Outcome merged = ketensim({"merge", at("3"), at("1"), at("2"), "--quiet", "--out", at("merged")});
  ASSERT_EQ(merged.status, 0) << merged.err;
  for (const char* name : {"indicators.csv", "effects.csv", "flows.csv", "results.nc", "report.html"})
    EXPECT_EQ(content(folder_ / "merged" / name), content(folder_ / "whole" / name)) << name;
  EXPECT_NE(content(folder_ / "1/indicators.csv"), content(folder_ / "whole/indicators.csv"));
}

TEST_F(Shards, AreRefusedUnlessAllAreThereOnce) {
  compare_in_parts();
  const Outcome missing = ketensim({"merge", at("1"), at("3"), "--out", at("merged")});
  EXPECT_EQ(missing.status, 2);
  EXPECT_THAT(missing.err, HasSubstr("shard 2/3 is missing"));
  EXPECT_FALSE(fs::exists(folder_ / "merged"));
  const Outcome twice = ketensim({"merge", at("1"), at("2"), at("2"), at("3"), "--out", at("merged")});
  EXPECT_EQ(twice.status, 2);
  EXPECT_THAT(twice.err, HasSubstr("shard 2/3 is there more than once"));
}

TEST_F(Shards, OfDifferentRunsAreRefused) {
  compare_in_parts();
  ASSERT_EQ(compare("2", {"--shard", "2/3", "--seed", "99"}).status, 0);
  const Outcome seeds = ketensim({"merge", at("1"), at("2"), at("3"), "--out", at("merged")});
  EXPECT_EQ(seeds.status, 2);
  EXPECT_THAT(seeds.err, HasSubstr("do not hold shards of one run"));
  ASSERT_EQ(compare("2", {"--shard", "2/3", "--replications", "11"}).status, 0);
  const Outcome counts = ketensim({"merge", at("1"), at("2"), at("3"), "--out", at("merged")});
  EXPECT_EQ(counts.status, 2);
  EXPECT_THAT(counts.err, HasSubstr("different numbers of replications"));
}

TEST_F(Shards, NeedAFolderAndAReplicationEach) {
  for (const char* shard : {"0/3", "4/3", "1", "1/", "a/b", "1/3x", "-1/3"})
    EXPECT_EQ(compare("1", {"--shard", shard}).status, 2) << shard;
  EXPECT_EQ(ketensim({"run", at("chain.yaml"), "--shard", "1/2"}).status, 2);
  const Outcome few = compare("1", {"--shard", "1/8"});
  EXPECT_EQ(few.status, 2);
  EXPECT_THAT(few.err, HasSubstr("too few for 8 parts"));
}

}  // namespace
}  // namespace ketensim::tests
