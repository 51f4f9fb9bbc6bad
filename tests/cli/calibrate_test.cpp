// From deliveries to a forecast, by the command line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <sstream>

#include "tests/cli/command.hpp"

namespace ketensim::tests {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::filesystem::path kTwente = std::filesystem::path(KETENSIM_SOURCE_DIR) / "scenarios/twente";

std::vector<std::string> forecasts() {
  std::vector<std::string> files;
  for (const char* name : {"baseline", "clear-backlog", "jbov-sick", "prevention", "rvdk-plus-20", "vtt-surge"})
    files.push_back((kTwente / "forecast" / (std::string(name) + ".yaml")).string());
  return files;
}

/// The deliveries of Twente, calibrated once for all that is claimed of them.
class CalibratedTwente : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new Folder;
    calibrated_ = new Outcome(ketensim({"calibrate", (kTwente / "monitor.yaml").string(), "--data",
                                        (kTwente / "monitor").string(), "--draws", "8", "--out", path()}));
  }
  static void TearDownTestSuite() {
    delete calibrated_;
    delete folder_;
  }

  static std::string path() { return (*folder_ / "calibrated").string(); }
  static std::string written(const std::string& name) { return content(*folder_ / "calibrated" / name); }
  static Outcome on_it(std::string verb, std::vector<std::string> files, std::vector<std::string> options = {}) {
    files.insert(files.begin(), std::move(verb));
    files.insert(files.end(), {"--calibrated", path()});
    files.insert(files.end(), options.begin(), options.end());
    return ketensim(files);
  }

  static Folder* folder_;
  static Outcome* calibrated_;
};
Folder* CalibratedTwente::folder_ = nullptr;
Outcome* CalibratedTwente::calibrated_ = nullptr;

TEST_F(CalibratedTwente, LeavesEveryFile) {
  ASSERT_EQ(calibrated_->status, 0) << calibrated_->err;
  for (const char* name :
       {"chain.yaml", "draws.csv", "state.csv", "history.csv", "quality.csv", "gaps.csv", "repairs.csv", "fit.html"})
    EXPECT_THAT(written(name), Not(IsEmpty())) << name;
}

TEST_F(CalibratedTwente, IsAScenarioLikeAnyOther) {
  const Outcome checked = ketensim({"check", path() + "/chain.yaml"});
  EXPECT_EQ(checked.status, 0) << checked.err;
  EXPECT_THAT(checked.out, HasSubstr("8 draws of parameters"));
}

TEST_F(CalibratedTwente, CarriesTheForecastsOfTheRegion) {
  const Outcome checked = on_it("check", forecasts());
  EXPECT_EQ(checked.status, 0) << checked.err;
}

/// The figures of one indicator in one period by place and scenario.
std::map<std::string, double> means(const std::string& indicators, const std::string& period, const std::string& name) {
  std::map<std::string, double> means;
  std::istringstream lines(indicators);
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
    if (cells.size() == 7 && cells[3] == period && cells[4] == name && cells[5] == "mean")
      means[cells[0] + " " + cells[1] + "." + cells[2]] = std::stod(cells[6]);
  }
  return means;
}

// At the end of 2023 171 children waited at Veilig Thuis and 131 at the Raad, 726 were at work at JBOV (counted apart
// from this code, with pandas). A month on, without a transient, it is near to that: within what a month brings, and
// JBOV is to grow by 2.2 fte.
TEST_F(CalibratedTwente, BeginsWhereThePastEnds) {
  const Outcome run = on_it("compare", {forecasts()[0], forecasts()[1]},
                            {"--replications", "8", "--quiet", "--out", (*folder_ / "results").string()});
  ASSERT_EQ(run.status, 0) << run.err;
  const std::string indicators = content(*folder_ / "results" / "indicators.csv");
  const auto queues = means(indicators, "2024-01-01", "queue_end"), busy = means(indicators, "2024-01-01", "wip_end");
  EXPECT_NEAR(queues.at("baseline VTT.onderzoek"), 171.0, 100.0);
  EXPECT_NEAR(queues.at("baseline RVDK.onderzoek"), 131.0, 70.0);
  EXPECT_NEAR(busy.at("baseline JBOV.intake") + busy.at("baseline JBOV.plan") + busy.at("baseline JBOV.begeleiding"),
              726.0, 45.0);
  // What is cleared in February lands at the Raad and at the municipalities, and nothing differs before.
  const auto effects = means(indicators, "2024-02-01", "queue_end");
  EXPECT_EQ(queues.at("clear-backlog VTT.onderzoek"), queues.at("baseline VTT.onderzoek"));
  EXPECT_LT(effects.at("clear-backlog VTT.onderzoek"), effects.at("baseline VTT.onderzoek") - 50.0);
  EXPECT_GT(effects.at("clear-backlog RVDK.onderzoek"), effects.at("baseline RVDK.onderzoek") + 10.0);
}

