#include "calibration/monitor/dates.hpp"

#include <gtest/gtest.h>

#include "tests/monitor/deliveries.hpp"

namespace ketensim::tests {
namespace {

using monitor::read_moment;
using monitor::ReadMoment;
using Kind = ReadMoment::Kind;

std::vector<const DateFormat*> format(const std::string& name) {
  for (const DateFormat& row : date_formats())
    if (row.name == name) return {&row};
  return {};
}

ReadMoment read(const std::string& text, const std::string& name, bool utc = false) {
  return read_moment(text, format(name), utc);
}

TEST(Dates, AreReadInEveryFormat) {
  for (const auto& [text, name] : std::vector<std::pair<std::string, std::string>>{{"2020-02-29", "yyyy-mm-dd"},
                                                                                   {"29-02-2020", "dd-mm-yyyy"},
                                                                                   {"02-29-2020", "mm-dd-yyyy"},
                                                                                   {"2020/02/29", "yyyy/mm/dd"},
                                                                                   {"29/2/2020", "dd/mm/yyyy"},
                                                                                   {"2/29/2020", "mm/dd/yyyy"},
                                                                                   {"29.02.2020", "dd.mm.yyyy"},
                                                                                   {" 20200229 ", "yyyymmdd"}}) {
    const ReadMoment moment = read(text, name);
    EXPECT_EQ(moment.kind, Kind::sound) << text;
    EXPECT_EQ(moment.days, day("2020-02-29")) << text;
  }
  EXPECT_EQ(read("2020-02", "yyyy-mm").days, day("2020-02-01"));
}

TEST(Dates, ATimeMayFollow) {
  const ReadMoment minute = read("2020-03-01 06:30", "yyyy-mm-dd");
  EXPECT_DOUBLE_EQ(minute.days, day("2020-03-01") + 6.5 / 24);
  EXPECT_EQ(minute.finest, 2);
  EXPECT_EQ(read("2020-03-01T06:00:00", "yyyy-mm-dd").finest, 1);
  EXPECT_EQ(read("2020-03-01T00:00:00.000", "yyyy-mm-dd").finest, 0);
  const ReadMoment second = read("2020-03-01T00:00:01.5Z", "yyyy-mm-dd");
  EXPECT_EQ(second.finest, 3);
  EXPECT_NEAR(second.days, day("2020-03-01") + 1.5 / 86400, 1e-9);
}

TEST(Dates, AZoneIsDroppedOrMovedToUtc) {
  EXPECT_DOUBLE_EQ(read("2020-03-01T01:00:00+02:00", "yyyy-mm-dd").days, day("2020-03-01") + 1.0 / 24);
  EXPECT_DOUBLE_EQ(read("2020-03-01T01:00:00+02:00", "yyyy-mm-dd", true).days, day("2020-02-29") + 23.0 / 24);
  EXPECT_DOUBLE_EQ(read("2020-03-01T01:00:00-0130", "yyyy-mm-dd", true).days, day("2020-03-01") + 2.5 / 24);
}

TEST(Dates, ThatDoNotExistAreNoticed) {
  for (const char* text : {"2021-02-29", "2020-00-10", "2020-04-31", "2020-13-31", "1900-02-29"})
    EXPECT_EQ(read(text, "yyyy-mm-dd").kind, Kind::impossible) << text;
  const ReadMoment exchanged = read("2020-25-03", "yyyy-mm-dd");
  EXPECT_EQ(exchanged.kind, Kind::impossible);
  EXPECT_TRUE(exchanged.exchanged_exists);
  EXPECT_EQ(exchanged.days, day("2020-03-25"));
}

TEST(Dates, OtherTextIsNone) {
  EXPECT_EQ(read("  ", "yyyy-mm-dd").kind, Kind::empty);
  for (const char* text :
       {"n.v.t.", "20-03-01", "2020-03-01x", "2020-03-01T", "2020-03-01 25:00", "2020--03", "-", "12"})
    EXPECT_EQ(read(text, "yyyy-mm-dd").kind, Kind::unreadable) << text;
}

}  // namespace
}  // namespace ketensim::tests
