#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ketensim::rolling {

/// Forecasts 1, 2, ... months ahead, each a sorted sample that is nowhere below 0; empty: there is no forecast.
using Ahead = std::vector<std::vector<double>>;

// Each takes a monthly series that ends in the month of the origin; NaN: that month is not known.

/// The last known value, with the errors that this made in the past at the same horizon as its distribution. Of a
/// horizon with fewer than 8 past errors: those of the longest that has so many, wider by the square root of the ratio
/// of horizons (as a random walk spreads).
Ahead naive(std::span<const double> series, int months);

/// The value of the same month a year ago (two years ago beyond 12 months), with its own past errors. Beyond the
/// horizons that have 8 of them: those of a year ahead, wider by the square root of the ratio of years.
Ahead seasonal_naive(std::span<const double> series, int months);

/// Exponential smoothing with additive errors (Hyndman, Koehler, Ord and Snyder 2008): of a level alone or with a
/// damped trend, and where there are two years with or without an additive season, the model with the least AICc.
/// Smoothing parameters by maximum likelihood; the initial states, in which errors are linear, by least squares within
/// it. The forecast is `draws` simulated paths with normal errors.
Ahead smoothing(std::span<const double> series, int months, int draws, std::uint64_t seed);

/// What flows through one step, month by month.
struct Flows {
  std::span<const double> queue, wip, inflow, started, left, outflow;
};

struct FlowForecast {
  Ahead queue, wip, inflow, started, wait;
};

/// A stock-and-flow model: queue next = queue + inflow - started - left, in service next = in service + started -
/// (outflow
/// - left), neither below 0. A flow of a coming month is its level (mean of the last 12 months, without season) x the
/// month's season (mean over the years, relative; 1 before there are two years) + the error of a month drawn from the
/// past, all flows of that month together. Errors are of forecasts a month ahead by the same rule. The wait of who
/// starts is the mean queue over starts per day (Little 1961).
FlowForecast stock_and_flow(const Flows& flows, int months, int draws, std::uint64_t seed);

}  // namespace ketensim::rolling
