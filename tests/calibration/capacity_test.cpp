#include <gtest/gtest.h>

#include <cmath>

#include "calibration/fit/slots.hpp"
#include "ketensim/fit_capacity.hpp"
#include "tests/calibration/queues.hpp"
#include "tests/calibration/simulated.hpp"

namespace ketensim {
namespace {

using namespace simulated;
using Rule = FittedOrder::Rule;

/// fte that wanders by a tenth and is kept to two decimals.
std::vector<double> wandering(double mean) {
  std::vector<double> fte;
  for (int month = 0; month < 48; ++month)
    fte.push_back(std::round(100.0 * mean * (1.0 + 0.1 * std::sin(2.3 * month))) / 100.0);
  return fte;
}

std::vector<CapacityFit> fits_of(const Desk& desk) {
  const Monitor monitor = deliveries(desk);
  return fit_capacity(monitor, link(monitor), dutch_calendar());
}
CapacityFit fit_of(const Desk& desk) { return fits_of(desk).at(0); }

TEST(Slots, AFullDayBoundsThemAndAllTogetherPinThem) {
  // 4.7 per fte: 47, 49 and 51 slots, so that it lies in [4.7, 4.8), [4.6667, 4.7619) and [4.6789, 4.7706).
  const std::vector<fit::FullDay> days{{10.0, 47}, {10.5, 49}, {10.9, 51}};
  const Estimate figure = fit::fit_slots(days, false).per_fte;
  EXPECT_GT(figure.estimate, 4.7);
  EXPECT_LT(figure.estimate, 4.7619);
  std::vector<fit::FullDay> many;
  for (int i = 0; i < 100; ++i) many.insert(many.end(), days.begin(), days.end());
  const Estimate sure = fit::fit_slots(many, false).per_fte;
  EXPECT_NEAR(sure.estimate, (4.7 + 49.0 / 10.5 + 1.0 / 10.5) / 2.0, 1e-4) << "alike between the bounds";
  EXPECT_GE(sure.low, 4.7);
  EXPECT_LE(sure.high, 50.0 / 10.5);
}

TEST(Slots, MoreThanThereAreAfterACutSaysOnlyThatThereAreNoMore) {
  std::vector<fit::FullDay> days;
  for (int i = 0; i < 50; ++i) days.push_back({10.0, 47});
  const fit::SlotsFit before = fit::fit_slots(days, false);
  for (int i = 0; i < 50; ++i) days.push_back({8.0, 47 - i / 10, 0, 0.0, false});
  const fit::SlotsFit after = fit::fit_slots(days, false);
  EXPECT_NEAR(after.per_fte.estimate, before.per_fte.estimate, 0.01);
  EXPECT_EQ(after.kept, 1.0);
}

TEST(Slots, AreFoundExactlyWhereDatesAreClean) {
  Desk desk;
  desk.fte = wandering(10.0);
  desk.per_fte = 4.713;  // not where some month's number of slots changes: the end of what is possible
  const CapacityFit fit = fit_of(desk);
  EXPECT_TRUE(fit.limits);
  EXPECT_FALSE(fit.reused_same_day);
  EXPECT_EQ(fit.claimed_at, fit.held_until);
  EXPECT_EQ(fit.kept, 1.0);
  EXPECT_GT(fit.full_days, 500u);
  EXPECT_NEAR(fit.cases_per_fte.estimate, 4.713, 0.01);
  EXPECT_TRUE(covers(fit.cases_per_fte, 4.713));
  for (const PoolDay& day : fit.days)
    if (day.counted && day.perhaps == 0) {
      EXPECT_GE(day.busy, std::floor(day.fte * 4.713 + 1e-9));
    }
}

/// How often the interval holds the truth: between 90% and 98% of the times in the long run, and with 120 pools within
/// four standard errors of that, of which the upper end is 100%.
void expect_coverage(Desk desk, double mean_fte) {
  constexpr int kPools = 120;
  std::mt19937_64 random(11);
  int covered = 0;
  double distance = 0.0;
  for (int i = 0; i < kPools; ++i) {
    desk.seed = 500 + static_cast<std::uint64_t>(i);
    desk.per_fte = 4.0 + 2.0 * uniform(random);
    desk.fte = wandering(mean_fte * (1.0 + 0.2 * uniform(random)));
    const CapacityFit fit = fit_of(desk);
    ASSERT_TRUE(fit.limits) << "pool " << i;
    covered += covers(fit.cases_per_fte, desk.per_fte);
    distance += (fit.cases_per_fte.estimate - desk.per_fte) / fit.cases_per_fte.standard_error;
  }
  const double share = static_cast<double>(covered) / kPools, error = std::sqrt(0.9 * 0.1 / kPools);
  EXPECT_GT(share, 0.9 - 4.0 * error);
  // Not to one side: the mean of so many distances has a standard error of 1/sqrt(n).
  EXPECT_LT(std::abs(distance / kPools), 4.0 / std::sqrt(kPools));
}

TEST(Slots, IntervalsHoldWhereDatesAreClean) {
  Desk desk;
  desk.days = 731;
  expect_coverage(desk, 8.0);
}

TEST(Slots, IntervalsHoldWhereDatesAreDirty) {
  Desk desk;
  desk.days = 731;
  desk.start_missing = 0.01, desk.end_wrong = 0.005, desk.lost = 0.002;
  expect_coverage(desk, 8.0);
}

TEST(Slots, RowsThatWereNeverDeliveredLowerThemByTheirShare) {
  // What was lost is missing from the arrivals as well: the chain is calibrated to what was delivered.
  Desk desk;
  desk.fte = wandering(40.0);
  desk.lost = 0.02;
  const Estimate figure = fit_of(desk).cases_per_fte;
  EXPECT_GT(figure.estimate, 4.7 * 0.97);
  EXPECT_LT(figure.estimate, 4.7 * 1.005);
}

TEST(Slots, WithoutFteAreANumber) {
  Desk desk;
  desk.fte = {5.0};
  desk.fte_delivered = false;
  desk.start_missing = 0.01;
  const CapacityFit fit = fit_of(desk);
  EXPECT_EQ(fit.reported_at, kUnknown);
  EXPECT_TRUE(fit.limits);
  EXPECT_EQ(fit.slots.estimate, 23.0) << "5 x 4.7";
  EXPECT_TRUE(covers(fit.slots, 23.0));
  EXPECT_TRUE(std::isnan(fit.cases_per_fte.estimate));
}

TEST(Slots, FreedAndGivenAwayOnOneDayAreSeen) {
  Desk desk;
  desk.fte = wandering(10.0);
  desk.reused_same_day = true;
  desk.service = 8.0;
  const CapacityFit fit = fit_of(desk);
  EXPECT_TRUE(fit.limits);
  EXPECT_TRUE(fit.reused_same_day);
  EXPECT_TRUE(covers(fit.cases_per_fte, 4.7));
}

TEST(Pool, HoldsItsSlotsAcrossSteps) {
  Desk desk;
  desk.fte = wandering(10.0);
  desk.held = true;
  desk.service = 100.0;
  desk.load = 1.1;
  desk.warm_up = 700;
  desk.start_missing = 0.01, desk.end_wrong = 0.005;
  const std::vector<CapacityFit> fits = fits_of(desk);
  ASSERT_EQ(fits.size(), 1u) << "no pool of its own for the step on the way";
  EXPECT_EQ(fits[0].reported_at, 1);
  EXPECT_EQ(fits[0].claimed_at, 0);
  EXPECT_EQ(fits[0].held_until, 1);
  EXPECT_TRUE(fits[0].limits);
  EXPECT_TRUE(covers(fits[0].cases_per_fte, 4.7));
}

TEST(Pool, WithoutAQueueLimitsNothing) {
  Desk desk;
  desk.fte = wandering(10.0);
  desk.load = 0.5;
  const CapacityFit fit = fit_of(desk);
  EXPECT_FALSE(fit.limits);
  EXPECT_TRUE(std::isnan(fit.cases_per_fte.estimate));
  EXPECT_GT(fit.busiest, 2.35) << "the mean";
  EXPECT_LE(fit.busiest, 4.71);
  EXPECT_EQ(fit.order.rule, Rule::unknown);
}

TEST(Pool, WithWaitsThatAreDelaysLimitsNothing) {
  for (const bool fte_delivered : {true, false}) {
    int limits = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      Desk desk;
      desk.seed = seed;
      desk.per_fte = 0.0;
      desk.fte = wandering(seed % 2 == 0 ? 2.0 : 10.0);
      desk.fte_delivered = fte_delivered;
      desk.delay = 6.0;
      const CapacityFit fit = fit_of(desk);
      limits += fit.limits;
      EXPECT_GT(fit.full_days, 100u) << "days with somebody left waiting";
    }
    EXPECT_EQ(limits, 0);
  }
}

TEST(Pool, InAGapOfTheDeliveriesDoesNotCount) {
  Desk desk;
  desk.fte = wandering(10.0);
  Monitor monitor = deliveries(desk);
  const double from = day(2019, 4, 1), until = day(2019, 7, 1);
  Gap gap;
  gap.organisation = 0;
  gap.from = Date(std::chrono::days(static_cast<int>(from)));
  gap.until = Date(std::chrono::days(static_cast<int>(until)));
  monitor.gaps.push_back(gap);
  std::vector<MonitorVisit> visits;
  std::vector<std::int32_t> values;
  for (std::size_t i = 0; i < monitor.visits.size(); ++i) {
    const double received = monitor.visits[i].received.earliest;
    if (received >= from && received < until) continue;
    visits.push_back(monitor.visits[i]);
    values.insert(values.end(), {monitor.value(i, 0), monitor.value(i, 1)});
  }
  monitor.visits = visits, monitor.values = values;
  const CapacityFit fit = fit_capacity(monitor, link(monitor), dutch_calendar()).at(0);
  EXPECT_TRUE(covers(fit.cases_per_fte, 4.7));
  for (const PoolDay& day : fit.days) EXPECT_FALSE(day.counted && day.day >= gap.from && day.day < gap.until);
}

TEST(Pool, WithoutReceiptsTellsNothing) {
  Desk desk;
  Monitor monitor = deliveries(desk);
  for (MonitorVisit& visit : monitor.visits)
    visit.received.latest = std::max(visit.received.latest, visit.started.earliest + 2.0);
  const CapacityFit fit = fit_capacity(monitor, link(monitor), dutch_calendar()).at(0);
  EXPECT_FALSE(fit.ok());
  EXPECT_FALSE(fit.limits);
}

TEST(Order, OfReceiptIsSeen) {
  Desk desk;
  desk.urgent = 0.2;  // which nobody heeds
  desk.load = 1.05;
  const FittedOrder order = fit_of(desk).order;
  EXPECT_EQ(order.rule, Rule::received);
  EXPECT_EQ(order.attribute, -1);
  EXPECT_EQ(order.in_order.estimate, 1.0);
  EXPECT_GT(order.in_order.cases, 300u);
}

TEST(Order, ByUrgencyIsSeenAndHowStrictly) {
  for (const double strict : {1.0, 0.8}) {
    Desk desk;
    desk.urgent = 0.3;
    desk.load = 1.1;
    desk.order = Desk::Order::urgent_first;
    desk.strict = strict;
    const FittedOrder order = fit_of(desk).order;
    EXPECT_EQ(order.rule, Rule::received);
    ASSERT_EQ(order.attribute, 0) << "not the side, which says nothing";
    EXPECT_EQ(order.values, (std::vector<std::int32_t>{1, 0})) << "urgent, then normal";
    if (strict == 1.0) {
      EXPECT_EQ(order.strictness.estimate, 1.0);
      EXPECT_EQ(order.in_order.estimate, 1.0);
    } else {
      // Who is drawn at random may keep to the order by chance.
      EXPECT_GT(order.strictness.estimate, strict - 4.0 * order.strictness.standard_error);
      EXPECT_LT(order.strictness.estimate, 0.97);
    }
  }
}

TEST(Order, OfNoneIsSeenWhateverTheSeed) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Desk desk;
    desk.seed = seed;
    desk.load = 1.02;
    desk.urgent = 0.3;
    desk.order = Desk::Order::random;
    const FittedOrder order = fit_of(desk).order;
    EXPECT_EQ(order.rule, Rule::random) << seed;
    EXPECT_EQ(order.attribute, -1) << seed;
  }
}

TEST(Order, LastComeFirstServedIsSeen) {
  Desk desk;
  desk.load = 1.05;
  desk.order = Desk::Order::last_received;
  EXPECT_EQ(fit_of(desk).order.rule, Rule::last_received);
}

TEST(Order, WithFewChoicesIsNotToldAtAll) {
  Desk desk;
  desk.load = 0.5;
  const FittedOrder order = fit_of(desk).order;
  EXPECT_EQ(order.rule, Rule::unknown);
  EXPECT_TRUE(order.values.empty());
}

}  // namespace
}  // namespace ketensim
