#include "tools/results/csv_table.hpp"

#include <fmt/format.h>

#include <charconv>
#include <limits>
#include <utility>

#include "tools/results/dates.hpp"
#include "tools/results/errors.hpp"

namespace ketensim {

CsvTable::CsvTable(std::string file, std::string header, std::string verb, const std::string& text)
    : file_(std::move(file)), header_(std::move(header)), verb_(std::move(verb)) {
  if (!text.starts_with(header_ + "\n")) refuse_line(1);
  loader::Diagnostics diagnostics;
  rows_ = loader::read_csv(text, 0, diagnostics);
  if (diagnostics.any_error()) refuse_line(1);
}

double CsvTable::number(std::size_t row, std::size_t column) const {
  const std::string& typed = text(row, column);
  double value = std::numeric_limits<double>::quiet_NaN();
  const char* const end = typed.data() + typed.size();
  if (!typed.empty() && std::from_chars(typed.data(), end, value).ptr != end) refuse(row);
  return value;
}

Date CsvTable::day(std::size_t row, std::size_t column) const {
  const auto day = parse_iso_date(text(row, column));
  if (!day) refuse(row);
  return *day;
}

void CsvTable::refuse_line(int line) const {
  throw InputError(fmt::format("{}:{}: expected `{}`: {} again", file_, line, header_, verb_));
}

}  // namespace ketensim
