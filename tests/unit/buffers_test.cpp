// How far open cases are into their norms.
#include "ketensim/buffers.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "ketensim/simulate.hpp"
#include "tests/support/chains.hpp"

namespace ketensim {
namespace {

using namespace support;

const Buffer& buffer_of(const std::vector<Buffer>& all, std::string_view step, std::string_view norm,
                        std::string_view period) {
  for (const Buffer& buffer : all)
    if (buffer.organisation + "." + buffer.step == step && buffer.norm == norm && buffer.period == period)
      return buffer;
  throw std::invalid_argument("no such buffer");
}

/// Children come to one desk at moments that are given (days of 2024 from 0) and are served for `days` each.
Scenario desk(std::vector<double> moments, double days) {
  ChainBuilder chain(CalendarKind::continuous, date(2024, 1, 1), date(2024, 3, 1), 0.0, Report::month);
  chain.organisation("A");
  Stream& stream = chain.stream("reports", "A.desk", 0.0);
  auto families = std::make_shared<std::vector<Stream::Recorded>>();
  const auto first_day = static_cast<double>(date(2024, 1, 1).time_since_epoch().count());
  for (const double moment : moments) families->push_back({first_day + moment, 1, {}});
  stream.recorded = families;
  chain.station("A.desk", 1, deterministic(days)).norm.lead_time = Duration{30.0};
  return chain.scenario;
}

TEST(Buffers, AreCountedAtTheEndOfAPeriodByThirdsOfTheNorm) {
  // On 1 February (day 31) those of day 0, 3, 12 and 25 are 31, 28, 19 and 6 days old; each is served for 12 days, the
  // third from day 24 on. The first two are over.
  const std::vector<Buffer> all = buffers(desk({0.0, 3.0, 12.0, 25.0}, 12.0));
  const Buffer& january = buffer_of(all, "A.desk", "lead_time", "2024-01-01");
  EXPECT_EQ(january.open.mean, 2.0);
  EXPECT_EQ(january.green.mean, 1.0);
  EXPECT_EQ(january.yellow.mean, 1.0);
  EXPECT_EQ(january.red.mean, 0.0);
  EXPECT_EQ(buffer_of(all, "A.desk", "lead_time", "2024-02-01").open.mean, 0.0);
  EXPECT_TRUE(std::isnan(buffer_of(all, "A.desk", "lead_time", "2024-02-01").red_share.mean));
  EXPECT_EQ(buffer_of(all, "A.desk", "lead_time", "all").open.mean, 1.0);
}

TEST(Buffers, TellWhyTheRedAreRed) {
  // On day 31: the one of day 0 is served since then (31 of 30 days: by itself, and late); the others still wait, the
  // one of day 11 for 20 days: two thirds.
  const std::vector<Buffer> longer = buffers(desk({0.0, 11.0, 25.0}, 40.0));
  const Buffer& january = buffer_of(longer, "A.desk", "lead_time", "2024-01-01");
  EXPECT_EQ(january.red.mean, 2.0);
  EXPECT_EQ(january.late.mean, 1.0);
  EXPECT_EQ(january.service.mean, 1.0);
  EXPECT_EQ(january.waiting.mean, 1.0);
  EXPECT_EQ(january.waited.mean, 0.0);
  EXPECT_DOUBLE_EQ(january.red_share.mean, 2.0 / 3.0);
  // The second is served since day 17 (14 days), and would be yellow without the 16 days that it waited.
  const Buffer waited = buffer_of(buffers(desk({0.0, 1.0}, 17.0)), "A.desk", "lead_time", "2024-01-01");
  EXPECT_EQ(waited.red.mean, 1.0);
  EXPECT_EQ(waited.waited.mean, 1.0);
}

TEST(Buffers, FollowALeverThatChangesTheNorm) {
  Scenario scenario = desk({0.0, 25.0}, 12.0);
  scenario.interventions = {
      {"norm", {{{"step", "A.desk"}, {"from", date(2024, 1, 20)}, {"lead_time", Duration{6.0}}}}}};
  const Buffer january = buffer_of(buffers(scenario), "A.desk", "lead_time", "2024-01-01");
  EXPECT_EQ(january.red.mean, 1.0);
  EXPECT_EQ(january.late.mean, 0.0);  // exactly at the norm
}

// Who is open is who waits or is served, as the figures tell; colours and causes add up.
TEST(Buffers, AgreeWithTheFigures) {
  for (const Resolution resolution : {Resolution::continuous, Resolution::day}) {
    Scenario scenario = mini_chain();
    scenario.period.resolution = resolution;
    scenario.replications = 3;
    const Results results = simulate({scenario}).front();
    int compared = 0;
    for (const Buffer& buffer : buffers(scenario)) {
      EXPECT_NEAR(buffer.open.mean, buffer.green.mean + buffer.yellow.mean + buffer.red.mean, 1e-9);
      EXPECT_NEAR(buffer.red.mean, buffer.waiting.mean + buffer.waited.mean + buffer.service.mean, 1e-9);
      EXPECT_LE(buffer.late.mean, buffer.red.mean + 1e-9);
      if (buffer.period == "all") continue;
      const std::size_t period = results.find_period(buffer.period);
      const auto figure = [&](const char* indicator) {
        return summarise(results, results.find(buffer.organisation, buffer.step, indicator), period).mean;
      };
      const double open = buffer.norm == "lead_time" ? figure("queue_end") + figure("wip_end")
                          : buffer.norm == "wait"    ? figure("queue_end")
                                                     : figure("wip_end");
      EXPECT_NEAR(buffer.open.mean, open, 1e-9) << buffer.step << " " << buffer.norm << " " << buffer.period;
      ++compared;
    }
    EXPECT_EQ(compared, 6 * 24);
  }
}

}  // namespace
}  // namespace ketensim
