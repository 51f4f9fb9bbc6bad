#pragma once

#include <set>
#include <string>
#include <string_view>

#include "scenarios/loader/form.hpp"

namespace ketensim::loader {

/// The JSON Schema (draft 2020-12) of a format whose files stand on no other.
std::string schema_of(const Form& form, std::string_view title, std::string_view description);

/// Writes the parts of a format's reference that follow from its form, as Markdown.
class FormTables {
 public:
  /// The keys of a group, one row each.
  void table(const Form& group);
  /// A section for every group below, each once. `path` leads there: `steps.ORGANISATION.NAME`.
  void descend(const Form& form, const std::string& path);
  /// How scalars are written; of those that occur below `form`, or of all.
  void values(const Form* form = nullptr);

  std::string text;

 private:
  void row(const Field& field, const std::string& name);
  std::set<const Form*> written_;
};

}  // namespace ketensim::loader
