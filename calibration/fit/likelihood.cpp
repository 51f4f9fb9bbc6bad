#include "calibration/fit/likelihood.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <tuple>

#include "calibration/fit/special.hpp"

namespace ketensim::fit {
namespace {

constexpr double kMinusInfinity = -std::numeric_limits<double>::infinity();
constexpr double kKeysPerDay = 1 << 24;  // places closer than that are one

struct GaussNode {
  double place, weight;  // on (-1, 1); weights add up to 2
};
constexpr std::array kTwoNodes{GaussNode{-0.5773502691896257, 1.0}, GaussNode{0.5773502691896257, 1.0}};
constexpr std::array kThreeNodes{GaussNode{-0.7745966692414834, 5.0 / 9.0}, GaussNode{0.0, 8.0 / 9.0},
                                 GaussNode{0.7745966692414834, 5.0 / 9.0}};
constexpr std::array kEightNodes{
    GaussNode{-0.9602898564975363, 0.1012285362903763}, GaussNode{-0.7966664774136267, 0.2223810344533745},
    GaussNode{-0.5255324099163290, 0.3137066458778873}, GaussNode{-0.1834346424956498, 0.3626837833783620},
    GaussNode{0.1834346424956498, 0.3626837833783620},  GaussNode{0.5255324099163290, 0.3137066458778873},
    GaussNode{0.7966664774136267, 0.2223810344533745},  GaussNode{0.9602898564975363, 0.1012285362903763}};

/// Many nodes where the distribution begins, few where it is as good as straight within the panel.
std::span<const GaussNode> rule_for(double panels_from_beginning) {
  if (panels_from_beginning < 2.0) return kEightNodes;
  if (panels_from_beginning < 8.0) return kThreeNodes;
  return kTwoNodes;
}

/// Calls visit(start, weight) for starts spread over `blur` days, for intervals that begin at `lower`; in panels of
/// at most `longest` days.
template <class Visit>
void for_starts(double blur, double lower, double longest, bool even, const Visit& visit) {
  if (!(blur > 0.0)) return visit(0.0, 1.0);
  const int panels = std::clamp(static_cast<int>(std::ceil(blur / longest - 1e-9)), 1, 100);
  const double width = blur / panels;
  for (int panel = 0; panel < panels; ++panel) {
    const double middle = (panel + 0.5) * width;
    const std::span<const GaussNode> rule = even ? kThreeNodes : rule_for((lower - middle) / width);
    for (const GaussNode& node : rule) visit(middle + node.place * width / 2.0, node.weight / (2.0 * panels));
  }
}

std::int64_t key_of(double days) { return std::llround(days * kKeysPerDay); }

auto order_of(const Datum& d) {
  const Observation& o = d.observation;
  return std::tie(d.part, d.worsened, d.years, o.lower, o.upper, o.entry, o.blur);
}

/// The median of what is known of the durations.
double typical_of(const std::vector<Datum>& data) {
  std::vector<double> ends;
  for (const Datum& d : data) ends.push_back(d.observation.over() ? d.observation.upper : d.observation.lower);
  if (ends.empty()) return 0.0;
  std::nth_element(ends.begin(), ends.begin() + static_cast<std::ptrdiff_t>(ends.size() / 2), ends.end());
  return ends[ends.size() / 2];
}

/// Durations known to the second, or long ones known to the day, would each be a place of their own: bounds move
/// outward to a grid of a 250th of a typical duration, which blurs the spread of durations by less than a
/// ten-thousandth. Returns what the true, shorter intervals take off the log-likelihood, so that clocks with other
/// grids can be compared.
double coarsen(std::vector<Datum>& data, double typical) {
  const double grid = typical / 250.0;
  double loss = 0.0;
  if (!(grid > 0.0)) return loss;
  for (Datum& d : data) {
    Observation& o = d.observation;
    if (o.blur >= grid || (o.over() && o.upper - o.lower >= grid)) continue;
    const double start = o.blur / 2.0;
    o.blur = 0.0;
    o.entry = std::floor(std::max(0.0, o.entry - start) / grid) * grid;
    o.lower = std::max(o.entry, o.lower - start);
    o.upper -= start;
    if (o.over()) {
      const double length = o.upper - o.lower;
      o.lower = std::floor(o.lower / grid) * grid;
      o.upper = std::max(std::ceil(o.upper / grid) * grid, o.lower + grid);
      loss += d.count * std::log(length / (o.upper - o.lower));
    } else {
      o.lower = std::max(o.entry, std::round(o.lower / grid) * grid);
    }
  }
  return loss;
}

std::vector<Datum> grouped(std::vector<Datum> data) {
  std::stable_sort(data.begin(), data.end(), [](const Datum& a, const Datum& b) { return order_of(a) < order_of(b); });
  std::vector<Datum> groups;
  for (const Datum& d : data) {
    if (!groups.empty() && order_of(groups.back()) == order_of(d))
      groups.back().count += d.count;
    else
      groups.push_back(d);
  }
  return groups;
}

}  // namespace

/// The logarithm of something and its slopes by the logarithm of the mean and by each shape.
struct Likelihood::Term {
  double log_value = kMinusInfinity;
  std::array<double, 1 + kMostShapes> slope{};

