#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/unit/load_files.hpp"

namespace ketensim::tests {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr const char* kHead = R"(format: ketensim/1
time: {start: 2024-01-01, end: 2024-02-01, calendar: continuous}
organisations: {A: {}}
arrivals:
  reports:
    to: A.a
)";
constexpr const char* kTail = R"(
steps: {A.a: {duration: {exponential: 1 day}, next: [{to: out}]}}
)";
constexpr const char* kAttributes =
    "    attributes: {town: {T1: 0.5, T2: 0.5}, urgency: {given: town, by: {T1: {high: 0.5, low: 0.5}}, otherwise: "
    "{high: "
    "0.1, low: 0.9}}}\n";

std::string chain(const std::string& stream) { return kHead + stream + kTail; }
std::string replay() { return chain("    recorded: arrivals.csv\n" + std::string(kAttributes)); }

/// A chain with recorded arrivals beside it.
class RecordedFile : public testing::Test {
 protected:
  Loaded load(const std::string& csv) {
    folder_.put("chain.yaml", replay());
    folder_.put("arrivals.csv", csv);
    return folder_.load("chain.yaml");
  }
  std::string errors(const std::string& csv) { return errors_of(load(csv)); }
  static const std::vector<Stream::Recorded>& families(const Loaded& loaded) {
    return *loaded.scenario.chain.streams[0].recorded;
  }
  Folder folder_;
};

double days_until_2024() {
  return static_cast<double>(Date{std::chrono::year{2024} / 1 / 1}.time_since_epoch().count());
}

TEST_F(RecordedFile, IsReadInTheOrderOfMomentsAndTiesAsTheyStand) {
  const Loaded loaded = load(
      "\xEF\xBB\xBFurgency,received,children,town\r\nhigh,2024-01-05T12:00,3,T2\r\nlow,2024-01-02,1,T1\r\n,2024-01-02,"
      "2,"
      "\r\nhigh,2024-01-28,1,T1\r\n");
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  const Stream& stream = loaded.scenario.chain.streams[0];
  EXPECT_THAT(stream.recorded_attributes, ElementsAre("urgency", "town"));
  ASSERT_THAT(families(loaded), SizeIs(4));
  EXPECT_EQ(families(loaded)[0].moment, days_until_2024() + 1.0);
  EXPECT_THAT(families(loaded)[0].values, ElementsAre("low", "T1"));
  EXPECT_EQ(families(loaded)[1].children, 2);
  EXPECT_THAT(families(loaded)[1].values, ElementsAre("", ""));
  EXPECT_EQ(families(loaded)[2].moment, days_until_2024() + 4.5);
  EXPECT_EQ(families(loaded)[2].children, 3);
}

TEST_F(RecordedFile, StaysOutOfTheTextOfTheScenario) {
  const Loaded loaded = load("received,children\n2024-01-17,3\n");
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  EXPECT_THAT(loaded.scenario.text, AllOf(HasSubstr("recorded: arrivals.csv"), Not(HasSubstr("2024-01-17"))));
}

TEST_F(RecordedFile, IsNamedRelativeToTheFileThatSaysSo) {
  std::filesystem::create_directory(folder_.path() / "base");
  folder_.put("base/chain.yaml", replay());
  folder_.put("base/arrivals.csv", "received,children\n2024-01-02,1\n2024-01-29,1\n");
  folder_.put("over.yaml", "format: ketensim/1\nbase: base/chain.yaml\nname: over\n");
  const Loaded loaded = folder_.load("over.yaml");
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  EXPECT_THAT(families(loaded), SizeIs(2));
  const Loaded calibrated = [&] {
    folder_.put("stands.yaml", "format: ketensim/1\nbase: calibrated\n");
    return folder_.load("stands.yaml", {folder_.path() / "base"});
  }();
  ASSERT_TRUE(calibrated.ok()) << errors_of(calibrated);
  EXPECT_THAT(families(calibrated), SizeIs(2));
}

TEST_F(RecordedFile, AndARateReplaceEachOtherOverABase) {
  folder_.put("arrivals.csv", "received,children\n2024-01-02,1\n2024-01-29,1\n");
  folder_.put("rate.yaml",
              chain("    rate: 2 / day\n    trend: 3% / year\n    children: {1: 0.5, 2: 0.5}\n    dispersion: "
                    "{day: 0.1}\n"));
  folder_.put("replay.yaml", replay());
  folder_.put("a.yaml", "format: ketensim/1\nbase: rate.yaml\narrivals: {reports: {recorded: arrivals.csv}}\n");
  folder_.put("b.yaml", "format: ketensim/1\nbase: replay.yaml\narrivals: {reports: {rate: 3 / day}}\n");
  folder_.put("c.yaml", "format: ketensim/1\nbase: replay.yaml\narrivals: {reports: {trend: 3% / year}}\n");
  const Loaded a = folder_.load("a.yaml"), b = folder_.load("b.yaml"), c = folder_.load("c.yaml");
  ASSERT_TRUE(a.ok()) << errors_of(a);
  EXPECT_THAT(families(a), SizeIs(2));
  EXPECT_EQ(a.scenario.chain.streams[0].day_dispersion, 0.0);
  ASSERT_TRUE(b.ok()) << errors_of(b);
  EXPECT_EQ(b.scenario.chain.streams[0].recorded, nullptr);
  EXPECT_EQ(b.scenario.chain.streams[0].per_day, 3.0);
  EXPECT_THAT(errors_of(c), HasSubstr("c.yaml:3:22: error: give either `recorded` or `trend`, and not both"));
}

