#include "ketensim/wave.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace ketensim {
namespace {

constexpr double kPassed = 0.9;  // of the extra inflow

using Column = std::vector<double>;  // of one figure in one period, by replication

/// The figures of one step; undefined where it has no such figure.
class At {
 public:
  enum What { kInflow, kOutflow, kLeft, kStarted, kQueue, kNormMet, kNormMetWait, kCount };

  At(const Results& results, const Burst& burst) : results_(results) {
    constexpr std::array<std::string_view, kCount> kNames{"inflow",     "outflow",  "left",         "started",
                                                          "queue_mean", "norm_met", "norm_met_wait"};
    for (std::size_t i = 0; i < kCount; ++i) figures_[i] = results.find(burst.organisation, burst.step, kNames[i]);
  }

  bool has(What what) const { return figures_[what] != Results::npos; }
  Column operator()(What what, std::size_t period) const {
    Column column(static_cast<std::size_t>(results_.replications), std::nan(""));
    if (!has(what)) return column;
    for (int replication = 0; replication < results_.replications; ++replication)
      column[static_cast<std::size_t>(replication)] = results_.value(replication, figures_[what], period);
    return column;
  }
  const ReportedPeriod& period(std::size_t index) const { return results_.periods[index]; }

 private:
  const Results& results_;
  std::array<std::size_t, kCount> figures_{};
};

double days_of(const ReportedPeriod& period) { return static_cast<double>((period.until - period.from).count()); }

Column inflow(const At& at, std::size_t period) { return at(At::kInflow, period); }

Column child_days(const At& at, std::size_t period) {
  Column column = at(At::kQueue, period);
  for (double& value : column) value *= days_of(at.period(period));
  return column;
}

/// A share is undefined where there is nobody: then nobody is beyond the norm.
double beyond(double met, double cases) { return cases > 0.0 ? cases * (1.0 - met) : 0.0; }

Column breaches(const At& at, std::size_t period) {
  const Column met = at(At::kNormMet, period), out = at(At::kOutflow, period), left = at(At::kLeft, period);
  const Column met_wait = at(At::kNormMetWait, period), started = at(At::kStarted, period);
  Column cases(met.size(), 0.0);
  for (std::size_t r = 0; r < cases.size(); ++r) {
    if (at.has(At::kNormMet)) cases[r] += beyond(met[r], out[r] - left[r]);
    if (at.has(At::kNormMetWait)) cases[r] += beyond(met_wait[r], started[r]);
  }
  return cases;
}

/// A step in both.
class Pair {
 public:
  Pair(const Results& baseline, const Results& alternative, const Burst& burst)
      : before_(baseline, burst),
        after_(alternative, burst),
        replications_(static_cast<std::size_t>(std::min(baseline.replications, alternative.replications))) {}

  bool normed() const { return before_.has(At::kNormMet) || before_.has(At::kNormMetWait); }

  /// The paired difference of what is summed over [first, last) periods.
  template <class Value>
  Summary summed(std::size_t first, std::size_t last, Value value) const {
    Column sums(replications_, 0.0);
    for (std::size_t period = first; period < last; ++period) {
      const Column after = value(after_, period), before = value(before_, period);
      for (std::size_t r = 0; r < replications_; ++r) sums[r] += after[r] - before[r];
    }
    return summarise(sums);
  }

 private:
  At before_, after_;
  std::size_t replications_;
};

}  // namespace

std::vector<Wave> waves(const Results& baseline, const Results& alternative) {
  std::vector<Wave> all;
  for (const Burst& burst : bursts(baseline, alternative)) {
    const Pair pair(baseline, alternative, burst);
    const std::size_t end = baseline.base_periods, gone = burst.gone == Results::npos ? end : burst.gone;
    Wave wave{burst, burst.first, 0.0, {}, {}, pair.normed(), {}};
    wave.inflow = pair.summed(burst.first, gone, inflow);
    double come = 0.0;
    for (std::size_t period = burst.first; period < gone; ++period) {
      come += pair.summed(period, period + 1, inflow).mean;
      wave.passed = period;
      if (come >= kPassed * wave.inflow.mean) break;
    }
    wave.days_to_pass =
        static_cast<double>((baseline.periods[wave.passed].until - baseline.periods[burst.first].from).count());
    wave.waiting = pair.summed(burst.first, end, child_days);
    wave.breaches = pair.summed(burst.first, end, breaches);
    all.push_back(std::move(wave));
  }
  return all;
}

}  // namespace ketensim
