#include "tests/properties/any_chain.hpp"

#include <fmt/core.h>

#include <bit>
#include <cmath>
#include <cstdlib>
#include <tuple>

#include "tests/determinism/bits.hpp"
#include "tests/support/chain_text.hpp"
#include "tests/support/simpler_chain.hpp"

namespace ketensim::support {
namespace {

/// Read by rapidcheck before the first property; what the environment says already stands.
const int kFixed = setenv("RC_PARAMS", "seed=20240101 max_success=300", 0);

auto moment_bits(const LoggedVisit& v) {
  return std::tuple(std::bit_cast<std::uint64_t>(v.received), std::bit_cast<std::uint64_t>(v.started),
                    std::bit_cast<std::uint64_t>(v.ended));
}
auto identity(const LoggedVisit& v) { return std::tuple(v.case_id, v.step, v.number, moment_bits(v)); }
auto all_of(const LoggedVisit& v) { return std::tuple(identity(v), v.withdrawn, v.next, v.values); }

AnyChain drawn(std::uint64_t seed) {
  AnyChain chain{random_chain(seed), seed};
  Chance chance(seed + 1);
  add_random_interventions(chance, chain.scenario, 6);
  return chain;
}

PlainChain drawn_plain(std::uint64_t seed) {
  PlainChain chain;
  chain.scenario = random_chain(seed, {true, true});
  chain.choices = seed;
  return chain;
}

template <class T>
rc::Gen<T> chains(T (*draw)(std::uint64_t)) {
  const auto shrink = [](const T& chain) {
    std::vector<T> result;
    for (Scenario& scenario : simpler(chain.scenario)) {
      result.push_back(chain);
      result.back().scenario = std::move(scenario);
    }
    return rc::seq::fromContainer(std::move(result));
  };
  return rc::gen::shrink(
      rc::gen::noShrink(rc::gen::map(rc::gen::resize(100, rc::gen::arbitrary<std::uint64_t>()), draw)), shrink);
}

}  // namespace

void showValue(const AnyChain& chain, std::ostream& os) {
  os << "\n" << written(chain.scenario) << "# choices: " << chain.choices << "\n";
}

std::vector<LoggedVisit> sorted_visits(const Watched& watched) {
  std::vector<LoggedVisit> visits = watched.visits;
  std::sort(visits.begin(), visits.end(),
            [](const LoggedVisit& a, const LoggedVisit& b) { return identity(a) < identity(b); });
  return visits;
}

bool same_visits(const std::vector<LoggedVisit>& a, const std::vector<LoggedVisit>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const LoggedVisit& l, const LoggedVisit& r) { return all_of(l) == all_of(r); });
}

std::string in_words(const Watched& watched, const LoggedVisit& visit) {
  return fmt::format("case {} at {}.{} (visit {}): received {}, started {}, {} {}, next {}", visit.case_id,
                     watched.model.organisation_of(visit.step), watched.model.step_names[visit.step], visit.number,
                     visit.received, visit.started, visit.withdrawn ? "withdrawn" : "ended", visit.ended, visit.next);
}

std::string difference(const Watched& a, const Watched& b, double rounding) {
  const std::vector<LoggedVisit> left = sorted_visits(a), right = sorted_visits(b);
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i)
    if (all_of(left[i]) != all_of(right[i]))
      return fmt::format("a visit differs:\n  {}\n  {}", in_words(a, left[i]), in_words(b, right[i]));
  if (left.size() != right.size()) return fmt::format("{} visits and {}", left.size(), right.size());
  if (a.values.size() != b.values.size()) return "other figures";
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    if (same_bits({a.values[i]}, {b.values[i]})) continue;
    if (std::abs(a.values[i] - b.values[i]) <= rounding * std::abs(a.values[i])) continue;
    const Figure& figure = a.layout.figures[i / a.layout.periods.size()];
    return fmt::format("{}.{} {} of {}: {} and {}", figure.organisation, figure.step,
                       indicator_kinds()[figure.indicator].name, a.layout.periods[i % a.layout.periods.size()].label,
                       a.values[i], b.values[i]);
  }
  return {};
}

}  // namespace ketensim::support

namespace rc {

using ketensim::support::AnyChain;
using ketensim::support::PlainChain;

Gen<AnyChain> Arbitrary<AnyChain>::arbitrary() { return ketensim::support::chains(ketensim::support::drawn); }
Gen<PlainChain> Arbitrary<PlainChain>::arbitrary() { return ketensim::support::chains(ketensim::support::drawn_plain); }

}  // namespace rc
