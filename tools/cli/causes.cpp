#include "tools/cli/causes.hpp"

#include <fmt/format.h>

#include "tools/cli/progress.hpp"

namespace ketensim::cli {
namespace {

/// Every stream that is not recorded, without what makes its days differ.
std::string even_arrivals(const Scenario& scenario) {
  std::string yaml;
  for (const Stream& stream : scenario.chain.streams)
    if (!stream.recorded)
      yaml += fmt::format(
          "  {}: {{month: {{jan: 1, feb: 1, mar: 1, apr: 1, may: 1, jun: 1, jul: 1, aug: 1, sep: 1, oct: 1, nov: 1, "
          "dec: 1}}, school_holidays: 1, public_holidays: 1, dispersion: {{day: 0, month: 0}}}}\n",
          stream.id);
  return yaml.empty() ? yaml : "arrivals:\n" + yaml;
}

}  // namespace

CausesStudy causes_study(const Scenario& scenario, const SimulationOptions& settings) {
  Progress progress(!settings.quiet);
  return {scenario.id,
          waiting_causes(scenario, {settings.threads, [&](int done, int total) { progress.update(done, total); }})};
}

void add_levers(LeverFiles& levers, const CausesStudy& study, const Scenario& scenario,
                const std::string& scenario_file) {
  std::vector<Intervention> more;
  std::string arrivals;
  for (const Counterfactual& counterfactual : study.causes.counterfactuals) {
    if (counterfactual.fewer) return;  // and of those after it
    if (counterfactual.same) continue;
    if (counterfactual.even_arrivals) arrivals = even_arrivals(scenario);
    more.insert(more.end(), counterfactual.more.begin(), counterfactual.more.end());
    const std::string_view cause = kCauseNames[static_cast<std::size_t>(counterfactual.without)];
    levers.add(fmt::format("{}-without-{}", study.scenario, cause), scenario_file,
               fmt::format("{}: without {}", scenario.name, cause), more, arrivals);
  }
}

}  // namespace ketensim::cli
