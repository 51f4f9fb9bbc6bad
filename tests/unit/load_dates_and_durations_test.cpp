// The keys `resolution` and `handovers`, and a `duration` by class of cases.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/load_files.hpp"

namespace ketensim::tests {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kTriage = "{lognormal: {mean: 3 days, cv: 0.8}}";

const Step& step(const Loaded& loaded, const std::string& id) {
  const auto& steps = loaded.scenario.chain.steps;
  return *std::find_if(steps.begin(), steps.end(), [&](const Step& s) { return s.id == id; });
}

TEST(Resolution, IsContinuousUnlessGiven) {
  const Period plain = load_text(mini_chain()).scenario.period;
  EXPECT_EQ(plain.resolution, Resolution::continuous);
  EXPECT_FALSE(plain.handed_over_on_working_days);
  const Loaded loaded = load_text(
      mini_chain("calendar: netherlands ", "resolution: day\n  handovers: working_days\n  calendar: netherlands "));
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  EXPECT_EQ(loaded.scenario.period.resolution, Resolution::day);
  EXPECT_TRUE(loaded.scenario.period.handed_over_on_working_days);
}

TEST(Resolution, IsOneOfTwoWords) {
  EXPECT_EQ(diagnosed(mini_chain("calendar: netherlands ", "resolution: daily\n  calendar: netherlands ")),
            "chain.yaml:9:15: error: expected one of `continuous`, `day`, not `daily`\n");
}

TEST(DurationOfClass, IsAListOfWhichTheLastHoldsForAllOthers) {
  const Loaded loaded =
      load_text(mini_chain(kTriage,
                           "[{when: {urgency: crisis, municipality: [GM0141]}, exponential: 1 day}, "
                           "{when: {urgency: crisis}, uniform: [1 day, 2 days]}, {gamma: {mean: 4 days, cv: 0.8}}]"));
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  const Step& triage = step(loaded, "VTT.triage");
  ASSERT_EQ(triage.duration_of_class.size(), 2u);
  EXPECT_THAT(triage.duration_of_class[0].when,
              ElementsAre(Condition{"urgency", {"crisis"}}, Condition{"municipality", {"GM0141"}}));
  EXPECT_EQ(triage.duration_of_class[0].duration.kind, "exponential");
  EXPECT_THAT(triage.duration_of_class[1].when, ElementsAre(Condition{"urgency", {"crisis"}}));
  EXPECT_THAT(triage.duration_of_class[1].duration.points, ElementsAre(1.0, 2.0));
  EXPECT_EQ(triage.duration.kind, "gamma");
}

TEST(DurationOfClass, MayBeOneForAll) {
  const Loaded loaded = load_text(mini_chain(kTriage, "[{exponential: 3 days}]"));
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  EXPECT_THAT(step(loaded, "VTT.triage").duration_of_class, IsEmpty());
  EXPECT_EQ(step(loaded, "VTT.triage").duration.kind, "exponential");
}

TEST(DurationOfClass, IsReplacedAsAWholeByWhatIsLaidOverIt) {
  Folder folder;
  const std::string list = "[{when: {urgency: crisis}, exponential: 1 day}, {exponential: 4 days}]";
  folder.put("list.yaml", mini_chain(kTriage, list));
  folder.put("plain.yaml", mini_chain());
  const auto over = [&](const std::string& base, const std::string& duration) {
    folder.put("over.yaml",
               "format: ketensim/1\nbase: " + base + "\nsteps: {VTT.triage: {duration: " + duration + "}}\n");
    Loaded loaded = folder.load("over.yaml");
    EXPECT_TRUE(loaded.ok()) << errors_of(loaded);
    return step(loaded, "VTT.triage");
  };
  const Step plain = over("list.yaml", "{deterministic: 2 days}");
  EXPECT_THAT(plain.duration_of_class, IsEmpty());
  EXPECT_EQ(plain.duration.kind, "deterministic");
  for (const char* base : {"plain.yaml", "list.yaml"}) {
    const Step classes = over(base, "[{when: {urgency: regular}, exponential: 9 days}, {deterministic: 1 day}]");
    ASSERT_EQ(classes.duration_of_class.size(), 1u);
    EXPECT_EQ(classes.duration_of_class[0].when[0].values[0], "regular");
    EXPECT_EQ(classes.duration.kind, "deterministic");
  }
}

struct Fault {
  const char *duration, *expected;
};
class DurationFault : public testing::TestWithParam<Fault> {};

TEST_P(DurationFault, IsSaidOnceWithItsPlace) {
  const std::string errors = diagnosed(mini_chain(kTriage, GetParam().duration));
  EXPECT_EQ(errors.rfind(std::string("chain.yaml:45:") + GetParam().expected, 0), 0u) << errors;
  EXPECT_EQ(std::count(errors.begin(), errors.end(), '\n'), 1) << errors;
}

INSTANTIATE_TEST_SUITE_P(
    Durations, DurationFault,
    testing::Values(
        Fault{"[{when: {urgency: crysis}, exponential: 1 day}, {exponential: 4 days}]",
              "33: error: unknown value of urgency `crysis` (did you mean `crisis`?)"},
        Fault{"[{when: {urgent: crisis}, exponential: 1 day}, {exponential: 4 days}]",
              "24: error: unknown attribute `urgent` (did you mean `urgency`?)"},
        Fault{"[{exponential: 1 day}, {exponential: 4 days}]",
              "16: error: the durations after this one are never used: it has no `when`"},
        Fault{"[{when: {urgency: crisis}, exponential: 1 day}]",
              "5: error: end with a duration without `when`, for all other cases"},
        Fault{"[{when: {urgency: crisis}, exponential: 1 day}, {when: {urgency: regular}, exponential: 4 days}]",
              "5: error: end with a duration without `when`, for all other cases"},
        Fault{"[{when: {urgency: crisis}, exponential: 1 day}, {gamma: {mean: -4 days, cv: 0.8}}]",
              "78: error: expected a duration"},
        Fault{"[{when: {urgency: crisis}, gamma: {mean: 1 day, cv: -1}}, {exponential: 4 days}]",
              "16: error: cv of gamma must be"},
        Fault{"[{when: {urgency: crisis}}, {exponential: 4 days}]", "16: error: a distribution is missing here"},
        Fault{"[]", "5: error: expected a list of distributions with conditions"},
        Fault{"3 days", "15: error: expected a distribution, or a list of distributions with conditions"}));

}  // namespace
}  // namespace ketensim::tests
