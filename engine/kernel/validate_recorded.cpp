// Arrivals that were recorded.
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>

#include "engine/kernel/validation.hpp"

namespace ketensim {
namespace {

constexpr std::size_t kMostSaid = 10;  // of the families of one stream

std::string text(Date day) {
  const std::chrono::year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

Date day_of(double moment) { return Date{std::chrono::days{static_cast<int>(std::floor(moment))}}; }

std::set<std::string_view> values_of(const Stream::Attribute& attribute) {
  std::set<std::string_view> values;
  const auto add = [&](const Stream::Shares& shares) {
    for (const auto& [value, share] : shares) values.insert(value);
  };
  add(attribute.shares);
  for (const auto& [given, shares] : attribute.by_value) add(shares);
  return values;
}

/// The values that each recorded attribute may have; nothing if one is unknown.
std::vector<std::set<std::string_view>> known_values(const Keys& at, const Stream& stream, Findings& findings) {
  std::vector<std::set<std::string_view>> known;
  std::vector<std::string> drawn;
  for (const Stream::Attribute& attribute : stream.attributes) drawn.push_back(attribute.name);
  std::set<std::string> listed;
  for (const std::string& name : stream.recorded_attributes) {
    const auto row = std::find(drawn.begin(), drawn.end(), name);
    if (row == drawn.end())
      findings.unknown(at, "recorded attribute", name, drawn);
    else
      known.push_back(values_of(stream.attributes[static_cast<std::size_t>(row - drawn.begin())]));
    if (!listed.insert(name).second) findings.error(at, fmt::format("`{}` is recorded twice", name));
  }
  if (known.size() < stream.recorded_attributes.size()) known.clear();
  return known;
}

/// What is wrong with a family; empty if nothing.
std::string problem_of(const Stream& stream, const Stream::Recorded& family,
                       const std::vector<std::set<std::string_view>>& known) {
  if (family.children < 1 || family.children > Stream::kLargestFamily)
    return fmt::format("a family has 1 to {} children, not {}", Stream::kLargestFamily, family.children);
  if (family.values.size() != stream.recorded_attributes.size())
    return fmt::format("{} values for {} recorded attributes", family.values.size(), stream.recorded_attributes.size());
  for (std::size_t c = 0; c < known.size(); ++c)
    if (!family.values[c].empty() && !known[c].count(family.values[c]))
      return fmt::format("`{}` is no value of {}", family.values[c], stream.recorded_attributes[c]);
  return "";
}

}  // namespace

void check_recorded(const Keys& at, const Stream& stream, Findings& findings) {
  const std::vector<std::set<std::string_view>> known = known_values(at, stream, findings);
  const std::size_t before = findings.errors();
  double last = -1e9, on_that_day = 0.0;
  for (std::size_t i = 0; i < stream.recorded->size() && findings.errors() - before < kMostSaid; ++i) {
    const Stream::Recorded& family = (*stream.recorded)[i];
    const std::string who = fmt::format("recorded family {}", i + 1);
    if (!(std::abs(family.moment) <= 1e6)) {
      findings.error(at, fmt::format("{}: its moment is no number of days since 1970", who));
      continue;
    }
    if (const std::string problem = problem_of(stream, family, known); !problem.empty())
      findings.error(at, who + ": " + problem);
    if (family.moment < last) findings.error(at, fmt::format("{} comes before the one listed before it", who));
    on_that_day = std::floor(family.moment) == std::floor(last) ? on_that_day + 1.0 : 1.0;
    if (on_that_day == kMostFamiliesPerDay + 1.0)
      findings.error(at, fmt::format("more than {:.0f} families on {}: more than the engine can tell apart",
                                     kMostFamiliesPerDay, text(day_of(family.moment))));
    last = family.moment;
  }
}

/// A few quiet days are no end: of families that come at random, seven mean intervals without one have a chance of
/// 0.1%, and over a long weekend hardly any come.
void check_recorded_period(const Stream& stream, Date origin, Date end, Findings& findings) {
  constexpr double kQuietIntervals = 7.0, kQuietDays = 5.0;
  const Keys at = Keys("arrivals") / stream.id / "recorded";
  const double from = static_cast<double>(origin.time_since_epoch().count()),
               until = static_cast<double>(end.time_since_epoch().count());
  double first = until, last = from, count = 0.0;
  for (const Stream::Recorded& family : *stream.recorded) {
    if (family.moment < from || family.moment >= until) continue;
    first = std::min(first, family.moment);
    last = family.moment;
    ++count;
  }
  if (count == 0.0) {
    findings.warning(at,
                     fmt::format("no family is recorded between {} and {}: nobody arrives", text(origin), text(end)));
    return;
  }
  const double quiet = kQuietDays + kQuietIntervals * (last - first) / count;
  if (first - from > quiet)
    findings.warning(at, fmt::format("the recorded arrivals begin on {}: nobody arrives from {} until then",
                                     text(day_of(first)), text(origin)));
  if (until - last > quiet)
    findings.warning(at, fmt::format("the recorded arrivals end on {}: nobody arrives from then until {}",
                                     text(day_of(last)), text(end)));
}

}  // namespace ketensim
