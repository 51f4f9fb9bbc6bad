#include <gtest/gtest.h>

#include <map>

#include "tests/monitor/deliveries.hpp"

namespace ketensim::tests {
namespace {

/// The deliveries of Twente as they stand. The totals were counted apart from this code, with awk and Python's csv.
class Twente : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::filesystem::path folder = std::filesystem::path(KETENSIM_SOURCE_DIR) / "scenarios/twente";
    const LoadedImport import = load_import(folder / "monitor.yaml");
    ASSERT_TRUE(import.ok());
    done_ = new MonitorRead(read_monitor(import.plan, folder / "monitor"));
  }
  static void TearDownTestSuite() { delete done_; }

  static const Monitor& monitor() { return done_->monitor; }
  static std::string organisation(std::int32_t number) {
    return number == kUnknown ? "?" : std::string(monitor().organisations[static_cast<std::size_t>(number)]);
  }
  static std::size_t touched(const std::string& file, const std::string& rule) {
    std::size_t count = 0;
    for (const Repair& repair : monitor().repairs)
      count += monitor().files[static_cast<std::size_t>(repair.file)] == file + ".csv.gz" &&
               cleaning_rules()[static_cast<std::size_t>(repair.rule)].name == rule;
    return count;
  }

  static MonitorRead* done_;
};
MonitorRead* Twente::done_ = nullptr;

TEST_F(Twente, IsReadWhole) {
  EXPECT_TRUE(done_->ok());
  std::map<std::string, std::size_t> rows;
  for (const PartnerSummary& partner : monitor().partners) rows[partner.partner] = partner.rows;
  EXPECT_EQ(rows, (std::map<std::string, std::size_t>{{"VTT", 61404}, {"RVDK", 8787}, {"GI", 12605}, {"GEM", 56722}}));
  EXPECT_EQ(monitor().visits.size(), 60978u + 8726u + 12518u + 56328u);
  EXPECT_EQ(monitor().capacity.size(), 1920u);
  EXPECT_EQ(monitor().organisations.size(), 2u + 3u + 14u);
}

TEST_F(Twente, DirtIsFoundAsOftenAsItIsThere) {
  const std::map<std::string, std::map<std::string, std::size_t>> expected{
      {"vtt",
       {{"duplicate", 426}, {"missing_start", 613}, {"placeholder_date", 6}, {"unknown_code", 216}, {"corrected", 0}}},
      {"rvdk",
       {{"duplicate", 61}, {"missing_start", 98}, {"placeholder_date", 6}, {"unknown_code", 23}, {"corrected", 0}}},
      {"gi",
       {{"duplicate", 87}, {"missing_start", 112}, {"placeholder_date", 6}, {"unknown_code", 42}, {"corrected", 0}}},
      {"gemeenten",
       {{"duplicate", 394}, {"missing_start", 555}, {"placeholder_date", 6}, {"unknown_code", 168}, {"corrected", 0}}}};
  for (const auto& [file, rules] : expected)
    for (const auto& [rule, count] : rules) EXPECT_EQ(touched(file, rule), count) << file << " " << rule;
  const std::map<std::string, std::size_t> in_wrong_order{{"vtt", 336}, {"rvdk", 64}, {"gi", 65}, {"gemeenten", 297}};
  for (const auto& [file, count] : in_wrong_order)
    EXPECT_EQ(touched(file, "day_month_swap") + touched(file, "wrong_year") + touched(file, "end_before_start"), count)
        << file;
}

TEST_F(Twente, LdhDeliveredNothingInTheSecondQuarterOf2020) {
  ASSERT_EQ(monitor().gaps.size(), 1u);
  const Gap& gap = monitor().gaps[0];
  EXPECT_EQ(organisation(gap.organisation), "LDH");
  EXPECT_EQ(gap.step, kUnknown);
  EXPECT_EQ(static_cast<double>(gap.from.time_since_epoch().count()), day("2020-04-01"));
  EXPECT_EQ(static_cast<double>(gap.until.time_since_epoch().count()), day("2020-07-03")) << "the first rows of July";
}

TEST_F(Twente, ReceivedInMarch2021) {
  std::map<std::string, int> received;
  for (const MonitorVisit& visit : monitor().visits) {
    if (visit.received.earliest < day("2021-03-01") || visit.received.earliest >= day("2021-04-01")) continue;
    const std::string& step = monitor().steps[static_cast<std::size_t>(visit.step)].id;
    ++received[step.starts_with("GI.") ? organisation(visit.organisation) + step.substr(2) : step];
  }
  EXPECT_EQ(received, (std::map<std::string, int>{{"VTT.triage", 744},
                                                  {"VTT.onderzoek", 186},
                                                  {"RVDK.onderzoek", 143},
                                                  {"JBOV.intake", 24},
                                                  {"JBOV.plan", 28},
                                                  {"JBOV.begeleiding", 48},
                                                  {"LDH.intake", 6},
                                                  {"LDH.plan", 6},
                                                  {"LDH.begeleiding", 5},
                                                  {"WSS.intake", 11},
                                                  {"WSS.plan", 10},
                                                  {"WSS.begeleiding", 8},
                                                  {"GEM.toegang", 553},
                                                  {"GEM.jeugdhulp", 257}}));
}

TEST_F(Twente, NoTwoChildrenShareAName) {
  EXPECT_EQ(monitor().children.size(), 45575u);
  EXPECT_EQ(monitor().families.size(), 29563u);
}

TEST_F(Twente, VisitsAreLinkedToCases) {
  const Linked linked = link(monitor());
  std::size_t lost = 0, unseen = 0, skipped = 0;
  for (const MonitorCase& of : linked.cases) {
    lost += of.end == MonitorCase::End::lost;
    unseen += of.beginning_unseen;
    if (of.beginning_unseen) {
      const MonitorVisit& first = monitor().visits[static_cast<std::size_t>(linked.visits[of.first])];
      EXPECT_LT(first.received.earliest, day("2018-03-01")) << "only what was there before, or on its way then";
    }
  }
  EXPECT_EQ(linked.visits.size(), monitor().visits.size());
  EXPECT_LT(lost, 15u) << "in the gap of LDH";
  for (const Handover& handover : linked.handovers) skipped += handover.skipped;
  EXPECT_LT(skipped, 20u) << "in the gap of LDH";
  EXPECT_GT(unseen, 3000u);
}

TEST_F(Twente, OnlyCourtAndTableTakeTime) {
  const Linked linked = link(monitor());
  std::map<std::string, std::pair<double, double>> least;  // sum and number
  for (const Handover& handover : linked.handovers) {
    if (handover.to == kUnknown || handover.skipped) continue;
    const auto step = [&](std::int32_t visit) {
      return monitor().steps[static_cast<std::size_t>(monitor().visits[static_cast<std::size_t>(visit)].step)].id;
    };
    auto& [sum, count] = least[step(handover.from) + " " + step(handover.to)];
    sum += handover.at_least;
    ++count;
  }
  for (const auto& [between, sums] : least) {
    const bool hidden = between == "RVDK.onderzoek GI.intake" || between == "VTT.onderzoek RVDK.onderzoek";
    EXPECT_EQ(sums.first / sums.second > 5.0, hidden) << between;
  }
}

}  // namespace
}  // namespace ketensim::tests
