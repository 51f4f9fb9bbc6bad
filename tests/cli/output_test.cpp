#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/cli/command.hpp"

namespace ketensim::tests {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

/// A quarter of the small chain: quick to run, with everything in it.
std::string chain(const Folder& folder) {
  return folder
      .put("chain.yaml", "format: ketensim/1\nname: Short\nbase: " + example("mini-chain.yaml").string() +
                             "\ntime: {start: 2024-01-01, end: 2024-04-01, warm_up: 2 years}\nreplications: 4\n")
      .string();
}

std::string cleared(const Folder& folder) {
  return folder
      .put("cleared.yaml",
           "format: ketensim/1\nname: Cleared\nbase: chain.yaml\ninterventions:\n"
           "  - clear_backlog: {step: VTT.research, on: 2024-02-01}\n"
           "  - capacity: {pool: RVDK.research, from: 2024-02-01, change: +20%}\n")
      .string();
}

TEST(RunOutput, IsATableAndNoFilesUnlessAFolderIsNamed) {
  const Folder folder;
  const Outcome outcome = ketensim({"run", chain(folder)});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("VTT.research"));
  EXPECT_THAT(outcome.err, Not(HasSubstr("replications")));  // no progress where it is piped
  EXPECT_THAT(folder.names(), ElementsAre("chain.yaml"));
}

