#include "tools/cli/beside.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "ketensim/compare.hpp"
#include "ketensim/sequence.hpp"
#include "ketensim/wave.hpp"
#include "tools/cli/each.hpp"
#include "tools/cli/output_text.hpp"
#include "tools/report/sequence.hpp"
#include "tools/report/text.hpp"
#include "tools/report/wave.hpp"
#include "tools/results/errors.hpp"
#include "tools/results/scenario_text.hpp"
#include "tools/results/sequence.hpp"
#include "tools/results/wave.hpp"

namespace ketensim::cli {
namespace {

bool has_help(const Chain& chain) {
  return std::any_of(chain.steps.begin(), chain.steps.end(), [](const Step& step) { return step.help; });
}

/// The one typed, or the time to help where anybody is helped, or who waits.
const Objective& objective_of(const std::string& typed, const Chain& chain) {
  if (typed.empty()) return *find_objective(has_help(chain) ? "time_to_help" : "waiting");
  if (const Objective* objective = find_objective(typed)) return *objective;
  std::vector<std::string> known;
  for (const Objective& objective : objectives()) known.emplace_back(objective.name);
  const std::string nearest = nearest_name(typed, known);
  throw InputError(fmt::format("--objective: unknown objective '{}': {}", typed,
                               nearest.empty() ? fmt::format("choose from {}", fmt::join(known, ", "))
                                               : fmt::format("did you mean {}?", nearest)));
}

const Results& result_of(const Comparison& comparison, const std::string& id) {
  return *std::find_if(comparison.results.begin(), comparison.results.end(),
                       [&](const Results& results) { return results.scenario == id; });
}

}  // namespace

void Comparison::add(Scenario scenario, Results result) {
  for (const Scenario& other : scenarios)
    if (other.id == scenario.id)
      throw InputError(fmt::format("two alternatives would be called {}: rename one of the files", scenario.id));
  scenarios.push_back(std::move(scenario));
  results.push_back(std::move(result));
}

void add_sequences(Comparison& comparison, const std::vector<Scenario>& alternatives, const std::string& objective,
                   const Simulation& simulation) {
  const Scenario baseline = comparison.scenarios.front();
  const Objective& chosen = objective_of(objective, baseline.chain);
  std::vector<Sequence> sequences;
  for (const Scenario& alternative : alternatives) {
    const std::size_t shared = shared_interventions(baseline, alternative);
    if (alternative.interventions.size() < shared + 2) {
      comparison.addition.text +=
          fmt::format("\n{} has fewer than two interventions of its own: there is no order.\n", alternative.id);
      continue;
    }
    SequenceStudy study =
        sequence(comparison.results.front(), alternative, result_of(comparison, alternative.id), shared, chosen,
                 [&](const std::vector<Scenario>& scenarios) { return simulation.simulated(scenarios); });
    if (study.sequence.together.defined == 0)
      throw InputError(fmt::format("{} is undefined: nobody comes so far within the period", chosen.name));
    for (std::size_t i = 0; i < study.scenarios.size(); ++i)
      comparison.add(std::move(study.scenarios[i]), std::move(study.results[i]));
    for (const report::Table& table : report::sequence_tables(study.sequence))
      comparison.addition.text += report::set_out(table, screen());
    sequences.push_back(std::move(study.sequence));
  }
  comparison.addition.files.emplace_back("sequence.csv", sequence_csv(sequences));
}

void add_accompaniments(Comparison& comparison, const std::vector<Scenario>& alternatives,
                        const std::vector<std::string>& files, const std::filesystem::path& out,
                        const Simulation& simulation) {
  std::vector<std::pair<std::string, Accompaniment>> all;
  for (std::size_t i = 0; i < alternatives.size(); ++i) {
    const Scenario& alternative = alternatives[i];
    Accompaniment found = accompany(
        comparison.results.front(), alternative, result_of(comparison, alternative.id),
        [&](const std::vector<Scenario>& scenarios) { return simulation.alike_in_all_but_capacity(scenarios); });
    comparison.addition.text +=
        report::set_out(report::accompany_table(alternative.id, found, comparison.results.front()), screen());
    if (!found.pools.empty()) {
      const std::vector<Intervention> interventions = interventions_of(found.pools);
      Scenario with = alternative;
      with.id += "-accompanied";
      with.name += ", accompanied";
      const std::string text = scenario_on(out.empty() ? files[i] : base_seen_from(out, files[i]), with.name,
                                           {"Written by ketensim compare --accompany."}, interventions);
      with.text = text + with.text;
      with.interventions.insert(with.interventions.end(), interventions.begin(), interventions.end());
      comparison.addition.files.emplace_back(with.id + ".yaml", text);
      Results results = std::move(simulation.simulated({with}).front());
      comparison.add(std::move(with), std::move(results));
    }
    all.emplace_back(alternative.id, std::move(found));
  }
  comparison.addition.files.emplace_back("accompany.csv", accompany_csv(all));
}

void add_waves(const Study& study, std::size_t shown, bool all_members, Simulation::Addition& addition) {
  const report::View view{report::Language::en, report::plain_style(), false, all_members};
  std::string text;
  for (std::size_t i = 1; i < shown; ++i) {
    const report::Table table = report::wave_table(study, study.results.front(), study.results[i], view);
    if (!table.rows.empty()) text += report::set_out(table, screen());
  }
  addition.text = text + addition.text;
  const std::string csv = wave_csv(study);
  if (!csv.empty()) addition.files.emplace_back("wave.csv", csv);
}

}  // namespace ketensim::cli
