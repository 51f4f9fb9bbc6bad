#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "ketensim/calibration.hpp"
#include "ketensim/indicators.hpp"

namespace ketensim {

// Rolling origins: calibrate on what was known on a day, forecast, and score against what came. The staff is that which
// came afterwards (the capacity delivery holds all months): what is judged is the forecast of the cases.

struct BacktestOptions {
  int origins = 12;  // the latest ends of quarters after which a quarter was delivered in full
  int quarters = 8;  // ahead, as far as the deliveries go
  int history = 24;  // months that are known at the first origin, at least
  int replications = 200;
  std::uint64_t seed = 1;
  int threads = 0;                                    // 0: as many as the machine has; the result does not depend on it
  CalibrationOptions calibration;                     // of every origin; its seed and threads are those above
  std::function<void(int done, int total)> progress;  // calibrations and forecasts; one thread at a time

  /// A forecast needs the figures of the fits but not their tests of fit, the costly part.
  BacktestOptions();
};

/// The forecasts that the chain's have to beat; see calibration/backtest/benchmarks.hpp.
inline constexpr std::array<std::string_view, 4> kBenchmarks{"naive", "seasonal_naive", "smoothing", "stock_and_flow"};
inline constexpr std::size_t kNaiveBenchmarks = 2;  // the first of them

inline constexpr std::array kForecastShares{0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95};

/// A figure that was forecast from every origin.
struct ForecastSeries {
  std::string organisation, step, indicator;  // as in Results
  bool queues = false;                        // the step has a real_queue()
};

/// One figure of one month as it was forecast from one origin.
struct Forecast {
  std::size_t series = 0;  // of Backtest::series
  std::size_t origin = 0;  // of Backtest::origins
  int months = 0;          // ahead: 1 is the month after the origin
  Date period{};           // its first day
  double observed = 0.0;
  double cases = 0.0;  // that the observed figure rests on
  double mean = 0.0;
  std::array<double, kForecastShares.size()> quantiles{};
  double crps = 0.0;
  double pinball = 0.0;                                // mean over kForecastShares
  std::array<double, kBenchmarks.size()> benchmark{};  // CRPS; NaN: there is no such forecast

  int quarters() const { return (months + 2) / 3; }
};

/// The share of observed values inside an interval, with a 95% interval by blocks of origins; NaN: too few origins.
struct Coverage {
  double share, low, high;
};

/// How well one figure was forecast over all origins: a quarter ahead, or over several quarters.
struct Skill {
  std::string organisation, step, indicator;
  std::string horizon;  // quarters: `1` ... `8`, `1-4`, `all`
  std::size_t forecasts = 0;
  double crps = 0.0;
  std::array<double, kBenchmarks.size()> benchmark{};  // mean CRPS where there is such a forecast
  /// 1 - crps / that of the benchmark, over the forecasts that both made; NaN: none, or the benchmark makes no error.
  std::array<double, kBenchmarks.size()> against{};
  double skill = 0.0;  // against the better of the naive ones
  Coverage coverage_50{}, coverage_80{}, coverage_90{};
  double wape = 0.0;  // sum of |median - observed| over sum of observed
  double bias = 0.0;  // sum of mean - observed over sum of observed

  bool beats_naive() const { return skill > 0.0; }
};

struct Backtest {
  std::vector<std::string> problems;  // why there is none; empty: there is one
  std::vector<Date> origins;          // the last day that was known
  std::vector<ForecastSeries> series;
  std::vector<Forecast> forecasts;  // by series, origin and month
  /// By series and horizon. Last, as organisation `chain` and step `all`, the queues of all steps with a real queue
  /// together.
  std::vector<Skill> skills;

  bool ok() const { return problems.empty(); }
};

/// `queue_end wip_end inflow started wait_mean` of every step of every organisation and month in which they were
/// observed, as forecast from each origin.
Backtest backtest(const ImportPlan& plan, const Monitor& monitor, const BacktestOptions& options = {});

/// Rows of Backtest::skills from the forecasts.
std::vector<Skill> skills_of(const Backtest& backtest, std::uint64_t seed);

}  // namespace ketensim
