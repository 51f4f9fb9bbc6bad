// A quarter's routine by one command: what it does, what it leaves be, and where it goes on.
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <thread>

#include "tests/cli/command.hpp"

namespace ketensim::tests {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year;
using testing::HasSubstr;
using testing::Not;

const sys_days kFirst = year(2020) / 1 / 1, kSnapshot = year(2023) / 12 / 31;

std::string iso(sys_days day) { return fmt::format("{:%Y-%m-%d}", day); }

/// Two children a working day at one desk, for four years, as far as they are known at the end of 2023. A start that
/// comes before the receipt, as a typist makes it, is warned of.
std::string desk() {
  std::mt19937 random(7);
  std::string text = "child,received,started,ended\n";
  int child = 0;
  for (sys_days day = kFirst; day <= kSnapshot; day += days(1)) {
    const std::chrono::weekday weekday(day);
    if (weekday == std::chrono::Saturday || weekday == std::chrono::Sunday) continue;
    for (int number = 0; number < 2; ++number) {
      const sys_days ended = day + days(5 + static_cast<int>(random() % 40));
      text += fmt::format("c{},{},{},{}\n", ++child, iso(day), iso(day), ended <= kSnapshot ? iso(ended) : "");
    }
  }
  return text;
}

class AQuarter : public testing::Test {
 protected:
  AQuarter() {
    folder_.put("import.yaml",
                "format: ketensim-import/1\nname: A desk\nfrom: 2020-01-01\nsnapshot: 2023-12-31\n"
                "organisations: {A: {name: Desk}}\ndeliveries:\n"
                "  - {file: desk.csv, organisation: A, step: serve, columns: {child: child, received: received, "
                "started: started, ended: ended}}\n");
    folder_.put("desk.csv", desk());
    std::filesystem::create_directory(folder_ / "forecast");
    folder_.put("forecast/baseline.yaml",
                "format: ketensim/1\nname: Unchanged\nbase: calibrated\nstart_from: calibrated\n"
                "time: {start: 2024-01-01, end: 2024-07-01, report: month}\nreplications: 10\n");
    folder_.put("forecast/fewer.yaml",
                "format: ketensim/1\nname: Fewer reports\nbase: baseline.yaml\n"
                "interventions:\n  - arrivals: {stream: reports, from: 2024-02-01, change: -10%}\n");
  }

  std::vector<std::string> command() const {
    return {"quarter", (folder_ / "import.yaml").string(), "--out", out().string(), "--origins", "2", "--threads", "1"};
  }
  Outcome quarter() const { return ketensim(command()); }
  std::filesystem::path out() const { return folder_ / "out"; }
  std::string log() const { return content(out() / "quarter.log"); }
  /// The lines of the log of a stage, without the moment.
  std::string log_of(const std::string& stage, std::size_t from = 0) const {
    std::istringstream lines(log().substr(from));
    std::string all;
    for (std::string line; std::getline(lines, line);)
      if (const std::size_t at = line.find('\t'); line.substr(at + 1).starts_with(stage + "\t"))
        all += line.substr(at + 1 + stage.size() + 1) + "\n";
    return all;
  }

