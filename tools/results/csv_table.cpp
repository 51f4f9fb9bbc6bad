#include "tools/results/csv_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "tools/results/dates.hpp"
#include "tools/results/errors.hpp"

namespace ketensim {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

}  // namespace

CsvTable::CsvTable(std::string file, std::string verb, const std::string& text, std::string_view columns)
    : file_(std::move(file)), verb_(std::move(verb)) {
  loader::Diagnostics diagnostics;
  rows_ = loader::read_csv(text, 0, diagnostics);
  if (diagnostics.any_error() || rows_.empty())
    throw InputError(fmt::format("{}: no table as ketensim writes it: {} again", file_, verb_));
  for (const loader::CsvCell& cell : rows_.front().cells) columns_.emplace(cell.text, columns_.size());
  for (std::size_t at = 0; at < columns.size();) {
    const std::size_t end = std::min(columns.find(',', at), columns.size());
    place_of(columns.substr(at, end - at));
    at = end + 1;
  }
}

std::size_t CsvTable::place_of(std::string_view column) const {
  const auto found = columns_.find(column);
  if (found == columns_.end())
    throw InputError(fmt::format("{}:1: there is no column {}: {} again", file_, column, verb_));
  return found->second;
}

const std::string& CsvTable::text(std::size_t row, std::string_view column) const {
  return rows_[row + 1].cells[place_of(column)].text;
}

double CsvTable::number(std::size_t row, std::string_view column) const {
  const std::string& typed = text(row, column);
  double value = kUnknown;
  if (typed.empty()) return value;
  const char* const end = typed.data() + typed.size();
  if (const auto [stopped, error] = std::from_chars(typed.data(), end, value); error != std::errc() || stopped != end)
    refuse(row, fmt::format("a number in {}", column));
  return value;
}

Date CsvTable::day(std::size_t row, std::string_view column) const {
  const auto day = parse_iso_date(text(row, column));
  if (!day) refuse(row, fmt::format("a day in {}", column));
  return *day;
}

Summary CsvTable::summary(std::size_t row, const std::string& column) const {
  const double mean = number(row, column);
  return {mean, number(row, column + "_se"), kUnknown, kUnknown, kUnknown, kUnknown, kUnknown, mean == mean ? 1 : 0};
}

void CsvTable::refuse(std::size_t row, std::string_view expected) const {
  throw InputError(fmt::format("{}:{}: expected {}: {} again", file_, rows_[row + 1].line, expected, verb_));
}

}  // namespace ketensim
