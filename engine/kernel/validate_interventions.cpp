#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "engine/kernel/compilation.hpp"
#include "engine/kernel/validation.hpp"
#include "engine/policies/interventions/rules.hpp"

namespace ketensim {
namespace {

using std::chrono::days;

/// Checks the settings of one intervention against the keys of its kind.
class SettingsCheck {
 public:
  SettingsCheck(const Scenario& scenario, const ChainNames& names, bool sound_period, Findings& findings)
      : scenario_(scenario), names_(names), sound_period_(sound_period), findings_(findings) {}

  void check(const Keys& at, std::span<const Key> keys, const Settings& settings) {
    std::vector<std::string> known;
    for (const Key& key : keys) known.emplace_back(key.name);
    for (const auto& [name, value] : settings.values)
      if (std::find(known.begin(), known.end(), name) == known.end()) findings_.unknown(at / name, "key", name, known);
    for (const Key& key : keys) {
      const auto given = settings.values.find(key.name);
      if (given != settings.values.end())
        check_value(at / std::string(key.name), key, given->second, settings);
      else if (key.required)
        findings_.error(at, fmt::format("`{}` is missing: {}", key.name, key.meaning));
    }
    check_order_of_dates(at, settings);
  }

 private:
  /// The value as a T, or null with an error.
  template <class T>
  const T* as(const Keys& at, const char* expected, const Value& value) {
    const T* typed = std::get_if<T>(&value);
    if (!typed) findings_.error(at, fmt::format("this must be {}", expected));
    return typed;
  }

  void check_value(const Keys& at, const Key& key, const Value& value, const Settings& settings) {
    switch (key.type) {
      case ValueType::text:
        as<std::string>(at, "text", value);
        return;
      case ValueType::boolean:
        as<bool>(at, "true or false", value);
        return;
      case ValueType::count_or_all:
        if (const auto* text = std::get_if<std::string>(&value); text && *text == "all") return;
        check_count(at, "a whole number or `all`", value);
        return;
      case ValueType::integer:
        check_count(at, "a whole number", value);
        return;
      case ValueType::number:
        check_number(at, "a number", value, -1e9, 1e9);
        return;
      case ValueType::share:
        check_number(at, "a share", value, 0.0, 1.0);
        return;
      case ValueType::rate:
        check_number(at, "a rate", value, 0.0, 1e9);
        return;
      case ValueType::growth:
        check_number(at, "growth per year", value, -0.99, 100.0);
        return;
      case ValueType::duration:
        if (const auto* duration = as<Duration>(at, "a duration", value))
          findings_.within(at, "a duration in days", duration->days, 0.0, 1000.0 * kDaysPerYear);
        return;
      case ValueType::date:
        if (const auto* date = as<Date>(at, "a date", value)) check_date(at, key.name, *date);
        return;
      case ValueType::change:
        check_changes(at, value, settings);
        return;
      case ValueType::conditions:
        if (const auto* when = as<std::vector<Condition>>(at, "attributes with their values", value))
          check_conditions(at, *when, names_, findings_);
        return;
      case ValueType::word:
        check_word(at, key, value);
        return;
      case ValueType::step:
        check_step(at, value);
        return;
      case ValueType::pool:
        if (const auto* pool = as<std::string>(at, "the name of a pool", value); pool && !names_.pool(*pool))
          findings_.unknown(at, "pool", *pool, names_.all_pools());
        return;
      case ValueType::stream:
        check_stream(at, value);
        return;
      case ValueType::steps:
        if (const auto* steps = as<std::vector<std::string>>(at, "a list of steps", value)) {
          if (steps->empty()) findings_.error(at, "name at least one step");
          for (std::size_t i = 0; i < steps->size(); ++i) check_step(at / i, (*steps)[i]);
        }
        return;
      case ValueType::order:
        if (const auto* order = as<std::vector<std::string>>(at, "a list of orders", value))
          check_order(at, *order, names_, findings_);
        return;
      case ValueType::options:
      case ValueType::routes:
        if (const auto* targets = as<std::vector<Target>>(at, "steps with their shares", value))
          check_targets(at, *targets, names_, findings_);
        return;
      case ValueType::group:
        if (const auto* group = as<Settings>(at, "a group of keys", value)) check(at, key.group, *group);
        return;
    }
  }

