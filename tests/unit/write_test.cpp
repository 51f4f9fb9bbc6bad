// A scenario that is written down is read back as it was.
#include "ketensim/write.hpp"

#include <gtest/gtest.h>

#include <cctype>
#include <cmath>
#include <cstdlib>

#include "tests/support/chain_text.hpp"
#include "tests/support/chains.hpp"
#include "tests/support/open_cases.hpp"
#include "tests/support/random_chain.hpp"
#include "tests/unit/load_files.hpp"

namespace ketensim::tests {
namespace {

/// Files give six digits; shares eight decimals, in which the largest takes what rounding leaves.
constexpr double kDigits = 1e-5;

/// The length of the number at the beginning of a text; 0: there is none.
std::size_t number_at(const std::string& text, std::size_t at, double& number) {
  if (!std::isdigit(static_cast<unsigned char>(text[at])) && text[at] != '-') return 0;
  char* end = nullptr;
  number = std::strtod(text.c_str() + at, &end);
  return static_cast<std::size_t>(end - (text.c_str() + at));
}

/// The same text, but for what files leave out of numbers; otherwise where they begin to differ.
testing::AssertionResult alike(const std::string& one, const std::string& other) {
  std::size_t a = 0, b = 0;
  while (a < one.size() && b < other.size()) {
    double number = 0.0, second = 0.0;
    const std::size_t length = number_at(one, a, number), second_length = number_at(other, b, second);
    if (length > 0 && second_length > 0 && std::abs(number - second) <= kDigits * std::max(std::abs(number), 1e-3)) {
      a += length;
      b += second_length;
    } else if (one[a] == other[b]) {
      ++a;
      ++b;
    } else {
      break;
    }
  }
  if (a == one.size() && b == other.size()) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "\n  " << one.substr(a, 200) << "\nis read back as\n  " << other.substr(b, 200);
}

/// Writes the scenario with its state and draws, and reads it back.
Scenario read_back(const Scenario& scenario) {
  const Folder folder;
  folder.put(scenario.id + ".yaml", scenario_yaml(scenario));
  if (scenario.state) folder.put("state.csv", state_csv(*scenario.state));
  if (!scenario.drawn.empty()) folder.put("draws.csv", draws_csv(scenario));
  Loaded loaded = folder.load(scenario.id + ".yaml");
  EXPECT_EQ(errors_of(loaded), "") << scenario_yaml(scenario);
  return std::move(loaded.scenario);
}

void expect_read_back(const Scenario& scenario) {
  EXPECT_TRUE(alike(support::written(scenario), support::written(read_back(scenario)))) << scenario_yaml(scenario);
}

/// A figure of everything that calibration writes.
Scenario rich() {
  using namespace support;
  Scenario s;
  s.id = "rich";
  s.name = "Keten: \"proef\" #1";
  s.period = {date(2024, 1, 1),     date(2026, 1, 1), {0.0, false}, CalendarKind::netherlands, Resolution::day, true,
              SchoolRegion::midden, Report::quarter};
  s.replications = 30;
  s.seed = 42;
  Chain& chain = s.chain;
  chain.organisations = {organisation("VT"), organisation("GI")};
  chain.organisations[0].kind = "veilig_thuis";
  chain.organisations[1].per = "gi";
  chain.organisations[1].members = {{"JB", "Jeugdbescherming: Oost"}, {"LH", "yes"}};
  Stream& reports = chain.streams.emplace_back(stream("reports", "VT.triage", 2.3456789));
  reports.trend_per_year = -0.0345678;
  reports.month = {0.9, 1.1, 1.0, 0.95, 1.05, 1.0, 0.8, 0.7, 1.2, 1.1, 1.2, 1.0};
  reports.weekday[6] = 0.123456;
  reports.school_holidays = 0.81;
  reports.public_holidays = 0.4;
  reports.day_dispersion = 0.0123;
  reports.month_dispersion = 0.0045;
  reports.children = {{1, 2.0 / 3.0}, {2, 0.25}, {3, 1.0 / 12.0}};
  reports.attributes = {attribute("urgency", {{"crisis", 1.0 / 7.0}, {"no", 6.0 / 7.0}}),
                        attribute("gi", {{"JB", 0.6}, {"LH", 0.4}}),
                        attribute("late_VT_research", {{"no", 1.0}, {"yes", 0.0}})};
  reports.attributes[1].given = "urgency";
  reports.attributes[1].by_value = {{"crisis", {{"JB", 0.1}, {"LH", 0.9}}}};
  Pool& research = chain.pools.emplace_back();
  research.id = "VT.research";
  research.fte = Amount{{{{date(2023, 1, 1), 3.25}, {date(2024, 2, 1), 3.5}}}, {}};
  research.cases_per_fte = always(7.123456);
  research.leave[6] = 0.25;
  research.leave_school_holidays = 0.1;
  Pool& workers = chain.pools.emplace_back();
  workers.id = "GI.workers";
  workers.slots =
      Amount{{}, {{"JB", {{{Date{}, 12.0}}}}, {"LH", {{{date(2023, 1, 1), 7.0}, {date(2024, 7, 1), 8.0}}}}}};

  Step& triage = chain.steps.emplace_back(step("VT.triage", "", in_working_days(lognormal(3.21, 0.9))));
  triage.duration_of_class = {
      {{{"urgency", {"crisis"}}}, in_working_days(empirical({0.5, 1.5, 4.0}, {3.0, 2.0, 1.0}))}};
  triage.norm = {Duration{3.0, true}, {}, Duration{5.0, true}};
  triage.next = {to({target("VT.research", 0.3), target("out", 0.7)}, {{"urgency", {"crisis", "no"}}, {"gi", {"JB"}}}),
                 to({target("VT.research", 1.0 / 3.0), target("out", 2.0 / 3.0)})};
  Step& of_research = chain.steps.emplace_back(
      step("VT.research", "VT.research", mixture({exponential(5.0), weibull(60.0, 1.4)}, {0.3, 0.7})));
  of_research.order = {"urgency", "received"};
  of_research.patience = Patience{gamma(200.0, 0.7), "out"};
  of_research.while_waiting = {{{43.0, false}, 1.35, {}}, {{61.0, false}, 1.0, {{"late_VT_research", "yes"}}}};
  of_research.next = {to({target("GI.guidance", 0.6), target("out", 0.4)})};
  of_research.next[0].to[0].after = gamma(28.0, 0.5);
  Step& intake = chain.steps.emplace_back(step("GI.guidance", "GI.workers", exponential(6.0)));
  intake.hold_until = "GI.closing";
  intake.help = true;
  intake.siblings = 0.66;
  intake.set = {{{{"urgency", {"crisis"}}}, "measure", {{"ots", 0.8}, {"other", 0.2}}}};
  intake.next = {to({target("GI.closing")})};
  chain.steps.push_back(step("GI.closing", "", deterministic(0.0)));
  chain.returns = Returns{0.123456, exponential(321.0), "VT.triage"};
  return s;
}

TEST(Written, ARichScenarioIsReadBackAsItWas) { expect_read_back(rich()); }

TEST(Written, RandomChainsAreReadBackAsTheyWere) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(seed);
    expect_read_back(support::random_chain(seed));
    if (HasFailure()) break;
  }
}

