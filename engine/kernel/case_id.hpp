#pragma once

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

}  // namespace ketensim
