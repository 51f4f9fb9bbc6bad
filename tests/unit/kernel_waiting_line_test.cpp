#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "engine/kernel/waiting_line.hpp"

namespace ketensim {
namespace {

std::vector<std::uint32_t> contents(const WaitingLine& line) {
  std::vector<std::uint32_t> result;
  for (std::size_t i = 0; i < line.size(); ++i) result.push_back(line[i]);
  return result;
}

/// The slots by rank, a slot of lower number first among equals.
struct ByRank {
  const std::vector<int>* rank;
  bool operator()(std::uint32_t a, std::uint32_t b) const {
    return (*rank)[a] != (*rank)[b] ? (*rank)[a] < (*rank)[b] : a < b;
  }
};

TEST(WaitingLine, FirstComeFirstServedKeepsTheOrderThroughGrowthAndWrapping) {
  WaitingLine line;
  std::uint32_t next = 0, expected = 0;
  for (int round = 0; round < 200; ++round) {
    for (int i = 0; i < 7; ++i) line.insert(next++, std::less<>{});
    for (int i = 0; i < (round % 3 == 0 ? 9 : 6) && !line.empty(); ++i) {
      ASSERT_EQ(line.front(), expected++);
      line.pop_front();
    }
  }
  EXPECT_EQ(line.size(), next - expected);
}

TEST(WaitingLine, DoesWhatASortedVectorDoes) {
  std::mt19937 random(1);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  for (int kinds : {1, 3, 1000}) {
    SCOPED_TRACE(kinds);
    std::vector<int> rank(4000);
    for (int& r : rank) r = static_cast<int>(below(static_cast<std::size_t>(kinds)));
    const ByRank before{&rank};
    WaitingLine line;
    std::vector<std::uint32_t> naive, idle(rank.size());
    for (std::uint32_t slot = 0; slot < idle.size(); ++slot) idle[slot] = slot;
    std::shuffle(idle.begin(), idle.end(), random);
    for (int operation = 0; operation < 20'000; ++operation) {
      const std::size_t choice = below(10);
      if (!idle.empty() && (naive.empty() || choice < (operation / 5000 % 2 == 0 ? 7u : 3u))) {
        const std::uint32_t slot = idle.back();
        idle.pop_back();
        line.insert(slot, before);
        naive.insert(std::upper_bound(naive.begin(), naive.end(), slot, before), slot);
      } else if (choice % 2 == 0) {
        idle.push_back(naive.front());
        naive.erase(naive.begin());
        line.pop_front();
      } else {
        const std::size_t at = below(naive.size());
        idle.push_back(naive[at]);
        line.erase(naive[at], before);
        naive.erase(naive.begin() + static_cast<std::ptrdiff_t>(at));
      }
      ASSERT_EQ(line.size(), naive.size());
      ASSERT_EQ(line.empty(), naive.empty());
      if (!naive.empty()) {
        ASSERT_EQ(line.front(), naive.front());
      }
      if (operation % 100 == 0) {
        ASSERT_EQ(contents(line), naive);
      }
    }
  }
}

TEST(WaitingLine, ClearedIsAsNew) {
  WaitingLine line;
  for (std::uint32_t slot = 0; slot < 20; ++slot) line.insert(slot, std::less<>{});
  line.pop_front();
  line.clear();
  EXPECT_TRUE(line.empty());
  for (std::uint32_t slot : {3u, 1u, 2u}) line.insert(slot, std::less<>{});
  EXPECT_EQ(contents(line), (std::vector<std::uint32_t>{1, 2, 3}));
}

}  // namespace
}  // namespace ketensim
