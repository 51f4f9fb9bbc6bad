#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ketensim/indicators.hpp"

namespace ketensim {

/// A CSV file that ketensim wrote, by the names of its columns.
class CsvColumns {
 public:
  CsvColumns() = default;
  /// Throws InputError, naming the file and line, where rows do not fit the header.
  CsvColumns(const std::string& text, const std::string& file);

  bool empty() const { return rows_.empty(); }
  std::size_t size() const { return rows_.size(); }
  bool has(std::string_view column) const { return columns_.count(std::string(column)) > 0; }
  /// Throws InputError where there is no such column, or number() what is none.
  const std::string& text(std::size_t row, std::string_view column) const;
  double number(std::size_t row, std::string_view column) const;  // NaN: empty
  /// A mean with the standard error that stands in `..._se`; no more is known of it.
  Summary summary(std::size_t row, const std::string& column) const;

 private:
  std::string file_;
  std::map<std::string, std::size_t> columns_;
  std::vector<std::pair<int, std::vector<std::string>>> rows_;  // with their lines
};

}  // namespace ketensim
