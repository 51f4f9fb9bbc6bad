#include "calibration/fit/goodness.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "calibration/fit/special.hpp"

namespace ketensim::fit {
namespace {

constexpr int kMostBins = 20, kFewestBins = 4;
constexpr double kOverPerBin = 8.0;
constexpr int kClear = 5;  // so many draws worse than the data settle it
constexpr double kBeyondDoubt = 1e-6;
constexpr int kHarmless = 5;  // where nothing hangs on the verdict, so many times fewer draws will do
constexpr std::size_t kManyCases = 5000;

struct Fit {
  double ratio = 0.0, distance = 0.0;
};

int bins_for(double over) { return std::clamp(static_cast<int>(over / kOverPerBin), kFewestBins, kMostBins); }

/// Adds weight times the overlap of [from, to] with each bin, as a multiple of what a bin holds.
void add_overlap(const Likelihood::Places::Interval& interval, std::vector<double>& bins) {
  const auto count = static_cast<double>(bins.size());
  const double from = interval.from * count, to = interval.to * count;
  const auto first = static_cast<std::size_t>(std::clamp(from, 0.0, count - 1.0));
  for (std::size_t bin = first; bin < bins.size() && static_cast<double>(bin) < to; ++bin) {
    const double left = std::max(from, static_cast<double>(bin)), right = std::min(to, static_cast<double>(bin) + 1.0);
    bins[bin] += interval.weight * std::max(right - left, 0.0);
  }
}

/// The likeliest masses of the bins, relative to the model's. Rows of `within` and `seen` are the data's overlaps.
class BinnedMasses {
 public:
  BinnedMasses(const std::vector<Likelihood::Places>& places, int bins) : ratio_(static_cast<std::size_t>(bins), 1.0) {
    for (const Likelihood::Places& of : places) {
      count_.push_back(of.count);
      within_.push_back(std::vector<double>(ratio_.size(), 0.0));
      for (const auto& interval : of.within) add_overlap(interval, within_.back());
      seen_.push_back(std::vector<double>(of.seen.empty() ? 0 : ratio_.size(), 0.0));
      for (const auto& interval : of.seen) add_overlap(interval, seen_.back());
    }
  }

  Fit solve() {
    const double at_model = log_likelihood();
    for (int i = 0; i < 500 && step() > 1e-4; ++i) continue;
    Fit fit{2.0 * std::max(log_likelihood() - at_model, 0.0), 0.0};
    double difference = 0.0;
    for (const double r : ratio_) {
      difference += (r - 1.0) / static_cast<double>(ratio_.size());
      fit.distance = std::max(fit.distance, std::abs(difference));
    }
    return fit;
  }

 private:
  double total(const std::vector<double>& row) const {
    double sum = 0.0;
    for (std::size_t b = 0; b < row.size(); ++b) sum += row[b] * ratio_[b];
    return sum;
  }

  double log_likelihood() const {
    double sum = 0.0;
    for (std::size_t i = 0; i < count_.size(); ++i) {
      sum += count_[i] * std::log(std::max(total(within_[i]), 1e-300));
      if (!seen_[i].empty()) sum -= count_[i] * std::log(std::max(total(seen_[i]), 1e-300));
    }
    return sum;
  }

  double step() {
    std::vector<double> expected(ratio_.size(), 0.0);
    for (std::size_t i = 0; i < count_.size(); ++i) {
      const double within = total(within_[i]);
      if (!(within > 0.0)) continue;
      for (std::size_t b = 0; b < ratio_.size(); ++b) expected[b] += count_[i] * within_[i][b] * ratio_[b] / within;
      const double seen = seen_[i].empty() ? 0.0 : total(seen_[i]);
      if (!(seen > 0.0)) continue;
      for (std::size_t b = 0; b < ratio_.size(); ++b) expected[b] += count_[i] * (1.0 - seen_[i][b]) * ratio_[b] / seen;
    }
    double sum = 0.0, largest = 0.0;
    for (const double e : expected) sum += e;
    for (std::size_t b = 0; b < ratio_.size(); ++b) {
      const double next = expected[b] / sum * static_cast<double>(ratio_.size());
      largest = std::max(largest, std::abs(next - ratio_[b]));
      ratio_[b] = next;
    }
    return largest;
  }

