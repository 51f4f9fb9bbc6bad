// Rolling origins: forecasts from what was known, held against what came.
#include "ketensim/backtest.hpp"

#include <fmt/format.h>
#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>

#include "calibration/backtest/benchmarks.hpp"
#include "calibration/backtest/scores.hpp"
#include "ketensim/replay.hpp"
#include "ketensim/simulate.hpp"

namespace ketensim {
namespace {

using rolling::Ahead;
using std::size_t;
using std::chrono::days;

constexpr std::array<std::string_view, 5> kScored{"queue_end", "wip_end", "inflow", "started", "wait_mean"};

Date months_after(Date first_of_month, int months) {
  const std::chrono::year_month_day date(first_of_month);
  return Date{(date.year() / date.month() + std::chrono::months{months}) / std::chrono::day{1}};
}

int months_between(Date from, Date until) {
  const std::chrono::year_month_day a(from), b(until);
  return static_cast<int>((b.year() / b.month() - a.year() / a.month()).count());
}

/// The first day of a month at or after `day`; and at or before it.
Date month_from(Date day) {
  const std::chrono::year_month_day date(day);
  const Date first{date.year() / date.month() / std::chrono::day{1}};
  return first == day ? day : months_after(first, 1);
}
Date month_until(Date day) { return months_after(month_from(day + days{1}), -1); }

std::vector<ReportedPeriod> months_of(Date from, Date until) {
  std::vector<ReportedPeriod> months;
  for (Date first = from; first < until; first = months_after(first, 1))
    months.push_back({"", first, months_after(first, 1)});
  return months;
}

/// The observed figures of every step, by indicator.
using Place = std::pair<std::string, std::string>;
using ByIndicator = std::map<std::string, ObservedFigure, std::less<>>;
std::map<Place, ByIndicator> by_place(const std::vector<ObservedFigure>& figures) {
  std::map<Place, ByIndicator> places;
  for (const ObservedFigure& figure : figures) places[{figure.organisation, figure.step}][figure.indicator] = figure;
  return places;
}

/// The benchmarks of one indicator of one step, in the order of kBenchmarks.
using Benchmarks = std::array<Ahead, kBenchmarks.size()>;

std::map<std::string, Benchmarks, std::less<>> benchmarks_of(const ByIndicator& known, int months,
                                                             const BacktestOptions& options) {
  std::map<std::string, Benchmarks, std::less<>> all;
  for (const std::string_view indicator : kScored) {
    const std::vector<double>& series = known.find(indicator)->second.values;
    all[std::string(indicator)] = {rolling::naive(series, months), rolling::seasonal_naive(series, months),
                                   rolling::smoothing(series, months, options.replications, options.seed), Ahead{}};
  }
  const auto flow = [&](const char* name) { return std::span<const double>(known.find(name)->second.values); };
  rolling::FlowForecast flows = rolling::stock_and_flow(
      {flow("queue_end"), flow("wip_end"), flow("inflow"), flow("started"), flow("left"), flow("outflow")}, months,
      options.replications, options.seed);
  all["queue_end"].back() = std::move(flows.queue);
  all["wip_end"].back() = std::move(flows.wip);
  all["inflow"].back() = std::move(flows.inflow);
  all["started"].back() = std::move(flows.started);
  all["wait_mean"].back() = std::move(flows.wait);
  return all;
}

/// Sorted, of the replications in which the figure is defined.
std::vector<double> sample_of(const Results& results, size_t figure, size_t period) {
  std::vector<double> sample;
  for (int replication = 0; replication < results.replications; ++replication)
    if (const double value = results.value(replication, figure, period); !std::isnan(value)) sample.push_back(value);
  std::sort(sample.begin(), sample.end());
  return sample;
}

void score(const std::vector<double>& sample, Forecast& forecast) {
  double sum = 0.0;
  for (const double value : sample) sum += value;
  forecast.mean = sum / static_cast<double>(sample.size());
  forecast.crps = rolling::crps(sample, forecast.observed);
  for (size_t q = 0; q < kForecastShares.size(); ++q) {
    forecast.quantiles[q] = rolling::quantile(sample, kForecastShares[q]);
    forecast.pinball += rolling::pinball(forecast.quantiles[q], kForecastShares[q], forecast.observed) /
                        static_cast<double>(kForecastShares.size());
  }
}

class Rolling {
 public:
  Rolling(const ImportPlan& plan, const Monitor& monitor, const BacktestOptions& options)
      : plan_(plan),
        monitor_(monitor),
        options_(options),
        from_(month_from(monitor.from)),
        until_(month_until(monitor.until)) {
    truth_ = by_place(observed_figures(plan, monitor, months_of(from_, until_)));
    find_origins();
    find_series();
  }

