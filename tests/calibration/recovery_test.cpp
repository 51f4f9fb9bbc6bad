// What is put in comes out, with the uncertainty that is stated; and it does not if dates are taken as they stand.
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "calibration/fit/dependence.hpp"
#include "tests/calibration/simulated.hpp"

namespace ketensim {
namespace {

using simulated::covers;
using simulated::Partner;
using simulated::services;

constexpr int kSets = 200;
constexpr int kCases = 300;

/// The family is known; the figures are not.
FittedDuration fitted(const std::vector<DurationCase>& cases, const char* family) {
  const fit::Likelihood likelihood(fit::data_of(cases, {}));
  const fit::Fitted result = fit::fit_model(likelihood, {fit::family_named(family)});
  EXPECT_EQ(result.trouble, "");
  return fit::part_of(result, 0, false, cases.size(), cases.size());
}

struct Truth {
  const char* name;
  Distribution distribution;
  double shape;
  Partner partner;
};

std::vector<Truth> truths() {
  Partner dates;
  Partner dutch;
  dutch.kind = CalendarKind::netherlands;
  dutch.ends = Ends::moved_to_working_day;
  return {{"exponential of days", simulated::exponential(3.0), 0.0, dates},
          {"exponential on the calendar", simulated::exponential(20.0), 0.0, dutch},
          {"gamma of months", simulated::gamma(300.0, 0.6), 0.6, dates},
          {"gamma on the calendar", simulated::gamma(6.0, 0.7), 0.7, dutch},
          {"lognormal", simulated::lognormal(60.0, 0.9), 0.9, dutch},
          {"weibull", simulated::weibull(40.0, 1.6), 1.6, dutch}};
}

/// Between 90% and 98% of 200 sets, as issue 4 asks; 200 draws of 95% lie there but for one time in a hundred.
void expect_coverage(int covered, const std::string& of) {
  const double share = static_cast<double>(covered) / kSets;
  EXPECT_GE(share, 0.90) << of;
  EXPECT_LE(share, 0.98) << of;
}

class Recovery : public testing::TestWithParam<std::size_t> {};

TEST_P(Recovery, StatedIntervalsHoldTheTruthAsOftenAsTheySay) {
  const Truth truth = truths()[GetParam()];
  const double mean = mean_of(truth.distribution);
  std::mt19937_64 random(20240101 + GetParam());
  int means = 0, shapes = 0;
  double sum = 0.0, squares = 0.0;
  for (int set = 0; set < kSets; ++set) {
    const auto cases = services(truth.partner, truth.distribution, kCases, random);
    const FittedDuration part = fitted(cases, truth.distribution.kind.c_str());
    means += covers(part.mean, mean) ? 1 : 0;
    if (truth.shape > 0.0) shapes += covers(part.shapes[0].second, truth.shape) ? 1 : 0;
    sum += part.mean.estimate;
    squares += part.mean.estimate * part.mean.estimate;
  }
  expect_coverage(means, std::string(truth.name) + ": mean");
  if (truth.shape > 0.0) expect_coverage(shapes, std::string(truth.name) + ": shape");
  // Unbiased within four standard errors, plus the bias of maximum likelihood in small samples: half a percent.
  const double average = sum / kSets, error = std::sqrt((squares / kSets - average * average) / kSets);
  EXPECT_NEAR(average, mean, 4 * error + 0.005 * mean) << truth.name;
}

INSTANTIATE_TEST_SUITE_P(EachFamily, Recovery, testing::Range<std::size_t>(0, 6));

/// What comes out where something that dates tell is ignored; six standard errors from the truth, and ours within four.
void expect_biased(const std::vector<DurationCase>& cases, const std::vector<DurationCase>& naive, double mean,
                   const char* family) {
  const Estimate ours = fitted(cases, family).mean, theirs = fitted(naive, family).mean;
  EXPECT_LT(std::abs(ours.estimate - mean), 4 * ours.standard_error);
  EXPECT_GT(std::abs(theirs.estimate - mean), 6 * theirs.standard_error) << theirs.estimate << " for " << mean;
}

TEST(Naive, FitsOfClosedCasesAloneAreTooShort) {
  Partner partner;
  partner.first_start = partner.window.from;  // a registration that begins with the window
  std::mt19937_64 random(1);
  const auto cases = services(partner, simulated::gamma(300.0, 0.6), 3000, random);
  std::vector<DurationCase> closed;
  for (const DurationCase& c : cases)
    if (c.duration.days.over()) closed.push_back(c);
  expect_biased(cases, closed, 300.0, "gamma");
}

TEST(Naive, FitsThatTakeCasesOpenAtTheBeginningForNewOnesAreTooLong) {
  std::mt19937_64 random(2);
  const auto cases = services(Partner{}, simulated::gamma(300.0, 0.6), 3000, random);
  std::vector<DurationCase> untruncated = cases;
  for (DurationCase& c : untruncated) c.duration.days.entry = 0.0;
  expect_biased(cases, untruncated, 300.0, "gamma");
}

TEST(Naive, FitsThatTakeADifferenceOfDatesForADurationAreOff) {
  Partner partner;
  partner.kind = CalendarKind::netherlands;
  partner.ends = Ends::moved_to_working_day;
  std::mt19937_64 random(3);
  const auto cases = services(partner, simulated::lognormal(3.0, 0.8), 3000, random);
  std::vector<DurationCase> differences = cases;
  for (DurationCase& c : differences) {
    Observation& o = c.duration.days;
    const double days = o.upper - 1.0;  // what a spreadsheet makes of it, with half a day for none
    if (o.over()) o = {std::max(0.0, days - 0.5), days + 0.5};
  }
  expect_biased(cases, differences, 3.0, "lognormal");
}

}  // namespace
}  // namespace ketensim
