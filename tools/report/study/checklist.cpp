// The items of STRESS-DES (Monks et al. 2019), filled in from the study.
#include <set>

#include "tools/report/study/parts.hpp"

namespace ketensim::report {
namespace {

using enum StudyPhrase;

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string outputs_of(const StudyView& view) {
  std::set<std::size_t> kinds;
  for (const Figure& figure : view.baseline().figures) kinds.insert(figure.indicator);
  std::vector<std::string> names;
  for (const std::size_t kind : kinds) names.emplace_back(indicator_kinds()[kind].name);
  return view.say(outputs_text, fmt::arg("count", names.size()), fmt::arg("names", joined(names)));
}

std::string aims_of(const StudyView& view) {
  std::vector<std::string> names;
  for (std::size_t i = view.compared() ? 1 : 0; i < view.scenarios(); ++i) names.push_back(view.title(i));
  if (!view.compared()) return view.say(aims_run, fmt::arg("names", joined(names)));
  return view.say(aims_compared, fmt::arg("baseline", view.title(0)), fmt::arg("names", joined(names)));
}

std::string steps_of(const StudyView& view, StudyPhrase phrase, bool with_slots) {
  std::vector<std::string> names;
  for (const Place& place : view.places())
    if (!with_slots || view.baseline().find(place.organisation, place.step, "slots_mean") != Results::npos)
      names.push_back(view.place(place));
  if (names.empty()) return "–";
  return view.say(phrase, fmt::arg("count", names.size()), fmt::arg("names", joined(names)));
}

std::string initialisation_of(const StudyView& view) {
  const Conditions& conditions = view.study().conditions.front();
  std::string text;
  for (const std::string& item : conditions_of(view, 0)) text += (text.empty() ? "" : " ") + item;
  if (conditions.warm_up_days > 0.0)
    text += " " + view.say(warm_up_text, fmt::arg("days", view.number(conditions.warm_up_days, 0)));
  return text;
}

std::string run_length_of(const StudyView& view) {
  const Results& results = view.baseline();
  const ReportedPeriod& whole = results.periods[whole_period(results)];
  return view.say(run_length_text, fmt::arg("from", day_text(whole.from, view.language())),
                  fmt::arg("until", view.last_day(whole.until)));
}

}  // namespace

void put_checklist(Page& page, const StudyView& view) {
  const Study& study = view.study();
  const std::string commit = study.commit.empty() ? "–" : study.commit;
  const auto program = fmt::arg("version", study.version);
  const auto built_from = fmt::arg("commit", commit);
  Table table;
  table.headers = {{view.say(checklist_item), ""}, {view.say(checklist_where), "", "", true}};
  const auto add = [&](StudyPhrase item, const std::string& text) { table.rows.push_back({view.say(item), text}); };
  add(purpose, view.say(purpose_text));
  add(outputs, outputs_of(view));
  add(aims, aims_of(view));
  add(diagram, view.say(diagram_text, fmt::arg("provenance", view.say(Phrase::provenance))));
  add(base_logic, view.say(base_logic_text));
  add(scenario_logic, view.say(view.compared() ? scenario_logic_compared : scenario_logic_run));
  add(algorithms, view.say(algorithms_text));
  add(entities, view.say(entities_text));
  add(activities, steps_of(view, activities_text, false));
  add(resources, steps_of(view, resources_text, true));
  add(queues, view.say(queues_text));
  add(entry_exit, view.say(entry_exit_text));
  add(data_sources, view.say(data_sources_text, fmt::arg("sources", view.say(sources))));
  add(pre_processing, view.say(pre_processing_text));
  add(input_parameters, view.say(input_parameters_text, fmt::arg("provenance", view.say(Phrase::provenance))));
  add(model_assumptions, view.say(model_assumptions_text, fmt::arg("assumptions", view.say(Phrase::assumptions))));
  add(initialisation, initialisation_of(view));
  add(run_length, run_length_of(view));
  add(estimation, view.say(estimation_text, fmt::arg("replications", view.baseline().replications)));
  add(software, view.say(software_text, program, built_from));
  add(sampling, view.say(sampling_text, fmt::arg("seed", view.baseline().seed)));
  add(execution, view.say(execution_text));
  add(system, view.say(system_text));
  add(sharing, view.say(sharing_text, fmt::arg("provenance", view.say(Phrase::provenance))));
  page.section(view.say(checklist));
  page.note(view.say(checklist_note));
  page.table(table);
  page.close("section");
}

}  // namespace ketensim::report
