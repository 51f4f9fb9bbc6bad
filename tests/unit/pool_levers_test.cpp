// Levers that are made for a pool.
#include <gtest/gtest.h>

#include "engine/experiment/levers.hpp"
#include "engine/statistics/indicators.hpp"
#include "tests/support/chains.hpp"

namespace ketensim {
namespace {

using namespace support;

Model compiled(const Scenario& scenario) { return compile(scenario, lay_out_periods(scenario.period).cells); }

std::uint32_t pool_index(const Model& model, std::string_view id) {
  for (std::uint32_t p = 1; p < model.pools.size(); ++p)
    if (model.pools[p].id == id) return p;
  throw std::invalid_argument("no pool " + std::string(id));
}

struct Year {
  std::int64_t slot_days = 0;
  std::uint32_t least = kUnlimited, most = 0;
};

/// 2024 and 2025.
std::vector<Year> years(const Scenario& scenario, std::string_view pool) {
  const Model model = compiled(scenario);
  std::vector<Year> years(2);
  for (const SlotSpan& span : slot_spans(model, pool_index(model, pool)))
    for (int day = span.from; day < span.until; ++day) {
      const std::chrono::year_month_day date{model.origin + std::chrono::days{day}};
      Year& year = years[static_cast<std::size_t>(static_cast<int>(date.year()) - 2024)];
      year.slot_days += span.slots;
      year.least = std::min(year.least, span.slots);
      year.most = std::max(year.most, span.slots);
    }
  return years;
}

TEST(SpreadLeave, KeepsTheSlotDaysOfAYearAndTakesTheDipsAway) {
  Scenario scenario = mini_chain();
  Pool& research = support::pool_of(scenario, "VTT.research");
  research.leave[6] = 0.25;
  research.leave_school_holidays = 0.2;
  scenario.interventions = {
      {"capacity",
       {{{"pool", "VTT.research"}, {"from", date(2024, 9, 1)}, {"change", Change{Change::Kind::factor, 1.2}}}}}};
  for (const char* pool : {"VTT.research", "RVDK.research"}) {
    const std::vector<Year> before = years(scenario, pool);
    Scenario spread = scenario;
    const Model model = compiled(scenario);
    for (Intervention& lever : spread_leave(model, pool_index(model, pool))) spread.interventions.push_back(lever);
    ASSERT_GT(spread.interventions.size(), scenario.interventions.size());
    for (const Problem& problem : validate(spread)) ASSERT_NE(problem.severity, Problem::Severity::error);
    const std::vector<Year> after = years(spread, pool);
    for (std::size_t y = 0; y < 2; ++y) {
      EXPECT_EQ(after[y].slot_days, before[y].slot_days);
      EXPECT_LE(after[y].most - after[y].least, 1U);
    }
    EXPECT_GT(before[0].most - before[0].least, 1U);
  }
}

TEST(SpreadLeave, IsNothingWhereSlotsAreTheSameAllYear) {
  const Model model = compiled(mini_chain());
  EXPECT_TRUE(spread_leave(model, pool_index(model, "VTT.triage")).empty());
}

TEST(StepsTowards, AreThoseThatKeepTheSlotAndThoseThatLeadThereAlone) {
  const Model model = compiled(mini_chain());
  const auto towards = [&](const char* pool) { return steps_towards(model, pool_index(model, pool)); };
  EXPECT_EQ(towards("JBOV.workers"), (std::vector<std::string>{"JBOV.intake", "JBOV.plan", "JBOV.guidance"}));
  EXPECT_EQ(towards("RVDK.research"), (std::vector<std::string>{"RVDK.research"}));
  EXPECT_EQ(towards("GM0141.access"), (std::vector<std::string>{"GM0141.access"}));

  ChainBuilder line(CalendarKind::continuous, date(2024, 1, 1), date(2025, 1, 1), 0.0);
  line.organisation("A");
  line.stream("reports", "A.one", 1.0);
  line.station("A.one", 1, exponential(0.5), {to("A.two", 0.9), to("out", 0.1)});
  line.station("A.two", 1, exponential(0.9), {to("A.three")});
  line.station("A.three", 1, exponential(0.5));
  const Model in_line = compiled(line.scenario);
  EXPECT_EQ(steps_towards(in_line, pool_index(in_line, "A.two")), (std::vector<std::string>{"A.one", "A.two"}));
}

}  // namespace
}  // namespace ketensim
