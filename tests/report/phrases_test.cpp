#include "tools/report/phrases.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/report/phrase_tables.hpp"
#include "tools/report/constraint/phrases.hpp"
#include "tools/report/fit/phrases.hpp"
#include "tools/report/since/phrases.hpp"
#include "tools/report/study/past_phrases.hpp"
#include "tools/report/study/phrases.hpp"

namespace ketensim::report {
namespace {

TEST(Phrases, AreThereInOrderAndInBothLanguages) { tests::expect_complete<Phrase>(); }
TEST(Phrases, OfAStudyAreThereInOrderAndInBothLanguages) { tests::expect_complete<StudyPhrase>(); }
TEST(Phrases, OfThePastAreThereInOrderAndInBothLanguages) { tests::expect_complete<PastPhrase>(); }
TEST(Phrases, OfAConstraintAreThereInOrderAndInBothLanguages) { tests::expect_complete<ConstraintPhrase>(); }
TEST(Phrases, OfACalibrationAreThereInOrderAndInBothLanguages) { tests::expect_complete<FitPhrase>(); }
TEST(Phrases, OfChangesAreThereInOrderAndInBothLanguages) { tests::expect_complete<SincePhrase>(); }

TEST(Phrases, KnowTwelveMonths) {
  for (const Language language : {Language::nl, Language::en}) {
    std::istringstream names{std::string(text_of(Phrase::months, language))};
    EXPECT_EQ(std::distance(std::istream_iterator<std::string>(names), {}), 12);
  }
}

}  // namespace
}  // namespace ketensim::report