TEST_F(RecordedFile, ExcludesARateAndWhatBelongsToIt) {
  for (const char* key : {"rate: 2 / day", "trend: 3% / year", "month: {jul: 0.7}", "weekday: {sat: 0.1}",
                          "school_holidays: 0.8", "public_holidays: 0.8", "children: {1: 1}", "dispersion: {day: 0.1}"})
    EXPECT_THAT(diagnosed(chain("    recorded: arrivals.csv\n    " + std::string(key) + "\n")),
                HasSubstr("and not both"))
        << key;
  EXPECT_THAT(diagnosed(chain("")), HasSubstr("chain.yaml:5:3: error: `rate` is missing: a rate"));
  const std::string typo = diagnosed(chain("    recorde: arrivals.csv\n"));
  EXPECT_THAT(typo, HasSubstr("unknown key `recorde` (did you mean `recorded`?)"));
  EXPECT_EQ(std::count(typo.begin(), typo.end(), '\n'), 1) << typo;
}

TEST_F(RecordedFile, ThatCannotBeOpenedIsUnreadable) {
  folder_.put("chain.yaml", replay());
  const Loaded loaded = folder_.load("chain.yaml");
  EXPECT_TRUE(loaded.unreadable);
  EXPECT_EQ(errors_of(loaded),
            "chain.yaml:7:15: error: recorded arrivals arrivals.csv: cannot open: No such file or directory\n");
  EXPECT_THAT(diagnosed(chain("    recorded: .\n")), HasSubstr("this is a folder, not a file of recorded arrivals"));
}

TEST_F(RecordedFile, HasItsProblemsAtTheirPlaceAndAllAtOnce) {
  const std::string text = errors(
      "received,children,town,urgency\n2024-02-30,1,T1,low\n2024-01-02,0,T1,low\n2024-01-02,256,T1,low\n2024-01-02,two,"
      "T1,"
      "low\n,1,T1,low\n2024-01-02,1,T3,low\n2024-01-02,1,T1\n2024-01-02,1,T1,hihg\n2024-01-02,1.0,T1,low\n2024-01-02T25:"
      "00,"
      "1,T1,low\n");
  for (const char* expected : {
           "arrivals.csv:2:1: error: expected a date or moment, such as `2024-02-01` or `2024-02-01T14:30`, not "
           "`2024-02-30`: this date does not exist: that month has 29 days",
           "arrivals.csv:3:12: error: expected a number of children from 1 to 255, not `0`",
           "arrivals.csv:4:12: error: expected a number of children from 1 to 255, not `256`",
           "arrivals.csv:5:12: error: expected a number of children from 1 to 255, not `two`",
           "arrivals.csv:6:1: error: expected a date or moment, such as `2024-02-01` or `2024-02-01T14:30`, not an "
           "empty "
           "cell",
           "arrivals.csv:7:14: error: unknown value of town `T3`",
           "arrivals.csv:8:1: error: this row has 3 cells, and the header has 4",
           "arrivals.csv:9:17: error: unknown value of urgency `hihg` (did you mean `high`?)",
           "arrivals.csv:10:12: error: expected a number of children from 1 to 255, not `1.0`",
           "arrivals.csv:11:1: error: expected a date or moment",
       })
    EXPECT_THAT(text, HasSubstr(expected));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 10) << text;
}

TEST_F(RecordedFile, NeedsItsColumnsAndKnowsNoOthers) {
  EXPECT_EQ(errors("received,town\n2024-01-02,T1\n"),
            "arrivals.csv:1:1: error: the column `children` is missing: how many children it has\n");
  EXPECT_EQ(
      errors("children,town\n1,T1\n"),
      "arrivals.csv:1:1: error: the column `received` is missing: the date or moment at which a family was received\n");
  EXPECT_THAT(errors("received,children,tonw\n2024-01-02,1,T1\n"),
              HasSubstr("arrivals.csv:1:19: error: unknown column `tonw`"));
  EXPECT_THAT(errors("received;children\n2024-01-02;1\n"), HasSubstr("separated by `;`"));
}

