#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ketensim::tests {

struct Outcome {
  int status = -1;  // exit status, or -1 where a signal ended it
  std::string out, err;
};

/// Runs the real command line. `redirect` is a piece of shell that follows it, `> /dev/full` for one.
Outcome ketensim(const std::vector<std::string>& arguments, const std::string& redirect = "");

std::string content(const std::filesystem::path& path);
std::filesystem::path example(const std::string& name);

/// A folder of a test's own, gone when the test is over.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path put(const std::string& name, const std::string& text) const;
  std::vector<std::string> names() const;  // sorted, hidden ones as well

 private:
  std::filesystem::path path_;
};

}  // namespace ketensim::tests
