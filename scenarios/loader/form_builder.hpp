#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/loader/form.hpp"

namespace ketensim::loader {

inline bool scalar_fits(const Node& node) { return node.is_scalar(); }
inline bool list_fits(const Node& node) { return node.is_list(); }
inline bool map_fits(const Node& node) { return node.is_map(); }

/// Makes the forms of one format and keeps them; their addresses stay.
class FormBuilder {
 public:
  FormBuilder() = default;
  FormBuilder(const FormBuilder&) = delete;
  FormBuilder& operator=(const FormBuilder&) = delete;

  Form& make(Form::Kind kind, std::string name, std::string expected, std::string example);
  const Form* scalar(Scalar kind);
  const Form* integer(std::string name, std::int64_t least, std::int64_t most, std::string example);
  /// One of some words, each with its meaning.
  const Form* word(std::string name, std::string example,
                   std::vector<std::pair<std::string_view, std::string_view>> words);
  const Form* list(const Form* of, std::string name, std::string expected, std::string example);
  const Form* map(MapKey key, const Form* of, std::string name, std::string expected, std::string example);
  Form& group(std::string name, std::string expected, std::string example, std::vector<Field> fields);
  const Form* choice(std::string name, std::string expected, std::string example,
                     std::vector<Form::Alternative> alternatives);

 private:
  std::deque<Form> forms_;
  std::map<Scalar, const Form*> scalars_;
};

}  // namespace ketensim::loader
