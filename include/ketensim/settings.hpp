#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "ketensim/time.hpp"

namespace ketensim {

/// A change to a quantity as written: `+20%` and `-10%` (factor 1.2 and 0.9), `x1.35` (factor), `+6 slots`,
/// `-1.5 fte`, or an absolute `30 slots`.
struct Change {
  enum class Kind { factor, add_slots, add_fte, set_slots, set_fte };
  Kind kind = Kind::factor;
  double amount = 1.0;
  bool operator==(const Change&) const = default;
};

/// What the value of a key may be. Loader, JSON Schema and FORMAT.md read these.
enum class ValueType {
  text,          // any text
  boolean,       // true or false
  integer,       // a whole number
  number,        // a finite number
  share,         // 0 to 1, or `30%`
  duration,      // `3 days`, `5 working days`, `2 years`
  rate,          // `800 / year`; stored per day
  growth,        // `3% / year`; stored as a fraction per year
  date,          // 2024-02-01
  change,        // see Change; a list of them gives one scenario each, see variants()
  count_or_all,  // a whole number, or `all`
  step,          // the name of a step
  pool,          // the name of a pool
  stream,        // the name of an arrival stream
  steps,         // a list of steps
  order,         // a list of queue-order keys
  routes,        // a map from step or `out` to a share or {share, after}
  options,       // a list of steps, or steps with shares or {share, after}
  conditions,    // a map from attributes to the value, or values, that they must have
  word,          // one of the key's words
  group,         // a map with keys of its own
};

/// One of a fixed set of words, and what it stands for.
struct Word {
  std::string_view name, meaning;
};

/// One key of a table of kinds: its name, type, whether it must be there, its default as text, and its meaning.
struct Key {
  std::string_view name;
  ValueType type;
  bool required = false;
  std::string_view default_text = "";
  std::string_view meaning = "";
  std::span<const Key> group = {};   // keys of a `group`
  std::span<const Word> words = {};  // of a `word`
};

struct Target;
struct Condition;
struct Settings;

using Value = std::variant<bool, double, Duration, Date, Change, std::string, std::vector<std::string>,
                           std::vector<Target>, std::vector<Condition>, std::vector<Change>, Settings>;

/// The values that were given, by key. Absent keys have their defaults.
struct Settings {
  std::map<std::string, Value, std::less<>> values;

  bool has(std::string_view key) const { return values.find(key) != values.end(); }
  /// The value of a key that is known to be there with that type; throws std::logic_error otherwise.
  template <class T>
  const T& get(std::string_view key) const;
  template <class T>
  T get_or(std::string_view key, T fallback) const;
};

}  // namespace ketensim
