#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "ketensim/scenario.hpp"

namespace ketensim {

struct LoadOptions {
  std::filesystem::path calibrated;  // folder of `base: calibrated` and `start_from: calibrated`; empty: none
};

/// A problem with its place in a file. `line` and `column` count from 1; 0: the file or line as a whole.
struct Diagnostic {
  Problem::Severity severity = Problem::Severity::error;
  std::string file;
  int line = 0, column = 0;
  std::string message;
  std::string suggestion;

  /// `file.yaml:12:7: error: ... (did you mean ...?)`
  std::string text() const;
};

struct Loaded {
  Scenario scenario;  // meaningful only if there is no error
  std::vector<Diagnostic> diagnostics;
  bool unreadable = false;  // a file could not be opened or read

  bool ok() const;
};

/// Reads a scenario with everything that it stands on (`base:`), checks its form and validates it: all problems at
/// once. Never throws on bad input.
Loaded load_scenario(const std::filesystem::path& file, const LoadOptions& options = {});

/// The JSON Schema (draft 2020-12) of the format and its reference (FORMAT.md), both made from the same tables
/// that the loader reads by.
std::string format_schema();
std::string format_reference();

}  // namespace ketensim
