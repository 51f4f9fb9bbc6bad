#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ketensim::writer {

/// A document in the making: a text, or a map or a list of trees.
struct Tree {
  enum class Kind { text, map, list };
  Kind kind = Kind::map;
  std::string text;
  std::vector<std::pair<std::string, Tree>> entries;  // of a map, and of a list without keys
  bool inline_ = false;                               // on one line where it fits

  static Tree of(std::string text);
  static Tree list();
  static Tree line();  // a map on one line
  Tree& add(std::string key, Tree value);
  Tree& add(std::string key, std::string leaf) { return add(std::move(key), of(std::move(leaf))); }
  Tree& push(Tree value) { return add({}, std::move(value)); }
  bool empty() const { return kind != Kind::text && entries.empty(); }
};

/// A text as YAML takes it for that text: in quotes where it must be.
std::string quoted(std::string_view text);

/// Each text below with its path.
void leaves_of(const Tree& tree, const std::string& path,
               std::vector<std::pair<std::string, const std::string*>>& into);

}  // namespace ketensim::writer
