#include "tools/report/charts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

namespace ketensim::report {
namespace {

using testing::HasSubstr;
using testing::Not;

Chart chart_named(const std::string& name) {
  Chart chart;
  chart.x_name = name;
  chart.series.push_back({name,
                          ChartSeries::Kind::steps,
                          {1.0, 20000.0},
                          {std::numeric_limits<double>::quiet_NaN(), 1.0 / 3.0},
                          {},
                          {},
                          false});
  return chart;
}

TEST(Charts, HoldNothingThatCouldEndTheirScript) {
  const std::string name = "</script><!-- \"x\"";
  const std::string json = json_of(chart_named(name));
  EXPECT_THAT(json, Not(HasSubstr("<")));
  EXPECT_EQ(nlohmann::json::parse(json)["x"], name);
}

TEST(Charts, TellHolesAsNullAndFiguresInFiveDigits) {
  const auto json = nlohmann::json::parse(json_of(chart_named("x")));
  EXPECT_TRUE(json["series"][0]["y"][0].is_null());
  EXPECT_EQ(json["series"][0]["y"][1], 0.33333);
  EXPECT_EQ(json["series"][0]["x"][1], 20000.0);
  EXPECT_EQ(json["series"][0]["kind"], "steps");
}

TEST(Charts, TakeNamesThatAreNoUnicode) { EXPECT_NO_THROW(json_of(chart_named("Almel\xf3"))); }

}  // namespace
}  // namespace ketensim::report