  Folder folder_;
};

constexpr std::array kStages{"calibrate", "replay", "backtest", "forecast", "compare", "report"};

TEST_F(AQuarter, GoesFromDeliveriesToTheReportAndLeavesBeWhatStands) {
  const Outcome first = quarter();
  ASSERT_EQ(first.status, 0) << first.err;
  for (const char* file : {"calibrate/chain.yaml", "replay/replay.csv", "backtest/skill.csv", "forecast/layers.csv",
                           "compare/effects.csv", "report/report.html", "backtest/tables.txt"})
    EXPECT_FALSE(content(out() / file).empty()) << file;
  EXPECT_EQ(content(out() / "report/report.html"), content(out() / "compare/report.html"));
  for (const char* stage : kStages) {
    EXPECT_THAT(log_of(stage), HasSubstr("started\tnot done before: ketensim "));
    EXPECT_THAT(log_of(stage), HasSubstr("ended\tdone in "));
  }
  EXPECT_THAT(log_of("calibrate"), HasSubstr("stands on\tdesk.csv "));
  EXPECT_THAT(log_of("compare"), HasSubstr("stands on\tstate.csv "));

  // Nothing has changed: nothing is done.
  const std::size_t before = log().size();
  const Outcome again = quarter();
  ASSERT_EQ(again.status, 0) << again.err;
  for (const char* stage : kStages) {
    EXPECT_THAT(log_of(stage, before), HasSubstr("stands\t"));
    EXPECT_THAT(log_of(stage, before), Not(HasSubstr("started")));
  }

  // Another plan: what does not stand on it stays. A file that is damaged is made again, to the same bytes.
  folder_.put("forecast/fewer.yaml",
              content(folder_ / "forecast/fewer.yaml") + "  - arrivals: {stream: reports, from: 2024-03-01, change: -5%}\n");
  const std::string forecast = content(out() / "forecast/indicators.csv");
  folder_.put("out/forecast/indicators.csv", "half");
  const std::size_t then = log().size();
  ASSERT_EQ(quarter().status, 0);
  for (const char* stage : {"calibrate", "replay", "backtest"})
    EXPECT_THAT(log_of(stage, then), Not(HasSubstr("started")));
  EXPECT_THAT(log_of("forecast", then), HasSubstr("indicators.csv is not as it was made"));
  EXPECT_THAT(log_of("compare", then), HasSubstr("started\tfewer.yaml is not what it was"));
  EXPECT_THAT(log_of("report", then), HasSubstr("started\tresults.nc is not what it was"));
  EXPECT_EQ(content(out() / "forecast/indicators.csv"), forecast);
}

TEST_F(AQuarter, StopsAtAFaultAndGoesOnThereOnceItIsMended) {
  const std::string good = content(folder_ / "forecast/baseline.yaml");
  folder_.put("forecast/baseline.yaml", good + "replicatoins: 3\n");
  const Outcome stopped = quarter();
  EXPECT_EQ(stopped.status, 2);
  EXPECT_THAT(stopped.err, HasSubstr("baseline.yaml:7:1: error: "));
  EXPECT_THAT(stopped.err, HasSubstr("forecast failed with exit status 2"));
  EXPECT_THAT(log_of("forecast"), HasSubstr("said\t"));
  EXPECT_THAT(log_of("forecast"), HasSubstr("failed\texit status 2: mend what was said"));
  EXPECT_EQ(log_of("compare"), "");
  EXPECT_FALSE(std::filesystem::exists(out() / "report"));

  folder_.put("forecast/baseline.yaml", good);
  const std::size_t before = log().size();
  ASSERT_EQ(quarter().status, 0);
  EXPECT_THAT(log_of("backtest", before), Not(HasSubstr("started")));
  EXPECT_THAT(log_of("forecast", before), HasSubstr("ended"));
}

TEST_F(AQuarter, GoesOnWhereItWasKilledAndLeavesNoStageBehind) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::vector<std::string> words = command();
    words.insert(words.begin(), "ketensim");
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execv(KETENSIM_BINARY, arguments.data());
    ::_exit(127);
  }
  while (log_of("replay").find("started") == std::string::npos)
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_THAT(log_of("replay"), Not(HasSubstr("ended")));

  const std::size_t before = log().size();
  const Outcome outcome = quarter();
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(log_of("calibrate", before), Not(HasSubstr("started")));
  EXPECT_THAT(log_of("replay", before), HasSubstr("ended"));
  EXPECT_FALSE(content(out() / "report/report.html").empty());
}

TEST_F(AQuarter, TellsWhatItIsAskedWrongly) {
  EXPECT_EQ(ketensim({"quarter"}).status, 2);
  EXPECT_EQ(ketensim({"quarter", (folder_ / "import.yaml").string()}).status, 2);
  std::filesystem::remove(folder_ / "forecast/baseline.yaml");
  const Outcome none = quarter();
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.err, HasSubstr("there is no baseline.yaml in "));
  EXPECT_FALSE(std::filesystem::exists(out()));
}

}  // namespace
}  // namespace ketensim::tests
