#include "engine/experiment/allocation_space.hpp"

#include <algorithm>

#include "engine/kernel/chain_names.hpp"

namespace ketensim {
namespace {

constexpr std::size_t kMostLooked = 100'000;  // limits may leave few allocations among many

}  // namespace

std::vector<std::string> owners_of(const Chain& chain, const std::string& pool) {
  std::vector<std::string> owners{pool.substr(0, pool.find('.'))};
  if (const Organisation* group = ChainNames(chain).group_of(owners.front())) owners.push_back(group->id);
  return owners;
}

AllocationSpace::AllocationSpace(const Scenario& scenario, const std::vector<std::string>& pools,
                                 const std::vector<AllocationLimit>& limits)
    : pools_(pools.size()) {
  for (const AllocationLimit& limit : limits) {
    limits_.push_back({{}, limit.most});
    for (std::size_t p = 0; p < pools.size(); ++p) {
      const std::vector<std::string> owners = owners_of(scenario.chain, pools[p]);
      if (std::find(owners.begin(), owners.end(), limit.organisation) != owners.end())
        limits_.back().pools.push_back(p);
    }
  }
}

bool AllocationSpace::allows(const Allocation& units) const {
  return std::all_of(limits_.begin(), limits_.end(), [&](const Limit& limit) {
    int sum = 0;
    for (const std::size_t pool : limit.pools) sum += units[pool];
    return sum <= limit.most;
  });
}

std::vector<Allocation> AllocationSpace::one_more(const Allocation& units) const {
  std::vector<Allocation> more;
  for (std::size_t p = 0; p < pools_; ++p) {
    Allocation next = units;
    ++next[p];
    if (allows(next)) more.push_back(std::move(next));
  }
  return more;
}

std::vector<Allocation> AllocationSpace::one_moved(const Allocation& units) const {
  std::vector<Allocation> moved;
  for (std::size_t from = 0; from < pools_; ++from) {
    if (units[from] == 0) continue;
    for (std::size_t to = 0; to < pools_; ++to) {
      Allocation next = units;
      --next[from];
      ++next[to];
      if (to != from && allows(next)) moved.push_back(std::move(next));
    }
  }
  return moved;
}

int AllocationSpace::room(int enough) const {
  // An organisation lies wholly within its group: units that find a place are never in another's way.
  Allocation units(pools_, 0);
  for (int placed = 0; placed < enough; ++placed) {
    const std::vector<Allocation> more = one_more(units);
    if (more.empty()) return placed;
    units = more.front();
  }
  return enough;
}

bool AllocationSpace::spread(Allocation& units, std::size_t pool, int left, Listing& into) const {
  if (++into.looked > kMostLooked) return false;
  if (pool + 1 == pools_) {
    units[pool] = left;
    if (allows(units)) into.found.push_back(units);
    units[pool] = 0;
    return into.found.size() <= into.most;
  }
  for (int here = 0; here <= left; ++here) {
    units[pool] = here;
    if (allows(units) && !spread(units, pool + 1, left - here, into)) return false;
  }
  units[pool] = 0;
  return true;
}

std::optional<std::vector<Allocation>> AllocationSpace::all(int amount, std::size_t most) const {
  Listing listing{{}, most};
  Allocation units(pools_, 0);
  if (pools_ == 0 || !spread(units, 0, amount, listing)) return std::nullopt;
  return listing.found;
}

}  // namespace ketensim