  Backtest run() && {
    if (!backtest_.ok()) return std::move(backtest_);
    const size_t count = backtest_.origins.size();
    forecasts_.resize(count);
    problems_.resize(count);
    const int threads = options_.threads > 0 ? options_.threads : tbb::this_task_arena::max_concurrency();
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<size_t>(threads));
    tbb::task_arena arena(threads);
    arena.execute([&] {
      // One by one as workers come free: the last origins have most to fit, but least to forecast.
      tbb::parallel_for(
          tbb::blocked_range<size_t>(0, count, 1),
          [&](const auto& range) {
            for (size_t o = range.begin(); o < range.end(); ++o) try_origin(o, threads);
          },
          tbb::simple_partitioner());
    });
    collect();
    return std::move(backtest_);
  }

 private:
  void find_origins() {
    Date last = until_;  // the first day that is not known at an origin
    while ((unsigned(std::chrono::year_month_day(last).month()) - 1) % 3 != 0) last = months_after(last, -1);
    for (int back = options_.origins; back >= 1; --back) {
      const Date first = months_after(last, -3 * back);
      if (first < until_ && months_between(from_, first) >= options_.history)
        backtest_.origins.push_back(first - days{1});
    }
    if (backtest_.origins.empty())
      backtest_.problems.push_back(
          fmt::format("the deliveries hold {} full months: a backtest needs {} before its first origin and a quarter "
                      "after it",
                      std::max(0, months_between(from_, until_)), options_.history));
  }

  void find_series() {
    for (const auto& [place, figures] : truth_) {
      const bool queues = real_queue(figures.find("queue_end")->second.values);
      for (const std::string_view indicator : kScored)
        backtest_.series.push_back({place.first, place.second, std::string(indicator), queues});
    }
  }

  void try_origin(size_t number, int threads) {
    const Date origin = backtest_.origins[number];
    const Monitor known = known_at(monitor_, origin);
    CalibrationOptions options = options_.calibration;
    options.seed = options_.seed;
    options.threads = threads;
    const Calibration calibration = calibrate(plan_, known, link(known), options);
    tell_progress();
    std::vector<std::string> problems = calibration.problems;
    if (calibration.ok()) {
      const Scenario scenario = scenario_from(calibration.scenario);
      for (const Problem& problem : validate(scenario))
        if (problem.severity == Problem::Severity::error) problems.push_back(problem.message);
      if (problems.empty()) score_origin(number, known, simulate({scenario}, {threads, 0, {}}).front());
    }
    const std::chrono::year_month_day date(origin);
    for (const std::string& problem : problems)
      problems_[number].push_back(fmt::format("at the end of {:04}-{:02}-{:02}: {}", int(date.year()),
                                              unsigned(date.month()), unsigned(date.day()), problem));
    tell_progress();
  }

  Scenario scenario_from(Scenario scenario) const {
    scenario.id = "backtest";
    scenario.replications = options_.replications;
    scenario.seed = options_.seed;
    scenario.period.end = std::min(until_, months_after(scenario.period.start, 3 * options_.quarters));
    scenario.period.report = Report::month;
    return scenario;
  }

