#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/monitor/deliveries.hpp"

namespace ketensim::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path kScenarios = fs::path(KETENSIM_SOURCE_DIR) / "scenarios";

/// The errors of the desk's import file with one piece of it replaced.
std::string errors(const std::string& piece, const std::string& by) {
  std::string text = desk();
  const std::size_t at = text.find(piece);
  EXPECT_NE(at, std::string::npos) << piece;
  text.replace(at, piece.size(), by);
  const Folder folder;
  const LoadedImport loaded = load_import(folder.put("import.yaml", text));
  EXPECT_FALSE(loaded.ok());
  std::string said;
  for (Diagnostic diagnostic : loaded.diagnostics) {
    diagnostic.file = "import.yaml";
    said += diagnostic.text() + "\n";
  }
  return said;
}

TEST(Import, DocumentsFollowTheirTables) {
  EXPECT_EQ(content(kScenarios / "IMPORT.md"), import_reference())
      << "ketensim format --reference --import > scenarios/IMPORT.md";
  EXPECT_EQ(content(kScenarios / "ketensim-import.schema.json"), import_schema())
      << "ketensim format --schema --import > scenarios/ketensim-import.schema.json";
}

TEST(Import, TheShortestUsefulFileOfTheReferenceIsRead) {
  const std::string text = content(kScenarios / "IMPORT.md");
  const std::size_t begin = text.find("```yaml\n") + 8;
  const MonitorRead done = read(text.substr(begin, text.find("```", begin) - begin),
                                {{"desk.csv", "number,came,began,left\n7,2020-01-02,2020-01-03,2020-01-04\n"}});
  EXPECT_EQ(said(done), "");
  ASSERT_EQ(done.monitor.visits.size(), 1u);
  EXPECT_EQ(done.monitor.from, Date(std::chrono::days(static_cast<int>(day("2020-01-02")))));
  EXPECT_EQ(done.monitor.until, Date(std::chrono::days(static_cast<int>(day("2020-01-05")))));
  EXPECT_FALSE(done.monitor.truncated);
}

TEST(Import, MistakesHaveTheirPlace) {
  EXPECT_THAT(errors("separator", "seperator"),
              HasSubstr("import.yaml:9:5: error: unknown key `seperator` (did you mean `separator`?)"));
  EXPECT_THAT(errors("organisation: D", "organisation: E"), HasSubstr("`E` is not one of the `organisations`"));
  EXPECT_THAT(errors("D.b", "D.bb"), HasSubstr("no delivery has a step `D.bb`"));
  EXPECT_THAT(errors("outcomes: {a:", "outcomes: {q:"), HasSubstr("`D` delivers no step `q`"));
  EXPECT_THAT(errors("received: came, started: began", "ended: x"), HasSubstr("the key `ended` is given twice"));
  EXPECT_THAT(errors("came, started: began", "came, moment: x"), HasSubstr("`moment` and `lifecycle` go together"));
  EXPECT_THAT(errors("received: came, started: began, ", ""), HasSubstr("nobody knows when a case came"));
  EXPECT_THAT(errors("snapshot: 2020-12-31", "snapshot: 2010-12-31"), HasSubstr("the snapshot lies before `from`"));
  EXPECT_THAT(errors("limit: 100%", "accept: {missing_strat: 3%}"),
              HasSubstr("no cleaning rule is called `missing_strat` (did you mean `missing_start`?)"));
  EXPECT_THAT(errors("ketensim-import/1", "ketensim/1"), HasSubstr("reads `format: ketensim-import/1` and no other"));
  EXPECT_THAT(errors("{name: Desk}", "{per: town}"),
              HasSubstr("an organisation for each `town`: name that attribute's column"));
}

TEST(Import, AMissingOrEmptyFileIsSaidToBe) {
  const Folder folder;
  EXPECT_TRUE(load_import(folder.path() / "none.yaml").unreadable);
  EXPECT_FALSE(load_import(folder.put("empty.yaml", "")).ok());
  EXPECT_TRUE(load_import(folder.path()).unreadable);
}

TEST(Import, CapacityIsMonthlyFte) {
  const std::string capacity =
      "capacity: [{file: fte.csv, columns: {organisation: org, step: step, month: month, fte: fte}}]\n";
  const std::string desk_rows = kDeskHeader + "k1;a;2020-03-02;;;\n";
  const MonitorRead done =
      read(desk() + capacity,
           {{"desk.csv", desk_rows}, {"fte.csv", "org,step,month,fte\nD,a,2020-02,\"1,5\"\nD,a,2020-03,2.25\n"}});
  EXPECT_EQ(said(done), "");
  ASSERT_EQ(done.monitor.capacity.size(), 2u);
  EXPECT_DOUBLE_EQ(done.monitor.capacity[0].fte, 1.5);
  EXPECT_EQ(done.monitor.capacity[1].month, Date(std::chrono::days(static_cast<int>(day("2020-03-01")))));
  for (const auto& [row, problem] :
       std::vector<std::pair<std::string, std::string>>{{"E,a,2020-02,1", "`E` is no organisation"},
                                                        {"D,a,2020-14,1", "is no month"},
                                                        {"D,a,2020-02,-1", "is no number of fte"}})
    EXPECT_THAT(
        said(read(desk() + capacity, {{"desk.csv", desk_rows}, {"fte.csv", "org,step,month,fte\n" + row + "\n"}})),
        HasSubstr(problem));
}

}  // namespace
}  // namespace ketensim::tests
