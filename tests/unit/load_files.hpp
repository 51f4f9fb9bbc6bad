#pragma once

#include <filesystem>
#include <string>

#include "ketensim/load.hpp"
#include "tests/support/folder.hpp"

namespace ketensim::tests {

struct Folder : support::Folder {
  Loaded load(const std::string& name, const LoadOptions& options = {}) const;
};

using support::content;
std::filesystem::path example(const std::string& name);

/// The text of mini-chain.yaml with one piece of it replaced; the piece must occur once.
std::string mini_chain(const std::string& piece = "", const std::string& by = "");

/// Loads `text` as chain.yaml in a folder of its own.
Loaded load_text(const std::string& text);
/// Its diagnostics, one a line, with the folder left out.
std::string diagnosed(const std::string& text);
std::string errors_of(const Loaded& loaded);

}  // namespace ketensim::tests
