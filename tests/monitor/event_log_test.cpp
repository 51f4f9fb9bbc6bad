#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/monitor/deliveries.hpp"

namespace ketensim::tests {
namespace {

using testing::HasSubstr;

constexpr double kMinute = 1.0 / 1440;

std::string import_of(const std::string& delivery) {
  return "format: ketensim-import/1\ncalendar: continuous\nlimit: 100%\norganisations: {P: {name: Plant}}\n"
         "deliveries:\n  - organisation: P\n" +
         delivery;
}

const std::string kStartsAndEnds =
    import_of("    file: log.csv\n    columns: {case: case, step: activity, started: start, ended: end}\n");

const std::string kXes = import_of(
    "    file: log.xes\n    kind: xes\n"
    "    columns: {case: \"case:concept:name\", step: \"concept:name\", moment: \"time:timestamp\", "
    "lifecycle: \"lifecycle:transition\"}\n");

std::string event(const std::string& activity, const std::string& transition, const std::string& when) {
  return "  <event>\n    <string key=\"concept:name\" value=\"" + activity +
         "\"><string key=\"concept:name\" value=\"inner\"/></string>\n" +
         "    <string key=\"lifecycle:transition\" value=\"" + transition +
         "\"/>\n    <date key=\"time:timestamp\" value=\"" + when + "\"/>\n  </event>\n";
}

std::string log(const std::string& events) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log>\n <global scope=\"event\"><string key=\"concept:name\" "
         "value=\"x\"/></global>\n"
         " <trace>\n  <string key=\"concept:name\" value=\"c1\"/>\n" +
         events + " </trace>\n</log>\n";
}

TEST(EventLog, ReadsStartsAndEnds) {
  const MonitorRead done = read(kStartsAndEnds, {{"log.csv",
                                                  "case,activity,resource,start,end\n"
                                                  "1,Check it,x,2020-01-01T09:00:00+01:00,2020-01-01T10:00:00+01:00\n"
                                                  "1,Pay,y,2020-01-01T12:30:00+01:00,2020-01-01T12:45:00+01:00\n"}});
  EXPECT_EQ(said(done), "");
  const Monitor& monitor = done.monitor;
  ASSERT_EQ(monitor.visits.size(), 2u);
  EXPECT_EQ(monitor.steps[0].id, "P.Check-it");
  EXPECT_EQ(monitor.visits[0].received.earliest, monitor.visits[0].started.earliest) << "nothing came before it";
  EXPECT_NEAR(monitor.visits[1].received.earliest, day("2020-01-01") + 10.0 / 24, 1e-9) << "when the one before ended";
  EXPECT_EQ(monitor.visits[1].received.latest, monitor.visits[1].started.latest);
  EXPECT_TRUE(monitor.visits[1].follows);
  ASSERT_EQ(monitor.granularities.size(), 2u);
  EXPECT_DOUBLE_EQ(monitor.granularities[0].days, kMinute);
  EXPECT_DOUBLE_EQ(monitor.granularities[1].days, kMinute);
  EXPECT_NEAR(monitor.visits[0].started.latest - monitor.visits[0].started.earliest, kMinute, 1e-9);
  const Linked linked = link(monitor);
  ASSERT_EQ(linked.cases.size(), 1u);
  EXPECT_EQ(linked.cases[0].count, 2u);
}

TEST(EventLog, ReadsLifecycleRowsAsCsv) {
  const std::string import = import_of(
      "    file: log.csv\n    date: dd-mm-yyyy\n    columns: {child: who, step: activity, moment: at, lifecycle: "
      "what}\n"
      "    lifecycle: {assigned: received, start: started, done: ended, pause: ignored}\n");
  const MonitorRead done =
      read(import, {{"log.csv",
                     "who,activity,what,at\nk,A,done,05-01-2020 10:00\nk,A,assigned,01-01-2020 09:00\n"
                     "k,A,Start,02-01-2020 09:00\nk,A,pause,03-01-2020 09:00\n"
                     "k,A,assigned,03-01-2020 08:00\nk,A,odd,03-01-2020 08:00\n"}});
  EXPECT_EQ(ledger(done), "log.csv,6,overlapping_steps,,\nlog.csv,7,unknown_code,what=odd,rejected\n");
  ASSERT_EQ(done.monitor.visits.size(), 2u);
  const MonitorVisit& first = done.monitor.visits[0];
  EXPECT_DOUBLE_EQ(first.received.earliest, day("2020-01-01") + 9.0 / 24);
  EXPECT_DOUBLE_EQ(first.started.earliest, day("2020-01-02") + 9.0 / 24);
  EXPECT_DOUBLE_EQ(first.ended.earliest, day("2020-01-05") + 10.0 / 24);
  EXPECT_TRUE(done.monitor.visits[1].started.open());
}

TEST(EventLog, ReadsXes) {
  for (const bool packed : {false, true}) {
    const std::string text = log(event("A", "schedule", "2020-01-01T09:00:00.000+01:00") +
                                 event("A", "start", "2020-01-01T10:00:00.000+01:00") +
                                 event("A", "complete", "2020-01-01T11:00:00.000+01:00"));
    const MonitorRead done = read(kXes, {{packed ? "log.xes.gz" : "log.xes", text}});
    EXPECT_EQ(said(done), "");
    ASSERT_EQ(done.monitor.visits.size(), 1u);
    EXPECT_EQ(done.monitor.children[0], "c1");
    EXPECT_DOUBLE_EQ(done.monitor.visits[0].ended.earliest, day("2020-01-01") + 11.0 / 24);
    EXPECT_EQ(done.monitor.visits[0].line, 6);
  }
}

TEST(EventLog, BrokenXesHasItsPlace) {
  const std::string sound = log(event("A", "start", "2020-01-01T10:00:00"));
  const auto error = [&](const std::string& text) {
    const MonitorRead done = read(kXes, {{"log.xes", text}});
    EXPECT_FALSE(done.ok());
    return said(done);
  };
  EXPECT_THAT(error(sound.substr(0, sound.size() - 20)), HasSubstr("the file ends before its log is over"));
  EXPECT_THAT(error(""), HasSubstr("the file is empty"));
  EXPECT_THAT(error("<log>\n<trace>\n</log>"), HasSubstr("log.xes:3:3: error: this is not valid XML: mismatched tag"));
  EXPECT_THAT(error("<html></html>"), HasSubstr("this is no XES log"));
  EXPECT_THAT(error("<log></log>"), HasSubstr("no event in it"));
  EXPECT_THAT(error(log("<event><string key=\"concept:name\" value=\"A\"/></event>")),
              HasSubstr("no attribute `time:timestamp`"));
  std::string deep = "<log>";
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  EXPECT_THAT(error(deep), HasSubstr("nested more than 200 deep"));
  EXPECT_THAT(error(std::string("<log>\0</log>", 12)), HasSubstr("not valid XML"));
}

}  // namespace
}  // namespace ketensim::tests
