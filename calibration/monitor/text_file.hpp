#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "ketensim/monitor.hpp"

namespace ketensim::monitor {

/// Why a delivery cannot be read, with its place. Ends the reading of that file.
struct BadFile {
  int line = 0, column = 0;  // from 1; 0: the file as a whole
  std::string message;
  bool unreadable = false;  // it could not be opened or read at all
};

/// The bytes of a file, unpacked where it is compressed with gzip.
class ByteFile {
 public:
  explicit ByteFile(const std::filesystem::path& file);
  ~ByteFile();
  ByteFile(const ByteFile&) = delete;
  ByteFile& operator=(const ByteFile&) = delete;

  /// How many bytes were read into `bytes`; 0: the file has ended. Throws BadFile.
  std::size_t read(char* bytes, std::size_t most);

 private:
  void* file_;
};

/// The text of a file as UTF-8, piece by piece. Text that is not of the encoding named, and anything that no text
/// holds, is a BadFile with its place.
class TextFile {
 public:
  TextFile(const std::filesystem::path& file, Encoding encoding);

  /// Adds the next piece to `text`; false: the file has ended.
  bool read(std::string& text);

 private:
  void append_utf8(std::string& text, std::size_t size);
  void append_converted(std::string& text, std::size_t size);
  [[noreturn]] void bad(std::size_t at, const std::string& message) const;
  void drop_mark(std::size_t& size);

  ByteFile file_;
  Encoding encoding_;
  std::vector<char> piece_;
  std::size_t carried_ = 0;  // bytes at the front of the piece that began a character in the one before
  int line_ = 1;             // in which the piece begins
  bool begun_ = false;
  std::size_t foreign_ = 0;  // converted characters past ASCII
  bool looks_utf8_ = true;   // all of those could be UTF-8
  int first_foreign_line_ = 0;
};

}  // namespace ketensim::monitor
