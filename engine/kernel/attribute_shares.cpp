#include "engine/kernel/attribute_shares.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace ketensim {

AttributeShares::AttributeShares(const Stream& stream, double from, double until) {
  for (const Stream::Attribute& drawn : stream.attributes) add(drawn);
  if (stream.recorded) add_kinds(stream, from, until);
  if (kinds_.empty()) kinds_.push_back({1.0, std::vector<std::size_t>(attributes_.size(), kNone)});
}

void AttributeShares::add(const Stream::Attribute& drawn) {
  Attribute attribute{drawn.name, {}, kNone, {}, {}};
  std::unordered_map<std::string, std::size_t> index;
  const auto list = [&](const Stream::Shares& shares) {
    std::vector<double>& by_value = attribute.shares.emplace_back();
    for (const auto& [value, share] : shares) {
      const auto [at, is_new] = index.emplace(value, attribute.values.size());
      if (is_new) attribute.values.push_back(value);
      by_value.resize(attribute.values.size());
      by_value[at->second] = share;
    }
  };
  list(drawn.shares);
  if (!drawn.given.empty()) {
    attribute.given = rows_.find(drawn.given)->second;
    const std::vector<std::string>& given = attributes_[attribute.given].values;
    attribute.list_for.resize(given.size());
    for (const auto& [value, shares] : drawn.by_value) {
      const auto at = std::find(given.begin(), given.end(), value);
      if (at != given.end()) attribute.list_for[static_cast<std::size_t>(at - given.begin())] = attribute.shares.size();
      list(shares);
    }
  }
  for (std::vector<double>& shares : attribute.shares) shares.resize(attribute.values.size());
  rows_.emplace(drawn.name, attributes_.size());
  attributes_.push_back(std::move(attribute));
}

bool AttributeShares::draws(const std::string& attribute, const std::string& value) const {
  const auto row = rows_.find(attribute);
  if (row == rows_.end()) return false;
  const std::vector<std::string>& values = attributes_[row->second].values;
  return std::find(values.begin(), values.end(), value) != values.end();
}

void AttributeShares::add_kinds(const Stream& stream, double from, double until) {
  std::map<std::vector<std::size_t>, double> children;
  double total = 0.0;
  for (const Stream::Recorded& family : *stream.recorded) {
    if (family.moment < from || family.moment >= until) continue;
    std::vector<std::size_t> recorded(attributes_.size(), kNone);
    for (std::size_t c = 0; c < stream.recorded_attributes.size(); ++c) {
      if (family.values[c].empty()) continue;
      const std::size_t row = rows_.find(stream.recorded_attributes[c])->second;
      const std::vector<std::string>& values = attributes_[row].values;
      recorded[row] =
          static_cast<std::size_t>(std::find(values.begin(), values.end(), family.values[c]) - values.begin());
    }
    children[std::move(recorded)] += family.children;
    total += family.children;
  }
  for (const auto& [recorded, count] : children) kinds_.push_back({count / total, recorded});
}

double AttributeShares::share_of(const std::vector<std::vector<double>>& weights) const {
  double sum = 0.0;
  for (const Kind& kind : kinds_) sum += kind.weight * share_of(kind, weights);
  return sum;
}

/// From the attribute drawn last to the first: what the values of one leave open weighs on the value that it is given.
double AttributeShares::share_of(const Kind& kind, std::vector<std::vector<double>> weights) const {
  double product = 1.0;
  for (std::size_t a = attributes_.size(); a-- > 0;) {
    const Attribute& attribute = attributes_[a];
    if (kind.recorded[a] != kNone) {
      product *= weights[a][kind.recorded[a]];
      continue;
    }
    const auto expected = [&](const std::vector<double>& shares) {
      return std::inner_product(shares.begin(), shares.end(), weights[a].begin(), 0.0);
    };
    if (attribute.given == kNone) {
      product *= expected(attribute.shares.front());
      continue;
    }
    std::vector<double> by_list;
    for (const std::vector<double>& shares : attribute.shares) by_list.push_back(expected(shares));
    for (std::size_t v = 0; v < attribute.list_for.size(); ++v)
      weights[attribute.given][v] *= by_list[attribute.list_for[v]];
  }
  return product;
}

}  // namespace ketensim
