#include "scenarios/loader/document.hpp"

#include <fmt/core.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <unordered_map>

namespace ketensim::loader {
namespace {

constexpr std::size_t kMostNodes = 1'000'000;
constexpr std::size_t kDeepest = 60;

/// Ends the reading of a document.
struct Stop {
  Place at;
  std::string message;
};

struct Extent {
  std::size_t nodes = 1, depth = 1;
};

Extent extent_of(const Node& node) {
  Extent extent;
  const auto add = [&](const Node& child) {
    const Extent inner = extent_of(child);
    extent.nodes += inner.nodes;
    extent.depth = std::max(extent.depth, inner.depth + 1);
  };
  for (const Node& item : node.items) add(item);
  for (const Entry& entry : node.entries) add(entry.value);
  return extent;
}

class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const std::string& text, int file, const FileKind& kind, Diagnostics& diagnostics)
      : text_(text),
        ascii_(std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })),
        file_(file),
        kind_(kind),
        diagnostics_(diagnostics) {}

  Node take() { return std::move(root_); }
  int documents() const { return documents_; }

  /// Columns count characters, as editors do; yaml-cpp counts bytes.
  Place place(const YAML::Mark& mark) const {
    if (mark.is_null()) return {file_, 0, 0};
    int column = mark.column;
    if (!ascii_ && mark.pos >= mark.column && static_cast<std::size_t>(mark.pos) <= text_.size())
      column -= static_cast<int>(std::count_if(text_.begin() + mark.pos - mark.column, text_.begin() + mark.pos,
                                               [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }));
    return {file_, mark.line + 1, column + 1};
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 2)
      throw Stop{place(mark), fmt::format("a second document begins here: {} holds one", kind_.a_file)};
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { add(made(Node::Kind::null, mark), anchor); }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto at = anchored_.find(anchor);
    if (at == anchored_.end()) throw Stop{place(mark), "this alias refers to something that it is part of"};
    const Extent extent = extent_of(at->second);
    count(extent.nodes, place(mark), "with its aliases expanded, the file");
    check_depth(open_.size() + extent.depth, place(mark));
    add(at->second, 0);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    Node node = made(Node::Kind::scalar, mark);
    node.quoted = tag == "!" || tag == "tag:yaml.org,2002:str";
    if (!node.quoted) check_tag(tag, node.place);
    check_closed(mark, node.place);
    node.text = value;
    add(std::move(node), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Node::Kind::list, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(Node::Kind::map, mark, tag, anchor);
  }
  void OnMapEnd() override {
    check_keys(open_.back().node);
    close();
  }

 private:
  struct Open {
    Node node;
    YAML::anchor_t anchor;
    bool has_key = false;  // of a map: its last entry waits for its value
  };

  Node made(Node::Kind kind, const YAML::Mark& mark) {
    Node node;
    node.kind = kind;
    node.place = place(mark);
    count(1, node.place, "the file");
    return node;
  }

  void count(std::size_t more, const Place& at, const char* what) {
    if ((nodes_ += more) > kMostNodes)
      throw Stop{at, fmt::format("{} has more than {} values, more than {} can need", what, kMostNodes, kind_.one)};
  }

  void check_depth(std::size_t depth, const Place& at) const {
    if (depth > kDeepest)
      throw Stop{at, fmt::format("values are nested more than {} deep, deeper than {} can need", kDeepest, kind_.one)};
  }

  /// yaml-cpp takes a quote that is never closed for one that ends with the file.
  void check_closed(const YAML::Mark& mark, const Place& at) const {
    if (mark.pos < 0 || static_cast<std::size_t>(mark.pos) >= text_.size()) return;
    const char quote = text_[static_cast<std::size_t>(mark.pos)];
    if (quote != '"' && quote != '\'') return;
    for (std::size_t i = static_cast<std::size_t>(mark.pos) + 1; i < text_.size(); ++i) {
      const bool escaped = quote == '"' ? text_[i] == '\\' : text_.compare(i, 2, "''") == 0;
      if (escaped)
        ++i;
      else if (text_[i] == quote)
        return;
    }
    throw Stop{at, "this quote is never closed"};
  }

  void check_tag(const std::string& tag, const Place& at) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    diagnostics_.error(at, fmt::format("the tag `{}` means nothing in a scenario: leave it out", tag));
  }

  void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    Node node = made(kind, mark);
    check_tag(tag, node.place);
    check_depth(open_.size() + 1, node.place);
    open_.push_back({std::move(node), anchor});
  }

  void close() {
    Node node = std::move(open_.back().node);
    const YAML::anchor_t anchor = open_.back().anchor;
    open_.pop_back();
    add(std::move(node), anchor);
  }

  void add(Node node, YAML::anchor_t anchor) {
    if (anchor != 0) anchored_[anchor] = node;
    if (open_.empty()) {
      root_ = std::move(node);
    } else if (Open& parent = open_.back(); parent.node.is_list()) {
      parent.node.items.push_back(std::move(node));
    } else if (parent.has_key) {
      Entry& entry = parent.node.entries.back();
      if (node.is_null()) node.place = entry.place;  // yaml-cpp marks what comes after it
      entry.value = std::move(node);
      parent.has_key = false;
    } else {
      if (!node.is_scalar())
        throw Stop{node.place, node.is_null() ? "a key is missing before the colon"
                                              : "a key must be one word, not a list or a map (is a quote missing?)"};
      parent.node.entries.push_back({std::move(node.text), node.place, {}});
      parent.has_key = true;
    }
  }

  /// Of a key that is given twice only the first stays, and merge keys go: what is said about them here is enough.
  void check_keys(Node& map) {
    std::unordered_map<std::string, int> lines;
    std::erase_if(map.entries, [&](const Entry& entry) {
      if (entry.key == "<<") {
        diagnostics_.error(entry.place, "merge keys (`<<`) are not part of the format: repeat the keys, or use `base`");
        return true;
      }
      const auto [first, is_new] = lines.emplace(entry.key, entry.place.line);
      if (!is_new)
        diagnostics_.error(entry.place,
                           fmt::format("the key `{}` is given twice, first on line {}", entry.key, first->second));
      return !is_new;
    });
  }

  const std::string& text_;
  const bool ascii_;
  const int file_;
  const FileKind& kind_;
  Diagnostics& diagnostics_;
  std::vector<Open> open_;
  std::unordered_map<YAML::anchor_t, Node> anchored_;
  Node root_;
  std::size_t nodes_ = 0;
  int documents_ = 0;
};

