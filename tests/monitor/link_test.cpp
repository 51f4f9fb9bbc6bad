#include <gtest/gtest.h>

#include "tests/monitor/deliveries.hpp"

namespace ketensim::tests {
namespace {

using End = MonitorCase::End;

const std::string kEntries = "entries: [D.a]";

TEST(Link, AHandoverLastsFromEndToReceipt) {
  const Monitor monitor =
      read_desk("k1;a;2020-03-02;2020-03-03;2020-03-04;on\nk1;b;2020-03-14;2020-03-15;2020-03-16;off\n", "", kEntries)
          .monitor;
  const Linked linked = link(monitor);
  ASSERT_EQ(linked.cases.size(), 1u);
  EXPECT_EQ(linked.cases[0].count, 2u);
  EXPECT_EQ(linked.cases[0].end, End::out);
  EXPECT_FALSE(linked.cases[0].beginning_unseen);
  ASSERT_EQ(linked.handovers.size(), 1u);
  EXPECT_DOUBLE_EQ(linked.handovers[0].at_least, 9.0);
  EXPECT_DOUBLE_EQ(linked.handovers[0].at_most, 11.0);
}

TEST(Link, AReturnIsANewCaseOfTheSameChild) {
  const Monitor monitor =
      read_desk("k1;a;2020-03-02;2020-03-03;2020-03-04;off\nk1;a;2020-06-02;2020-06-03;;\nk2;a;2020-03-02;;;\n", "",
                kEntries)
          .monitor;
  const Linked linked = link(monitor);
  ASSERT_EQ(linked.cases.size(), 3u);
  EXPECT_EQ(linked.cases[1].child, linked.cases[0].child);
  EXPECT_EQ(linked.cases[1].previous, 0);
  EXPECT_EQ(linked.cases[1].number, 1);
  EXPECT_EQ(linked.cases[1].end, End::at_step);
  EXPECT_EQ(linked.cases[2].previous, kUnknown);
}

TEST(Link, TwoReportsAtOnceAreTwoCases) {
  const Monitor monitor = read_desk(
                              "k1;a;2020-03-02;2020-03-03;2020-03-20;on\nk1;a;2020-03-05;2020-03-06;2020-03-07;off\n"
                              "k1;b;2020-03-20;2020-03-21;2020-03-22;off\n",
                              "", kEntries)
                              .monitor;
  const Linked linked = link(monitor);
  ASSERT_EQ(linked.cases.size(), 2u);
  EXPECT_EQ(linked.cases[0].count, 2u);
  EXPECT_EQ(linked.cases[1].count, 1u);
  EXPECT_EQ(linked.cases[1].previous, kUnknown) << "the other one was not over";
}

TEST(Link, WhoIsOnTheWayIsRightCensored) {
  const Monitor monitor = read_desk(
                              "k1;a;2020-03-02;2020-03-03;2020-03-04;on\nk1;b;2020-04-03;2020-04-03;2020-04-04;off\n"
                              "k2;a;2020-12-02;2020-12-03;2020-12-11;on\nk3;a;2020-05-02;2020-05-03;2020-05-04;on\n",
                              "", kEntries)
                              .monitor;
  const Linked linked = link(monitor);
  ASSERT_EQ(linked.cases.size(), 3u);
  EXPECT_EQ(linked.cases[1].end, End::on_its_way);
  EXPECT_EQ(linked.cases[2].end, End::lost) << "longer than any hand-over seen";
  ASSERT_EQ(linked.handovers.size(), 2u);
  EXPECT_EQ(linked.handovers[1].to, kUnknown);
  EXPECT_DOUBLE_EQ(linked.handovers[1].at_least, 20.0);
  EXPECT_EQ(linked.handovers[1].at_most, Moment::kInfinity);
}

TEST(Link, AStepThatWasNotDeliveredIsSkipped) {
  const Monitor monitor =
      read_desk("k1;a;2020-03-02;2020-03-03;2020-03-04;on\nk1;c;2020-06-14;2020-06-15;2020-06-16;off\n", "", kEntries)
          .monitor;
  const Linked linked = link(monitor);
  ASSERT_EQ(linked.cases.size(), 1u);
  ASSERT_EQ(linked.handovers.size(), 1u);
  EXPECT_TRUE(linked.handovers[0].skipped);
}

TEST(Link, ACaseThatWasThereBeforeHasNoBeginning) {
  const Monitor monitor = read_desk("k1;b;2019-03-02;2019-03-03;2020-03-04;off\n", "", kEntries).monitor;
  const Linked linked = link(monitor);
  ASSERT_EQ(linked.cases.size(), 1u);
  EXPECT_TRUE(linked.cases[0].beginning_unseen);
  EXPECT_TRUE(monitor.truncated);
}

TEST(Link, EveryVisitIsInOneCase) {
  std::string rows;
  for (int i = 0; i < 400; ++i)
    rows += "k" + std::to_string(i % 20) + ";" + "abc"[i * 7 % 3] + ";2020-0" + std::to_string(1 + i % 9) + "-1" +
            std::to_string(i % 10) + ";;2020-1" + std::to_string(i % 3) + "-0" + std::to_string(1 + i % 9) + ";" +
            (i % 5 && i * 7 % 3 != 2 ? "on" : "off") + "\n";
  const Monitor monitor = read_desk(rows, "", kEntries).monitor;
  const Linked linked = link(monitor);
  std::vector<int> times(monitor.visits.size());
  std::size_t next = 0;
  for (const MonitorCase& of : linked.cases) {
    EXPECT_EQ(of.first, next);
    next += of.count;
    for (std::size_t i = of.first; i < next; ++i) {
      ++times[static_cast<std::size_t>(linked.visits[i])];
      EXPECT_EQ(monitor.visits[static_cast<std::size_t>(linked.visits[i])].child, of.child);
    }
  }
  EXPECT_EQ(times, std::vector<int>(monitor.visits.size(), 1));
}

}  // namespace
}  // namespace ketensim::tests
