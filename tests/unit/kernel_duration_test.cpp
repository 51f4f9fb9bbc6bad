// Durations by class of cases.
#include <gtest/gtest.h>

#include <map>

#include "tests/support/chain_builder.hpp"
#include "tests/support/visit_log.hpp"

namespace ketensim {
namespace {

using namespace support;

DurationOfClass of(const char* attribute, const char* value, Distribution duration) {
  return {{{attribute, {value}}}, std::move(duration)};
}

ChainBuilder by_class() {
  ChainBuilder chain(CalendarKind::continuous, date(2024, 1, 1), date(2025, 1, 1), 0.0);
  chain.organisation("A");
  chain.stream("reports", "A.desk", 3.0).attributes = {attribute("urgency", {{"crisis", 0.3}, {"regular", 0.7}}),
                                                       attribute("place", {{"north", 0.5}, {"south", 0.5}})};
  return chain;
}

TEST(DurationOfClass, IsThatOfTheFirstWhoseConditionsAllHold) {
  ChainBuilder chain = by_class();
  Step& desk = chain.step("A.desk", "", deterministic(7.0));
  desk.duration_of_class = {
      {{{"urgency", {"crisis"}}, {"place", {"north"}}}, deterministic(1.0)},
      of("place", "north", deterministic(2.0)),
      of("urgency", "crisis", deterministic(3.0)),
  };
  const auto run = watch(chain.scenario);
  std::map<double, int> seen;
  for (const LoggedVisit& visit : run->visits) {
    if (!visit.is_over()) continue;
    const bool crisis = run->value(visit, "urgency") == "crisis", north = run->value(visit, "place") == "north";
    const double expected = north ? (crisis ? 1.0 : 2.0) : (crisis ? 3.0 : 7.0);
    EXPECT_NEAR(visit.ended - visit.started, expected, 1e-9);
    ++seen[expected];
  }
  for (const double duration : {1.0, 2.0, 3.0, 7.0}) EXPECT_GT(seen[duration], 100) << duration;
}

// One distribution for each class is one distribution for all, to the bit: the class has no part in the draw.
TEST(DurationOfClass, DrawsAsTheStepDoes) {
  ChainBuilder plain = by_class();
  plain.station("A.desk", 10, lognormal(3.0, 0.8));
  ChainBuilder classes = plain;
  classes.scenario.chain.steps.front().duration_of_class = {of("urgency", "crisis", lognormal(3.0, 0.8))};
  const auto one = watch(plain.scenario), each = watch(classes.scenario);
  ASSERT_EQ(one->visits.size(), each->visits.size());
  for (std::size_t i = 0; i < one->visits.size(); ++i) {
    EXPECT_EQ(one->visits[i].case_id, each->visits[i].case_id);
    if (one->visits[i].is_over()) {
      EXPECT_EQ(one->visits[i].ended, each->visits[i].ended);
    }
  }
}

TEST(DurationOfClass, GoesByTheAttributesThatTheCaseHasAsItStarts) {
  ChainBuilder chain = by_class();
  Step& triage = chain.step("A.desk", "", deterministic(1.0), {to("A.research")});
  triage.set = {{{}, "measure", {{"none", 0.5}, {"supervision", 0.5}}}};
  Step& research = chain.station("A.research", 4, deterministic(1.0));
  research.while_waiting = {{Duration{3.0}, 1.0, {{"urgency", "crisis"}}}};
  research.duration_of_class = {of("measure", "supervision", deterministic(2.0)),
                                of("urgency", "crisis", deterministic(0.5))};
  const auto run = watch(chain.scenario);
  int worsened = 0;
  for (const LoggedVisit& visit : run->at("A.research")) {
    if (!visit.is_over()) continue;
    const bool crisis = run->value(visit, "urgency") == "crisis";
    const double expected = run->value(visit, "measure") == "supervision" ? 2.0 : crisis ? 0.5 : 1.0;
    EXPECT_NEAR(visit.ended - visit.started, expected, 1e-9);
    if (visit.started - visit.received >= 3.0) {
      EXPECT_TRUE(crisis);
      ++worsened;
    }
  }
  EXPECT_GT(worsened, 50);
}

TEST(DurationOfClass, IsMultipliedByTheLeverAndByWhatWaitingDoes) {
  ChainBuilder chain = by_class();
  Step& desk = chain.station("A.desk", 4, deterministic(2.0));
  desk.duration_of_class = {of("urgency", "crisis", deterministic(1.0))};
  desk.while_waiting = {{Duration{2.0}, 3.0, {}}};
  chain.scenario.interventions.push_back(
      {"duration", {{{"step", "A.desk"}, {"from", date(2024, 3, 1)}, {"change", Change{Change::Kind::factor, 0.5}}}}});
  const auto run = watch(chain.scenario);
  const double from = run->moment(date(2024, 3, 1));
  int waited = 0;
  for (const LoggedVisit& visit : run->visits) {
    if (!visit.is_over()) continue;
    const double factor = (visit.started >= from ? 0.5 : 1.0) * (visit.started - visit.received >= 2.0 ? 3.0 : 1.0);
    EXPECT_NEAR(visit.ended - visit.started, factor * (run->value(visit, "urgency") == "crisis" ? 1.0 : 2.0), 1e-9);
    waited += visit.started - visit.received >= 2.0;
  }
  EXPECT_GT(waited, 20);
}

// Whoever starts while others wait has the shortest expected duration of its class among them.
TEST(DurationOfClass, IsWhatTheOrderShortestCompares) {
  ChainBuilder chain = by_class();
  Step& desk = chain.station("A.desk", 3, exponential(2.0));
  desk.order = {"shortest"};
  desk.duration_of_class = {of("urgency", "crisis", exponential(0.5))};
  const auto run = watch(chain.scenario);
  const std::vector<LoggedVisit> visits = run->at("A.desk");
  int overtaken = 0;
  for (const LoggedVisit& first : visits)
    for (const LoggedVisit& other : visits) {
      if (!first.was_started() || other.received >= first.started || first.started == first.received) continue;
      if (other.was_started() && other.started <= first.started) continue;
      const bool first_is_short = run->value(first, "urgency") == "crisis";
      const bool other_is_short = run->value(other, "urgency") == "crisis";
      EXPECT_TRUE(first_is_short || !other_is_short);
      overtaken += first_is_short && !other_is_short && other.received < first.received;
    }
  EXPECT_GT(overtaken, 100);
}

}  // namespace
}  // namespace ketensim
