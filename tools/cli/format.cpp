#include "ketensim/load.hpp"
#include "ketensim/monitor.hpp"
#include "tools/cli/output_text.hpp"
#include "tools/cli/verbs.hpp"
#include "tools/results/errors.hpp"

namespace ketensim::cli {
namespace {

po::options_description options() {
  po::options_description options("Options");
  options.add_options()("schema", "print the JSON Schema of scenario files")(
      "reference", "print their reference, FORMAT.md")("import", "print those of import files");
  return options;
}

void run(const Arguments& arguments) {
  if (arguments.has("schema") == arguments.has("reference") || !arguments.files().empty())
    throw InputError("format: choose --schema or --reference");
  const bool schema = arguments.has("schema");
  if (arguments.has("import"))
    show(schema ? import_schema() : import_reference());
  else
    show(schema ? format_schema() : format_reference());
}

}  // namespace

Verb format_verb() {
  return {
      "format",
      "--schema|--reference [--import]",
      "Prints what the loader knows about scenario and import files, for those who maintain the documents made from it",
      "  ketensim format --schema > scenarios/ketensim.schema.json\n"
      "  ketensim format --reference > scenarios/FORMAT.md\n"
      "  ketensim format --reference --import > scenarios/IMPORT.md\n",
      options,
      run,
      true};
}

}  // namespace ketensim::cli
