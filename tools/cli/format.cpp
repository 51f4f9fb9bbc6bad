#include "ketensim/load.hpp"
#include "tools/cli/output_text.hpp"
#include "tools/cli/verbs.hpp"
#include "tools/results/errors.hpp"

namespace ketensim::cli {
namespace {

po::options_description options() {
  po::options_description options("Options");
  options.add_options()("schema", "print the JSON Schema of scenario files")("reference",
                                                                             "print their reference, FORMAT.md");
  return options;
}

void run(const Arguments& arguments) {
  if (arguments.has("schema") == arguments.has("reference") || !arguments.files().empty())
    throw InputError("format: choose --schema or --reference");
  show(arguments.has("schema") ? format_schema() : format_reference());
}

}  // namespace

Verb format_verb() {
  return {"format",
          "--schema|--reference",
          "Prints what the loader knows about scenario files, for those who maintain the documents made from it",
          "  ketensim format --schema > scenarios/ketensim.schema.json\n"
          "  ketensim format --reference > scenarios/FORMAT.md\n",
          options,
          run,
          true};
}

}  // namespace ketensim::cli
