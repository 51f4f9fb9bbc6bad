#pragma once

#include <chrono>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "ketensim/scenario.hpp"

/// Chains written down in a few lines, without a file.
namespace ketensim::support {

inline Distribution with_parameters(std::string kind,
                                    std::initializer_list<std::pair<const std::string, double>> parameters) {
  Distribution d;
  d.kind = std::move(kind);
  for (const auto& [name, value] : parameters) d.parameters[name] = value;
  return d;
}

inline Distribution deterministic(double days) { return with_parameters("deterministic", {{"mean", days}}); }
inline Distribution exponential(double mean) { return with_parameters("exponential", {{"mean", mean}}); }
inline Distribution gamma(double mean, double cv) { return with_parameters("gamma", {{"mean", mean}, {"cv", cv}}); }
inline Distribution lognormal(double mean, double cv) {
  return with_parameters("lognormal", {{"mean", mean}, {"cv", cv}});
}
inline Distribution weibull(double mean, double shape) {
  return with_parameters("weibull", {{"mean", mean}, {"shape", shape}});
}
inline Distribution erlang(double mean, int phases) {
  return with_parameters("erlang", {{"mean", mean}, {"phases", static_cast<double>(phases)}});
}
inline Distribution uniform(double least, double most) {
  Distribution d;
  d.kind = "uniform";
  d.points = {least, most};
  return d;
}
inline Distribution empirical(std::vector<double> points, std::vector<double> weights = {}) {
  Distribution d;
  d.kind = "empirical";
  d.points = std::move(points);
  d.weights = std::move(weights);
  return d;
}
inline Distribution mixture(std::vector<Distribution> parts, std::vector<double> weights) {
  Distribution d;
  d.kind = "mixture";
  d.parts = std::move(parts);
  d.weights = std::move(weights);
  return d;
}
inline Distribution in_working_days(Distribution d) {
  d.working_days = true;
  return d;
}

inline Amount always(double value) {
  Amount amount;
  amount.common.from = {{Date{}, value}};
  return amount;
}

inline Date date(int year, unsigned month, unsigned day) {
  return Date{std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day)};
}

/// A scenario under construction. A reference that a function returns holds until the next call of that function.
class ChainBuilder {
 public:
  Scenario scenario;

  ChainBuilder(CalendarKind calendar, Date start, Date end, double warm_up_days, Report report = Report::all) {
    scenario.id = "chain";
    scenario.period = {start, end, {warm_up_days, false}, calendar, Resolution::continuous, false, SchoolRegion::noord,
                       report};
    scenario.replications = 1;
  }

  Organisation& organisation(const std::string& id) {
    scenario.chain.organisations.push_back({id, id, "", "", {}});
    return scenario.chain.organisations.back();
  }
  Stream& stream(const std::string& id, const std::string& to, double per_day) {
    Stream& stream = scenario.chain.streams.emplace_back();
    stream.id = id;
    stream.to = to;
    stream.per_day = per_day;
    return stream;
  }
  Pool& pool(const std::string& id, double slots) {
    Pool& pool = scenario.chain.pools.emplace_back();
    pool.id = id;
    pool.slots = always(slots);
    return pool;
  }
  /// `next` holds for every case; without it the case leaves the chain.
  Step& step(const std::string& id, const std::string& pool, Distribution duration, std::vector<Target> next = {}) {
    Step& step = scenario.chain.steps.emplace_back();
    step.id = id;
    step.pool = pool;
    step.duration = std::move(duration);
    if (next.empty()) next.push_back({"out", 1.0, {}});
    step.next.push_back({{}, std::move(next)});
    return step;
  }
  /// One pool and one step of the same name.
  Step& station(const std::string& id, int slots, Distribution duration, std::vector<Target> next = {}) {
    pool(id, slots);
    return step(id, id, std::move(duration), std::move(next));
  }
  void clear_backlog(const std::string& at, Date on) { intervene("clear_backlog", {{"step", at}, {"on", on}}); }
  void clear_backlog(const std::string& at, Date on, int at_most) {
    intervene("clear_backlog", {{"step", at}, {"on", on}, {"at_most", static_cast<double>(at_most)}});
  }
  void capacity(const std::string& of, Date from, Date until, Change change) {
    intervene("capacity", {{"pool", of}, {"from", from}, {"until", until}, {"change", change}});
  }

 private:
  void intervene(std::string kind, std::map<std::string, Value, std::less<>> values) {
    scenario.interventions.push_back({std::move(kind), Settings{std::move(values)}});
  }
};

inline Target to(std::string step, double share = 1.0) { return {std::move(step), share, {}}; }
inline Target to(std::string step, double share, Distribution after) {
  return {std::move(step), share, std::move(after)};
}

/// Everyone of a stream has this value of the attribute.
inline Stream::Attribute attribute(std::string name, std::vector<std::pair<std::string, double>> shares) {
  return {std::move(name), std::move(shares)};
}

}  // namespace ketensim::support
