#include "scenarios/loader/check.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "ketensim/scenario.hpp"
#include "scenarios/loader/quantities.hpp"

namespace ketensim::loader {
namespace {

using Kind = Form::Kind;

constexpr std::size_t kMostListed = 14;  // known names in a message

std::vector<std::string> names_of(const std::vector<Field>& fields) {
  std::vector<std::string> names;
  for (const Field& field : fields) names.emplace_back(field.name);
  return names;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += fmt::format("{}`{}`", text.empty() ? "" : ", ", name);
  return text;
}

/// What stands there, for people.
std::string shown(const Node& node) {
  constexpr std::size_t kLongest = 60;
  if (node.is_null()) return "nothing";
  if (node.is_list()) return "a list";
  if (node.is_map()) return "a map";
  const std::string_view text(node.text);
  const std::size_t end = std::min(text.find('\n'), kLongest);
  if (text.size() <= end) return fmt::format("`{}`", text);
  std::size_t cut = end;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;  // not within a character
  return fmt::format("`{}...`", text.substr(0, cut));
}

class ShapeCheck {
 public:
  ShapeCheck(bool partial, Diagnostics& diagnostics) : partial_(partial), diagnostics_(diagnostics) {}

  /// `at` is where the value as a whole is shown: its key's place, where it has one.
  void check(const Node& node, const Place& at, const Form& form) {
    switch (form.kind) {
      case Kind::scalar:
        check_scalar(node, at, form);
        return;
      case Kind::group:
        check_group(node, at, form);
        return;
      case Kind::map:
        check_map(node, at, form);
        return;
      case Kind::list:
        check_list(node, form, at);
        return;
      case Kind::choice:
        if (const Form* taken = form.taken_by(node))
          check(node, at, *taken);
        else
          unexpected(node, at, form);
        return;
    }
  }

  std::vector<Path> faulty() && { return std::move(faulty_); }

 private:
  void error(const Place& at, std::string message, std::string suggestion = {}) {
    diagnostics_.error(at, std::move(message), std::move(suggestion));
    faulty_.push_back(path_);
  }

  void faulty_key(std::string_view key) {
    faulty_.push_back(path_);
    faulty_.back().emplace_back(key);
  }

  void unexpected(const Node& node, const Place& at, const Form& form, const std::string& why = {},
                  std::string suggestion = {}) {
    const bool has_example =
        !form.example.empty() && form.expected != '`' + form.example + '`' && !form.expected.starts_with("one of");
    error(node.is_scalar() ? node.place : at,
          fmt::format("expected {}{}, not {}{}", form.expected,
                      has_example ? fmt::format(", such as `{}`", form.example) : "", shown(node),
                      why.empty() ? "" : ": " + why),
          std::move(suggestion));
  }

  void check_scalar(const Node& node, const Place& at, const Form& form) {
    if (!node.is_scalar()) {
      unexpected(node, at, form);
      return;
    }
    const ScalarKind& kind = scalar_kind(form.scalar);
    if (const auto problem = kind.problem(form, node.text)) {
      std::vector<std::string> words;
      for (const auto& [word, meaning] : form.words) words.emplace_back(word);
      unexpected(node, at, form, *problem, nearest_name(node.text, words));
    } else if (kind.plain && node.quoted) {
      unexpected(node, at, form, "leave out the quotes");
    }
  }

  void check_group(const Node& node, const Place& at, const Form& form) {
    if (!node.is_map()) {
      unexpected(node, at, form);
      return;
    }
    std::vector<std::string> mistyped;  // keys that an unknown one seems to mean
    const Entry* chosen = nullptr;
    for (const Entry& entry : node.entries) {
      const bool is_choice = form.choice_of(entry.key) != nullptr;
      if (is_choice && chosen)
        error(entry.place,
              fmt::format("name one {}, not both `{}` and `{}`", form.one_of_what, chosen->key, entry.key));
      else if (is_choice)
        chosen = &entry;
      if (const Form* below = form.of_key(entry.key))
        check_entry(entry, *below, is_choice);
      else
        unknown_key(entry, form, mistyped);
    }
    if (partial_) return;
    for (const Field& field : form.fields) check_given(node, at, form, field, mistyped);
    check_alternatives(node, form);
    if (!form.one_of.empty() && !chosen && mistyped.empty())
      error(at, fmt::format("a {0} is missing here: name one of {1}", form.one_of_what, listed(names_of(form.one_of))));
    if (form.one_of_what == "distribution") check_clock(node);
  }

  void check_entry(const Entry& entry, const Form& below, bool needed) {
    if (entry.value.is_null() && !needed) return;  // an empty key is one that is not given
    path_.push_back(entry.key);
    check(entry.value, entry.place, below);
    path_.pop_back();
  }

