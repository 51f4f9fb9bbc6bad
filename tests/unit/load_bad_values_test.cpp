#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/load_files.hpp"

namespace ketensim::tests {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// mini-chain.yaml with one fault has one error; `expected` begins with its line and column.
struct Fault {
  const char *piece, *by, *expected;
};

class FaultTest : public testing::TestWithParam<Fault> {};

TEST_P(FaultTest, IsSaidOnceWithItsPlace) {
  const Fault& fault = GetParam();
  const std::string errors = diagnosed(mini_chain(fault.piece, fault.by));
  EXPECT_EQ(errors.rfind(std::string("chain.yaml:") + fault.expected, 0), 0u)
      << errors << "expected " << fault.expected;
  EXPECT_EQ(std::count(errors.begin(), errors.end(), '\n'), 1) << errors;
}

constexpr Fault kKeys[] = {
    {"\nreturns:", "\nretruns:", "95:1: error: unknown key `retruns` (did you mean `returns`?)"},
    {"    duration: {lognormal: {mean: 3 days, cv: 0.8}}", "    duratoin: {lognormal: {mean: 3 days, cv: 0.8}}",
     "45:5: error: unknown key `duratoin` (did you mean `duration`?)"},
    {"    duration: {lognormal: {mean: 3 days, cv: 0.8}}\n", "", "42:3: error: `duration` is missing: a distribution"},
    {"trend: 3% / year", "colour: red", "24:5: error: unknown key `colour`; known here: `to`, `rate`"},
    {"{jul: 0.75, aug: 0.70, nov: 1.15}", "{juli: 0.75}", "25:13: error: unknown key `juli` (did you mean `jul`?)"},
    {"{gamma: {mean: 50 days, cv: 0.5}}", "{gama: {mean: 50 days, cv: 0.5}}",
     "53:16: error: unknown distribution `gama` (did you mean `gamma`?)"},
    {"{gamma: {mean: 50 days, cv: 0.5}}", "{}",
     "53:5: error: a distribution is missing here: name one of `deterministic`"},
    {"{gamma: {mean: 50 days, cv: 0.5}}", "{exponential: 3 days, deterministic: 3 days}",
     "53:37: error: name one distribution, not both `exponential` and `deterministic`"},
    {"{lognormal: {mean: 3 days, cv: 0.8}}", "{lognormal: {mean: 3 days}}", "45:16: error: `cv` is missing: a number"},
    {"steps:\n  VTT.triage:", "steps:\n  VTT.empty:\n  VTT.triage:", "42:3: error: expected a step, such as"},
};
INSTANTIATE_TEST_SUITE_P(Keys, FaultTest, testing::ValuesIn(kKeys));

constexpr Fault kNames[] = {
    {"pool: JBOV.workers", "pool: JBOV.worker",
     "74:11: error: unknown pool `JBOV.worker` (did you mean `JBOV.workers`?)"},
    {"GEM.access: 0.57", "GEM.acces: 0.57", "50:34: error: unknown step `GEM.acces` (did you mean `GEM.access`?)"},
    {"    to: VTT.triage\n", "    to: VTT.triag\n",
     "22:9: error: unknown step `VTT.triag` (did you mean `VTT.triage`?)"},
    {"set: {urgency: crisis}", "set: {urgency: crysis}", "67:58: error: unknown value of urgency `crysis`"},
    {"calendar: netherlands ", "calendar: nederland ",
     "9:13: error: expected one of `netherlands`, `continuous`, not `nederland`"},
    {"hold_until: JBOV.guidance", "hold_until: JBOV.plan2",
     "75:17: error: unknown step `JBOV.plan2` (did you mean `JBOV.plan`?)"},
    {"GM0153: 108", "GM0153: 108, GM0155: 3", "39:52: error: unknown member `GM0155` (did you mean `GM0153`?)"},
};
INSTANTIATE_TEST_SUITE_P(Names, FaultTest, testing::ValuesIn(kNames));

constexpr Fault kUnitsAndDates[] = {
    {"warm_up: 2 years", "warm_up: 2",
     "8:12: error: expected a duration, such as `3 days`, not `2`: add a unit, such as `2 days`"},
    {"warm_up: 2 years", "warm_up: 2 yaers",
     "8:12: error: expected a duration, such as `3 days`, not `2 yaers`: unknown unit `yaers`"},
    {"warm_up: 2 years", "warm_up: -2 years", "8:12: error: expected a duration"},
    {"rate: 800 / year", "rate: 800", "23:11: error: expected a rate, such as `800 / year`, not `800`: say per what"},
    {"rate: 800 / year", "rate: 800 / fortnight", "23:11: error: expected a rate, such as `800 / year`"},
    {"rate: 800 / year", "rate: -800 / year", "23:11: error: expected a rate"},
    {"trend: 3% / year", "trend: 3%", "24:12: error: expected growth per year"},
    {"end: 2026-01-01", "end: 2026-02-30",
     "7:8: error: expected a date, such as `2024-02-01`, not `2026-02-30`: this date does not exist: that month has 28 "
     "days"},
    {"end: 2026-01-01", "end: 01-01-2026", "7:8: error: expected a date"},
    {"end: 2026-01-01", "end: 2023-01-01", "7:8: error: "},
    {"2024-07: 4.0", "2024-13: 4.0", "37:39: error: expected a month such as `2024-07`, not `2024-13`"},
    {"duration: x1.35", "duration: 1.35", "67:36: error: expected a factor, such as `x1.35`"},
    {"{uniform: [1 day, 5 days]}", "{uniform: [1 day, 5 working days]}",
     "76:33: error: one distribution cannot count both in days and in working days"},
};
INSTANTIATE_TEST_SUITE_P(UnitsAndDates, FaultTest, testing::ValuesIn(kUnitsAndDates));

constexpr Fault kFigures[] = {
    {"{slots: 22}", "{slots: -1}", "33:"},
    {"{slots: 22}", "{slots: .nan}", "33:26: error: expected a number, such as `4.5`, not `.nan`"},
    {"{slots: 22}", "{slots: .inf}", "33:26: error: "},
    {"{slots: 22}", "{slots: 0x16}", "33:26: error: "},
    {"{slots: 22}", "{slots: 1e300}", "33:26: error: "},
    {"{slots: 22}", "{slots: 22,5}", "33:"},
    {"{slots: 22}", "{slots: '22'}", "33:26: error: "},
    {"{slots: 22}", "{}", "33:3: error: a pool needs"},
    {"replications: 100", "replications: 0", "11:15: error: expected a whole number"},
    {"replications: 100", "replications: 1e9", "11:15: error: expected a whole number"},
    {"seed: 20240101", "seed: -1", "12:7: error: expected a whole number"},
    {"seed: 20240101", "seed: 99999999999999999999", "12:7: error: expected a whole number"},
    {"share: 0.18", "share: 118%",
     "95:18: error: expected a share, such as `30%`, not `118%`: a share lies between 0 and 1"},
    {"{GEM.help: 0.5, out: 0.5}", "{GEM.help: 0.5, out: 0.4}", "85:"},
    {"{crisis: 0.06, regular: 0.94}", "{crisis: 0.06, regular: 0.9}",
     "29:7: error: the shares of urgency add up to 0.96, not to 1"},
    {"help: true", "help: yes", "92:11: error: expected true or false, such as `true`, not `yes`"},
    {"{mean: 50 days, cv: 0.5}", "{mean: 50 days, cv: -0.5}", "53:5: error: cv of gamma must be"},
    {"order: [urgency, received]              #", "order: urgency  #",
     "44:12: error: expected a list of attributes and queue orders, such as `[urgency, received]`, not `urgency`"},
};
INSTANTIATE_TEST_SUITE_P(Figures, FaultTest, testing::ValuesIn(kFigures));

constexpr Fault kFlow[] = {
    {"hold_until: JBOV.guidance", "hold_until: VTT.triage", "75:17: error: this can never end"},
    {"steps:\n", "steps:\n  VTT.island: {duration: {exponential: 1 day}, next: [{to: out}]}\n",
     "42:3: error: no route leads to VTT.island"},
};
INSTANTIATE_TEST_SUITE_P(Flow, FaultTest, testing::ValuesIn(kFlow));

TEST(Faults, OfEveryKindAreAllSaidAtOnce) {
  std::string text = mini_chain("rate: 800 / year", "rate: 800");
  const auto edit = [&](const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
  };
  edit("pool: JBOV.workers", "pool: JBOV.worker");
  edit("{GEM.help: 0.5, out: 0.5}", "{GEM.help: 0.5, out: 0.4}");
  edit("help: true", "halp: true");
  const std::string errors = diagnosed(text);
  EXPECT_THAT(errors, HasSubstr("chain.yaml:23:11: error: expected a rate"));
  EXPECT_THAT(errors, HasSubstr("chain.yaml:74:11: error: unknown pool `JBOV.worker`"));
  EXPECT_THAT(errors, HasSubstr("chain.yaml:85:13: error: the shares add up to 0.9, not to 1"));
  EXPECT_THAT(errors, HasSubstr("chain.yaml:92:5: error: unknown key `halp` (did you mean `help`?)"));
  EXPECT_EQ(std::count(errors.begin(), errors.end(), '\n'), 4) << errors;
}

TEST(Faults, OfAWholeSectionAreNotRepeatedForEveryNameInIt) {
  EXPECT_EQ(diagnosed(mini_chain("\nsteps:", "\nstepps:")),
            "chain.yaml:41:1: error: unknown key `stepps` (did you mean `steps`?)\n");
  const std::string errors = diagnosed("format: ketensim/1\nname: x\n");
  for (const char* key : {"time", "organisations", "arrivals", "steps"})
    EXPECT_THAT(errors, HasSubstr(std::string("chain.yaml:1:1: error: `") + key + "` is missing"));
}

TEST(Faults, InInterventionsHaveTheirPlaceToo) {
  const auto with = [](const std::string& text) {
    return diagnosed(mini_chain() + "\ninterventions:\n  - " + text + "\n");
  };
  EXPECT_THAT(with("capcity: {pool: VTT.triage}"),
              HasSubstr("chain.yaml:98:5: error: unknown intervention `capcity` (did you mean `capacity`?)"));
  EXPECT_THAT(with("hire: {pool: VTT.triage}"), HasSubstr("chain.yaml:98:5: error: unknown intervention `hire`"));
  EXPECT_THAT(
      with("capacity: {pool: VTT.triage, from: 2024-02-01}"),
      HasSubstr("chain.yaml:98:5: error: `change` is missing: a change, or a list of changes, such as `change: +20%`"));
  EXPECT_THAT(with("capacity: {pool: VTT.tirage, from: 2024-02-01, change: +20%}"),
              HasSubstr("chain.yaml:98:22: error: unknown pool `VTT.tirage` (did you mean `VTT.triage`?)"));
  EXPECT_THAT(with("capacity: {pool: VTT.triage, from: 2024-02-01, change: 20%}"),
              HasSubstr("chain.yaml:98:60: error: expected a change, such as `+20%`, not `20%`: say whether"));
  EXPECT_THAT(with("capacity: {pool: VTT.triage, from: 2034-02-01, change: +20%}"), HasSubstr("chain.yaml:98:"));
  EXPECT_THAT(with("clear_backlog: {step: VTT.research, on: 2024-02-01, at_most: few}"),
              HasSubstr("chain.yaml:98:66: error: expected a whole number"));
}

TEST(Faults, OfBranchesThatSayTooMuchOrNothing) {
  const auto with = [](const std::string& branch) {
    return diagnosed(
        "format: ketensim/1\ntime: {start: 2024-01-01, end: 2025-01-01}\norganisations: {A: {}}\n"
        "arrivals: {r: {to: A.a, rate: 1 / day}}\nsteps:\n  A.a:\n    duration: {exponential: 1 day}\n"
        "    next:\n      - " +
        branch + "\n");
  };
  EXPECT_THAT(with("{}"), HasSubstr("error: this branch leads nowhere: give `to`, or `choose`"));
  EXPECT_THAT(with("{to: out, choose: {among: [A.a], by: share}}"),
              HasSubstr("chain.yaml:9:19: error: give either `to` or `choose`, and not both"));
  EXPECT_THAT(with("{choose: {among: [A.a], by: shortes_queue}}"), HasSubstr("(did you mean `shortest_queue`?)"));
  EXPECT_THAT(with("{choose: {among: [A.a, out], by: most_free}}"), HasSubstr("`out` is not a step among which"));
}

TEST(Faults, LeaveNoWarningsThatMayFollowFromThem) {
  const Loaded loaded = load_text(mini_chain("    pool: VTT.research\n", "    pool: {VTT.research: 1}\n"));
  ASSERT_EQ(loaded.diagnostics.size(), 1u) << loaded.diagnostics.back().text();
  EXPECT_THAT(loaded.diagnostics[0].text(),
              HasSubstr("expected a pool, or a list of pools, such as `VTT.triage`, not"));
}

TEST(Warnings, HaveAPlaceAndLeaveTheScenarioSound) {
  const Loaded loaded = load_text(mini_chain("VTT.triage:    {slots: 22}", "VTT.triage:    {slots: 2}"));
  EXPECT_TRUE(loaded.ok());
  ASSERT_FALSE(loaded.diagnostics.empty());
  EXPECT_THAT(loaded.diagnostics[0].text(), testing::StartsWith("chain.yaml:33:3: warning: utilisation"));
}

}  // namespace
}  // namespace ketensim::tests
