#include "tools/results/spreadsheet.hpp"

#include <algorithm>

namespace ketensim {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF", kDecimalColumn = "value";

/// The field at the front of what is left of a text, in its quotes if it has any.
std::string_view taken_field(std::string_view& text) {
  std::size_t end = 0;
  for (bool quoted = false; end < text.size(); ++end) {
    if (text[end] == '"') quoted = !quoted;
    if (!quoted && (text[end] == ',' || text[end] == '\n')) break;
  }
  const std::string_view field = text.substr(0, end);
  text.remove_prefix(end);
  return field;
}

std::string with_comma(std::string_view number) {
  std::string text(number);
  std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

/// What needs quotes between semicolons and has none.
std::string quoted_if_needed(std::string_view field) {
  const bool needs = field.find(';') != std::string_view::npos && !field.starts_with('"');
  return needs ? '"' + std::string(field) + '"' : std::string(field);
}

}  // namespace

std::string for_spreadsheet(std::string_view csv) {
  std::string text(kByteOrderMark);
  text.reserve(csv.size() + kByteOrderMark.size());
  std::size_t column = 0, decimal = std::string_view::npos;
  for (bool header = true; !csv.empty(); ++column) {
    const std::string_view field = taken_field(csv);
    if (header && field == kDecimalColumn) decimal = column;
    text += column == decimal ? with_comma(field) : quoted_if_needed(field);
    if (csv.empty()) break;
    if (csv.front() == '\n') {
      text += '\n';
      header = false;
      column = static_cast<std::size_t>(-1);  // the next is the first
    } else {
      text += ';';
    }
    csv.remove_prefix(1);
  }
  return text;
}

}  // namespace ketensim
