#include "ketensim/value_file.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "ketensim/simulate.hpp"
#include "tests/support/chains.hpp"

namespace ketensim {
namespace {

// More blocks than stay in memory, and the last of them is not full.
TEST(ValueFile, GivesBackEveryNumberByRowAndByColumn) {
  constexpr std::size_t kRows = 3, kSize = 900'000;
  ValueFile file(kRows, kSize);
  std::vector<double> row(kSize);
  for (std::size_t r : {2u, 0u, 1u}) {
    for (std::size_t c = 0; c < kSize; ++c) row[c] = static_cast<double>(r * kSize + c);
    file.put(r, row.data());
  }
  for (const std::size_t c : {std::size_t{0}, std::size_t{511}, std::size_t{512}, std::size_t{700'000}, kSize - 1, std::size_t{5}})
    for (std::size_t r = 0; r < kRows; ++r) EXPECT_EQ(file.at(r, c), static_cast<double>(r * kSize + c));
  for (std::size_t c = 0; c < kSize; c += 499) EXPECT_EQ(file.at(1, c), static_cast<double>(kSize + c));
  file.read(1, row.data());
  EXPECT_EQ(row.front(), static_cast<double>(kSize));
  EXPECT_EQ(row.back(), static_cast<double>(2 * kSize - 1));
}

TEST(ValueFile, HoldsWhatWouldBeInMemory) {
  Scenario scenario = support::mini_chain();
  scenario.replications = 3;
  RunOptions options;
  const Results kept = simulate({scenario}, options).front();
  options.most_in_memory = 0;
  options.threads = 2;
  const Results stored = simulate({scenario}, options).front();
  ASSERT_TRUE(stored.file);
  EXPECT_TRUE(stored.values.empty());
  for (int replication = 0; replication < kept.replications; ++replication)
    for (std::size_t figure = 0; figure < kept.figures.size(); ++figure)
      for (std::size_t period = 0; period < kept.periods.size(); ++period) {
        const double a = kept.value(replication, figure, period), b = stored.value(replication, figure, period);
        ASSERT_TRUE(a == b || (std::isnan(a) && std::isnan(b)));
      }
}

}  // namespace
}  // namespace ketensim