TEST_F(RecordedFile, MustBeATextOfItsKind) {
  EXPECT_THAT(errors(""), HasSubstr("arrivals.csv: error: the file is empty: a header is missing"));
  EXPECT_THAT(errors("received,children\n2024-01-02,\xE9\n"), HasSubstr("arrivals.csv:2:12: error: this is not UTF-8"));
  EXPECT_THAT(errors(std::string("\xFF\xFEr\0e\0", 6)), HasSubstr("UTF-16"));
  EXPECT_THAT(errors(std::string("received,children\n2024-01-02,\0\n", 31)), HasSubstr("control character"));
  EXPECT_THAT(errors("received,children\n" + std::string(70'000, '1') + ",1\n"),
              HasSubstr("arrivals.csv:2:1: error: this row is longer"));
  EXPECT_THAT(errors("received,children\n2024-01-02,\"1\n"),
              HasSubstr("arrivals.csv:2:12: error: this quote is never closed"));
  EXPECT_THAT(errors("received,children\n" + std::string(21'000'000, '\n')), HasSubstr("larger than 20 MB"));
  std::string many = "received,children\n";
  for (int i = 0; i < 5000; ++i) many += "x,y\n";
  const std::string text = errors(many);
  EXPECT_LT(std::count(text.begin(), text.end(), '\n'), 205);
}

TEST_F(RecordedFile, WarnsWhereNobodyArrives) {
  const auto warned = [&](const std::string& csv) {
    const Loaded loaded = load(csv);
    EXPECT_TRUE(loaded.ok()) << errors_of(loaded);
    std::string text;
    for (const Diagnostic& diagnostic : loaded.diagnostics) text += diagnostic.text() + "\n";
    return text;
  };
  EXPECT_THAT(warned("received,children\n"), HasSubstr("chain.yaml:7:15: warning: no family is recorded between"));
  EXPECT_THAT(warned("received,children\n2023-01-02,1\n2024-02-01,1\n"), HasSubstr("no family is recorded between"));
  EXPECT_THAT(warned("received,children\n2024-01-01,1\n2024-01-02,1\n"),
              HasSubstr("the recorded arrivals end on 2024-01-02"));
}

TEST(Streams, TakeDispersionAndSharesByAnotherAttribute) {
  const Loaded loaded =
      load_text(chain("    rate: 2 / day\n    dispersion: {day: 0.02, month: 0.01}\n" + std::string(kAttributes)));
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  const Stream& stream = loaded.scenario.chain.streams[0];
  EXPECT_EQ(stream.day_dispersion, 0.02);
  EXPECT_EQ(stream.month_dispersion, 0.01);
  EXPECT_EQ(stream.attributes[1].given, "town");
  EXPECT_EQ(stream.attributes[1].shares[0].second, 0.1);
  ASSERT_THAT(stream.attributes[1].by_value, SizeIs(1));
  EXPECT_EQ(stream.attributes[1].by_value[0].first, "T1");
  EXPECT_EQ(stream.attributes[1].by_value[0].second[1].first, "low");
  EXPECT_EQ(stream.attributes[0].given, "");
}

TEST(Streams, SayWhereAnAttributeOrADispersionIsWrong) {
  const auto with = [](const std::string& attributes) {
    return diagnosed(chain(
        "    rate: 2 / day\n    attributes:\n      town: {T1: 0.5, T2: 0.5}\n      urgency: " + attributes + "\n"));
  };
  EXPECT_THAT(
      with("{given: twon, by: {T1: {high: 1}}, otherwise: {high: 1}}"),
      HasSubstr("chain.yaml:10:24: error: unknown attribute drawn before urgency `twon` (did you mean `town`?)"));
  EXPECT_THAT(with("{given: town, by: {T3: {high: 1}}, otherwise: {high: 1}}"),
              HasSubstr("chain.yaml:10:35: error: unknown value of town `T3`"));
  EXPECT_THAT(with("{given: town, by: {T1: {high: 0.7}}, otherwise: {high: 1}}"),
              HasSubstr("chain.yaml:10:35: error: the shares of urgency add up to 0.7"));
  EXPECT_THAT(with("{given: town, by: {T1: {high: 1}}}"), HasSubstr("`otherwise` is missing"));
  EXPECT_THAT(with("{by: {T1: {high: 1}}, otherwise: {high: 1}}"), HasSubstr("`given` is missing"));
  EXPECT_THAT(with("{given: 0.4, by: 0.6}"), IsEmpty());  // values may be called so
  EXPECT_THAT(diagnosed(chain("    rate: 2 / day\n    dispersion: {day: 5}\n")),
              HasSubstr("chain.yaml:8:23: error: a variance must be from 0 to 4, not 5"));
  EXPECT_THAT(diagnosed(chain("    rate: 2 / day\n    dispersion: {week: 0.1}\n")), HasSubstr("unknown key `week`"));
}

}  // namespace
}  // namespace ketensim::tests
