// Scenarios share every draw that both make: what one changes touches only what follows from it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "ketensim/compare.hpp"
#include "ketensim/simulate.hpp"
#include "tests/determinism/bits.hpp"
#include "tests/support/chains.hpp"

namespace ketensim {
namespace {

using namespace support;

Scenario mini_chain_of(int replications) {
  Scenario scenario = mini_chain();
  scenario.replications = replications;
  return scenario;
}

/// Every replication and period of one figure.
std::vector<double> values_of(const Results& results, const Figure& figure) {
  const std::size_t f = results.find(figure.organisation, figure.step, indicator_kinds()[figure.indicator].name);
  std::vector<double> values;
  for (int r = 0; f != Results::npos && r < results.replications; ++r)
    for (std::size_t p = 0; p < results.periods.size(); ++p) values.push_back(results.value(r, f, p));
  return values;
}

std::string name_of(const Figure& figure) {
  return figure.organisation + "." + figure.step + " " + std::string(indicator_kinds()[figure.indicator].name);
}

// Another stream, pool and steps of another organisation, before or after all others in the file: whoever was in the
// chain has the same waits and routes, bit for bit. Only the chain's own totals count the newcomers.
TEST(SharedDraws, AreUntouchedByAnUnrelatedStreamPoolAndStep) {
  Scenario plain = mini_chain_of(3);
  plain.chain.returns.reset();  // by which the newcomers' children would come to VTT.triage
  const Results before = simulate({plain}).front();
  for (const bool first : {true, false}) {
    Scenario wider = plain;
    const auto add = [&](auto& list, auto element) {
      list.insert(first ? list.begin() : list.end(), std::move(element));
    };
    Step advice = step("NEW.advice", "NEW.desk", exponential(4.0)), letter = step("NEW.letter", "", gamma(3.0, 0.5));
    advice.next = {to({target("NEW.letter", 0.5), target("out", 0.5)})};
    add(wider.chain.organisations, organisation("NEW"));
    Stream questions = plain.chain.streams.front();
    questions.id = "questions";
    questions.to = "NEW.advice";
    add(wider.chain.streams, questions);
    add(wider.chain.pools, pool("NEW.desk", 11));
    add(wider.chain.steps, letter);
    add(wider.chain.steps, advice);
    const Results after = simulate({wider}).front();
    ASSERT_NE(after.find("NEW", "advice", "wait_mean"), Results::npos);
    for (const Figure& figure : before.figures) {
      if (figure.organisation == "chain") continue;
      EXPECT_TRUE(same_bits(values_of(before, figure), values_of(after, figure))) << name_of(figure);
    }
  }
}

// The figures are found by name. Sums over several steps or members may be added up in another order: these agree to
// rounding, all others to the bit.
TEST(SharedDraws, DoNotDependOnTheOrderOfTheFile) {
  const Scenario plain = mini_chain_of(3);
  Scenario reversed = plain;
  std::reverse(reversed.chain.pools.begin(), reversed.chain.pools.end());
  std::reverse(reversed.chain.steps.begin(), reversed.chain.steps.end());
  std::reverse(reversed.chain.organisations.begin(), reversed.chain.organisations.end());
  std::reverse(reversed.chain.organisations.front().members.begin(),
               reversed.chain.organisations.front().members.end());
  const Results before = simulate({plain}).front(), after = simulate({reversed}).front();
  for (const Figure& figure : before.figures) {
    const std::vector<double> a = values_of(before, figure), b = values_of(after, figure);
    ASSERT_EQ(a.size(), b.size()) << name_of(figure);
    if (figure.step != "all" && figure.organisation != "GEM") {
      EXPECT_TRUE(same_bits(a, b)) << name_of(figure);
      continue;
    }
    for (std::size_t i = 0; i < a.size(); ++i)
      if (!std::isnan(a[i]) || !std::isnan(b[i])) {
        EXPECT_NEAR(a[i], b[i], 1e-9 * std::abs(a[i])) << name_of(figure);
      }
  }
}

TEST(Interventions, ChangeNothingBeforeTheirFirstDay) {
  const Date from = date(2024, 7, 1);
  const Scenario plain = mini_chain_of(3);
  const Results before = simulate({plain}).front();
  const std::vector<Intervention> interventions{
      {"clear_backlog", {{{"step", "VTT.research"}, {"on", from}}}},
      {"capacity", {{{"pool", "GEM.access"}, {"from", from}, {"change", Change{Change::Kind::factor, 0.8}}}}},
  };
  for (const Intervention& intervention : interventions) {
    SCOPED_TRACE(intervention.kind);
    Scenario changed = plain;
    changed.interventions = {intervention};
    const Results after = simulate({changed}).front();
    bool differs = false;
    for (std::size_t f = 0; f < before.figures.size(); ++f)
      for (std::size_t p = 0; p < before.periods.size(); ++p)
        for (int r = 0; r < before.replications; ++r) {
          const std::vector<double> a{before.value(r, f, p)}, b{after.value(r, f, p)};
          if (before.periods[p].until <= from) {
            ASSERT_TRUE(same_bits(a, b)) << name_of(before.figures[f]) << ' ' << before.periods[p].label;
          } else {
            differs = differs || !same_bits(a, b);
          }
        }
    EXPECT_TRUE(differs);
  }
}

/// The figures' mean over 2024, the first four quarters, per replication.
std::vector<double> year_means(const Results& results, const char* organisation, const char* step,
                               const char* indicator) {
  const std::size_t figure = results.find(organisation, step, indicator);
  std::vector<double> means;
  for (int r = 0; r < results.replications; ++r) {
    double sum = 0.0, days = 0.0;
    for (std::size_t p = 0; p < 12; ++p) {
      const auto length = static_cast<double>((results.periods[p].until - results.periods[p].from).count());
      sum += length * results.value(r, figure, p);
      days += length;
    }
    means.push_back(sum / days);
  }
  return means;
}

// Common random numbers pay: the effect of clearing the backlog at Veilig Thuis on the Raad's mean queue over the year
// has a standard error at least three times smaller than with a seed of its own for each scenario.
TEST(CommonRandomNumbers, MakeTheEffectOfAClearedBacklogThreeTimesAsPrecise) {
  const Scenario plain = mini_chain_of(100);
  Scenario cleared = plain, independent;
  cleared.interventions = {{"clear_backlog", {{{"step", "VTT.research"}, {"on", date(2024, 2, 1)}}}}};
  independent = cleared;
  independent.seed = 987'654;
  const std::vector<Results> results = simulate({plain, cleared, independent});
  const std::vector<double> base = year_means(results[0], "RVDK", "research", "queue_mean");
  const auto standard_error = [&](const Results& alternative) {
    std::vector<double> differences = year_means(alternative, "RVDK", "research", "queue_mean");
    for (std::size_t r = 0; r < base.size(); ++r) differences[r] -= base[r];
    return summarise(differences).se;
  };
  const double shared = standard_error(results[1]), separate = standard_error(results[2]);
  EXPECT_GT(separate / shared, 3.0);
  RecordProperty("ratio", std::to_string(separate / shared));
}

}  // namespace
}  // namespace ketensim
