// A scenario that starts from a state: what it reads, and what it says of a state that does not hang together.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "ketensim/simulate.hpp"
#include "tests/unit/load_files.hpp"

namespace ketensim::tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;

const std::string kHeader =
    "child,family,case,first_received,organisation,step,received,started,ended,next,urgency,municipality\n";

/// mini-chain.yaml from the end of 2023 on.
class FromState : public testing::Test {
 protected:
  FromState() { folder_.put("mini-chain.yaml", mini_chain()); }

  Loaded from(const std::string& csv, const std::string& more = "snapshot: 2023-12-31\n") {
    folder_.put("state.csv", csv);
    folder_.put("over.yaml",
                "format: ketensim/1\nbase: mini-chain.yaml\nstart_from: state.csv\ntime: {warm_up: 0 days}\n" + more);
    return folder_.load("over.yaml", options_);
  }
  std::string errors(const std::string& rows) { return errors_of(from(kHeader + rows)); }
  std::string warnings(const std::string& rows) {
    const Loaded loaded = from(kHeader + rows);
    EXPECT_TRUE(loaded.ok()) << errors_of(loaded);
    std::string text;
    for (const Diagnostic& diagnostic : loaded.diagnostics)
      if (diagnostic.file == "state.csv") text += diagnostic.text() + "\n";
    return text;
  }

  Folder folder_;
  LoadOptions options_;
};

