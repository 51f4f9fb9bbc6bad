#include "tools/report/disclosure.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ketensim::report {
namespace {

using testing::ElementsAre;

std::vector<bool> hidden(std::vector<std::size_t> counts, int min_cell = 10) {
  return Disclosure(min_cell).hidden(counts);
}

TEST(Disclosure, TellsNoSmallCountAndRoundsOthersToFive) {
  const Disclosure disclosure(10);
  const NumberStyle style = style_of(Language::nl);
  EXPECT_EQ(disclosure.told(0, style), "<10");
  EXPECT_EQ(disclosure.told(9, style), "<10");
  EXPECT_EQ(disclosure.told(10, style), "10");
  EXPECT_EQ(disclosure.told(12, style), "10");
  EXPECT_EQ(disclosure.told(13, style), "15");
  EXPECT_EQ(disclosure.told(1232, style), "1.230");
}

TEST(Disclosure, IsExactWhereTheLeastCellIsOne) {
  EXPECT_EQ(Disclosure(1).told(3, plain_style()), "3");
  EXPECT_THAT(hidden({3, 500}, 1), ElementsAre(false, false));
}

TEST(Disclosure, HidesNothingWhereAllMayBeTold) {
  EXPECT_THAT(hidden({10, 11, 500}), ElementsAre(false, false, false));
}

TEST(Disclosure, HidesASecondCellWhereOneAloneCouldBeComputedFromTheTotal) {
  EXPECT_THAT(hidden({300, 9, 20, 500}), ElementsAre(false, true, true, false));
  EXPECT_THAT(hidden({4, 500}), ElementsAre(true, true));
}

TEST(Disclosure, HidesAThirdWhereTwoTogetherAreAsFewAsOne) {
  EXPECT_THAT(hidden({2, 3, 40, 500}), ElementsAre(true, true, true, false));
  EXPECT_THAT(hidden({6, 7, 40, 500}), ElementsAre(true, true, false, false));
}

}  // namespace
}  // namespace ketensim::report
