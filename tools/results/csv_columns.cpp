#include "tools/results/csv_columns.hpp"

#include <fmt/format.h>

#include <charconv>
#include <limits>

#include "scenarios/loader/csv.hpp"
#include "tools/results/errors.hpp"

namespace ketensim {

CsvColumns::CsvColumns(const std::string& text, const std::string& file) : file_(file) {
  loader::Diagnostics diagnostics;
  const std::vector<loader::CsvRow> rows = loader::read_csv(text, 0, diagnostics);
  if (diagnostics.any_error() || rows.empty())
    throw InputError(fmt::format("{} is no table as ketensim writes it", file));
  for (const loader::CsvCell& cell : rows.front().cells) columns_.emplace(cell.text, columns_.size());
  for (std::size_t row = 1; row < rows.size(); ++row) {
    auto& [line, cells] = rows_.emplace_back();
    line = rows[row].line;
    for (const loader::CsvCell& cell : rows[row].cells) cells.push_back(cell.text);
  }
}

const std::string& CsvColumns::text(std::size_t row, std::string_view column) const {
  const auto found = columns_.find(std::string(column));
  if (found == columns_.end()) throw InputError(fmt::format("{} has no column {}", file_, column));
  return rows_[row].second[found->second];
}

double CsvColumns::number(std::size_t row, std::string_view column) const {
  const std::string& field = text(row, column);
  double value = std::numeric_limits<double>::quiet_NaN();
  if (field.empty()) return value;
  const char* const end = field.data() + field.size();
  if (const auto [stopped, error] = std::from_chars(field.data(), end, value); error != std::errc() || stopped != end)
    throw InputError(fmt::format("{}:{}: {} is no number: '{}'", file_, rows_[row].first, column, field));
  return value;
}

Summary CsvColumns::summary(std::size_t row, const std::string& column) const {
  constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
  const double mean = number(row, column);
  return {mean, number(row, column + "_se"), kUnknown, kUnknown, kUnknown, kUnknown, kUnknown, mean == mean ? 1 : 0};
}

}  // namespace ketensim
