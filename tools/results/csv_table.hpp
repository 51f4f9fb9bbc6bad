#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ketensim/indicators.hpp"
#include "ketensim/time.hpp"
#include "scenarios/loader/csv.hpp"

namespace ketensim {

/// A CSV text that ketensim wrote, by the names of its columns. What else it may be is refused by an InputError that
/// names the file and line, and says which verb makes it anew.
class CsvTable {
 public:
  CsvTable() = default;
  /// `columns`, with commas between them, have to be there; others are found missing when they are asked for.
  CsvTable(std::string file, std::string verb, const std::string& text, std::string_view columns = "");

  bool empty() const { return rows() == 0; }
  std::size_t rows() const { return rows_.empty() ? 0 : rows_.size() - 1; }  // below the header
  bool has(std::string_view column) const { return columns_.contains(column); }
  const std::string& text(std::size_t row, std::string_view column) const;
  double number(std::size_t row, std::string_view column) const;  // NaN where there is none
  Date day(std::size_t row, std::string_view column) const;
  /// A mean with the standard error that stands in `..._se`; no more is known of it.
  Summary summary(std::size_t row, const std::string& column) const;
  [[noreturn]] void refuse(std::size_t row, std::string_view expected) const;

 private:
  std::size_t place_of(std::string_view column) const;

  std::string file_, verb_;
  std::map<std::string, std::size_t, std::less<>> columns_;
  std::vector<loader::CsvRow> rows_;  // the header first
};

}  // namespace ketensim
