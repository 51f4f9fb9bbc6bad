#include <set>
#include <stdexcept>

#include "engine/kernel/compilation.hpp"

namespace ketensim {
namespace {

/// FNV-1a (Fowler, Noll and Vo), 32 bits: the key of a name's draws must not depend on what else the chain holds.
std::uint32_t hash_of(const std::string& name) {
  std::uint32_t hash = 2166136261u;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

}  // namespace

std::vector<std::uint32_t> tags_of(const std::vector<std::string>& names, int bits) {
  const std::uint32_t mask = static_cast<std::uint32_t>((std::uint64_t{1} << bits) - 1);
  std::set<std::uint32_t> taken{0};
  std::vector<std::uint32_t> tags;
  for (const std::string& name : names) {
    std::uint32_t tag = hash_of(name);
    tag = (tag ^ (bits < 32 ? tag >> bits : 0u)) & mask;
    while (!taken.insert(tag).second) tag = (tag + 1) & mask;
    tags.push_back(tag);
  }
  return tags;
}

std::vector<double> cumulative_of(const std::vector<double>& shares) {
  std::vector<double> cumulative;
  double total = 0.0;
  for (const double share : shares) cumulative.push_back(total += share);
  for (double& c : cumulative) c /= total;
  return cumulative;
}

const Organisation& organisation_of(const Chain& chain, const std::string& id) {
  for (const Organisation& organisation : chain.organisations)
    if (organisation.id == organisation_part(id)) return organisation;
  throw std::invalid_argument("unknown organisation of " + id);
}

}  // namespace ketensim
