#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/kernel/attribute_shares.hpp"
#include "engine/kernel/chain_names.hpp"

namespace ketensim {

/// Conditions tell cases apart by their attributes; a class is a combination of attribute values as far as a number of
/// conditions tell them apart. All attributes must be known.
class CaseClasses {
 public:
  using When = std::vector<Condition>;
  CaseClasses(const std::vector<const When*>& conditions, const ChainNames& names);

  /// How many there are: perhaps too many to walk through.
  double count() const;

  /// For each attribute that a condition looks at, a group of values.
  using Class = std::vector<std::size_t>;
  Class first() const { return Class(attributes_.size()); }
  bool advance(Class& at) const;  // to the next; false after the last

  /// Whether all conditions hold for a case of the class.
  bool hold(const When& when, const Class& at) const;
  /// The branch that a case of the class takes, or null.
  const Branch* branch(const std::vector<Branch>& branches, const Class& at) const;
  /// The share of a stream's children who are in the class.
  double share(const AttributeShares& stream, const Class& at) const;
  /// The share of the stream's children of that class whose attribute has this value.
  double share_of_value(const AttributeShares& stream, const Class& at, const std::string& attribute,
                        const std::string& value) const;
  /// `urgency: crisis, municipality: GM0141`: an example of the class, for people.
  std::string describe(const Class& at) const;

 private:
  struct Groups {
    std::string attribute;
    std::vector<std::string> examples;  // one value of each group; empty: the attribute was not drawn
    std::unordered_map<std::string, std::size_t> group_of;  // by value, those not drawn included
  };
  bool contains(const Class& at, const std::string& attribute, const std::string& value) const;
  void add(const ChainNames::Attribute& attribute, const std::vector<const When*>& conditions);

  std::unordered_map<std::string, std::size_t> rows_;
  std::vector<Groups> attributes_;
};

}  // namespace ketensim
