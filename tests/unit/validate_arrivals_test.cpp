// What is wrong with arrival streams, and what work they are expected to bring.
#include <fmt/core.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "engine/kernel/offered_load.hpp"
#include "tests/support/chains.hpp"

namespace ketensim {
namespace {

using namespace support;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

using Families = std::vector<Stream::Recorded>;

/// From 2024 on; moments are days since its start.
Scenario recorded(Families families, int length = 100) {
  Scenario s = one_queue(0.0, 30, exponential(1));
  s.period.warm_up = {};
  s.period.end = s.period.start + std::chrono::days{length};
  for (Stream::Recorded& family : families)
    family.moment += static_cast<double>(s.period.start.time_since_epoch().count());
  s.chain.streams[0].recorded = std::make_shared<const Families>(std::move(families));
  return s;
}

std::vector<std::string> problems(const Scenario& scenario) {
  std::vector<std::string> lines;
  for (const Problem& p : validate(scenario))
    lines.push_back(fmt::format("{} {}: {}{}", p.severity == Problem::Severity::error ? "error" : "warning",
                                fmt::join(p.path, "/"), p.message,
                                p.suggestion.empty() ? "" : " (" + p.suggestion + ")"));
  return lines;
}

template <class ChangeIt>
std::vector<std::string> after(ChangeIt change) {
  Scenario s = one_queue(2.0, 30, exponential(1));
  s.chain.streams[0].attributes = {
      attribute("town", {{"T1", 0.25}, {"T2", 0.75}}),
      {"urgency", {{"high", 0.5}, {"low", 0.5}}, "town", {{"T2", {{"high", 0.1}, {"low", 0.9}}}}}};
  change(s.chain.streams[0]);
  return problems(s);
}

testing::Matcher<std::string> at(const std::string& place, const std::string& message) {
  return AllOf(StartsWith("error arrivals/customers/" + place + ": "), HasSubstr(message));
}

TEST(ValidateArrivals, DispersionIsAVarianceFromNoneToFour) {
  EXPECT_THAT(after([](Stream& s) { s.day_dispersion = s.month_dispersion = 4.0; }), IsEmpty());
  EXPECT_THAT(after([](Stream& s) { s.day_dispersion = -0.1; }), ElementsAre(at("dispersion/day", "from 0 to 4")));
  EXPECT_THAT(after([](Stream& s) { s.month_dispersion = 4.1; }), ElementsAre(at("dispersion/month", "from 0 to 4")));
  EXPECT_THAT(after([](Stream& s) { s.month_dispersion = kNan; }), ElementsAre(at("dispersion/month", "from 0 to 4")));
}

TEST(ValidateArrivals, CountsOfADayMustStayWithinWhatCanBeToldApart) {
  EXPECT_THAT(after([](Stream& s) { s.per_day = 90'000.0; }), Not(Contains(HasSubstr("tell apart"))));
  EXPECT_THAT(after([](Stream& s) { s.per_day = 90'000.0, s.day_dispersion = 0.01; }),
              ElementsAre(at("rate", "as far as the dispersion goes")));
}

TEST(ValidateArrivals, WhatAnAttributeDependsOnIsListedBeforeIt) {
  EXPECT_THAT(after([](Stream&) {}), IsEmpty());
  EXPECT_THAT(after([](Stream& s) { std::swap(s.attributes[0], s.attributes[1]); }),
              ElementsAre(at("attributes/urgency/given", "unknown attribute drawn before urgency `town`")));
  EXPECT_THAT(after([](Stream& s) { s.attributes[1].given = "urgency"; }),
              ElementsAre(at("attributes/urgency/given", "unknown attribute drawn before urgency `urgency`")));
  EXPECT_THAT(after([](Stream& s) { s.attributes[1].given = "twon"; }),
              ElementsAre(at("attributes/urgency/given", "`twon` (town)")));
  EXPECT_THAT(after([](Stream& s) { s.attributes[1].given = ""; }),
              ElementsAre(at("attributes/urgency", "name it with `given`")));
}

TEST(ValidateArrivals, SharesByAnotherAttributeAreSharesOfKnownValues) {
  EXPECT_THAT(after([](Stream& s) { s.attributes[1].by_value[0].second[0].second = 0.2; }),
              ElementsAre(at("attributes/urgency/by/T2", "the shares of urgency add up to 1.1")));
  EXPECT_THAT(after([](Stream& s) { s.attributes[1].shares[0].second = 0.6; }),
              ElementsAre(at("attributes/urgency/otherwise", "add up to 1.1")));
  EXPECT_THAT(after([](Stream& s) { s.attributes[1].by_value[0].first = "T3"; }),
              ElementsAre(at("attributes/urgency/by/T3", "unknown value of town `T3`")));
  EXPECT_THAT(after([](Stream& s) { s.attributes[1].by_value.push_back(s.attributes[1].by_value[0]); }),
              ElementsAre(at("attributes/urgency/by/T2", "listed twice")));
  EXPECT_THAT(after([](Stream& s) {
                s.attributes[1].by_value[0].second = {{"low", 0.9}, {"high", 0.1}};
              }),
              ElementsAre(at("attributes/urgency/by/T2/high", "values rank in the order listed")));
}

TEST(ValidateArrivals, RecordedFamiliesAreSoundAndInOrder) {
  EXPECT_THAT(problems(recorded({{10, 1, {}}, {10, 2, {}}, {97, 255, {}}}, 100)), testing::Each(StartsWith("warning")));
  EXPECT_THAT(problems(recorded({{3, 0, {}}, {3, 256, {}}})), AllOf(SizeIs(2), Contains(at("recorded", "not 256"))));
  EXPECT_THAT(problems(recorded({{3, 1, {}}, {2.5, 1, {}}})),
              ElementsAre(at("recorded", "recorded family 2 comes before the one listed before it")));
  EXPECT_THAT(problems(recorded({{kNan, 1, {}}})), ElementsAre(at("recorded", "no number of days")));
  EXPECT_THAT(problems(recorded(Families(100'001, {3, 1, {}}))),
              ElementsAre(at("recorded", "more than 100000 families on 2024-01-04")));
  EXPECT_THAT(problems(recorded(Families(500, {3, 0, {}}))), SizeIs(10));  // enough is enough
}

TEST(ValidateArrivals, RecordedValuesBelongToAttributesOfTheStream) {
  Scenario s = recorded({{3, 1, {"T1"}}, {4, 1, {""}}, {5, 1, {"T3"}}}, 7);
  s.chain.streams[0].attributes = {attribute("town", {{"T1", 0.25}, {"T2", 0.75}})};
  s.chain.streams[0].recorded_attributes = {"town"};
  EXPECT_THAT(problems(s), ElementsAre(at("recorded", "recorded family 3: `T3` is no value of town")));
  s.chain.streams[0].recorded_attributes = {"twon"};
  EXPECT_THAT(problems(s), ElementsAre(at("recorded", "unknown recorded attribute `twon` (town)")));
  s.chain.streams[0].recorded_attributes = {};
  EXPECT_THAT(problems(s), Contains(at("recorded", "1 values for 0 recorded attributes")));
  s.chain.streams[0].recorded_attributes = {"town", "town"};
  EXPECT_THAT(problems(s), Contains(at("recorded", "`town` is recorded twice")));
}

TEST(ValidateArrivals, SaysWhereTheRecordedArrivalsEnd) {
  Families daily;
  for (int day = 0; day < 60; ++day) daily.push_back({static_cast<double>(day), 1, {}});
  EXPECT_THAT(problems(recorded(daily, 62)), IsEmpty());
  EXPECT_THAT(
      problems(recorded(daily, 100)),
      ElementsAre("warning arrivals/customers/recorded: the recorded arrivals end on 2024-02-29: nobody arrives "
                  "from then until 2024-04-10"));
  Scenario early = recorded(daily, 60);
  early.period.warm_up = {40.0};
  EXPECT_THAT(problems(early), ElementsAre("warning arrivals/customers/recorded: the recorded arrivals begin on "
                                           "2024-01-01: nobody arrives from 2023-11-22 until then"));
  early.period.warm_up = {};
  early.period.start = date(2025, 1, 1);
  early.period.end = date(2026, 1, 1);
  EXPECT_THAT(problems(early), ElementsAre("warning arrivals/customers/recorded: no family is recorded between "
                                           "2025-01-01 and 2026-01-01: nobody arrives"));
}

double offered(const Scenario& scenario, const std::string& pool) {
  for (const PoolLoad& load : offered_load(scenario).pools)
    if (load.id == pool) return load.offered;
  ADD_FAILURE() << "no load of " << pool;
  return 0.0;
}

/// Urgent cases go to their town's pool for 10 days; there is one of each town's.
Scenario towns() {
  Scenario s = one_queue(2.0, 30, exponential(3));
  s.chain.streams[0].attributes = {
      attribute("town", {{"T1", 0.25}, {"T2", 0.75}}),
      {"urgency", {{"high", 0.2}, {"low", 0.8}}, "town", {{"T2", {{"high", 0.6}, {"low", 0.4}}}}}};
  s.chain.organisations.push_back(organisation("GEM"));
  s.chain.organisations.back().per = "town";
  s.chain.organisations.back().members = {{"T1", "One"}, {"T2", "Two"}};
  s.chain.pools.push_back(pool("GEM.access", 10));
  s.chain.pools.back().slots = Amount{{}, {{"T1", always(5).common}, {"T2", always(9).common}}};
  s.chain.steps[0].next = {to({target("GEM.access")}, {{"urgency", {"high"}}}), to({target("out")})};
  s.chain.steps.push_back(step("GEM.access", "GEM.access", exponential(10)));
  return s;
}

TEST(OfferedLoad, OfAttributesThatDependOnAnotherIsByTheirJointShares) {
  Scenario s = towns();
  EXPECT_NEAR(offered(s, "T1.access"), 2.0 * 10.0 * 0.25 * 0.2, 1e-9);
  EXPECT_NEAR(offered(s, "T2.access"), 2.0 * 10.0 * 0.75 * 0.6, 1e-9);
  // A third attribute that depends on the second: P(T2, x) = 0.75 (0.6 x 0.9 + 0.4 x 0.5).
  s.chain.streams[0].attributes.push_back(
      {"kind", {{"x", 0.5}, {"y", 0.5}}, "urgency", {{"high", {{"x", 0.9}, {"y", 0.1}}}}});
  s.chain.steps[0].next[0].when = {{"kind", {"x"}}};
  EXPECT_NEAR(offered(s, "T2.access"), 2.0 * 10.0 * 0.75 * (0.6 * 0.9 + 0.4 * 0.5), 1e-9);
  s.chain.steps[0].next[0].when = {{"kind", {"x"}}, {"town", {"T1"}}};
  EXPECT_NEAR(offered(s, "T1.access"), 2.0 * 10.0 * 0.25 * (0.2 * 0.9 + 0.8 * 0.5), 1e-9);
  EXPECT_NEAR(offered(s, "T2.access"), 0.0, 1e-9);
}

// Over ten days: in T1 two children, of whom one is urgent; in T2 three of whom nothing more is known.
TEST(OfferedLoad, OfRecordedArrivalsIsByTheirNumbersAndValues) {
  Scenario s = towns();
  s.period.warm_up = {};
  s.period.end = s.period.start + std::chrono::days{10};
  const auto start = static_cast<double>(s.period.start.time_since_epoch().count());
  s.chain.streams[0].recorded_attributes = {"town", "urgency"};
  s.chain.streams[0].recorded = std::make_shared<const Families>(Families{{start - 5, 9, {"T1", "high"}},
                                                                          {start, 1, {"T1", "high"}},
                                                                          {start + 2, 1, {"T1", "low"}},
                                                                          {start + 4, 3, {"T2", ""}},
                                                                          {start + 10, 9, {"T2", "high"}}});
  EXPECT_NEAR(offered(s, "A.servers"), 3.0 * 5.0 / 10.0, 1e-9);
  EXPECT_NEAR(offered(s, "T1.access"), 10.0 * 1.0 / 10.0, 1e-9);
  EXPECT_NEAR(offered(s, "T2.access"), 10.0 * 3.0 * 0.6 / 10.0, 1e-9);
}

}  // namespace
}  // namespace ketensim
