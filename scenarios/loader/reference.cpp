#include <fmt/core.h>

#include <set>
#include <string>

#include "ketensim/chain.hpp"
#include "ketensim/intervention.hpp"
#include "ketensim/load.hpp"
#include "scenarios/loader/form.hpp"
#include "scenarios/loader/semantics.hpp"

namespace ketensim {
namespace loader {
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

class Reference {
 public:
  std::string write() {
    text_ = kIntroduction;
    text_ += '\n';
    text_ += kBuildingOn;
    text_ += "\n## Keys\n\n";
    const Form& scenario = scenario_form();
    table(scenario);
    for (const Field& field : scenario.fields) descend(*field.form, std::string(field.name));
    values();
    distributions();
    orders();
    interventions();
    text_ += '\n';
    text_ += kSemantics;
    return std::move(text_);
  }

 private:
  void row(const Field& field, const std::string& name) {
    const std::string given = field.required ? "**required**" : std::string(field.default_text);
    text_ += fmt::format("| {} | {} | {} | {} | {} |\n", name, cell(type_of(*field.form)), unit_of(field), cell(given),
                         cell(std::string(field.meaning)));
  }

  void table(const Form& group) {
    text_ += "| key | type | unit | default | meaning |\n| --- | --- | --- | --- | --- |\n";
    if (!group.one_of_what.empty())
      text_ += fmt::format("| *one {0}* | [{0}](#{0}s) | | **required** | by its name |\n", group.one_of_what);
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

  /// A section for every group below, each once.
  void descend(const Form& form, const std::string& path) {
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
    text_ += fmt::format("\n### {}\n\nExample: `{}`\n\n", path, form.example);
    table(form);
    for (const Field& field : form.fields) descend(*field.form, fmt::format("{}.{}", path, field.name));
  }

  void values() {
    text_ += "\n## How values are written\n\n| type | example | written as |\n| --- | --- | --- |\n";
    for (const ScalarKind& kind : scalar_kinds())
      if (kind.scalar != Scalar::word)
        text_ += fmt::format("| {} | {} | {} |\n", kind.name, code(kind.example), cell(std::string(kind.meaning)));
  }

  void distributions() {
    text_ +=
        "\n## Distributions\n\nWherever a distribution is asked for, name one of these with its figures. All "
        "durations of one distribution\ncount in days or all in working days.\n\n";
    for (const DistributionKind& kind : distribution_kinds()) {
      text_ += fmt::format("- **`{}`**: {}. `{}`\n", kind.name, kind.meaning, kind.example);
      if (kind.form == DistributionForm::parameters)
        for (const Key& key : kind.keys)
          text_ += fmt::format("  - `{}`{}: {}\n", key.name, key.required ? "" : " (optional)", key.meaning);
    }
  }

  void orders() {
    text_ +=
        "\n## Queue orders\n\nA step's `order` names attributes (the value that is listed first is served first) and "
        "these:\n\n";
    for (const Word& order : queue_orders()) text_ += fmt::format("- **`{}`**: {}\n", order.name, order.meaning);
  }

  void interventions() {
    text_ +=
        "\n## Interventions\n\nEach entry of `interventions` names one kind with its settings. Dates are days, and "
        "begin at 00:00. A `change` may be a list, such as "
        "`[-5%, 0%, +10%]`: the file then stands for one scenario for each, `stem[-5%]`, `stem[0%]` and `stem[+10%]` "
        "(for "
        "each combination, where there are several lists). Levers that hold from the beginning are rules of the "
        "chain.\n\n";
    const Form& list = *scenario_form().field("interventions")->form;
    Form common = *list.of->choice_of(intervention_kinds().front().name)->form;
    common.fields.erase(common.fields.begin(),
                        common.fields.begin() + static_cast<std::ptrdiff_t>(intervention_kinds().front().keys.size()));
    text_ += "Each has these keys beside its own:\n\n";
    table(common);
    for (const Field& field : common.fields) {
      text_ += fmt::format("\nKeys of `{}`:\n\n", field.name);
      table(*field.form);
    }
    for (const InterventionKind& kind : intervention_kinds()) {
      text_ += fmt::format("\n### {}\n\n{}\n\nExample: `{}`\n\n", kind.name, kind.meaning, kind.example);
      Form settings = *list.of->choice_of(kind.name)->form;
      settings.fields.resize(kind.keys.size());
      table(settings);
      for (const Field& field : settings.fields)
        if (field.form->kind == Kind::group) {
          text_ += fmt::format("\nKeys of `{}`:\n\n", field.name);
          table(*field.form);
        }
    }
  }

  std::string text_;
  std::set<const Form*> written_;
};

}  // namespace
}  // namespace loader

std::string format_reference() { return loader::Reference().write(); }

}  // namespace ketensim
