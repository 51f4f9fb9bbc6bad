#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/command.hpp"

namespace ketensim::tests {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

TEST(Usage, HelpListsTheVerbsButNotTheHiddenOnes) {
  const Outcome outcome = ketensim({"--help"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.err, IsEmpty());
  for (const char* verb : {"\n  check ", "\n  run ", "\n  compare ", "\n  report "})
    EXPECT_THAT(outcome.out, HasSubstr(verb));
  EXPECT_THAT(outcome.out, Not(HasSubstr("\n  format ")));
}

TEST(Usage, HelpOfAVerbHasItsOptionsAndExamples) {
  for (const char* verb : {"check", "run", "compare", "report", "format"}) {
    const Outcome outcome = ketensim({verb, "--help"});
    EXPECT_EQ(outcome.status, 0);
    EXPECT_THAT(outcome.out, StartsWith(std::string("Usage: ketensim ") + verb));
    EXPECT_THAT(outcome.out, HasSubstr("Examples:\n  ketensim " + std::string(verb)));
  }
  for (const char* verb : {"run", "compare"})
    for (const char* option : {"--out", "--replications", "--seed", "--threads", "--calibrated", "--cases", "--lang"})
      EXPECT_THAT(ketensim({verb, "--help"}).out, HasSubstr(option));
}

TEST(Usage, VersionIsOneLine) {
  const Outcome outcome = ketensim({"--version"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, testing::MatchesRegex("ketensim [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST(Usage, AnUnknownVerbIsNamedWithTheNearestOne) {
  const Outcome outcome = ketensim({"comapre", "a.yaml", "b.yaml"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(outcome.err, HasSubstr("unknown verb comapre (did you mean compare?)"));
  EXPECT_THAT(ketensim({"xyzzyx"}).err, HasSubstr("see ketensim --help"));
}

TEST(Usage, AnUnknownOptionIsNamedWithTheNearestOne) {
  const Outcome outcome = ketensim({"run", "a.yaml", "--replication", "3"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("unknown option --replication (did you mean --replications?)"));
}

TEST(Usage, NoVerbAndNoFilesAreErrors) {
  EXPECT_EQ(ketensim({}).status, 2);
  EXPECT_EQ(ketensim({"run"}).status, 2);
  EXPECT_EQ(ketensim({"check"}).status, 2);
  EXPECT_EQ(ketensim({"compare", "one.yaml"}).status, 2);
  EXPECT_EQ(ketensim({"report"}).status, 2);
  EXPECT_EQ(ketensim({"format"}).status, 2);
}

TEST(Usage, NumbersOutOfRangeAreErrors) {
  const std::string scenario = example("one-queue.yaml").string();
  const std::vector<std::vector<std::string>> wrong{{"--replications", "0"},
                                                    {"--replications=-1"},
                                                    {"--replications", "1000001"},
                                                    {"--replications", "3.5"},
                                                    {"--replications", "x"},
                                                    {"--threads", "0"},
                                                    {"--seed=-1"},
                                                    {"--seed", "18446744073709551616"},
                                                    {"--lang", "de"},
                                                    {"--cases", "1"},
                                                    {"--out="},
                                                    {"--threads"},
                                                    {"--seed", "1", "--seed", "2"}};
  for (std::vector<std::string> options : wrong) {
    options.insert(options.begin(), {"run", scenario});
    const Outcome outcome = ketensim(options);
    EXPECT_EQ(outcome.status, 2) << options[2];
    EXPECT_THAT(outcome.out, IsEmpty()) << options[2];
    EXPECT_THAT(outcome.err, StartsWith("ketensim: ")) << options[2];
  }
}

TEST(Usage, TheFormatTellsItself) {
  EXPECT_THAT(ketensim({"format", "--schema"}).out, StartsWith("{"));
  EXPECT_THAT(ketensim({"format", "--reference"}).out, StartsWith("#"));
}

}  // namespace
}  // namespace ketensim::tests
