#include "tools/report/html.hpp"

#include <fmt/format.h>

#include "tools/report/findings.hpp"
#include "tools/report/page_style.hpp"
#include "tools/report/tables.hpp"

namespace ketensim::report {
namespace {

/// A page in the making. Every text that enters it is escaped on the way.
class Page {
 public:
  explicit Page(Language language) : view_{language, style_of(language), true, false} {}

  const View& view() const { return view_; }
  std::string finish(const std::string& title) const;

  void element(std::string_view tag, std::string_view text) {
    body_ += fmt::format("<{0}>{1}</{0}>\n", tag, escaped(text));
  }
  void open(std::string_view tag) { body_ += fmt::format("<{}>\n", tag); }
  void close(std::string_view tag) { body_ += fmt::format("</{}>\n", tag); }
  void table(const Table& table);
  void list(const std::vector<std::string>& items);
  void folded(const std::string& summary, const std::string& text);

  template <class... Arguments>
  std::string say(Phrase phrase, const Arguments&... arguments) const {
    return fmt::format(fmt::runtime(text_of(phrase, view_.language)), arguments...);
  }

 private:
  View view_;
  std::string body_;
};

std::string Page::finish(const std::string& title) const {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
      view_.language == Language::nl ? "nl" : "en", escaped(title), kPageStyle, body_);
}

void Page::table(const Table& table) {
  element("h3", table.title);
  if (!table.rows.empty()) {
    open("div class=\"wide\" tabindex=\"0\"");
    open("table");
    body_ += "<thead><tr>";
    for (const Table::Header& header : table.headers)
      body_ += fmt::format("<th scope=\"col\">{}<small>{}</small></th>", escaped(header.name), escaped(header.unit));
    body_ += "</tr></thead>\n<tbody>\n";
    for (const std::vector<std::string>& row : table.rows) {
      body_ += fmt::format("<tr><th scope=\"row\">{}</th>", escaped(row.front()));
      for (std::size_t i = 1; i < row.size(); ++i) body_ += fmt::format("<td>{}</td>", escaped(row[i]));
      body_ += "</tr>\n";
    }
    body_ += "</tbody>\n";
    close("table");
    close("div");
  }
  for (const std::string& note : table.notes) body_ += fmt::format("<p class=\"note\">{}</p>\n", escaped(note));
}

void Page::list(const std::vector<std::string>& items) {
  open("ul");
  for (const std::string& item : items) element("li", item);
  close("ul");
}

void Page::folded(const std::string& summary, const std::string& text) {
  body_ += fmt::format("<details><summary>{}</summary>\n<pre>{}</pre>\n</details>\n", escaped(summary), escaped(text));
}

std::string title_of(const Results& results) { return results.name.empty() ? results.scenario : results.name; }

void put_answer(Page& page, const Study& study) {
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

void put_scenario(Page& page, const Study& study, const Results& results) {
  page.open("section");
  page.element("h2", title_of(results));
  page.table(step_table(study, results, page.view()));
  page.table(chain_table(results, page.view()));
  page.close("section");
}

void put_alternative(Page& page, const Study& study, const Results& alternative) {
  const Results& baseline = study.results.front();
  page.open("section");
  page.element("h2", title_of(alternative));
  page.element("p", page.say(Phrase::comparison_title, fmt::arg("baseline", title_of(baseline))));
  page.table(difference_table(study, baseline, alternative, page.view()));
  page.table(chain_difference_table(baseline, alternative, page.view()));
  page.table(burst_table(study, baseline, alternative, page.view()));
  const Table rising = rise_table(study, baseline, alternative, page.view());
  if (!rising.rows.empty()) page.table(rising);
  page.close("section");
}

std::vector<std::string> assumptions_of(const Page& page, const Results& results, const Conditions& conditions) {
  const ReportedPeriod& whole = results.periods[whole_period(results)];
  const Language language = page.view().language;
  const std::string first = day_text(whole.from, language),
                    last = day_text(whole.until - std::chrono::days(1), language);
  const auto from = fmt::arg("from", first), until = fmt::arg("until", last);
  return {conditions.warm_up_days > 0.0
              ? page.say(Phrase::period_assumption, from, until,
                         fmt::arg("warm_up", number(conditions.warm_up_days, 0, page.view().style)))
              : page.say(Phrase::period_without_warm_up, from, until),
          page.say(conditions.calendar == CalendarKind::netherlands ? Phrase::calendar_netherlands
                                                                    : Phrase::calendar_continuous),
          page.say(Phrase::replications_assumption, fmt::arg("replications", results.replications),
                   fmt::arg("seed", results.seed))};
}

void put_assumptions(Page& page, const Study& study) {
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

void put_provenance(Page& page, const Study& study) {
  page.open("section");
  page.element("h2", page.say(Phrase::provenance));
  page.element("p", page.say(Phrase::made_by, fmt::arg("version", KETENSIM_VERSION)));
  for (const Results& results : study.results)
    page.folded(page.say(Phrase::scenario_files, fmt::arg("scenario", results.scenario)), results.text);
  page.close("section");
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

std::string html_report(const Study& study, Language language) {
  Page page(language);
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
      put_alternative(page, study, study.results[i]);
    else
      put_scenario(page, study, study.results[i]);
  }
  put_assumptions(page, study);
  put_provenance(page, study);
  page.close("main");
  return page.finish(subject + " · " + kind);
}

}  // namespace ketensim::report
