#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/chain_builder.hpp"

// Parts of chains as values, and two whole ones, for tests that change them here and there.
namespace ketensim::support {

inline Organisation organisation(std::string id) {
  Organisation o;
  o.id = o.name = std::move(id);
  return o;
}

inline Stream stream(std::string id, std::string to, double per_day) {
  Stream s;
  s.id = std::move(id);
  s.to = std::move(to);
  s.per_day = per_day;
  return s;
}

inline Pool pool(std::string id, double slots) {
  Pool p;
  p.id = std::move(id);
  p.slots = always(slots);
  return p;
}

inline Branch to(std::vector<Target> targets, std::vector<Condition> when = {}) {
  return {std::move(when), std::move(targets)};
}
inline Target target(std::string step, double share = 1.0) { return {std::move(step), share, {}}; }

/// A step that all leave for `out` until it is given other branches.
inline Step step(std::string id, std::string pool, Distribution duration) {
  Step s;
  s.id = std::move(id);
  s.pool = std::move(pool);
  s.duration = std::move(duration);
  s.next = {to({target("out")})};
  return s;
}

/// One organisation A with one step A.serve and one pool A.servers, on the continuous calendar.
inline Scenario one_queue(double per_day, double slots, Distribution service) {
  Scenario s;
  s.id = s.name = "one-queue";
  s.period = {date(2024, 1, 1),          date(2044, 1, 1),
              {2 * kDaysPerYear, false}, CalendarKind::continuous,
              Resolution::continuous,    false,
              SchoolRegion::noord,       Report::all};
  s.replications = 20;
  s.seed = 7;
  s.chain.organisations = {organisation("A")};
  s.chain.streams = {stream("customers", "A.serve", per_day)};
  s.chain.pools = {pool("A.servers", slots)};
  s.chain.steps = {step("A.serve", "A.servers", std::move(service))};
  return s;
}

/// The chain of scenarios/examples/mini-chain.yaml.
Scenario mini_chain();

/// The step or pool of that name.
inline Step& step_of(Scenario& scenario, std::string_view id) {
  for (Step& s : scenario.chain.steps)
    if (s.id == id) return s;
  throw std::invalid_argument("no step " + std::string(id));
}
inline Pool& pool_of(Scenario& scenario, std::string_view id) {
  for (Pool& p : scenario.chain.pools)
    if (p.id == id) return p;
  throw std::invalid_argument("no pool " + std::string(id));
}

}  // namespace ketensim::support
