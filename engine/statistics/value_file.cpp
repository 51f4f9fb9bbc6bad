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

// Tables jump between columns, and each jump out of the window reads another one: a thousand replications of a region
// fit.
constexpr std::size_t kWindow = std::size_t{1} << 25;  // numbers: 256 MiB

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
  const char* const bytes = reinterpret_cast<const char*>(values);
  transfer_all([&](std::size_t done, std::size_t left, off_t at) { return ::pwrite(file_, bytes + done, left, at); },
               row_size_ * sizeof(double), row * row_size_ * sizeof(double), "cannot write a temporary file");
}

void ValueFile::read(std::size_t row, double* values) const {
  char* const bytes = reinterpret_cast<char*>(values);
  transfer_all([&](std::size_t done, std::size_t left, off_t at) { return ::pread(file_, bytes + done, left, at); },
               row_size_ * sizeof(double), row * row_size_ * sizeof(double), "cannot read a temporary file");
}

void ValueFile::read_columns(std::size_t column) const {
  const std::size_t most = std::clamp<std::size_t>(kWindow / std::max<std::size_t>(rows_, 1), 1, row_size_);
  first_column_ = column / most * most;
  columns_ = std::min(most, row_size_ - first_column_);
  window_.resize(rows_ * columns_);
  for (std::size_t row = 0; row < rows_; ++row) {
    char* const bytes = reinterpret_cast<char*>(&window_[row * columns_]);
    transfer_all([&](std::size_t done, std::size_t left, off_t at) { return ::pread(file_, bytes + done, left, at); },
                 columns_ * sizeof(double), (row * row_size_ + first_column_) * sizeof(double),
                 "cannot read a temporary file");
  }
}

}  // namespace ketensim
