#include "scenarios/loader/draws.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "ketensim/scenario.hpp"
#include "scenarios/loader/build.hpp"
#include "scenarios/loader/quantities.hpp"

namespace ketensim::loader {
namespace {

constexpr std::size_t kMostDraws = 1'000, kMostRows = 10'000;
constexpr std::size_t kMostValues = 10'000'000;  // of all drawn chains together
constexpr std::array<std::string_view, 4> kDrawnSections{"arrivals", "pools", "steps", "returns"};

/// The node at the end of a path, with its form (null: unknown here), or why there is none.
struct Found {
  Node* node = nullptr;
  const Form* form = nullptr;
  std::string problem, suggestion;
};

/// A key may itself hold a `/`: the longest that fits is meant.
Entry* longest_key(Node& map, std::string_view rest) {
  Entry* longest = nullptr;
  for (Entry& entry : map.entries) {
    const std::string& key = entry.key;
    if (!rest.starts_with(key) || (rest.size() > key.size() && rest[key.size()] != '/')) continue;
    if (!longest || key.size() > longest->key.size()) longest = &entry;
  }
  return longest;
}

std::string_view first_of(std::string_view rest) { return rest.substr(0, rest.find('/')); }

std::optional<std::size_t> position(std::string_view text) {
  std::size_t at = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), at);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return at;
}

Found find(Node& document, const Form& form, std::string_view path) {
  Found found{&document, &form, {}, {}};
  for (std::string_view rest = path, key; !rest.empty(); rest.remove_prefix(std::min(rest.size(), key.size() + 1))) {
    Node& node = *found.node;
    const Form* taken = found.form ? found.form->taken_by(node) : nullptr;
    const std::string_view before = path.substr(0, path.size() - rest.size());
    const std::string where =
        before.empty() ? "the file that names these draws" : fmt::format("`{}`", before.substr(0, before.size() - 1));
    key = first_of(rest);
    if (node.is_map()) {
      Entry* entry = longest_key(node, rest);
      if (!entry) {
        std::vector<std::string> known;
        for (const Entry& other : node.entries) known.push_back(other.key);
        return {nullptr, nullptr, fmt::format("there is no `{}` in {}", key, where),
                nearest_name(std::string(key), known)};
      }
      key = rest.substr(0, entry->key.size());
      found.form = taken ? taken->of_key(entry->key) : nullptr;
      found.node = &entry->value;
    } else if (node.is_list()) {
      const auto at = position(key);
      if (!at || *at >= node.items.size())
        return {nullptr,
                nullptr,
                fmt::format("{} is a list of {}, counted from 0: `{}` is none of them", where, node.items.size(), key),
                {}};
      found.form = taken ? taken->of : nullptr;
      found.node = &node.items[*at];
    } else {
      return {nullptr, nullptr, fmt::format("there is nothing below {}", where), {}};
    }
  }
  return found;
}

bool is_figure(Scalar scalar) {
  switch (scalar) {
    case Scalar::integer:
    case Scalar::number:
    case Scalar::share:
    case Scalar::duration:
    case Scalar::rate:
    case Scalar::growth:
    case Scalar::factor:
      return true;
    default:
      return false;
  }
}

/// Whether two durations count on different clocks: a draw changes figures, and not what they are.
bool on_other_clock(const Form& form, const std::string& cell, const std::string& text) {
  if (form.scalar != Scalar::duration) return false;
  const Reading<Duration> drawn = read_duration(cell), given = read_duration(text);
  return drawn && given && drawn.value->days != 0.0 && given.value->days != 0.0 &&
         drawn.value->working != given.value->working;
}

std::size_t count(const Node& node) {
  std::size_t nodes = 1;
  for (const Node& item : node.items) nodes += count(item);
  for (const Entry& entry : node.entries) nodes += count(entry.value);
  return nodes;
}

void collect(Node& node, std::vector<Node*>& marked) {
  if (node.drawn > 0) marked.push_back(&node);
  for (Node& item : node.items) collect(item, marked);
  for (Entry& entry : node.entries) collect(entry.value, marked);
}

