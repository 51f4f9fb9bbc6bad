#include "tools/report/phrases.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/report/phrase_tables.hpp"
#include "tools/report/constraint/phrases.hpp"
#include "tools/report/since/phrases.hpp"
#include "tools/report/study/past_phrases.hpp"
#include "tools/report/study/phrases.hpp"

namespace ketensim::report {
namespace {

TEST(Phrases, AreThereInOrderAndInBothLanguages) { tests::expect_complete(phrases()); }
TEST(Phrases, OfAStudyAreThereInOrderAndInBothLanguages) { tests::expect_complete(study_phrases()); }
TEST(Phrases, OfThePastAreThereInOrderAndInBothLanguages) { tests::expect_complete(past_phrases()); }
TEST(Phrases, OfChangesAreThereInOrderAndInBothLanguages) { tests::expect_complete(since_phrases()); }

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
