#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "calibration/monitor/text_file.hpp"

namespace ketensim::monitor {

/// Reads a CSV file (RFC 4180, with any separator) row by row in bounded memory. Rows end in LF or CRLF, and empty
/// lines are passed over. A value in quotes may hold separators, line ends and doubled quotes. Throws BadFile.
class CsvReader {
 public:
  CsvReader(const std::filesystem::path& file, char separator, Encoding encoding);

  const std::vector<std::string>& header() const { return header_; }

  /// The next row, with as many values as the header; false: the file has ended. The values stay until the next call.
  bool next();
  std::span<const std::string_view> values() const { return values_; }
  int line() const { return row_line_; }  // on which the row begins

  /// Whether the last row ended in a line break, once the file has ended.
  bool ended_whole() const { return ended_whole_; }

 private:
  bool read_row();
  bool fill();
  void split_plain(char* begin, char* end);
  bool split_quoted(char*& at, char* end);
  char* take_quoted(char* at, char* end);

  TextFile file_;
  char separator_;
  std::string text_;
  std::size_t at_ = 0;       // where the next row begins
  std::size_t checked_ = 0;  // no line end between `at_` and here
  bool whole_ = false;       // everything was read into `text_`
  bool ended_whole_ = true;
  int line_ = 1, row_line_ = 1;
  int quote_line_ = 0;  // where a quote was opened that is not closed yet
  std::vector<std::string> header_;
  std::vector<std::string_view> values_;
};

}  // namespace ketensim::monitor