TEST(Written, WhatIsReadBackIsWrittenTheSameAgain) {
  const Scenario scenario = rich();
  EXPECT_EQ(scenario_yaml(scenario), scenario_yaml(read_back(scenario)));
}

TEST(Written, EachDrawIsReadBackAsItWas) {
  Scenario scenario = rich();
  for (const double factor : {0.9, 1.0, 1.25}) {
    Chain drawn = scenario.chain;
    drawn.streams[0].per_day *= factor;
    drawn.streams[0].children[1].second = 0.2 * factor;
    drawn.streams[0].children[0].second = 1.0 - 0.2 * factor - 1.0 / 12.0;
    drawn.streams[0].attributes[1].by_value[0].second = {{"JB", 0.1 * factor}, {"LH", 1.0 - 0.1 * factor}};
    drawn.pools[0].cases_per_fte = support::always(7.123456 * factor);
    drawn.steps[0].duration.parameters["cv"] = 0.9 * factor;
    drawn.steps[0].duration_of_class[0].duration.weights = {3.0 * factor, 2.0, 1.0};
    drawn.steps[1].patience->after.parameters["mean"] = 200.0 * factor;
    drawn.steps[1].while_waiting[0].duration_factor = 1.35 * factor;
    drawn.steps[1].next[0].to[0].after->parameters["mean"] = 28.0 * factor;
    drawn.returns->share *= factor;
    scenario.drawn.push_back(std::make_shared<const Chain>(std::move(drawn)));
  }
  const Scenario back = read_back(scenario);
  ASSERT_EQ(back.drawn.size(), scenario.drawn.size());
  for (std::size_t d = 0; d < back.drawn.size(); ++d) {
    SCOPED_TRACE(d);
    Scenario one = scenario, other = back;
    one.chain = *scenario.drawn[d];
    other.chain = *back.drawn[d];
    EXPECT_TRUE(alike(support::written(one), support::written(other)));
  }
}

