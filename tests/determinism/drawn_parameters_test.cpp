// Replications that run on drawn parameters.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ketensim/compare.hpp"
#include "ketensim/simulate.hpp"
#include "tests/determinism/bits.hpp"
#include "tests/support/chains.hpp"

namespace ketensim {
namespace {

using namespace support;
using testing::ElementsAre;
using testing::HasSubstr;

using Drawn = std::vector<std::shared_ptr<const Chain>>;

/// Everyone is served at once and for the same time, which each draw has another of.
Scenario fixed_durations(const std::vector<double>& drawn, int replications) {
  ChainBuilder builder(CalendarKind::continuous, date(2024, 1, 1), date(2024, 7, 1), 60.0);
  builder.organisation("A");
  builder.stream("reports", "A.serve", 5.0);
  builder.step("A.serve", "", deterministic(20.0));
  Scenario scenario = builder.scenario;
  scenario.replications = replications;
  for (const double days : drawn) {
    Chain chain = scenario.chain;
    chain.steps[0].duration = deterministic(days);
    scenario.drawn.push_back(std::make_shared<const Chain>(std::move(chain)));
  }
  return scenario;
}

/// The mini chain with as many draws, in which durations and shares differ.
Scenario drawn_mini_chain(int draws, int replications) {
  Scenario scenario = mini_chain();
  scenario.replications = replications;
  for (int draw = 0; draw < draws; ++draw) {
    Chain chain = scenario.chain;
    for (Step& step : chain.steps)
      for (auto& [name, value] : step.duration.parameters) value *= 1.0 + 0.05 * draw;
    chain.streams[0].per_day *= 1.0 - 0.02 * draw;
    scenario.drawn.push_back(std::make_shared<const Chain>(std::move(chain)));
  }
  return scenario;
}

std::vector<double> lead_means(const Results& results) {
  const std::size_t figure = results.find("A", "serve", "lead_mean");
  std::vector<double> means;
  for (int r = 0; r < results.replications; ++r) means.push_back(results.value(r, figure, 0));
  return means;
}

TEST(DrawnParameters, OfReplicationRAreThoseOfDrawRModuloTheirNumber) {
  const Results results = simulate({fixed_durations({1.0, 2.0, 4.0}, 8)}).front();
  const std::vector<double> means = lead_means(results), expected{1, 2, 4, 1, 2, 4, 1, 2};
  ASSERT_EQ(means.size(), expected.size());
  for (std::size_t r = 0; r < means.size(); ++r) EXPECT_NEAR(means[r], expected[r], 1e-9) << r;
}

TEST(DrawnParameters, MayBeMoreThanTheReplications) {
  const std::vector<double> means = lead_means(simulate({fixed_durations({1.0, 2.0, 4.0, 8.0}, 2)}).front());
  ASSERT_EQ(means.size(), 2u);
  EXPECT_NEAR(means[1], 2.0, 1e-9);
}

TEST(DrawnParameters, LeaveEveryOtherDrawAsItIs) {
  const Scenario scenario = drawn_mini_chain(3, 6);
  const Results results = simulate({scenario}).front();
  for (int r = 0; r < 6; ++r) {
    Scenario alone = scenario;
    alone.chain = *scenario.drawn[static_cast<std::size_t>(r % 3)];
    alone.drawn.clear();
    const Results own = simulate({alone}).front();
    const auto row = [&](const Results& of) {
      const auto first = of.values.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(r) * of.row_size());
      return std::vector<double>(first, first + static_cast<std::ptrdiff_t>(of.row_size()));
    };
    EXPECT_TRUE(same_bits(row(results), row(own))) << "replication " << r;
  }
}

TEST(DrawnParameters, GiveTheSameBitsWithOneTwoAndSevenThreadsAloneAndBesideOthers) {
  Scenario cleared = drawn_mini_chain(4, 9);
  cleared.id = "cleared";
  cleared.interventions = {{"clear_backlog", {{{"step", "VTT.research"}, {"on", date(2024, 2, 1)}}}}};
  Scenario without = mini_chain();
  without.id = "without";
  without.replications = 9;
  const std::vector<Scenario> scenarios{drawn_mini_chain(4, 9), cleared, without};
  const std::vector<Results> one = simulate(scenarios, {1, 6, {}});
  for (const int threads : {2, 7}) {
    const std::vector<Results> many = simulate(scenarios, {threads, 6, {}});
    for (std::size_t s = 0; s < scenarios.size(); ++s) {
      EXPECT_TRUE(same_bits(one[s].values, many[s].values)) << threads << " threads";
      EXPECT_EQ(one[s].cases_csv, many[s].cases_csv);
      EXPECT_EQ(one[s].events, many[s].events);
    }
  }
  for (std::size_t s = 0; s < scenarios.size(); ++s)
    EXPECT_TRUE(same_bits(simulate({scenarios[s]}).front().values, one[s].values));
}

TEST(DrawnParameters, AreThoseOfTheReplicationWhereARunGoesOn) {
  const Results whole = simulate({drawn_mini_chain(3, 8)}).front();
  for (const int first : {0, 2, 3, 7}) {
    RunOptions run;
    run.first_replication = first;
    const Results rest = simulate({drawn_mini_chain(3, 8)}, run).front();
    const std::vector<double> expected(
        whole.values.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(first) * whole.row_size()),
        whole.values.end());
    EXPECT_TRUE(same_bits(rest.values, expected)) << "from replication " << first;
  }
}