  /// Adds e^log_term, with its own slopes.
  void add(double log_term, const std::array<double, 1 + kMostShapes>& by) {
    if (log_term == kMinusInfinity) return;
    const double total = log_add(log_value, log_term);
    const double before = std::exp(log_value - total), now = std::exp(log_term - total);
    for (std::size_t i = 0; i < slope.size(); ++i) slope[i] = before * slope[i] + now * by[i];
    log_value = total;
  }
};

Likelihood::Likelihood(std::vector<Datum> data, Nodes nodes) {
  const double typical = typical_of(data);
  longest_panel_ = std::max(1.0, typical / 10.0);
  loss_ = coarsen(data, typical);
  data_ = grouped(std::move(data));
  std::vector<Place> raw;
  for (const Datum& d : data_) {
    const Pattern pattern{d.part, d.worsened, d.years};
    if (patterns_.empty() || !(patterns_.back() == pattern)) patterns_.push_back(pattern);
    add_places(d, static_cast<std::int32_t>(patterns_.size()) - 1, nodes, raw);
    cases_ += d.count;
  }
  // So far each node refers to raw places of its own: equal ones become one.
  std::vector<std::int32_t> order(raw.size()), place(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) order[i] = static_cast<std::int32_t>(i);
  const auto key = [&](std::int32_t i) {
    const Place& at = raw[static_cast<std::size_t>(i)];
    return std::pair(at.pattern, key_of(at.days));
  };
  std::sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) { return key(a) < key(b); });
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i == 0 || key(order[i]) != key(order[i - 1])) places_.push_back(raw[static_cast<std::size_t>(order[i])]);
    place[static_cast<std::size_t>(order[i])] = static_cast<std::int32_t>(places_.size()) - 1;
  }
  for (Node& node : nodes_)
    for (std::int32_t* at : {&node.lower, &node.upper})
      if (*at != kZero) *at = place[static_cast<std::size_t>(*at)];
}

void Likelihood::add_places(const Datum& datum, std::int32_t pattern, Nodes nodes, std::vector<Place>& raw) {
  const Observation& o = datum.observation;
  const auto place = [&](double days) {
    if (!(days > 0.0) || key_of(days) == 0) return kZero;
    raw.push_back({days, pattern});
    return static_cast<std::int32_t>(raw.size()) - 1;
  };
  Group group{datum.count, pattern, o.over(), static_cast<std::int32_t>(nodes_.size()), 0, 0};
  const bool even = nodes == Nodes::even;
  for_starts(o.blur, o.lower, longest_panel_, even, [&](double start, double weight) {
    const std::int32_t lower = place(o.lower - start);
    nodes_.push_back({weight, lower, o.over() ? place(o.upper - start) : kZero});
    ++group.nodes;
  });
  if (o.entry > 0.0)
    for_starts(o.blur, o.entry, longest_panel_, even, [&](double start, double weight) {
      nodes_.push_back({weight, place(o.entry - start), kZero});
      ++group.entries;
    });
  groups_.push_back(group);
}

std::vector<UnitShares> Likelihood::look_up(const Model& model, const Eigen::VectorXd& p) const {
  std::vector<UnitShares> shares(places_.size());
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const Pattern& pattern = patterns_[static_cast<std::size_t>(places_[i].pattern)];
    double log_mean = p[pattern.part];
    if (model.worsening && pattern.worsened) log_mean += p[model.worsening_at()];
    if (model.trend) log_mean += p[model.trend_at()] * pattern.years;
    model.family->shares(places_[i].days * std::exp(-log_mean), p.data() + model.shape_at(pattern.part), shares[i]);
  }
  return shares;
}

bool Likelihood::evaluate(const Model& model, const Eigen::VectorXd& p, double& value,
                          Eigen::VectorXd& gradient) const {
  const std::vector<UnitShares> shares = look_up(model, p);
  value = loss_;
  gradient.setZero(model.parameters());
  for (const Group& group : groups_)
    if (!add_group(model, group, shares, p, value, gradient)) return false;
  return std::isfinite(value) && gradient.allFinite();
}

std::vector<Likelihood::Places> Likelihood::places(const Model& model, const Eigen::VectorXd& p) const {
  const std::vector<UnitShares> shares = look_up(model, p);
  const auto below = [&](std::int32_t place) {
    return place == kZero ? 0.0 : std::exp(shares[static_cast<std::size_t>(place)].log_below);
  };
  std::vector<Places> all;
  for (const Group& group : groups_) {
    Places of{group.count, {}, {}};
    for (std::int32_t i = group.first; i < group.first + group.nodes + group.entries; ++i) {
      const Node& node = nodes_[static_cast<std::size_t>(i)];
      const bool entry = i >= group.first + group.nodes;
      (entry ? of.seen : of.within)
          .push_back({node.weight, below(node.lower), entry || !group.over ? 1.0 : below(node.upper)});
    }
    all.push_back(std::move(of));
  }
  return all;
}

