#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "ketensim/load.hpp"
#include "scenarios/loader/form.hpp"
#include "scenarios/loader/written.hpp"

namespace ketensim {
namespace loader {
namespace {

using Json = nlohmann::ordered_json;
using Kind = Form::Kind;

/// Writes forms as JSON Schema. A file with a `base` may give parts of a map and remove keys, so maps and groups have
/// a second form for it, `...-change`; lists and distributions are replaced, so they must be whole everywhere.
class Schema {
 public:
  Json of_scenarios() {
    Json schema = about("ketensim scenario",
                        "A chain, a period, interventions, replications and a seed; FORMAT.md beside this file is the "
                        "reference");
    schema["type"] = "object";
    schema["required"] = {"format"};
    schema["if"] = {{"required", {"base"}}, {"properties", {{"base", {{"type", "string"}}}}}};
    schema["then"] = reference(scenario_form(), true);
    schema["else"] = reference(scenario_form(), false);
    return with_definitions(std::move(schema));
  }

  Json of(const Form& form, std::string_view title, std::string_view description) {
    Json schema = about(title, description);
    schema.update(reference(form, false));
    return with_definitions(std::move(schema));
  }

 private:
  static Json about(std::string_view title, std::string_view description) {
    return {
        {"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", title}, {"description", description}};
  }

  Json with_definitions(Json schema) {
    schema["$defs"] = Json::object();
    for (auto& [name, definition] : definitions_) schema["$defs"][name] = std::move(definition);
    return schema;
  }

  Json reference(const Form& form, bool change) {
    if (form.name.empty()) return definition(form, change);
    change = change && (form.kind == Kind::group || form.kind == Kind::map || form.kind == Kind::choice);
    const std::string name = form.name + (change ? "-change" : "");
    if (begun_.insert(name).second) definitions_[name] = definition(form, change);
    return {{"$ref", "#/$defs/" + name}};
  }

  Json definition(const Form& form, bool change) {
    Json schema;
    switch (form.kind) {
      case Kind::scalar:
        schema = scalar(form);
        break;
      case Kind::group:
        schema = group(form, change);
        break;
      case Kind::map:
        schema = map(form, change);
        break;
      case Kind::list:
        schema = list(form);
        break;
      case Kind::choice:
        for (const Form::Alternative& alternative : form.alternatives)
          schema["anyOf"].push_back(reference(*alternative.form, change));
        break;
    }
    schema["description"] = form.expected;
    return schema;
  }

  static Json text(const std::string& pattern) { return {{"type", "string"}, {"pattern", pattern}}; }

  static Json scalar(const Form& form) {
    const ScalarKind& kind = scalar_kind(form.scalar);
    if (!form.words.empty()) {
      Json words = Json::array();
      for (const auto& [word, meaning] : form.words) words.push_back(word);
      return {{"enum", words}};
    }
    const Json integer{{"type", "integer"}, {"minimum", form.least}, {"maximum", form.most}};
    switch (kind.json) {
      case ScalarKind::Json::text:
        return {{"type", {"string", "number", "boolean"}}};  // `2024` is text here
      case ScalarKind::Json::pattern:
        return text(kind.pattern);
      case ScalarKind::Json::boolean:
        return {{"type", "boolean"}};
      case ScalarKind::Json::integer:
        return integer;
      case ScalarKind::Json::number:
        return {{"type", "number"}};
      case ScalarKind::Json::number_or_pattern: {
        const Json share{{"type", "number"}, {"minimum", 0}, {"maximum", 1}};
        return {{"anyOf", {form.scalar == Scalar::share ? share : integer, text(kind.pattern)}}};
      }
    }
    return {};
  }

  static Json or_nothing(Json schema) { return {{"anyOf", {std::move(schema), {{"type", "null"}}}}}; }

  Json property(const Field& field, bool change) {
    Json schema = reference(*field.form, change);
    if (change || !field.required) schema = or_nothing(std::move(schema));
    if (!field.meaning.empty()) schema["description"] = field.meaning;
    return schema;
  }

  Json group(const Form& form, bool change) {
    Json schema{{"type", "object"}, {"additionalProperties", false}};
    Json required = Json::array(), choices = Json::array();
    std::map<int, Json> alternatives;
    for (const Field& field : form.one_of) {
      Json figures = reference(*field.form, false);
      if (!field.meaning.empty()) figures["description"] = field.meaning;
      schema["properties"][std::string(field.name)] = std::move(figures);
      choices.push_back({{"required", {field.name}}});
    }
    for (const Field& field : form.fields) {
      schema["properties"][std::string(field.name)] = property(field, change);
      if (field.required && field.alternative == 0) required.push_back(field.name);
      if (field.alternative != 0 && !field.follows) alternatives[field.alternative]["required"].push_back(field.name);
    }
    if (change) return schema;
    for (auto& [number, alternative] : alternatives) choices.push_back(std::move(alternative));
    if (!required.empty()) schema["required"] = std::move(required);
    if (!choices.empty()) schema["oneOf"] = std::move(choices);
    return schema;
  }

  Json map(const Form& form, bool change) {
    const MapKeyKind& keys = map_key_kind(form.keys);
    Json schema{{"type", "object"}};
    if (!keys.pattern.empty()) schema["propertyNames"] = {{"pattern", keys.pattern}};
    Json values = reference(*form.of, change);
    schema["additionalProperties"] = change ? or_nothing(std::move(values)) : std::move(values);
    if (!change && form.fewest > 0) schema["minProperties"] = form.fewest;
    if (form.at_most < std::numeric_limits<std::size_t>::max() && !change) schema["maxProperties"] = form.at_most;
    return schema;
  }

  Json list(const Form& form) {
    Json schema{{"type", "array"}, {"items", reference(*form.of, false)}};
    if (form.fewest > 0) schema["minItems"] = form.fewest;
    if (form.at_most < std::numeric_limits<std::size_t>::max()) schema["maxItems"] = form.at_most;
    return schema;
  }

  std::set<std::string> begun_;
  std::map<std::string, Json> definitions_;  // in alphabetical order
};

}  // namespace

std::string schema_of(const Form& form, std::string_view title, std::string_view description) {
  return Schema().of(form, title, description).dump(2) + "\n";
}

}  // namespace loader

std::string format_schema() { return loader::Schema().of_scenarios().dump(2) + "\n"; }

}  // namespace ketensim
