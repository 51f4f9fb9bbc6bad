#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/folder.hpp"

namespace ketensim::tests {

struct Outcome {
  int status = -1;  // exit status, or -1 where a signal ended it
  std::string out, err;
};

/// Runs the real command line. `redirect` is a piece of shell that follows it, `> /dev/full` for one.
Outcome ketensim(const std::vector<std::string>& arguments, const std::string& redirect = "");

using support::content;
std::filesystem::path example(const std::string& name);

struct Folder : support::Folder {
  std::vector<std::string> names() const;  // sorted, hidden ones as well
};

}  // namespace ketensim::tests
