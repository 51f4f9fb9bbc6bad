#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ketensim/chain.hpp"

namespace ketensim {

/// What the names in a chain stand for. Of two things with one name the first counts.
class ChainNames {
 public:
  explicit ChainNames(const Chain& chain);

  /// A step or pool: its row in the chain, and, where a member's own name was given (GM0141.access), that member.
  struct Place {
    std::size_t row;
    std::string member;
  };
  std::optional<Place> step(const std::string& name) const { return find(steps_, name); }
  std::optional<Place> pool(const std::string& name) const { return find(pools_, name); }

  /// The organisation with this id, members of `per:` organisations apart; null if there is none.
  const Organisation* organisation(const std::string& id) const;
  /// The `per:` organisation of which `id` is a member, or null.
  const Organisation* group_of(const std::string& member) const;
  /// The organisations with one member for each value of the attribute.
  std::vector<const Organisation*> groups_per(const std::string& attribute) const;
  /// The organisation of a step or pool that is in the chain.
  const Organisation* owner_of(const std::string& step_or_pool) const;

  struct Attribute {
    std::string name;
    std::vector<std::string> values;  // by rank: in the order in which streams, then steps, list them first
    bool always_drawn = true;         // by every stream
    std::optional<std::size_t> rank(const std::string& value) const;

   private:
    friend class ChainNames;
    std::unordered_map<std::string, std::size_t> ranks_;
  };
  const std::vector<Attribute>& attributes() const { return attributes_; }
  const Attribute* attribute(const std::string& name) const;

  // Known names, to suggest one for a name that is unknown.
  std::vector<std::string> all_steps(bool with_out) const;
  std::vector<std::string> all_pools() const;
  std::vector<std::string> all_organisations() const;
  std::vector<std::string> all_attributes() const;

 private:
  using Rows = std::unordered_map<std::string, std::size_t>;
  std::optional<Place> find(const Rows& rows, const std::string& name) const;
  void add_attribute(const std::string& name, const std::vector<std::pair<std::string, double>>& shares);

  const Chain& chain_;
  Rows steps_, pools_, organisations_, groups_, attribute_rows_;
  std::vector<Attribute> attributes_;
};

}  // namespace ketensim
