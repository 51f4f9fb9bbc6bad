#include "tests/report/fitted.hpp"

#include <algorithm>
#include <cmath>

namespace ketensim::tests {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using namespace std::chrono_literals;

constexpr Date kFrom = sys_days(2021y / 1 / 1), kUntil = sys_days(2024y / 1 / 1);
constexpr std::int32_t kTriage = 0, kResearch = 1, kAccess = 2;

Estimate figure(double estimate, double error, std::size_t cases) {
  return {estimate, error, estimate - 1.96 * error, estimate + 1.96 * error, cases};
}

Distribution gamma(double mean, double cv) {
  Distribution d;
  d.kind = "gamma";
  d.parameters = {{"mean", mean}, {"cv", cv}};
  return d;
}

Distribution mixture() {
  Distribution d;
  d.kind = "mixture";
  d.weights = {0.7, 0.3};
  d.parts = {gamma(10.0, 0.8), gamma(90.0, 0.5)};
  return d;
}

/// What `cases` cases at equally likely places would show.
Curve curve_of(const Distribution& distribution, std::size_t cases, double share = 1.0) {
  Curve curve;
  const auto all = static_cast<double>(cases);
  for (double i = 1.0; i <= all; i += 1.0) {
    curve.days.push_back(std::ceil(quantile_of(distribution, (i - 0.5) / all)));
    curve.share.push_back(share * i / all);
  }
  return curve;
}

DurationFit fit_of(const Distribution& distribution, double mean, std::size_t cases) {
  DurationFit fit;
  fit.family = distribution.kind == "mixture" ? "two_gammas" : distribution.kind;
  FittedDuration& part = fit.parts.emplace_back();
  part.distribution = distribution;
  part.mean = figure(mean, mean / std::sqrt(static_cast<double>(cases)), cases);
  part.shapes = {{"cv", figure(0.8, 0.02, cases)}};
  part.cases = cases + 12;
  fit.distance = 0.012;
  fit.p_value = 0.3;
  fit.curve = curve_of(distribution.kind == "mixture" ? gamma(34.0, 1.2) : distribution, cases);
  fit.candidates = {{"gamma", false, true, 2, -1234.5, 2480.1, -1236.7}, {"exponential", true, false, 1, 0.0, 0.0, {}}};
  return fit;
}

StreamFit arrivals() {
  StreamFit fit;
  fit.to = kTriage;
  fit.sizes = {{1, 1900}, {2, 700}, {3, 104}, {4, 3}};
  ArrivalFit& of = fit.arrivals;
  of.at = kUntil;
  of.pattern.per_day = 2.6;
  of.pattern.school_holidays = 0.8;
  of.pattern.day_dispersion = 0.02;
  of.per_day = figure(2.6, 0.05, 2707);
  of.school_holidays = figure(0.8, 0.02, 2707);
  of.day_dispersion = figure(0.02, 0.004, 2707);
  of.month.fill(figure(1.0, 0.05, 2707));
  of.weekday.fill(figure(1.0, 0.02, 2707));
  ArrivalChange& shock = of.changes.emplace_back();
  shock.kind = ArrivalChange::Kind::shock;
  shock.from = sys_days(2022y / 3 / 15);
  shock.until = sys_days(2022y / 6 / 1);
  shock.factor = figure(0.71, 0.05, 2707);
  ArrivalChange bend;
  bend.kind = ArrivalChange::Kind::trend;
  bend.from = bend.until = sys_days(2023y / 2 / 1);
  bend.factor = figure(0.96, 0.01, 2707);
  const auto count = (kUntil - kFrom).count();
  for (int day = 0; day < count; ++day) {
    const double level = 2.6 * (1.0 + 0.2 * std::sin(day / 58.0)) *
                         (kFrom + days(day) >= shock.from && kFrom + days(day) < shock.until ? 0.71 : 1.0);
    of.expected.push_back(level);
    fit.per_day.push_back(static_cast<int>(level + (day * 7919 % 10) / 10.0));
  }
  of.changes.push_back(bend);
  // July 2023 is a gap, in which a few came all the same.
  for (auto day = (sys_days(2023y / 7 / 1) - kFrom).count(); day < (sys_days(2023y / 8 / 1) - kFrom).count(); ++day)
    fit.per_day[day] = day % 8 == 0 ? 1 : 0;
  of.candidates.push_back({});
  of.candidates.back().name = "terms: month (12), weekday (7)";
  of.candidates.back().parameters = 19;
  return fit;
}

RouteShares shares(std::vector<std::pair<std::int32_t, std::int32_t>> when, const std::vector<std::size_t>& cases) {
  RouteShares part;
  part.when = std::move(when);
  for (const std::size_t count : cases) part.cases += count;
  for (const std::size_t count : cases) {
    const double share = static_cast<double>(count) / static_cast<double>(part.cases);
    part.shares.push_back(figure(share, std::sqrt(share * (1.0 - share) / static_cast<double>(part.cases)), count));
  }
  return part;
}

StepFit triage() {
  StepFit fit;
  fit.step = kTriage;
  fit.received = 3512;
  fit.started = fit.ended = 3402;
  fit.duration = fit_of(gamma(6.0, 0.8), 6.0, 3402);
  fit.duration.working_days = true;
  fit.outcomes = {kResearch, kAccess, kLeaves};
  fit.routes.attributes = {0};
  fit.routes.parts = {shares({{0, 0}}, {212, 101, 58}), shares({{0, 1}}, {7, 44, 212}), shares({}, {400, 1711, 657})};
  fit.handovers = {{kAccess, fit_of(gamma(14.0, 1.0), 14.0, 1700)}};
  return fit;
}

StepFit research() {
  StepFit fit;
  fit.step = kResearch;
  fit.received = 619;
  fit.started = 540;
  fit.ended = 511;
  fit.withdrawn = 6;
  fit.duration = fit_of(mixture(), 34.0, 511);
  fit.duration.trend = figure(0.04, 0.01, 511);
  fit.duration.trend->low = 0.02;
  fit.duration.distance = 0.061;
  fit.patience = fit_of(gamma(200.0, 1.0), 200.0, 6);
  fit.outcomes = {kAccess, kLeaves};
  fit.routes.parts = {shares({}, {505, 6})};
  return fit;
}

StepFit access() {
  StepFit fit;
  fit.step = kAccess;
  fit.received = 2212;
  fit.started = fit.ended = 2212;
  fit.duration = fit_of(gamma(45.0, 0.6), 45.0, 2212);
  fit.duration.family = "empirical";
  fit.duration.attribute = 1;
  fit.duration.parts.push_back(fit.duration.parts.front());
  fit.duration.parts.front().values = {0};
  fit.duration.parts.back().mean.cases = 7;
  fit.duration.worsening = figure(1.3, 0.05, 600);
  fit.duration.worsens_after = 60.0;
  fit.outcomes = {kResearch, kLeaves};
  fit.routes.attributes = {1};
  for (std::int32_t value = 0; value < 5; ++value) {
    const auto v = static_cast<std::size_t>(value);
    fit.routes.parts.push_back(shares({{1, value}}, {13 + 31 * v, v == 2 ? 4 : 200 + 17 * v}));
  }
  fit.routes.parts.push_back(shares({}, {40, 1100}));
  return fit;
}

CapacityFit pool(std::int32_t organisation, std::int32_t step, double fte, double per_fte) {
  CapacityFit fit;
  fit.organisation = organisation;
  fit.reported_at = fit.claimed_at = fit.held_until = step;
  fit.limits = true;
  fit.full_days = 212;
  fit.cases_per_fte = figure(per_fte, 0.2, 212);
  fit.kept = 0.91;
  fit.order.rule = FittedOrder::Rule::received;
  fit.order.attribute = 0;
  fit.order.values = {0, 1};
  fit.order.strictness = figure(0.97, 0.01, 300);
  fit.order.in_order = figure(0.88, 0.02, 4);
  for (Date day = kFrom; day < kUntil; day += days(1)) {
    const auto number = (day - kFrom).count();
    if (number % 7 >= 5) continue;
    PoolDay& of = fit.days.emplace_back();
    of.day = day;
    of.fte = fte;
    of.busy = static_cast<int>(fte * per_fte) - static_cast<int>(number / 30 % 3);
    of.waiting = number % 180 < 40 ? 5 : 0;
    of.counted = of.waiting > 0;
  }
  return fit;
}

ShareFit returns() {
  ShareFit fit;
  fit.family = "exponential";
  fit.share = figure(0.33, 0.012, 633);
  fit.delay.distribution.kind = "exponential";
  fit.delay.distribution.parameters = {{"mean", 300.0}};
  fit.delay.mean = figure(300.0, 14.0, 633);
  fit.follow_up = 0.93;
  fit.curve = curve_of(fit.delay.distribution, 633, 0.32);
  return fit;
}

Monitor deliveries(const std::string& called) {
  const auto name = [&](const char* usual) { return called.empty() ? std::string(usual) : called; };
  Monitor monitor;
  for (const char* organisation : {"VTT", "GM0141", "GM0153"}) monitor.organisations.add(name(organisation));
  monitor.steps = {{name("VTT.triage"), name("VTT"), true},
                   {name("VTT.onderzoek"), name("VTT"), false},
                   {name("GEM.toegang"), name("GEM"), false}};
  monitor.attributes = {name("urgency"), name("municipality")};
  monitor.attribute_values.resize(2);
  for (const char* value : {"crisis", "regulier"}) monitor.attribute_values[0].add(name(value));
  for (const char* value : {"GM0141", "GM0153", "GM0164", "GM0168", "GM0173"})
    monitor.attribute_values[1].add(name(value));
  monitor.files = {name("vtt.csv"), name("gemeenten.csv")};
  monitor.from = kFrom;
  monitor.until = kUntil;
  monitor.gaps = {{0, kUnknown, sys_days(2023y / 7 / 1), sys_days(2023y / 8 / 1), 96.0}};
  monitor.partners = {{name("VTT"), 4131}, {name("GEM"), 2212}};
  for (PartnerSummary& partner : monitor.partners) partner.touched.resize(cleaning_rules().size());
  for (std::int32_t row = 0; row < 83; ++row) monitor.repairs.push_back({0, row + 2, 2, 0, "", ""});
  for (std::int32_t row = 0; row < 3; ++row) monitor.repairs.push_back({1, row + 2, 9, 1, "", ""});
  for (const Repair& repair : monitor.repairs)
    ++monitor.partners[static_cast<std::size_t>(repair.partner)].touched[static_cast<std::size_t>(repair.rule)];
  return monitor;
}

FittedChain chain_of(const std::string& called) {
  const auto name = [&](const char* usual) { return called.empty() ? std::string(usual) : called; };
  FittedChain of{deliveries(called), {}};
  Calibration& c = of.calibration;
  c.scenario.name = name("Ketenmonitor");
  c.scenario.chain.organisations = {{name("VTT"), name("Veilig Thuis"), "", "", {}},
                                    {name("GEM"),
                                     name("Gemeenten"),
                                     "",
                                     name("municipality"),
                                     {{name("GM0141"), name("Almelo")}, {name("GM0153"), name("Enschede")}}}};
  for (const MonitorStep& step : of.monitor.steps) c.scenario.chain.steps.emplace_back().id = step.id;
  c.scenario.chain.pools.resize(2);
  c.notes = {name("a remark")};
  c.streams = {arrivals()};
  c.attributes = {{0, false, {{0, 600}, {1, 2107}}, kUnknown, {}},
                  {1, false, {{0, 1200}, {1, 1400}, {2, 95}, {3, 12}, {4, 0}}, kUnknown, {}}};
  c.steps = {triage(), research(), access()};
  c.capacity = {pool(0, kResearch, 6.5, 8.0), pool(1, kAccess, 11.0, 6.2), pool(2, kAccess, 0.8, 6.2)};
  c.returns = returns();
  c.returns_to = kTriage;
  return of;
}

}  // namespace

FittedChain fitted_chain() { return chain_of(""); }

FittedChain fitted_chain_called(const std::string& name) { return chain_of(name); }

}  // namespace ketensim::tests
