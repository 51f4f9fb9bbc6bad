#include <fmt/format.h>

#include "tools/cli/output_text.hpp"
#include "tools/cli/simulation.hpp"
#include "tools/cli/verbs.hpp"
#include "tools/report/html.hpp"
#include "tools/report/text.hpp"
#include "tools/results/errors.hpp"
#include "tools/results/json.hpp"
#include "tools/results/netcdf.hpp"

namespace ketensim::cli {
namespace {

po::options_description options() {
  po::options_description options("Options");
  options.add_options()                                                                                             //
      ("out", po::value<std::string>()->value_name("DIR"), "write report.html here instead of beside the results")  //
      ("lang", po::value<std::string>()->value_name("LANG"), "language of the report: nl (default) or en")          //
      ("json", "print the figures of the whole period as JSON, in place of tables")                                 //
      ("all-members", "show every member of a group (each municipality) in the table")                              //
      ("quiet", "print nothing but errors");
  return options;
}

void write_report(const Arguments& arguments, const std::string& folder, const std::string& page) {
  OutputFolder out(arguments.text("out").value_or(folder));
  out.add("report.html", page);
  out.commit();
}

void run(const Arguments& arguments) {
  if (arguments.files().empty()) throw InputError("report: name at least one folder with results");
  if (arguments.has("out") && arguments.files().size() > 1)
    throw InputError("report: --out takes the report of one folder only");
  if (arguments.has("json") && arguments.files().size() > 1) throw InputError("report: --json takes one folder only");
  const report::Language language = language_of(arguments);
  for (const std::string& folder : arguments.files()) {
    const ConstraintFiles constraint = read_constraint_files(folder);
    if (!constraint.pools.empty() && !std::filesystem::exists(std::filesystem::path(folder) / "results.nc")) {
      write_report(arguments, folder, report::constraint_report(constraint, language));
      continue;
    }
    const Study study = study_from_netcdf(std::filesystem::path(folder) / "results.nc");
    write_report(arguments, folder, report::html_report(study, constraint, language));
    if (arguments.has("json")) show(study_json(study));
    if (arguments.has("quiet") || arguments.has("json")) continue;
    show(report::text_tables(study, {arguments.has("all-members"), report::kAllScenarios, screen()}));
    show(fmt::format("\nReport is in {}\n", arguments.text("out").value_or(folder)));
  }
}

}  // namespace

Verb report_verb() {
  return {"report", "DIR...", "Makes the report again from stored results", "  ketensim report results --lang en\n",
          options,  run};
}

}  // namespace ketensim::cli
