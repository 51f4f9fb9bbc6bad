#include "tests/unit/load_files.hpp"

#include <stdexcept>

namespace ketensim::tests {

namespace fs = std::filesystem;

Loaded Folder::load(const std::string& name, const LoadOptions& options) const {
  Loaded loaded = load_scenario(path() / name, options);
  const std::string folder = path().string() + "/";
  for (Diagnostic& diagnostic : loaded.diagnostics)
    for (std::string* text : {&diagnostic.file, &diagnostic.message})
      for (std::size_t at = 0; (at = text->find(folder, at)) != std::string::npos;) text->erase(at, folder.size());
  return loaded;
}

fs::path example(const std::string& name) { return fs::path(KETENSIM_SOURCE_DIR) / "scenarios/examples" / name; }

std::string mini_chain(const std::string& piece, const std::string& by) {
  std::string text = content(example("mini-chain.yaml"));
  if (piece.empty()) return text;
  const std::size_t at = text.find(piece);
  if (at == std::string::npos || text.find(piece, at + 1) != std::string::npos)
    throw std::invalid_argument("mini-chain.yaml must hold this once: " + piece);
  return text.replace(at, piece.size(), by);
}

Loaded load_text(const std::string& text) {
  const Folder folder;
  folder.put("chain.yaml", text);
  return folder.load("chain.yaml");
}

std::string diagnosed(const std::string& text) { return errors_of(load_text(text)); }

std::string errors_of(const Loaded& loaded) {
  std::string text;
  for (const Diagnostic& diagnostic : loaded.diagnostics)
    if (diagnostic.severity == Problem::Severity::error) text += diagnostic.text() + "\n";
  return text;
}

}  // namespace ketensim::tests
