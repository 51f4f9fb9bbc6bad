#include "scenarios/loader/node.hpp"

#include <algorithm>
#include <charconv>

namespace ketensim::loader {
namespace {

/// `key` as a position below `size`, or npos.
std::size_t position(const std::string& key, std::size_t size) {
  std::size_t at = 0;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), at);
  return error == std::errc() && end == key.data() + key.size() && at < size ? at : std::string::npos;
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  const auto at = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.key == key; });
  return at == entries.end() || at->value.is_null() ? nullptr : &at->value;
}

Place locate(const Node& root, const Path& path, const std::string& message) {
  const Node* node = &root;
  Place place = root.place;
  for (const std::string& key : path) {
    if (node->is_map()) {
      auto at = std::find_if(node->entries.begin(), node->entries.end(), [&](const Entry& e) { return e.key == key; });
      if (at == node->entries.end()) {  // a map may stand for a list: `per: {municipality: {GM0141: Almelo}}`
        const std::size_t nth = position(key, node->entries.size());
        if (nth == std::string::npos) return place;
        at = node->entries.begin() + static_cast<std::ptrdiff_t>(nth);
      }
      node = &at->value;
      const bool names_key = message.find('`' + at->key + '`') != std::string::npos;
      place = node->is_scalar() && !names_key ? node->place : at->place;
    } else if (node->is_list()) {
      const std::size_t nth = position(key, node->items.size());
      if (nth == std::string::npos) return place;
      node = &node->items[nth];
      place = node->place;
    } else {
      return place;
    }
  }
  return place;
}

}  // namespace ketensim::loader
