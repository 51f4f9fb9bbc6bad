#include "calibration/monitor/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/monitor/deliveries.hpp"

namespace ketensim::tests {
namespace {

using monitor::BadFile;
using monitor::CsvReader;
using testing::HasSubstr;
using Table = std::vector<std::vector<std::string>>;

Table table(const std::string& text, Encoding encoding = Encoding::utf8, std::vector<int>* lines = nullptr) {
  const Folder folder;
  CsvReader csv(folder.put("t.csv", text), ';', encoding);
  Table rows{csv.header()};
  while (csv.next()) {
    rows.emplace_back(csv.values().begin(), csv.values().end());
    if (lines) lines->push_back(csv.line());
  }
  return rows;
}

BadFile problem(const std::string& text, Encoding encoding = Encoding::utf8) {
  try {
    table(text, encoding);
  } catch (const BadFile& bad) {
    return bad;
  }
  return {};
}

TEST(Csv, EndsLinesInLfOrCrlf) {
  const Table expected{{"a", "b"}, {"1", "2"}, {"3", ""}};
  EXPECT_EQ(table("a;b\n1;2\n3;\n"), expected);
  EXPECT_EQ(table("a;b\r\n1;2\r\n3;\r\n"), expected);
  EXPECT_EQ(table("a;b\n1;2\n3;"), expected);
  EXPECT_EQ(table("\xEF\xBB\xBF"
                  "a;b\n\n1;2\n\r\n3;\n\n"),
            expected);
}

TEST(Csv, QuotedValuesHoldSeparatorsQuotesAndLineBreaks) {
  std::vector<int> lines;
  const Table expected{{"a", "b"}, {"1;2", "say \"hi\""}, {"x\r\ny\nz", ""}, {"", "\""}, {"p", "q"}};
  EXPECT_EQ(
      table("\"a\";b\n\"1;2\";\"say \"\"hi\"\"\"\n\"x\r\ny\nz\";\"\"\r\n;\"\"\"\"\np;q\n", Encoding::utf8, &lines),
      expected);
  EXPECT_EQ(lines, (std::vector<int>{2, 3, 6, 7}));
}

TEST(Csv, AQuoteWithinAPlainValueIsText) { EXPECT_EQ(table("a\n5\" pipe\n")[1][0], "5\" pipe"); }

TEST(Csv, ReadsWhatAnyWriterQuotes) {
  std::mt19937 random(7);
  const std::string letters = "ab;\"\n\r,\xC3";
  Table rows;
  std::string text;
  for (int i = 0; i < 20000; ++i) {
    rows.emplace_back();
    for (int column = 0; column < 3; ++column) {
      std::string value;
      for (std::size_t length = random() % 40; length > 0; --length) {
        const char c = letters[random() % letters.size()];
        value += c == '\xC3' ? std::string("\xC3\xA9") : std::string(1, c);
      }
      const bool must = value.find_first_of(";\"\r\n") != std::string::npos;
      std::string written = value;
      for (std::size_t at = 0; must && (at = written.find('"', at)) != std::string::npos; at += 2)
        written.insert(at, "\"");
      if (must || (column == 0 && value.empty())) written = '"' + written + '"';
      text += (column == 0 ? "" : ";") + written;
      rows.back().push_back(value);
    }
    text += i % 2 ? "\n" : "\r\n";
  }
  ASSERT_GT(text.size(), 1'000'000u);  // over many pieces
  EXPECT_EQ(table(text), rows);
}

TEST(Csv, TextOfOtherEncodingsBecomesUtf8) {
  EXPECT_EQ(table("a\ncaf\xE9\n", Encoding::latin1)[1][0], "caf\xC3\xA9");
  EXPECT_EQ(table("a\n\x80 5 \x96 Zo\xEB\n", Encoding::windows_1252)[1][0], "\xE2\x82\xAC 5 \xE2\x80\x93 Zo\xC3\xAB");
  EXPECT_THAT(problem("a\n\x80\n", Encoding::latin1).message, HasSubstr("no character of the encoding"));
  EXPECT_THAT(problem("a\n\x81\n", Encoding::windows_1252).message, HasSubstr("no character of the encoding"));
}

TEST(Csv, Utf8UnderAnotherNameIsNoticed) {
  const BadFile bad = problem("a\nx\ncaf\xC3\xA9\n", Encoding::windows_1252);
  EXPECT_EQ(bad.line, 3);
  EXPECT_THAT(bad.message, HasSubstr("the text is UTF-8"));
}

TEST(Csv, WhatIsNoUtf8HasItsPlace) {
  const BadFile bad = problem("a;b\n1;2\n3;caf\xE9\n");
  EXPECT_EQ(bad.line, 3);
  EXPECT_EQ(bad.column, 6);
  EXPECT_THAT(bad.message, HasSubstr("not UTF-8 text (byte 0xE9)"));
  for (const char* wrong : {"\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\xFF", "\x80"})
    EXPECT_FALSE(problem(std::string("a\n") + wrong + "x\n").message.empty());
  EXPECT_EQ(table("a\n\xF0\x9F\x98\x80\xE2\x82\xAC\xC3\xA9\n")[1][0], "\xF0\x9F\x98\x80\xE2\x82\xAC\xC3\xA9");
}

TEST(Csv, ACharacterMayLieAcrossTwoPieces) {
  std::string text = "a\n";
  text += std::string(262143 - text.size(), '\n') + "\xC3\xA9\n";
  EXPECT_EQ(table(text)[1][0], "\xC3\xA9");
}

TEST(Csv, ControlCharactersAreNoText) {
  EXPECT_THAT(problem(std::string("a\nx\0y\n", 6)).message, HasSubstr("byte 0x00"));
  EXPECT_THAT(problem("a\n12345678\n1234567\x01"
                      "890\n")
                  .message,
              HasSubstr("byte 0x01"));
}

TEST(Csv, AQuoteThatIsNeverClosedHasItsPlace) {
  const BadFile bad = problem("a;b\n1;2\n3;\"x\n4;5\n");
  EXPECT_EQ(bad.line, 3);
  EXPECT_THAT(bad.message, HasSubstr("opened here and never closed"));
  const BadFile far = problem("a;b\n1;\"2\n" + std::string(3'000'000, 'x'));
  EXPECT_EQ(far.line, 2);
  EXPECT_THAT(far.message, HasSubstr("not closed within a million"));
}

TEST(Csv, TextAfterAClosingQuoteIsAnError) {
  const BadFile bad = problem("a;b\n\"1\"2;3\n");
  EXPECT_EQ(bad.line, 2);
  EXPECT_THAT(bad.message, HasSubstr("text follows a closing quote"));
}

TEST(Csv, EveryRowHasAsManyValuesAsTheHeader) {
  const BadFile bad = problem("a;b\n1;2\n3\n4;5\n");
  EXPECT_EQ(bad.line, 3);
  EXPECT_EQ(bad.message, "this row has 1 values, the header 2 columns");
  EXPECT_THAT(problem("a;b\n1;2\n3").message, HasSubstr("the file ends within a row"));
}

}  // namespace
}  // namespace ketensim::tests
