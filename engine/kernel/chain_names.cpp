#include "engine/kernel/chain_names.hpp"

#include <algorithm>

#include "engine/kernel/compilation.hpp"

namespace ketensim {

ChainNames::ChainNames(const Chain& chain) : chain_(chain) {
  for (std::size_t i = 0; i < chain.organisations.size(); ++i) {
    organisations_.emplace(chain.organisations[i].id, i);
    for (const auto& [member, name] : chain.organisations[i].members) groups_.emplace(member, i);
  }
  for (std::size_t i = 0; i < chain.pools.size(); ++i) pools_.emplace(chain.pools[i].id, i);
  for (std::size_t i = 0; i < chain.steps.size(); ++i) steps_.emplace(chain.steps[i].id, i);
  for (const Stream& stream : chain.streams)
    for (const Stream::Attribute& drawn : stream.attributes) {
      add_attribute(drawn.name, drawn.shares);
      for (const auto& [value, shares] : drawn.by_value) add_attribute(drawn.name, shares);
    }
  for (const Step& step : chain.steps)
    for (const Outcome& outcome : step.set) add_attribute(outcome.attribute, outcome.shares);
  for (Attribute& attribute : attributes_)
    for (const Stream& stream : chain.streams)
      attribute.always_drawn &= std::any_of(stream.attributes.begin(), stream.attributes.end(),
                                            [&](const Stream::Attribute& a) { return a.name == attribute.name; });
}

void ChainNames::add_attribute(const std::string& name, const std::vector<std::pair<std::string, double>>& shares) {
  const auto [at, is_new] = attribute_rows_.emplace(name, attributes_.size());
  if (is_new) {
    attributes_.emplace_back();
    attributes_.back().name = name;
  }
  Attribute& attribute = attributes_[at->second];
  for (const auto& [value, share] : shares)
    if (attribute.ranks_.emplace(value, attribute.values.size()).second) attribute.values.push_back(value);
}

std::optional<std::size_t> ChainNames::Attribute::rank(const std::string& value) const {
  const auto at = ranks_.find(value);
  return at == ranks_.end() ? std::nullopt : std::optional(at->second);
}

std::optional<ChainNames::Place> ChainNames::find(const Rows& rows, const std::string& name) const {
  if (const auto at = rows.find(name); at != rows.end()) return Place{at->second, ""};
  const std::string member = organisation_part(name);
  const Organisation* group = member == name ? nullptr : group_of(member);
  if (!group) return std::nullopt;
  const auto at = rows.find(group->id + "." + bare_part(name));
  return at == rows.end() ? std::nullopt : std::optional(Place{at->second, member});
}

const Organisation* ChainNames::organisation(const std::string& id) const {
  const auto at = organisations_.find(id);
  return at == organisations_.end() ? nullptr : &chain_.organisations[at->second];
}

const Organisation* ChainNames::group_of(const std::string& member) const {
  const auto at = groups_.find(member);
  return at == groups_.end() ? nullptr : &chain_.organisations[at->second];
}

std::vector<const Organisation*> ChainNames::groups_per(const std::string& attribute) const {
  std::vector<const Organisation*> groups;
  for (const Organisation& organisation : chain_.organisations)
    if (organisation.per == attribute) groups.push_back(&organisation);
  return groups;
}

const Organisation* ChainNames::owner_of(const std::string& step_or_pool) const {
  return organisation(organisation_part(step_or_pool));
}

const ChainNames::Attribute* ChainNames::attribute(const std::string& name) const {
  const auto at = attribute_rows_.find(name);
  return at == attribute_rows_.end() ? nullptr : &attributes_[at->second];
}

std::vector<std::string> ChainNames::all_steps(bool with_out) const {
  std::vector<std::string> names;
  if (with_out) names.push_back("out");
  for (const Step& step : chain_.steps) names.push_back(step.id);
  return names;
}

std::vector<std::string> ChainNames::all_pools() const {
  std::vector<std::string> names;
  for (const Pool& pool : chain_.pools) names.push_back(pool.id);
  return names;
}

std::vector<std::string> ChainNames::all_organisations() const {
  std::vector<std::string> names;
  for (const Organisation& organisation : chain_.organisations) names.push_back(organisation.id);
  return names;
}

std::vector<std::string> ChainNames::all_attributes() const {
  std::vector<std::string> names;
  for (const Attribute& attribute : attributes_) names.push_back(attribute.name);
  return names;
}

}  // namespace ketensim
