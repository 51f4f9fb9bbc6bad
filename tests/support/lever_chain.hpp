#pragma once

#include <algorithm>
#include <bit>
#include <map>
#include <string>

#include "tests/support/chain_builder.hpp"
#include "tests/support/visit_log.hpp"

/// Chains on which what a lever does can be worked out by hand.
namespace ketensim::support {

inline const Date kStart = date(2024, 1, 1);
inline const Date kOpening = date(2024, 3, 1);  // day 60
inline const Date kEnd = date(2024, 7, 1);

using Given = std::map<std::string, Value, std::less<>>;

/// One organisation `A`; by default about one case a day at A.first, from 1 January, without warm-up.
inline ChainBuilder one_organisation(double per_day = 1.0) {
  ChainBuilder chain(CalendarKind::continuous, kStart, kEnd, 0.0, Report::month);
  chain.organisation("A");
  chain.stream("reports", "A.first", per_day);
  return chain;
}

inline void add(ChainBuilder& chain, std::string kind, Given given) {
  chain.scenario.interventions.push_back({std::move(kind), Settings{std::move(given)}});
}

/// No slots before the opening, then so many: who came before stands in the queue and is served from there on.
inline Amount closed_until_opening(double slots) {
  Amount amount;
  amount.common.from = {{kStart, 0.0}, {kOpening, slots}};
  return amount;
}

inline Step& closed_station(ChainBuilder& chain, const std::string& id, double slots, double days,
                            std::vector<Target> next = {}) {
  chain.pool(id, 0).slots = closed_until_opening(slots);
  return chain.step(id, id, deterministic(days), std::move(next));
}

inline Change factor(double amount) { return {Change::Kind::factor, amount}; }

inline std::size_t received_before(const std::vector<LoggedVisit>& visits, double moment) {
  return static_cast<std::size_t>(
      std::count_if(visits.begin(), visits.end(), [&](const LoggedVisit& v) { return v.received < moment; }));
}

/// Bit for bit; what is undefined in the one is so in the other.
inline bool same_figures(const Watched& a, const Watched& b) {
  return std::equal(a.values.begin(), a.values.end(), b.values.begin(), b.values.end(), [](double x, double y) {
    return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
  });
}

}  // namespace ketensim::support