// The queue of 171 at Veilig Thuis (above), as it may be told.
TEST_F(CalibratedTwente, JoinsThePastToTheForecast) {
  EXPECT_THAT(written("history.csv"), HasSubstr("VTT,onderzoek,2023-12-01,queue_end,170\n"));
  EXPECT_THAT(written("history.csv"), HasSubstr("\nGEM,toegang,2023-12-01,"));
  EXPECT_THAT(written("history.csv"), Not(HasSubstr("\nGM")));  // members can't be computed from their total
  const std::string out = (*folder_ / "joined").string();
  ASSERT_EQ(on_it("compare", forecasts(), {"--replications", "2", "--quiet", "--out", out}).status, 0);
  const std::string report = content(*folder_ / "joined" / "report.html");
  EXPECT_THAT(report, HasSubstr(R"("name":"geleverd","kind":"dots")"));
  EXPECT_THAT(report, HasSubstr("It starts from 31 Dec 2023: the children who were in the chain then"));
  EXPECT_EQ(written("gaps.csv"), "organisation,step,from,until\nLDH,all,2020-04-01,2020-07-03\n");
  EXPECT_THAT(report, HasSubstr("leverde niets dat is ontvangen van 1 apr 2020 tot en met 2 jul 2020."));
  EXPECT_LT(report.size(), 5'000'000U);  // goes by mail; what replications there are makes no difference
  ASSERT_EQ(ketensim({"report", out, "--quiet", "--out", out + "-again"}).status, 0);
  EXPECT_EQ(report, content(*folder_ / "joined-again" / "report.html"));
}

TEST_F(CalibratedTwente, NamesNoChild) {
  const std::string state = written("state.csv");
  const std::string child = state.substr(state.find('\n') + 1, 16);
  ASSERT_EQ(child.find(','), std::string::npos);
  for (const char* name :
       {"chain.yaml", "draws.csv", "history.csv", "quality.csv", "gaps.csv", "repairs.csv", "fit.html"})
    EXPECT_EQ(written(name).find(child), std::string::npos) << name;
  EXPECT_EQ(calibrated_->out.find(child), std::string::npos);
}

// ---- What cannot be calibrated is said, and nothing is written

class BadDeliveries : public testing::Test {
 protected:
  BadDeliveries() {
    folder_.put("import.yaml",
                "format: ketensim-import/1\norganisations: {A: {name: Desk}}\ndeliveries:\n"
                "  - {file: desk.csv, organisation: A, step: serve, columns: {child: child, received: received, "
                "started: started, ended: ended}}\n");
  }
  Outcome calibrate(const std::string& delivery) const {
    folder_.put("desk.csv", delivery);
    return ketensim({"calibrate", (folder_ / "import.yaml").string(), "--out", (folder_ / "out").string()});
  }
  void expect_refused(const std::string& delivery, const std::string& why) const {
    const Outcome outcome = calibrate(delivery);
    EXPECT_EQ(outcome.status, 2) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr(why));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "out" / "chain.yaml"));
  }

  Folder folder_;
};

TEST_F(BadDeliveries, Empty) { expect_refused("", "desk.csv"); }
TEST_F(BadDeliveries, AHeaderOnly) { expect_refused("child,received,started,ended\n", "desk.csv"); }
TEST_F(BadDeliveries, AnotherSeparatorThanSaid) {
  expect_refused("child;received;started;ended\na;2023-01-02;2023-01-03;2023-01-04\n", "desk.csv");
}
TEST_F(BadDeliveries, AColumnMissing) {
  expect_refused("child,received,started\na,2023-01-02,2023-01-03\n", "desk.csv");
}
TEST_F(BadDeliveries, Missing) {
  const Outcome outcome =
      ketensim({"calibrate", (folder_ / "import.yaml").string(), "--out", (folder_ / "out").string()});
  EXPECT_EQ(outcome.status, 2) << outcome.err;
}

TEST(Calibrate, TellsWhatItIsAskedWrongly) {
  EXPECT_EQ(ketensim({"calibrate"}).status, 2);
  const std::string import = (kTwente / "monitor.yaml").string();
  const Outcome late =
      ketensim({"calibrate", import, "--data", (kTwente / "monitor").string(), "--snapshot", "2031-01-01"});
  EXPECT_EQ(late.status, 2);
  EXPECT_THAT(late.err, HasSubstr("lies outside what was delivered"));
}

}  // namespace
}  // namespace ketensim::tests