/// The share above, averaged over the starts; with a share for which it comes at all, of everyone.
Likelihood::Term Likelihood::above(const Model& model, const std::vector<UnitShares>& shares, std::int32_t first,
                                   std::int32_t count, const Eigen::VectorXd& p) const {
  Term term;
  for (std::int32_t i = first; i < first + count; ++i) {
    const Node& node = nodes_[static_cast<std::size_t>(i)];
    std::array<double, 1 + kMostShapes> by{};
    if (node.lower == kZero) {
      term.add(std::log(node.weight), by);
      continue;
    }
    const UnitShares& at = shares[static_cast<std::size_t>(node.lower)];
    by[0] = std::exp(at.log_density - at.log_above);
    for (std::size_t s = 0; s < static_cast<std::size_t>(model.shapes()); ++s) by[s + 1] = at.above[s];
    term.add(std::log(node.weight) + at.log_above, by);
  }
  if (!model.share) return term;
  const double share = natural(Link::logit, p[model.share_at()]);
  Term all;
  all.add(std::log1p(-share), {});
  all.add(std::log(share) + term.log_value, term.slope);
  return all;
}

/// The share within the interval, averaged over the starts: differences of what is below in the lower half, of what is
/// above in the upper, so that neither tail loses its digits.
Likelihood::Term Likelihood::between(const Model& model, const std::vector<UnitShares>& shares,
                                     const Group& group) const {
  Term term;
  const auto own = static_cast<std::size_t>(model.shapes());
  for (std::int32_t i = group.first; i < group.first + group.nodes; ++i) {
    const Node& node = nodes_[static_cast<std::size_t>(i)];
    if (node.upper == kZero) continue;
    const UnitShares& b = shares[static_cast<std::size_t>(node.upper)];
    const UnitShares* a = node.lower == kZero ? nullptr : &shares[static_cast<std::size_t>(node.lower)];
    std::array<double, 1 + kMostShapes> by{};
    double log_share = b.log_below;
    if (a && a->log_above < -std::numbers::ln2) {
      log_share = a->log_above + log1m_exp(b.log_above - a->log_above);
      const double from = std::exp(a->log_above - log_share), to = std::exp(b.log_above - log_share);
      for (std::size_t s = 0; s < own; ++s) by[s + 1] = from * a->above[s] - to * b.above[s];
    } else {
      const double to = a ? std::exp(b.log_below - (log_share += log1m_exp(a->log_below - b.log_below))) : 1.0;
      const double from = a ? std::exp(a->log_below - log_share) : 0.0;
      for (std::size_t s = 0; s < own; ++s) by[s + 1] = to * b.below[s] - (a ? from * a->below[s] : 0.0);
    }
    if (log_share == kMinusInfinity) continue;
    by[0] = (a ? std::exp(a->log_density - log_share) : 0.0) - std::exp(b.log_density - log_share);
    term.add(std::log(node.weight) + log_share, by);
  }
  return term;
}

bool Likelihood::add_group(const Model& model, const Group& group, const std::vector<UnitShares>& shares,
                           const Eigen::VectorXd& p, double& value, Eigen::VectorXd& gradient) const {
  const Pattern& pattern = patterns_[static_cast<std::size_t>(group.pattern)];
  const double share = model.share ? natural(Link::logit, p[model.share_at()]) : 1.0;
  const auto add = [&](const Term& term, double times, bool everyone) {
    value += times * term.log_value;
    gradient[pattern.part] += times * term.slope[0];
    for (int s = 0; s < model.shapes(); ++s)
      gradient[model.shape_at(pattern.part) + s] += times * term.slope[static_cast<std::size_t>(s) + 1];
    if (model.worsening && pattern.worsened) gradient[model.worsening_at()] += times * term.slope[0];
    if (model.trend) gradient[model.trend_at()] += times * term.slope[0] * pattern.years;
    if (!model.share) return;
    // Above, of everyone: 1 - share below, so its logarithm falls with the logit by (1 - share) (1/above - 1).
    gradient[model.share_at()] +=
        everyone ? times * (1.0 - share) * (1.0 - std::exp(-term.log_value)) : times * (1.0 - share);
    if (!everyone) value += times * std::log(share);
  };
  const Term term = group.over ? between(model, shares, group) : above(model, shares, group.first, group.nodes, p);
  if (!std::isfinite(term.log_value)) return false;
  add(term, group.count, !group.over);
  if (group.entries == 0) return true;
  const Term entry = above(model, shares, group.first + group.nodes, group.entries, p);
  if (!std::isfinite(entry.log_value)) return false;
  add(entry, -group.count, true);
  return true;
}

}  // namespace ketensim::fit
