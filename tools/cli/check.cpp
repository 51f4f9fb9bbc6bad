#include <fmt/format.h>

#include "tools/cli/output_text.hpp"
#include "tools/cli/simulation.hpp"
#include "tools/cli/verbs.hpp"
#include "tools/results/dates.hpp"
#include "tools/results/errors.hpp"

namespace ketensim::cli {
namespace {

po::options_description options() {
  po::options_description options("Options");
  options.add_options()("calibrated", po::value<std::string>()->value_name("DIR"),
                        "folder of the chain.yaml and state.csv of `base:` and `start_from: calibrated`")(
      "quiet", "print nothing but errors");
  return options;
}

void run(const Arguments& arguments) {
  if (arguments.files().empty()) throw InputError("check: name at least one scenario file");
  const bool quiet = arguments.has("quiet");
  for (const Scenario& scenario :
       load_scenarios(arguments.files(), arguments.text("calibrated").value_or(""), quiet, true))
    if (!quiet)
      show(fmt::format("{}: valid: {} organisations, {} steps, {} interventions, {}{} to {}\n", scenario.id,
                       scenario.chain.organisations.size(), scenario.chain.steps.size(), scenario.interventions.size(),
                       scenario.drawn.empty() ? "" : fmt::format("{} draws of parameters, ", scenario.drawn.size()),
                       iso_date(scenario.period.start), iso_date(scenario.period.end)));
}

}  // namespace

Verb check_verb() {
  return {"check",
          "FILE...",
          "Validates scenario files and shows every problem with its place",
          "  ketensim check scenarios/twente/*.yaml\n",
          options,
          run};
}

}  // namespace ketensim::cli
