#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>
#include <vector>

#include "engine/kernel/case_id.hpp"
#include "engine/kernel/draws.hpp"

namespace ketensim {
namespace {

constexpr std::uint32_t kOnes = 0xffffffffu;

// Known answers of philox4x32-10 published with Random123 (kat_vectors; Salmon et al. 2011): counter, key, output.
TEST(Philox, GivesThePublishedAnswers) {
  struct Answer {
    std::array<std::uint32_t, 4> counter;
    std::array<std::uint32_t, 2> key;
    std::array<std::uint32_t, 4> expected;
  };
  const Answer answers[] = {
      {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
      {{kOnes, kOnes, kOnes, kOnes}, {kOnes, kOnes}, {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
      {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
       {0xa4093822, 0x299f31d0},
       {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
  };
  for (const Answer& answer : answers) {
    const philox4x32_ctr_t out =
        philox4x32_R(10, {{answer.counter[0], answer.counter[1], answer.counter[2], answer.counter[3]}},
                     {{answer.key[0], answer.key[1]}});
    for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(out.v[i], answer.expected[i]);
  }
}

/// Steele, Lea and Flood (2014), SplitMix64: its first output from `state`.
std::uint64_t split_mix(std::uint64_t state) {
  std::uint64_t z = state + 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

// The published first output of SplitMix64 from 0 (the reference implementation of Vigna 2015).
TEST(SplitMix, GivesThePublishedAnswer) { EXPECT_EQ(split_mix(0), 0xe220a8397b1dcdafu); }

// The layout of the counter and the key is part of every result: if this fails, every published figure changes.
TEST(Draws, AreAPhiloxBlockOfCasePlaceVisitAndPurpose) {
  const std::uint64_t seed = 20240101, replication = 7, id = 0x0123456789abcdefu,
                      key = split_mix(split_mix(seed) + replication);
  const philox4x32_ctr_t out = philox4x32_R(10, {{0x89abcdefu, 0x01234567u, 0xcafe0001u, 3u << 8 | 2u}},
                                            {{static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)}});
  const Block block = Draws(seed, replication).at(id, 0xcafe0001u, 3, Purpose::service);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(block.word[i], out.v[i]);
}

TEST(Draws, DoNotDependOnTheOrderInWhichTheyAreMade) {
  const Draws draws(1, 0);
  const Block first = draws.at(42, 7, 0, Purpose::service);
  for (std::uint64_t id = 0; id < 100; ++id) (void)draws.at(id, 7, 1, Purpose::transfer);
  const Block again = draws.at(42, 7, 0, Purpose::service);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(first.word[i], again.word[i]);
}

TEST(Draws, DifferWhereverOnePartOfTheKeyDiffers) {
  std::set<std::uint64_t> seen;
  std::size_t made = 0;
  for (std::uint64_t seed : {0u, 1u, 2u})
    for (std::uint64_t replication = 0; replication < 50; ++replication)
      for (std::uint64_t id : {0u, 1u, 256u})
        for (std::uint32_t place : {0u, 1u})
          for (std::uint32_t visit : {0u, 1u})
            for (const Purpose purpose : {Purpose::arrival, Purpose::family, Purpose::service, Purpose::transfer,
                                          Purpose::patience, Purpose::returning}) {
              const Block block = Draws(seed, replication).at(id, place, visit, purpose);
              seen.insert(static_cast<std::uint64_t>(block.word[0]) << 32 | block.word[1]);
              ++made;
            }
  EXPECT_EQ(seen.size(), made);
}

TEST(Uniforms, LieStrictlyBetweenZeroAndOne) {
  const Block least{{0, 0, 0, 0}}, most{{kOnes, kOnes, kOnes, kOnes}};
  for (const double u : {least.unit(), least.second(), least.third()}) EXPECT_GT(u, 0.0);
  for (const double u : {most.unit(), most.second(), most.third()}) EXPECT_LT(u, 1.0);
  EXPECT_TRUE(std::isfinite(std::log(1.0 - most.unit())));
}

// Chi-square over 100 cells with 99 degrees of freedom: mean 99, standard deviation sqrt(198); four of these.
TEST(Uniforms, FillEachHundredthAlike) {
  constexpr int kCells = 100, kDraws = 200'000;
  const Draws draws(20240101, 3);
  std::array<std::vector<int>, 3> counts;
  for (std::vector<int>& c : counts) c.assign(kCells, 0);
  for (std::uint64_t i = 0; i < kDraws; ++i) {
    const Block block = draws.at(CaseId::family(i / 8, 5, i % 8), 17, 0, Purpose::service);
    const double units[] = {block.unit(), block.second(), block.third()};
    for (std::size_t u = 0; u < 3; ++u) ++counts[u][static_cast<std::size_t>(units[u] * kCells)];
  }
  for (const std::vector<int>& c : counts) {
    double chi_square = 0.0;
    for (const int count : c) chi_square += std::pow(count - kDraws / kCells, 2) / (kDraws / kCells);
    EXPECT_NEAR(chi_square, kCells - 1, 4.0 * std::sqrt(2.0 * (kCells - 1)));
  }
}

TEST(CaseId, GivesBackItsPartsAndOrdersByDay) {
  const std::uint64_t id = CaseId::child(CaseId::family(45'000, 4'095, 262'143), 7) + 3;
  EXPECT_EQ(CaseId::day(id), 45'000u);
  EXPECT_EQ(CaseId::stream(id), 4'095u);
  EXPECT_EQ(CaseId::number(id), 262'143u);
  EXPECT_EQ(CaseId::sibling(id), 7u);
  EXPECT_EQ(CaseId::episode(id), 3u);
  EXPECT_LT(id, CaseId::family(45'001, 0, 0));
}

}  // namespace
}  // namespace ketensim
