#include "calibration/monitor/files.hpp"

#include <algorithm>
#include <set>
#include <string_view>

namespace ketensim::monitor {
namespace {

namespace fs = std::filesystem;

bool matches(std::string_view name, std::string_view pattern) {
  std::size_t at = 0, in = 0, star = std::string::npos, resume = 0;
  while (at < name.size()) {
    if (in < pattern.size() && (pattern[in] == '?' || pattern[in] == name[at]) && pattern[in] != '*') {
      ++at, ++in;
    } else if (in < pattern.size() && pattern[in] == '*') {
      star = in++;
      resume = at;
    } else if (star != std::string::npos) {
      in = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  while (in < pattern.size() && pattern[in] == '*') ++in;
  return in == pattern.size();
}

}  // namespace

std::vector<fs::path> files_named(const fs::path& folder, const std::string& pattern) {
  std::error_code error;
  std::set<std::string> plain, packed;  // names without `.gz`
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (matches(name, pattern)) plain.insert(name);
    if (name.ends_with(".gz") && matches(name.substr(0, name.size() - 3), pattern))
      packed.insert(name.substr(0, name.size() - 3));
  }
  std::vector<fs::path> files;
  for (const std::string& name : plain)
    if (!name.ends_with(".gz") || !plain.count(name.substr(0, name.size() - 3))) files.push_back(folder / name);
  for (const std::string& name : packed)
    if (!plain.count(name) && !plain.count(name + ".gz")) files.push_back(folder / (name + ".gz"));
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace ketensim::monitor
