#pragma once

#include <Random123/philox.h>

#include <cstdint>

#include "engine/kernel/block.hpp"

namespace ketensim {

/// What a draw is for. Part of its key: never renumber, or every result changes.
enum class Purpose : std::uint32_t {
  arrival = 0,
  family = 1,
  service = 2,
  transfer = 3,
  patience = 4,
  returning = 5,
  together = 6,
  outcome = 7,
  staff = 8,
  dispersion = 9,
  plan = 10,
  siblings = 11,
};

/// The draws of one replication: a pure function of (seed, replication, case, place, visit, purpose) by Philox4x32-10
/// (Salmon, Moraes, Dror and Shaw 2011). No state: calls may come in any order, from any thread.
class Draws {
 public:
  Draws(std::uint64_t seed, std::uint64_t replication) {
    const std::uint64_t mixed = mix(mix(seed) + replication);
    key_.v[0] = static_cast<std::uint32_t>(mixed);
    key_.v[1] = static_cast<std::uint32_t>(mixed >> 32);
  }

  /// `place` is the tag of a step (0: the chain as a whole); `visit` the n-th time there, from 0.
  Block at(std::uint64_t case_id, std::uint32_t place, std::uint32_t visit, Purpose purpose) const {
    philox4x32_ctr_t counter;
    counter.v[0] = static_cast<std::uint32_t>(case_id);
    counter.v[1] = static_cast<std::uint32_t>(case_id >> 32);
    counter.v[2] = place;
    counter.v[3] = visit << 8 | static_cast<std::uint32_t>(purpose);
    const philox4x32_ctr_t out = philox4x32_R(10, counter, key_);
    return {{out.v[0], out.v[1], out.v[2], out.v[3]}};
  }

 private:
  /// A bijection of 64-bit integers (Steele, Lea and Flood 2014, SplitMix64): distinct replications of a seed have
  /// distinct keys.
  static std::uint64_t mix(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
  }

  philox4x32_key_t key_;
};

}  // namespace ketensim
