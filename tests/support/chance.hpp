#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <utility>
#include <vector>

namespace ketensim::support {

/// Choices that follow from a seed, the same on every machine.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : bits_(seed) {}

  /// A whole number from `least` to `most`, both included.
  int between(int least, int most) {
    return least + static_cast<int>(bits_() % static_cast<std::uint64_t>(most - least + 1));
  }
  bool happens(double share) { return static_cast<double>(bits_() >> 11) * 0x1p-53 < share; }

  template <class T>
  T pick(std::initializer_list<T> from) {
    return *(from.begin() + between(0, static_cast<int>(from.size()) - 1));
  }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(between(0, static_cast<int>(from.size()) - 1))];
  }
  template <class T>
  void shuffle(std::vector<T>& list) {
    for (std::size_t i = list.size(); i > 1; --i)
      std::swap(list[i - 1], list[static_cast<std::size_t>(between(0, static_cast<int>(i) - 1))]);
  }

 private:
  std::mt19937_64 bits_;
};

}  // namespace ketensim::support