TEST_F(FromState, ReadsEveryKindOfRow) {
  const Loaded loaded = from(kHeader +
                             "k1,f1,c1,2023-10-01,VTT,research,2023-11-01,2023-12-01,,,crisis,GM0141\n"
                             "k2,f1,c2,2023-12-01T12:00,VTT,research,2023-12-02T06:00:00.5,,,,regular,\n"
                             "\"k,3\",f2,c3,2023-10-01,VTT,research,2023-11-01,2023-12-01,2023-12-30,GM0141.access,,\n"
                             "k4,f3,c4,,VTT,triage,,,2023-12-24,out,,\n");
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  ASSERT_TRUE(loaded.scenario.state);
  const ChainState& state = *loaded.scenario.state;
  EXPECT_EQ(state.snapshot, (Date{std::chrono::year{2023} / 12 / 31}));
  ASSERT_EQ(state.cases.size(), 4u);
  EXPECT_EQ(state.cases[0].step, "VTT.research");
  EXPECT_EQ(state.cases[0].line, 2);
  EXPECT_THAT(state.cases[0].attributes, ElementsAre(Pair("urgency", "crisis"), Pair("municipality", "GM0141")));
  EXPECT_EQ(state.cases[0].started - state.cases[0].received, 30.0);
  EXPECT_TRUE(std::isnan(state.cases[1].started));
  EXPECT_NEAR(state.cases[1].received - state.cases[1].first_received, 0.75 + 0.5 / 86'400.0, 1e-9);
  EXPECT_EQ(state.cases[2].child, "k,3");
  EXPECT_EQ(state.cases[2].next, "GM0141.access");
  EXPECT_EQ(state.cases[3].next, "out");
  EXPECT_THAT(loaded.scenario.text, Not(HasSubstr("GM0141.access,,")));  // the rows are no part of the provenance
  EXPECT_GT(simulate({loaded.scenario}, {1, 0, {}}).front().events, 0.0);
}

TEST_F(FromState, ReadsTheStateOfACalibratedChain) {
  folder_.put("2023-Q4/chain.yaml", mini_chain() + "snapshot: 2023-12-31\n");
  folder_.put("2023-Q4/state.csv",
              kHeader + "k1,f1,c1,2023-10-01,VTT,research,2023-11-01,2023-12-01,,,crisis,GM0141\n");
  folder_.put("over.yaml", "format: ketensim/1\nbase: calibrated\nstart_from: calibrated\ntime: {warm_up: 0 days}\n");
  const Loaded loaded = folder_.load("over.yaml", {folder_ / "2023-Q4"});
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  EXPECT_EQ(loaded.scenario.state->cases.size(), 1u);
  EXPECT_THAT(errors_of(folder_.load("over.yaml")), HasSubstr("over.yaml:2:7: error: `base: calibrated`"));
  folder_.put("alone.yaml", mini_chain() + "snapshot: 2023-12-31\nstart_from: calibrated\n");
  EXPECT_THAT(errors_of(folder_.load("alone.yaml")), HasSubstr("error: `start_from: calibrated` is the state"));
}

TEST_F(FromState, IsFoundBesideTheFileThatNamesIt) {
  folder_.put("base/state.csv", kHeader);
  folder_.put("base/chain.yaml", mini_chain() + "snapshot: 2023-12-31\nstart_from: state.csv\n");
  folder_.put("over.yaml", "format: ketensim/1\nbase: base/chain.yaml\ntime: {warm_up: 0 days}\n");
  const Loaded loaded = folder_.load("over.yaml");
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  EXPECT_TRUE(loaded.scenario.state && loaded.scenario.state->cases.empty());
  folder_.put("empty.yaml", "format: ketensim/1\nbase: base/chain.yaml\nstart_from: ~\n");
  EXPECT_FALSE(folder_.load("empty.yaml").scenario.state);
}

TEST_F(FromState, NeedsASnapshotAndNoWarmUpAndALaterStart) {
  EXPECT_THAT(errors_of(from(kHeader, "")), HasSubstr("over.yaml:3:13: error: `snapshot` is missing"));
  EXPECT_THAT(errors_of(from(kHeader, "snapshot: 2024-01-01\n")),
              HasSubstr("error: the start must come after the snapshot"));
  EXPECT_THAT(errors_of(from(kHeader, "snapshot: soon\n")), HasSubstr("over.yaml:5:11: error: expected a date"));
  EXPECT_TRUE(from(kHeader, "snapshot: 2023-11-30\n").ok());
  folder_.put("warm.yaml", "format: ketensim/1\nbase: mini-chain.yaml\nstart_from: state.csv\nsnapshot: 2023-12-31\n");
  EXPECT_THAT(errors_of(folder_.load("warm.yaml")), HasSubstr("needs no warm-up: set `warm_up: 0 days`"));
}

TEST_F(FromState, SaysAllThatDoesNotHangTogetherAtOnceWithItsPlace) {
  const std::string found = errors(
      "k1,f,c1,2023-10-01,VTT,reserch,2023-11-01,,,,,\n"
      "k2,f,c2,2023-10-01,VTX,research,2023-11-01,,,,,\n"
      "k3,f,c3,2023-10-01,VTT,research,2023-11-01,2023-10-20,,,,\n"
      "k4,f,c4,2023-10-01,VTT,research,2023-11-01,2023-12-20,2023-12-10,GM0141.access,,\n"
      "k5,f,c5,2023-10-01,VTT,research,2024-01-01,,,,,\n"
      "k6,f,c6,2023-12-01,VTT,research,2023-11-01,,,,,\n"
      "k7,f,c7,2023-10-01,VTT,research,2023-11-31,,,,,\n"
      "k8,f,c8,2023-10-01,VTT,research,2023-11-01,,,,crsis,\n"
      "k9,f,c9,2023-10-01,VTT,research,2023-11-01,,2023-12-01,GM0141.acces,,\n"
      "k10,f,c10,2023-10-01,VTT,research,,,,,,\n"
      ",f,c11,,VTT,research,2023-11-01,,,,,\n"
      "k12,f,c12,2023-10-01,GEM,access,2023-11-01,,,,,\n"
      "k13,f,c13,2023-10-01,VTT,research,2023-11-01,2023-11-02,,out,,\n"
      "k14,f,c14,2023-10-01,,research,2023-11-01,,,,,\n"
      "k13,f,c13,2023-10-01,VTT,research,2023-11-01,,,,,\n"
      "k15,f,c15,2023-10-01,VTT\n");
  for (const char* error :
       {"state.csv:2:24: error: unknown step (did you mean `research`?)",
        "state.csv:3:20: error: unknown organisation (did you mean `VTT`?)",
        "state.csv:4:44: error: `started` lies before `received`",
        "state.csv:5:55: error: `ended` lies before `started`", "state.csv:6:33: error: this lies after the snapshot",
        "state.csv:7:33: error: `received` lies before `first_received`",
        "state.csv:8:33: error: expected a day that exists",
        "state.csv:9:47: error: unknown value of urgency (did you mean `crisis`?)",
        "state.csv:10:56: error: unknown step (did you mean `access`?)",
        "state.csv:11:35: error: `received` is missing", "state.csv:12:1: error: `child` is missing",
        "state.csv:12:8: error: `first_received` is missing",
        "state.csv:13:22: error: GEM stands for its members: name the one at which the case is",
        "state.csv:14:57: error: `next` says where it goes, but it has not `ended`",
        "state.csv:15:22: error: `organisation` is missing",
        "state.csv:16:7: error: this case stands at this step in an earlier row too",
        "state.csv:17: error: this row has 5 values, the header 12 columns"})
    EXPECT_THAT(found, HasSubstr(error));
  EXPECT_EQ(std::count(found.begin(), found.end(), '\n'), 17) << found;
}

TEST_F(FromState, NamesNoChild) {
  const std::string found = errors(
      "child-77,family-77,case-77,child-77,child-77,child-77,child-77,child-77,child-77,child-77,child-77,child-77\n");
  EXPECT_THAT(found, Not(IsEmpty()));
  EXPECT_THAT(found, Not(HasSubstr("-77")));
  EXPECT_THAT(errors_of(from("child-77,family-77,case-77\nchild-78,family-78,case-78\n")), Not(HasSubstr("-77")));
}

TEST_F(FromState, SaysWhatIsWrongWithTheFile) {
  const std::string row = "k1,f1,c1,2023-10-01,VTT,research,2023-11-01,,,,,\n";
  EXPECT_THAT(errors_of(from("")), HasSubstr("state.csv: error: the file is empty"));
  EXPECT_THAT(errors_of(from("\xFF\xFEk")), HasSubstr("state.csv: error: the file is UTF-16"));
  EXPECT_THAT(errors_of(from(kHeader + "k\xE9,f1,c1,2023-10-01,VTT,research,2023-11-01,,,,,\n")),
              HasSubstr("state.csv:2:2: error: this is not UTF-8 text (byte 0xE9)"));
  EXPECT_THAT(errors_of(from(kHeader + row + "k2,f1,c2,2023-10-01,VTT,resea")),
              HasSubstr("state.csv:3: error: the file ends within this row"));
  EXPECT_THAT(errors_of(from(kHeader + "\"k1,f1\n")), HasSubstr("state.csv:2:1: error: a quote is opened here"));
  EXPECT_THAT(errors_of(from(kHeader + "\"k1\"x,f1\n")),
              HasSubstr("state.csv:2:5: error: text follows a closing quote"));
  EXPECT_THAT(
      errors_of(from("child,urgncy\n")),
      HasSubstr("state.csv:1:7: error: unknown column: it is no attribute of the chain (did you mean `urgency`?)"));
  EXPECT_THAT(errors_of(from("child,urgncy\n")), HasSubstr("state.csv:1: error: column `case` is missing"));
  EXPECT_THAT(errors_of(from("child,child\n")), HasSubstr("state.csv:1:7: error: there are two columns `child`"));
  EXPECT_THAT(errors_of(from("\xEF\xBB\xBF" + kHeader + row.substr(0, row.size() - 1))), IsEmpty());

  folder_.put("gone.yaml",
              "format: ketensim/1\nbase: mini-chain.yaml\nstart_from: gone.csv\nsnapshot: 2023-12-31\n"
              "time: {warm_up: 0 days}\n");
  const Loaded gone = folder_.load("gone.yaml");
  EXPECT_TRUE(gone.unreadable);
  EXPECT_THAT(errors_of(gone), HasSubstr("gone.yaml:3:13: error: state gone.csv: cannot open: No such file"));
}

TEST_F(FromState, TellsEachRepairOnceWithItsCount) {
  std::string rows;
  for (int i = 0; i < 12; ++i)
    rows += "k" + std::to_string(i) + ",f,c" + std::to_string(i) + ",2023-10-01,VTT,research,2023-11-01,,,,,\n";
  rows +=
      "m1,f,m1,2023-10-01,GM0141,access,2023-11-01,,,,regular,GM0153\n"
      "m2,f,m2,2023-10-01,VTT,triage,2023-11-01,,,,regular,GM0153\n"
      "m2,f,m2,2023-10-01,VTT,research,2023-11-01,,,,regular,GM0153\n"
      "m3,f,m3,2023-06-01,VTT,triage,2023-06-01,,2023-06-20,out,regular,GM0153\n"
      "m3,f,m4,2023-10-01,VTT,triage,2023-11-01,,,,regular,GM0153\n";
  const std::string told = warnings(rows);
  for (const char* warning :
       {"state.csv: warning: 12 cases with an attribute that is not known: drawn by the shares of the arrivals",
        "state.csv: warning: 1 case at another member than the attribute says",
        "state.csv: warning: 2 cases (rows) of cases that stand at several steps",
        "state.csv: warning: 1 case that left the chain (or ended, nobody knows for where), of children who are in "
        "the"})
    EXPECT_THAT(told, HasSubstr(warning));
  EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 4) << told;
}

TEST_F(FromState, SaysNothingOfAMemberThatIsNotYetChosen) {
  std::string rows;
  for (int i = 0; i < 12; ++i)
    rows += "k" + std::to_string(i) + ",f,c" + std::to_string(i) + ",2023-10-01,VTT,research,2023-11-01,,,,regular,\n";
  EXPECT_THAT(warnings(rows), IsEmpty());
  // But where most cases at a step tell it, the others could.
  std::string told;
  for (int i = 0; i < 12; ++i)
    told += "k" + std::to_string(i) + ",f,c" + std::to_string(i) + ",2023-10-01,VTT,research,2023-11-01,,,,regular," +
            (i < 8 ? "GM0153\n" : "\n");
  EXPECT_THAT(warnings(told), HasSubstr("4 cases with an attribute that is not known"));
}

}  // namespace
}  // namespace ketensim::tests
