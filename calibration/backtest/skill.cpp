// What forecasts were worth, over origins.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "calibration/backtest/scores.hpp"
#include "ketensim/backtest.hpp"

namespace ketensim {
namespace {

using rolling::Hits;
using std::size_t;

constexpr size_t kBlock = 4;  // origins: a year
constexpr int kResamples = 2000;
constexpr int kNear = 4;  // quarters ahead
constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

double ratio(double part, double whole) { return whole > 0.0 ? part / whole : kUndefined; }

/// The forecasts of one row of the table, added up.
class Adding {
 public:
  explicit Adding(size_t origins)
      : hits_{std::vector<Hits>(origins), std::vector<Hits>(origins), std::vector<Hits>(origins)} {}

  void add(const Forecast& forecast) {
    ++forecasts_;
    crps_ += forecast.crps;
    for (size_t b = 0; b < kBenchmarks.size(); ++b) {
      if (std::isnan(forecast.benchmark[b])) continue;
      ++both_[b];
      benchmark_[b] += forecast.benchmark[b];
      crps_beside_[b] += forecast.crps;
    }
    for (size_t i = 0; i < kIntervals.size(); ++i) {
      Hits& hits = hits_[i][forecast.origin];
      ++hits.forecasts;
      hits.held += forecast.observed >= forecast.quantiles[kIntervals[i].first] &&
                   forecast.observed <= forecast.quantiles[kIntervals[i].second];
    }
    observed_ += forecast.observed;
    error_ += std::abs(forecast.quantiles[kMedian] - forecast.observed);
    excess_ += forecast.mean - forecast.observed;
  }

  Skill skill(std::uint64_t seed) const {
    Skill row;
    row.forecasts = forecasts_;
    row.crps = crps_ / static_cast<double>(forecasts_);
    for (size_t b = 0; b < kBenchmarks.size(); ++b) {
      row.benchmark[b] = ratio(benchmark_[b], static_cast<double>(both_[b]));
      row.against[b] = 1.0 - ratio(crps_beside_[b], benchmark_[b]);
    }
    row.skill = kUndefined;
    for (size_t b = 0; b < kNaiveBenchmarks; ++b)
      if (!(row.against[b] >= row.skill) && !std::isnan(row.against[b])) row.skill = row.against[b];
    row.coverage_50 = coverage(0, seed);
    row.coverage_80 = coverage(1, seed);
    row.coverage_90 = coverage(2, seed);
    row.wape = ratio(error_, observed_);
    row.bias = ratio(excess_, observed_);
    return row;
  }

 private:
  /// Places in kForecastShares.
  static constexpr std::array<std::pair<size_t, size_t>, 3> kIntervals{{{2, 4}, {1, 5}, {0, 6}}};
  static constexpr size_t kMedian = 3;

  Coverage coverage(size_t interval, std::uint64_t seed) const {
    std::vector<Hits> made;
    std::copy_if(hits_[interval].begin(), hits_[interval].end(), std::back_inserter(made),
                 [](const Hits& hits) { return hits.forecasts > 0; });
    const rolling::Rate rate = rolling::rate_of(made, kBlock, kResamples, seed);
    return {rate.share, rate.low, rate.high};
  }

  size_t forecasts_ = 0;
  double crps_ = 0.0, observed_ = 0.0, error_ = 0.0, excess_ = 0.0;
  std::array<double, kBenchmarks.size()> benchmark_{}, crps_beside_{};
  std::array<size_t, kBenchmarks.size()> both_{};
  std::array<std::vector<Hits>, 3> hits_;
};

/// Horizons in the order of the table: quarter by quarter, the first year, all.
constexpr int kFirstYear = 1000, kAll = 1001;

std::string horizon_text(int horizon) {
  if (horizon == kAll) return "all";
  return horizon == kFirstYear ? fmt::format("1-{}", kNear) : fmt::format("{}", horizon);
}

}  // namespace

std::vector<Skill> skills_of(const Backtest& backtest, std::uint64_t seed) {
  const size_t together = backtest.series.size();
  std::map<std::pair<size_t, int>, Adding> rows;
  for (const Forecast& forecast : backtest.forecasts) {
    const ForecastSeries& series = backtest.series[forecast.series];
    const auto add = [&](size_t row, int horizon) {
      rows.try_emplace({row, horizon}, backtest.origins.size()).first->second.add(forecast);
    };
    for (const size_t row : {forecast.series, together}) {
      if (row == together && !(series.queues && series.indicator == "queue_end")) continue;
      add(row, forecast.quarters());
      if (forecast.quarters() <= kNear) add(row, kFirstYear);
      add(row, kAll);
    }
  }
  std::vector<Skill> skills;
  for (const auto& [key, row] : rows) {
    Skill& skill = skills.emplace_back(row.skill(seed));
    const bool all = key.first == together;
    skill.organisation = all ? "chain" : backtest.series[key.first].organisation;
    skill.step = all ? "all" : backtest.series[key.first].step;
    skill.indicator = all ? "queue_end" : backtest.series[key.first].indicator;
    skill.horizon = horizon_text(key.second);
  }
  return skills;
}

}  // namespace ketensim
