#include "tests/cli/command.hpp"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>

namespace ketensim::tests {
namespace fs = std::filesystem;
namespace {

std::string quoted(const std::string& word) {
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? "'\\''" : std::string(1, c);
  return text + "'";
}

}  // namespace

Outcome ketensim(const std::vector<std::string>& arguments, const std::string& redirect) {
  const Folder folder;
  std::string line = quoted(KETENSIM_BINARY);
  for (const std::string& argument : arguments) line += " " + quoted(argument);
  line += fmt::format(" > {} 2> {} < /dev/null {}", quoted((folder / "out").string()),
                      quoted((folder / "err").string()), redirect);
  const int status = std::system(line.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, content(folder / "out"), content(folder / "err")};
}

fs::path example(const std::string& name) { return fs::path(KETENSIM_SOURCE_DIR) / "scenarios" / "examples" / name; }

std::vector<std::string> Folder::names() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path())) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace ketensim::tests
