#pragma once

#include <Random123/philox.h>

#include <bit>
#include <cstdint>

namespace ketensim {

/// Identity of a case, the same in every scenario: (day, stream, number on that day) of the candidate process, which
/// child of the family, and how often that child has come back (episode). Packed so that a lower identity arrived
/// earlier.
struct CaseId {
  static constexpr int kEpisodeBits = 8, kSiblingBits = 8, kNumberBits = 18, kStreamBits = 12, kDayBits = 18;
  static constexpr std::uint64_t kEpisodes = 1u << kEpisodeBits;
  static constexpr std::uint64_t kNumbers = 1u << kNumberBits;
  static constexpr std::uint64_t kOfState = 0;  // for a stream (these have other tags): open when the simulation began

  static constexpr std::uint64_t family(std::uint64_t day, std::uint64_t stream, std::uint64_t number) {
    return (((day << kStreamBits) | stream) << kNumberBits | number) << (kSiblingBits + kEpisodeBits);
  }
  static constexpr std::uint64_t child(std::uint64_t family, std::uint64_t sibling) {
    return family | sibling << kEpisodeBits;
  }
  /// Whose draw siblings share who came together; who comes back comes alone.
  static constexpr std::uint64_t together(std::uint64_t id) {
    return episode(id) != 0 ? id : id >> (kSiblingBits + kEpisodeBits) << (kSiblingBits + kEpisodeBits);
  }
  static constexpr std::uint64_t episode(std::uint64_t id) { return id & (kEpisodes - 1); }
  static constexpr std::uint64_t sibling(std::uint64_t id) { return id >> kEpisodeBits & ((1u << kSiblingBits) - 1); }
  static constexpr std::uint64_t number(std::uint64_t id) {
    return id >> (kEpisodeBits + kSiblingBits) & (kNumbers - 1);
  }
  static constexpr std::uint64_t stream(std::uint64_t id) {
    return id >> (kEpisodeBits + kSiblingBits + kNumberBits) & ((1u << kStreamBits) - 1);
  }
  static constexpr std::uint64_t day(std::uint64_t id) {
    return id >> (kEpisodeBits + kSiblingBits + kNumberBits + kStreamBits);
  }
};

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

/// 128 random bits, as uniforms on the open interval (0, 1).
struct Block {
  std::uint32_t word[4];

  /// 52 bits from the first two words: with the half that keeps it off 0 and 1, all that a double can hold.
  double unit() const {
    const std::uint64_t bits = (static_cast<std::uint64_t>(word[0]) << 32 | word[1]) >> 12;
    return (static_cast<double>(bits) + 0.5) * 0x1p-52;
  }
  static double unit32(std::uint32_t bits) { return (static_cast<double>(bits) + 0.5) * 0x1p-32; }
  double second() const { return unit32(word[2]); }
  double third() const { return unit32(word[3]); }
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
