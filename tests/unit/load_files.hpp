#pragma once

#include <filesystem>
#include <string>

#include "ketensim/load.hpp"

namespace ketensim::tests {

/// A folder of a test's own, gone when the test is over.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path put(const std::string& name, const std::string& text) const;
  Loaded load(const std::string& name, const LoadOptions& options = {}) const;

 private:
  std::filesystem::path path_;
};

std::string content(const std::filesystem::path& file);
std::filesystem::path example(const std::string& name);

/// The text of mini-chain.yaml with one piece of it replaced; the piece must occur once.
std::string mini_chain(const std::string& piece = "", const std::string& by = "");

/// Loads `text` as chain.yaml in a folder of its own.
Loaded load_text(const std::string& text);
/// Its diagnostics, one a line, with the folder left out.
std::string diagnosed(const std::string& text);
std::string errors_of(const Loaded& loaded);

}  // namespace ketensim::tests