/// The first mark at or below a node, or 0.
int first_mark(const Node& node) {
  if (node.drawn > 0) return node.drawn;
  for (const Node& item : node.items)
    if (const int mark = first_mark(item)) return mark;
  for (const Entry& entry : node.entries)
    if (const int mark = first_mark(entry.value)) return mark;
  return 0;
}

const Node* node_at(const Node& root, const Path& path) {
  const Node* node = &root;
  for (const std::string& key : path) {
    const Node* next = node->find(key);
    if (node->is_list())
      if (const auto at = position(key); at && *at < node->items.size()) next = &node->items[*at];
    if (!next) return node == &root ? nullptr : node;  // what is said of a key that is not given is said of its map
    node = next;
  }
  return node;
}

}  // namespace

/// Cells between commas; one in double quotes may hold commas, and a quote twice (RFC 4180, within a line).
Draws::Row Draws::split(std::string_view line, int number, int file, Diagnostics& diagnostics) {
  Row row;
  row.line = number;
  int column = 1;
  std::size_t at = 0;
  const auto next = [&] {
    column += (static_cast<unsigned char>(line[at]) & 0xC0) != 0x80;  // characters, as editors count
    return line[at++];
  };
  for (;;) {
    Cell& cell = row.cells.emplace_back();
    cell.column = column;
    const bool quoted = at < line.size() && line[at] == '"';
    bool open = quoted, stray = false;
    if (quoted) next();
    while (at < line.size() && (open || line[at] != ',')) {
      const char c = next();
      stray |= quoted && !open;
      if (!open || c != '"')
        cell.text += c;
      else if (at < line.size() && line[at] == '"')
        cell.text += next();
      else
        open = false;
    }
    if (open) diagnostics.error({file, number, cell.column}, "a quote opens here and is not closed on this line");
    if (stray) diagnostics.error({file, number, cell.column}, "text stands after the quote that closes this cell");
    if (at == line.size()) return row;
    next();  // the comma
  }
}

bool Draws::check_header(const Row& header, Diagnostics& diagnostics) {
  const std::size_t before = header.cells.size() - 1;
  if (header.cells.front().text != "path") {
    diagnostics.error(at(header, 0), fmt::format("expected `path,1,2,...` at the top of a file of draws, not `{}`",
                                                 header.cells.front().text));
    return false;
  }
  if (before == 0 || before > kMostDraws) {
    diagnostics.error(at(header, 0), before == 0 ? "there are no draws: expected `path,1,2,...`"
                                                 : fmt::format("{} draws: the most is {}", before, kMostDraws));
    return false;
  }
  for (std::size_t draw = 1; draw <= before; ++draw)
    if (header.cells[draw].text != std::to_string(draw)) {
      diagnostics.error(at(header, draw), fmt::format("the draws are numbered 1, 2, ...: expected `{}` here, not `{}`",
                                                      draw, header.cells[draw].text));
      return false;
    }
  size_ = before;
  return true;
}

std::optional<Draws> Draws::read(const std::string& text, int file, Diagnostics& diagnostics) {
  Draws draws;
  draws.file_ = file;
  int number = 0;
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    ++number;
    if (line.empty() && number > 1) continue;
    Row row = split(line, number, file, diagnostics);
    if (number == 1) {
      if (!draws.check_header(row, diagnostics)) return std::nullopt;
    } else if (row.cells.size() != draws.size_ + 1) {
      diagnostics.error({file, number, 1}, fmt::format("expected a path and {} figures, one for each draw, not {}",
                                                       draws.size_, row.cells.size() - 1));
    } else {
      draws.rows_.push_back(std::move(row));
    }
    if (draws.rows_.size() > kMostRows) {
      diagnostics.error({file, number, 1}, fmt::format("more than {} figures are drawn", kMostRows));
      return std::nullopt;
    }
  }
  if (number == 0) diagnostics.error({file, 0, 0}, "the file is empty: expected `path,1,2,...`");
  if (number > 0 && draws.rows_.empty() && !diagnostics.any_error())
    diagnostics.error({file, 1, 1}, "no figure is drawn: expected a row for each");
  if (draws.rows_.empty()) return std::nullopt;
  return draws;
}

