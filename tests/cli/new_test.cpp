#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/command.hpp"

namespace ketensim::tests {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

TEST(New, WritesAScenarioThatIsValidWithoutAWarningAndRuns) {
  const Folder folder;
  const std::string path = (folder / "out").string(), file = (folder / "out" / "my-chain.yaml").string();
  const Outcome made = ketensim({"new", "my-chain", "--out", path});
  ASSERT_EQ(made.status, 0) << made.err;
  EXPECT_THAT(content(file), HasSubstr("name: my-chain\n"));
  EXPECT_THAT(content(file), Not(HasSubstr("@")));
  const Outcome checked = ketensim({"check", file});
  EXPECT_EQ(checked.status, 0);
  EXPECT_THAT(checked.err, IsEmpty());
  EXPECT_EQ(ketensim({"run", file, "--replications", "2", "--quiet"}).status, 0);
}

TEST(New, OverwritesNothing) {
  const Folder folder;
  const std::string path = (folder / "out").string();
  ASSERT_EQ(ketensim({"new", "mine", "--out", path}).status, 0);
  const Outcome again = ketensim({"new", "mine", "--out", path});
  EXPECT_EQ(again.status, 2);
  EXPECT_THAT(again.err, HasSubstr("is there already"));
}

TEST(New, TakesNoNameThatMeansSomethingElsewhere) {
  const Folder folder;
  for (const char* name : {"../mine", "a b", "1st", "x:y"})
    EXPECT_EQ(ketensim({"new", name, "--out", (folder / "out").string()}).status, 2) << name;
}

TEST(Excel, WritesTablesAsADutchSpreadsheetOpensThem) {
  const Folder folder;
  const std::string path = (folder / "out").string(),
                    file = std::string(KETENSIM_SOURCE_DIR) + "/scenarios/examples/one-queue.yaml";
  ASSERT_EQ(ketensim({"compare", file, file, "--replications", "2", "--excel", "--quiet", "--out", path}).status, 0);
  EXPECT_THAT(content(folder / "out" / "indicators.csv"),
              StartsWith("\xEF\xBB\xBFscenario;organisation;step;period;indicator;statistic;value\n"));
  EXPECT_THAT(content(folder / "out" / "effects.csv"),
              StartsWith("\xEF\xBB\xBFscenario;baseline;organisation;step;period;indicator;statistic;value\n"));
}

}  // namespace
}  // namespace ketensim::tests
