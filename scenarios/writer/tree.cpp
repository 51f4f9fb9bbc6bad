#include "scenarios/writer/tree.hpp"

#include <algorithm>

namespace ketensim::writer {
namespace {

bool is_plain(std::string_view text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(" ._-/%+()").find(c) != std::string_view::npos || static_cast<unsigned char>(c) >= 0x80;
  };
  const char first = text.front();
  const bool letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') ||
                      (first >= '0' && first <= '9') || first == '-' || static_cast<unsigned char>(first) >= 0x80;
  return letter && std::all_of(text.begin(), text.end(), plain) && text.find("- ") != 0;
}

}  // namespace

Tree Tree::of(std::string text) {
  Tree tree;
  tree.kind = Kind::text;
  tree.text = std::move(text);
  return tree;
}

Tree Tree::list() {
  Tree tree;
  tree.kind = Kind::list;
  return tree;
}

Tree Tree::line() {
  Tree tree;
  tree.inline_ = true;
  return tree;
}

Tree& Tree::add(std::string key, Tree value) {
  entries.emplace_back(std::move(key), std::move(value));
  return entries.back().second;
}

std::string quoted(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (c == '\n')
      result += "\\n";
    else
      result += c;
  }
  return result + '"';
}

void leaves_of(const Tree& tree, const std::string& path,
               std::vector<std::pair<std::string, const std::string*>>& into) {
  if (tree.kind == Tree::Kind::text) {
    into.emplace_back(path, &tree.text);
    return;
  }
  std::size_t number = 0;
  for (const auto& [key, value] : tree.entries) {
    const std::string name = tree.kind == Tree::Kind::list ? std::to_string(number++) : key;
    leaves_of(value, path.empty() ? name : path + "/" + name, into);
  }
}

}  // namespace ketensim::writer
