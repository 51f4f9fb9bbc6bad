// Naive forecasts and a stock-and-flow model.
#include "calibration/backtest/benchmarks.hpp"

#include <algorithm>
#include <array>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <cmath>
#include <limits>
#include <utility>

#include "ketensim/time.hpp"

namespace ketensim::rolling {
namespace {

using std::size_t;

constexpr size_t kYear = 12;
constexpr size_t kEnoughErrors = 8;
constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// Past differences over `lag` months.
std::vector<double> differences(std::span<const double> series, size_t lag) {
  std::vector<double> all;
  for (size_t t = lag; t < series.size(); ++t) {
    const double difference = series[t] - series[t - lag];
    if (!std::isnan(difference)) all.push_back(difference);
  }
  return all;
}

/// The errors over `lag` months; where there are too few, those of the longest of `lag - step`, `lag - 2 step`, ...
/// that has enough, spread as far as the root of the time.
std::vector<double> errors_over(std::span<const double> series, size_t lag, size_t step) {
  for (size_t shorter = lag; shorter >= step; shorter -= step) {
    std::vector<double> errors = differences(series, shorter);
    if (errors.size() < kEnoughErrors && shorter > step) continue;
    const double wider = std::sqrt(static_cast<double>(lag) / static_cast<double>(shorter));
    for (double& error : errors) error *= wider;
    return errors;
  }
  return {};
}

std::vector<double> around(double point, std::vector<double> errors) {
  if (std::isnan(point)) return {};
  if (errors.empty()) errors.push_back(0.0);
  for (double& value : errors) value = std::max(0.0, point + value);
  std::sort(errors.begin(), errors.end());
  return errors;
}

/// The last value that is known, and how many months before the last month.
std::pair<double, size_t> last_known(std::span<const double> series) {
  for (size_t back = 0; back < series.size(); ++back)
    if (const double value = series[series.size() - 1 - back]; !std::isnan(value)) return {value, back};
  return {kUndefined, 0};
}

}  // namespace

Ahead naive(std::span<const double> series, int months) {
  const auto [point, back] = last_known(series);
  Ahead ahead(static_cast<size_t>(months));
  for (size_t h = 1; h <= ahead.size(); ++h) ahead[h - 1] = around(point, errors_over(series, h + back, 1));
  return ahead;
}

Ahead seasonal_naive(std::span<const double> series, int months) {
  Ahead ahead(static_cast<size_t>(months));
  for (size_t h = 1; h <= ahead.size(); ++h) {
    // A month that is not known is taken from a year earlier still.
    for (size_t lag = (h + kYear - 1) / kYear * kYear; lag - h < series.size(); lag += kYear) {
      const double point = series[series.size() - 1 - (lag - h)];
      if (std::isnan(point)) continue;
      ahead[h - 1] = around(point, errors_over(series, lag, kYear));
      break;
    }
  }
  return ahead;
}

namespace {

constexpr size_t kFlows = 4;  // inflow, started, left, ended
using Month = std::array<double, kFlows>;
enum FlowAt : size_t { kInflow, kStarted, kLeft, kEnded };

bool known(const Month& month) {
  return std::none_of(month.begin(), month.end(), [](double value) { return std::isnan(value); });
}

class StockAndFlow {
 public:
  StockAndFlow(const Flows& flows, int months) : flows_(flows), ahead_(static_cast<size_t>(months)) {
    for (size_t t = 0; t < flows.inflow.size(); ++t)
      past_.push_back({flows.inflow[t], flows.started[t], flows.left[t], flows.outflow[t] - flows.left[t]});
    find_seasons();
    for (size_t t = kYear; t < past_.size(); ++t) {
      Month error = expected(t, level_before(t));
      for (size_t f = 0; f < kFlows; ++f) error[f] = past_[t][f] - error[f];
      if (known(error)) errors_.push_back(error);
    }
  }

  FlowForecast forecast(int draws, std::uint64_t seed) {
    const double queue = last_known(flows_.queue).first, wip = last_known(flows_.wip).first;
    const Month level = level_before(past_.size());
    for (Ahead* of : {&out_.queue, &out_.wip, &out_.inflow, &out_.started, &out_.wait}) of->resize(ahead_);
    if (errors_.empty() || !known(level) || std::isnan(queue) || std::isnan(wip)) return std::move(out_);
    boost::random::mt19937_64 random(seed);
    for (int draw = 0; draw < draws; ++draw) follow(queue, wip, level, random);
    for (Ahead* of : {&out_.queue, &out_.wip, &out_.inflow, &out_.started, &out_.wait})
      for (std::vector<double>& sample : *of) std::sort(sample.begin(), sample.end());
    return std::move(out_);
  }

 private:
  /// Relative to the mean of all; months alike where a month is missing or less than two years are known.
  void find_seasons() {
    for (size_t f = 0; f < kFlows; ++f) {
      std::array<double, kYear> sums{}, counts{};
      for (size_t t = 0; t < past_.size(); ++t)
        if (!std::isnan(past_[t][f])) sums[t % kYear] += past_[t][f], counts[t % kYear] += 1.0;
      double mean = 0.0;
      bool enough = true;
      for (size_t m = 0; m < kYear; ++m) {
        enough &= counts[m] >= 2.0;
        mean += sums[m] / std::max(1.0, counts[m]) / kYear;
      }
      for (size_t m = 0; m < kYear; ++m) seasons_[m][f] = enough && mean > 0.0 ? sums[m] / counts[m] / mean : 1.0;
    }
  }

  /// The mean of the year before month t, season apart.
  Month level_before(size_t t) const {
    Month level{};
    for (size_t f = 0; f < kFlows; ++f) {
      double sum = 0.0, season = 0.0;
      bool any = false;
      for (size_t back = 1; back <= std::min(kYear, t); ++back) {
        if (std::isnan(past_[t - back][f])) continue;
        any = true;
        sum += past_[t - back][f];
        season += seasons_[(t - back) % kYear][f];
      }
      level[f] = !any ? kUndefined : season > 0.0 ? sum / season : 0.0;
    }
    return level;
  }

  Month expected(size_t t, const Month& level) const {
    Month month{};
    for (size_t f = 0; f < kFlows; ++f) month[f] = level[f] * seasons_[t % kYear][f];
    return month;
  }

  void follow(double queue, double wip, const Month& level, boost::random::mt19937_64& random) {
    boost::random::uniform_int_distribution<size_t> any(0, errors_.size() - 1);
    for (size_t h = 0; h < ahead_; ++h) {
      Month month = expected(past_.size() + h, level);
      const Month& error = errors_[any(random)];
      for (size_t f = 0; f < kFlows; ++f) month[f] = std::max(0.0, month[f] + error[f]);
      const double before = queue;
      queue += month[kInflow];
      const double started = std::min(queue, month[kStarted]);
      queue -= started;
      queue -= std::min(queue, month[kLeft]);
      wip += started;
      wip -= std::min(wip, month[kEnded]);
      out_.queue[h].push_back(queue);
      out_.wip[h].push_back(wip);
      out_.inflow[h].push_back(month[kInflow]);
      out_.started[h].push_back(started);
      if (started > 0.0) out_.wait[h].push_back((before + queue) / 2.0 / started * kDaysPerMonth);
    }
  }

  const Flows& flows_;
  size_t ahead_;
  std::vector<Month> past_, errors_;
  std::array<Month, kYear> seasons_{};
  FlowForecast out_;
};

}  // namespace

FlowForecast stock_and_flow(const Flows& flows, int months, int draws, std::uint64_t seed) {
  return StockAndFlow(flows, months).forecast(draws, seed);
}

}  // namespace ketensim::rolling
