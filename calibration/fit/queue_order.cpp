// Who was started next, and by which rule that was likeliest.
#include "calibration/fit/queue_order.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <span>

#include "calibration/fit/special.hpp"

namespace ketensim::fit {
namespace {

using std::size_t;

constexpr size_t kFewestChoices = 30;
constexpr double kInOrder = 0.95;  // share in order of receipt from which a queue tells of starts that are not known
constexpr std::ptrdiff_t kNearest = 3;
constexpr double kMostUnknown = 0.1;  // share of the cases that may lack an attribute's value

/// A case of the queue, in whole days.
struct Waiting {
  int received, left;  // `left`: it was started, or withdrew
  bool started;
  std::vector<std::int32_t> values;  // of the attributes looked at
};

/// A day with starts, and who was left waiting at its end of those received earlier.
struct Choice {
  std::vector<const Waiting*> started, left;
};

/// A rule: first by the value of an attribute (its position among those looked at), then by receipt.
struct Rule {
  int attribute = -1;
  std::vector<int> ranks{};  // by value
  FittedOrder::Rule within = FittedOrder::Rule::received;

  std::pair<int, int> key(const Waiting& of) const {
    const int rank = attribute < 0 ? 0 : ranks[static_cast<size_t>(of.values[static_cast<size_t>(attribute)])];
    switch (within) {
      case FittedOrder::Rule::received:
        return {rank, of.received};
      case FittedOrder::Rule::last_received:
        return {rank, -of.received};
      default:
        return {rank, 0};
    }
  }
};

/// Attributes of few values that nearly every case has.
std::vector<size_t> attributes_of(const Monitor& monitor, const std::vector<Stay>& stays, size_t most_values) {
  std::vector<size_t> result;
  for (size_t a = 0; a < monitor.attributes.size(); ++a) {
    std::map<std::int32_t, size_t> counts;
    for (const Stay& stay : stays) ++counts[monitor.value(static_cast<size_t>(stay.visit), a)];
    const size_t unknown = counts.contains(kUnknown) ? counts[kUnknown] : 0;
    counts.erase(kUnknown);
    if (static_cast<double>(unknown) > kMostUnknown * static_cast<double>(stays.size())) continue;
    if (counts.size() > 1 && counts.size() <= most_values) result.push_back(a);
  }
  return result;
}

std::vector<Waiting> queue_of(const Monitor& monitor, const std::vector<Stay>& stays,
                              const std::vector<size_t>& attributes) {
  std::vector<Waiting> queue;
  for (const Stay& stay : stays) {
    const Moment& left = stay.withdrawn ? stay.freed : stay.started;
    if (!stay.claim_seen || !stay.received.known() || !(left.known() || left.open())) continue;
    Waiting waiting{static_cast<int>(std::floor(stay.received.earliest)),
                    static_cast<int>(std::floor(left.earliest)),
                    !stay.withdrawn && left.known(),
                    {}};
    bool known = true;
    for (const size_t a : attributes) {
      waiting.values.push_back(monitor.value(static_cast<size_t>(stay.visit), a));
      known &= waiting.values.back() >= 0;
    }
    if (known) queue.push_back(std::move(waiting));
  }
  return queue;
}

std::vector<Choice> choices_of(const std::vector<Waiting>& queue) {
  std::vector<const Waiting*> by_receipt, by_start;
  for (const Waiting& of : queue) {
    by_receipt.push_back(&of);
    if (of.started) by_start.push_back(&of);
  }
  std::stable_sort(by_receipt.begin(), by_receipt.end(),
                   [](const Waiting* a, const Waiting* b) { return a->received < b->received; });
  std::stable_sort(by_start.begin(), by_start.end(),
                   [](const Waiting* a, const Waiting* b) { return a->left < b->left; });
  std::vector<Choice> choices;
  std::vector<const Waiting*> left;
  size_t next = 0;
  for (size_t i = 0, end = 0; i < by_start.size(); i = end) {
    const int day = by_start[i]->left;
    while (next < by_receipt.size() && by_receipt[next]->received < day) left.push_back(by_receipt[next++]);
    std::erase_if(left, [&](const Waiting* of) { return of->left <= day; });
    for (end = i; end < by_start.size() && by_start[end]->left == day;) ++end;
    if (left.empty()) continue;
    choices.push_back(
        {{by_start.begin() + static_cast<std::ptrdiff_t>(i), by_start.begin() + static_cast<std::ptrdiff_t>(end)},
         left});
  }
  return choices;
}

/// Values by how often one of each was started while one of another, received earlier, was left.
std::vector<int> ranks_by_jumps(const std::vector<Choice>& choices, size_t attribute, size_t values) {
  std::vector<std::vector<double>> jumps(values, std::vector<double>(values));
  for (const Choice& choice : choices)
    for (const Waiting* start : choice.started)
      for (const Waiting* other : choice.left)
        if (other->received < start->received)
          jumps[static_cast<size_t>(start->values[attribute])][static_cast<size_t>(other->values[attribute])] += 1.0;
  std::vector<double> score(values);
  for (size_t a = 0; a < values; ++a)
    for (size_t b = 0; b < values; ++b)
      if (const double both = jumps[a][b] + jumps[b][a]; a != b && both > 0.0)
        score[a] += (jumps[a][b] - jumps[b][a]) / both;
  std::vector<int> order(values), ranks(values);
  for (size_t a = 0; a < values; ++a) order[a] = static_cast<int>(a);
  std::stable_sort(order.begin(), order.end(),
                   [&](int a, int b) { return score[static_cast<size_t>(a)] > score[static_cast<size_t>(b)]; });
  for (size_t place = 0; place < values; ++place) ranks[static_cast<size_t>(order[place])] = static_cast<int>(place);
  return ranks;
}

/// One start of who was received earlier, under a rule: whether it kept to it, of how many it was one of the best, and
/// among how many.
struct Kept {
  bool kept;
  double best, all;
};

std::vector<Kept> held_against(const std::vector<Choice>& choices, const Rule& rule) {
  std::vector<Kept> result;
  for (const Choice& choice : choices) {
    std::pair<int, int> first = rule.key(*choice.left[0]);
    double best = 0.0;
    for (const Waiting* other : choice.left) {
      const auto key = rule.key(*other);
      if (key < first) first = key, best = 0.0;
      best += key == first;
    }
    const double all = static_cast<double>(choice.left.size()) + 1.0;
    for (const Waiting* start : choice.started) {
      // Of those received on the day itself nobody knows who could have started, had it been their turn.
      if (start->received == start->left) continue;
      const auto key = rule.key(*start);
      result.push_back({key <= first, key < first ? 1.0 : best + 1.0, all});
    }
  }
  return result;
}

/// The log-likelihood at the best chance of keeping to the rule: it is concave in that chance.
double log_likelihood_of(const std::vector<Kept>& starts) {
  const auto slope = [&](double p) {
    double total = 0.0;
    for (const Kept& s : starts) {
      const double rises = s.kept ? 1.0 / s.best : 0.0;
      total += (rises - 1.0 / s.all) / (p * rises + (1.0 - p) / s.all);
    }
    return total;
  };
  double low = 0.0, high = 1.0 - 1e-6;
  if (slope(high) > 0.0) low = high;
  for (int i = 0; i < 40 && high - low > 1e-9; ++i) {
    const double middle = (low + high) / 2.0;
    (slope(middle) > 0.0 ? low : high) = middle;
  }
  double total = 0.0;
  for (const Kept& s : starts) total += std::log((s.kept ? low / s.best : 0.0) + (1.0 - low) / s.all);
  return total;
}

/// Of so many choices so many kept to the rule: Jeffreys' interval.
Estimate share_of(size_t kept, size_t all) {
  if (all == 0) return {};
  const double a = static_cast<double>(kept) + 0.5, b = static_cast<double>(all - kept) + 0.5;
  const double share = static_cast<double>(kept) / static_cast<double>(all), mean = a / (a + b);
  return {share, std::sqrt(mean * (1.0 - mean) / (a + b + 1.0)), std::min(share, beta_quantile(a, b, 0.025)),
          std::max(share, beta_quantile(a, b, 0.975)), all};
}

/// How far the values of the rule were kept to, and receipt among equals.
void measure(const std::vector<Choice>& choices, const Rule& rule, FittedOrder& order) {
  size_t kept = 0, with_choice = 0, in_order = 0, among_equals = 0;
  for (const Choice& choice : choices)
    for (const Waiting* start : choice.started) {
      bool differs = false, best = true, equals = false, first = true;
      for (const Waiting* other : choice.left) {
        const int own = rule.key(*start).first, others = rule.key(*other).first;
        differs |= own != others;
        best &= own <= others;
        if (own != others) continue;
        equals = true;
        first &= start->received <= other->received;
      }
      with_choice += differs;
      kept += differs && best;
      among_equals += equals;
      in_order += equals && first;
    }
  if (rule.attribute >= 0) order.strictness = share_of(kept, with_choice);
  order.in_order = share_of(in_order, among_equals);
}

std::string name_of(const Monitor& monitor, const std::vector<size_t>& attributes, const Rule& rule) {
  const char* within = rule.within == FittedOrder::Rule::received        ? "received"
                       : rule.within == FittedOrder::Rule::last_received ? "last received"
                                                                         : "random";
  if (rule.attribute < 0) return within;
  return fmt::format("{}, {}", monitor.attributes[attributes[static_cast<size_t>(rule.attribute)]], within);
}

std::vector<Rule> rules_of(const Monitor& monitor, const std::vector<Choice>& choices,
                           const std::vector<size_t>& attributes) {
  constexpr std::array kWithin{FittedOrder::Rule::received, FittedOrder::Rule::last_received,
                               FittedOrder::Rule::random};
  std::vector<Rule> rules;
  for (const FittedOrder::Rule within : kWithin) rules.push_back({-1, {}, within});
  for (size_t a = 0; a < attributes.size(); ++a) {
    const std::vector<int> ranks = ranks_by_jumps(choices, a, monitor.attribute_values[attributes[a]].size());
    for (const FittedOrder::Rule within : kWithin) rules.push_back({static_cast<int>(a), ranks, within});
  }
  return rules;
}

/// The values that occur, the first served first.
std::vector<std::int32_t> ranked_values(const std::vector<Waiting>& queue, const Rule& rule) {
  std::map<int, std::int32_t> by_rank;
  for (const Waiting& of : queue) by_rank[rule.key(of).first] = of.values[static_cast<size_t>(rule.attribute)];
  std::vector<std::int32_t> values;
  for (const auto& [rank, value] : by_rank) values.push_back(value);
  return values;
}

}  // namespace

FittedOrder fit_order(const Monitor& monitor, const std::vector<Stay>& stays, std::size_t most_values) {
  FittedOrder order;
  const std::vector<size_t> attributes = attributes_of(monitor, stays, most_values);
  const std::vector<Waiting> queue = queue_of(monitor, stays, attributes);
  const std::vector<Choice> choices = choices_of(queue);
  size_t starts = 0;
  for (const Choice& choice : choices)
    starts += static_cast<size_t>(std::count_if(choice.started.begin(), choice.started.end(),
                                                [](const Waiting* of) { return of->received < of->left; }));
  if (starts < kFewestChoices) return order;
  double lowest = Observation::kInfinity;
  Rule best;
  for (const Rule& rule : rules_of(monitor, choices, attributes)) {
    const bool chance = rule.attribute < 0 && rule.within == FittedOrder::Rule::random;
    const size_t parameters = rule.attribute < 0 ? (chance ? 0 : 1) : ranked_values(queue, rule).size();
    const double bic = -2.0 * log_likelihood_of(held_against(choices, rule)) +
                       static_cast<double>(parameters) * std::log(static_cast<double>(starts));
    order.bic.emplace_back(name_of(monitor, attributes, rule), bic);
    if (bic >= lowest) continue;
    lowest = bic;
    best = rule;
  }
  order.rule = best.within;
  if (best.attribute >= 0) {
    order.attribute = static_cast<std::int32_t>(attributes[static_cast<size_t>(best.attribute)]);
    order.values = ranked_values(queue, best);
  }
  measure(choices, best, order);
  return order;
}

namespace {

/// When those of one value were received and started, by receipt.
using Started = std::vector<std::pair<double, double>>;

double middle_start(const Started& of, std::ptrdiff_t begin, double otherwise) {
  if (begin < 0 || begin + kNearest > static_cast<std::ptrdiff_t>(of.size())) return otherwise;
  std::array<double, static_cast<size_t>(kNearest)> starts{};
  for (std::ptrdiff_t i = 0; i < kNearest; ++i)
    starts[static_cast<size_t>(i)] = of[static_cast<size_t>(begin + i)].second;
  std::nth_element(starts.begin(), starts.begin() + kNearest / 2, starts.end());
  return starts[static_cast<size_t>(kNearest / 2)];
}

}  // namespace

void narrow_starts(const Monitor& monitor, const FittedOrder& order, std::vector<Stay>& stays) {
  if (order.rule != FittedOrder::Rule::received || !(order.in_order.estimate >= kInOrder)) return;
  const auto value_of = [&](const Stay& stay) {
    return order.attribute < 0 ? 0
                               : monitor.value(static_cast<size_t>(stay.visit), static_cast<size_t>(order.attribute));
  };
  std::map<std::int32_t, Started> started;
  for (const Stay& stay : stays)
    if (stay.claim_seen && !stay.withdrawn && stay.received.known() && (stay.started.known() || stay.started.open()))
      started[value_of(stay)].emplace_back(stay.received.earliest, stay.started.earliest);
  for (auto& [value, of] : started) std::sort(of.begin(), of.end());
  for (Stay& stay : stays) {
    if (!stay.claim_seen || stay.withdrawn || !stay.received.known() || stay.started.known() || stay.started.open())
      continue;
    const Started& of = started[value_of(stay)];
    const auto at = [&](double received) {
      return std::lower_bound(of.begin(), of.end(), std::pair(received, -Moment::kInfinity)) - of.begin();
    };
    const double earliest = middle_start(of, at(stay.received.earliest) - kNearest, stay.started.earliest);
    const double latest = middle_start(of, at(stay.received.latest), stay.started.latest) + 1.0;
    const Moment narrower{std::max(stay.started.earliest, earliest), std::min(stay.started.latest, latest)};
    if (narrower.earliest < narrower.latest) stay.started = narrower;
  }
}

}  // namespace ketensim::fit
