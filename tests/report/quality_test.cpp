#include "tools/results/quality.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tools/results/errors.hpp"

namespace ketensim {
namespace {

/// A partner whose first rule touched 12 rows, of which 4 were touched by the second as well.
Monitor monitor() {
  Monitor monitor;
  monitor.partners.push_back({"VTT", 1003, std::vector<std::size_t>(cleaning_rules().size())});
  monitor.partners.push_back({"RVDK", 500, std::vector<std::size_t>(cleaning_rules().size())});
  for (int line = 1; line <= 12; ++line) monitor.repairs.push_back({0, line, 0, 0, "", ""});
  for (int line = 1; line <= 4; ++line) monitor.repairs.push_back({0, line, 1, 0, "", ""});
  monitor.partners[0].touched[0] = 12;
  monitor.partners[0].touched[1] = 4;
  return monitor;
}

TEST(Quality, CountsARowOnceThatTwoRulesTouched) {
  const std::vector<PartnerQuality> partners = read_quality(quality_csv(monitor(), 1));
  ASSERT_EQ(partners.size(), 2U);
  EXPECT_EQ(partners[0].partner, "VTT");
  EXPECT_EQ(partners[0].rows, 1003.0);
  EXPECT_EQ(partners[0].touched, 12.0);
  ASSERT_EQ(partners[0].rules.size(), 2U);
  EXPECT_EQ(partners[0].rules[0], std::pair(std::string(cleaning_rules()[0].name), 12.0));
  EXPECT_EQ(partners[1].touched, 0.0);
  EXPECT_TRUE(partners[1].rules.empty());
}

TEST(Quality, TellsNothingOfFewRowsAndRoundsTheOthers) {
  const std::vector<PartnerQuality> partners = read_quality(quality_csv(monitor(), 10));
  EXPECT_EQ(partners[0].rows, 1005.0);
  EXPECT_EQ(partners[0].touched, 10.0);
  EXPECT_TRUE(std::isnan(partners[0].rules[1].second));
}

TEST(Quality, RefusesAnotherFile) {
  EXPECT_THROW(read_quality("partner,rows\nVTT,3\n"), InputError);
  EXPECT_THROW(read_quality("partner,rule,rows,touched\nVTT,any,many,3\n"), InputError);
  EXPECT_THROW(read_quality("partner,rule,rows,touched\nVTT,swapped,10,3\n"), InputError);
}

}  // namespace
}  // namespace ketensim