  std::vector<double> ratio_, count_;
  std::vector<std::vector<double>> within_, seen_;
};

/// The model's quantiles at mean 1 from a table: a bootstrap draws millions.
class UnitQuantiles {
 public:
  UnitQuantiles(const Family& family, const double* shapes) {
    UnitShares shares;
    for (int i = 0; i <= kSize; ++i) {
      log_z_[static_cast<std::size_t>(i)] = -30.0 + 45.0 * i / kSize;
      family.shares(std::exp(log_z_[static_cast<std::size_t>(i)]), shapes, shares);
      below_[static_cast<std::size_t>(i)] = std::exp(shares.log_below);
    }
  }

  double below(double z) const {
    if (!(z > 0.0)) return 0.0;
    const double place = (std::log(z) + 30.0) / 45.0 * kSize;
    if (place >= kSize) return 1.0;
    const auto i = static_cast<std::size_t>(std::max(place, 0.0));
    return below_[i] + (std::max(place, 0.0) - static_cast<double>(i)) * (below_[i + 1] - below_[i]);
  }

  double operator()(double p) const {
    const auto at = std::lower_bound(below_.begin(), below_.end(), p);
    if (at == below_.begin()) return std::exp(log_z_.front());
    if (at == below_.end()) return std::exp(log_z_.back());
    const auto i = static_cast<std::size_t>(at - below_.begin());
    const double part = (p - below_[i - 1]) / (below_[i] - below_[i - 1]);
    return std::exp(log_z_[i - 1] + part * (log_z_[i] - log_z_[i - 1]));
  }

 private:
  static constexpr int kSize = 3000;
  std::array<double, kSize + 1> log_z_, below_;
};

/// The intervals in which the data would have seen an end at a moment: days differ in width where ends move over days
/// off. Those that were seen, each as often as it was seen for what the model expects of it.
class Cells {
 public:
  Cells(const std::vector<Datum>& data, const std::vector<Likelihood::Places>& places) {
    for (const Datum& d : data)
      if (d.observation.over()) grid_ = std::min(grid_, d.observation.upper - d.observation.lower);
    for (std::size_t i = 0; i < data.size(); ++i) {
      const Observation& o = data[i].observation;
      if (!o.over() || o.upper - o.lower > kWidest * grid_) continue;
      double share = 0.0;
      for (const auto& interval : places[i].within) share += interval.weight * (interval.to - interval.from);
      const std::int64_t first = slot(o.lower + grid_ / 2), last = slot(o.upper - grid_ / 2);
      for (std::int64_t at = first; at <= last && share > 0.0; ++at) {
        std::vector<Cell>& cells = slots_[at];
        cells.push_back({o.lower, o.upper, (cells.empty() ? 0.0 : cells.back().weight) + data[i].count / share});
      }
    }
  }

  /// The interval around `moment`, drawn by a uniform number.
  std::pair<double, double> at(double moment, double uniform) const {
    const double lower = std::floor(moment / grid_) * grid_;
    const auto found = slots_.find(slot(moment));
    if (found == slots_.end()) return {lower, lower + grid_};
    const auto& cells = found->second;
    const auto cell = std::upper_bound(cells.begin(), cells.end() - 1, uniform * cells.back().weight,
                                       [](double value, const Cell& c) { return value < c.weight; });
    if (moment < cell->lower || moment > cell->upper) return {lower, lower + grid_};
    return {cell->lower, cell->upper};
  }

 private:
  static constexpr double kWidest = 40.0;
  struct Cell {
    double lower, upper, weight;  // weights are cumulative
  };
  std::int64_t slot(double moment) const { return static_cast<std::int64_t>(std::floor(moment / grid_)); }

  double grid_ = 1e9;
  std::unordered_map<std::int64_t, std::vector<Cell>> slots_;
};

/// Draws data from a model that are as much censored, rounded and truncated as the data it was fitted to.
class Bootstrap {
 public:
  Bootstrap(const std::vector<Datum>& data, const Likelihood& likelihood, const Model& model, const Eigen::VectorXd& p,
            std::uint64_t seed)
      : data_(data), model_(model), p_(p), random_(seed), cells_(likelihood.data(), likelihood.places(model, p)) {
    for (int set = 0; set < (model_.own_shapes ? model_.parts : 1); ++set)
      quantiles_.emplace_back(*model_.family, p_.data() + model_.shape_at(set));
    for (const Datum& d : data_)
      if (!d.observation.over()) stopped_.push_back(d.observation.lower);
    std::sort(stopped_.begin(), stopped_.end());
  }

  std::vector<Datum> draw() {
    std::vector<Datum> drawn;
    drawn.reserve(data_.size());
    for (const Datum& d : data_) drawn.push_back(draw(d));
    return drawn;
  }

