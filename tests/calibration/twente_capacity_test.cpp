#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "ketensim/fit_capacity.hpp"
#include "tests/calibration/queues.hpp"

namespace ketensim {
namespace {

/// The pools of Twente's deliveries.
class TwenteCapacity : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::filesystem::path folder = std::filesystem::path(KETENSIM_SOURCE_DIR) / "scenarios/twente";
    const LoadedImport import = load_import(folder / "monitor.yaml");
    ASSERT_TRUE(import.ok());
    monitor_ = new Monitor(read_monitor(import.plan, folder / "monitor").monitor);
    fits_ = new std::vector<CapacityFit>(fit_capacity(*monitor_, link(*monitor_), simulated::dutch_calendar()));
  }
  static void TearDownTestSuite() {
    delete fits_;
    delete monitor_;
  }

  static std::string step(std::int32_t number) {
    return number == kUnknown ? "?" : monitor_->steps[static_cast<std::size_t>(number)].id;
  }
  static const CapacityFit& at(const std::string& organisation, const std::string& claimed) {
    for (const CapacityFit& fit : *fits_)
      if (monitor_->organisations[static_cast<std::size_t>(fit.organisation)] == organisation &&
          step(fit.claimed_at) == claimed)
        return fit;
    throw std::out_of_range(organisation + " " + claimed);
  }

  static Monitor* monitor_;
  static std::vector<CapacityFit>* fits_;
};
Monitor* TwenteCapacity::monitor_ = nullptr;
std::vector<CapacityFit>* TwenteCapacity::fits_ = nullptr;

TEST_F(TwenteCapacity, EveryStepHasAPoolAndNoneHasTwo) {
  // Two of VTT, one of RVDK, one of each GI for its three steps, two of each of 14 municipalities.
  EXPECT_EQ(fits_->size(), 2u + 1u + 3u + 28u);
  for (const CapacityFit& fit : *fits_) EXPECT_TRUE(fit.ok());
}

/// On nearly each full day floor(fte x cases_per_fte) slots are taken. The bounds were found apart from this code, with
/// pandas, as the values that the most full days agree with when missing starts are left out.
TEST_F(TwenteCapacity, SlotsPerFte) {
  const std::map<std::string, std::pair<double, double>> expected{
      {"VTT VTT.triage", {5.155, 5.165}},      {"VTT VTT.onderzoek", {6.935, 6.95}},
      {"RVDK RVDK.onderzoek", {4.695, 4.705}}, {"JBOV GI.intake", {14.99, 15.03}},
      {"GM0141 GEM.toegang", {12.12, 12.16}},  {"GM0153 GEM.toegang", {12.76, 12.78}},
      {"GM1735 GEM.toegang", {11.88, 11.93}}};
  for (const auto& [pool, bounds] : expected) {
    const CapacityFit& fit = at(pool.substr(0, pool.find(' ')), pool.substr(pool.find(' ') + 1));
    EXPECT_TRUE(fit.limits) << pool;
    EXPECT_FALSE(fit.reused_same_day) << pool;
    EXPECT_GT(fit.cases_per_fte.estimate, bounds.first) << pool;
    EXPECT_LT(fit.cases_per_fte.estimate, bounds.second) << pool;
    EXPECT_LT(fit.cases_per_fte.high - fit.cases_per_fte.low, 0.01 * fit.cases_per_fte.estimate) << pool;
    EXPECT_GT(fit.kept, 0.98) << pool;
    EXPECT_GT(fit.full_days, 200u) << pool;
  }
}

TEST_F(TwenteCapacity, AYouthProtectorIsBusyFromTheFirstContactToTheEnd) {
  for (const char* organisation : {"JBOV", "LDH", "WSS"}) {
    const CapacityFit& fit = at(organisation, "GI.intake");
    EXPECT_EQ(step(fit.reported_at), "GI.begeleiding");
    EXPECT_EQ(step(fit.held_until), "GI.begeleiding");
  }
}

TEST_F(TwenteCapacity, WhereNobodyWaitsNothingLimits) {
  for (const char* organisation : {"LDH", "WSS"}) {
    const CapacityFit& fit = at(organisation, "GI.intake");
    EXPECT_FALSE(fit.limits);
    EXPECT_GT(fit.busiest, 12.0);
    EXPECT_FALSE(fit.notes.empty());
  }
  for (const CapacityFit& fit : *fits_)
    if (step(fit.claimed_at) == "GEM.jeugdhulp") {
      EXPECT_FALSE(fit.limits);
    }
}

TEST_F(TwenteCapacity, CrisisComesFirstAtVttAndRvdkAndReceiptDecidesElsewhere) {
  for (const auto& [organisation, claimed] :
       {std::pair("VTT", "VTT.triage"), std::pair("VTT", "VTT.onderzoek"), std::pair("RVDK", "RVDK.onderzoek")}) {
    const FittedOrder& order = at(organisation, claimed).order;
    EXPECT_EQ(order.rule, FittedOrder::Rule::received);
    ASSERT_GE(order.attribute, 0);
    const auto attribute = static_cast<std::size_t>(order.attribute);
    EXPECT_EQ(monitor_->attributes[attribute], "urgency");
    ASSERT_EQ(order.values.size(), 2u);
    EXPECT_EQ(monitor_->attribute_values[attribute][static_cast<std::size_t>(order.values[0])], "crisis");
    EXPECT_GT(order.strictness.estimate, 0.99);
    EXPECT_GT(order.strictness.cases, 300u);
    EXPECT_GT(order.in_order.estimate, 0.99);
  }
  for (const CapacityFit& fit : *fits_) {
    if (step(fit.claimed_at) != "GEM.toegang" && step(fit.claimed_at) != "GI.intake") continue;
    EXPECT_EQ(fit.order.attribute, -1);
    if (fit.limits) {
      EXPECT_EQ(fit.order.rule, FittedOrder::Rule::received);
    }
  }
}

}  // namespace
}  // namespace ketensim
