#pragma once

#include "engine/kernel/model.hpp"
#include "ketensim/flows.hpp"

namespace ketensim {

/// How many cases went one way in a replication. Places are numbered as the steps are; then comes outside, and outside
/// for who comes in again.
struct WayCount {
  std::uint32_t from = 0, to = 0, count = 0;
};

/// Counts ways: most steps lead to few others, so that only ways that someone went have a place, in a table that is
/// searched from where the key is hashed to (Knuth 1998, "Sorting and Searching", 6.4). Memory grows with new ways
/// only.
class WayCounter {
 public:
  void count(std::uint32_t from, std::uint32_t to) {
    const std::uint64_t key = (std::uint64_t{from} << 32 | to) + 1;  // 0: a free place
    for (std::size_t at = key * kMultiplier >> shift_;; at = (at + 1) & (places_.size() - 1)) {
      if (places_[at].key == key) {
        ++places_[at].count;
        return;
      }
      if (places_[at].key != 0) continue;
      add(key, at);
      return;
    }
  }
  /// All counts are 0 again.
  void clear() {
    for (Place& place : places_) place.count = 0;
  }
  /// Those that someone went.
  std::vector<WayCount> counted() const;

 private:
  struct Place {
    std::uint64_t key = 0;
    std::uint32_t count = 0;
  };
  static constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15u;  // 2^64 over the golden ratio
  void add(std::uint64_t key, std::size_t at);

  std::vector<Place> places_ = std::vector<Place>(64);  // a power of two, at most half of them taken
  unsigned shift_ = 58;                                 // 64 less its logarithm
  std::size_t taken_ = 0;
};

/// Those of all replications, by their names.
Flows gather_flows(const Model& model, const std::vector<std::vector<WayCount>>& replications);

}  // namespace ketensim
