#include "ketensim/value_file.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

namespace ketensim {
namespace {

// Rows are put and columns are asked for: the file holds block after block, each of some neighbouring columns of all
// rows, so that a row goes there in few pieces and the columns come back in one. About the figures of one step.
constexpr std::size_t kBlock = std::size_t{1} << 19;  // numbers: 4 MiB
constexpr std::size_t kMostColumns = 512;

std::size_t columns_of_block(std::size_t rows) {
  return std::clamp<std::size_t>(kBlock / std::max<std::size_t>(rows, 1), 1, kMostColumns);
}

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

template <class Transfer>
void transfer_all(Transfer transfer, std::size_t bytes, std::size_t offset, const char* what) {
  for (std::size_t done = 0; done < bytes;) {
    const ssize_t moved = transfer(done, bytes - done, static_cast<off_t>(offset + done));
    if (moved < 0 && errno == EINTR) continue;
    if (moved == 0) errno = EIO;
    if (moved <= 0) fail(what);
    done += static_cast<std::size_t>(moved);
  }
}

/// Calls piece(first column, columns, where they lie in the file) for each piece of a row.
template <class Piece>
void each_piece(std::size_t rows, std::size_t row_size, std::size_t row, Piece piece) {
  const std::size_t block = columns_of_block(rows);
  for (std::size_t first = 0; first < row_size; first += block) {
    const std::size_t columns = std::min(block, row_size - first);
    piece(first, columns, (first * rows + row * columns) * sizeof(double));
  }
}

}  // namespace

ValueFile::ValueFile(std::size_t rows, std::size_t row_size) : rows_(rows), row_size_(row_size) {
  std::string name = (std::filesystem::temp_directory_path() / "ketensim-values-XXXXXX").string();
  file_ = ::mkstemp(name.data());
  if (file_ < 0) fail("cannot make a temporary file");
  ::unlink(name.c_str());
  if (::ftruncate(file_, static_cast<off_t>(rows * row_size * sizeof(double))) != 0) {
    ::close(file_);
    fail("cannot make a temporary file");
  }
}

ValueFile::~ValueFile() { ::close(file_); }

void ValueFile::put(std::size_t row, const double* values) {
  each_piece(rows_, row_size_, row, [&](std::size_t first, std::size_t columns, std::size_t place) {
    const char* const bytes = reinterpret_cast<const char*>(values + first);
    transfer_all([&](std::size_t done, std::size_t left, off_t at) { return ::pwrite(file_, bytes + done, left, at); },
                 columns * sizeof(double), place, "cannot write a temporary file");
  });
}

void ValueFile::read(std::size_t row, double* values) const {
  each_piece(rows_, row_size_, row, [&](std::size_t first, std::size_t columns, std::size_t place) {
    char* const bytes = reinterpret_cast<char*>(values + first);
    transfer_all([&](std::size_t done, std::size_t left, off_t at) { return ::pread(file_, bytes + done, left, at); },
                 columns * sizeof(double), place, "cannot read a temporary file");
  });
}

void ValueFile::read_columns(std::size_t column) const {
  const std::size_t block = columns_of_block(rows_);
  first_column_ = column / block * block;
  columns_ = std::min(block, row_size_ - first_column_);
  window_.resize(rows_ * columns_);
  char* const bytes = reinterpret_cast<char*>(window_.data());
  transfer_all([&](std::size_t done, std::size_t left, off_t at) { return ::pread(file_, bytes + done, left, at); },
               window_.size() * sizeof(double), first_column_ * rows_ * sizeof(double),
               "cannot read a temporary file");
}

}  // namespace ketensim