TEST(DrawnParameters, GiveTheSameBitsWhereScenariosAreKnownToDifferInCapacity) {
  std::vector<Scenario> scenarios{drawn_mini_chain(2, 4), drawn_mini_chain(2, 4)};
  scenarios[1].interventions = {
      {"capacity",
       {{{"pool", "RVDK.research"}, {"from", date(2024, 1, 1)}, {"change", Change{Change::Kind::add_slots, 3.0}}}}}};
  RunOptions known;
  known.differ_in_capacity = true;
  const std::vector<Results> plain = simulate(scenarios), fast = simulate(scenarios, known);
  for (std::size_t s = 0; s < 2; ++s) EXPECT_TRUE(same_bits(plain[s].values, fast[s].values)) << s;
}

TEST(DrawnParameters, AreSharedSoThatNoChangeHasAnEffectOfExactlyZero) {
  const Scenario baseline = drawn_mini_chain(3, 7);
  std::vector<Scenario> alternatives{baseline};
  alternatives[0].id = "nothing";
  alternatives[0].interventions = {{"arrivals",
                                    {{{"stream", baseline.chain.streams[0].id},
                                      {"from", date(2024, 6, 1)},
                                      {"change", Change{Change::Kind::factor, 1.0}}}}}};
  impose_baseline(baseline, alternatives);
  const std::vector<Results> results = simulate({baseline, alternatives[0]});
  EXPECT_TRUE(same_bits(results[0].values, results[1].values));
}

TEST(DrawnParameters, AreDrawnAlikeInAllVariantsOfARange) {
  Scenario scenario = fixed_durations({1.0, 3.0}, 2);
  scenario.interventions = {
      {"arrivals",
       {{{"stream", "reports"},
         {"from", date(2024, 2, 1)},
         {"change", std::vector<Change>{{Change::Kind::factor, 0.5}, {Change::Kind::factor, 1.5}}}}}}};
  const std::vector<Scenario> all = variants(scenario);
  ASSERT_EQ(all.size(), 2u);
  for (const Results& results : simulate(all)) EXPECT_NEAR(lead_means(results)[1], 3.0, 1e-9) << results.scenario;
}

TEST(DrawnParameters, OfAnAlternativeFollowTheBaseline) {
  const Scenario drawn = fixed_durations({1.0, 3.0}, 2), without = fixed_durations({}, 2);
  std::vector<Scenario> alternatives{drawn};
  impose_baseline(without, alternatives);
  EXPECT_TRUE(alternatives[0].drawn.empty());
  alternatives = {without};
  EXPECT_THROW(impose_baseline(drawn, alternatives), std::invalid_argument);
}

TEST(DrawnParameters, ThatChangeANameOrTheStructureAreRefused) {
  const auto problem_with = [](auto change) {
    Scenario scenario = fixed_durations({1.0, 3.0}, 2);
    Chain chain = *scenario.drawn[1];
    change(chain);
    scenario.drawn[1] = std::make_shared<const Chain>(std::move(chain));
    EXPECT_THROW(simulate({scenario}), std::invalid_argument);
    const std::vector<Problem> problems = validate(scenario);
    return problems.empty() ? std::string() : std::to_string(problems[0].draw) + " " + problems[0].message;
  };
  const std::string refused = "2 draw 2: a draw may change figures only, and no name or structure: it has ";
  EXPECT_EQ(problem_with([](Chain& chain) { chain.steps[0].duration = exponential(3.0); }),
            refused + "distribution `exponential`, where the chain has distribution `deterministic`");
  EXPECT_THAT(problem_with([](Chain& chain) { chain.streams[0].id = "others"; }),
              HasSubstr("stream `others`, where the chain has stream `reports`"));
  EXPECT_THAT(problem_with([](Chain& chain) { chain.pools.push_back(pool("A.more", 2.0)); }),
              HasSubstr("pool `A.more`, where the chain has step `A.serve`"));
  EXPECT_THAT(problem_with([](Chain& chain) { chain.steps[0].duration = deterministic(-3.0); }),
              testing::StartsWith("2 draw 2: "));
}

TEST(DrawnParameters, ReportReturnsThatHappenUnderSomeDrawOnly) {
  Scenario scenario = fixed_durations({1.0, 1.0}, 2);
  scenario.chain.returns = Returns{0.0, exponential(20.0), "A.serve"};
  for (std::size_t draw = 0; draw < 2; ++draw) {
    Chain chain = *scenario.drawn[draw];
    chain.returns = Returns{0.5 * static_cast<double>(draw), exponential(20.0), "A.serve"};
    scenario.drawn[draw] = std::make_shared<const Chain>(std::move(chain));
  }
  const Results results = simulate({scenario}).front();
  const std::size_t returns = results.find("chain", "all", "returns");
  ASSERT_NE(returns, Results::npos);
  EXPECT_EQ(results.value(0, returns, 0), 0.0);
  EXPECT_GT(results.value(1, returns, 0), 0.0);
}

}  // namespace
}  // namespace ketensim
