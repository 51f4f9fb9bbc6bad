#pragma once

#include <span>
#include <string_view>

#include "tools/cli/options.hpp"

namespace ketensim::cli {

/// What `ketensim VERB ...` can do. A verb is a file beside this one and a row of verbs().
struct Verb {
  std::string_view name;
  std::string_view operands;  // as in the usage line: `SCENARIO...`
  std::string_view summary;   // one line
  std::string_view examples;  // lines to type
  po::options_description (*options)();
  void (*run)(const Arguments&);  // throws InputError, IoError
  bool hidden = false;
};
std::span<const Verb> verbs();

}  // namespace ketensim::cli
