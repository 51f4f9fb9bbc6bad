#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tools/results/csv.hpp"

namespace ketensim {
namespace {

/// The length of the field at the start of `row`, quotes and all.
std::size_t field_length(std::string_view row) {
  bool quoted = false;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i] == '"') quoted = !quoted;
    if (!quoted && (row[i] == ',' || row[i] == '\n')) return i;
  }
  return row.size();
}

/// Takes the first row off `rows`, as fields that are still in their quotes.
std::vector<std::string_view> take_row(std::string_view& rows) {
  std::vector<std::string_view> fields;
  for (bool more = true; more && !rows.empty();) {
    const std::size_t length = field_length(rows);
    fields.push_back(rows.substr(0, length));
    more = length < rows.size() && rows[length] == ',';
    rows.remove_prefix(std::min(length + 1, rows.size()));
  }
  return fields;
}

std::vector<std::string_view> columns_of(const Results& results) {
  std::string_view header = results.cases_header;
  return take_row(header);
}

void append_row(std::string& text, const std::vector<std::string_view>& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) text += ',';
    text += fields[i];
  }
  text += '\n';
}

/// Rows whose columns are `own`, set out in the columns `all`.
void append_rearranged(std::string& text, std::string_view rows, const std::vector<std::string_view>& own,
                       const std::vector<std::string_view>& all) {
  while (!rows.empty()) {
    const std::vector<std::string_view> fields = take_row(rows);
    std::vector<std::string_view> row;
    for (const std::string_view column : all) {
      const auto found = static_cast<std::size_t>(std::find(own.begin(), own.end(), column) - own.begin());
      row.push_back(found < fields.size() ? fields[found] : std::string_view());
    }
    append_row(text, row);
  }
}

}  // namespace

std::string cases_csv(const Study& study) {
  std::vector<std::string_view> all;
  for (const Results& results : study.results)
    for (const std::string_view column : columns_of(results))
      if (std::find(all.begin(), all.end(), column) == all.end()) all.push_back(column);

  std::string text;
  append_row(text, all);
  std::vector<std::string_view> written;  // scenarios: one given twice is written once
  for (const Results& results : study.results) {
    if (std::find(written.begin(), written.end(), results.scenario) != written.end()) continue;
    written.push_back(results.scenario);
    const std::vector<std::string_view> own = columns_of(results);
    if (own == all)
      text += results.cases_csv;
    else
      append_rearranged(text, results.cases_csv, own, all);
  }
  return text;
}

}  // namespace ketensim
