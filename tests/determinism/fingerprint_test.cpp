// A fingerprint of a run guards refactoring: counts of the mini chain's first replications, which change when any draw,
// tie or rule changes. Counts are whole, so that they do not hang on a compiler's rounding. Exact theory guards truth:
// where a change here is meant, take the new lines from the failure's message and say in the commit why they changed.
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "ketensim/simulate.hpp"
#include "tests/support/chains.hpp"

namespace ketensim {
namespace {

using namespace support;

constexpr const char* kExpected = R"(
0 VTT.triage inflow 3098 started 3110 outflow 3111 left 0 queue_end 0 wip_end 21
0 VTT.research inflow 810 started 771 outflow 808 left 37 queue_end 31 wip_end 53
0 VTT.all inflow 3098 outflow 3109 left 37 queue_end 31 wip_end 74
0 RVDK.research inflow 523 started 516 outflow 508 left 0 queue_end 7 wip_end 34
0 RVDK.all inflow 523 outflow 508 left 0 queue_end 7 wip_end 34
0 JBOV.intake inflow 266 started 267 outflow 268 left 0 queue_end 0 wip_end 1
0 JBOV.plan inflow 268 started 268 outflow 262 left 0 queue_end 0 wip_end 15
0 JBOV.guidance inflow 262 started 262 outflow 196 left 0 queue_end 0 wip_end 198
0 JBOV.all inflow 266 outflow 196 left 0 queue_end 0 wip_end 214
0 GM0141.access inflow 816 started 816 outflow 811 left 0 queue_end 0 wip_end 58
0 GM0141.help inflow 368 started 368 outflow 365 left 0 queue_end 0 wip_end 82
0 GM0141.all inflow 854 outflow 846 left 0 queue_end 0 wip_end 140
0 GM0153.access inflow 1520 started 1520 outflow 1514 left 0 queue_end 0 wip_end 87
0 GM0153.help inflow 663 started 663 outflow 601 left 0 queue_end 0 wip_end 197
0 GM0153.all inflow 1582 outflow 1514 left 0 queue_end 0 wip_end 284
0 GEM.access inflow 2336 started 2336 outflow 2325 left 0 queue_end 0 wip_end 145
0 GEM.help inflow 1031 started 1031 outflow 966 left 0 queue_end 0 wip_end 279
0 GEM.all inflow 2436 outflow 2360 left 0 queue_end 0 wip_end 424
0 chain.all inflow 3098 outflow 2940 children_end 797 returns 419
1 VTT.triage inflow 2965 started 2966 outflow 2975 left 0 queue_end 0 wip_end 11
1 VTT.research inflow 816 started 791 outflow 823 left 31 queue_end 0 wip_end 52
1 VTT.all inflow 2965 outflow 2982 left 31 queue_end 0 wip_end 63
1 RVDK.research inflow 530 started 530 outflow 536 left 0 queue_end 0 wip_end 27
1 RVDK.all inflow 530 outflow 536 left 0 queue_end 0 wip_end 27
1 JBOV.intake inflow 255 started 256 outflow 256 left 0 queue_end 0 wip_end 1
1 JBOV.plan inflow 256 started 256 outflow 249 left 0 queue_end 0 wip_end 15
1 JBOV.guidance inflow 249 started 249 outflow 202 left 0 queue_end 0 wip_end 186
1 JBOV.all inflow 255 outflow 202 left 0 queue_end 0 wip_end 202
1 GM0141.access inflow 746 started 746 outflow 766 left 0 queue_end 0 wip_end 36
1 GM0141.help inflow 367 started 367 outflow 337 left 0 queue_end 0 wip_end 99
1 GM0141.all inflow 784 outflow 774 left 0 queue_end 0 wip_end 135
1 GM0153.access inflow 1504 started 1504 outflow 1512 left 0 queue_end 0 wip_end 83
1 GM0153.help inflow 637 started 637 outflow 620 left 0 queue_end 0 wip_end 164
1 GM0153.all inflow 1571 outflow 1562 left 0 queue_end 0 wip_end 247
1 GEM.access inflow 2250 started 2250 outflow 2278 left 0 queue_end 0 wip_end 119
1 GEM.help inflow 1004 started 1004 outflow 957 left 0 queue_end 0 wip_end 263
1 GEM.all inflow 2355 outflow 2336 left 0 queue_end 0 wip_end 382
1 chain.all inflow 2965 outflow 2909 children_end 687 returns 449
)";

constexpr const char* kExpectedByDates = R"(
0 VTT.triage inflow 3097 started 3113 outflow 3113 left 0 queue_end 6 wip_end 17
0 VTT.research inflow 811 started 751 outflow 797 left 45 queue_end 41 wip_end 52
0 VTT.all inflow 3097 outflow 3099 left 45 queue_end 47 wip_end 69
0 RVDK.research inflow 520 started 511 outflow 506 left 0 queue_end 9 wip_end 32
0 RVDK.all inflow 520 outflow 506 left 0 queue_end 9 wip_end 32
0 JBOV.intake inflow 266 started 266 outflow 269 left 0 queue_end 0 wip_end 1
0 JBOV.plan inflow 269 started 269 outflow 259 left 0 queue_end 0 wip_end 17
0 JBOV.guidance inflow 259 started 259 outflow 197 left 0 queue_end 0 wip_end 196
0 JBOV.all inflow 266 outflow 197 left 0 queue_end 0 wip_end 214
0 GM0141.access inflow 811 started 808 outflow 810 left 0 queue_end 3 wip_end 52
0 GM0141.help inflow 370 started 370 outflow 366 left 0 queue_end 0 wip_end 83
0 GM0141.all inflow 850 outflow 845 left 0 queue_end 3 wip_end 135
0 GM0153.access inflow 1515 started 1517 outflow 1507 left 0 queue_end 2 wip_end 93
0 GM0153.help inflow 663 started 663 outflow 600 left 0 queue_end 0 wip_end 200
0 GM0153.all inflow 1577 outflow 1506 left 0 queue_end 2 wip_end 293
0 GEM.access inflow 2326 started 2325 outflow 2317 left 0 queue_end 5 wip_end 145
0 GEM.help inflow 1033 started 1033 outflow 966 left 0 queue_end 0 wip_end 283
0 GEM.all inflow 2427 outflow 2351 left 0 queue_end 5 wip_end 428
0 chain.all inflow 3097 outflow 2934 children_end 816 returns 418
)";