  void unknown_key(const Entry& entry, const Form& form, std::vector<std::string>& mistyped) {
    std::vector<std::string> known = names_of(form.fields);
    for (std::string& name : names_of(form.one_of)) known.push_back(std::move(name));
    const std::string nearest = nearest_name(entry.key, known);
    const bool may_be_choice = !form.one_of.empty() && (nearest.empty() || form.choice_of(nearest));
    const std::string what = may_be_choice ? std::string(form.one_of_what) : "key";
    const std::string list =
        nearest.empty() && known.size() <= kMostListed ? fmt::format("; known here: {}", listed(known)) : "";
    diagnostics_.error(entry.place, fmt::format("unknown {} `{}`{}", what, entry.key, list), nearest);
    faulty_key(entry.key);
    if (!nearest.empty()) faulty_key(nearest);
    if (!nearest.empty() || may_be_choice) mistyped.push_back(nearest);
    if (may_be_choice) faulty_.push_back(path_);
  }

  /// Keys that say the same thing in two ways exclude each other.
  void check_alternatives(const Node& node, const Form& form) {
    const Field* first = nullptr;
    for (const Entry& entry : node.entries) {
      const Field* field = form.field(entry.key);
      if (!field || field->alternative == 0) continue;
      if (first && field->alternative != first->alternative) {
        diagnostics_.error(entry.place,
                           fmt::format("give either `{}` or `{}`, and not both", first->name, field->name));
        faulty_.push_back(path_);
        return;
      }
      first = field;
    }
  }

  /// What is required of one alternative is so unless another one is taken, or seems to be meant.
  void check_given(const Node& node, const Place& at, const Form& form, const Field& field,
                   const std::vector<std::string>& mistyped) {
    if (!field.required || node.find(field.name)) return;
    const auto chooses_another = [&](const std::string& key) {
      const Field* other = form.field(key);
      return other && other->alternative != 0 && other->alternative != field.alternative && !other->follows;
    };
    if (field.alternative != 0 &&
        (form.alternative_of(node) != 0 || std::any_of(mistyped.begin(), mistyped.end(), chooses_another)))
      return;
    faulty_key(field.name);
    if (std::find(mistyped.begin(), mistyped.end(), field.name) != mistyped.end()) return;
    diagnostics_.error(at, fmt::format("`{0}` is missing: {1}, such as `{0}: {2}`", field.name, field.form->expected,
                                       field.form->example));
  }

  /// A distribution keeps to days or to working days.
  void check_clock(const Node& node) {
    std::optional<bool> working;
    const Node* other = first_on_other_clock(node, working);
    if (!other) return;
    error(other->place, "one distribution cannot count both in days and in working days");
  }

  const Node* first_on_other_clock(const Node& node, std::optional<bool>& working) {
    if (node.is_scalar()) {
      const Reading<Duration> duration = read_duration(node.text);
      if (!duration || duration.value->days == 0.0) return nullptr;
      if (!working) working = duration.value->working;
      return *working == duration.value->working ? nullptr : &node;
    }
    for (const Node& item : node.items)
      if (const Node* other = first_on_other_clock(item, working)) return other;
    for (const Entry& entry : node.entries)
      if (const Node* other = first_on_other_clock(entry.value, working)) return other;
    return nullptr;
  }

  void check_count(std::size_t count, const Place& at, const Form& form) {
    if (count >= form.fewest && count <= form.at_most) return;
    error(at,
          form.fewest == form.at_most
              ? fmt::format("expected {}, such as `{}`: {} and not {}", form.expected, form.example, form.fewest, count)
              : fmt::format("expected {}, such as `{}`: this is empty", form.expected, form.example));
  }

  void check_map(const Node& node, const Place& at, const Form& form) {
    if (!node.is_map()) {
      unexpected(node, at, form);
      return;
    }
    if (!partial_) check_count(node.entries.size(), at, form);
    const MapKeyKind& keys = map_key_kind(form.keys);
    for (const Entry& entry : node.entries) {
      path_.push_back(entry.key);
      if (const auto problem = keys.problem(entry.key)) error(entry.place, *problem);
      check(entry.value, entry.place, *form.of);
      path_.pop_back();
    }
  }

  void check_list(const Node& node, const Form& form, const Place& at) {
    if (!node.is_list()) {
      unexpected(node, at, form);
      return;
    }
    check_count(node.items.size(), at, form);
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      path_.push_back(std::to_string(i));
      check(node.items[i], node.items[i].place, *form.of);
      path_.pop_back();
    }
  }

  const bool partial_;
  Diagnostics& diagnostics_;
  Path path_;
  std::vector<Path> faulty_;
};

}  // namespace

std::vector<Path> check_shape(const Node& root, const Form& form, bool partial, Diagnostics& diagnostics) {
  ShapeCheck check(partial, diagnostics);
  check.check(root, root.place, form);
  return std::move(check).faulty();
}

}  // namespace ketensim::loader
