#pragma once

#include <filesystem>
#include <string>

namespace ketensim::loader {

/// The text of a file, or why there is none.
struct FileText {
  std::string text;
  std::string problem;       // empty: the file was read, and is text
  bool unreadable = false;   // it could not be opened or read (as opposed to: it is no scenario)
  int line = 0, column = 0;  // where the problem is
};

/// Reads a file whole. It must be UTF-8 (a byte-order mark is dropped) without control characters, of at most 20 MB.
FileText read_file(const std::filesystem::path& file);

}  // namespace ketensim::loader
