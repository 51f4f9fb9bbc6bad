// A forecast from a state against exact theory, and against the future of the run that the state was cut from.
#include <gtest/gtest.h>

#include <cmath>

#include "ketensim/simulate.hpp"
#include "tests/support/open_cases.hpp"

namespace ketensim {
namespace {

using namespace support;

constexpr Date kSnapshot{std::chrono::year{2023} / 12 / 31};

ChainBuilder continuous_chain(Date end) {
  ChainBuilder chain(CalendarKind::continuous, kSnapshot + std::chrono::days{1}, end, 0.0, Report::month);
  chain.organisation("A");
  chain.scenario.seed = 20240101;
  return chain;
}

Summary figure_of(const Results& results, const std::string& step, const std::string& indicator, std::size_t period) {
  return summarise(results, results.find("A", step, indicator), period);
}

/// Means of the number in an M/M/c system at time `t`, from `first` on, by uniformisation (Jensen 1953): the chain of
/// jumps at rate `uniform`, of which there are Poisson many.
double number_at(double t, std::size_t first, double lambda, double mu, std::size_t servers) {
  constexpr std::size_t kStates = 400;
  const double uniform = lambda + mu * static_cast<double>(servers);
  std::vector<double> share(kStates);
  share[first] = 1.0;
  double mean = 0.0, log_poisson = -uniform * t;
  for (int jumps = 0; jumps < static_cast<int>(uniform * t + 12.0 * std::sqrt(uniform * t) + 50.0); ++jumps) {
    if (jumps > 0) log_poisson += std::log(uniform * t / jumps);
    double number = 0.0;
    std::vector<double> next(kStates);
    for (std::size_t n = 0; n < kStates; ++n) {
      number += static_cast<double>(n) * share[n];
      const double up = n + 1 < kStates ? lambda / uniform : 0.0;
      const double down = mu * static_cast<double>(std::min(n, servers)) / uniform;
      if (up > 0.0) next[n + 1] += up * share[n];
      if (n > 0) next[n - 1] += down * share[n];
      next[n] += (1.0 - up - down) * share[n];
    }
    mean += std::exp(log_poisson) * number;
    share = std::move(next);
  }
  return mean;
}

// How long the services have gone on and when who waits was received says nothing of what comes: exponential services
// have no memory.
TEST(FromState, AnMMcQueueGoesOnFromItsNumberAlone) {
  constexpr double kLambda = 1.2, kMean = 3.0;
  for (const double elapsed : {0.5, 40.0}) {
    ChainBuilder chain = continuous_chain(date(2024, 3, 1));
    chain.stream("customers", "A.desk", kLambda);
    chain.station("A.desk", 4, exponential(kMean));
    chain.scenario.replications = 4000;
    StateBuilder rows(kSnapshot);
    for (int i = 0; i < 4; ++i) rows.in_service("A.desk", -60.0, -elapsed * (1.0 + 0.1 * i));
    for (int i = 0; i < 16; ++i) rows.waiting("A.desk", -0.25 * (1.0 + i));
    chain.scenario.state = std::make_shared<const ChainState>(rows.state);
    const Results results = simulate({chain.scenario}, {2, 0, {}}).front();
    for (const auto& [period, days] : {std::pair{0u, 31.0}, {1u, 60.0}}) {
      const Summary queue = figure_of(results, "desk", "queue_end", period);
      const Summary wip = figure_of(results, "desk", "wip_end", period);
      const double exact = number_at(days, 20, kLambda, 1.0 / kMean, 4);
      EXPECT_NEAR(queue.mean + wip.mean, exact, 4.0 * (queue.se + wip.se)) << "after " << days;
      EXPECT_LT(queue.se, 0.03 * exact);
    }
  }
}

// Of n services of which `e` days are over, a share S(e + t) / S(e) goes on for t days more: here of Weibull durations.
TEST(FromState, ServicesEndAsTheirDistributionSaysAboveWhatHasElapsed) {
  ChainBuilder chain = continuous_chain(date(2024, 4, 1));
  chain.stream("nobody", "A.desk", 0.0);
  chain.step("A.desk", "", weibull(60.0, 1.8));
  chain.scenario.replications = 400;
  StateBuilder rows(kSnapshot);
  const double scale = 60.0 / std::tgamma(1.0 + 1.0 / 1.8);
  std::vector<double> elapsed;
  for (int i = 0; i < 50; ++i) elapsed.push_back(0.5 + 3.0 * i);
  for (const double e : elapsed) rows.in_service("A.desk", -e - 1.0, -e);
  chain.scenario.state = std::make_shared<const ChainState>(rows.state);
  const Results results = simulate({chain.scenario}, {2, 0, {}}).front();
  for (const auto& [period, days] : {std::pair{0u, 31.0}, {1u, 60.0}, {2u, 91.0}}) {
    double exact = 0.0;
    for (const double e : elapsed) exact += std::exp(std::pow(e / scale, 1.8) - std::pow((e + days) / scale, 1.8));
    const Summary wip = figure_of(results, "desk", "wip_end", period);
    EXPECT_NEAR(wip.mean, exact, 4.0 * wip.se) << "after " << days;
  }
}

/// A chain with all that a state has to carry over: lines with patience, durations with a memory, a slot that is kept,
/// transfers, visits that come round again, classes of cases, and children who come back.
ChainBuilder whole_chain() {
  ChainBuilder chain(CalendarKind::netherlands, date(2023, 1, 1), date(2023, 9, 1), 900.0, Report::month);
  for (const char* id : {"A", "B", "C"}) chain.organisation(id);
  Stream& reports = chain.stream("reports", "A.triage", 1.1);
  reports.children = {{1, 0.6}, {2, 0.4}};
  reports.attributes = {attribute("urgency", {{"crisis", 0.2}, {"regular", 0.8}})};
  Step& triage = chain.station("A.triage", 8, lognormal(4.0, 0.8),
                               {to("A.research", 0.5), to("B.intake", 0.3, gamma(14.0, 0.6)), to("out", 0.2)});
  triage.order = {"urgency", "received"};
  triage.next.insert(triage.next.begin(),
                     {{{"urgency", {"crisis"}}}, {to("B.intake", 0.8, weibull(6.0, 0.8)), to("out", 0.2)}});
  chain.station("A.research", 30, gamma(45.0, 0.5), {to("B.intake", 0.4, uniform(5.0, 40.0)), to("out", 0.6)})
      .patience = Patience{weibull(60.0, 1.4)};
  chain.station("B.intake", 24, uniform(2.0, 25.0), {to("B.plan", 1.0, empirical({2.0, 9.0, 30.0}))}).hold_until =
      "B.plan";
  chain.step("B.plan", "", in_working_days(weibull(10.0, 1.5)),
             {to("C.help", 0.7, exponential(20.0)), to("A.triage", 0.1, exponential(15.0)), to("out", 0.2)});
  chain.step("C.help", "", mixture({exponential(20.0), weibull(200.0, 2.5)}, {0.5, 0.5})).help = true;
  chain.scenario.chain.returns = Returns{0.25, weibull(120.0, 0.8), "A.triage"};
  return chain;
}

/// The forecast goes on as the run did that its state was cut from: the mean difference between the two is 0 within
/// four standard errors of it (and a little more where all differences are nearly 0).
void expect_to_join(bool known) {
  constexpr int kRuns = 150;
  ChainBuilder chain = whole_chain();
  const Date day = date(2023, 6, 5);  // after a weekend, in the middle of a month
  const Scenario history = chain.scenario;
  Scenario forecast = history;
  forecast.period.start = day;
  forecast.period.warm_up = {};
  forecast.period.report = Report::week;
  forecast.seed = 99;
  Scenario watched = history;
  watched.period.start = day;  // the same periods
  watched.period.warm_up.days += static_cast<double>((day - history.period.start).count());
  watched.period.report = Report::week;

  std::vector<std::vector<double>> differences;
  std::vector<std::string> names;
  const std::size_t periods[] = {0, 1, 3, 7};
  for (int r = 0; r < kRuns; ++r) {
    watched.seed = static_cast<std::uint64_t>(r);
    const auto run = watch(watched);
    forecast.state = std::make_shared<const ChainState>(cut(*run, day, known));
    const auto future = watch(forecast, r);
    std::size_t row = 0;
    for (std::size_t f = 0; f < run->layout.figures.size(); ++f) {
      const Figure& figure = run->layout.figures[f];
      const std::string indicator(indicator_kinds()[figure.indicator].name);
      for (const char* counted : {"inflow", "outflow", "started", "left", "queue_end", "queue_mean", "wip_end",
                                  "wip_mean", "children_end", "returns", "utilisation"}) {
        if (indicator != counted) continue;
        for (const std::size_t period : periods) {
          if (r == 0) {
            names.push_back(figure.organisation + "." + figure.step + " " + indicator + " in week " +
                            std::to_string(period));
            differences.emplace_back();
          }
          const std::size_t at = f * run->layout.periods.size() + period;
          differences[row++].push_back(future->values[at] - run->values[at]);
        }
      }
    }
  }
  ASSERT_GT(names.size(), 100u);
  for (std::size_t i = 0; i < names.size(); ++i) {
    double mean = 0.0, squares = 0.0;
    for (const double d : differences[i]) mean += d / kRuns;
    for (const double d : differences[i]) squares += (d - mean) * (d - mean);
    const double se = std::sqrt(squares / (kRuns - 1.0) / kRuns);
    EXPECT_NEAR(mean, 0.0, 4.0 * se + 0.01) << names[i] << ", standard error " << se;
  }
}

TEST(FromState, TheForecastJoinsTheRunThatItWasCutFrom) { expect_to_join(true); }

// Here nobody knows of a case that has ended whether it is on its way or has left.
TEST(FromState, TheForecastJoinsWhereItIsNotKnownWhoIsOnTheWay) { expect_to_join(false); }

}  // namespace
}  // namespace ketensim
