#include "scenarios/loader/merge.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>

namespace ketensim::loader {
namespace {

bool names_one_of(const Form& form, const Node& map) {
  return std::any_of(map.entries.begin(), map.entries.end(),
                     [&](const Entry& entry) { return form.choice_of(entry.key) != nullptr; });
}

void drop_other_alternatives(Node& base, const Form& form, int taken) {
  std::erase_if(base.entries, [&](const Entry& entry) {
    const Field* field = form.field(entry.key);
    return field && field->alternative != 0 && field->alternative != taken;
  });
}

void lay_map_over(Node& base, Node overlay, const Form& form) {
  if (const int taken = form.alternative_of(overlay); taken != 0) drop_other_alternatives(base, form, taken);
  std::unordered_map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < base.entries.size(); ++i) index.emplace(base.entries[i].key, i);
  std::vector<bool> removed(base.entries.size());
  for (Entry& entry : overlay.entries) {
    const auto at = index.find(entry.key);
    if (at == index.end()) {
      base.entries.push_back(std::move(entry));
      continue;
    }
    Entry& under = base.entries[at->second];
    under.place = entry.place;
    removed[at->second] = entry.value.is_null();
    const Form* below = form.of_key(entry.key);
    if (below && !entry.value.is_null())
      lay_over(under.value, std::move(entry.value), *below);
    else
      under.value = std::move(entry.value);
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < base.entries.size(); ++i) {
    if (i < removed.size() && removed[i]) continue;
    if (kept != i) base.entries[kept] = std::move(base.entries[i]);
    ++kept;
  }
  base.entries.resize(kept);
  base.place = overlay.place;
}

}  // namespace

void lay_over(Node& base, Node overlay, const Form& form) {
  const Form *below = form.taken_by(base), *above = form.taken_by(overlay);
  const bool same = above && above == below;
  if (same && base.is_map() && overlay.is_map() && !names_one_of(*above, overlay)) {
    lay_map_over(base, std::move(overlay), *above);
  } else if (same && base.is_list() && overlay.is_list() && above->appends) {
    base.items.insert(base.items.end(), std::make_move_iterator(overlay.items.begin()),
                      std::make_move_iterator(overlay.items.end()));
    base.place = overlay.place;
  } else {
    base = std::move(overlay);
  }
}

}  // namespace ketensim::loader
