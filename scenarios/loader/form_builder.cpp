#include "scenarios/loader/form_builder.hpp"

namespace ketensim::loader {

Form& FormBuilder::make(Form::Kind kind, std::string name, std::string expected, std::string example) {
  Form& form = forms_.emplace_back();
  form.kind = kind;
  form.name = std::move(name);
  form.expected = std::move(expected);
  form.example = std::move(example);
  return form;
}

const Form* FormBuilder::scalar(Scalar kind) {
  const Form*& form = scalars_[kind];
  if (!form) {
    const ScalarKind& row = scalar_kind(kind);
    Form& made = make(Form::Kind::scalar, std::string(row.name), std::string(row.expected), std::string(row.example));
    made.scalar = kind;
    form = &made;
  }
  return form;
}

const Form* FormBuilder::integer(std::string name, std::int64_t least, std::int64_t most, std::string example) {
  Form& form = make(Form::Kind::scalar, std::move(name), "a whole number", std::move(example));
  form.scalar = Scalar::integer;
  form.least = least;
  form.most = most;
  return &form;
}

const Form* FormBuilder::word(std::string name, std::string example,
                              std::vector<std::pair<std::string_view, std::string_view>> words) {
  Form& form = make(Form::Kind::scalar, std::move(name), "", std::move(example));
  form.scalar = Scalar::word;
  for (const auto& [text, meaning] : words)
    form.expected += (form.expected.empty() ? "`" : ", `") + std::string(text) + "`";
  form.expected = "one of " + form.expected;
  form.words = std::move(words);
  return &form;
}

const Form* FormBuilder::list(const Form* of, std::string name, std::string expected, std::string example) {
  Form& form = make(Form::Kind::list, std::move(name), std::move(expected), std::move(example));
  form.of = of;
  return &form;
}

const Form* FormBuilder::map(MapKey key, const Form* of, std::string name, std::string expected, std::string example) {
  Form& form = make(Form::Kind::map, std::move(name), std::move(expected), std::move(example));
  form.keys = key;
  form.of = of;
  return &form;
}

Form& FormBuilder::group(std::string name, std::string expected, std::string example, std::vector<Field> fields) {
  Form& form = make(Form::Kind::group, std::move(name), std::move(expected), std::move(example));
  form.fields = std::move(fields);
  return form;
}

const Form* FormBuilder::choice(std::string name, std::string expected, std::string example,
                                std::vector<Form::Alternative> alternatives) {
  Form& form = make(Form::Kind::choice, std::move(name), std::move(expected), std::move(example));
  form.alternatives = std::move(alternatives);
  return &form;
}

}  // namespace ketensim::loader
