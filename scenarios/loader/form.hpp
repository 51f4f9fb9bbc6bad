#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/loader/node.hpp"

namespace ketensim::loader {

/// What a scalar may be. One row each in scalar_kinds().
enum class Scalar {
  text,
  word,
  boolean,
  integer,
  number,
  share,
  duration,
  rate,
  growth,
  date,
  change,
  factor,
  count_or_all,
  step,
  step_or_out,
  pool,
  stream,
  order,
  file,
  csv_file,
  format,
};

/// What a key of a map may be, where the planner chooses it.
enum class MapKey { any, organisation, owned, stream, attribute, value, member, month, family_size, step_or_out };

struct Form;

/// A key of a group.
struct Field {
  std::string_view name;
  const Form* form = nullptr;
  std::string_view meaning;
  std::string_view default_text = "";
  bool required = false;
  std::string_view unit = "";  // where its form does not say it
  int alternative = 0;         // fields of different numbers exclude each other; 0: goes with all
  bool follows = false;        // goes with its alternative, and does not choose it
};

/// What a value may look like: the one description of the format from which loader, JSON Schema and FORMAT.md come.
struct Form {
  enum class Kind { scalar, group, map, list, choice };
  Kind kind = Kind::scalar;
  std::string name;      // of its definition in the schema and its heading in FORMAT.md
  std::string expected;  // "a duration": what a message says that it should be
  std::string example;

  Scalar scalar = Scalar::text;
  std::vector<std::pair<std::string_view, std::string_view>> words;         // of a word: each with its meaning
  std::int64_t least = 0, most = std::numeric_limits<std::int64_t>::max();  // of an integer

  std::vector<Field> fields;     // of a group
  std::vector<Field> one_of;     // of a group: exactly one of these, beside its fields
  std::string_view one_of_what;  // "distribution"

  MapKey keys = MapKey::any;                                                  // of a map
  const Form* of = nullptr;                                                   // of a map's values, a list's items
  std::size_t fewest = 0, at_most = std::numeric_limits<std::size_t>::max();  // entries of a map, items of a list
  bool appends = false;  // of a list: what builds on it adds to it instead of replacing it

  /// Of a choice: the first whose `fits` accepts the node.
  struct Alternative {
    const Form* form;
    bool (*fits)(const Node&);
  };
  std::vector<Alternative> alternatives;

  const Field* field(std::string_view key) const;
  /// The alternative that a map takes, by the first key that chooses one; 0: none.
  int alternative_of(const Node& map) const;
  const Field* choice_of(std::string_view key) const;  // among `one_of`
  /// Of a choice, the alternative that the node takes, or null if it takes none; otherwise this form itself.
  const Form* taken_by(const Node& node) const;
  /// The form of the value of a key of a group or map, or null if there is no such key.
  const Form* of_key(std::string_view key) const;
};

/// One row of the table of scalars.
struct ScalarKind {
  Scalar scalar;
  std::string_view name;      // of its definition
  std::string_view expected;  // "a duration"
  std::string_view example;   // "3 days"
  std::string_view unit;
  std::string_view meaning;  // how it is written, for FORMAT.md
  enum class Json { text, pattern, boolean, integer, number, number_or_pattern } json;
  std::string pattern;  // of the text, as a regular expression
  /// What is wrong with the text, in words that follow "expected a duration, not `3`: "; nothing if it is right.
  std::optional<std::string> (*problem)(const Form&, std::string_view);
  bool plain = false;  // must stand without quotes
};
std::span<const ScalarKind> scalar_kinds();
const ScalarKind& scalar_kind(Scalar scalar);

/// The keys of a map: how messages name them, what they look like, and what is wrong with one.
struct MapKeyKind {
  MapKey key;
  std::string_view placeholder;  // `ORGANISATION`
  std::string_view pattern;      // empty: any
  std::optional<std::string> (*problem)(std::string_view);
};
const MapKeyKind& map_key_kind(MapKey key);

/// Whether the shares of an attribute depend on another: `{given: ..., by: ..., otherwise: ...}`.
bool gives_shares_by_another(const Node& attribute);

/// The form of a whole scenario, once everything that it stands on is merged.
const Form& scenario_form();

}  // namespace ketensim::loader
