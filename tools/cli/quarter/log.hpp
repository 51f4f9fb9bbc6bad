#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace ketensim::cli {

/// `quarter.log`: a line for each thing that happened, as soon as it did: `moment<tab>stage<tab>what<tab>text`. It
/// grows with every run. While it is open no other run of a quarter works in the same folder.
class QuarterLog {
 public:
  /// Throws InputError where another one works in the folder, and IoError.
  explicit QuarterLog(const std::filesystem::path& file);
  ~QuarterLog();
  QuarterLog(const QuarterLog&) = delete;
  QuarterLog& operator=(const QuarterLog&) = delete;

  const std::filesystem::path& file() const { return file_; }
  void put(std::string_view stage, std::string_view what, std::string_view text);

 private:
  std::filesystem::path file_;
  int descriptor_;
};

}  // namespace ketensim::cli
