// What interventions leave as it was, on random chains.
#include <fmt/core.h>

#include <cmath>
#include <limits>
#include <set>

#include "tests/determinism/bits.hpp"
#include "tests/properties/any_chain.hpp"
#include "tests/support/chain_text.hpp"

namespace ketensim {
namespace {

using namespace support;

/// A moment that has come by then; NaN otherwise.
double known_at(double moment, double now) { return moment < now ? moment : std::numeric_limits<double>::quiet_NaN(); }

/// What had happened before `moment`.
std::vector<LoggedVisit> before(const Watched& run, double moment) {
  std::vector<LoggedVisit> visits;
  for (LoggedVisit visit : sorted_visits(run)) {
    if (!(visit.received < moment)) continue;
    visit.started = known_at(visit.started, moment);
    visit.ended = known_at(visit.ended, moment);
    if (!visit.is_over()) {
      visit.withdrawn = false;
      visit.next = Visit::kUndecided;
      visit.values.clear();
    }
    visits.push_back(std::move(visit));
  }
  return visits;
}

/// Which figure of a period that ends by `until` differs.
std::string figures_before(const Watched& a, const Watched& b, Date until) {
  const std::size_t periods = a.layout.periods.size();
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    const ReportedPeriod& period = a.layout.periods[i % periods];
    if (period.until > until || same_bits({a.values[i]}, {b.values[i]})) continue;
    const Figure& figure = a.layout.figures[i / periods];
    return fmt::format("{}.{} {} of {}: {} and {}", figure.organisation, figure.step,
                       indicator_kinds()[figure.indicator].name, period.label, a.values[i], b.values[i]);
  }
  return {};
}

/// What interventions of one kind must differ in, for their order not to matter.
std::set<std::string> places(const Settings& settings) {
  std::set<std::string> found;
  for (const auto& [key, value] : settings.values) {
    if (const auto* text = std::get_if<std::string>(&value)) found.insert(*text);
    if (const auto* list = std::get_if<std::vector<std::string>>(&value); list && key == "steps")
      found.insert(list->begin(), list->end());
  }
  return found;
}

/// Kinds that change the same thing of a place.
std::string_view subject(const Intervention& intervention) {
  if (intervention.kind == "choose") return "routing";
  if (intervention.kind == "reserve") return "capacity";  // which may keep its slots for some
  return intervention.kind;
}

bool may_be_swapped(const Intervention& a, const Intervention& b) {
  if (subject(a) != subject(b)) return true;
  const std::set<std::string> first = places(a.settings), second = places(b.settings);
  if (first.empty() || second.empty()) return false;  // of the whole chain
  return std::none_of(first.begin(), first.end(), [&](const std::string& place) { return second.count(place) > 0; });
}

// Those who need a card of a limit start at the end of the moment, which may turn round the order in which the waits of
// one moment are summed: then figures agree up to rounding.
RC_GTEST_PROP(Interventions, ThatChangeNothingChangeNothingBitForBit, (const AnyChain& chain)) {
  Chance chance = chain.chance();
  Scenario changed = chain.scenario;
  double rounding = 0.0;
  for (int count = chance.between(1, 3); count > 0; --count) {
    const auto& kinds = random_kinds();
    const RandomKind& kind = kinds[static_cast<std::size_t>(chance.between(0, static_cast<int>(kinds.size()) - 1))];
    auto neutral = neutral_intervention(chance, changed, kind);
    if (!neutral) continue;
    if (kind.name == "wip_limit") rounding = 1e-12;
    changed.interventions.insert(changed.interventions.begin(), std::move(*neutral));
  }
  const std::string found = difference(*watch(chain.scenario), *watch(changed), rounding);
  if (!found.empty()) RC_FAIL(found + "\n" + written(changed));
}

RC_GTEST_PROP(Interventions, ChangeNothingBeforeTheyBegin, (const AnyChain& chain)) {
  Chance chance = chain.chance();
  const Date from = random_day(chance, chain.scenario);
  const auto& kinds = random_kinds();
  const RandomKind& kind = kinds[static_cast<std::size_t>(chance.between(0, static_cast<int>(kinds.size()) - 1))];
  const auto added = random_intervention(chance, chain.scenario, kind, from);
  RC_PRE(added.has_value());
  Scenario changed = chain.scenario;
  changed.interventions.push_back(*added);

  const auto plain = watch(chain.scenario), with = watch(changed);
  const std::vector<LoggedVisit> a = before(*plain, plain->moment(from)), b = before(*with, with->moment(from));
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    if (!same_visits({a[i]}, {b[i]}))
      RC_FAIL(written(*added) + "\n" + in_words(*plain, a[i]) + "\n" + in_words(*with, b[i]));
  if (a.size() != b.size()) RC_FAIL(fmt::format("{}\n{} visits and {}", written(*added), a.size(), b.size()));
  const std::string found = figures_before(*plain, *with, from);
  if (!found.empty()) RC_FAIL(written(*added) + "\n" + found);
}

// Two interventions on one subject may contradict each other at one place, and then the one listed last decides. All
// others may stand in any order.
RC_GTEST_PROP(Interventions, AtDifferentPlacesCommute, (const AnyChain& chain)) {
  Chance chance = chain.chance();
  Scenario shuffled = chain.scenario;
  std::vector<Intervention>& list = shuffled.interventions;
  for (int swaps = 20; swaps > 0 && list.size() > 1; --swaps) {
    const auto i = static_cast<std::size_t>(chance.between(0, static_cast<int>(list.size()) - 2));
    if (may_be_swapped(list[i], list[i + 1])) std::swap(list[i], list[i + 1]);
  }
  const std::string found = difference(*watch(chain.scenario), *watch(shuffled));
  if (!found.empty()) RC_FAIL(found + "\n" + written(shuffled));
}

}  // namespace
}  // namespace ketensim
