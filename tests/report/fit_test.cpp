#include "tools/report/fit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "tests/report/fitted.hpp"
#include "tests/report/page_text.hpp"
#include "tools/report/fit/curves.hpp"
#include "tools/report/fit/phrases.hpp"

namespace ketensim::report {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using tests::text_of_page;

std::string whole_page_of(const tests::FittedChain& of, Language first) {
  return fit_report(of.monitor, of.calibration, 10, first);
}

/// The part of the page in one language, which is the first to be shown.
std::string page_of(const tests::FittedChain& of, Language language = Language::en, int min_cell = 10) {
  const std::string page = fit_report(of.monitor, of.calibration, min_cell, language), kBody = "<div class=\"body\"";
  const std::size_t begin = page.find(kBody);
  return page.substr(begin, page.find(kBody, begin + 1) - begin);
}

std::vector<nlohmann::json> charts_of(const std::string& page) {
  static const std::string kBegin = "<script type=\"application/json\">";
  std::vector<nlohmann::json> charts;
  for (std::size_t at = page.find(kBegin); at != std::string::npos; at = page.find(kBegin, at + 1)) {
    const std::size_t begin = at + kBegin.size();
    charts.push_back(nlohmann::json::parse(page.substr(begin, page.find("</script>", begin) - begin)));
  }
  return charts;
}

TEST(FitPhrases, KnowEveryCleaningRuleAndFamily) {
  ASSERT_EQ(dutch_rules().size(), cleaning_rules().size());
  for (std::size_t i = 0; i < cleaning_rules().size(); ++i) EXPECT_EQ(dutch_rules()[i].rule, cleaning_rules()[i].name);
  for (const DurationFamily& family : duration_families())
    EXPECT_TRUE(std::any_of(family_phrases().begin(), family_phrases().end(), [&](const FamilyPhraseRow& row) {
      return row.family == family.name;
    })) << family.name;
}

TEST(FitReport, ShowsEveryFigureInBothLanguages) {
  const tests::FittedChain of = tests::fitted_chain();
  const std::string nl = page_of(of, Language::nl), en = page_of(of, Language::en);
  EXPECT_THAT(whole_page_of(of, Language::nl), StartsWith("<!DOCTYPE html>\n<html lang=\"nl\">"));
  EXPECT_THAT(whole_page_of(of, Language::en), StartsWith("<!DOCTYPE html>\n<html lang=\"en\">"));
  EXPECT_THAT(whole_page_of(of, Language::en), HasSubstr(nl.substr(nl.find("<main>"))));
  for (const char* heading :
       {"Hoe ver is deze keten te vertrouwen?", "Gezinnen per maand bij Veilig Thuis – triage",
        "Duur van Veilig Thuis – onderzoek", "Geduld in de wachtrij van Veilig Thuis – onderzoek",
        "Overdracht van Veilig Thuis – triage naar Gemeenten – toegang", "Waarheen na Veilig Thuis – triage",
        "Capaciteit en volgorde", "Terugkeer", "Wat er is opgeschoond", "Herkomst"})
    EXPECT_THAT(nl, HasSubstr(heading));
  EXPECT_EQ(charts_of(nl).size(), charts_of(en).size());
  EXPECT_LT(nl.find("te vertrouwen"), nl.find("<h2>Instroom"));
}

TEST(FitReport, SpeaksOneLanguageAtATime) {
  const tests::FittedChain of = tests::fitted_chain();
  const std::string nl = text_of_page(page_of(of, Language::nl)), en = text_of_page(page_of(of, Language::en));
  for (const char* word : {" the ", "families", "working days", "Delivered", "gaps"})
    EXPECT_THAT(nl, Not(HasSubstr(word)));
  for (const char* word : {" het ", "gezinnen", "werkdagen", "geleverd", "dagen"})
    EXPECT_THAT(en, Not(HasSubstr(word)));
}

TEST(FitReport, SaysFirstWhichFitsAreDoubtfulAndWhy) {
  const std::string page = page_of(tests::fitted_chain());
  const std::string answer = page.substr(0, page.find("</section>"));
  EXPECT_THAT(answer, HasSubstr("Veilig Thuis: cleaning touched 2.1% of 4,130 rows, most often for this reason: a row "
                                "that is there already, word for word"));
  EXPECT_THAT(answer, HasSubstr("Gemeenten: cleaning touched fewer than 10 of its 2,210 rows"));
  EXPECT_THAT(answer, HasSubstr("from 1 Jul 2023 up to and including 31 Jul 2023: an estimated 95 rows are missing"));
  EXPECT_THAT(answer, HasSubstr("Duration of Veilig Thuis – onderzoek: the shape chosen is up to 6.1 percentage"));
  EXPECT_THAT(answer, HasSubstr("Patience in the queue of Veilig Thuis – onderzoek: rests on few cases (&lt;10)"));
  EXPECT_THAT(answer, HasSubstr("Duration of Gemeenten – toegang: no shape agrees"));
  EXPECT_THAT(answer, HasSubstr("from 15 Mar 2022 up to and including 31 May 2022 the level was different"));
  EXPECT_THAT(answer, HasSubstr("about 1 Feb 2023 the growth per year changed, by a factor of 0.96"));
  EXPECT_THAT(answer, HasSubstr("changes by +4.00 (2.00"));
}

TEST(FitReport, EscapesWhatDeliveriesSay) {
  const std::string nasty = "<script>alert('x')</script> & \"quotes\" <b>";
  for (const Language language : {Language::nl, Language::en}) {
    const std::string page = page_of(tests::fitted_chain_called(nasty), language);
    const std::string text = text_of_page(page);
    EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
    EXPECT_THAT(text, Not(HasSubstr("<b>")));
    EXPECT_THAT(text, HasSubstr("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quotes&quot;"));
    EXPECT_GT(charts_of(page).size(), 5U);
  }
}

TEST(FitReport, NeedsNothingBesideIt) {
  const std::string text = text_of_page(whole_page_of(tests::fitted_chain(), Language::en));
  static const std::regex kOutwards("href=\"[^#]");
  EXPECT_FALSE(std::regex_search(text, kOutwards));
  for (const char* outside : {"http:", "https:", "src=", "url(", "@import"}) EXPECT_THAT(text, Not(HasSubstr(outside)));
}

TEST(FitReport, OpensAndClosesItsElementsInOrder) {
  const std::string text = text_of_page(whole_page_of(tests::fitted_chain_called("<i>&"), Language::en));
  static const std::regex kTag("<(/?)([a-z][a-z0-9]*)[^>]*>");
  std::vector<std::string> open;
  for (auto tag = std::sregex_iterator(text.begin(), text.end(), kTag); tag != std::sregex_iterator(); ++tag) {
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

TEST(FitReport, GivesEachChartASentenceAndATable) {
  const std::string page = page_of(tests::fitted_chain());
  const auto occurrences = [&](const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = page.find(part); at != std::string::npos; at = page.find(part, at + 1)) ++count;
    return count;
  };
  EXPECT_EQ(occurrences("role=\"img\" aria-label=\""), charts_of(page).size());
  EXPECT_EQ(occurrences("aria-label=\"\""), 0U);
  EXPECT_EQ(occurrences("<summary>The figures of the chart</summary>"), charts_of(page).size());
}

// ---- What may not be told

TEST(FitReport, HidesSmallOutcomesWithTheirSharesAndASecondOne) {
  const std::string text = text_of_page(page_of(tests::fitted_chain()));
  // Of `regulier`, 7 + 44 + 212: neither the 7 nor the 44.
  EXPECT_THAT(text, HasSubstr("<th scope=\"row\">regulier</th><td>·</td><td>&lt;10</td><td>·</td><td>·</td><td>80.6"));
  // Six of the researched leave; the others are hidden with them.
  const std::size_t at = text.find("Where to after Veilig Thuis – onderzoek");
  ASSERT_NE(at, std::string::npos);
  EXPECT_THAT(text.substr(at, 200), HasSubstr("The shares are not shown: too few cases."));
  EXPECT_THAT(text, HasSubstr("withdrawn from the queue &lt;10"));
}

TEST(FitReport, LeavesASmallMonthOutOfTheChartAndASecondOne) {
  const auto charts = charts_of(page_of(tests::fitted_chain()));
  const auto& observed = charts.front()["series"][0]["y"];
  ASSERT_EQ(observed.size(), 36U);
  EXPECT_TRUE(observed[30].is_null());  // July 2023, with four families
  EXPECT_EQ(std::count_if(observed.begin(), observed.end(), [](const auto& y) { return y.is_null(); }), 2);
  for (const auto& y : observed) EXPECT_TRUE(y.is_null() || y.template get<int>() % 5 == 0) << y;
}

TEST(FitReport, DrawsNoCurveOfFewCases) {
  const std::string page = page_of(tests::fitted_chain());
  const std::size_t at = page.find("<h4>Patience in the queue of Veilig Thuis – onderzoek</h4>");
  ASSERT_NE(at, std::string::npos);
  const std::string part = page.substr(at, page.find("<h4>", at + 1) - at);
  EXPECT_THAT(part, HasSubstr("Too few cases to show a curve."));
  EXPECT_THAT(part, Not(HasSubstr("<table>")));
}

TEST(FitReport, TellsNoMeanOfFewCases) {
  const std::string text = text_of_page(page_of(tests::fitted_chain()));
  EXPECT_THAT(text,
              HasSubstr("<th scope=\"row\">all others</th><td>observed durations</td><td>·</td><td>·</td><td>·</td>"
                        "<td>&lt;10</td>"));
}

TEST(FitReport, LeavesOutAMemberWithFewCasesInService) {
  const std::string page = page_of(tests::fitted_chain());
  EXPECT_THAT(page, HasSubstr("Not shown, as too few cases are in service at once: Enschede."));
  EXPECT_THAT(page, HasSubstr("<figcaption>Almelo</figcaption>"));
}

TEST(FitReport, TellsAllWhereExactCountsAreAskedFor) {
  const std::string text = text_of_page(page_of(tests::fitted_chain(), Language::en, 1));
  EXPECT_THAT(text, HasSubstr("Received 3,512, started 3,402"));
  EXPECT_THAT(text, HasSubstr("This page must not leave the region"));
  EXPECT_THAT(text, Not(HasSubstr("&lt;10")));
}

TEST(ShownCurve, HasNoStepOfFewerCasesThanMayBeTold) {
  Curve curve;
  for (int i = 1; i <= 95; ++i) {
    curve.days.push_back(i);
    curve.share.push_back(i / 95.0);
  }
  const Curve shown = shown_curve(curve, 95, Disclosure(10));
  ASSERT_EQ(shown.days.size(), 9U);
  EXPECT_EQ(shown.days.front(), 10.0);
  EXPECT_EQ(shown.days.back(), 90.0);  // the five longest are not shown
  EXPECT_TRUE(shown_curve(curve, 9, Disclosure(10)).days.empty());
}

TEST(FittedCurve, OfAMixtureIsTheMixtureOfItsParts) {
  FittedDuration part;
  part.distribution.kind = "mixture";
  part.distribution.weights = {3.0, 1.0};
  for (const double mean : {10.0, 100.0}) {
    Distribution& d = part.distribution.parts.emplace_back();
    d.kind = "exponential";
    d.parameters["mean"] = mean;
  }
  const Curve curve = fitted_curve(part, 200.0);
  for (std::size_t i = 0; i < curve.days.size(); ++i) {
    const double days = curve.days[i];
    // Read off a table by straight lines: 200 places keep it within a thousandth.
    EXPECT_NEAR(curve.share[i], 1.0 - 0.75 * std::exp(-days / 10.0) - 0.25 * std::exp(-days / 100.0), 1e-3);
  }
}

}  // namespace
}  // namespace ketensim::report
