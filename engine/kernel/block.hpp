#pragma once

#include <cstdint>

namespace ketensim {

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

}  // namespace ketensim
