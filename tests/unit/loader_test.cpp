#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "ketensim/intervention.hpp"
#include "tests/unit/load_files.hpp"

namespace ketensim::tests {
namespace {

using std::chrono::sys_days;
using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

Date date(int year, unsigned month, unsigned day) {
  return sys_days{std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day)};
}

template <class T>
const T& named(const std::vector<T>& all, const std::string& id) {
  return *std::find_if(all.begin(), all.end(), [&](const T& one) { return one.id == id; });
}

TEST(Loader, ReadsTheMiniChainAsItIsWritten) {
  const Loaded loaded = load_scenario(example("mini-chain.yaml"));
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  const Scenario& s = loaded.scenario;
  EXPECT_EQ(s.id, "mini-chain");
  EXPECT_EQ(s.name, "Mini chain");
  EXPECT_EQ(s.period.start, date(2024, 1, 1));
  EXPECT_EQ(s.period.end, date(2026, 1, 1));
  EXPECT_DOUBLE_EQ(s.period.warm_up.days, 2 * kDaysPerYear);
  EXPECT_EQ(s.period.calendar, CalendarKind::netherlands);
  EXPECT_EQ(s.period.report, Report::month);
  EXPECT_EQ(s.replications, 100);
  EXPECT_EQ(s.seed, 20240101u);
  const Organisation& municipalities = named(s.chain.organisations, "GEM");
  EXPECT_EQ(municipalities.per, "municipality");
  EXPECT_THAT(municipalities.members, ElementsAre(Pair("GM0141", "GM0141"), Pair("GM0153", "GM0153")));
  ASSERT_TRUE(s.chain.returns);
  EXPECT_DOUBLE_EQ(s.chain.returns->share, 0.18);
  EXPECT_EQ(s.chain.returns->to, "VTT.triage");
}

TEST(Loader, ReadsArrivalsInTheOrderOfTheFile) {
  const Scenario s = load_scenario(example("mini-chain.yaml")).scenario;
  const Stream& reports = s.chain.streams.front();
  EXPECT_DOUBLE_EQ(reports.per_day, 800 / kDaysPerYear);
  EXPECT_DOUBLE_EQ(reports.trend_per_year, 0.03);
  EXPECT_DOUBLE_EQ(reports.month[6], 0.75);
  EXPECT_DOUBLE_EQ(reports.month[0], 1.0);
  EXPECT_DOUBLE_EQ(reports.weekday[5], 0.15);
  EXPECT_THAT(reports.children, ElementsAre(Pair(1, 0.55), Pair(2, 0.30), Pair(3, 0.11), Pair(4, 0.04)));
  ASSERT_EQ(reports.attributes.size(), 2u);
  EXPECT_THAT(reports.attributes[0].shares, ElementsAre(Pair("crisis", 0.06), Pair("regular", 0.94)));
}

TEST(Loader, ReadsAmountsByMonthAndByMember) {
  const Chain chain = load_scenario(example("mini-chain.yaml")).scenario.chain;
  const Pool& raad = named(chain.pools, "RVDK.research");
  EXPECT_THAT(raad.fte->common.from, ElementsAre(Pair(date(2022, 1, 1), 4.2), Pair(date(2024, 1, 1), 4.3),
                                                 Pair(date(2024, 7, 1), 4.0), Pair(date(2024, 9, 1), 4.3)));
  const Pool& access = named(chain.pools, "GEM.access");
  ASSERT_EQ(access.slots->by_member.size(), 2u);
  EXPECT_EQ(access.slots->by_member[1].first, "GM0153");
  EXPECT_DOUBLE_EQ(access.slots->by_member[1].second.from.front().second, 108);
}

TEST(Loader, ReadsEveryKeyOfAStep) {
  const Chain chain = load_scenario(example("mini-chain.yaml")).scenario.chain;
  const Step& triage = named(chain.steps, "VTT.triage");
  EXPECT_THAT(triage.order, ElementsAre("urgency", "received"));
  EXPECT_EQ(triage.norm.lead_time, (Duration{5, true}));
  ASSERT_EQ(triage.next.size(), 2u);
  EXPECT_EQ(triage.next[0].when.front().attribute, "urgency");
  EXPECT_THAT(triage.next[0].when.front().values, ElementsAre("crisis"));
  const Step& research = named(chain.steps, "VTT.research");
  EXPECT_EQ(research.patience->after.kind, "exponential");
  EXPECT_EQ(research.patience->to, "out");
  EXPECT_EQ(research.next[0].to[1].after->kind, "gamma");
  const Step& raad = named(chain.steps, "RVDK.research");
  EXPECT_DOUBLE_EQ(raad.while_waiting.front().duration_factor, 1.35);
  EXPECT_THAT(raad.while_waiting.front().set, ElementsAre(Pair("urgency", "crisis")));
  EXPECT_EQ(named(chain.steps, "JBOV.intake").hold_until, "JBOV.guidance");
  EXPECT_THAT(named(chain.steps, "JBOV.intake").duration.points, ElementsAre(1.0, 5.0));
  const Distribution& guidance = named(chain.steps, "JBOV.guidance").duration;
  ASSERT_EQ(guidance.parts.size(), 2u);
  EXPECT_THAT(guidance.weights, ElementsAre(0.5, 0.5));
  EXPECT_DOUBLE_EQ(guidance.parts[1].parameters.at("mean"), 2 * kDaysPerYear);
  EXPECT_TRUE(named(chain.steps, "GEM.help").help);
  EXPECT_EQ(named(chain.steps, "GEM.help").pool, "");
}

TEST(Loader, ReadsInterventionsOnTopOfTheirBase) {
  const Loaded loaded = load_scenario(example("mini-clear-backlog.yaml"));
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  const Scenario& s = loaded.scenario;
  EXPECT_EQ(s.id, "mini-clear-backlog");
  EXPECT_EQ(s.chain.steps.size(), 8u);
  ASSERT_EQ(s.interventions.size(), 2u);
  EXPECT_EQ(s.interventions[0].kind, "clear_backlog");
  EXPECT_EQ(s.interventions[0].settings.get<Date>("on"), date(2024, 2, 1));
  EXPECT_EQ(s.interventions[1].settings.get<std::string>("pool"), "RVDK.research");
  EXPECT_EQ(s.interventions[1].settings.get<Change>("change"), (Change{Change::Kind::factor, 1.2}));
}

TEST(Loader, KnowsTheInterventionsOfTheTableAndNoOthers) {
  const Loaded loaded = load_scenario(example("mini-levers.yaml"));
  const std::string errors = errors_of(loaded);
  for (const char* kind :
       {"clear_backlog", "capacity", "arrivals", "duration", "routing", "order", "lend", "wip_limit", "together"}) {
    const auto kinds = intervention_kinds();
    const bool known = std::any_of(kinds.begin(), kinds.end(), [&](const auto& row) { return row.name == kind; });
    const bool refused = errors.find(std::string("unknown intervention `") + kind) != std::string::npos;
    EXPECT_NE(known, refused) << kind << "\n" << errors;
  }
}

TEST(Loader, LoadsEveryScenarioOfTheRepository) {
  int files = 0;
  const std::filesystem::path scenarios = std::filesystem::path(KETENSIM_SOURCE_DIR) / "scenarios";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(scenarios)) {
    if (entry.path().extension() != ".yaml") continue;
    const std::string text = content(entry.path());
    // A part without a period is loaded through the scenario that stands on it.
    const bool is_part = text.find("\ntime:") == std::string::npos && text.find("\nbase:") == std::string::npos;
    if (text.find("format: ketensim/1") == std::string::npos || is_part) continue;
    const Loaded loaded = load_scenario(entry.path());
    const std::string errors = errors_of(loaded);
    // What stands on a calibrated chain is tried where one is made (tests/cli).
    const bool stands_on_calibrated = errors.find("`base: calibrated` stands on") != std::string::npos;
    EXPECT_TRUE(loaded.ok() || stands_on_calibrated) << errors;
    ++files;
  }
  EXPECT_GE(files, 5);
}