TEST(Written, AStateIsReadBackAsItWas) {
  Scenario scenario = rich();
  support::StateBuilder state(scenario.period.start - std::chrono::days{1});
  state.waiting("VT.research", -70.0).attributes = {{"urgency", "no"}, {"late_VT_research", "yes"}};
  state.in_service("JB.guidance", -20.0, -15.0).family = "f, with a comma";
  state.ended("VT.research", -6.0, "GI.guidance").attributes = {{"gi", "LH"}};
  state.ended("VT.triage", -30.0, "out");
  scenario.state = std::make_shared<const ChainState>(std::move(state.state));
  const Scenario back = read_back(scenario);
  ASSERT_TRUE(back.state);
  EXPECT_EQ(back.state->snapshot, scenario.state->snapshot);
  EXPECT_EQ(state_csv(*back.state), state_csv(*scenario.state));
}

TEST(Written, InterventionsOnAnotherFileAreReadBackAsTheyWere) {
  const Folder folder;
  Scenario scenario = support::mini_chain();
  folder.put("mini.yaml", scenario_yaml(scenario));
  const std::vector<Intervention> levers{{"capacity",
                                          {{{"pool", "RVDK.research"},
                                            {"from", support::date(2024, 2, 1)},
                                            {"until", support::date(2025, 1, 1)},
                                            {"change", Change{Change::Kind::add_slots, 2.0}}}}},
                                         {"capacity",
                                          {{{"pool", "VTT.research"},
                                            {"from", support::date(2024, 2, 1)},
                                            {"change", Change{Change::Kind::add_fte, 0.5}},
                                            {"ramp", Duration{30.0}}}}},
                                         {"wip_limit",
                                          {{{"steps", std::vector<std::string>{"VTT.research", "RVDK.research"}},
                                            {"limit", 40.0},
                                            {"from", support::date(2024, 6, 1)}}}}};
  folder.put("levers.yaml", scenario_yaml("mini.yaml", "Two: levers", levers));
  const Loaded loaded = folder.load("levers.yaml");
  ASSERT_EQ(errors_of(loaded), "");
  EXPECT_EQ(loaded.scenario.name, "Two: levers");
  scenario.interventions = levers;
  ASSERT_EQ(loaded.scenario.interventions.size(), levers.size());
  for (std::size_t i = 0; i < levers.size(); ++i)
    EXPECT_EQ(support::written(loaded.scenario.interventions[i]), support::written(levers[i]));
  const std::vector<Intervention> routes{{"routing", {{{"to", std::vector<Target>{}}}}}};
  EXPECT_THROW(scenario_yaml("mini.yaml", "Routes", routes), std::invalid_argument);
}

TEST(Written, RemarksChangeNothing) {
  const Scenario scenario = rich();
  Remarks remarks{{"arrivals/reports/rate", "what it rests on: [a, b] # and more"},
                  {"steps/VT.triage/next/0", std::string(300, 'x')},
                  {"steps/VT.research/while_waiting/1", "late"}};
  const Folder folder;
  folder.put("rich.yaml", scenario_yaml(scenario, remarks));
  const Loaded loaded = folder.load("rich.yaml");
  EXPECT_EQ(errors_of(loaded), "");
  EXPECT_EQ(scenario_yaml(loaded.scenario), scenario_yaml(scenario));
}

}  // namespace
}  // namespace ketensim::tests
