#include "tools/report/study/sources.hpp"

#include <gtest/gtest.h>

namespace ketensim::report {
namespace {

TEST(Sources, FindTheFilesOfAScenarioWithTheirFingerprints) {
  const auto files =
      files_of("# ---- chain.yaml\na: 1\n\n# ---- top.yaml\nbase: chain.yaml\n\n# ---- draws.csv: FNV-1a 00ff\n");
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(files[0].name, "chain.yaml");
  EXPECT_EQ(files[0].text, "a: 1\n");
  EXPECT_EQ(files[1].text, "base: chain.yaml\n");
  EXPECT_EQ(files[2].name, "draws.csv");
  EXPECT_EQ(files[2].fingerprint, "00ff");
  EXPECT_TRUE(files[2].text.empty());
  EXPECT_EQ(files_of("# ---- other.yaml\na: 1\n")[0].fingerprint, files[0].fingerprint);
  EXPECT_NE(files[0].fingerprint, files[1].fingerprint);
}

Mark only_mark(const std::string& line) {
  const auto figures = marked_figures("format: ketensim/1\n" + line + "\n");
  EXPECT_EQ(figures.size(), 1U) << line;
  return figures.empty() ? Mark::assumed : figures[0].mark;
}

TEST(Sources, ReadMarksAsScenariosWriteThem) {
  EXPECT_EQ(only_mark("norm: {lead_time: 5 working days}   # V meldcode.nu/triage"), Mark::open_source);
  EXPECT_EQ(only_mark("rate: 195 / year   # D: Twente's share (CBS)"), Mark::derived);
  EXPECT_EQ(only_mark("wait: 2 weeks   # about 2 weeks G"), Mark::general);
  EXPECT_EQ(only_mark("weekday: {sat: 0.15}   # A"), Mark::assumed);
  EXPECT_EQ(only_mark("rate: 4702.22 / year  # per day 12.9 (se 0.16; 95% 12.6 to 13.2)"), Mark::measured);
}

TEST(Sources, CountTheWeakestOfSeveralMarks) {
  EXPECT_EQ(only_mark("children: {1: 0.70}   # 1.42 a family: within 1.22-1.5 D; the shares A"), Mark::assumed);
}

TEST(Sources, TakeNoSentenceForAMark) {
  EXPECT_TRUE(marked_figures("format: ketensim/1\n  # A tenth fewer reports.\nrate: 1\n").empty());
  EXPECT_TRUE(marked_figures("# A: the first to replace\nformat: ketensim/1\n").empty());  // speaks of the file
  EXPECT_TRUE(marked_figures("name: \"a # V tubantia.nl\"\n").empty());
}

TEST(Sources, GiveARemarkAboveToTheFigureBelow) {
  const auto figures =
      marked_figures("steps:\n  # mean 54 days (se 0.3; 95% 53.4\n  # to 54.6)\n  duration: {gamma: 1}\n");
  ASSERT_EQ(figures.size(), 1U);
  EXPECT_EQ(figures[0].figure, "duration: {gamma: 1}");
  EXPECT_EQ(figures[0].remark, "mean 54 days (se 0.3; 95% 53.4 to 54.6)");
}

}  // namespace
}  // namespace ketensim::report
