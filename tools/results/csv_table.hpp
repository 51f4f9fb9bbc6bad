#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ketensim/time.hpp"
#include "scenarios/loader/csv.hpp"

namespace ketensim {

/// The rows of a CSV text that ketensim wrote, below their header. What else it may be is refused by an InputError that
/// names the file, and says which verb makes it anew.
class CsvTable {
 public:
  CsvTable(std::string file, std::string header, std::string verb, const std::string& text);

  std::size_t rows() const { return rows_.size() - 1; }
  const std::string& text(std::size_t row, std::size_t column) const { return rows_[row + 1].cells[column].text; }
  /// NaN where there is none.
  double number(std::size_t row, std::size_t column) const;
  Date day(std::size_t row, std::size_t column) const;
  [[noreturn]] void refuse(std::size_t row) const { refuse_line(rows_[row + 1].line); }

 private:
  [[noreturn]] void refuse_line(int line) const;

  std::string file_, header_, verb_;
  std::vector<loader::CsvRow> rows_;
};

}  // namespace ketensim
