#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ketensim::loader {

/// A place in one of the files that a scenario stands on. Line and column count from 1; line 0: the file as a whole.
struct Place {
  int file = 0;  // 0: the scenario's own file, 1: its base, and so on
  int line = 0, column = 0;
};

struct Entry;

/// A value as it stands in a file, with its place: nothing, a scalar, a list, or a map with its keys in order.
struct Node {
  enum class Kind : unsigned char { null, scalar, list, map };
  Kind kind = Kind::null;
  bool quoted = false;  // a scalar in quotes is text, never a number or a boolean
  Place place;
  int drawn = 0;               // row of the draws that replace a scalar, from 1; 0: none
  std::string text;            // of a scalar
  std::vector<Node> items;     // of a list
  std::vector<Entry> entries;  // of a map

  bool is_null() const { return kind == Kind::null; }
  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_list() const { return kind == Kind::list; }
  bool is_map() const { return kind == Kind::map; }

  /// The value of a key of a map, or null if there is none or its value is empty.
  const Node* find(std::string_view key) const;
};

struct Entry {
  std::string key;
  Place place;  // of the key
  Node value;
};

/// Names a node by the keys and list positions that lead to it.
using Path = std::vector<std::string>;

/// The place that a problem at `path` is shown at: the deepest node of the path that exists. Of a map's entry that is
/// its value where that is a scalar and `message` does not name the key, and otherwise its key.
Place locate(const Node& root, const Path& path, const std::string& message);

}  // namespace ketensim::loader