TEST(RunOutput, IsFilesInTheFolderNamed) {
  const Folder folder;
  const Outcome outcome = ketensim({"run", chain(folder), "--out", (folder / "out").string(), "--cases", "1"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  for (const char* name : {"indicators.csv", "results.nc", "report.html", "cases.csv"})
    EXPECT_GT(fs::file_size(folder / "out" / name), 0U) << name;
  EXPECT_FALSE(fs::exists(folder / "out" / "effects.csv"));
  EXPECT_THAT(
      content(folder / "out/cases.csv"),
      StartsWith("scenario,replication,child,family,case,visit,organisation,step,received,started,ended,next,"));
  EXPECT_THAT(content(folder / "out/indicators.csv"), HasSubstr("\nchain,GEM,all,2024-02-01,inflow,mean,"));
}

TEST(RunOutput, DoesNotDependOnThreads) {
  const Folder folder;
  const std::string scenario = chain(folder);
  for (const char* threads : {"1", "2", "7"})
    ASSERT_EQ(ketensim({"run", scenario, "--threads", threads, "--out", (folder / threads).string()}).status, 0);
  for (const char* name : {"indicators.csv", "results.nc", "report.html"}) {
    EXPECT_EQ(content(folder / "1" / name), content(folder / "2" / name)) << name;
    EXPECT_EQ(content(folder / "1" / name), content(folder / "7" / name)) << name;
  }
}

TEST(RunOutput, FollowsSeedAndReplicationsOfTheCommand) {
  const Folder folder;
  const std::string scenario = chain(folder);
  EXPECT_THAT(ketensim({"run", scenario, "--replications", "2", "--seed", "5"}).out,
              HasSubstr("2 replications, seed 5"));
  EXPECT_NE(ketensim({"run", scenario, "--seed", "5"}).out, ketensim({"run", scenario, "--seed", "6"}).out);
}

TEST(RunOutput, OfTheSameFileTwiceIsOneScenario) {
  const Folder folder;
  const std::string scenario = chain(folder);
  EXPECT_EQ(ketensim({"run", scenario, scenario}).out, ketensim({"run", scenario}).out);
}

TEST(RunOutput, CanBeQuiet) {
  const Folder folder;
  const Outcome outcome = ketensim({"run", chain(folder), "--quiet", "--out", (folder / "out").string()});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(outcome.err, IsEmpty());
}

TEST(CompareOutput, HasEffectsOfEveryAlternative) {
  const Folder folder;
  const std::string base = chain(folder), alternative = cleared(folder);
  const Outcome outcome = ketensim({"compare", base, alternative, "--out", (folder / "out").string()});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const std::string effects = content(folder / "out/effects.csv");
  EXPECT_THAT(effects, HasSubstr("\ncleared,chain,VTT,research,2024-Q1,queue_mean,mean,-"));
  EXPECT_THAT(effects, HasSubstr("\ncleared,chain,VTT,research,all,queue_mean,mean,-"));
  EXPECT_THAT(outcome.out, HasSubstr("What changes"));
}

TEST(CompareOutput, SaysOnceWhatIsSuspectInTheChainThatAllStandOn) {
  const Folder folder;
  const std::string base = chain(folder), alternative = cleared(folder);
  std::istringstream warnings(ketensim({"compare", base, alternative}).err);
  std::set<std::string> told;
  for (std::string line; std::getline(warnings, line);) EXPECT_TRUE(told.insert(line).second) << line;
  EXPECT_FALSE(told.empty());  // VTT.research has more work than slots
}

TEST(CompareOutput, OfAScenarioWithItselfIsExactlyZero) {
  const Folder folder;
  const std::string scenario = chain(folder);
  ASSERT_EQ(ketensim({"compare", scenario, scenario, "--out", (folder / "out").string()}).status, 0);
  std::istringstream rows(content(folder / "out/effects.csv"));
  std::string row;
  std::getline(rows, row);
  std::size_t count = 0;
  for (; std::getline(rows, row); ++count) {
    ASSERT_THAT(row, StartsWith("chain,chain,"));
    const std::string value = row.substr(row.rfind(',') + 1);
    ASSERT_TRUE(value == "0" || value.empty()) << row;  // empty: undefined in every replication
  }
  EXPECT_GT(count, 1000U);
}

TEST(CompareOutput, OfEachRunsEveryInterventionAloneAndThenAll) {
  const Folder folder;
  const std::string base = chain(folder), alternative = cleared(folder);
  const Outcome outcome = ketensim({"compare", base, alternative, "--each", "--out", (folder / "out").string()});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const std::string effects = content(folder / "out/effects.csv");
  for (const char* id : {"\ncleared-1-clear_backlog,chain,", "\ncleared-2-capacity,chain,", "\ncleared,chain,"})
    EXPECT_THAT(effects, HasSubstr(id));
}

TEST(ReportOutput, AgainIsTheSame) {
  const Folder folder;
  const std::string base = chain(folder), alternative = cleared(folder), out = (folder / "out").string();
  const Outcome first = ketensim({"compare", base, alternative, "--out", out});
  ASSERT_EQ(first.status, 0) << first.err;
  const std::string report = content(folder / "out/report.html");
  const Outcome again = ketensim({"report", out});
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(content(folder / "out/report.html"), report);
  EXPECT_EQ(first.out.substr(0, first.out.rfind("\nReport")), again.out.substr(0, again.out.rfind("\nReport")));
  ASSERT_EQ(ketensim({"report", out, "--lang", "en"}).status, 0);
  EXPECT_THAT(content(folder / "out/report.html"), HasSubstr("<html lang=\"en\">"));
}

TEST(Output, OfAnEarlierCommandDoesNotStayBesideTheNew) {
  const Folder folder;
  const std::string base = chain(folder), alternative = cleared(folder), out = (folder / "out").string();
  ASSERT_EQ(ketensim({"compare", base, alternative, "--out", out}).status, 0);
  EXPECT_TRUE(fs::exists(folder / "out/effects.csv"));
  ASSERT_EQ(ketensim({"run", base, "--out", out}).status, 0);
  EXPECT_FALSE(fs::exists(folder / "out/effects.csv"));
}

TEST(Output, ThatCannotBeWrittenHasStatus3) {
  const Folder folder;
  const std::string scenario = chain(folder);
  const std::string file = folder.put("file", "in the way").string();
  for (const std::string& out : {file, file + "/below", std::string("/proc/ketensim")}) {
    const Outcome outcome = ketensim({"run", scenario, "--out", out});
    EXPECT_EQ(outcome.status, 3) << out;
    EXPECT_THAT(outcome.err, HasSubstr(out));
  }
  EXPECT_EQ(content(folder / "file"), "in the way");
}

TEST(Output, ThatDoesNotReachItsReaderHasStatus3) {
  const Folder folder;
  EXPECT_EQ(ketensim({"run", chain(folder)}, "> /dev/full").status, 3);
  EXPECT_EQ(ketensim({"--help"}, "> /dev/full").status, 3);
}

/// While it lives, no file can grow beyond so many bytes: a disk that is full, for whom no right is needed.
class FilesTakeAtMost {
 public:
  explicit FilesTakeAtMost(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    signal_ = ::signal(SIGXFSZ, SIG_IGN);
  }
  ~FilesTakeAtMost() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, signal_);
  }
  FilesTakeAtMost(const FilesTakeAtMost&) = delete;
  FilesTakeAtMost& operator=(const FilesTakeAtMost&) = delete;

 private:
  rlimit before_{};
  sighandler_t signal_ = SIG_DFL;
};

TEST(Output, OnADiskThatTakesNoMoreLeavesNothingHalfWritten) {
  const Folder folder;
  const std::string scenario = chain(folder);
  const Outcome outcome = [&] {
    const FilesTakeAtMost limit(16384);
    return ketensim({"run", scenario, "--out", (folder / "small").string()});
  }();
  EXPECT_EQ(outcome.status, 3);
  EXPECT_THAT(outcome.err, HasSubstr("File too large"));
  EXPECT_TRUE(!fs::exists(folder / "small") || fs::is_empty(folder / "small"));
}

}  // namespace
}  // namespace ketensim::tests
