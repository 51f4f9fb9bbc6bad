#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tools/cli/options.hpp"
#include "tools/cli/quarter/standing.hpp"

namespace ketensim::cli {

/// One stage of a quarter: a verb as it could be typed, into a folder of its own.
struct Stage {
  std::string name, verb;
  std::vector<std::string> files, places, settings;  // what follows the verb; only settings make a difference by name
  std::function<std::vector<Ground>()> files_read;   // when its turn comes

  /// What follows `ketensim`.
  std::vector<std::string> command(const std::filesystem::path& out) const;
  /// What it stands on: the files that it reads, its settings, and this program.
  std::vector<Ground> grounds() const;
};

/// The stages of a quarter in the folder `out`, in their order. Throws InputError where scenarios, or results of the
/// quarter before, are not where they were said to be.
std::vector<Stage> stages_of(const Arguments& arguments, const std::filesystem::path& out);

}  // namespace ketensim::cli
