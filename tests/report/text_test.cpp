#include "tools/report/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "tests/report/synthetic.hpp"

namespace ketensim::report {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

std::size_t widest_line(const std::string& text) {
  std::istringstream lines(text);
  std::size_t widest = 0;
  for (std::string line; std::getline(lines, line);) {
    std::size_t width = 0;
    for (const char c : line) width += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    widest = std::max(widest, width);
  }
  return widest;
}

TEST(TextTables, FitAHundredColumns) { EXPECT_LE(widest_line(text_tables(tests::synthetic_comparison(), {})), 100U); }

TEST(TextTables, BreakNamesOfColumnsThatAreWiderThanTheirCells) {
  const Table table{"Title", {{"step", ""}, {"waiting at end", "cases"}}, {{"VTT.research", "12 ±3"}}, {"A note."}};
  EXPECT_EQ(set_out(table),
            "\nTitle\n"
            "                waiting\n"
            "  step           at end\n"
            "                  cases\n"
            "  VTT.research    12 ±3\n"
            "  A note.\n");
}

TEST(TextTables, FitANarrowTerminalWithTheFirstColumnAgain) {
  const Table table{"Title", {{"step", ""}, {"waiting", ""}, {"wait", "days"}}, {{"VTT.research", "12 ±3", "4.0"}}, {}};
  EXPECT_EQ(set_out(table, {26, false}),
            "\nTitle\n"
            "  step          waiting\n"
            "  VTT.research    12 ±3\n"
            "\n"
            "  step          wait\n"
            "                days\n"
            "  VTT.research   4.0\n");
  EXPECT_LE(widest_line(text_tables(tests::synthetic_comparison(), {false, kAllScenarios, {80, false}})), 80U);
}

TEST(TextTables, HaveColoursOnlyWhereTheyAreUnderstood) {
  const Table table{"Title", {{"step", ""}}, {{"VTT.research"}}, {"A note."}};
  EXPECT_THAT(set_out(table, {80, true}), HasSubstr("\033[1mTitle\033[0m\n"));
  EXPECT_THAT(set_out(table, {80, true}), HasSubstr("\033[2m  A note.\033[0m\n"));
  EXPECT_THAT(set_out(table, {80, false}), Not(HasSubstr("\033")));
}

TEST(TextTables, ShowAGroupByItsTotalUnlessAllMembersAreWanted) {
  const Study study = tests::synthetic_comparison();
  EXPECT_THAT(text_tables(study, {}), HasSubstr("GEM.access"));
  EXPECT_THAT(text_tables(study, {}), Not(HasSubstr("GM0153")));
  EXPECT_THAT(text_tables(study, {true}), HasSubstr("GM0153.access"));
}

TEST(TextTables, ShowTheMembersOfASmallGroup) {
  Study study = tests::synthetic_comparison();
  study.organisations.resize(study.organisations.size() - 2);  // three members left
  EXPECT_THAT(text_tables(study, {}), HasSubstr("GM0141.access"));
}

TEST(TextTables, ShowTheBurstAndWhereTheQueueGrows) {
  const std::string text = text_tables(tests::synthetic_comparison(), {});
  EXPECT_THAT(text, ContainsRegex("RVDK.research +Mar 2024 +Apr 2024 +\\+40.0 ±0 +Jun 2024"));
  EXPECT_THAT(text, ContainsRegex("VTT.research +0 +-40.0 ±0"));
  EXPECT_THAT(text, ContainsRegex("Where the queue grows most\n.*\n.*\n  RVDK.research"));
}

TEST(TextTables, OfAScenarioWithItselfSayThatNothingChanges) {
  const Study study = tests::synthetic_study({tests::synthetic_results({}), tests::synthetic_results({})}, true);
  const std::string text = text_tables(study, {});
  EXPECT_THAT(text, HasSubstr("every difference is exactly zero"));
  EXPECT_THAT(text, ContainsRegex("children in the chain at the end +[0-9.]+ ±[0-9.]+ +0\n"));
}

TEST(TextTables, OfOneReplicationDoNotClaimEffects) {
  EXPECT_THAT(text_tables(tests::synthetic_comparison(1), {}), HasSubstr("chance cannot be told from effect"));
}

}  // namespace
}  // namespace ketensim::report
