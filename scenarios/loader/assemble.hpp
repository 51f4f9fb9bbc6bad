#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "ketensim/load.hpp"
#include "scenarios/loader/diagnostics.hpp"
#include "scenarios/loader/draws.hpp"
#include "scenarios/loader/node.hpp"

namespace ketensim::loader {

/// A scenario's document with everything that it stands on, merged.
struct Assembly {
  std::vector<Source> sources;  // by Place::file: the scenario's own, its base, ...; data without text
  std::optional<Draws> draws;   // that the replications run on; their marks are in `root`
  std::optional<Node> root;     // nothing if the scenario's own file is no scenario
  bool complete = false;        // all bases were read; otherwise keys may be missing
  bool unreadable = false;      // a file could not be opened or read

  /// The text of all files, base first, each under a line with its name; without data such as recorded arrivals.
  std::string text() const;
};

Assembly assemble(const std::filesystem::path& file, const LoadOptions& options, Diagnostics& diagnostics);

}  // namespace ketensim::loader
