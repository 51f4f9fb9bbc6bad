// Whatever stands in a file, loading it ends soon with a scenario or with errors that have a place.
#include <gtest/gtest.h>

#include <cstdint>

#include "tests/unit/load_files.hpp"

namespace ketensim::tests {
namespace {

void expect_answer(const Folder& folder, const std::string& text) {
  folder.put("chain.yaml", text);
  const Loaded loaded = folder.load("chain.yaml");
  for (const Diagnostic& diagnostic : loaded.diagnostics) {
    EXPECT_FALSE(diagnostic.message.empty());
    EXPECT_EQ(diagnostic.file, "chain.yaml");
  }
  EXPECT_EQ(loaded.ok(), errors_of(loaded).empty());
}

TEST(AnyFile, CutShortHasAnAnswer) {
  const Folder folder;
  const std::string text = mini_chain();
  for (std::size_t length = 0; length < text.size(); length += 7) expect_answer(folder, text.substr(0, length));
}

TEST(AnyFile, WithBytesChangedHasAnAnswer) {
  const Folder folder;
  const std::string text = mini_chain();
  const std::string bytes = "{}[]:,-#&*!|>'\"%@` \n\t~?0.e\\\x01\x80x";
  std::uint64_t state = 20240101;
  const auto next = [&] { return (state = state * 6364136223846793005u + 1442695040888963407u) >> 33; };
  for (int i = 0; i < 600; ++i) {
    std::string changed = text;
    for (int j = 0; j < 1 + i % 3; ++j) changed[next() % changed.size()] = bytes[next() % bytes.size()];
    expect_answer(folder, changed);
  }
}

TEST(AnyFile, WithPiecesMovedHasAnAnswer) {
  const Folder folder;
  const std::string text = mini_chain();
  std::uint64_t state = 7;
  const auto next = [&] { return (state = state * 6364136223846793005u + 1442695040888963407u) >> 33; };
  for (int i = 0; i < 300; ++i) {
    std::string changed = text;
    const std::size_t from = next() % text.size(), length = next() % 60;
    const std::string piece = changed.substr(from, length);
    changed.erase(from, length);
    changed.insert(next() % changed.size(), piece);
    expect_answer(folder, changed);
  }
}

/// About a megabyte each: what a planner could write, and what a hostile hand would.
TEST(AnyFile, OfAMegabyteIsAnswered) {
  const std::string head = "format: ketensim/1\n";
  std::string steps =
      "time: {start: 2024-01-01, end: 2025-01-01}\norganisations: {A: {}}\n"
      "arrivals: {s: {to: A.s0, rate: 1 / day}}\nsteps:\n";
  for (int i = 0; steps.size() < 1'000'000; ++i)
    steps += "  A.s" + std::to_string(i) +
             ":\n    duration: {lognormal: {mean: 3 days, cv: 0.8}}\n    next: [{to: {A.s" + std::to_string(i + 1) +
             ": 0.5, out: 0.5}}]\n";
  std::string keys = "steps:\n";
  for (int i = 0; keys.size() < 1'000'000; ++i) keys += " k" + std::to_string(i) + ": " + std::to_string(i) + "\n";
  std::string unknown;
  for (int i = 0; unknown.size() < 1'000'000; ++i) unknown += "key" + std::to_string(i) + ": {}\n";
  const std::string texts[] = {head + steps,
                               head + keys,
                               head + unknown,
                               head + "name: " + std::string(1'000'000, 'x') + "\n",
                               head + "name: \"" + std::string(1'000'000, 'x'),
                               head + std::string(1'000'000, '\n'),
                               head + "steps: [" + std::string(1'000'000, ','),
                               head + "steps: {" + std::string(500'000, '?'),
                               head + std::string(1'000'000, '-') + "\n"};
  const Folder folder;
  for (const std::string& text : texts) {
    folder.put("chain.yaml", text);
    EXPECT_TRUE(folder.load("chain.yaml").diagnostics.size() > 0) << text.substr(0, 60);  // and does not hang
  }
}

}  // namespace
}  // namespace ketensim::tests
