#include "calibration/monitor/csv.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>

namespace ketensim::monitor {
namespace {

constexpr std::size_t kLongestRow = 1 << 20;
constexpr std::size_t kMostColumns = 4096;

char* find(char* begin, char* end, char c) {
  return static_cast<char*>(std::memchr(begin, c, static_cast<std::size_t>(end - begin)));
}

std::string_view between(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

}  // namespace

CsvReader::CsvReader(const std::filesystem::path& file, char separator, Encoding encoding)
    : file_(file, encoding), separator_(separator) {
  if (!read_row()) throw BadFile{0, 0, "the file is empty: expected a header"};
  if (values_.size() > kMostColumns)
    throw BadFile{row_line_, 0, fmt::format("the header has more than {} columns: is this a table?", kMostColumns)};
  header_.assign(values_.begin(), values_.end());
}

bool CsvReader::fill() {
  if (whole_) return false;
  text_.erase(0, at_);
  checked_ -= std::min(checked_, at_);
  at_ = 0;
  if (text_.size() > kLongestRow)
    throw BadFile{quote_line_ > 0 ? quote_line_ : line_, 0,
                  quote_line_ > 0 ? "a quote is opened here and not closed within a million characters"
                                  : "a row of more than a million characters: does every row end in a line break?"};
  whole_ = !file_.read(text_);
  return !whole_;
}

bool CsvReader::next() {
  if (!read_row()) return false;
  if (values_.size() == header_.size()) return true;
  const bool cut = whole_ && at_ >= text_.size() && !ended_whole_ && values_.size() < header_.size();
  throw BadFile{row_line_, 0,
                cut ? "the file ends within a row: was only a part of it delivered?"
                    : fmt::format("this row has {} values, the header {} columns", values_.size(), header_.size())};
}

bool CsvReader::read_row() {
  for (;;) {
    char* begin = text_.data() + at_;
    char* end = text_.data() + text_.size();
    char* line_end = find(text_.data() + std::max(at_, checked_), end, '\n');
    if (!line_end) {
      checked_ = text_.size();
      if (fill()) continue;
      begin = text_.data() + at_;
      line_end = end = text_.data() + text_.size();
      if (begin == end) return false;
      ended_whole_ = false;
    }
    row_line_ = line_;
    if (!find(begin, line_end, '"')) {
      char* last = line_end > begin && line_end[-1] == '\r' ? line_end - 1 : line_end;
      at_ = std::min(text_.size(), static_cast<std::size_t>(line_end - text_.data()) + 1);
      checked_ = at_;
      line_ += line_end < end;
      if (last == begin) continue;  // an empty line
      split_plain(begin, last);
      return true;
    }
    char* after = begin;
    if (!split_quoted(after, end)) {
      checked_ = at_;
      if (fill()) continue;
      throw BadFile{quote_line_, 0, "a quote is opened here and never closed: is the file whole?"};
    }
    if (after == end && !whole_) {  // the row may go on, or its line end may follow
      checked_ = at_;
      fill();
      continue;
    }
    ended_whole_ = after < end;
    at_ = std::min(text_.size(), static_cast<std::size_t>(after - text_.data()) + 1);
    checked_ = at_;
    line_ += after < end;
    return true;
  }
}

void CsvReader::split_plain(char* begin, char* end) {
  values_.clear();
  while (char* separator = find(begin, end, separator_)) {
    values_.push_back(between(begin, separator));
    begin = separator + 1;
  }
  values_.push_back(between(begin, end));
}

/// The end of the quoted text that begins at `at`, behind its quote; null: it goes on past `end`. Doubled quotes stay.
char* CsvReader::take_quoted(char* at, char* end) {
  for (;;) {
    char* quote = find(at, end, '"');
    line_ += static_cast<int>(std::count(at, quote ? quote : end, '\n'));
    if (!quote) return nullptr;
    if (quote + 1 < end && quote[1] == '"') {
      at = quote + 2;
      continue;
    }
    return quote;
  }
}

/// Splits a row that has quotes in it; `at` moves to its line end, or to `end`. False: a quoted value goes on past
/// `end`. The text itself is changed only once the whole row is there.
bool CsvReader::split_quoted(char*& at, char* end) {
  const int first_line = line_;
  values_.clear();
  std::vector<std::size_t> doubled;  // values with doubled quotes in them
  for (;;) {
    if (at < end && *at == '"') {
      quote_line_ = line_;
      char* begin = at + 1;
      char* close = take_quoted(begin, end);
      // At the very end nobody knows yet whether the quote is doubled.
      if (!close || (close + 1 == end && !whole_)) {
        line_ = first_line;
        return false;
      }
      if (find(begin, close, '"')) doubled.push_back(values_.size());
      values_.push_back(between(begin, close));
      at = close + 1;
      if (at < end && *at == '\r' && at + 1 < end && at[1] == '\n') ++at;
      if (at < end && *at != separator_ && *at != '\n')
        throw BadFile{line_, 0, "text follows a closing quote: quotes within a value are written twice"};
    } else {
      char* begin = at;
      while (at < end && *at != separator_ && *at != '\n') ++at;
      values_.push_back(between(begin, at > begin && at[-1] == '\r' && (at == end || *at == '\n') ? at - 1 : at));
    }
    if (at == end || *at == '\n') break;
    ++at;
  }
  quote_line_ = 0;
  if (at == end && !whole_) line_ = first_line;  // it is split again once more is there
  if (at < end || whole_)
    for (const std::size_t value : doubled) {
      char* begin = text_.data() + (values_[value].data() - text_.data());
      char* to = begin;
      for (const char* from = begin; from < begin + values_[value].size(); ++from) {
        *to++ = *from;
        if (*from == '"') ++from;
      }
      values_[value] = between(begin, to);
    }
  return true;
}

}  // namespace ketensim::monitor
