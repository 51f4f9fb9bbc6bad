#include "tools/results/spreadsheet.hpp"

#include <gtest/gtest.h>

namespace ketensim {
namespace {

TEST(Spreadsheet, SeparatesBySemicolonsAndWritesADecimalComma) {
  EXPECT_EQ(for_spreadsheet("scenario,period,value\nbase,2024-01-01,12.5\nbase,all,\n"),
            "\xEF\xBB\xBFscenario;period;value\nbase;2024-01-01;12,5\nbase;all;\n");
}

TEST(Spreadsheet, LeavesPointsInOtherColumns) {
  EXPECT_EQ(for_spreadsheet("scenario,value,step\n1.5,1.5e-05,a.b\n"),
            "\xEF\xBB\xBFscenario;value;step\n1.5;1,5e-05;a.b\n");
}

TEST(Spreadsheet, KeepsQuotedFieldsAndQuotesWhatASemicolonWouldPart) {
  EXPECT_EQ(for_spreadsheet("scenario,value\n\"a,\"\"b\"\"\nc\",1.5\nd;e,2\n"),
            "\xEF\xBB\xBFscenario;value\n\"a,\"\"b\"\"\nc\";1,5\n\"d;e\";2\n");
}

}  // namespace
}  // namespace ketensim
