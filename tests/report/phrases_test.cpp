#include "tools/report/phrases.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <sstream>

#include "tools/report/constraint/phrases.hpp"

namespace ketensim::report {
namespace {

std::set<std::string> places_in(std::string_view text) {
  static const std::regex kPlace("\\{[^}]*\\}");
  const std::string copy(text);
  return {std::sregex_token_iterator(copy.begin(), copy.end(), kPlace), std::sregex_token_iterator()};
}

TEST(Phrases, StandInTheOrderOfTheirNames) {
  ASSERT_EQ(phrases().size(), static_cast<std::size_t>(Phrase::count_));
  for (std::size_t i = 0; i < phrases().size(); ++i) EXPECT_EQ(static_cast<std::size_t>(phrases()[i].phrase), i);
}

TEST(Phrases, AreThereInBothLanguages) {
  for (const PhraseRow& row : phrases()) {
    EXPECT_FALSE(row.nl.empty()) << row.en;
    EXPECT_FALSE(row.en.empty()) << row.nl;
  }
}

TEST(Phrases, TakeTheSameFiguresInBothLanguages) {
  for (const PhraseRow& row : phrases()) EXPECT_EQ(places_in(row.nl), places_in(row.en)) << row.en;
}

TEST(Phrases, KnowTwelveMonths) {
  for (const Language language : {Language::nl, Language::en}) {
    std::istringstream names{std::string(text_of(Phrase::months, language))};
    EXPECT_EQ(std::distance(std::istream_iterator<std::string>(names), {}), 12);
  }
}

TEST(ConstraintPhrases, StandInTheOrderOfTheirNamesInBothLanguages) {
  ASSERT_EQ(constraint_phrases().size(), static_cast<std::size_t>(ConstraintPhrase::count_));
  for (std::size_t i = 0; i < constraint_phrases().size(); ++i) {
    const ConstraintPhraseRow& row = constraint_phrases()[i];
    EXPECT_EQ(static_cast<std::size_t>(row.phrase), i);
    EXPECT_FALSE(row.nl.empty() || row.en.empty());
    EXPECT_EQ(places_in(row.nl), places_in(row.en)) << row.en;
  }
}

}  // namespace
}  // namespace ketensim::report
