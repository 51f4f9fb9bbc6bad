#include "scenarios/loader/written.hpp"

#include <fmt/core.h>

namespace ketensim::loader {
namespace {

using Kind = Form::Kind;

/// Whether the group stands in a section of its own further on.
bool has_own_section(const Form& form) { return !form.one_of_what.empty() && form.fields.empty(); }

std::string type_of(const Form& form) {
  switch (form.kind) {
    case Kind::scalar: {
      if (form.words.empty()) return std::string(scalar_kind(form.scalar).name);
      std::string words;
      for (const auto& [word, meaning] : form.words)
        words += fmt::format("{}`{}`{}", words.empty() ? "" : ", ", word,
                             meaning.empty() ? "" : fmt::format(" ({})", meaning));
      return words;
    }
    case Kind::group:
      if (form.one_of_what.empty()) return "group";
      return std::string(form.one_of_what) + (form.fields.empty() ? "" : " and keys");
    case Kind::map:
      return fmt::format("map `{}`: {}", map_key_kind(form.keys).placeholder,
                         form.of->kind == Kind::choice ? '(' + type_of(*form.of) + ')' : type_of(*form.of));
    case Kind::list:
      return fmt::format("list of {}", type_of(*form.of));
    case Kind::choice: {
      std::string types;
      for (const Form::Alternative& alternative : form.alternatives)
        types += (types.empty() ? "" : ", or ") + type_of(*alternative.form);
      return types;
    }
  }
  return "";
}

/// The unit of a field, or of the scalars that it is made of.
std::string unit_of(const Field& field) {
  if (!field.unit.empty()) return std::string(field.unit);
  const Form* form = field.form;
  while (form->kind == Kind::map || form->kind == Kind::list) form = form->of;
  if (form->kind == Kind::choice) form = form->alternatives.front().form;
  return form->kind == Kind::scalar ? std::string(scalar_kind(form->scalar).unit) : "";
}

std::string code(std::string_view text) { return text.empty() ? "" : fmt::format("`{}`", text); }

/// A cell of a table: a bar would end it.
std::string cell(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
  return text;
}

/// The scalars that occur below a form.
void collect(const Form& form, std::set<const Form*>& seen, std::set<Scalar>& scalars) {
  if (!seen.insert(&form).second) return;
  if (form.kind == Kind::scalar) scalars.insert(form.scalar);
  if (form.of) collect(*form.of, seen, scalars);
  for (const Field& field : form.fields) collect(*field.form, seen, scalars);
  for (const Field& field : form.one_of) collect(*field.form, seen, scalars);
  for (const Form::Alternative& alternative : form.alternatives) collect(*alternative.form, seen, scalars);
}

}  // namespace

void FormTables::row(const Field& field, const std::string& name) {
  const bool always = field.required && field.alternative == 0;
  const std::string given = always ? "**required**" : std::string(field.default_text);
  text += fmt::format("| {} | {} | {} | {} | {} |\n", name, cell(type_of(*field.form)), unit_of(field), cell(given),
                      cell(std::string(field.meaning)));
}

void FormTables::table(const Form& group) {
  text += "| key | type | unit | default | meaning |\n| --- | --- | --- | --- | --- |\n";
  if (!group.one_of_what.empty())
    text += fmt::format("| *one {0}* | [{0}](#{0}s) | | **required** | by its name |\n", group.one_of_what);
  const std::vector<Field>& fields = group.fields;
  for (std::size_t first = 0, next = 0; first < fields.size(); first = next) {
    const auto alike = [&](const Field& field) {
      return field.form == fields[first].form && field.meaning == fields[first].meaning;
    };
    for (next = first + 1; next < fields.size() && alike(fields[next]);) ++next;  // jan ... dec
    row(fields[first], next == first + 1 ? code(fields[first].name)
                                         : fmt::format("`{}` ... `{}`", fields[first].name, fields[next - 1].name));
  }
}

void FormTables::descend(const Form& form, const std::string& path) {
  switch (form.kind) {
    case Kind::scalar:
      return;
    case Kind::map:
      descend(*form.of, fmt::format("{}.{}", path, map_key_kind(form.keys).placeholder));
      return;
    case Kind::list:
      descend(*form.of, path + "[]");
      return;
    case Kind::choice:
      for (const Form::Alternative& alternative : form.alternatives) descend(*alternative.form, path);
      return;
    case Kind::group:
      break;
  }
  if (has_own_section(form) || !written_.insert(&form).second) return;
  text += fmt::format("\n### {}\n\nExample: `{}`\n\n", path, form.example);
  table(form);
  for (const Field& field : form.fields) descend(*field.form, fmt::format("{}.{}", path, field.name));
}

void FormTables::values(const Form* form) {
  std::set<const Form*> seen;
  std::set<Scalar> scalars;
  if (form) collect(*form, seen, scalars);
  text += "\n## How values are written\n\n| type | example | written as |\n| --- | --- | --- |\n";
  for (const ScalarKind& kind : scalar_kinds())
    if (kind.scalar != Scalar::word && (!form || scalars.count(kind.scalar)))
      text += fmt::format("| {} | {} | {} |\n", kind.name, code(kind.example), cell(std::string(kind.meaning)));
}

}  // namespace ketensim::loader
