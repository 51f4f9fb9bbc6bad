#include "tools/results/merge.hpp"

#include <fmt/format.h>

#include "tools/cli/output_text.hpp"
#include "tools/cli/simulation.hpp"
#include "tools/cli/verbs.hpp"
#include "tools/report/text.hpp"
#include "tools/results/errors.hpp"
#include "tools/results/netcdf.hpp"

namespace ketensim::cli {
namespace {

po::options_description options() {
  po::options_description options("Options");
  options.add_options()                                                                                        //
      ("out", po::value<std::string>()->value_name("DIR"), "write the results of the whole into this folder")  //
      ("lang", po::value<std::string>()->value_name("LANG"), "language of the report: nl (default) or en")     //
      ("all-members", "show every member of a group (each municipality) in the table")                         //
      ("quiet", "print nothing but errors");
  return options;
}

void run(const Arguments& arguments) {
  if (arguments.files().empty()) throw InputError("merge: name the folders of all shards");
  const std::string out = arguments.text("out").value_or("");
  if (out.empty()) throw InputError("merge: name a folder for the results with --out");
  SimulationOptions options;
  options.language = language_of(arguments);
  std::vector<Study> shards;
  for (const std::string& folder : arguments.files())
    shards.push_back(study_from_netcdf(std::filesystem::path(folder) / "results.nc"));
  const Study study = merge_shards(std::move(shards));
  OutputFolder folder(out);
  if (!arguments.has("quiet"))
    show(report::text_tables(study, {arguments.has("all-members"), report::kAllScenarios, screen()}));
  write_files(folder, study, options, {});
  if (!arguments.has("quiet")) show(fmt::format("\nReport and results are in {}\n", folder.path().string()));
}

}  // namespace

Verb merge_verb() {
  return {"merge",
          "DIR...",
          "Puts the shards of a run or comparison together: the same as simulating all of it at once",
          "  ketensim run baseline.yaml --shard 1/2 --out one\n"
          "  ketensim run baseline.yaml --shard 2/2 --out two\n"
          "  ketensim merge one two --out whole\n",
          options,
          run};
}

}  // namespace ketensim::cli
