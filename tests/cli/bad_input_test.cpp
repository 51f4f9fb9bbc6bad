#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/command.hpp"

namespace ketensim::tests {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(BadInput, HasStatus2AMessageWithAPlaceAndNoOutput) {
  const Folder folder;
  const auto file = folder.put("wrong.yaml", "format: ketensim/1\nname: Wrong\nstpes: {}\n");
  for (const char* verb : {"check", "run"}) {
    const Outcome outcome = ketensim({verb, file.string()});
    EXPECT_EQ(outcome.status, 2);
    EXPECT_THAT(outcome.out, IsEmpty());
    EXPECT_THAT(outcome.err, ContainsRegex("wrong.yaml:3:1: error: "));
  }
  EXPECT_EQ(ketensim({"run", file.string(), "--out", (folder / "out").string()}).status, 2);
  EXPECT_FALSE(std::filesystem::exists(folder / "out"));
}

TEST(BadInput, OfSeveralFilesIsReportedForAll) {
  const Folder folder;
  const auto one = folder.put("one.yaml", "format: ketensim/1\nstpes: {}\n");
  const auto two = folder.put("two.yaml", "format: ketensim/1\narrivls: {}\n");
  const Outcome outcome = ketensim({"check", one.string(), two.string()});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("one.yaml:2:1"));
  EXPECT_THAT(outcome.err, HasSubstr("two.yaml:2:1"));
}

TEST(BadInput, IsAScenarioThatIsNotThere) {
  const Outcome outcome = ketensim({"run", "/nonexistent/scenario.yaml"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("/nonexistent/scenario.yaml"));
}

TEST(BadInput, IsTwoDifferentFilesWithOneStem) {
  const Folder folder;
  const std::string text = content(example("one-queue.yaml"));
  std::filesystem::create_directories(folder / "a");
  const auto one = folder.put("same.yaml", text), two = folder.put("a/same.yaml", text);
  for (const char* verb : {"run", "compare"}) {
    const Outcome outcome = ketensim({verb, one.string(), two.string()});
    EXPECT_EQ(outcome.status, 2);
    EXPECT_THAT(outcome.err, HasSubstr("would both be called same"));
  }
}

TEST(BadInput, IsAComparisonOfScenariosThatStartFromDifferentStates) {
  const Folder folder;
  folder.put("state.csv", "child,family,case,first_received,organisation,step,received,started,ended,next\n");
  folder.put("chain.yaml", content(example("one-queue.yaml")));
  const std::string over = "format: ketensim/1\nbase: chain.yaml\ntime: {end: 2025-01-01, warm_up: 0 days}\n";
  const auto empty = folder.put("empty.yaml", over);
  const auto from = folder.put("from.yaml", over + "start_from: state.csv\nsnapshot: 2023-12-31\n");
  const auto same = folder.put("same.yaml", over + "start_from: state.csv\nsnapshot: 2023-12-31\nseed: 3\n");
  const Outcome outcome = ketensim({"compare", from.string(), empty.string()});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("from and empty do not start from the same state"));
  EXPECT_EQ(ketensim({"compare", from.string(), same.string(), "--replications", "2"}).status, 0);
  EXPECT_EQ(ketensim({"run", (folder.put("gone.yaml", over + "start_from: gone.csv\nsnapshot: 2023-12-31\n")).string()})
                .status,
            2);
}

TEST(BadInput, IsAFolderWithoutResults) {
  const Folder folder;
  EXPECT_EQ(ketensim({"report", folder.path().string()}).status, 3);
  folder.put("results.nc", "no netCDF");
  const Outcome outcome = ketensim({"report", folder.path().string()});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("results.nc holds no results of ketensim, or is damaged"));
  EXPECT_EQ(folder.names(), std::vector<std::string>{"results.nc"});
}

}  // namespace
}  // namespace ketensim::tests