/// Counts of each place over the whole period.
std::string fingerprint_of(const Scenario& scenario) {
  const Results results = simulate({scenario}).front();
  const std::size_t all = results.find_period("all");
  std::string fingerprint = "\n";
  for (int r = 0; r < results.replications; ++r)
    for (std::size_t f = 0; f < results.figures.size(); ++f) {
      const Figure& figure = results.figures[f];
      if (indicator_kinds()[figure.indicator].name != "inflow") continue;
      fingerprint += std::to_string(r) + " " + figure.organisation + "." + figure.step;
      for (const char* indicator :
           {"inflow", "started", "outflow", "left", "queue_end", "wip_end", "children_end", "returns"}) {
        const std::size_t at = results.find(figure.organisation, figure.step, indicator);
        if (at == Results::npos) continue;
        fingerprint += std::string(" ") + indicator + " " + std::to_string(std::llround(results.value(r, at, all)));
      }
      fingerprint += "\n";
    }
  return fingerprint;
}

/// The mini chain with its backlog cleared.
Scenario cleared(int replications) {
  Scenario scenario = mini_chain();
  scenario.replications = replications;
  scenario.interventions = {{"clear_backlog", {{{"step", "VTT.research"}, {"on", date(2024, 2, 1)}}}}};
  return scenario;
}

TEST(Fingerprint, OfTheMiniChain) { EXPECT_EQ(fingerprint_of(cleared(2)), kExpected); }

// By dates, with hand-overs on working days and a duration by class.
TEST(Fingerprint, OfTheMiniChainByDates) {
  Scenario scenario = cleared(1);
  scenario.period.resolution = Resolution::day;
  scenario.period.handed_over_on_working_days = true;
  step_of(scenario, "VTT.triage").duration_of_class = {{{{"urgency", {"crisis"}}}, exponential(1.0)}};
  EXPECT_EQ(fingerprint_of(scenario), kExpectedByDates);
}

}  // namespace
}  // namespace ketensim
