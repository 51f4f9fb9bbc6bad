#include "calibration/monitor/gaps.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace ketensim::monitor {
namespace {

constexpr int kShortest = 7;     // days; weekends and holidays are no gaps
constexpr int kAround = 26 * 7;  // days on either side
constexpr double kChance = 1e-6;

using Counts = std::vector<int>;  // received per day of the window

/// What came around [from, until), per day, over the dispersion of the weekly counts.
double effective_rate(const Counts& counts, int from, int until, double& rate) {
  const int size = static_cast<int>(counts.size());
  double sum = 0.0, squares = 0.0;
  int weeks = 0;
  const auto add_week = [&](int begin) {
    double week = 0.0;
    for (int day = begin; day < begin + 7; ++day) week += counts[static_cast<std::size_t>(day)];
    sum += week;
    squares += week * week;
    ++weeks;
  };
  for (int end = from; end - 7 >= std::max(0, from - kAround); end -= 7) add_week(end - 7);
  for (int begin = until; begin + 7 <= std::min(size, until + kAround); begin += 7) add_week(begin);
  rate = 0.0;
  if (weeks < 4) return 0.0;
  const double mean = sum / weeks;
  if (mean == 0.0) return 0.0;
  const double variance = std::max(0.0, (squares - sum * mean) / (weeks - 1));
  rate = mean / 7;
  return rate / std::max(1.0, variance / mean);
}

void add_gaps(const Counts& counts, const Monitor& monitor, Gap gap, std::vector<Gap>& gaps) {
  const int size = static_cast<int>(counts.size());
  for (int from = 0, until = 0; from < size; from = until + 1) {
    for (until = from; until < size && counts[static_cast<std::size_t>(until)] == 0;) ++until;
    if (until - from < kShortest || until - from == size) continue;
    double rate = 0.0;
    const double expected = effective_rate(counts, from, until, rate) * (until - from);
    if (std::exp(-expected) * size >= kChance) continue;
    gap.from = monitor.from + std::chrono::days(from);
    gap.until = monitor.from + std::chrono::days(until);
    gap.expected = rate * (until - from);
    gaps.push_back(gap);
  }
}

bool covered(const Gap& gap, const std::vector<Gap>& by, std::size_t size) {
  return std::any_of(by.begin(), by.begin() + static_cast<std::ptrdiff_t>(size), [&](const Gap& whole) {
    return whole.organisation == gap.organisation && whole.step == kUnknown && gap.from < whole.until &&
           whole.from < gap.until;
  });
}

}  // namespace

std::vector<Gap> find_gaps(const Monitor& monitor) {
  std::map<std::int32_t, Counts> by_organisation;
  std::map<std::pair<std::int32_t, std::int32_t>, Counts> by_step;
  const auto days = static_cast<std::size_t>((monitor.until - monitor.from).count());
  const double origin = static_cast<double>(monitor.from.time_since_epoch().count());
  for (const MonitorVisit& visit : monitor.visits) {
    if (visit.organisation == kUnknown) continue;
    Counts& whole = by_organisation[visit.organisation];
    Counts& step = by_step[{visit.organisation, visit.step}];
    whole.resize(days);
    step.resize(days);
    const double day = std::floor(visit.received.earliest - origin);
    if (!(day >= 0 && day < static_cast<double>(days))) continue;
    ++whole[static_cast<std::size_t>(day)];
    ++step[static_cast<std::size_t>(day)];
  }
  std::vector<Gap> gaps, of_steps;
  for (const auto& [organisation, counts] : by_organisation)
    add_gaps(counts, monitor, {organisation, kUnknown, {}, {}, 0.0}, gaps);
  for (const auto& [key, counts] : by_step) add_gaps(counts, monitor, {key.first, key.second, {}, {}, 0.0}, of_steps);
  const std::size_t whole = gaps.size();
  for (const Gap& gap : of_steps)
    if (!covered(gap, gaps, whole)) gaps.push_back(gap);
  return gaps;
}

}  // namespace ketensim::monitor
