#pragma once

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "tests/support/chance.hpp"
#include "tests/support/random_interventions.hpp"
#include "tests/support/visit_log.hpp"

// What rapidcheck draws for a property. Each property is tried on some hundreds of chains, the same in each run; the
// one on which it fails is made as simple as it can be and shown as a file that can be run. RC_PARAMS in the
// environment tries others: RC_PARAMS="seed=42 max_success=10000".
namespace ketensim::support {

/// A chain with interventions, and a seed for whatever else the property leaves to chance.
struct AnyChain {
  Scenario scenario;
  std::uint64_t choices = 0;

  Chance chance() const { return Chance(choices); }
};

/// A chain of ChainShape's `feed_forward` and `plain`, without interventions.
struct PlainChain : AnyChain {};

void showValue(const AnyChain& chain, std::ostream& os);

/// Every visit of a replication, in an order of its own: by case, step and number.
std::vector<LoggedVisit> sorted_visits(const Watched& watched);
bool same_visits(const std::vector<LoggedVisit>& a, const std::vector<LoggedVisit>& b);
/// In what two runs differ in figures or visits: nothing, or the first difference in words. Visits and undefined
/// figures bit for bit; figures too, or up to a share `rounding`, where sums over cases are in another order.
std::string difference(const Watched& a, const Watched& b, double rounding = 0.0);
std::string in_words(const Watched& watched, const LoggedVisit& visit);

}  // namespace ketensim::support

namespace rc {

template <>
struct Arbitrary<ketensim::support::AnyChain> {
  static Gen<ketensim::support::AnyChain> arbitrary();
};
template <>
struct Arbitrary<ketensim::support::PlainChain> {
  static Gen<ketensim::support::PlainChain> arbitrary();
};

}  // namespace rc
