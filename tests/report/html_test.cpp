#include "tools/report/html.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "tests/report/page_text.hpp"
#include "tests/report/synthetic.hpp"

namespace ketensim::report {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using tests::text_of_page;

constexpr const char* kNasty = "<script>alert('x')</script> & \"quotes\" <b>";

Study nasty_study() {
  Study study = tests::synthetic_comparison();
  for (Results& results : study.results) results.name = results.text = kNasty;
  for (OrganisationLabel& label : study.organisations) label.name = kNasty;
  study.results[1].scenario = "<i>id</i>";
  return study;
}

TEST(HtmlReport, EscapesWhatScenariosSay) {
  const std::string html = html_report(nasty_study(), Language::nl), text = text_of_page(html);
  EXPECT_THAT(html, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(text, Not(HasSubstr("<b>")));
  EXPECT_THAT(text, Not(HasSubstr("<i>")));
  EXPECT_THAT(text, HasSubstr("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quotes&quot;"));
}

TEST(HtmlReport, HoldsNoLessThanSignInTheDataOfItsCharts) {
  const std::string html = html_report(nasty_study(), Language::nl), kBegin = "<script type=\"application/json\">";
  std::size_t charts = 0;
  for (std::size_t at = html.find(kBegin); at != std::string::npos; at = html.find(kBegin, at + 1), ++charts) {
    const std::size_t begin = at + kBegin.size();
    const std::string data = html.substr(begin, html.find('<', begin) - begin);
    EXPECT_TRUE(nlohmann::json::accept(data)) << data;  // whole, up to the first `<`
  }
  EXPECT_GT(charts, 20U);
  EXPECT_THAT(html, HasSubstr("\\u003cscript>alert('x')\\u003c/script>"));
}

TEST(HtmlReport, NeedsNothingBesideIt) {
  const std::string html = html_report(tests::synthetic_comparison(), Language::nl);
  EXPECT_THAT(html, StartsWith("<!DOCTYPE html>"));
  static const std::regex kOutwards("href=\"[^#]");
  EXPECT_FALSE(std::regex_search(text_of_page(html), kOutwards));
  for (const char* outside : {"http:", "https:", "src=", "url(", "@import"})
    EXPECT_THAT(text_of_page(html), Not(HasSubstr(outside)));
}

TEST(HtmlReport, OpensAndClosesItsElementsInOrder) {
  const std::string html = text_of_page(html_report(nasty_study(), Language::en));
  static const std::regex kTag("<(/?)([a-z][a-z0-9]*)[^>]*>");
  std::vector<std::string> open;
  for (auto tag = std::sregex_iterator(html.begin(), html.end(), kTag); tag != std::sregex_iterator(); ++tag) {
    if ((*tag)[2] == "meta") continue;
    if ((*tag)[1] == "") {
      open.push_back((*tag)[2]);
      continue;
    }
    ASSERT_FALSE(open.empty());
    EXPECT_EQ(open.back(), (*tag)[2]);
    open.pop_back();
  }
  EXPECT_TRUE(open.empty());
}

TEST(HtmlReport, GivesTheAnswerFirstInTheLanguageAskedFor) {
  const Study study = tests::synthetic_comparison();
  const std::string nl = html_report(study, Language::nl), en = html_report(study, Language::en);
  EXPECT_THAT(nl, HasSubstr("<html lang=\"nl\">"));
  EXPECT_THAT(en, HasSubstr("<html lang=\"en\">"));
  const std::string answer = en.substr(0, en.find("</section>"));
  EXPECT_THAT(answer, HasSubstr("If nothing changes, "));
  EXPECT_THAT(answer,
              HasSubstr("Mind: with Clear the backlog 20.0 more children wait at Raad voor de Kinderbescherming"));
  EXPECT_LT(nl.find("Verandert er niets"), nl.find("<table"));
  EXPECT_LT(nl.find("Verandert er niets"), nl.find("If nothing changes"));
}

TEST(HtmlReport, TellsTheBurstInSentences) {
  const std::string html = html_report(tests::synthetic_comparison(), Language::nl);
  EXPECT_THAT(html,
              HasSubstr("komt vanaf mrt 2024 een golf binnen: op de top, in apr 2024, 40,0\u00a0±0 kinderen extra"));
  EXPECT_THAT(html, HasSubstr("a burst arrives in Mar 2024: at its peak, in Apr 2024, 40.0\u00a0±0 extra children"));
}

TEST(HtmlReport, TellsHowSureATrendIs) {
  Study study = tests::synthetic_study({tests::synthetic_results({})}, false);
  Results& results = study.results.front();
  const std::size_t children = results.find("chain", "all", "children_end");
  const auto set_last = [&](int replication, double value) {
    results.values[static_cast<std::size_t>(replication) * results.row_size() + children * results.periods.size() +
                   results.base_periods - 1] = value;
  };
  const auto answer = [&] {
    const std::string html = html_report(study, Language::en);
    return html.substr(0, html.find("</section>"));
  };
  for (int replication = 0; replication < 20; ++replication) set_last(replication, 1000.0);
  EXPECT_THAT(answer(), HasSubstr("almost certainly more than after the first period"));
  for (int replication = 0; replication < 3; ++replication) set_last(replication, 1.0);  // 17 of 20: 85%
  EXPECT_THAT(answer(), HasSubstr("probably more than"));
  for (int replication = 0; replication < 10; ++replication) set_last(replication, 1.0);
  EXPECT_THAT(answer(), HasSubstr("cannot be told"));
}

TEST(HtmlReport, SpeaksOfAGroupAndNotOfItsMembers) {
  Study study = tests::synthetic_comparison();
  study.organisations.resize(study.organisations.size() - 2);  // three members left: few enough for the table
  for (std::size_t i = 0; i < study.results[1].values.size(); ++i)
    study.results[1].values[i] += 50.0;  // at every step and in every period
  const std::string html = html_report(study, Language::en);
  const std::string answer = html.substr(0, html.find("</section>"));
  EXPECT_THAT(html, HasSubstr("Gemeente GM0141"));
  EXPECT_THAT(answer, Not(HasSubstr("Gemeente GM0141")));
}

TEST(HtmlReport, SaysOfAScenarioWithItselfThatNothingChanges) {
  const Study study = tests::synthetic_study({tests::synthetic_results({}), tests::synthetic_results({})}, true);
  EXPECT_THAT(html_report(study, Language::nl), HasSubstr("elk verschil is precies nul"));
}

TEST(HtmlReport, TellsUnderWhichConditionsAndFromWhatItWasMade) {
  Study study = tests::synthetic_comparison();
  study.commit = "0123456789ab";
  const std::string html = html_report(study, Language::en);
  EXPECT_THAT(html, HasSubstr("1 Jan 2024 up to and including 31 Dec 2024"));
  EXPECT_THAT(html, HasSubstr("20 simulated futures (seed 1)"));
  EXPECT_THAT(html, HasSubstr("Made with ketensim " KETENSIM_VERSION " (0123456789ab)"));
  EXPECT_THAT(html, HasSubstr("format: ketensim/1\nname: Base\n"));
}

TEST(HtmlReport, TellsWhetherItStartsFromAStateAndDrawsParameters) {
  Study study = tests::synthetic_comparison();
  EXPECT_THAT(html_report(study, Language::en), HasSubstr("It does not start with children from deliveries."));
  EXPECT_THAT(html_report(study, Language::en), HasSubstr("The figures of the chain are fixed"));
  for (Conditions& conditions : study.conditions) {
    conditions.start = Conditions::Start::state;
    conditions.snapshot = std::chrono::sys_days(std::chrono::year(2023) / 12 / 31);
    conditions.draws = 200;
  }
  EXPECT_THAT(html_report(study, Language::en),
              HasSubstr("It starts from 31 Dec 2023: the children who were in the chain then"));
  EXPECT_THAT(html_report(study, Language::en), HasSubstr("uses one of 200 draws"));
  for (Conditions& conditions : study.conditions) conditions.start = Conditions::Start::unknown;
  EXPECT_THAT(html_report(study, Language::en), HasSubstr("they are of an earlier version"));
}

}  // namespace
}  // namespace ketensim::report
