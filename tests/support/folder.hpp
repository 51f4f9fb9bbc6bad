#pragma once

#include <filesystem>
#include <string>

namespace ketensim::support {

/// A folder of a test's own, gone when the test is over.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  /// Writes a file, and the folders in its name.
  std::filesystem::path put(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

std::string content(const std::filesystem::path& file);

}  // namespace ketensim::support
