#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace ketensim::loader {

/// What a file should be, for messages, and the version that it must name.
struct FileKind {
  std::string_view name;    // "scenario"
  std::string_view one;     // "a scenario"
  std::string_view a_file;  // "a scenario file"
  std::string_view format;  // "ketensim/1"
};
inline constexpr FileKind kScenarioFile{"scenario", "a scenario", "a scenario file", "ketensim/1"};

/// The text of a file, or why there is none.
struct FileText {
  std::string text;
  std::string problem;       // empty: the file was read, and is text
  bool unreadable = false;   // it could not be opened or read (as opposed to: it is of another kind)
  int line = 0, column = 0;  // where the problem is
};

/// By which the same bytes are known again, piece by piece: FNV-1a of 64 bits (Fowler, Noll and Vo), in hexadecimal.
class Fingerprint {
 public:
  void add(std::string_view piece) {
    for (const char c : piece) hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 1099511628211u;
  }
  std::string text() const;

 private:
  std::uint64_t hash_ = 14695981039346656037u;
};
std::string hash_of(std::string_view text);

/// Reads a file whole. It must be UTF-8 (a byte-order mark is dropped) without control characters, of at most 20 MB.
FileText read_file(const std::filesystem::path& file, const FileKind& kind);

}  // namespace ketensim::loader