/// What yaml-cpp says, in words that help.
std::string explained(const std::string& message) {
  if (message.find("end of map") != std::string::npos || message.find("illegal map") != std::string::npos)
    return message + " (check the indentation, the colons and the braces around here)";
  if (message.find("end of sequence") != std::string::npos || message.find("block entry") != std::string::npos)
    return message + " (check the indentation, the dashes and the brackets around here)";
  if (message.find("tab") != std::string::npos) return message + " (indent with spaces)";
  return message;
}

}  // namespace

std::optional<Node> parse_document(const std::string& text, int file, const FileKind& kind, Diagnostics& diagnostics) {
  TreeBuilder builder(text, file, kind, diagnostics);
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Stop& stop) {
    diagnostics.error(stop.at, stop.message);
    return std::nullopt;
  } catch (const YAML::Exception& e) {
    diagnostics.error(builder.place(e.mark), "this is not valid YAML: " + explained(e.msg));
    return std::nullopt;
  }
  if (builder.documents() == 0) {
    diagnostics.error({file, 0, 0},
                      fmt::format("the file is empty: {} begins with `format: {}`", kind.one, kind.format));
    return std::nullopt;
  }
  return builder.take();
}

bool check_format(Node& document, int file, const FileKind& kind, Diagnostics& diagnostics) {
  if (!document.is_map()) {
    const char* what = document.is_null() ? "the file is empty" : "expected keys with their values";
    diagnostics.error(document.is_null() ? Place{file, 0, 0} : document.place,
                      fmt::format("{}: {} begins with `format: {}`", what, kind.one, kind.format));
    return false;
  }
  const Node* format = document.find("format");
  if (format && format->is_scalar() && format->text == kind.format) return true;
  if (format) {
    diagnostics.error(format->place,
                      fmt::format("this version of ketensim reads `format: {}` and no other", kind.format));
    return false;
  }
  diagnostics.error(document.place, fmt::format("`format` is missing: begin with `format: {}`", kind.format));
  std::erase_if(document.entries, [](const Entry& entry) { return entry.key == "format"; });
  Node given;
  given.kind = Node::Kind::scalar;
  given.place = document.place;
  given.text = kind.format;
  document.entries.push_back({"format", document.place, std::move(given)});
  return true;
}

}  // namespace ketensim::loader
