#include <algorithm>

#include "ketensim/scenario.hpp"

namespace ketensim {
namespace {

/// The number of insertions, deletions, replacements and swaps of neighbours that turn one name into the other
/// (optimal string alignment: Damerau 1964, Levenshtein 1966), or `most + 1` if there are more than `most`.
std::size_t distance(const std::string& a, const std::string& b, std::size_t most) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > most) return most + 1;
  std::vector<std::size_t> before, last(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
      least = std::min(least, now[j]);
    }
    if (least > most + 1) return most + 1;  // a swap looks back two rows, so one row above `most` proves nothing yet
    before = last;
    last = now;
  }
  return std::min(last.back(), most + 1);
}

}  // namespace

std::string nearest_name(const std::string& name, const std::vector<std::string>& known) {
  constexpr std::size_t kLongest = 200;  // nobody mistypes more, and the time grows with the square
  if (name.empty() || name.size() > kLongest) return {};
  std::size_t most = name.size() / 3;
  std::string nearest;
  for (const std::string& candidate : known) {
    const std::size_t d = distance(name, candidate, most);
    if (d > most) continue;
    nearest = candidate;
    if (d == 0) break;
    most = d - 1;  // only a nearer one replaces it
  }
  return nearest;
}

}  // namespace ketensim
