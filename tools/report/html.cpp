#include "tools/report/html.hpp"

#include <fmt/format.h>

#include "tools/report/findings.hpp"
#include "tools/report/page.hpp"
#include "tools/report/tables.hpp"

namespace ketensim::report {
namespace {

/// A page on a study, with how its reader sees figures.
class StudyPage : public Page {
 public:
  explicit StudyPage(Language language) : Page(language), view_{language, style_of(language), true, false} {}

  const View& view() const { return view_; }

  template <class... Arguments>
  std::string say(Phrase phrase, const Arguments&... arguments) const {
    return fmt::format(fmt::runtime(text_of(phrase, view_.language)), arguments...);
  }

 private:
  View view_;
};

std::string title_of(const Results& results) { return results.name.empty() ? results.scenario : results.name; }

void put_answer(StudyPage& page, const Study& study) {
  page.open("section class=\"answer\"");
  page.element("h2", page.say(Phrase::answer));
  const Results& first = study.results.front();
  const auto put = [&](const Results& results, const std::vector<std::string>& sentences) {
    if (study.results.size() > 1) page.element("h3", title_of(results));
    page.list(sentences);
  };
  if (!study.compared) put(first, findings(study, first, page.view()));
  for (std::size_t i = 1; i < study.results.size(); ++i)
    put(study.results[i], study.compared ? findings(study, first, study.results[i], page.view())
                                         : findings(study, study.results[i], page.view()));
  if (study.compared) put(first, findings(study, first, page.view()));  // what is asked is what changes
  page.close("section");
}

void put_early_warnings(StudyPage& page, const Study& study, const Results& results, const Conditions& conditions) {
  if (!conditions.warn) return;
  const Table table = early_warning_table(study, results, *conditions.warn, page.view());
  if (!table.title.empty()) page.table(table);
}

void put_scenario(StudyPage& page, const Study& study, const Results& results, const Conditions& conditions) {
  page.open("section");
  page.element("h2", title_of(results));
  page.table(step_table(study, results, page.view()));
  page.table(chain_table(results, page.view()));
  put_early_warnings(page, study, results, conditions);
  page.close("section");
}

void put_alternative(StudyPage& page, const Study& study, const Results& alternative, const Conditions& conditions) {
  const Results& baseline = study.results.front();
  page.open("section");
  page.element("h2", title_of(alternative));
  page.element("p", page.say(Phrase::comparison_title, fmt::arg("baseline", title_of(baseline))));
  page.table(difference_table(study, baseline, alternative, page.view()));
  page.table(chain_difference_table(baseline, alternative, page.view()));
  page.table(burst_table(study, baseline, alternative, page.view()));
  const Table rising = rise_table(study, baseline, alternative, page.view());
  if (!rising.rows.empty()) page.table(rising);
  put_early_warnings(page, study, alternative, conditions);
  page.close("section");
}

std::vector<std::string> assumptions_of(const StudyPage& page, const Results& results, const Conditions& conditions) {
  const ReportedPeriod& whole = results.periods[whole_period(results)];
  const Language language = page.view().language;
  const std::string first = day_text(whole.from, language),
                    last = day_text(whole.until - std::chrono::days(1), language);
  const auto from = fmt::arg("from", first), until = fmt::arg("until", last);
  std::vector<std::string> all{
      conditions.warm_up_days > 0.0
          ? page.say(Phrase::period_assumption, from, until,
                     fmt::arg("warm_up", number(conditions.warm_up_days, 0, page.view().style)))
          : page.say(Phrase::period_without_warm_up, from, until),
      page.say(conditions.calendar == CalendarKind::netherlands ? Phrase::calendar_netherlands
                                                                : Phrase::calendar_continuous),
      page.say(Phrase::replications_assumption, fmt::arg("replications", results.replications),
               fmt::arg("seed", results.seed))};
  const std::string warm_up = warm_up_note(conditions, page.view());
  if (!warm_up.empty()) all.insert(all.begin() + 1, warm_up);
  return all;
}

void put_assumptions(StudyPage& page, const Study& study) {
  page.open("section");
  page.element("h2", page.say(Phrase::assumptions));
  std::vector<std::string> shared;
  if (study.compared) shared.push_back(page.say(Phrase::common_draws_assumption));
  shared.push_back(page.say(Phrase::model_assumption));
  shared.push_back(page.say(Phrase::simulated_not_persons));
  if (study.compared || study.results.size() == 1) {  // the baseline's conditions hold for all
    std::vector<std::string> all = assumptions_of(page, study.results.front(), study.conditions.front());
    all.insert(all.end(), shared.begin(), shared.end());
    page.list(all);
  } else {
    for (std::size_t i = 0; i < study.results.size(); ++i) {
      page.element("h3", title_of(study.results[i]));
      page.list(assumptions_of(page, study.results[i], study.conditions[i]));
    }
    page.list(shared);
  }
  page.close("section");
}

void put_provenance(StudyPage& page, const Study& study) {
  page.open("section");
  page.element("h2", page.say(Phrase::provenance));
  page.element("p", page.say(Phrase::made_by, fmt::arg("version", KETENSIM_VERSION)));
  for (const Results& results : study.results)
    page.folded(page.say(Phrase::scenario_files, fmt::arg("scenario", results.scenario)), results.text);
  page.close("section");
}

}  // namespace

std::string html_report(const Study& study, Language language) {
  StudyPage page(language);
  const std::string kind = page.say(Phrase::report_title);
  const std::string subject = title_of(study.compared ? study.results.back() : study.results.front());
  page.open("header");
  page.element("p", kind);
  page.element("h1", subject);
  page.close("header");
  page.open("main");
  put_answer(page, study);
  if (study.compared && study.results.size() > 2) {
    page.open("section");
    page.table(overview_table(study, page.view()));
    page.close("section");
  }
  for (std::size_t i = 0; i < study.results.size(); ++i) {
    if (study.compared && i > 0)
      put_alternative(page, study, study.results[i], study.conditions[i]);
    else
      put_scenario(page, study, study.results[i], study.conditions[i]);
  }
  put_assumptions(page, study);
  put_provenance(page, study);
  page.close("main");
  return page.finish(subject + " · " + kind);
}

}  // namespace ketensim::report
