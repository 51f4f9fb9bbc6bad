#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ketensim/monitor.hpp"

namespace ketensim::monitor {

std::string_view trimmed(std::string_view text);
/// Trimmed, and A-Z in small letters.
std::string folded(std::string_view text);

/// Numbers texts in the order in which they are first seen. Looks up in one probe or so; the texts live in `names`.
class Interner {
 public:
  std::int32_t number(std::string_view text);
  std::int32_t find(std::string_view text) const;  // kUnknown: never seen
  const Names& names() const { return names_; }
  Names take() { return std::move(names_); }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::int32_t number = kUnknown;
  };
  std::size_t probe(std::string_view text, std::uint64_t hash) const;
  void grow();

  Names names_;
  std::vector<Slot> slots_;
};

/// What a code stands for, by a table of the import file; each spelling is looked up once.
class CodeReader {
 public:
  /// `codes` outlives the reader. Without codes every text stands for itself, trimmed.
  explicit CodeReader(const Codes& codes) : codes_(&codes) {}

  /// The number of what `text` stands for, in `meanings`; kUnknown: an unknown code, or empty.
  std::int32_t read(std::string_view text, Interner& meanings);

 private:
  std::int32_t look_up(std::string_view text, Interner& meanings) const;

  const Codes* codes_;
  Interner spellings_;
  std::vector<std::int32_t> meaning_;  // by spelling
};

}  // namespace ketensim::monitor
