#include "tools/cli/each.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <type_traits>

namespace ketensim::cli {
namespace {

bool same(const Settings& a, const Settings& b);

bool same(const Distribution& a, const Distribution& b) {
  return a.kind == b.kind && a.parameters == b.parameters && a.points == b.points && a.weights == b.weights &&
         a.working_days == b.working_days &&
         std::equal(a.parts.begin(), a.parts.end(), b.parts.begin(), b.parts.end(),
                    [](const Distribution& x, const Distribution& y) { return same(x, y); });
}

bool same(const Target& a, const Target& b) {
  return a.to == b.to && a.share == b.share && a.after.has_value() == b.after.has_value() &&
         (!a.after || same(*a.after, *b.after));
}

bool same(const Value& a, const Value& b) {
  if (a.index() != b.index()) return false;
  return std::visit(
      [&](const auto& left) {
        using Type = std::decay_t<decltype(left)>;
        const Type& right = std::get<Type>(b);
        if constexpr (std::is_same_v<Type, Settings>)
          return same(left, right);
        else if constexpr (std::is_same_v<Type, std::vector<Target>>)
          return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                            [](const Target& x, const Target& y) { return same(x, y); });
        else
          return left == right;
      },
      a);
}

bool same(const Settings& a, const Settings& b) {
  return std::equal(a.values.begin(), a.values.end(), b.values.begin(), b.values.end(),
                    [](const auto& x, const auto& y) { return x.first == y.first && same(x.second, y.second); });
}

bool same(const Intervention& a, const Intervention& b) { return a.kind == b.kind && same(a.settings, b.settings); }

}  // namespace

std::size_t shared_interventions(const Scenario& baseline, const Scenario& alternative) {
  // A file that stands on the baseline's appends its interventions to the baseline's own.
  const auto& all = alternative.interventions;
  const auto own = std::mismatch(all.begin(), all.end(), baseline.interventions.begin(), baseline.interventions.end(),
                                 [](const Intervention& a, const Intervention& b) { return same(a, b); })
                       .first;
  return static_cast<std::size_t>(own - all.begin());
}

std::vector<Scenario> each_alone(const Scenario& baseline, const Scenario& alternative) {
  const auto& all = alternative.interventions;
  const auto own = all.begin() + static_cast<std::ptrdiff_t>(shared_interventions(baseline, alternative));
  std::vector<Scenario> alone;
  if (std::distance(own, all.end()) < 2) return alone;
  for (auto intervention = own; intervention != all.end(); ++intervention) {
    const auto number = std::distance(own, intervention) + 1;
    Scenario scenario = alternative;
    scenario.id = fmt::format("{}-{}-{}", alternative.id, number, intervention->kind);
    scenario.name = fmt::format("{} ({}: {})", alternative.name, number, intervention->kind);
    scenario.interventions.assign(all.begin(), own);
    scenario.interventions.push_back(*intervention);
    alone.push_back(std::move(scenario));
  }
  return alone;
}

}  // namespace ketensim::cli
