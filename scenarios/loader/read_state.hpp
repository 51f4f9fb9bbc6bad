#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ketensim/scenario.hpp"
#include "scenarios/loader/assemble.hpp"
#include "scenarios/loader/diagnostics.hpp"
#include "scenarios/loader/node.hpp"

namespace ketensim::loader {

/// What `start_from` names.
struct StateFile {
  std::optional<ChainState> state;
  std::vector<Path> faulty;  // {"state", line, column} of what cannot be read
  bool unreadable = false;

  /// Where a problem at {"state", line, column} is shown.
  Place locate(const Path& path) const;

 private:
  friend class StateReader;
  int file_ = 0;
  std::unordered_map<std::string, std::size_t> columns_;          // by name
  std::unordered_map<std::string, std::vector<int>> characters_;  // of each column, by line
};

/// Reads the state that the scenario starts from, if it names one; adds its file to the sources. Nothing that is
/// written of a child comes into a message or, as text, into the scenario.
StateFile read_state(const Chain& chain, const LoadOptions& options, Assembly& assembly, Diagnostics& diagnostics);

}  // namespace ketensim::loader
