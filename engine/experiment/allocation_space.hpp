#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ketensim/allocate.hpp"

namespace ketensim {

/// The allocations that the limits allow.
class AllocationSpace {
 public:
  AllocationSpace(const Scenario& scenario, const std::vector<std::string>& pools,
                  const std::vector<AllocationLimit>& limits);

  bool allows(const Allocation& units) const;
  /// With one unit more at a pool, where that is allowed.
  std::vector<Allocation> one_more(const Allocation& units) const;
  /// With one unit moved from one pool to another, where that is allowed.
  std::vector<Allocation> one_moved(const Allocation& units) const;
  /// The most units that can be placed, up to `enough`.
  int room(int enough) const;
  /// All allocations of `amount` units; none if they are more than `most`, or hard to list.
  std::optional<std::vector<Allocation>> all(int amount, std::size_t most) const;

 private:
  struct Limit {
    std::vector<std::size_t> pools;
    int most;
  };
  struct Listing {
    std::vector<Allocation> found;
    std::size_t most, looked = 0;
  };
  /// Spreads what is left over this pool and those after it; false if that takes too many.
  bool spread(Allocation& units, std::size_t pool, int left, Listing& into) const;

  std::size_t pools_;
  std::vector<Limit> limits_;
};

/// The organisation of a pool that is named in full, and the group of which that is a member: empty if none.
std::vector<std::string> owners_of(const Chain& chain, const std::string& pool);

}  // namespace ketensim
