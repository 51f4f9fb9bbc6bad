#include <gtest/gtest.h>

#include "ketensim/scenario.hpp"

namespace ketensim {
namespace {

const std::vector<std::string> kSteps{"VTT.triage", "VTT.research", "GEM.access", "GEM.help", "out"};

TEST(NearestName, RepairsOneSlip) {
  EXPECT_EQ(nearest_name("GEM.acces", kSteps), "GEM.access");    // left out
  EXPECT_EQ(nearest_name("GEM.accesss", kSteps), "GEM.access");  // too many
  EXPECT_EQ(nearest_name("GEM.eccess", kSteps), "GEM.access");   // replaced
}

TEST(NearestName, CountsSwappedNeighboursAsOneSlip) {
  EXPECT_EQ(nearest_name("otu", {"out"}), "out");
  EXPECT_EQ(nearest_name("abcd", {"badc"}), "") << "two swaps are more than a third of four letters";
}

TEST(NearestName, TakesTheNearestOfSeveral) {
  EXPECT_EQ(nearest_name("GEM.hepl", {"GEM.heap", "GEM.help", "GEM.hello"}), "GEM.help");
}

TEST(NearestName, KeepsSilentWhenNothingIsNear) {
  EXPECT_EQ(nearest_name("RVDK.research", {"GEM.help"}), "");
  EXPECT_EQ(nearest_name("", kSteps), "");
  EXPECT_EQ(nearest_name("ab", {"ac"}), "") << "half of it would be another name";
  EXPECT_EQ(nearest_name(std::string(1'000'000, 'x'), {std::string(1'000'000, 'x')}), "");
}

TEST(NearestName, AllowsAThirdOfTheLetters) {
  EXPECT_EQ(nearest_name("abcdef", {"abcdXY"}), "abcdXY");
  EXPECT_EQ(nearest_name("abcdef", {"abcXYZ"}), "");
}

}  // namespace
}  // namespace ketensim