TEST(Loader, KeepsTheTextOfAllFilesForProvenanceBaseFirst) {
  const std::string text = load_scenario(example("mini-clear-backlog.yaml")).scenario.text;
  EXPECT_EQ(text.rfind("# ---- mini-chain.yaml\n", 0), 0u);
  EXPECT_EQ(text, "# ---- mini-chain.yaml\n" + mini_chain() + "\n# ---- mini-clear-backlog.yaml\n" +
                      content(example("mini-clear-backlog.yaml")));
}

TEST(Loader, TakesQuotedTextAndNoYaml11Booleans) {
  std::string text = mini_chain("{crisis: 0.06, regular: 0.94}", "{no: 0.06, 'yes': 0.94}");
  for (std::size_t at = 0; (at = text.find("urgency: crisis", at)) != std::string::npos;)
    text.replace(at, 15, "urgency: no");
  const Loaded loaded = load_text(text);
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  EXPECT_EQ(loaded.scenario.chain.streams[0].attributes[0].shares[0].first, "no");
}

TEST(Loader, ExpandsAliases) {
  std::string text = mini_chain("cv: 0.8}}", "cv: 0.8}}");
  text.replace(text.find("duration: {lognormal: {mean: 3 days"), 10, "duration: &short ");
  text.replace(text.find("duration: {gamma: {mean: 33 days, cv: 0.3}}"), 43, "duration: *short");
  const Loaded loaded = load_text(text);
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  EXPECT_DOUBLE_EQ(named(loaded.scenario.chain.steps, "JBOV.plan").duration.parameters.at("mean"), 3.0);
}

TEST(Loader, NamesMembersWhereTheirNamesAreGiven) {
  const Loaded loaded = load_text(mini_chain("[GM0141, GM0153]", "{GM0141: Almelo, GM0153: Enschede}"));
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  EXPECT_THAT(named(loaded.scenario.chain.organisations, "GEM").members,
              ElementsAre(Pair("GM0141", "Almelo"), Pair("GM0153", "Enschede")));
}

TEST(Loader, TakesAStepAloneForAllOfTheCases) {
  const Loaded loaded = load_text(mini_chain("next: [{to: {JBOV.plan: 1}}]", "next: [{to: JBOV.plan}]"));
  ASSERT_TRUE(loaded.ok()) << errors_of(loaded);
  const Target target = named(loaded.scenario.chain.steps, "JBOV.intake").next[0].to[0];
  EXPECT_EQ(target.to, "JBOV.plan");
  EXPECT_EQ(target.share, 1.0);
}

TEST(FormatDocuments, AreWhatTheTablesGive) {
  const std::filesystem::path scenarios = std::filesystem::path(KETENSIM_SOURCE_DIR) / "scenarios";
  EXPECT_EQ(content(scenarios / "FORMAT.md"), format_reference())
      << "ketensim format --reference > scenarios/FORMAT.md";
  EXPECT_EQ(content(scenarios / "ketensim.schema.json"), format_schema())
      << "ketensim format --schema > scenarios/ketensim.schema.json";
}

TEST(FormatDocuments, HoldAnExampleThatLoads) {
  const std::string reference = format_reference();
  const std::size_t from = reference.find("```yaml\n") + 8;
  const Loaded loaded = load_text(reference.substr(from, reference.find("```", from) - from));
  EXPECT_TRUE(loaded.ok()) << errors_of(loaded);
}

}  // namespace
}  // namespace ketensim::tests
