#include "ketensim/wave.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace ketensim {
namespace {

constexpr double kPassed = 0.9;  // of the extra inflow

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
  double operator()(What what, int replication, std::size_t period) const {
    return has(what) ? results_.value(replication, figures_[what], period) : std::nan("");
  }
  const ReportedPeriod& period(std::size_t index) const { return results_.periods[index]; }

 private:
  const Results& results_;
  std::array<std::size_t, kCount> figures_{};
};

double days_of(const ReportedPeriod& period) { return static_cast<double>((period.until - period.from).count()); }

double inflow(const At& at, int replication, std::size_t period) { return at(At::kInflow, replication, period); }

double child_days(const At& at, int replication, std::size_t period) {
  return at(At::kQueue, replication, period) * days_of(at.period(period));
}

/// A share is undefined where there is nobody: then nobody is beyond the norm.
double beyond(double met, double cases) { return cases > 0.0 ? cases * (1.0 - met) : 0.0; }

double breaches(const At& at, int r, std::size_t period) {
  double cases = 0.0;
  if (at.has(At::kNormMet))
    cases += beyond(at(At::kNormMet, r, period), at(At::kOutflow, r, period) - at(At::kLeft, r, period));
  if (at.has(At::kNormMetWait)) cases += beyond(at(At::kNormMetWait, r, period), at(At::kStarted, r, period));
  return cases;
}

/// A step in both.
class Pair {
 public:
  Pair(const Results& baseline, const Results& alternative, const Burst& burst)
      : before_(baseline, burst),
        after_(alternative, burst),
        replications_(std::min(baseline.replications, alternative.replications)) {}

  bool normed() const { return before_.has(At::kNormMet) || before_.has(At::kNormMetWait); }

  /// The paired difference of what is summed over [first, last) periods.
  template <class Value>
  Summary summed(std::size_t first, std::size_t last, Value value) const {
    std::vector<double> sums;
    for (int r = 0; r < replications_; ++r) {
      double sum = 0.0;
      for (std::size_t period = first; period < last; ++period)
        sum += value(after_, r, period) - value(before_, r, period);
      sums.push_back(sum);
    }
    return summarise(sums);
  }

 private:
  At before_, after_;
  int replications_;
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