  void check_number(const Keys& at, const char* expected, const Value& value, double least, double most) {
    if (const auto* number = as<double>(at, expected, value)) findings_.within(at, "this", *number, least, most);
  }

  void check_count(const Keys& at, const char* expected, const Value& value) {
    const auto* count = as<double>(at, expected, value);
    if (count && findings_.within(at, "a number of cases or slots", *count, 0.0, 1e9) && *count != std::floor(*count))
      findings_.error(at, fmt::format("this must be {}, not {}", expected, *count));
  }

  void check_word(const Keys& at, const Key& key, const Value& value) {
    const auto* word = as<std::string>(at, "a word", value);
    if (!word) return;
    std::vector<std::string> known;
    for (const Word& row : key.words) known.emplace_back(row.name);
    if (std::find(known.begin(), known.end(), *word) == known.end()) findings_.unknown(at, "word", *word, known);
  }

  void check_changes(const Keys& at, const Value& value, const Settings& settings) {
    const auto* range = std::get_if<std::vector<Change>>(&value);
    if (!range) {
      if (const auto* change = as<Change>(at, "a change, such as +20%", value)) check_change(at, *change, settings);
      return;
    }
    if (range->empty()) findings_.error(at, "name at least one change");
    for (std::size_t i = 0; i < range->size(); ++i) {
      check_change(at / i, (*range)[i], settings);
      if (std::find(range->begin(), range->begin() + static_cast<std::ptrdiff_t>(i), (*range)[i]) !=
          range->begin() + static_cast<std::ptrdiff_t>(i))
        findings_.error(at / i, "this change is listed twice");
    }
  }

  void check_step(const Keys& at, const Value& value) {
    if (const auto* step = as<std::string>(at, "the name of a step", value); step && !names_.step(*step))
      findings_.unknown(at, "step", *step, names_.all_steps(false));
  }

  void check_stream(const Keys& at, const Value& value) {
    const auto* name = as<std::string>(at, "the name of an arrival stream", value);
    if (!name) return;
    std::vector<std::string> known;
    for (const Stream& stream : scenario_.chain.streams) known.push_back(stream.id);
    if (std::find(known.begin(), known.end(), *name) == known.end())
      findings_.unknown(at, "arrival stream", *name, known);
  }

  void check_date(const Keys& at, std::string_view key, Date date) {
    if (!sound_period_) return;
    const Period& period = scenario_.period;
    const Date first = origin_of(scenario_);
    const bool exclusive = key == "until";  // may be the end itself
    if (date < first)
      findings_.error(at, scenario_.state ? "this lies before the simulation begins (the day after the snapshot)"
                                          : "this lies before the simulation begins (start less warm-up)");
    else if (date > period.end || (date == period.end && !exclusive))
      findings_.error(at, "this lies past the end of the simulation");
  }

  void check_order_of_dates(const Keys& at, const Settings& settings) {
    const auto from = settings.values.find("from"), until = settings.values.find("until");
    if (from == settings.values.end() || until == settings.values.end()) return;
    const Date *first = std::get_if<Date>(&from->second), *last = std::get_if<Date>(&until->second);
    if (first && last && *last <= *first)
      findings_.error(at / "until", "`until` must come after `from` (it is the first day on which it no longer holds)");
  }

  /// A change to a pool if there is a key `pool` beside it, otherwise to a figure that can only be scaled.
  void check_change(const Keys& at, const Change& change, const Settings& settings) {
    using Kind = Change::Kind;
    const bool adds = change.kind == Kind::add_slots || change.kind == Kind::add_fte;
    if (change.kind == Kind::factor && change.amount < 0.0)
      findings_.error(at, fmt::format("a cut of {:.6g}% is more than everything", 100.0 * (1.0 - change.amount)));
    else if (change.kind == Kind::factor && change.amount == 0.0 && settings.has("step"))
      findings_.error(at, "a service cannot take no time at all: give a smaller cut");
    else if (!findings_.within(at, "a change", change.amount, adds ? -1e8 : 0.0, 1e8) || change.kind == Kind::factor)
      return;
    else if (const auto pool = settings.values.find("pool"); pool == settings.values.end())
      findings_.error(at, "only a pool can change by slots or fte: give a percentage or a factor");
    else if (const auto* name = std::get_if<std::string>(&pool->second); name && names_.pool(*name))
      check_capacity_change(at, change, *names_.pool(*name), settings);
  }

