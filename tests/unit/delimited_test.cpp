#include "scenarios/loader/delimited.hpp"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/loader/moment.hpp"

namespace ketensim::loader {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// All rows, cells between bars.
std::vector<std::string> rows_of(std::string_view text) {
  DelimitedReader reader(text);
  std::vector<std::string> rows;
  std::vector<Cell> row;
  while (reader.next(row)) {
    std::string& line = rows.emplace_back();
    for (std::size_t i = 0; i < row.size(); ++i) line += (i == 0 ? "" : "|") + row[i].text;
  }
  EXPECT_THAT(reader.problems(), IsEmpty());
  return rows;
}

std::vector<std::string> problems_of(std::string_view text) {
  DelimitedReader reader(text);
  std::vector<Cell> row;
  while (reader.next(row)) continue;
  std::vector<std::string> lines;
  for (const DelimitedProblem& p : reader.problems())
    lines.push_back(fmt::format("{}:{}: {}", p.line, p.column, p.message));
  return lines;
}

TEST(Delimited, ReadsLinesByEitherEndWithOrWithoutAMark) {
  for (const char* text : {"a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n",
                           "\xEF\xBB\xBF"
                           "a,b\n1,2\n3,4",
                           "\n\na,b\n\n1,2\n3,4\n\r\n\n"})
    EXPECT_THAT(rows_of(text), ElementsAre("1|2", "3|4")) << text;
}

TEST(Delimited, ReadsQuotesAsTheStandardHasThem) {
  EXPECT_THAT(rows_of("a,b\n\"x, \"\"y\"\"\",\"two\nlines\"\n\"\",\n"), ElementsAre("x, \"y\"|two\nlines", "|"));
}

TEST(Delimited, KnowsWhereACellBegins) {
  DelimitedReader reader("a,b,c\n\"é\né\",é,x\n1,2,3\n");
  std::vector<Cell> row;
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row[1].line, 3);
  EXPECT_EQ(row[1].column, 4);
  EXPECT_EQ(row[2].column, 6);  // in characters, not bytes
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row[0].line, 4);
  EXPECT_EQ(reader.header()[2].column, 5);
}

TEST(Delimited, LeavesOutARowThatIsNoneAndGoesOn) {
  EXPECT_THAT(
      problems_of("a,b\n1\n1,2,3\nx\"y,1\n\"x\"y,1\n1\r,2\n3,4\n"),
      ElementsAre("2:1: this row has 1 cell, and the header has 2", "3:1: this row has 3 cells, and the header has 2",
                  HasSubstr("4:2: a quote within a cell"), HasSubstr("5:4: text after the closing quote"),
                  HasSubstr("6:2: a carriage return that ends no line")));
  EXPECT_THAT(problems_of("a,b\n\"1,2\n3,4\n"), ElementsAre("2:1: this quote is never closed"));
}

TEST(Delimited, NeedsAHeaderOfDistinctNames) {
  for (const char* text : {"", "\n\n", "\xEF\xBB\xBF"})
    EXPECT_THAT(problems_of(text), ElementsAre("0:0: the file is empty: a header is missing"));
  EXPECT_THAT(problems_of("a,,a\n1,2,3\n"),
              ElementsAre("1:3: this column has no name", "1:4: there are two columns `a`"));
  EXPECT_THAT(problems_of("a;b\n1;2\n"), ElementsAre("1:1: the cells are separated by `;`: write commas"));
  EXPECT_THAT(problems_of("a\tb\n1\t2\n"), ElementsAre("1:1: the cells are separated by tabs: write commas"));
  EXPECT_THAT(rows_of("a,b\n"), IsEmpty());
}

TEST(Delimited, StopsAtWhatIsNoTable) {
  const std::string huge(DelimitedReader::kLongestRow + 10, 'x');
  EXPECT_THAT(problems_of("a,b\n1,2\n1," + huge + "\n1,2\n"),
              ElementsAre(HasSubstr("3:1: this row is longer than 65536")));
  EXPECT_THAT(problems_of(huge), ElementsAre(HasSubstr("1:1: this row is longer than 65536")));
  EXPECT_THAT(problems_of("a,b\n\"" + huge + "\",1\n"), ElementsAre("2:1: this quote is never closed"));
  EXPECT_THAT(problems_of(std::string(2000, ',')), ElementsAre(HasSubstr("1:1001: more than 1000 cells")));
  std::string bad = "a,b\n";
  for (int i = 0; i < 500; ++i) bad += "1\n";
  EXPECT_THAT(problems_of(bad), SizeIs(DelimitedReader::kMostProblems));
}

TEST(Moments, AreDatesWithOrWithoutATime) {
  EXPECT_EQ(*read_moment("1970-01-02").value, 1.0);
  EXPECT_EQ(*read_moment("1970-01-02T06:00").value, 1.25);
  EXPECT_EQ(*read_moment("1970-01-02 18:00:00").value, 1.75);
  EXPECT_NEAR(*read_moment("1970-01-01T00:00:00.864").value, 1e-5, 1e-15);
  for (const char* text : {"", "1970-01-2", "1970-13-01", "02-01-1970", " 1970-01-02", "1970-01-02T", "1970-01-02T6:00",
                           "1970-01-02T24:00", "1970-01-02T12:60", "1970-01-02T12:00:60", "1970-01-02T12:00Z",
                           "1970-01-02T12:00:00+01:00", "1970-01-02T12:00:00.", "1970-01-02x12:00",
                           "1970-01-02T12:00:00,5", "1970-01-02T12:0", "1970-01-02T12-00", "19700102", "1e9"})
    EXPECT_FALSE(read_moment(text)) << text;
}

}  // namespace
}  // namespace ketensim::loader
