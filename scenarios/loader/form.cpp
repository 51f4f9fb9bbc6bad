#include "scenarios/loader/form.hpp"

#include "scenarios/loader/quantities.hpp"

namespace ketensim::loader {

const Field* Form::field(std::string_view key) const {
  for (const Field& field : fields)
    if (field.name == key) return &field;
  return nullptr;
}

const Field* Form::choice_of(std::string_view key) const {
  for (const Field& field : one_of)
    if (field.name == key) return &field;
  return nullptr;
}

int Form::alternative_of(const Node& map) const {
  for (const Entry& entry : map.entries)
    if (const Field* chosen = field(entry.key); chosen && !chosen->follows && !entry.value.is_null())
      if (chosen->alternative != 0) return chosen->alternative;
  return 0;
}

const Form* Form::taken_by(const Node& node) const {
  if (kind != Kind::choice) return this;
  for (const Alternative& alternative : alternatives)
    if (alternative.fits(node)) return alternative.form;
  return nullptr;
}

const Form* Form::of_key(std::string_view key) const {
  if (kind == Kind::map) return of;
  if (const Field* found = field(key)) return found->form;
  const Field* found = choice_of(key);
  return found ? found->form : nullptr;
}

bool gives_shares_by_another(const Node& attribute) {
  for (const Entry& entry : attribute.entries) {
    if ((entry.key == "by" || entry.key == "otherwise") && entry.value.is_map()) return true;
    if (entry.key == "given" && entry.value.is_scalar() && !read_share(entry.value.text)) return true;
  }
  return false;
}

}  // namespace ketensim::loader