  void check_capacity_change(const Keys& at, const Change& change, const ChainNames::Place& place,
                             const Settings& settings) {
    using Kind = Change::Kind;
    const Pool& pool = scenario_.chain.pools[place.row];
    const bool in_fte = change.kind == Kind::add_fte || change.kind == Kind::set_fte;
    if (in_fte && !(pool.fte && pool.cases_per_fte)) {
      findings_.error(at, fmt::format("pool {} is given in slots: change it in slots", pool.id));
      return;
    }
    if (change.amount >= 0.0 || findings_.any_error()) return;
    const auto from = settings.values.find("from"), until = settings.values.find("until");
    const Date* first = from == settings.values.end() ? nullptr : std::get_if<Date>(&from->second);
    const Date* last = until == settings.values.end() ? &scenario_.period.end : std::get_if<Date>(&until->second);
    if (!first || !last) return;
    Pool counted = pool;  // so that its "slots" are what the change takes from
    if (in_fte) {
      counted.slots = pool.fte;
      counted.fte.reset();
      counted.leave = {};
      counted.leave_school_holidays = 0.0;
    }
    const double least = least_slots(counted, place.member, *first, *last);
    if (least + std::ceil(change.amount) < 0.0)
      findings_.error(at, fmt::format("this takes {} {} from pool {}, which has no more than {}", -change.amount,
                                      in_fte ? "fte" : "slots", pool.id, least));
  }

  /// The fewest slots of the pool, or of any of its members, within [from, until).
  double least_slots(const Pool& pool, const std::string& member, Date from, Date until) const {
    std::vector<std::string> members{member};
    const Organisation* owner = names_.owner_of(pool.id);
    if (member.empty() && owner && !owner->per.empty()) {
      members.clear();
      for (const auto& [value, name] : owner->members) members.push_back(value);
    }
    const SchoolRegion region = scenario_.period.region;
    std::vector<Date> changes = slot_days(pool, region, from, until);
    changes.push_back(from);
    std::uint32_t least = kUnlimited;
    for (const std::string& m : members)
      for (const Date day : changes) least = std::min(least, slots_on(pool, m, day, region, {}));
    return static_cast<double>(least);
  }

  const Scenario& scenario_;
  const ChainNames& names_;
  const bool sound_period_;
  Findings& findings_;
};

}  // namespace

void check_interventions(const Scenario& scenario, const ChainNames& names, bool sound_period, Findings& findings) {
  std::vector<std::string> known;
  for (const InterventionKind& kind : intervention_kinds()) known.emplace_back(kind.name);
  for (std::size_t i = 0; i < scenario.interventions.size(); ++i) {
    const Intervention& intervention = scenario.interventions[i];
    const Keys at = Keys("interventions") / i / intervention.kind;
    const auto row = std::find(known.begin(), known.end(), intervention.kind);
    if (row == known.end()) {
      findings.unknown(at, "intervention", intervention.kind, known);
      continue;
    }
    const InterventionKind& kind = intervention_kinds()[static_cast<std::size_t>(row - known.begin())];
    const std::size_t before = findings.errors();
    std::vector<Key> keys(kind.keys.begin(), kind.keys.end());
    keys.insert(keys.end(), common_intervention_keys().begin(), common_intervention_keys().end());
    SettingsCheck(scenario, names, sound_period, findings).check(at, keys, intervention.settings);
    const InterventionRule& rule = *rule_of(intervention.kind);
    if (findings.errors() > before) continue;
    SettingProblems found = cost_problems(intervention);
    if (rule.problems)
      for (auto& problem : rule.problems(intervention.settings, scenario)) found.push_back(std::move(problem));
    for (const auto& [key, message] : found) findings.error(at / key, message);
  }
}

}  // namespace ketensim
