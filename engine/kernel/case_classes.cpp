#include "engine/kernel/case_classes.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace ketensim {
CaseClasses::CaseClasses(const std::vector<const When*>& conditions, const ChainNames& names) {
  for (const When* when : conditions)
    for (const Condition& condition : *when)
      if (rows_.emplace(condition.attribute, rows_.size()).second)
        add(*names.attribute(condition.attribute), conditions);
}

/// Values that the same conditions allow are one group.
void CaseClasses::add(const ChainNames::Attribute& attribute, const std::vector<const When*>& conditions) {
  std::set<std::set<std::string>> allowed;
  for (const When* when : conditions)
    for (const Condition& condition : *when)
      if (condition.attribute == attribute.name) allowed.emplace(condition.values.begin(), condition.values.end());
  std::unordered_map<std::string, std::vector<std::size_t>> allowed_by;
  std::size_t number = 0;
  for (const std::set<std::string>& values : allowed) {
    for (const std::string& value : values) allowed_by[value].push_back(number);
    ++number;
  }
  Groups groups{attribute.name, {}, {}};
  std::map<std::vector<std::size_t>, std::size_t> known;
  const auto place = [&](const std::string& value) {
    const auto [at, is_new] = known.emplace(allowed_by[value], known.size());
    if (is_new) groups.examples.push_back(value);
    groups.group_of.emplace(value, at->second);
  };
  for (const std::string& value : attribute.values) place(value);
  if (!attribute.always_drawn) place("");
  attributes_.push_back(std::move(groups));
}

double CaseClasses::count() const {
  double product = 1.0;
  for (const Groups& groups : attributes_) product *= static_cast<double>(groups.examples.size());
  return product;
}

bool CaseClasses::advance(Class& at) const {
  for (std::size_t i = 0; i < at.size(); ++i) {
    if (++at[i] < attributes_[i].examples.size()) return true;
    at[i] = 0;
  }
  return false;
}

bool CaseClasses::hold(const When& when, const Class& at) const {
  return std::all_of(when.begin(), when.end(), [&](const Condition& condition) {
    const std::size_t row = rows_.find(condition.attribute)->second;
    const std::string& value = attributes_[row].examples[at[row]];
    return std::find(condition.values.begin(), condition.values.end(), value) != condition.values.end();
  });
}

const Branch* CaseClasses::branch(const std::vector<Branch>& branches, const Class& at) const {
  const auto taken =
      std::find_if(branches.begin(), branches.end(), [&](const Branch& branch) { return hold(branch.when, at); });
  return taken == branches.end() ? nullptr : &*taken;
}

/// Whether the class does not look at the attribute, or has that value in its group.
bool CaseClasses::contains(const Class& at, const std::string& attribute, const std::string& value) const {
  const auto row = rows_.find(attribute);
  return row == rows_.end() || attributes_[row->second].group_of.find(value)->second == at[row->second];
}

double CaseClasses::share(const AttributeShares& stream, const Class& at) const {
  for (const Groups& groups : attributes_)
    if (!stream.draws(groups.attribute) && !contains(at, groups.attribute, "")) return 0.0;
  return stream.share(
      [&](const std::string& attribute, const std::string& value) { return contains(at, attribute, value); });
}

double CaseClasses::share_of_value(const AttributeShares& stream, const Class& at, const std::string& attribute,
                                   const std::string& value) const {
  if (!stream.draws(attribute, value)) return 0.0;
  const double with_value = stream.share([&](const std::string& drawn, const std::string& drawn_value) {
    return contains(at, drawn, drawn_value) && (drawn != attribute || drawn_value == value);
  });
  return with_value > 0.0 ? with_value / share(stream, at) : 0.0;
}

std::string CaseClasses::describe(const Class& at) const {
  std::string text;
  for (std::size_t i = 0; i < at.size(); ++i) {
    const std::string& value = attributes_[i].examples[at[i]];
    text += (i == 0 ? "" : ", ") +
            (value.empty() ? "no " + attributes_[i].attribute : attributes_[i].attribute + ": " + value);
  }
  return text;
}

}  // namespace ketensim
