// Slots per fte from days on which all were taken.
#include "calibration/fit/slots.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>
#include <vector>

namespace ketensim::fit {
namespace {

using std::size_t;

constexpr std::array<double, 4> kErrorRates{0.0003, 0.001, 0.003, 0.01};  // per slot: lost, and extra
constexpr std::array<double, 2> kSilentShares{0.003, 0.03};               // of days that say nothing
constexpr double kAnyPart = 0.1;                                          // chance that any part is as likely
constexpr int kFarthest = 60;                                             // error in slots that is thought of

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::array<double, kFarthest + 1> poisson(double mean) {
  std::array<double, kFarthest + 1> chances{};
  double chance = std::exp(-mean);
  for (int n = 0; n <= kFarthest; ++n) {
    chances[static_cast<size_t>(n)] = chance;
    chance *= mean / (n + 1);
  }
  return chances;
}

/// The distribution of lost - extra.
class Errors {
 public:
  Errors(double lost, double extra) {
    const auto each_lost = poisson(lost), each_extra = poisson(extra);
    for (size_t l = 0; l <= kFarthest; ++l)
      for (size_t e = 0; e <= kFarthest; ++e) exactly_[l + kFarthest - e] += each_lost[l] * each_extra[e];
    double below = 0.0;
    for (size_t i = 0; i < exactly_.size(); ++i) at_most_[i] = below += exactly_[i];
  }
  double exactly(int n) const { return std::abs(n) > kFarthest ? 0.0 : exactly_[static_cast<size_t>(n + kFarthest)]; }
  double at_most(int n) const {
    if (n < -kFarthest) return 0.0;
    return n > kFarthest ? 1.0 : at_most_[static_cast<size_t>(n + kFarthest)];
  }

 private:
  std::array<double, 2 * kFarthest + 1> exactly_{}, at_most_{};
};

std::vector<double> parts_of(int perhaps, double expected) {
  const auto all = static_cast<size_t>(perhaps);
  std::vector<double> parts(all + 1, kAnyPart / (perhaps + 1.0));
  const double share = std::clamp(expected / std::max(1, perhaps), 1e-6, 1.0 - 1e-6);
  double chance = (1.0 - kAnyPart) * std::pow(1.0 - share, perhaps);
  for (size_t part = 0; part <= all; ++part) {
    parts[part] += chance;
    chance *= share / (1.0 - share) * static_cast<double>(all - part) / static_cast<double>(part + 1);
  }
  return parts;
}

/// Days alike.
struct Alike {
  int busy;
  std::vector<double> parts;  // the chances that none, one, ... of those perhaps taken were
  bool exact;
  double weight;
};

/// A number of fte, the days with it, and the slots that these may mean.
struct Level {
  double fte;
  std::vector<Alike> days;
  int least = 0;
  std::vector<double> log_likelihood{};  // of least, least + 1, ... slots
};

/// The chance of what was counted on a day, of so many slots.
double chance_of(const Alike& day, int slots, const Errors& errors) {
  const int most = std::max(10, day.busy / 5);  // left over from before a cut, any number up to this
  double chance = 0.0;
  for (size_t part = 0; part < day.parts.size(); ++part) {
    const int over = slots - day.busy - static_cast<int>(part);
    chance += day.parts[part] * (day.exact ? errors.exactly(over)
                                           : (errors.at_most(over + most) - errors.at_most(over - 1)) / (most + 1.0));
  }
  return std::max(0.0, chance);
}

void fill(Level& level, const Errors& errors, double silent) {
  std::fill(level.log_likelihood.begin(), level.log_likelihood.end(), 0.0);
  for (const Alike& day : level.days) {
    for (size_t i = 0; i < level.log_likelihood.size(); ++i) {
      const int slots = level.least + static_cast<int>(i);
      const double chance = chance_of(day, slots, errors);
      level.log_likelihood[i] += day.weight * std::log((1.0 - silent) * chance + silent / (slots + 1.0));
    }
  }
}

std::vector<Level> levels_of(std::span<const FullDay> days) {
  std::map<std::tuple<double, int, int, double, bool>, double> alike;
  for (const FullDay& day : days)
    alike[{day.fte, day.busy, day.perhaps, std::round(day.expected * 10.0) / 10.0, day.exact}] += day.weight;
  std::vector<Level> levels;
  for (const auto& [key, weight] : alike) {
    const auto& [fte, busy, perhaps, expected, exact] = key;
    if (levels.empty() || levels.back().fte != fte) levels.push_back({fte, {}});
    levels.back().days.push_back({busy, parts_of(perhaps, expected), exact, weight});
  }
  return levels;
}

/// Slots per fte between two places at which some month's number of slots changes.
struct Piece {
  double from, until;
};

/// Where the number of slots of one level goes up by one.
struct Rise {
  double at;
  size_t level;
};

class Posterior {
 public:
  explicit Posterior(std::span<const FullDay> days) : levels_(levels_of(days)) {
    std::vector<double> ratios, taken, ftes;
    for (const FullDay& day : days) {
      ratios.push_back((day.busy + day.expected) / day.fte);
      taken.push_back(day.busy + day.expected);
      ftes.push_back(day.fte);
    }
    busy_ = std::max(1.0, median(taken));
    const double margin = 0.1 + 3.0 / busy_, middle = std::max(median(ratios), 1.0 / median(ftes));
    least_ = middle * std::max(0.1, 1.0 - margin);
    most_ = middle * (1.0 + margin);
    for (Level& level : levels_) {
      level.least = slots_of(level.fte, least_);
      level.log_likelihood.resize(static_cast<size_t>(slots_of(level.fte, most_) - level.least + 2));
    }
    find_pieces();
    for (const double lost : kErrorRates)
      for (const double extra : kErrorRates)
        for (const double silent : kSilentShares) add(lost, extra, silent);
    mix();
  }

