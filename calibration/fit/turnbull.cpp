// The nonparametric reference, which knows of no family.
#include <algorithm>
#include <cmath>
#include <compare>
#include <stdexcept>
#include <tuple>
#include <utility>
#include <vector>

#include "calibration/fit/masses.hpp"

namespace ketensim::fit {
namespace {

constexpr int kMostIterations = 5000;
constexpr double kSettled = 1e-9;
constexpr double kNoMass = 1e-7;

/// A cut in time: just before or just after a moment, so that exact durations are intervals as well.
struct Cut {
  double days;
  bool after;
  auto operator<=>(const Cut&) const = default;
};

/// The sets that can hold mass: from a cut where an interval begins to the next one, if one ends there or what could
/// not be seen before ends there (Turnbull 1976; with truncation, Frydman 1994).
struct Support {
  std::vector<Cut> from, to;

  explicit Support(std::span<const Observation> observations) {
    struct End {
      Cut cut;
      bool begins;
    };
    std::vector<End> ends;
    for (const Observation& o : observations) {
      const bool exact = o.lower == o.upper;
      ends.push_back({{o.lower, !exact}, true});
      ends.push_back({{o.upper, true}, false});
      if (o.entry > 0.0) ends.push_back({{o.entry, true}, false});
    }
    // Where one interval ends and another begins at the same cut, the end comes first: they do not overlap.
    std::sort(ends.begin(), ends.end(),
              [](const End& a, const End& b) { return a.cut != b.cut ? a.cut < b.cut : a.begins < b.begins; });
    for (std::size_t i = 1; i < ends.size(); ++i) {
      if (!ends[i - 1].begins || ends[i].begins || ends[i - 1].cut == ends[i].cut) continue;
      from.push_back(ends[i - 1].cut);
      to.push_back(ends[i].cut);
    }
  }
  std::size_t size() const { return from.size(); }
  std::size_t first_from(Cut cut) const {
    return static_cast<std::size_t>(std::lower_bound(from.begin(), from.end(), cut) - from.begin());
  }
  std::size_t last_to(Cut cut) const {
    return static_cast<std::size_t>(std::upper_bound(to.begin(), to.end(), cut) - to.begin());
  }
};

/// Equal observations as the sets that they cover, [first, last), of those that they could have been seen in.
struct Cover {
  std::size_t first, last, seen;
  double count;
};

std::vector<Cover> covers_of(std::span<const Observation> observations, const Support& support) {
  std::vector<Cover> covers;
  for (const Observation& o : observations) {
    const std::size_t seen = o.entry > 0.0 ? support.first_from({o.entry, true}) : 0;
    covers.push_back({support.first_from({o.lower, o.lower != o.upper}), support.last_to({o.upper, true}), seen, 1.0});
  }
  const auto key = [](const Cover& c) { return std::tuple(c.first, c.last, c.seen); };
  std::sort(covers.begin(), covers.end(), [&](const Cover& a, const Cover& b) { return key(a) < key(b); });
  std::vector<Cover> merged;
  for (const Cover& c : covers) {
    if (!merged.empty() && key(merged.back()) == key(c))
      merged.back().count += 1.0;
    else
      merged.push_back(c);
  }
  return merged;
}

/// One step of self-consistency: each case spreads over the sets that it covers, and brings along as many as it stands
/// for that could not be seen. Returns the largest change.
double step(const std::vector<Cover>& covers, std::vector<double>& mass) {
  std::vector<double> before(mass.size() + 1, 0.0), change(mass.size() + 1, 0.0);
  for (std::size_t i = 0; i < mass.size(); ++i) before[i + 1] = before[i] + mass[i];
  for (const Cover& c : covers) {
    const double within = before[c.last] - before[c.first], seen = before.back() - before[c.seen];
    if (!(within > 0.0) || !(seen > 0.0)) continue;
    change[c.first] += c.count / within;
    change[c.last] -= c.count / within;
    change[0] += c.count / seen;
    change[c.seen] -= c.count / seen;
  }
  // Without truncation c.seen is 0 and the unseen add nothing.
  std::vector<double> next(mass.size());
  double rate = 0.0, total = 0.0, largest = 0.0;
  for (std::size_t i = 0; i < mass.size(); ++i) {
    rate += change[i];
    next[i] = mass[i] * std::max(rate, 0.0);
    total += next[i];
  }
  for (std::size_t i = 0; i < mass.size(); ++i) {
    next[i] /= total;
    largest = std::max(largest, std::abs(next[i] - mass[i]));
  }
  mass = std::move(next);
  return largest;
}

}  // namespace

Masses turnbull_masses(std::span<const Observation> observations) {
  for (const Observation& o : observations)
    if (!(o.lower >= 0.0 && o.upper >= o.lower && o.entry >= 0.0 && o.entry <= o.lower) || !std::isfinite(o.lower))
      throw std::invalid_argument("a duration with bounds that make no sense");
  if (observations.empty()) return {};
  const Support support(observations);
  const std::vector<Cover> covers = covers_of(observations, support);
  std::vector<double> mass(support.size(), 1.0 / static_cast<double>(support.size()));
  for (int i = 0; i < kMostIterations && step(covers, mass) > kSettled; ++i) continue;
  Masses masses;
  for (std::size_t i = 0; i < mass.size(); ++i) {
    if (mass[i] < kNoMass) continue;
    masses.from.push_back(support.from[i].days);
    masses.to.push_back(support.to[i].days);
    masses.mass.push_back(mass[i]);
  }
  return masses;
}

Curve curve_of(const Masses& masses) {
  Curve curve;
  double share = 0.0;
  for (std::size_t i = 0; i < masses.mass.size() && std::isfinite(masses.to[i]); ++i) {
    share += masses.mass[i];
    curve.days.push_back(masses.to[i]);
    curve.share.push_back(std::min(share, 1.0));
  }
  return curve;
}

}  // namespace ketensim::fit

namespace ketensim {

Curve turnbull(std::span<const Observation> observations) { return fit::curve_of(fit::turnbull_masses(observations)); }

}  // namespace ketensim