void Draws::check_figures(const Row& row, const Node& node, const Form& form, Diagnostics& diagnostics) const {
  const ScalarKind& kind = scalar_kind(form.scalar);
  for (std::size_t draw = 1; draw < row.cells.size(); ++draw) {
    const std::string& cell = row.cells[draw].text;
    if (const auto problem = kind.problem(form, cell)) {
      const std::string why = problem->empty() ? "" : ": " + *problem;
      diagnostics.error(at(row, draw), cell.empty() ? fmt::format("draw {} is empty: expected {}", draw, form.expected)
                                                    : fmt::format("expected {}, not `{}`{}", form.expected, cell, why));
    } else if (on_other_clock(form, cell, node.text)) {
      diagnostics.error(at(row, draw), fmt::format("`{}` counts in days and in working days by turns: a draw keeps to "
                                                   "the clock of `{}`",
                                                   row.cells[0].text, node.text));
    }
  }
}

void Draws::mark(Node& document, const Form& form, const Place& named_at, Diagnostics& diagnostics) {
  named_at_ = named_at;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    const Row& row = rows_[r];
    const std::string& path = row.cells[0].text;
    const auto wrong = [&](std::string problem, std::string suggestion = {}) {
      diagnostics.error(at(row, 0), std::move(problem), std::move(suggestion));
    };
    if (path.empty()) {
      wrong("a path is missing here");
      continue;
    }
    const auto* section = std::find(kDrawnSections.begin(), kDrawnSections.end(), first_of(path));
    const Found found = find(document, form, path);
    if (!found.node) {
      wrong(found.problem, found.suggestion);
      continue;
    }
    if (section == kDrawnSections.end()) {
      wrong(fmt::format("`{}` is not drawn: figures of `arrivals`, `pools`, `steps` and `returns` are", path));
      continue;
    }
    Node& node = *found.node;
    const Form* leaf = found.form ? found.form->taken_by(node) : nullptr;
    if (!node.is_scalar()) {
      wrong(fmt::format("`{}` is {}: a path leads to one figure", path,
                        node.is_map()    ? "a map"
                        : node.is_list() ? "a list"
                                         : "empty"));
    } else if (node.drawn > 0) {
      wrong(
          fmt::format("`{}` is drawn on line {} already", path, rows_[static_cast<std::size_t>(node.drawn - 1)].line));
    } else if (leaf && !(leaf->kind == Form::Kind::scalar && is_figure(leaf->scalar))) {
      wrong(fmt::format("`{}` is no figure, and a draw changes figures only", path));
    } else if (leaf) {  // otherwise the document has an unknown key, which is reported there
      node.drawn = static_cast<int>(r + 1);
      check_figures(row, node, *leaf, diagnostics);
    }
  }
}

std::vector<std::shared_ptr<const Chain>> Draws::chains(Node& root, const Chain& chain,
                                                        Diagnostics& diagnostics) const {
  if (count(root) * size_ > kMostValues) {
    diagnostics.error(
        named_at_, fmt::format("{} draws of a chain of {} values are more than fit: draw fewer", size_, count(root)));
    return {};
  }
  std::vector<Node*> marked;
  collect(root, marked);
  std::vector<std::string> given;
  for (const Node* node : marked) given.push_back(node->text);
  std::vector<std::shared_ptr<const Chain>> chains;
  for (std::size_t draw = 1; draw <= size_; ++draw) {
    for (Node* node : marked) node->text = rows_[static_cast<std::size_t>(node->drawn - 1)].cells[draw].text;
    Chain drawn = build_chain(root);
    for (std::size_t s = 0; s < drawn.streams.size(); ++s) {
      drawn.streams[s].recorded = chain.streams[s].recorded;
      drawn.streams[s].recorded_attributes = chain.streams[s].recorded_attributes;
    }
    chains.push_back(std::make_shared<const Chain>(std::move(drawn)));
  }
  for (std::size_t i = 0; i < marked.size(); ++i) marked[i]->text = given[i];
  return chains;
}

Place Draws::place_of(const Node& root, const Path& path, int draw) const {
  const Node* node = path.empty() ? nullptr : node_at(root, path);
  const int mark = node ? first_mark(*node) : 0;
  if (mark == 0) return named_at_;
  return at(rows_[static_cast<std::size_t>(mark - 1)], static_cast<std::size_t>(draw));
}

}  // namespace ketensim::loader