  double log_likelihood() const { return log_likelihood_; }

  double mean() const {
    return sum([](const Piece& piece) { return (piece.from + piece.until) / 2.0; });
  }
  double deviation() const {
    const double centre = mean();
    return std::sqrt(sum([&](const Piece& piece) {
      const double width = piece.until - piece.from, away = (piece.from + piece.until) / 2.0 - centre;
      return away * away + width * width / 12.0;
    }));
  }
  double quantile(double share) const {
    double below = 0.0;
    for (size_t i = 0; i < pieces_.size(); ++i) {
      if (below + mass_[i] >= share && mass_[i] > 0.0)
        return pieces_[i].from + (pieces_[i].until - pieces_[i].from) * (share - below) / mass_[i];
      below += mass_[i];
    }
    return most_;
  }
  /// The lower end of the likeliest piece.
  double mode() const {
    const auto at = std::max_element(mass_.begin(), mass_.end()) - mass_.begin();
    return pieces_[static_cast<size_t>(at)].from;
  }

 private:
  template <class Of>
  double sum(Of&& of) const {
    double total = 0.0;
    for (size_t i = 0; i < pieces_.size(); ++i) total += mass_[i] * of(pieces_[i]);
    return total;
  }

  void find_pieces() {
    for (size_t l = 0; l < levels_.size(); ++l)
      for (int slots = levels_[l].least + 1; slots / levels_[l].fte < most_; ++slots)
        if (slots / levels_[l].fte > least_) rises_.push_back({slots / levels_[l].fte, l});
    std::sort(rises_.begin(), rises_.end(), [](const Rise& a, const Rise& b) { return a.at < b.at; });
    double from = least_;
    for (const Rise& rise : rises_) {
      pieces_.push_back({from, rise.at});
      from = rise.at;
    }
    pieces_.push_back({from, most_});
  }

