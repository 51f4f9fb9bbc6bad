// Distributions, routes and interventions: what the tables of the engine describe.
#include <algorithm>

#include "ketensim/distribution.hpp"
#include "ketensim/intervention.hpp"
#include "scenarios/loader/build.hpp"
#include "scenarios/loader/quantities.hpp"

namespace ketensim::loader {
namespace {

double days_of(const Node& node, Distribution& distribution) {
  const Reading<Duration> duration = read_duration(node.text);
  if (!duration) return 0.0;
  distribution.working_days |= duration.value->working;
  return duration.value->days;
}

void take_parameter(const Key& key, const Node& node, Distribution& distribution) {
  if (key.type == ValueType::duration)
    distribution.parameters[std::string(key.name)] = days_of(node, distribution);
  else if (const Reading<double> number = read_number(node.text))
    distribution.parameters[std::string(key.name)] = *number.value;
}

void take_weight(const Node* node, Distribution& distribution) {
  const Reading<double> weight = node ? read_number(node->text) : Reading<double>(1.0);
  distribution.weights.push_back(weight ? *weight.value : 1.0);
}

void take_figures(const DistributionKind& kind, const Node& node, Distribution& distribution) {
  switch (kind.form) {
    case DistributionForm::scalar:
      take_parameter(kind.keys.front(), node, distribution);
      return;
    case DistributionForm::parameters:
      for (const Key& key : kind.keys)
        if (const Node* value = node.find(key.name)) take_parameter(key, *value, distribution);
      return;
    case DistributionForm::bounds:
      for (const Node& bound : node.items) distribution.points.push_back(days_of(bound, distribution));
      return;
    case DistributionForm::points: {
      const Node* values = node.is_list() ? &node : node.find("values");
      if (values)
        for (const Node& value : values->items) distribution.points.push_back(days_of(value, distribution));
      if (const Node* weights = node.find("weights"))
        for (const Node& weight : weights->items) take_weight(&weight, distribution);
      return;
    }
    case DistributionForm::parts:
      for (const Node& part : node.items) {
        distribution.parts.push_back(build_distribution(part));
        distribution.working_days |= distribution.parts.back().working_days;
        take_weight(part.find("weight"), distribution);
      }
      return;
  }
}

Settings build_settings(std::span<const Key> keys, const Node& node);

template <class T>
void take(Settings& settings, const Key& key, const Reading<T>& reading) {
  if (reading) settings.values.emplace(key.name, *reading.value);
}

void take_changes(Settings& settings, const std::string& name, const Node& node) {
  std::vector<Change> range;
  for (const Node& item : node.items)
    if (const Reading<Change> change = read_change(item.text)) range.push_back(*change.value);
  if (node.is_list())
    settings.values.emplace(name, std::move(range));
  else if (const Reading<Change> change = read_change(node.text))
    settings.values.emplace(name, *change.value);
}

void take_setting(Settings& settings, const Key& key, const Node& node) {
  const std::string name(key.name);
  switch (key.type) {
    case ValueType::text:
    case ValueType::step:
    case ValueType::pool:
    case ValueType::stream:
    case ValueType::word:
      if (node.is_scalar()) settings.values.emplace(name, node.text);
      return;
    case ValueType::boolean:
      if (node.text == "true" || node.text == "false") settings.values.emplace(name, node.text == "true");
      return;
    case ValueType::count_or_all:
      if (node.text == "all")
        settings.values.emplace(name, node.text);
      else
        take(settings, key, read_number(node.text));
      return;
    case ValueType::integer:
    case ValueType::number:
      take(settings, key, read_number(node.text));
      return;
    case ValueType::share:
      take(settings, key, read_share(node.text));
      return;
    case ValueType::duration:
      take(settings, key, read_duration(node.text));
      return;
    case ValueType::rate:
      take(settings, key, read_rate(node.text));
      return;
    case ValueType::growth:
      take(settings, key, read_growth(node.text));
      return;
    case ValueType::date:
      take(settings, key, read_date(node.text));
      return;
    case ValueType::change:
      take_changes(settings, name, node);
      return;
    case ValueType::conditions:
      settings.values.emplace(name, build_conditions(node));
      return;
    case ValueType::steps:
    case ValueType::order:
      settings.values.emplace(name, build_texts(node));
      return;
    case ValueType::options:
    case ValueType::routes:
      settings.values.emplace(name, build_targets(node));
      return;
    case ValueType::group:
      settings.values.emplace(name, build_settings(key.group, node));
      return;
  }
}

Settings build_settings(std::span<const Key> keys, const Node& node) {
  Settings settings;
  for (const Key& key : keys)
    if (const Node* value = node.find(key.name)) take_setting(settings, key, *value);
  return settings;
}

}  // namespace

Distribution build_distribution(const Node& node) {
  Distribution distribution;
  for (const DistributionKind& kind : distribution_kinds()) {
    const Node* figures = node.find(kind.name);
    if (!figures) continue;
    distribution.kind = kind.name;
    take_figures(kind, *figures, distribution);
    break;
  }
  return distribution;
}

std::vector<Target> build_targets(const Node& node) {
  if (node.is_scalar()) return {Target{node.text, 1.0, std::nullopt}};
  std::vector<Target> targets;
  for (const Node& item : node.items)
    targets.push_back({item.text, 1.0 / static_cast<double>(node.items.size()), std::nullopt});
  for (const Entry& entry : node.entries) {
    Target target{entry.key, 0.0, std::nullopt};
    const Node* share = entry.value.is_map() ? entry.value.find("share") : &entry.value;
    if (share)
      if (const Reading<double> reading = read_share(share->text)) target.share = *reading.value;
    if (const Node* after = entry.value.find("after")) target.after = build_distribution(*after);
    targets.push_back(std::move(target));
  }
  return targets;
}

std::vector<Condition> build_conditions(const Node& node) {
  std::vector<Condition> conditions;
  for (const Entry& entry : node.entries)
    conditions.push_back(
        {entry.key, entry.value.is_scalar() ? std::vector{entry.value.text} : build_texts(entry.value)});
  return conditions;
}

std::vector<std::string> build_texts(const Node& list) {
  std::vector<std::string> texts;
  for (const Node& item : list.items) texts.push_back(item.text);
  return texts;
}

std::vector<Intervention> build_interventions(const Node& list) {
  std::vector<Intervention> interventions;
  for (const Node& item : list.items) {
    Intervention intervention;
    for (const InterventionKind& kind : intervention_kinds())
      if (const Node* settings = item.find(kind.name)) {
        intervention.kind = kind.name;
        intervention.settings = build_settings(kind.keys, *settings);
        intervention.settings.values.merge(build_settings(common_intervention_keys(), *settings).values);
        break;
      }
    interventions.push_back(std::move(intervention));
  }
  return interventions;
}

}  // namespace ketensim::loader
