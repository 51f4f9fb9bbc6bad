#include <gtest/gtest.h>

#include "scenarios/loader/quantities.hpp"

namespace ketensim::loader {
namespace {

TEST(Quantities, AreNumbersOfEverySensibleMagnitudeAndNoOthers) {
  for (const auto& [text, value] :
       {std::pair{"4.5", 4.5}, {"-2", -2.0}, {"+3", 3.0}, {".5", 0.5}, {"1e3", 1000.0}, {" 7 ", 7.0}})
    EXPECT_EQ(read_number(text).value, value) << text;
  for (const char* text :
       {"",     "-",     ".",   "nan",   ".nan", "NaN", "inf", "-.inf", "infinity", "0x1F", "1e400", "1e-400",
        "1e16", "1_000", "1,5", "1 000", "1e",   "e5",  "--1", "+-1",   "1.2.3",    "five", "1:30",  "0o7x"})
    EXPECT_FALSE(read_number(text)) << text;
}

TEST(Quantities, AreDurationsWithAUnit) {
  EXPECT_EQ(read_duration("3 days").value, (Duration{3.0, false}));
  EXPECT_EQ(read_duration("1 day").value, (Duration{1.0, false}));
  EXPECT_EQ(read_duration("2 weeks").value, (Duration{14.0, false}));
  EXPECT_EQ(read_duration("6 months").value, (Duration{365.25 / 2, false}));
  EXPECT_EQ(read_duration("1 year").value, (Duration{365.25, false}));
  EXPECT_EQ(read_duration("4 hours").value, (Duration{4.0 / 24.0, false}));
  EXPECT_DOUBLE_EQ(read_duration("30 minutes").value->days, 1.0 / 48.0);
  EXPECT_EQ(read_duration("5 working days").value, (Duration{5.0, true}));
  EXPECT_EQ(read_duration("1e1 days").value, (Duration{10.0, false}));
  for (const char* text :
       {"3", "days", "3 dagen", "3 working weeks", "-3 days", "3 days ago", "nan days", "2000 years", ""})
    EXPECT_FALSE(read_duration(text)) << text;
  EXPECT_EQ(read_duration("3").problem, "add a unit, such as `3 days`");
}

TEST(Quantities, AreRatesPerUnit) {
  EXPECT_DOUBLE_EQ(*read_rate("800 / year").value, 800 / 365.25);
  EXPECT_DOUBLE_EQ(*read_rate("2.4/day").value, 2.4);
  EXPECT_DOUBLE_EQ(*read_rate("7 / week").value, 1.0);
  EXPECT_DOUBLE_EQ(*read_rate("12 / month").value, 144 / 365.25);
  EXPECT_DOUBLE_EQ(*read_rate("1 / hour").value, 24.0);
  for (const char* text : {"800", "800 / years", "800 / working day", "/ year", "8 / 2", "-1 / day"})
    EXPECT_FALSE(read_rate(text)) << text;
}

TEST(Quantities, AreSharesAndGrowth) {
  EXPECT_DOUBLE_EQ(*read_share("30%").value, 0.3);
  EXPECT_DOUBLE_EQ(*read_share("0.3").value, 0.3);
  EXPECT_EQ(read_share("100 %").value, 1.0);
  for (const char* text : {"1.01", "-1%", "101%", "%", "half"}) EXPECT_FALSE(read_share(text)) << text;
  EXPECT_DOUBLE_EQ(*read_growth("3% / year").value, 0.03);
  EXPECT_DOUBLE_EQ(*read_growth("-0.02/year").value, -0.02);
  for (const char* text : {"3%", "3% / month", "fast / year"}) EXPECT_FALSE(read_growth(text)) << text;
}

TEST(Quantities, AreDaysThatExist) {
  using namespace std::chrono;
  EXPECT_EQ(read_date("2024-02-29").value, sys_days{2024y / 2 / 29});
  EXPECT_EQ(read_month("2024-07").value, sys_days{2024y / 7 / 1});
  for (const char* text : {"2023-02-29", "2024-02-30", "2024-13-01", "2024-00-01", "2024-1-1", "2024/01/01",
                           "01-01-2024", "2024-01-01T00:00", "today", ""})
    EXPECT_FALSE(read_date(text)) << text;
  for (const char* text : {"2024-13", "2024-7", "2024-07-01", "07-2024"}) EXPECT_FALSE(read_month(text)) << text;
}

TEST(Quantities, AreChanges) {
  using Kind = Change::Kind;
  EXPECT_EQ(read_change("+20%").value, (Change{Kind::factor, 1.2}));
  EXPECT_EQ(read_change("-10%").value, (Change{Kind::factor, 0.9}));
  EXPECT_EQ(read_change("x1.35").value, (Change{Kind::factor, 1.35}));
  EXPECT_EQ(read_change("+6 slots").value, (Change{Kind::add_slots, 6}));
  EXPECT_EQ(read_change("-1 slot").value, (Change{Kind::add_slots, -1}));
  EXPECT_EQ(read_change("-1.5 fte").value, (Change{Kind::add_fte, -1.5}));
  EXPECT_EQ(read_change("30 slots").value, (Change{Kind::set_slots, 30}));
  EXPECT_EQ(read_change("4 fte").value, (Change{Kind::set_fte, 4}));
  for (const char* text : {"20%", "6", "+6", "x", "x-1", "+6 people", "", "+ %"})
    EXPECT_FALSE(read_change(text)) << text;
  EXPECT_EQ(read_factor("x1.35").value, 1.35);
  EXPECT_FALSE(read_factor("+6 slots"));
}

}  // namespace
}  // namespace ketensim::loader
