#include "scenarios/loader/form.hpp"

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

}  // namespace ketensim::loader
