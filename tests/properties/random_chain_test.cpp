// The random chains on which properties are tried: valid, varied, and shown as they are.
#include <fmt/core.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "ketensim/load.hpp"
#include "tests/properties/any_chain.hpp"
#include "tests/support/chain_text.hpp"

namespace ketensim {
namespace {

using namespace support;

TEST(RandomKinds, AreAllKindsOfIntervention) {
  std::set<std::string_view> known, drawn;
  for (const InterventionKind& kind : intervention_kinds()) known.insert(kind.name);
  for (const RandomKind& kind : random_kinds()) drawn.insert(kind.name);
  EXPECT_EQ(drawn, known);
}

// Every chain is valid as it is drawn; of the interventions, fewer than one in twenty is dropped because it would not
// be (a cut of more slots than there are, for example).
TEST(RandomChain, IsValidAndHasRoomForNearlyEveryIntervention) {
  std::map<std::string_view, int> added;
  int drawn = 0, dropped = 0;
  for (std::uint64_t seed = 0; seed < 450; ++seed) {
    const Scenario scenario = random_chain(seed);
    for (const Problem& problem : validate(scenario))
      ASSERT_NE(problem.severity, Problem::Severity::error) << problem.message << "\n" << written(scenario);
    Chance chance(seed);
    for (const RandomKind& kind : random_kinds()) {
      const Date from = random_day(chance, scenario);
      const Chance before = chance;
      if (Chance again = before; !kind.drawn(again, scenario, from)) continue;
      ++drawn;
      if (random_intervention(chance, scenario, kind, from))
        ++added[kind.name];
      else
        ++dropped;
    }
  }
  EXPECT_LT(dropped, drawn / 20);
  for (const RandomKind& kind : random_kinds()) EXPECT_GT(added[kind.name], 200) << kind.name;
}

TEST(RandomChain, IsSmallAndBusy) {
  double visits = 0.0, waited = 0.0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const auto run = watch(random_chain(seed));
    for (const LoggedVisit& visit : run->visits) {
      ++visits;
      waited += visit.started > visit.received;
    }
  }
  EXPECT_GT(visits / 100.0, 100.0);
  EXPECT_LT(visits / 100.0, 2000.0);
  EXPECT_GT(waited / visits, 0.2);
}

// What a failing property shows is the chain on which it failed: read from a file, it gives the same bits.
RC_GTEST_PROP(RandomChain, IsShownAsAFileThatGivesTheSameBits, (const AnyChain& chain)) {
  const std::filesystem::path file = std::filesystem::path(testing::TempDir()) / "ketensim-random-chain.yaml";
  std::ofstream(file) << written(chain.scenario);
  const Loaded loaded = load_scenario(file);
  for (const Diagnostic& diagnostic : loaded.diagnostics)
    if (diagnostic.severity == Problem::Severity::error) RC_FAIL(diagnostic.text());
  const std::string found = difference(*watch(chain.scenario), *watch(loaded.scenario));
  if (!found.empty()) RC_FAIL(found);
}

}  // namespace
}  // namespace ketensim
