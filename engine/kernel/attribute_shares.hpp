#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "ketensim/scenario.hpp"

namespace ketensim {

/// How the attributes of a stream's children go together: as they are drawn, one given another; of recorded families,
/// as they were recorded, and drawn where they were not.
class AttributeShares {
 public:
  /// Of recorded families those within [from, until) count, in days since 1970-01-01.
  AttributeShares(const Stream& stream, double from, double until);

  bool draws(const std::string& attribute) const { return rows_.count(attribute) > 0; }
  bool draws(const std::string& attribute, const std::string& value) const;
  /// Combinations of recorded values that are told apart: the work of share() is in proportion. 1 without any.
  std::size_t kinds() const { return kinds_.size(); }

  /// The share of the children all of whose values are allowed, by `allowed(attribute, value)`.
  template <class Allowed>
  double share(Allowed allowed) const {
    std::vector<std::vector<double>> weights(attributes_.size());
    for (std::size_t a = 0; a < attributes_.size(); ++a)
      for (const std::string& value : attributes_[a].values)
        weights[a].push_back(allowed(attributes_[a].name, value) ? 1.0 : 0.0);
    return share_of(weights);
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  struct Attribute {
    std::string name;
    std::vector<std::string> values;
    std::size_t given = kNone;                // row of the attribute on whose value the shares depend
    std::vector<std::vector<double>> shares;  // lists of shares, by value
    std::vector<std::size_t> list_for;        // per value of `given`: which of these lists; without it one for all
  };
  /// Families that agree in what was recorded of them.
  struct Kind {
    double weight = 1.0;
    std::vector<std::size_t> recorded;  // per attribute a value, or kNone
  };

  void add(const Stream::Attribute& drawn);
  void add_kinds(const Stream& stream, double from, double until);
  double share_of(const std::vector<std::vector<double>>& weights) const;
  double share_of(const Kind& kind, std::vector<std::vector<double>> weights) const;

  std::vector<Attribute> attributes_;  // in the order in which they are drawn
  std::unordered_map<std::string, std::size_t> rows_;
  std::vector<Kind> kinds_;
};

}  // namespace ketensim
