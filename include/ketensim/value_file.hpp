#pragma once

#include <cstddef>
#include <vector>

namespace ketensim {

/// Rows of numbers, too many to keep in memory: they lie in a temporary file without a name (in TMPDIR, or else /tmp),
/// which is gone when this is. All that fails throws std::system_error.
class ValueFile {
 public:
  ValueFile(std::size_t rows, std::size_t row_size);
  ~ValueFile();
  ValueFile(const ValueFile&) = delete;
  ValueFile& operator=(const ValueFile&) = delete;

  std::size_t rows() const { return rows_; }
  std::size_t row_size() const { return row_size_; }

  /// Several threads may put rows at once, each its own.
  void put(std::size_t row, const double* values);
  void read(std::size_t row, double* values) const;

  /// One number. Those of neighbouring columns, of all rows, are read with it: quick for who goes through the columns
  /// in order. Not for several threads at once.
  double at(std::size_t row, std::size_t column) const {
    if (column < first_column_ || column - first_column_ >= columns_) read_columns(column);
    return window_[row * columns_ + (column - first_column_)];
  }

 private:
  void read_columns(std::size_t column) const;

  int file_ = -1;
  std::size_t rows_, row_size_;
  mutable std::size_t first_column_ = 0, columns_ = 0;
  mutable std::vector<double> window_;  // [row][column], of some columns
};

}  // namespace ketensim
