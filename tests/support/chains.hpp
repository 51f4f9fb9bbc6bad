#pragma once

#include <string>
#include <utility>
#include <vector>

#include "ketensim/scenario.hpp"

// Small chains as plain structs, for tests that need no file.
namespace ketensim::test {

inline Date day(int year, unsigned month, unsigned date) {
  return std::chrono::sys_days{std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(date)};
}

inline Distribution of(std::string kind, std::map<std::string, double, std::less<>> parameters) {
  Distribution d;
  d.kind = std::move(kind);
  d.parameters = std::move(parameters);
  return d;
}
inline Distribution exponential(double mean) { return of("exponential", {{"mean", mean}}); }
inline Distribution constant(double days) { return of("deterministic", {{"mean", days}}); }
inline Distribution gamma(double mean, double cv) { return of("gamma", {{"mean", mean}, {"cv", cv}}); }
inline Distribution lognormal(double mean, double cv) { return of("lognormal", {{"mean", mean}, {"cv", cv}}); }
inline Distribution uniform(double low, double high) {
  Distribution d;
  d.kind = "uniform";
  d.points = {low, high};
  return d;
}
inline Distribution mixture(std::vector<double> weights, std::vector<Distribution> parts) {
  Distribution d;
  d.kind = "mixture";
  d.weights = std::move(weights);
  d.parts = std::move(parts);
  return d;
}

inline Amount amount(double value) { return {Schedule{{{day(2020, 1, 1), value}}}, {}}; }

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
  p.slots = amount(slots);
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
  s.period = {day(2024, 1, 1),          day(2044, 1, 1),     {2 * kDaysPerYear, false},
              CalendarKind::continuous, SchoolRegion::noord, Report::all};
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

}  // namespace ketensim::test
