#include "scenarios/loader/assemble.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "scenarios/loader/document.hpp"
#include "scenarios/loader/form.hpp"
#include "scenarios/loader/merge.hpp"
#include "scenarios/loader/source.hpp"

namespace ketensim::loader {
namespace {

namespace fs = std::filesystem;

constexpr FileKind kDrawsFile{"file of draws", "a file of draws", "a file of draws", ""};

/// A file of recorded arrivals is named relative to the file that says so, wherever that is laid over.
void resolve_recorded(Node& document, const fs::path& folder) {
  for (Entry& section : document.entries)
    for (Entry& stream : section.value.entries)
      for (Entry& entry : stream.value.entries)
        if (section.key == "arrivals" && entry.key == "recorded" && !entry.value.text.empty())
          entry.value.text = (folder / entry.value.text).lexically_normal().string();
}

/// Whether the parameters are to be drawn; nothing where `uncertainty` does not say so.
std::optional<bool> draws_parameters(const Node* uncertainty) {
  if (!uncertainty) return std::nullopt;
  const Node* parameters = uncertainty->is_map() ? uncertainty->find("parameters") : uncertainty;
  if (!parameters || !parameters->is_scalar()) return std::nullopt;
  if (parameters->text == "none" || parameters->text == "false") return false;
  if (parameters->text == "parameters" || parameters->text == "true") return true;
  return std::nullopt;
}

/// Reads a file and the files that it stands on, one after another.
class Reader {
 public:
  Reader(const LoadOptions& options, Diagnostics& diagnostics) : options_(options), diagnostics_(diagnostics) {}

  Assembly assemble(const fs::path& file) && {
    std::optional<fs::path> next = file;
    Place named_at;  // where the file is named as a base
    while (next) {
      std::optional<Node> document = read(*next, named_at);
      if (!document) break;
      documents_.push_back(std::move(*document));
      next = base_of(documents_.back(), *next, named_at);
    }
    take_draws();
    merge();
    return std::move(assembly_);
  }

 private:
  std::optional<Node> read(const fs::path& path, const Place& named_at) {
    const bool is_base = !assembly_.sources.empty();
    FileText file = read_file(path, kScenarioFile);
    const int index = static_cast<int>(assembly_.sources.size());
    if (file.unreadable) {
      assembly_.unreadable = true;
      if (is_base) diagnostics_.error(named_at, fmt::format("base {}: {}", path.string(), file.problem));
    }
    if (!is_base || !file.unreadable) assembly_.sources.push_back({path.string(), std::move(file.text)});
    if (!file.problem.empty()) {
      if (!is_base || !file.unreadable) diagnostics_.error({index, file.line, file.column}, file.problem);
      return std::nullopt;
    }
    paths_.push_back(path);
    std::optional<Node> document = parse_document(assembly_.sources.back().text, index, kScenarioFile, diagnostics_);
    if (!document || !check_format(*document, index, kScenarioFile, diagnostics_)) return std::nullopt;
    resolve_recorded(*document, path.parent_path());
    return document;
  }

  /// The file that the last document stands on, if there is one to read; settles whether all have been read.
  std::optional<fs::path> base_of(const Node& document, const fs::path& file, Place& named_at) {
    const Node* base = document.find("base");
    if (!base) {
      assembly_.complete = true;
      return std::nullopt;
    }
    if (!base->is_scalar() || base->text.empty()) return std::nullopt;  // the check of its shape says so
    named_at = base->place;
    fs::path path = (file.parent_path() / base->text).lexically_normal();
    if (base->text == "calibrated") {
      if (options_.calibrated.empty()) {
        diagnostics_.error(named_at,
                           "`base: calibrated` stands on a calibrated chain: name the folder of its chain.yaml "
                           "with `--calibrated DIR`");
        return std::nullopt;
      }
      path = options_.calibrated / "chain.yaml";
    }
    const auto again = std::find_if(paths_.begin(), paths_.end(), [&](const fs::path& earlier) {
      std::error_code error;
      return earlier == path || fs::equivalent(earlier, path, error);
    });
    if (again == paths_.end()) return path;
    std::string circle;
    for (auto at = again; at != paths_.end(); ++at) circle += at->string() + " -> ";
    diagnostics_.error(named_at,
                       fmt::format("these files stand on each other in a circle: {}{}", circle, again->string()));
    return std::nullopt;
  }