  /// The log-likelihood of each piece under one set of rates.
  void add(double lost, double extra, double silent) {
    const Errors errors(lost * busy_, extra * busy_);
    std::vector<size_t> at(levels_.size());
    double total = 0.0;
    for (size_t l = 0; l < levels_.size(); ++l) {
      fill(levels_[l], errors, silent);
      total += levels_[l].log_likelihood[0];
    }
    std::vector<double>& each = by_rates_.emplace_back();
    each.reserve(pieces_.size());
    each.push_back(total);
    for (const Rise& rise : rises_) {
      const std::vector<double>& own = levels_[rise.level].log_likelihood;
      const size_t slots = ++at[rise.level];
      total += own[slots] - own[slots - 1];
      each.push_back(total);
    }
  }

  void mix() {
    double highest = -Observation::kInfinity;
    for (const auto& each : by_rates_) highest = std::max(highest, *std::max_element(each.begin(), each.end()));
    mass_.assign(pieces_.size(), 0.0);
    double total = 0.0;
    for (size_t i = 0; i < pieces_.size(); ++i) {
      for (const auto& each : by_rates_) mass_[i] += std::exp(each[i] - highest);
      total += mass_[i] *= (pieces_[i].until - pieces_[i].from) / (most_ - least_);
    }
    for (double& mass : mass_) mass /= total;
    log_likelihood_ = highest + std::log(total / static_cast<double>(by_rates_.size()));
  }

  std::vector<Level> levels_;
  double busy_ = 1.0, least_ = 0.0, most_ = 0.0, log_likelihood_ = 0.0;
  std::vector<Rise> rises_;
  std::vector<Piece> pieces_;
  std::vector<std::vector<double>> by_rates_;
  std::vector<double> mass_;
};

/// The share of the exact days on which taken and there were the same, give or take one slot or a share of them.
double share_within(std::span<const FullDay> days, double per_fte, bool nearly) {
  size_t within = 0, all = 0;
  for (const FullDay& day : days) {
    if (!day.exact) continue;
    const int slots = slots_of(day.fte, per_fte), near = nearly ? std::max(1, slots / 50) : 0;
    within += slots >= day.busy - near && slots <= day.busy + day.perhaps + near;
    ++all;
  }
  return all > 0 ? static_cast<double>(within) / static_cast<double>(all) : 0.0;
}

}  // namespace

int slots_of(double fte, double per_fte) { return static_cast<int>(std::floor(fte * per_fte + 1e-9)); }

SlotsFit fit_slots(std::span<const FullDay> days, bool whole) {
  SlotsFit result;
  if (days.empty()) return result;
  const Posterior posterior(days);
  result.log_likelihood = posterior.log_likelihood();
  Estimate& figure = result.per_fte;
  figure = {posterior.mean(), posterior.deviation(), posterior.quantile(0.025), posterior.quantile(0.975), days.size()};
  if (whole) {
    figure.estimate = std::round(posterior.mode());
    figure.low = std::floor(figure.low + 1e-9);
    figure.high = std::floor(figure.high);
    figure.standard_error = std::max(0.0, figure.standard_error * figure.standard_error - 1.0 / 12.0);
    figure.standard_error = std::sqrt(figure.standard_error);
  }
  result.kept = share_within(days, figure.estimate, false);
  result.near = share_within(days, figure.estimate, true);
  return result;
}

double log_likelihood_unlimited(std::span<const FullDay> days, double mean, double deviation) {
  constexpr double kHalfLogTwoPi = 0.9189385332046727;
  double total = 0.0;
  for (const FullDay& day : days) {
    const double spread = std::max(deviation, std::sqrt(mean / day.fte));
    const double away = ((day.busy + day.expected) / day.fte - mean) / spread;
    total += day.weight * (-away * away / 2.0 - kHalfLogTwoPi - std::log(spread * day.fte));
  }
  return total;
}

}  // namespace ketensim::fit
