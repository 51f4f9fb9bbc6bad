#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ketensim::loader {

struct Cell {
  std::string text;
  int line = 0, column = 0;  // where it begins; from 1, columns in characters
};

/// What is wrong with the text, and where. Line 0: the text as a whole.
struct DelimitedProblem {
  int line = 0, column = 0;
  std::string message;
};

/// Reads comma-separated values as RFC 4180 has them: a header, then rows of as many cells; a cell in double quotes may
/// hold commas, line ends and doubled quotes. Lines end by LF or CRLF; empty lines are passed over. Nothing is trimmed
/// or guessed: a row that is no such row is a problem, and is left out. Reading stops at the hundredth problem, at a
/// quote that is never closed, and at a row that is too long to be one. The text must be UTF-8 and outlive the reader.
class DelimitedReader {
 public:
  static constexpr std::size_t kLongestRow = 65'536;  // bytes
  static constexpr std::size_t kMostColumns = 1'000, kMostProblems = 100;

  explicit DelimitedReader(std::string_view text);

  /// Empty if there is none that can be used: the problems say why.
  const std::vector<Cell>& header() const { return header_; }
  /// The next sound row, or false at the end.
  bool next(std::vector<Cell>& row);
  const std::vector<DelimitedProblem>& problems() const { return problems_; }

 private:
  enum class Parsed { row, faulty, nothing };
  Parsed parse(std::vector<Cell>& row);
  bool parse_cell(std::vector<Cell>& row);
  bool parse_quoted(Cell& cell);
  bool parse_plain(Cell& cell);
  void check_header();

  bool at_end() const { return at_ == text_.size(); }
  bool at_line_end() const;
  void step();
  void pass_line_end();
  void pass_line();
  bool too_long() const { return at_ - row_at_ > kLongestRow; }
  bool wrong(int line, int column, std::string message);
  void stop() { at_ = text_.size(); }

  std::string_view text_;
  std::size_t at_ = 0, row_at_ = 0;
  int line_ = 1, column_ = 1;
  std::vector<Cell> header_;
  std::vector<DelimitedProblem> problems_;
};

}  // namespace ketensim::loader