  void score_origin(size_t number, const Monitor& known, const Results& results) {
    const Date first = backtest_.origins[number] + days{1};
    const int before = months_between(from_, first);
    const auto months = static_cast<int>(results.base_periods);
    const std::map<Place, ByIndicator> history = by_place(observed_figures(plan_, known, months_of(from_, first)));
    std::map<std::string, Benchmarks, std::less<>> benchmarks;
    Place place;  // of the benchmarks: series of one step stand together
    for (size_t s = 0; s < backtest_.series.size(); ++s) {
      const ForecastSeries& series = backtest_.series[s];
      const size_t figure = results.find(series.organisation, series.step, series.indicator);
      if (figure == Results::npos) continue;
      if (Place of{series.organisation, series.step}; of != place) {
        place = std::move(of);
        const auto found = history.find(place);
        benchmarks = found == history.end() ? decltype(benchmarks){} : benchmarks_of(found->second, months, options_);
      }
      const ObservedFigure& observed = truth_.find(place)->second.find(series.indicator)->second;
      for (int h = 1; h <= months; ++h) {
        const auto month = static_cast<size_t>(before + h - 1);
        Forecast forecast;
        forecast.series = s;
        forecast.origin = number;
        forecast.months = h;
        forecast.period = months_after(first, h - 1);
        forecast.observed = observed.values[month];
        const std::vector<double> sample = sample_of(results, figure, static_cast<size_t>(h - 1));
        if (std::isnan(forecast.observed) || sample.empty()) continue;
        forecast.cases = observed.cases[month];
        score(sample, forecast);
        score_benchmarks(benchmarks, series.indicator, forecast);
        forecasts_[number].push_back(forecast);
      }
    }
  }

  static void score_benchmarks(const std::map<std::string, Benchmarks, std::less<>>& benchmarks,
                               const std::string& indicator, Forecast& forecast) {
    forecast.benchmark.fill(std::numeric_limits<double>::quiet_NaN());
    const auto of = benchmarks.find(indicator);
    if (of == benchmarks.end()) return;
    for (size_t b = 0; b < kBenchmarks.size(); ++b)
      forecast.benchmark[b] = rolling::crps(of->second[b][static_cast<size_t>(forecast.months - 1)], forecast.observed);
  }

  void tell_progress() {
    const std::lock_guard lock(progress_);
    ++done_;
    if (options_.progress) options_.progress(done_, 2 * static_cast<int>(backtest_.origins.size()));
  }

  void collect() {
    for (const std::vector<std::string>& problems : problems_)
      backtest_.problems.insert(backtest_.problems.end(), problems.begin(), problems.end());
    for (const std::vector<Forecast>& of : forecasts_)
      backtest_.forecasts.insert(backtest_.forecasts.end(), of.begin(), of.end());
    std::stable_sort(backtest_.forecasts.begin(), backtest_.forecasts.end(),
                     [](const Forecast& a, const Forecast& b) { return a.series < b.series; });
    backtest_.skills = skills_of(backtest_, options_.seed);
  }

  const ImportPlan& plan_;
  const Monitor& monitor_;
  const BacktestOptions& options_;
  Date from_, until_;  // full months
  std::map<Place, ByIndicator> truth_;
  Backtest backtest_;
  std::vector<std::vector<Forecast>> forecasts_;    // by origin
  std::vector<std::vector<std::string>> problems_;  // by origin
  std::mutex progress_;
  int done_ = 0;
};

}  // namespace

BacktestOptions::BacktestOptions() {
  calibration.draws = 50;
  calibration.fit.bootstraps = 19;
}

Backtest backtest(const ImportPlan& plan, const Monitor& monitor, const BacktestOptions& options) {
  return Rolling(plan, monitor, options).run();
}

}  // namespace ketensim
