#include "tools/report/html.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "tests/report/synthetic.hpp"

namespace ketensim::report {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* kNasty = "<script>alert('x')</script> & \"quotes\" <b>";

Study nasty_study() {
  Study study = tests::synthetic_comparison();
  for (Results& results : study.results) results.name = results.text = kNasty;
  for (OrganisationLabel& label : study.organisations) label.name = kNasty;
  study.results[1].scenario = "<i>id</i>";
  return study;
}

TEST(HtmlReport, EscapesWhatScenariosSay) {
  for (const Language language : {Language::nl, Language::en}) {
    const std::string html = html_report(nasty_study(), language);
    EXPECT_THAT(html, Not(HasSubstr("<script")));
    EXPECT_THAT(html, Not(HasSubstr("<b>")));
    EXPECT_THAT(html, Not(HasSubstr("<i>")));
    EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quotes&quot;"));
  }
}

TEST(HtmlReport, NeedsNothingBesideIt) {
  const std::string html = html_report(tests::synthetic_comparison(), Language::nl);
  EXPECT_THAT(html, StartsWith("<!DOCTYPE html>"));
  for (const char* outside : {"http:", "https:", "src=", "href=", "url(", "@import", "<script"})
    EXPECT_THAT(html, Not(HasSubstr(outside)));
}

TEST(HtmlReport, OpensAndClosesItsElementsInOrder) {
  const std::string html = html_report(nasty_study(), Language::en);
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

TEST(HtmlReport, GivesTheAnswerFirstInItsLanguage) {
  const Study study = tests::synthetic_comparison();
  const std::string nl = html_report(study, Language::nl), en = html_report(study, Language::en);
  EXPECT_THAT(nl, HasSubstr("<html lang=\"nl\">"));
  EXPECT_THAT(nl,
              HasSubstr("komt vanaf mrt 2024 een golf binnen: op de top, in apr 2024, 40,0\u00a0±0 kinderen extra"));
  EXPECT_THAT(en, HasSubstr("a burst arrives in Mar 2024: at its peak, in Apr 2024, 40.0\u00a0±0 extra children"));
  EXPECT_LT(nl.find("Het antwoord"), nl.find("<table>"));
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
  const std::string html = html_report(tests::synthetic_comparison(), Language::en);
  EXPECT_THAT(html, HasSubstr("1 Jan 2024 up to and including 31 Dec 2024"));
  EXPECT_THAT(html, HasSubstr("20 simulated futures (seed 1)"));
  EXPECT_THAT(html, HasSubstr("Made with ketensim " KETENSIM_VERSION));
  EXPECT_THAT(html, HasSubstr("format: ketensim/1\nname: Base\n"));
}

}  // namespace
}  // namespace ketensim::report
