#include <fmt/format.h>

#include "tools/cli/output_text.hpp"
#include "tools/cli/simulation.hpp"
#include "tools/cli/verbs.hpp"
#include "tools/report/html.hpp"
#include "tools/report/since.hpp"
#include "tools/report/text.hpp"
#include "tools/results/errors.hpp"
#include "tools/results/json.hpp"
#include "tools/results/netcdf.hpp"

namespace ketensim::cli {
namespace fs = std::filesystem;
namespace {

po::options_description options() {
  po::options_description options("Options");
  options.add_options()  //
      ("out", po::value<std::string>()->value_name("DIR"),
       "write it here instead of beside the results; of several folders only what changed")                 //
      ("lang", po::value<std::string>()->value_name("LANG"), "language of the report: nl (default) or en")  //
      ("json", "print the figures of the whole period as JSON, in place of tables")                         //
      ("all-members", "show every member of a group (each municipality) in the table")                      //
      ("quiet", "print nothing but errors");
  return options;
}

void write_report(const fs::path& into, const std::string& page) {
  OutputFolder out(into);
  out.add("report.html", page);
  out.commit();
}

/// The report of one folder again.
void make_report(const Study& study, const ConstraintFiles& constraint, const fs::path& into, const Arguments& arguments) {
  write_report(into, report::html_report(study, constraint, language_of(arguments)));
  if (arguments.has("json")) show(study_json(study));
  if (arguments.has("quiet") || arguments.has("json")) return;
  show(report::text_tables(study, {arguments.has("all-members"), report::kAllScenarios, screen()}));
  show(fmt::format("\nReport is in {}\n", into.string()));
}

/// What changed between the forecasts of several folders, beside the last of them. Of folders that hold something else
/// their own reports are enough.
void make_changes(std::vector<report::PastForecast> forecasts, const Arguments& arguments) {
  const auto page = report::changes_report(std::move(forecasts), language_of(arguments));
  if (!page && !arguments.has("out")) return;
  if (!page) throw InputError("report: the last two forecasts have no step with a queue or a norm in common");
  OutputFolder out(arguments.text("out").value_or(arguments.files().back()));
  out.add("changes.html", *page);
  out.commit();
  if (!arguments.has("quiet")) show(fmt::format("\nWhat changed is in {}\n", (out.path() / "changes.html").string()));
}

void run(const Arguments& arguments) {
  const std::vector<std::string>& folders = arguments.files();
  if (folders.empty()) throw InputError("report: name at least one folder with results");
  const bool several = folders.size() > 1, apart = arguments.has("out");
  if (arguments.has("json") && several) throw InputError("report: --json takes one folder only");
  language_of(arguments);
  std::vector<report::PastForecast> forecasts;
  for (const std::string& folder : folders) {
    const fs::path into = apart && !several ? *arguments.text("out") : folder;
    const ConstraintFiles constraint = read_constraint_files(folder);
    if (!constraint.pools.empty() && !fs::exists(fs::path(folder) / "results.nc")) {
      write_report(into, report::constraint_report(constraint, language_of(arguments)));
      continue;
    }
    Study study = study_from_netcdf(fs::path(folder) / "results.nc");
    if (!several || !apart) make_report(study, constraint, into, arguments);
    if (several) forecasts.push_back(report::baseline_alone(std::move(study)));
  }
  if (several) make_changes(std::move(forecasts), arguments);
}

}  // namespace

Verb report_verb() {
  return {"report",
          "DIR...",
          "Makes the report again from stored results; of several forecasts also what changed, and what came of them",
          "  ketensim report results --lang en\n"
          "  ketensim report 2023-Q3/compare 2023-Q4/compare --out changes\n",
          options,
          run};
}

}  // namespace ketensim::cli
