// What was known on an earlier day, and who was open then.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "ketensim/calibration.hpp"
#include "tests/monitor/deliveries.hpp"

namespace ketensim::tests {
namespace {

using testing::ElementsAre;

const std::string kEntries = "entries: [D.a]";

Date date(const std::string& iso) { return Date{std::chrono::days{static_cast<int>(day(iso))}}; }

Monitor desk_of(const std::string& rows) { return read_desk(rows, "", kEntries).monitor; }

/// The same desk with another last day.
Monitor desk_until(const std::string& snapshot, const std::string& rows) {
  std::string import = desk("", kEntries);
  import.replace(import.find("2020-12-31"), 10, snapshot);
  const MonitorRead done = read(import, {{"desk.csv", kDeskHeader + rows}});
  EXPECT_TRUE(done.ok()) << said(done);
  return done.monitor;
}

/// What the visits tell, one a line, without the places where they stand.
std::string told(const Monitor& monitor) {
  std::vector<std::string> lines;
  const auto moment = [](const Moment& m) {
    return std::to_string(m.earliest) + ".." + std::to_string(m.latest) + " ";
  };
  for (const MonitorVisit& visit : monitor.visits)
    lines.push_back(std::string(monitor.children[static_cast<std::size_t>(visit.child)]) + " " +
                    monitor.steps[static_cast<std::size_t>(visit.step)].id + " " + moment(visit.received) +
                    moment(visit.started) + moment(visit.ended) + std::to_string(visit.next) +
                    (visit.withdrawn ? " withdrawn" : ""));
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

TEST(KnownAt, WhatCameLaterIsNotKnown) {
  const Monitor full = desk_of(
      "k1;a;2020-03-02;2020-03-03;2020-03-20;on\n"     // ended after
      "k2;a;2020-03-02;2020-03-16;2020-03-20;off\n"    // started after
      "k3;a;2020-03-16;2020-03-17;2020-03-20;off\n"    // received after
      "k4;a;2020-03-02;;2020-03-20;tired\n"            // withdrew after
      "k5;a;2020-03-02;2020-03-03;2020-03-13;off\n");  // over on the last day
  const Monitor known = known_at(full, date("2020-03-13"));
  EXPECT_EQ(known.until, date("2020-03-14"));
  ASSERT_EQ(known.visits.size(), 4u);
  const Moment later{day("2020-03-14"), Moment::kInfinity};
  EXPECT_EQ(known.visits[0].started, on("2020-03-03"));
  EXPECT_EQ(known.visits[0].ended, later);
  EXPECT_EQ(known.visits[0].next, kUnknown);
  EXPECT_EQ(known.visits[0].outcome, kUnknown);
  EXPECT_EQ(known.visits[1].started, later);
  EXPECT_EQ(known.visits[1].ended, later);
  EXPECT_EQ(known.visits[2].started, later) << "of who withdraws later nobody knows so yet";
  EXPECT_EQ(known.visits[2].ended, later);
  EXPECT_FALSE(known.visits[2].withdrawn);
  EXPECT_EQ(known.visits[3].ended, on("2020-03-13"));
  EXPECT_EQ(known.visits[3].next, kLeaves);
}

TEST(KnownAt, ItIsWhatWouldHaveBeenDelivered) {
  const Monitor full = desk_of(
      "k1;a;2020-03-02;2020-03-03;2020-03-20;on\nk1;b;2020-03-24;2020-03-25;;\n"
      "k2;a;2020-03-02;2020-03-16;2020-03-20;off\nk3;a;2020-03-16;2020-03-17;2020-03-20;off\n"
      "k4;a;2020-03-02;;2020-03-20;tired\nk5;a;2020-03-02;2020-03-03;2020-03-13;off\n"
      "k6;a;2020-02-03;;2020-03-12;tired\nk7;a;2020-02-03;;;\nk8;a;2020-02-03;;2020-03-02;off\n"
      "k9;a;2020-02-03;2020-02-04;2020-02-05;on\nk9;b;2020-02-17;2020-02-18;2020-02-19;on\nk9;c;2020-03-17;;;\n");
  const Monitor delivered =
      desk_until("2020-03-13",
                 "k1;a;2020-03-02;2020-03-03;;\nk2;a;2020-03-02;;;\nk4;a;2020-03-02;;;\nk5;a;2020-03-02;2020-03-03;"
                 "2020-03-13;off\n"
                 "k6;a;2020-02-03;;2020-03-12;tired\nk7;a;2020-02-03;;;\nk8;a;2020-02-03;;2020-03-02;off\n"
                 "k9;a;2020-02-03;2020-02-04;2020-02-05;on\nk9;b;2020-02-17;2020-02-18;2020-02-19;on\n");
  EXPECT_EQ(told(known_at(full, date("2020-03-13"))), told(delivered));
}

TEST(KnownAt, TheLastDayOfTheDeliveriesChangesNothing) {
  const Monitor full = desk_of(
      "k1;a;2020-03-02;2020-03-03;2020-03-20;on\nk1;b;2020-03-24;2020-03-25;;\nk2;a;2020-12-31;;;\n"
      "k3;a;2020-03-02;;2020-03-20;off\n");
  EXPECT_EQ(told(known_at(full, date("2020-12-31"))), told(full));
  EXPECT_EQ(told(known_at(full, date("2021-06-30"))), told(full));
  EXPECT_EQ(known_at(full, date("2021-06-30")).until, full.until);
}

TEST(KnownAt, AMissingStartMayLieOnEitherSide) {
  const Monitor known = known_at(desk_of("k1;a;2020-03-02;;2020-03-20;off\n"), date("2020-03-13"));
  ASSERT_EQ(known.visits.size(), 1u);
  EXPECT_EQ(known.visits[0].started, (Moment{day("2020-03-02"), Moment::kInfinity}));
  EXPECT_EQ(known.visits[0].ended, (Moment{day("2020-03-14"), Moment::kInfinity}));
}

TEST(KnownAt, ThereIsNoPlaceForAHandoverThatHadNotCome) {
  const Monitor full = desk_of("k1;a;2020-03-02;2020-03-03;2020-03-10;on\nk1;b;2020-03-24;2020-03-25;2020-04-01;off\n");
  const Linked linked = link(known_at(full, date("2020-03-13")));
  ASSERT_EQ(linked.cases.size(), 1u);
  EXPECT_EQ(linked.cases[0].count, 1u);
  ASSERT_EQ(linked.handovers.size(), 0u) << "nobody had been received at D.b yet: it is lost";
}

// ---- State

/// The rows of a state as text: child, step, moments from the snapshot on, and where to.
std::vector<std::string> rows_of(const ChainState& state) {
  std::vector<std::string> rows;
  const double snapshot = static_cast<double>(state.snapshot.time_since_epoch().count());
  const auto ago = [&](double moment) {
    return std::isnan(moment) ? std::string("-") : std::to_string(static_cast<int>(moment - snapshot));
  };
  for (const OpenCase& open : state.cases)
    rows.push_back(open.child + " " + open.step + " " + ago(open.first_received) + " " + ago(open.received) + " " +
                   ago(open.started) + " " + ago(open.ended) + " " + open.next);
  return rows;
}

ChainState state_of(const Monitor& monitor, const std::string& snapshot, double returning = 0.0) {
  return state_at(monitor, link(monitor), date(snapshot), {returning, false});
}

TEST(State, HoldsWhoWaitsWhoIsServedAndWhoIsOnTheWay) {
  const Monitor monitor = desk_of(
      "k1;a;2020-12-21;;;\n"                         // waits
      "k2;a;2020-12-14;2020-12-16;;\n"               // is served
      "k3;a;2020-12-01;2020-12-02;2020-12-03;on\n"   // is served at the next step
      "k3;b;2020-12-07;2020-12-11;;\n"               //
      "k4;a;2020-12-07;2020-12-08;2020-12-30;on\n"   // is on its way
      "k5;a;2020-12-01;2020-12-02;2020-12-28;off\n"  // left
      "k6;a;2020-12-01;;2020-12-28;tired\n");        // withdrew
  EXPECT_THAT(rows_of(state_of(monitor, "2020-12-31")),
              ElementsAre("k1 D.a -10 -10 - - ", "k2 D.a -17 -17 -15 - ", "k3 D.b -30 -24 -20 - ",
                          "k4 D.a -24 -24 -23 -1 D.b"));
}

TEST(State, WhoLeftIsInItForAsLongAsReturnsMayCome) {
  const Monitor monitor = desk_of(
      "k1;a;2020-10-01;2020-10-02;2020-10-05;off\n"  // too long ago
      "k2;a;2020-11-02;2020-11-03;2020-12-21;off\n"  // ten days ago
      "k3;a;2020-11-02;;2020-12-21;tired\n");        // left, too
  EXPECT_THAT(rows_of(state_of(monitor, "2020-12-31", 10.0)),
              ElementsAre("k2 D.a -59 -59 -58 -10 out", "k3 D.a -59 -59 - -10 out"));
  EXPECT_THAT(rows_of(state_of(monitor, "2020-12-31", 9.0)), ElementsAre());
}

TEST(State, WhoCameBackIsInItOnceAndReturnsNoMore) {
  const Monitor monitor = desk_of("k1;a;2020-10-01;2020-10-02;2020-12-21;off\nk1;a;2020-12-28;;;\n");
  EXPECT_THAT(rows_of(state_of(monitor, "2020-12-31", 100.0)), ElementsAre("k1 D.a -3 -3 - - "));
}

TEST(State, WhomTheNextPartnerShouldHaveDeliveredLongAgoIsLost) {
  const Monitor monitor = desk_of(
      "k1;a;2020-03-02;2020-03-03;2020-03-04;on\nk1;b;2020-03-14;2020-03-15;2020-03-16;off\n"
      "k2;a;2020-03-02;2020-03-03;2020-03-04;on\n");
  EXPECT_THAT(rows_of(state_of(monitor, "2020-12-31")), ElementsAre());
}

TEST(State, AtAnEarlierDayIsWhatWasKnownThen) {
  const Monitor full = desk_of(
      "k1;a;2020-03-02;2020-03-03;2020-03-20;on\nk1;b;2020-03-24;2020-03-25;;\n"
      "k2;a;2020-03-02;2020-03-16;2020-03-20;off\nk3;a;2020-03-16;;;\nk4;a;2020-03-02;;2020-03-20;tired\n");
  EXPECT_THAT(rows_of(state_of(known_at(full, date("2020-03-13")), "2020-03-13")),
              ElementsAre("k1 D.a -11 -11 -10 - ", "k2 D.a -11 -11 - - ", "k4 D.a -11 -11 - - "));
}

}  // namespace
}  // namespace ketensim::tests
