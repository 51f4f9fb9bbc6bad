#include "scenarios/loader/csv.hpp"

#include <fmt/core.h>

#include <string_view>
#include <utility>

namespace ketensim::loader {
namespace {

/// Takes one row after the other from a text.
class Rows {
 public:
  Rows(std::string_view text, int file, Diagnostics& diagnostics)
      : text_(text), file_(file), diagnostics_(diagnostics) {}

  /// The next row that is not empty; false: there is none, or none that could be told apart.
  bool next(CsvRow& row) {
    row.cells.clear();
    while (!at_end() && row.cells.empty()) {
      row.line = line_;
      if (ends_line()) {
        end_line();
        continue;
      }
      if (!take_cells(row)) return false;
    }
    return !row.cells.empty();
  }
  bool ended_whole() const { return ended_whole_; }

 private:
  bool at_end() const { return at_ == text_.size(); }
  bool ends_line() const {
    return at_end() || text_[at_] == '\n' ||
           (text_[at_] == '\r' && (at_ + 1 == text_.size() || text_[at_ + 1] == '\n'));
  }
  char take() {
    const char c = text_[at_++];
    if (c == '\n')
      ++line_, column_ = 1;
    else if ((static_cast<unsigned char>(c) & 0xC0u) != 0x80u)
      ++column_;
    return c;
  }
  void end_line() {
    ended_whole_ = !at_end();
    if (!at_end() && text_[at_] == '\r') take();
    if (!at_end()) take();
  }

  bool take_cells(CsvRow& row) {
    for (;;) {
      CsvCell& cell = row.cells.emplace_back();
      cell.column = column_;
      if (!at_end() && text_[at_] == '"') {
        if (!take_quoted(cell)) return false;
      } else {
        while (!ends_line() && text_[at_] != ',') cell.text += take();
      }
      if (ends_line()) {
        end_line();
        return true;
      }
      take();
    }
  }

  bool take_quoted(CsvCell& cell) {
    const Place opened{file_, line_, column_};
    take();
    for (;;) {
      if (at_end()) {
        diagnostics_.error(opened, "a quote is opened here and never closed: is the file whole?");
        return false;
      }
      const char c = take();
      if (c != '"') {
        cell.text += c;
      } else if (!at_end() && text_[at_] == '"') {
        cell.text += take();
      } else if (ends_line() || text_[at_] == ',') {
        return true;
      } else {
        diagnostics_.error({file_, line_, column_},
                           "text follows a closing quote: quotes within a value are written twice");
        return false;
      }
    }
  }

  std::string_view text_;
  const int file_;
  Diagnostics& diagnostics_;
  std::size_t at_ = 0;
  int line_ = 1, column_ = 1;
  bool ended_whole_ = true;
};

}  // namespace

std::vector<CsvRow> read_csv(const std::string& text, int file, Diagnostics& diagnostics) {
  std::vector<CsvRow> table;
  Rows rows(text, file, diagnostics);
  for (CsvRow row; rows.next(row);) {
    const std::size_t width = table.empty() ? row.cells.size() : table.front().cells.size();
    if (row.cells.size() == width)
      table.push_back(std::move(row));
    else if (!rows.ended_whole() && row.cells.size() < width)
      diagnostics.error({file, row.line, 0}, "the file ends within this row: is it whole?");
    else
      diagnostics.error({file, row.line, 0},
                        fmt::format("this row has {} values, the header {} columns", row.cells.size(), width));
  }
  return table;
}

}  // namespace ketensim::loader