 private:
  Datum draw(Datum d) {
    Observation& o = d.observation;
    double log_mean = p_[d.part];
    if (model_.worsening && d.worsened) log_mean += p_[model_.worsening_at()];
    if (model_.trend) log_mean += p_[model_.trend_at()] * d.years;
    const double mean = std::exp(log_mean), limit = limit_of(o);
    const UnitQuantiles& quantiles = quantiles_[model_.own_shapes ? static_cast<std::size_t>(d.part) : 0];
    double start = o.blur * uniform(), before = quantiles.below((o.entry - start) / mean);
    // Of starts spread over the day, those are seen whose duration passes the entry.
    for (int i = 0; i < 50 && o.entry > 0.0 && uniform() < before; ++i) {
      start = o.blur * uniform();
      before = quantiles.below((o.entry - start) / mean);
    }
    const double end = start + mean * quantiles(before + (1.0 - before) * uniform());
    if (end > limit) {
      o.lower = limit;
      o.upper = Observation::kInfinity;
      return d;
    }
    std::tie(o.lower, o.upper) = cells_.at(end, uniform());
    o.lower = std::max(o.lower, o.entry);
    if (o.upper <= o.lower) o.upper = o.lower + 1e-3 * mean;
    return d;
  }

  double limit_of(const Observation& o) {
    if (!o.over()) return o.lower;
    if (o.limit < Observation::kInfinity) return o.limit;
    // Not known when it would have been stopped: as one of those who were, later than this.
    const auto later = std::upper_bound(stopped_.begin(), stopped_.end(), o.upper);
    if (later == stopped_.end()) return Observation::kInfinity;
    const auto count = static_cast<double>(stopped_.end() - later);
    return later[std::min(static_cast<std::ptrdiff_t>(uniform() * count), stopped_.end() - later - 1)];
  }

  double uniform() { return static_cast<double>(random_() >> 11) * 0x1p-53; }

  const std::vector<Datum>& data_;
  Model model_;
  Eigen::VectorXd p_;
  std::mt19937_64 random_;
  Cells cells_;
  std::vector<UnitQuantiles> quantiles_;
  std::vector<double> stopped_;
};

/// The fit to data, which the maximum moves to first.
Fit fit_to(const Likelihood& likelihood, const Model& model, Eigen::VectorXd& at, int bins) {
  at = refit(likelihood, model, at).at;
  return BinnedMasses(likelihood.places(model, at), bins).solve();
}

}  // namespace

Goodness goodness_of_fit(const std::vector<Datum>& data, const Fitted& fitted, int bootstraps, double tolerance,
                         std::uint64_t seed) {
  const int bins = bins_for(count_over(data));
  const Likelihood even(data, Likelihood::Nodes::even);
  Eigen::VectorXd at = fitted.maximum.at;
  const Fit seen = fit_to(even, fitted.model, at, bins);
  Goodness goodness{seen.distance, 1.0};
  const double bound = chi_squared_above(bins - 1.0, seen.ratio);
  const bool harmless = seen.distance <= tolerance;
  if (bound < kBeyondDoubt || bootstraps < 1 || (harmless && data.size() > kManyCases)) {
    goodness.p_value = bound;
    return goodness;
  }
  if (harmless) bootstraps /= kHarmless;
  Bootstrap bootstrap(data, even, fitted.model, at, seed);
  int worse = 0, drawn = 0;
  while (drawn < bootstraps && worse < kClear) {
    const Likelihood again(bootstrap.draw(), Likelihood::Nodes::even);
    ++drawn;
    if (count_over(again.data()) < 2.0) continue;
    Eigen::VectorXd there = at;
    if (fit_to(again, fitted.model, there, bins).ratio >= seen.ratio) ++worse;
  }
  goodness.p_value = worse >= kClear ? static_cast<double>(worse) / drawn : (worse + 1.0) / (drawn + 1.0);
  return goodness;
}

double lack_of_fit(const Likelihood& likelihood, const Fitted& fitted) {
  const int bins = bins_for(count_over(likelihood.data()));
  Eigen::VectorXd at = fitted.maximum.at;
  const Likelihood even(likelihood.data(), Likelihood::Nodes::even);
  const double ratio = fit_to(even, fitted.model, at, bins).ratio;
  return chi_squared_above(std::max(bins - 1.0 - fitted.model.parameters(), 1.0), ratio);
}

}  // namespace ketensim::fit
