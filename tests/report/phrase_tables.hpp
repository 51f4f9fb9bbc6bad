#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <regex>
#include <set>
#include <string>
#include <string_view>

#include "tools/report/phrases.hpp"

namespace ketensim::tests {

/// The `{places}` for figures in a phrase.
inline std::set<std::string> places_in(std::string_view text) {
  static const std::regex kPlace("\\{[^}]*\\}");
  const std::string copy(text);
  return {std::sregex_token_iterator(copy.begin(), copy.end(), kPlace), std::sregex_token_iterator()};
}

/// That a table of phrases has them all, in the order of their names, in both languages and with the same figures.
template <class AnyPhrase>
void expect_complete() {
  const auto rows = report::phrases<AnyPhrase>();
  ASSERT_EQ(rows.size(), static_cast<std::size_t>(AnyPhrase::count_));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(rows[i].phrase), i);
    EXPECT_FALSE(rows[i].nl.empty()) << rows[i].en;
    EXPECT_FALSE(rows[i].en.empty()) << rows[i].nl;
    EXPECT_EQ(places_in(rows[i].nl), places_in(rows[i].en)) << rows[i].en;
  }
}

}  // namespace ketensim::tests
