#include "scenarios/loader/delimited.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

namespace ketensim::loader {

DelimitedReader::DelimitedReader(std::string_view text) : text_(text) {
  Parsed parsed = Parsed::nothing;
  if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  while (!at_end() && (parsed = parse(header_)) == Parsed::nothing) continue;
  if (parsed == Parsed::row) check_header();
  if (parsed == Parsed::nothing) wrong(0, 0, "the file is empty: a header is missing");
  if (!problems_.empty()) {
    header_.clear();
    stop();
  }
}

bool DelimitedReader::next(std::vector<Cell>& row) {
  while (!at_end()) {
    const int line = line_;
    if (parse(row) != Parsed::row) continue;
    if (row.size() == header_.size()) return true;
    wrong(line, 1,
          fmt::format("this row has {} cell{}, and the header has {}", row.size(), row.size() == 1 ? "" : "s",
                      header_.size()));
  }
  return false;
}

void DelimitedReader::check_header() {
  std::set<std::string_view> names;
  for (const Cell& cell : header_) {
    if (cell.text.empty()) wrong(cell.line, cell.column, "this column has no name");
    if (!cell.text.empty() && !names.insert(cell.text).second)
      wrong(cell.line, cell.column, fmt::format("there are two columns `{}`", cell.text));
  }
  if (header_.size() > 1) return;
  const std::size_t other = header_.front().text.find_first_of(";\t|");
  if (other != std::string::npos)
    wrong(header_.front().line, 1,
          fmt::format("the cells are separated by {}: write commas",
                      header_.front().text[other] == '\t' ? "tabs" : fmt::format("`{}`", header_.front().text[other])));
}

/// One line of cells, up to the next line; `nothing` if it is empty.
DelimitedReader::Parsed DelimitedReader::parse(std::vector<Cell>& row) {
  row.clear();
  row_at_ = at_;
  if (at_line_end()) {
    pass_line_end();
    return Parsed::nothing;
  }
  for (;;) {
    if (!parse_cell(row)) {
      pass_line();
      return Parsed::faulty;
    }
    if (at_end() || at_line_end()) break;
    step();  // the comma
  }
  pass_line_end();
  return Parsed::row;
}

bool DelimitedReader::parse_cell(std::vector<Cell>& row) {
  if (row.size() == kMostColumns) {
    wrong(line_, column_, fmt::format("more than {} cells in one row", kMostColumns));
    stop();
    return false;
  }
  Cell& cell = row.emplace_back(Cell{"", line_, column_});
  const bool quoted = !at_end() && text_[at_] == '"';
  const bool sound = quoted ? parse_quoted(cell) : parse_plain(cell);
  if (!too_long()) return sound;
  if (sound) wrong(cell.line, 1, fmt::format("this row is longer than {} bytes: it is none", kLongestRow));
  stop();
  return false;
}

bool DelimitedReader::parse_quoted(Cell& cell) {
  step();
  for (;; step()) {
    if (at_end() || too_long()) {
      wrong(cell.line, cell.column, "this quote is never closed");
      stop();
      return false;
    }
    if (text_[at_] == '"') {
      step();
      if (at_end() || text_[at_] != '"') break;
    }
    cell.text += text_[at_];
  }
  if (at_end() || text_[at_] == ',' || at_line_end()) return true;
  return wrong(line_, column_, "text after the closing quote of a cell: double the quotes within it");
}

bool DelimitedReader::parse_plain(Cell& cell) {
  const std::size_t begin = at_;
  for (; !at_end() && text_[at_] != ',' && !at_line_end() && !too_long(); step()) {
    if (text_[at_] == '"')
      return wrong(line_, column_, "a quote within a cell: put the cell in quotes and double those within it");
    if (text_[at_] == '\r') return wrong(line_, column_, "a carriage return that ends no line");
  }
  cell.text = text_.substr(begin, at_ - begin);
  return true;
}

bool DelimitedReader::at_line_end() const {
  return !at_end() && (text_[at_] == '\n' || (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n'));
}

void DelimitedReader::step() {
  const char c = text_[at_++];
  if (c == '\n') {
    ++line_;
    column_ = 1;
  } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
    ++column_;
  }
}

void DelimitedReader::pass_line_end() {
  if (at_end()) return;
  if (text_[at_] == '\r') step();
  step();
}

void DelimitedReader::pass_line() {
  while (!at_end() && text_[at_] != '\n') step();
  pass_line_end();
}

bool DelimitedReader::wrong(int line, int column, std::string message) {
  problems_.push_back({line, column, std::move(message)});
  if (problems_.size() >= kMostProblems) stop();
  return false;
}

}  // namespace ketensim::loader
