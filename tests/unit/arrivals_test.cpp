// Who arrives: how many, what they are like, and those who were recorded.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "engine/kernel/case_id.hpp"
#include "ketensim/simulate.hpp"
#include "tests/support/lever_chain.hpp"

namespace ketensim {
namespace {

using namespace support;
using testing::ElementsAre;

/// Everyone is served at once and stays a day: what is seen is who arrives.
ChainBuilder open_door(Date until, double per_day) {
  ChainBuilder chain(CalendarKind::continuous, kStart, until, 0.0, Report::month);
  chain.organisation("A");
  chain.stream("reports", "A.first", per_day);
  chain.step("A.first", "", deterministic(1));
  return chain;
}

double days_since_1970(Date day) { return static_cast<double>(day.time_since_epoch().count()); }

std::shared_ptr<const std::vector<Stream::Recorded>> recorded(std::vector<Stream::Recorded> families) {
  for (Stream::Recorded& family : families) family.moment += days_since_1970(kStart);  // given from the start on
  return std::make_shared<const std::vector<Stream::Recorded>>(std::move(families));
}

std::vector<int> counts_per_day(const Watched& run) {
  std::vector<int> counts(static_cast<std::size_t>(run.model.end));
  for (const LoggedVisit& visit : run.at("A.first")) ++counts[static_cast<std::size_t>(visit.received)];
  return counts;
}

std::set<std::uint64_t> cases_of(const Watched& run) {
  std::set<std::uint64_t> cases;
  for (const LoggedVisit& visit : run.visits) cases.insert(visit.case_id);
  return cases;
}

struct Moments {
  double mean = 0.0, variance = 0.0, error = 0.0;  // standard error of the variance
};

/// The standard error of a variance follows from the fourth central moment: sqrt((m4 - v^2) / n).
Moments moments_of(const std::vector<double>& sample) {
  const auto n = static_cast<double>(sample.size());
  Moments m;
  for (const double x : sample) m.mean += x / n;
  double fourth = 0.0;
  for (const double x : sample) {
    m.variance += std::pow(x - m.mean, 2) / (n - 1.0);
    fourth += std::pow(x - m.mean, 4) / n;
  }
  m.error = std::sqrt((fourth - m.variance * m.variance) / n);
  return m;
}

// ---- dispersion

TEST(Dispersion, ByDayMakesDailyCountsNegativeBinomial) {
  constexpr double kMu = 6.0, kAlpha = 0.3;
  ChainBuilder chain = open_door(kStart + std::chrono::days{20'000}, kMu);
  chain.scenario.chain.streams[0].day_dispersion = kAlpha;
  std::vector<double> counts;
  for (const int count : counts_per_day(*watch(chain.scenario))) counts.push_back(count);
  const Moments m = moments_of(counts);
  EXPECT_NEAR(m.mean, kMu, 4.0 * std::sqrt(m.variance / static_cast<double>(counts.size())));
  EXPECT_NEAR(m.variance, kMu + kAlpha * kMu * kMu, 4.0 * m.error);
  EXPECT_GT(m.variance - 4.0 * m.error, kMu);  // and so not Poisson
}

// The factors of its days average out within a month: mu + (month + day / days) mu^2, with 30.4 days on average.
TEST(Dispersion, ByMonthMovesAllDaysOfAMonthTogether) {
  constexpr double kPerDay = 2.0, kDay = 0.2, kMonth = 0.1;
  ChainBuilder chain = open_door(date(2424, 1, 1), kPerDay);
  chain.scenario.chain.streams[0].day_dispersion = kDay;
  chain.scenario.chain.streams[0].month_dispersion = kMonth;
  const auto run = watch(chain.scenario);
  std::map<std::chrono::year_month, std::pair<double, int>> months;
  const std::vector<int> counts = counts_per_day(*run);
  for (std::size_t day = 0; day < counts.size(); ++day) {
    const std::chrono::year_month_day date{run->day_of(static_cast<double>(day))};
    auto& [sum, days] = months[date.year() / date.month()];
    sum += counts[day];
    ++days;
  }
  std::vector<double> per_day;  // scaled to months of equal length
  double expected = 0.0;
  for (const auto& [month, count] : months) {
    per_day.push_back(count.first / count.second);
    const double days = count.second, number = static_cast<double>(months.size());
    // Given the month: kDay (1 + kMonth) is the mean square of a day's factor about its month's.
    expected += (kPerDay / days + (kDay * (1.0 + kMonth) / days + kMonth) * kPerDay * kPerDay) / number;
  }
  const Moments m = moments_of(per_day);
  EXPECT_NEAR(m.mean, kPerDay, 4.0 * std::sqrt(m.variance / static_cast<double>(per_day.size())));
  EXPECT_NEAR(m.variance, expected, 4.0 * m.error);
}

TEST(Dispersion, IsTheSameInAllScenariosWhateverTheirWarmUp) {
  ChainBuilder chain = open_door(date(2024, 7, 1), 20.0);
  Stream& stream = chain.scenario.chain.streams[0];
  stream.day_dispersion = stream.month_dispersion = 0.5;
  const auto plain = watch(chain.scenario);
  chain.scenario.period.warm_up = {45.0};
  const auto warmed = watch(chain.scenario);
  const std::vector<int> a = counts_per_day(*plain), b = counts_per_day(*warmed);
  EXPECT_TRUE(std::equal(a.begin(), a.end(), b.begin() + 45));
}

// +100% doubles what is there: on each day the second stream has the rate of the first, so that over days the two go
// together. Their covariance is alpha mu^2; independent factors would give none.
TEST(Dispersion, OfAnIncreaseIsThatOfItsStream) {
  constexpr double kMu = 8.0, kAlpha = 0.4;
  ChainBuilder chain = open_door(kStart + std::chrono::days{20'000}, kMu);
  chain.scenario.chain.streams[0].day_dispersion = kAlpha;
  const auto before = watch(chain.scenario);
  add(chain, "arrivals", {{"stream", std::string("reports")}, {"from", kStart}, {"change", factor(2.0)}});
  const auto after = watch(chain.scenario);
  const std::vector<int> base = counts_per_day(*before), both = counts_per_day(*after);
  std::vector<double> products;
  for (std::size_t day = 0; day < base.size(); ++day)
    products.push_back((base[day] - kMu) * (both[day] - base[day] - kMu));
  const Moments m = moments_of(products);
  EXPECT_NEAR(m.mean, kAlpha * kMu * kMu, 4.0 * std::sqrt(m.variance / static_cast<double>(products.size())));
}

// A small increase brings few families, but on the days on which many come.
TEST(Dispersion, LeavesTheFamiliesOfTheBaselineAsTheyAre) {
  ChainBuilder chain = open_door(date(2024, 7, 1), 20.0);
  chain.scenario.chain.streams[0].day_dispersion = 4.0;
  const std::set<std::uint64_t> before = cases_of(*watch(chain.scenario));
  add(chain, "arrivals", {{"stream", std::string("reports")}, {"from", kStart}, {"change", factor(1.1)}});
  const std::set<std::uint64_t> more = cases_of(*watch(chain.scenario));
  EXPECT_TRUE(std::includes(more.begin(), more.end(), before.begin(), before.end()));
  chain.scenario.interventions.clear();
  add(chain, "arrivals", {{"stream", std::string("reports")}, {"from", kStart}, {"change", factor(0.9)}});
  const std::set<std::uint64_t> fewer = cases_of(*watch(chain.scenario));
  EXPECT_TRUE(std::includes(before.begin(), before.end(), fewer.begin(), fewer.end()));
  EXPECT_LT(fewer.size(), before.size());
}

// The variance of a gamma factor may be so large that hardly anybody comes on most days: the mean stays.
TEST(Dispersion, OfFourKeepsTheMean) {
  constexpr double kMu = 5.0;
  ChainBuilder chain = open_door(kStart + std::chrono::days{20'000}, kMu);
  chain.scenario.chain.streams[0].day_dispersion = 4.0;
  std::vector<double> counts;
  for (const int count : counts_per_day(*watch(chain.scenario))) counts.push_back(count);
  EXPECT_NEAR(moments_of(counts).mean, kMu,
              4.0 * std::sqrt((kMu + 4.0 * kMu * kMu) / static_cast<double>(counts.size())));
}

// ---- attributes

/// Municipality and then urgency, which depends on it in one municipality of three.
std::vector<Stream::Attribute> dependent() {
  return {
      attribute("municipality", {{"a", 0.2}, {"b", 0.3}, {"c", 0.5}}),
      {"urgency", {{"crisis", 0.1}, {"regular", 0.9}}, "municipality", {{"b", {{"crisis", 0.6}, {"regular", 0.4}}}}}};
}

TEST(Attributes, ThatDependOnAnotherHaveItsJointShares) {
  ChainBuilder chain = open_door(date(2026, 1, 1), 40.0);
  chain.scenario.chain.streams[0].attributes = dependent();
  const auto run = watch(chain.scenario);
  std::map<std::string, double> counts;
  for (const LoggedVisit& visit : run->visits)
    ++counts[run->value(visit, "municipality") + " " + run->value(visit, "urgency")];
  const std::map<std::string, double> shares{{"a crisis", 0.02},  {"a regular", 0.18}, {"b crisis", 0.18},
                                             {"b regular", 0.12}, {"c crisis", 0.05},  {"c regular", 0.45}};
  const auto total = static_cast<double>(run->visits.size());
  for (const auto& [what, share] : shares)
    EXPECT_NEAR(counts[what] / total, share, 4.0 * std::sqrt(share * (1.0 - share) / total)) << what;
}

// Each attribute keeps the draw that it has in the plain form: where the shares agree, so does every child.
TEST(Attributes, KeepTheirDrawWhenTheyComeToDependOnAnother) {
  ChainBuilder chain = open_door(date(2024, 3, 1), 10.0);
  chain.scenario.chain.streams[0].attributes = dependent();
  const auto given = watch(chain.scenario);
  chain.scenario.chain.streams[0].attributes[1] = attribute("urgency", {{"crisis", 0.1}, {"regular", 0.9}});
  const auto plain = watch(chain.scenario);
  ASSERT_EQ(given->visits.size(), plain->visits.size());
  int others = 0;
  for (std::size_t i = 0; i < plain->visits.size(); ++i) {
    EXPECT_EQ(given->visits[i].values[0], plain->visits[i].values[0]);
    if (given->value(given->visits[i], "municipality") != "b")
      EXPECT_EQ(given->visits[i].values[1], plain->visits[i].values[1]);
    else
      others += given->visits[i].values[1] != plain->visits[i].values[1];
  }
  EXPECT_GT(others, 0);
}

TEST(Attributes, RankAsFirstListedOtherwiseBeforeBy) {
  ChainBuilder chain = open_door(date(2024, 3, 1), 10.0);
  chain.scenario.chain.streams[0].attributes = {
      attribute("municipality", {{"a", 0.5}, {"b", 0.5}}),
      {"urgency", {{"high", 0.5}, {"low", 0.5}}, "municipality", {{"b", {{"low", 0.1}, {"urgent", 0.9}}}}}};
  EXPECT_THAT(watch(chain.scenario)->model.values[1], ElementsAre("high", "low", "urgent"));
}

// ---- recorded arrivals

/// Four families in January: two on one day, one of three children.
ChainBuilder recorded_chain() {
  ChainBuilder chain = open_door(date(2024, 2, 1), 0.0);
  Stream& stream = chain.scenario.chain.streams[0];
  stream.attributes = dependent();
  stream.recorded_attributes = {"urgency", "municipality"};
  stream.recorded = recorded({{-3.0, 1, {"crisis", "a"}},
                              {0.0, 1, {"crisis", "a"}},
                              {4.25, 3, {"regular", "b"}},
                              {4.25, 1, {"", "c"}},
                              {30.5, 2, {"", ""}},
                              {31.0, 1, {"crisis", "a"}}});
  return chain;
}

TEST(Recorded, EachFamilyArrivesAtItsMomentInEveryReplication) {
  const ChainBuilder chain = recorded_chain();
  for (int replication = 0; replication < 20; ++replication) {
    const auto run = watch(chain.scenario, replication);
    const auto visits = run->at("A.first");
    std::vector<double> received;
    for (const LoggedVisit& visit : visits) received.push_back(visit.received);
    EXPECT_THAT(received, ElementsAre(0.0, 4.25, 4.25, 4.25, 4.25, 30.5, 30.5));
    EXPECT_EQ(run->value(visits[0], "urgency") + run->value(visits[0], "municipality"), "crisisa");
    for (std::size_t i = 1; i < 4; ++i)
      EXPECT_EQ(run->value(visits[i], "urgency") + run->value(visits[i], "municipality"), "regularb");
    EXPECT_EQ(run->value(visits[4], "municipality"), "c");
    // A family is known by its day and its number on that day; siblings are of one family.
    EXPECT_EQ(CaseId::number(visits[1].case_id), 0u);
    EXPECT_EQ(CaseId::sibling(visits[3].case_id), 2u);
    EXPECT_EQ(CaseId::number(visits[4].case_id), 1u);
    EXPECT_EQ(CaseId::day(visits[4].case_id) - CaseId::day(visits[0].case_id), 4u);
  }
}

// What is not known of a family is drawn: urgency by the shares of the municipality that was recorded.
TEST(Recorded, EmptyCellsAreDrawnGivenWhatIsKnown) {
  ChainBuilder chain = open_door(date(2024, 2, 1), 0.0);
  Stream& stream = chain.scenario.chain.streams[0];
  stream.attributes = dependent();
  stream.recorded_attributes = {"municipality"};
  std::vector<Stream::Recorded> families;
  constexpr int kFamilies = 4000;
  for (int i = 0; i < kFamilies; ++i) families.push_back({i * 30.0 / kFamilies, 1, {i % 2 == 0 ? "b" : "c"}});
  stream.recorded = recorded(families);
  const auto run = watch(chain.scenario);
  double crises_b = 0.0, crises_c = 0.0;
  for (const LoggedVisit& visit : run->visits)
    (run->value(visit, "municipality") == "b" ? crises_b : crises_c) += run->value(visit, "urgency") == "crisis";
  constexpr double kEach = kFamilies / 2.0;
  EXPECT_NEAR(crises_b / kEach, 0.6, 4.0 * std::sqrt(0.6 * 0.4 / kEach));
  EXPECT_NEAR(crises_c / kEach, 0.1, 4.0 * std::sqrt(0.1 * 0.9 / kEach));
}

/// Ten families a day for a hundred days, of two children each.
ChainBuilder many_recorded() {
  ChainBuilder chain = open_door(kStart + std::chrono::days{100}, 0.0);
  std::vector<Stream::Recorded> families;
  for (int i = 0; i < 1000; ++i) families.push_back({i / 10.0, 2, {}});
  chain.scenario.chain.streams[0].recorded = recorded(families);
  return chain;
}

std::set<std::uint64_t> families_with(Change change, double warm_up = 0.0) {
  ChainBuilder chain = many_recorded();
  chain.scenario.period.warm_up = {warm_up};
  add(chain, "arrivals", {{"stream", std::string("reports")}, {"from", kStart}, {"change", change}});
  std::set<std::uint64_t> families;
  const std::set<std::uint64_t> cases = cases_of(*watch(chain.scenario));
  for (const std::uint64_t id : cases) families.insert(id - (id & 0xffff));
  EXPECT_EQ(cases.size(), 2 * families.size());  // whole families come or stay away
  return families;
}

TEST(Recorded, ADecreaseThinsTheSameFamiliesInAllScenarios) {
  const std::set<std::uint64_t> all = families_with(factor(1.0)), most = families_with(factor(0.9)),
                                half = families_with(factor(0.5));
  EXPECT_EQ(all.size(), 1000u);
  EXPECT_NEAR(static_cast<double>(most.size()), 900.0, 4.0 * std::sqrt(1000 * 0.9 * 0.1));
  EXPECT_TRUE(std::includes(all.begin(), all.end(), most.begin(), most.end()));
  EXPECT_TRUE(std::includes(most.begin(), most.end(), half.begin(), half.end()));
  EXPECT_EQ(families_with(factor(0.9), 30.0), most);
}

TEST(Recorded, AnIncreaseAddsCopiesAndALargerOneKeepsThem) {
  const std::set<std::uint64_t> all = families_with(factor(1.0)), more = families_with(factor(1.1)),
                                many = families_with(factor(1.4)), double_and_half = families_with(factor(2.5));
  EXPECT_NEAR(static_cast<double>(more.size()), 1100.0, 4.0 * std::sqrt(1000 * 0.1 * 0.9));
  EXPECT_NEAR(static_cast<double>(double_and_half.size()), 2500.0, 4.0 * std::sqrt(1000 * 0.5 * 0.5));
  EXPECT_EQ(families_with(factor(3.0)).size(), 3000u);
  for (const auto* larger : {&more, &many, &double_and_half})
    EXPECT_TRUE(std::includes(larger->begin(), larger->end(), all.begin(), all.end()));
  EXPECT_TRUE(std::includes(many.begin(), many.end(), more.begin(), more.end()));
  EXPECT_TRUE(std::includes(double_and_half.begin(), double_and_half.end(), many.begin(), many.end()));
}

TEST(Recorded, ACopyArrivesWithItsFamilyAndIsAsItWasRecorded) {
  ChainBuilder chain = recorded_chain();
  add(chain, "arrivals", {{"stream", std::string("reports")}, {"from", kStart}, {"change", factor(2.0)}});
  const auto run = watch(chain.scenario);
  std::map<double, std::multiset<std::string>> seen;
  for (const LoggedVisit& visit : run->visits) seen[visit.received].insert(run->value(visit, "municipality"));
  EXPECT_THAT(seen[0.0], ElementsAre("a", "a"));
  EXPECT_THAT(seen[4.25], ElementsAre("b", "b", "b", "b", "b", "b", "c", "c"));
  EXPECT_EQ(seen[30.5].size(), 4u);
}

TEST(Recorded, ALeverHoldsOnItsDaysAlone) {
  ChainBuilder chain = many_recorded();
  add(chain, "arrivals",
      {{"stream", std::string("reports")},
       {"from", date(2024, 1, 11)},
       {"until", date(2024, 1, 21)},
       {"change", factor(0.0)}});
  const std::vector<int> counts = counts_per_day(*watch(chain.scenario));
  for (std::size_t day = 0; day < counts.size(); ++day) EXPECT_EQ(counts[day], day >= 10 && day < 20 ? 0 : 20) << day;
}

TEST(Arrivals, AreTheSameBitsWithOneThreadOrMore) {
  ChainBuilder dispersed = open_door(date(2024, 7, 1), 5.0), replayed = recorded_chain();
  Stream& stream = dispersed.scenario.chain.streams[0];
  stream.day_dispersion = stream.month_dispersion = 0.3;
  stream.attributes = dependent();
  std::vector<Scenario> scenarios{dispersed.scenario, replayed.scenario};
  for (Scenario& scenario : scenarios) scenario.replications = 12;
  const std::vector<Results> one = simulate(scenarios, {1, 12, {}}), three = simulate(scenarios, {3, 12, {}});
  for (std::size_t s = 0; s < scenarios.size(); ++s) {
    EXPECT_EQ(one[s].cases_csv, three[s].cases_csv);
    EXPECT_FALSE(one[s].cases_csv.empty());
    EXPECT_EQ(one[s].events, three[s].events);
  }
}

}  // namespace
}  // namespace ketensim
