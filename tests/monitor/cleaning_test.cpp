#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/monitor/deliveries.hpp"

namespace ketensim::tests {
namespace {

using testing::HasSubstr;

const Moment kNotYet{day("2021-01-01"), Moment::kInfinity};

const MonitorVisit& only_visit(const MonitorRead& done) {
  EXPECT_EQ(said(done), "");
  EXPECT_EQ(done.monitor.visits.size(), 1u);
  return done.monitor.visits.front();
}

TEST(Cleaning, ASoundRowLeavesNoTrace) {
  const MonitorRead done = read_desk("k1;a;2020-03-02;2020-03-03;2020-03-04;on\n");
  const MonitorVisit& visit = only_visit(done);
  EXPECT_EQ(visit.received, on("2020-03-02"));
  EXPECT_EQ(visit.started, on("2020-03-03"));
  EXPECT_EQ(visit.ended, on("2020-03-04"));
  EXPECT_TRUE(visit.ended.known());
  EXPECT_EQ(done.monitor.steps[static_cast<std::size_t>(visit.next)].id, "D.b");
  EXPECT_EQ(ledger(done), "");
}

TEST(Cleaning, WhatHasNotComeIsOpen) {
  const Monitor waiting = read_desk("k1;a;2020-03-02;;;\n").monitor,
                busy = read_desk("k1;a;2020-03-02;2020-03-03;;\n").monitor;
  EXPECT_EQ(waiting.visits[0].started, kNotYet);
  EXPECT_EQ(waiting.visits[0].ended, kNotYet);
  EXPECT_EQ(waiting.visits[0].next, kUnknown);
  EXPECT_EQ(busy.visits[0].started, on("2020-03-03"));
  EXPECT_TRUE(busy.visits[0].ended.open());
  EXPECT_TRUE(waiting.repairs.empty() && busy.repairs.empty());
}

TEST(Cleaning, WhoWithdrewNeverStarted) {
  const MonitorRead done = read_desk("k1;a;2020-03-02;;2020-03-09;tired\n");
  EXPECT_TRUE(only_visit(done).withdrawn);
  EXPECT_TRUE(only_visit(done).started.never());
  EXPECT_EQ(ledger(done), "");
}

TEST(Cleaning, AMissingStartLiesBetweenReceiptAndEnd) {
  const MonitorRead done = read_desk("k1;a;2020-03-02;;2020-03-09;off\n");
  EXPECT_EQ(only_visit(done).started, (Moment{day("2020-03-02"), day("2020-03-10")}));
  EXPECT_EQ(ledger(done), "desk.csv,2,missing_start,,started=2020-03-02..2020-03-09\n");
}

TEST(Cleaning, ADuplicateIsLeftOut) {
  const std::string row = "k1;a;2020-03-02;2020-03-03;2020-03-04;off\n";
  const MonitorRead done = read_desk(row + "k2;a;2020-03-02;;;\n" + row + row);
  EXPECT_EQ(done.monitor.visits.size(), 2u);
  EXPECT_EQ(done.monitor.visits[0].line, 2);
  EXPECT_EQ(ledger(done), "desk.csv,4,duplicate,as desk.csv:2,rejected\ndesk.csv,5,duplicate,as desk.csv:2,rejected\n");
}

TEST(Cleaning, ALaterDeliveryCorrectsAnEarlierOne) {
  std::string import = desk();
  import.replace(import.find("desk.csv"), 8, "desk-*.csv");
  const MonitorRead done =
      read(import, {{"desk-2020-2.csv", kDeskHeader + "k1;a;2020-03-02;2020-03-05;2020-09-04;off\n"},
                    {"desk-2020-1.csv.gz", kDeskHeader + "k1;a;2020-03-02;2020-03-03;;\nk1;b;2020-03-02;;;\n"}});
  EXPECT_EQ(said(done), "");
  ASSERT_EQ(done.monitor.visits.size(), 2u);
  for (const MonitorVisit& visit : done.monitor.visits)
    if (done.monitor.steps[static_cast<std::size_t>(visit.step)].id == "D.a") {
      EXPECT_EQ(visit.started, on("2020-03-05"));
    }
  EXPECT_EQ(ledger(done), "desk-2020-1.csv.gz,2,corrected,,by desk-2020-2.csv:2\n");
}

TEST(Cleaning, PlaceholdersAreNoDates) {
  for (const char* placeholder : {"1900-01-01", "9999-12-31", "1953-05-05", "2033-05-12"}) {
    const MonitorRead done = read_desk(std::string("k1;a;2020-03-02;") + placeholder + ";2020-03-09;off\n");
    EXPECT_EQ(only_visit(done).started, (Moment{day("2020-03-02"), day("2020-03-10")})) << placeholder;
    EXPECT_EQ(ledger(done), std::string("desk.csv,2,placeholder_date,started=") + placeholder + ",\n");
  }
  const MonitorRead told = read_desk("k1;a;2020-03-02;;2020-06-01;off\n", "", "placeholders: [2020-06-01]");
  EXPECT_EQ(only_visit(told).ended, (Moment{day("2020-03-02"), day("2021-01-01")})) << "it ended, nobody knows when";
}

TEST(Cleaning, ADateAfterTheSnapshotHasNotCome) {
  const MonitorRead planned = read_desk("k1;a;2020-03-02;2020-03-03;2021-02-01;\n");
  EXPECT_EQ(only_visit(planned).ended, kNotYet);
  EXPECT_EQ(ledger(planned), "desk.csv,2,after_snapshot,ended=2021-02-01,\n");
  const MonitorRead done = read_desk("k1;a;2020-03-02;2020-03-03;2021-02-01;off\n");
  EXPECT_EQ(only_visit(done).ended, (Moment{day("2020-03-03"), day("2021-01-01")})) << "an outcome is an end";
  EXPECT_EQ(ledger(read_desk("k1;a;2021-03-02;;;\n")), "desk.csv,2,after_snapshot,received=2021-03-02,rejected\n");
}

TEST(Cleaning, DayAndMonthAreExchangedOnlyWhereThatAloneFits) {
  const MonitorRead swapped = read_desk("k1;a;2020-08-10;2020-08-11;2020-07-09;off\n");
  EXPECT_EQ(swapped.monitor.visits[0].ended, on("2020-09-07"));
  EXPECT_EQ(ledger(swapped), "desk.csv,2,day_month_swap,ended=2020-07-09,ended=2020-09-07\n");
  const MonitorRead start = read_desk("k1;a;2020-08-10;2020-01-09;2020-09-20;off\n");
  EXPECT_EQ(start.monitor.visits[0].started, on("2020-09-01"));
}

TEST(Cleaning, AServiceFarLongerThanAnyIsMendedWhereItFitsWithDayAndMonthExchanged) {
  std::string rows;  // the step takes at most three weeks
  for (int i = 0; i < 1200; ++i)
    rows += "s" + std::to_string(i) + ";a;2020-03-02;2020-03-02;2020-03-" + (i % 2 ? "20" : "06") + ";off\n";
  EXPECT_EQ(ledger(read_desk(rows + "k1;a;2020-03-30;2020-04-01;2020-09-04;off\n")),
            "desk.csv,1202,day_month_swap,ended=2020-09-04,ended=2020-04-09\n");
  EXPECT_EQ(ledger(read_desk(rows + "k1;a;2020-03-30;2020-05-11;2020-11-06;off\n")),
            "desk.csv,1202,day_month_swap,started=2020-05-11,started=2020-11-05\n");
  EXPECT_EQ(ledger(read_desk(rows + "k1;a;2020-03-30;2020-04-01;2020-11-05;off\n")), "") << "still too long";
  EXPECT_EQ(ledger(read_desk(rows + "k1;a;2020-03-30;2020-04-01;2020-04-30;off\n")), "") << "not far beyond";
}

TEST(Cleaning, AWrongYearIsMendedOnlyWhereOneFits) {
  const MonitorRead one = read_desk("k1;a;2020-08-10;2020-08-11;2019-08-30;off\n");
  EXPECT_EQ(one.monitor.visits[0].ended, on("2020-08-30"));
  EXPECT_EQ(ledger(one), "desk.csv,2,wrong_year,ended=2019-08-30,ended=2020-08-30\n");
  const MonitorRead several = read_desk("k1;a;2018-08-10;2018-08-11;2017-08-30;off\n");
  EXPECT_EQ(several.monitor.visits[0].ended, (Moment{day("2018-08-11"), day("2020-08-31")}));
  EXPECT_EQ(ledger(several), "desk.csv,2,end_before_start,ended=2017-08-30,ended=2018-08-11..2020-08-30\n");
}

TEST(Cleaning, WhatFitsInNoWayIsKnownToHaveEnded) {
  const MonitorRead done = read_desk("k1;a;2020-12-28;2020-12-30;2020-12-29;off\n");
  EXPECT_EQ(only_visit(done).ended, (Moment{day("2020-12-30"), day("2021-01-01")}));
  EXPECT_EQ(ledger(done), "desk.csv,2,end_before_start,ended=2020-12-29,ended=2020-12-30..2020-12-31\n");
}

TEST(Cleaning, WorkingDaysTellWhichReadingIsRight) {
  std::string rows;  // the step ends on working days, after at most three weeks
  for (int i = 0; i < 60; ++i)
    rows += "s" + std::to_string(i) + ";a;2020-03-02;2020-03-02;2020-03-" + (i % 2 ? "20" : "06") + ";off\n";
  const MonitorRead done = read_desk(rows + "k1;a;2018-06-01;2018-06-04;2017-06-12;off\n");
  EXPECT_EQ(ledger(done), "desk.csv,62,wrong_year,ended=2017-06-12,ended=2018-06-12\n")
      << "2019 and 2020 would be too long";
  const MonitorRead weekend = read_desk(rows + "k1;a;2018-06-08;2018-06-08;2017-06-10;off\n");
  EXPECT_THAT(ledger(weekend), HasSubstr("end_before_start")) << "2018-06-10 was a Sunday";
}

TEST(Cleaning, AStartBeforeTheReceiptIsNotBelieved) {
  const MonitorRead done = read_desk("k1;a;2020-08-10;2020-08-07;2020-08-20;off\n");
  EXPECT_EQ(only_visit(done).started, (Moment{day("2020-08-10"), day("2020-08-21")}));
  EXPECT_EQ(ledger(done), "desk.csv,2,start_before_received,started=2020-08-07,\n");
}

TEST(Cleaning, ImpossibleDatesAreMendedWhereTheyFit) {
  EXPECT_EQ(ledger(read_desk("k1;a;2020-03-02;2020-13-03;2020-04-04;off\n")),
            "desk.csv,2,impossible_date,began=2020-13-03,2020-03-13\n");
  EXPECT_EQ(ledger(read_desk("k1;a;2020-03-02;2020-13-05;2020-04-04;off\n")),
            "desk.csv,2,impossible_date,began=2020-13-05,\n");
  EXPECT_EQ(ledger(read_desk("k1;a;2020-03-02;2020-03-02;n.v.t.;\n")), "desk.csv,2,impossible_date,left=n.v.t.,\n");
}

TEST(Cleaning, CodesAreReadTrimmedAndWithoutCase) {
  const MonitorRead done = read_desk("k1; A ;2020-03-02;2020-03-03;2020-03-04;  OFF \n");
  EXPECT_EQ(only_visit(done).next, kLeaves);
  EXPECT_EQ(ledger(done), "");
}

TEST(Cleaning, UnknownCodesAreLedgered) {
  const MonitorRead done = read_desk("k1;z;2020-03-02;;;\nk1;a;2020-03-02;2020-03-03;2020-03-04;odd\n");
  ASSERT_EQ(done.monitor.visits.size(), 1u);
  EXPECT_EQ(done.monitor.visits[0].next, kUnknown);
  EXPECT_EQ(ledger(done), "desk.csv,2,unknown_code,step=z,rejected\ndesk.csv,3,unknown_code,result=odd,\n");
}

TEST(Cleaning, AnUnknownOrganisationIsTakenFromTheChildsOtherRows) {
  std::string import = desk("    attributes: {town: {column: town, codes: {\"01\": T1, \"02\": T2}}}");
  import.replace(import.find("D: {name: Desk}"), 15, "D: {per: town}");
  const std::string header = "child;step;came;began;left;result;town\n";
  const MonitorRead done = read(import, {{"desk.csv", header + "k1;a;2020-03-02;;;;99\nk1;b;2020-04-02;;;;02\n"
                                                               "k2;a;2020-03-02;;;;99\n"}});
  EXPECT_EQ(said(done), "");
  ASSERT_EQ(done.monitor.visits.size(), 3u);
  EXPECT_EQ(done.monitor.organisations[static_cast<std::size_t>(done.monitor.visits[0].organisation)], "T2");
  EXPECT_EQ(done.monitor.visits[2].organisation, kUnknown);
  EXPECT_EQ(ledger(done), "desk.csv,2,unknown_code,town=99,T2\ndesk.csv,4,unknown_code,town=99,\n");
}

TEST(Cleaning, ARowThatNeverCameIsRejected) {
  EXPECT_EQ(ledger(read_desk("k1;a;;;2020-03-04;off\n")), "desk.csv,2,no_received,,rejected\n");
}

TEST(Cleaning, AChildTwiceAtOneStepIsNoted) {
  const MonitorRead done = read_desk(
      "k1;a;2020-03-02;2020-03-03;2020-03-20;off\nk1;a;2020-03-10;2020-03-11;2020-03-12;off\n"
      "k1;a;2020-03-20;2020-03-20;2020-03-21;off\nk1;b;2020-03-05;2020-03-05;2020-03-06;off\n");
  EXPECT_EQ(ledger(done), "desk.csv,3,overlapping_steps,,\n");
  EXPECT_EQ(done.monitor.visits.size(), 4u);
}

TEST(Cleaning, AShareAboveTheLimitIsAnErrorUnlessAccepted) {
  std::string rows;
  for (int i = 10; i < 110; ++i)
    rows += "k" + std::to_string(i) + ";a;2020-03-02;" + (i < 15 ? "" : "2020-03-03") + ";2020-03-04;off\n";
  const auto with = [&](const std::string& limits) {
    std::string import = desk("", limits);
    import.erase(import.find("limit: 100%\n"), 12);
    return read(import, {{"desk.csv", kDeskHeader + rows}});
  };
  EXPECT_FALSE(with("").ok());
  EXPECT_THAT(said(with("")), HasSubstr("D: 5 of 100 rows (5.0%) have an end without a start, of a case that did not "
                                        "withdraw, more than the limit of 2.0%; if that is right, say `accept: "
                                        "{missing_start: 5%}`"));
  EXPECT_TRUE(with("accept: {missing_start: 5%}").ok());
  EXPECT_TRUE(with("limit: 6%").ok());
}

TEST(Cleaning, AQuarterWithoutRowsIsAGap) {
  std::string rows;
  int number = 0;
  for (int month = 1; month <= 12; ++month)
    for (int day_of_month = 1; day_of_month <= 28; day_of_month += 2)
      if (month < 4 || month > 6) rows += fmt::format("k{};a;2020-{:02}-{:02};;;\n", ++number, month, day_of_month);
  const MonitorRead done = read_desk(rows);
  ASSERT_EQ(done.monitor.gaps.size(), 1u);
  const Gap& gap = done.monitor.gaps[0];
  EXPECT_EQ(gap.from, Date(std::chrono::days(static_cast<int>(day("2020-03-28")))));
  EXPECT_EQ(gap.until, Date(std::chrono::days(static_cast<int>(day("2020-07-01")))));
  EXPECT_EQ(gap.step, kUnknown);
  EXPECT_NEAR(gap.expected, 95 * 14 * 12 / 366.0, 3.0);
  EXPECT_TRUE(done.ok()) << "a gap is a warning";
}

TEST(Cleaning, FewRowsLeaveNoGap) {
  std::string rows;
  for (int month = 1; month <= 12; month += 2) rows += fmt::format("k{};a;2020-{:02}-10;;;\n", month, month);
  EXPECT_TRUE(read_desk(rows).monitor.gaps.empty());
}

TEST(Cleaning, ValuesThatSpreadsheetsWouldSplitAreQuotedInTheLedger) {
  EXPECT_EQ(ledger(read_desk("k1;\"x,\"\"y\"\"\";2020-03-02;;;\n")),
            "desk.csv,2,unknown_code,\"step=x,\"\"y\"\"\",rejected\n");
}

}  // namespace
}  // namespace ketensim::tests
