// Under which assumptions, where the figures came from, and from what the report was made.
#include <algorithm>
#include <array>

#include "tools/report/study/parts.hpp"
#include "tools/report/study/sources.hpp"

namespace ketensim::report {
namespace {

using enum StudyPhrase;

constexpr std::array kMarks{Mark::measured, Mark::open_source, Mark::derived, Mark::general, Mark::assumed};

StudyPhrase phrase_of(Mark of) {
  switch (of) {
    case Mark::measured:
      return mark_measured;
    case Mark::open_source:
      return mark_public;
    case Mark::derived:
      return mark_derived;
    case Mark::general:
      return mark_general;
    case Mark::assumed:
      break;
  }
  return mark_assumed;
}

std::string period_assumption_of(const StudyView& view, std::size_t scenario) {
  const Results& results = view.results(scenario);
  const Conditions& conditions = view.study().conditions[scenario];
  const ReportedPeriod& whole = results.periods[whole_period(results)];
  const std::string first = day_text(whole.from, view.language()), last = view.last_day(whole.until);
  const auto from = fmt::arg("from", first), until = fmt::arg("until", last);
  if (conditions.warm_up_days > 0.0)
    return view.say(Phrase::period_assumption, from, until,
                    fmt::arg("warm_up", view.number(conditions.warm_up_days, 0)));
  if (conditions.start == Conditions::Start::state) return view.say(period_from_state, from, until);
  return view.say(Phrase::period_without_warm_up, from, until);
}

std::vector<std::string> assumptions_of(const StudyView& view, std::size_t scenario) {
  const Results& results = view.results(scenario);
  const Conditions& conditions = view.study().conditions[scenario];
  std::vector<std::string> items{period_assumption_of(view, scenario)};
  for (std::string& item : conditions_of(view, scenario)) items.push_back(std::move(item));
  items.push_back(view.say(conditions.calendar == CalendarKind::netherlands ? Phrase::calendar_netherlands
                                                                            : Phrase::calendar_continuous));
  items.push_back(view.say(Phrase::replications_assumption, fmt::arg("replications", results.replications),
                           fmt::arg("seed", results.seed)));
  return items;
}

/// A file of the study with the scenarios that stand on it.
struct Used {
  SourceFile file;
  std::vector<std::string> scenarios;
};

std::vector<Used> files_used(const StudyView& view) {
  std::vector<Used> all;
  for (const Results& results : view.study().results)
    for (SourceFile& file : files_of(results.text)) {
      if (file.name.empty()) file.name = results.scenario;
      const auto same = std::find_if(all.begin(), all.end(), [&](const Used& used) {
        return used.file.name == file.name && used.file.fingerprint == file.fingerprint;
      });
      if (same != all.end())
        same->scenarios.push_back(results.scenario);
      else
        all.push_back({std::move(file), {results.scenario}});
    }
  return all;
}

void put_sources(Page& page, const StudyView& view) {
  std::vector<MarkedFigure> all;
  for (const Used& used : files_used(view))
    for (MarkedFigure& figure : report::marked_figures(used.file.text)) all.push_back(std::move(figure));
  page.section(view.say(sources));
  if (all.empty()) {
    page.note(view.say(no_marks));
    page.close("section");
    return;
  }
  Table table;
  table.headers = {{view.say(mark), ""}, {view.say(marked_figures), ""}};
  for (const Mark of : kMarks) {
    const auto count =
        std::count_if(all.begin(), all.end(), [&](const MarkedFigure& figure) { return figure.mark == of; });
    table.rows.push_back({view.say(phrase_of(of)), view.number(static_cast<double>(count), 0)});
  }
  table.notes.push_back(view.say(marked_note));
  page.table(table);
  for (const Mark of : kMarks) {
    Table list;
    list.headers = {{view.say(figure_in_file), ""}, {view.say(rests_on), "", "", true}};
    for (const MarkedFigure& figure : all)
      if (figure.mark == of) list.rows.push_back({figure.figure, figure.remark});
    if (!list.rows.empty()) page.folded(view.say(phrase_of(of)), list);
  }
  page.close("section");
}

}  // namespace

std::vector<std::string> conditions_of(const StudyView& view, std::size_t scenario) {
  const Conditions& conditions = view.study().conditions[scenario];
  if (conditions.start == Conditions::Start::unknown) return {view.say(conditions_unknown)};
  return {conditions.start == Conditions::Start::state
              ? view.say(started_from_state, fmt::arg("day", day_text(conditions.snapshot, view.language())))
              : view.say(started_without_state),
          conditions.draws > 0 ? view.say(draws_parameters, fmt::arg("draws", conditions.draws))
                               : view.say(fixed_parameters)};
}

void put_assumptions(Page& page, const StudyView& view) {
  page.section(view.say(Phrase::assumptions));
  std::vector<std::string> shared;
  if (view.study().compared) shared.push_back(view.say(Phrase::common_draws_assumption));
  shared.push_back(view.say(Phrase::model_assumption));
  shared.push_back(view.say(Phrase::simulated_not_persons));
  if (view.study().compared || view.scenarios() == 1) {  // the baseline's conditions hold for all
    std::vector<std::string> all = assumptions_of(view, 0);
    all.insert(all.end(), shared.begin(), shared.end());
    page.list(all);
  } else {
    for (std::size_t i = 0; i < view.scenarios(); ++i) {
      page.element("h3", view.title(i));
      page.list(assumptions_of(view, i));
    }
    page.list(shared);
  }
  page.close("section");
  put_sources(page, view);
}

void put_provenance(Page& page, const StudyView& view) {
  const Study& study = view.study();
  page.section(view.say(Phrase::provenance));
  page.element("p", study.commit.empty() ? view.say(Phrase::made_by, fmt::arg("version", study.version))
                                         : view.say(made_by_commit, fmt::arg("version", study.version),
                                                    fmt::arg("commit", study.commit)));
  Table table;
  table.headers = {{view.say(file), ""}, {view.say(used_by), "", "", true}, {view.say(fingerprint), ""}};
  const std::vector<Used> files = files_used(view);
  for (const Used& used : files) {
    std::string scenarios;
    for (const std::string& scenario : used.scenarios) scenarios += (scenarios.empty() ? "" : ", ") + scenario;
    table.rows.push_back({used.file.name, scenarios, used.file.fingerprint});
  }
  table.title = view.say(files_read);
  table.notes.push_back(view.say(fingerprint_note));
  page.table(table);
  for (const Used& used : files)
    if (!used.file.text.empty()) page.folded(view.say(text_of_file, fmt::arg("file", used.file.name)), used.file.text);
  page.close("section");
}

}  // namespace ketensim::report