  /// The value of a key in the topmost document that has it, and which document that is.
  std::pair<Node*, std::size_t> topmost(std::string_view key) {
    for (std::size_t i = 0; i < documents_.size(); ++i)
      for (Entry& entry : documents_[i].entries)
        if (entry.key == key) return {&entry.value, i};
    return {nullptr, 0};
  }

  /// The draws replace figures of the document that names them; what is laid over that stays as it is.
  void take_draws() {
    const auto [named, at] = topmost("draws");
    const Node* uncertainty = topmost("uncertainty").first;
    const std::optional<bool> wanted = draws_parameters(uncertainty);
    if (wanted == false) return;
    if (!named || named->is_null()) {
      if (wanted == true && assembly_.complete)
        diagnostics_.error(uncertainty->place, "no draws are named: name their file with `draws: FILE`");
      return;
    }
    for (std::size_t below = at + 1; below < documents_.size(); ++below)
      if (documents_[below].find("draws")) {
        diagnostics_.error(
            named->place,
            fmt::format("{} names draws too, and draws of two files do not belong together", paths_[below].string()));
        return;
      }
    if (named->is_scalar() && !named->text.empty()) read_draws(documents_[at], paths_[at], *named);
  }

  void read_draws(Node& document, const fs::path& document_path, const Node& named) {
    const fs::path path = (document_path.parent_path() / named.text).lexically_normal();
    FileText file = read_file(path, kDrawsFile);
    if (file.unreadable) {
      assembly_.unreadable = true;
      diagnostics_.error(named.place, fmt::format("draws {}: {}", path.string(), file.problem));
      return;
    }
    const int index = static_cast<int>(assembly_.sources.size());
    assembly_.sources.push_back({path.string(), std::move(file.text)});
    Source& source = assembly_.sources.back();
    source.in_short = fmt::format("FNV-1a {}", hash_of(source.text));
    if (!file.problem.empty()) {
      diagnostics_.error({index, file.line, file.column}, file.problem);
      return;
    }
    assembly_.draws = Draws::read(source.text, index, diagnostics_);
    if (assembly_.draws) assembly_.draws->mark(document, scenario_form(), named.place, diagnostics_);
  }

  void merge() {
    if (documents_.empty()) return;
    Node root = std::move(documents_.back());
    for (std::size_t i = documents_.size() - 1; i > 0; --i) {
      std::erase_if(root.entries, [](const Entry& e) { return e.key == "name" || e.key == "base"; });
      lay_over(root, std::move(documents_[i - 1]), scenario_form());
    }
    assembly_.root = std::move(root);
  }

  const LoadOptions& options_;
  Diagnostics& diagnostics_;
  Assembly assembly_;
  std::vector<Node> documents_;
  std::vector<fs::path> paths_;
};

}  // namespace

std::string Assembly::text() const {
  std::string text;
  for (auto source = sources.rbegin(); source != sources.rend(); ++source) {
    if (source->text.empty() || !source->in_short.empty()) continue;
    text += fmt::format("{}# ---- {}\n{}", text.empty() ? "" : "\n",
                        std::filesystem::path(source->name).filename().string(), source->text);
    if (!text.ends_with('\n')) text += '\n';
  }
  for (const Source& source : sources)
    if (!source.in_short.empty())
      text += fmt::format("\n# ---- {}: {}\n", std::filesystem::path(source.name).filename().string(), source.in_short);
  return text;
}

Assembly assemble(const fs::path& file, const LoadOptions& options, Diagnostics& diagnostics) {
  return Reader(options, diagnostics).assemble(file);
}

}  // namespace ketensim::loader
