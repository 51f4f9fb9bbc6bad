// The visits to a step as cases for the fits.
#include "calibration/chain/fit_steps.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace ketensim::chain {
namespace {

using std::size_t;

constexpr size_t kFewestWithdrawn = 5, kFewestHandovers = 5, kFewestLate = 25;
constexpr std::array kWaits{7.0, 14.0, 21.0, 28.0, 42.0, 60.0, 90.0, 120.0, 180.0};  // after which routes may differ

/// A wait that is not known counts as none: half of what a missing start leaves open would grow with the duration.
double wait_of(const Evidence& evidence, std::int32_t number) {
  const MonitorVisit& visit = evidence.visit(number);
  const Moment received = evidence.received(number);
  if (!visit.started.known() || !received.known()) return 0.0;
  return Evidence::between(received, visit.started);
}

DurationCase case_of(const Evidence& evidence, std::int32_t number, const ObservedDuration& duration,
                     const Moment& begun) {
  return {duration, evidence.visit(number).child, wait_of(evidence, number), evidence.years(begun),
          evidence.classes(number)};
}

Ends ends_of(const Evidence& evidence) {
  return evidence.calendar().continuous() ? Ends::any_day : Ends::moved_to_working_day;
}

bool has_started(const MonitorVisit& visit) { return !visit.withdrawn && std::isfinite(visit.started.latest); }

std::optional<ObservedDuration> service_of(const Evidence& evidence, std::int32_t number) {
  const MonitorVisit& visit = evidence.visit(number);
  if (!has_started(visit)) return {};
  return observe(evidence.calendar(), evidence.as_start(visit.started), visit.ended, evidence.window(),
                 ends_of(evidence));
}

std::vector<DurationCase> services(const Evidence& evidence, std::int32_t step) {
  std::vector<DurationCase> cases;
  for (const std::int32_t number : evidence.visits_at(step))
    if (const auto service = service_of(evidence, number))
      cases.push_back(case_of(evidence, number, *service, evidence.visit(number).started));
  return cases;
}

// ---- Routes

std::vector<RouteCase> decisions(const Evidence& evidence, const StepFit& fit, double late) {
  std::vector<RouteCase> cases;
  for (const std::int32_t number : evidence.visits_at(fit.step)) {
    const auto service = service_of(evidence, number);
    if (!service) continue;
    RouteCase& of = cases.emplace_back(RouteCase{service->days, -1, evidence.classes(number)});
    if (late > 0.0) of.classes.push_back(wait_of(evidence, number) > late ? 1 : 0);
    const std::int32_t next = evidence.next(number);
    const auto at = std::find(fit.outcomes.begin(), fit.outcomes.end(), next);
    if (at != fit.outcomes.end()) of.outcome = static_cast<std::int32_t>(at - fit.outcomes.begin());
    // What is over and leads nobody knows where says nothing.
    if ((of.outcome >= 0) != of.duration.over()) cases.pop_back();
  }
  return cases;
}

size_t late_cases(const std::vector<RouteCase>& cases) {
  return static_cast<size_t>(std::count_if(cases.begin(), cases.end(),
                                           [](const RouteCase& c) { return c.outcome >= 0 && c.classes.back() == 1; }));
}

bool divides_by_wait(const RouteFit& fit, size_t attributes) {
  return std::find(fit.attributes.begin(), fit.attributes.end(), static_cast<std::int32_t>(attributes)) !=
         fit.attributes.end();
}

/// How clearly the shares differ between early and late: chi squared of the cases decided.
double difference(const std::vector<RouteCase>& cases, size_t outcomes) {
  std::vector<std::array<double, 2>> counts(outcomes);
  std::array<double, 2> all{};
  for (const RouteCase& c : cases) {
    if (c.outcome < 0) continue;
    counts[static_cast<size_t>(c.outcome)][static_cast<size_t>(c.classes.back())] += 1.0;
    all[static_cast<size_t>(c.classes.back())] += 1.0;
  }
  double sum = 0.0;
  for (const auto& row : counts)
    for (size_t late = 0; late < 2; ++late) {
      const double expected = (row[0] + row[1]) * all[late] / (all[0] + all[1]);
      if (expected > 0.0) sum += (row[late] - expected) * (row[late] - expected) / expected;
    }
  return sum;
}

void fit_routes_of(const Evidence& evidence, const FitOptions& options, StepFit& fit) {
  std::map<std::int32_t, size_t> seen;
  for (const std::int32_t number : evidence.visits_at(fit.step))
    if (const std::int32_t next = evidence.next(number); next != kUnknown && has_started(evidence.visit(number)))
      ++seen[next];
  for (const auto& [next, count] : seen)
    if (next != kLeaves) fit.outcomes.push_back(next);
  if (seen.count(kLeaves)) fit.outcomes.push_back(kLeaves);
  fit.routes = ketensim::fit_routes(decisions(evidence, fit, 0.0), fit.outcomes.size(), options);
  if (!fit.routes.ok() || fit.outcomes.size() < 2) return;
  // One wait after which shares differ: that of the service where it worsens, else the one that divides best.
  std::vector<double> waits(kWaits.begin(), kWaits.end());
  if (fit.duration.worsening) waits = {fit.duration.worsens_after};
  FitOptions strict = options;
  strict.level /= static_cast<double>(waits.size());
  double best = 0.0, clearest = 0.0;
  for (const double wait : waits) {
    const std::vector<RouteCase> cases = decisions(evidence, fit, wait);
    const size_t late = late_cases(cases);
    if (late < kFewestLate || cases.size() - late < kFewestLate) continue;
    const double clear = difference(cases, fit.outcomes.size());
    if (clear > clearest) best = wait, clearest = clear;
  }
  if (best == 0.0) return;
  RouteFit divided = ketensim::fit_routes(decisions(evidence, fit, best), fit.outcomes.size(), strict);
  if (!divided.ok() || !divides_by_wait(divided, evidence.attributes().size())) return;
  fit.routes = std::move(divided);
  fit.routes_worsen_after = best;
}

// ---- Patience

std::optional<DurationFit> fit_patience_of(const Evidence& evidence, const FitOptions& options, StepFit& fit) {
  if (fit.withdrawn < kFewestWithdrawn) return {};
  std::vector<DurationCase> cases;
  for (const std::int32_t number : evidence.visits_at(fit.step)) {
    const MonitorVisit& visit = evidence.visit(number);
    const Moment received = evidence.as_start(visit.received);
    const auto waited = visit.withdrawn
                            ? observe(evidence.calendar(), received, visit.ended, evidence.window(), Ends::any_day)
                            : observe_until(evidence.calendar(), received, visit.started, evidence.window());
    if (waited) cases.push_back(case_of(evidence, number, *waited, visit.received));
  }
  FitOptions plain = options;
  plain.clocks = Clocks::days;
  plain.trend = false;
  return fit_patience(cases, plain);
}

// ---- Hand-overs

/// From each visit that led to a step, until it was received there.
std::map<std::int32_t, std::vector<DurationCase>> handovers_from(const Evidence& evidence, std::int32_t step) {
  std::map<std::int32_t, std::vector<DurationCase>> by_next;
  for (const Handover& handover : evidence.linked().handovers) {
    const MonitorVisit& from = evidence.visit(handover.from);
    if (from.step != step || handover.skipped || from.ended.never()) continue;
    Moment until{evidence.window().until, Moment::kInfinity};
    std::int32_t next = from.next;
    if (handover.to != kUnknown) {
      const MonitorVisit& to = evidence.visit(handover.to);
      next = to.step;
      const bool told = !to.follows || to.received.known();
      until = told ? to.received : to.started;
    }
    if (next < 0 || !std::isfinite(until.earliest)) continue;
    const auto delay =
        observe(evidence.calendar(), evidence.as_start(from.ended), until, evidence.window(), ends_of(evidence));
    if (delay) by_next[next].push_back(case_of(evidence, handover.from, *delay, from.ended));
  }
  return by_next;
}

/// Whether nearly all are received when the step before has ended.
bool at_once(const Evidence& evidence, const std::vector<DurationCase>& cases) {
  const double finest = evidence.daily() ? 1.0 : 1.0 / 1440.0;
  double over = 0.0, same = 0.0;
  for (const DurationCase& c : cases) {
    if (!c.duration.days.over()) continue;
    over += 1.0;
    same += c.duration.days.lower <= 0.0 && c.duration.days.upper <= finest * 1.001;
  }
  return over > 0.0 && same >= kKnownSame * over;
}

void fit_handovers(const Evidence& evidence, const FitOptions& options, StepFit& fit) {
  FitOptions plain = options;
  plain.classes = plain.worsening = plain.trend = false;
  for (auto& [next, cases] : handovers_from(evidence, fit.step)) {
    const auto over =
        std::count_if(cases.begin(), cases.end(), [](const DurationCase& c) { return c.duration.days.over(); });
    if (at_once(evidence, cases) || over < static_cast<std::ptrdiff_t>(kFewestHandovers)) continue;
    fit.handovers.push_back({next, fit_durations(cases, plain)});
  }
}

}  // namespace

StepFit fit_step(const Evidence& evidence, std::int32_t step, const FitOptions& options) {
  StepFit fit;
  fit.step = step;
  for (const std::int32_t number : evidence.visits_at(step)) {
    const MonitorVisit& visit = evidence.visit(number);
    ++fit.received;
    fit.withdrawn += visit.withdrawn;
    fit.started += has_started(visit);
    fit.ended += has_started(visit) && !visit.ended.open();
  }
  fit.duration = fit_durations(services(evidence, step), options);
  fit_routes_of(evidence, options, fit);
  fit.patience = fit_patience_of(evidence, options, fit);
  fit_handovers(evidence, options, fit);
  return fit;
}

std::optional<ShareFit> fit_returns(const Evidence& evidence, const FitOptions& options) {
  const Linked& linked = evidence.linked();
  std::map<std::int32_t, std::int32_t> came_back;  // case to the child's next
  for (size_t c = 0; c < linked.cases.size(); ++c)
    if (const std::int32_t previous = linked.cases[c].previous; previous != kUnknown)
      came_back.emplace(previous, static_cast<std::int32_t>(c));
  if (came_back.empty()) return {};
  std::vector<DurationCase> cases;
  for (size_t c = 0; c < linked.cases.size(); ++c) {
    const MonitorCase& of = linked.cases[c];
    if (of.end != MonitorCase::End::out) continue;
    const std::int32_t last = linked.visits[of.first + of.count - 1];
    Moment back{evidence.window().until, Moment::kInfinity};
    if (const auto at = came_back.find(static_cast<std::int32_t>(c)); at != came_back.end())
      back = evidence.visit(linked.visits[linked.cases[static_cast<size_t>(at->second)].first]).received;
    const Moment& ended = evidence.visit(last).ended;
    const auto away =
        observe(evidence.calendar(), evidence.as_start(ended), back, evidence.window(), ends_of(evidence));
    if (away) cases.push_back(case_of(evidence, last, *away, ended));
  }
  FitOptions plain = options;
  plain.clocks = Clocks::days;
  ShareFit fit = fit_share_and_delay(cases, plain);
  if (!fit.ok()) return {};
  return fit;
}

std::int32_t returns_to(const Evidence& evidence) {
  std::map<std::int32_t, size_t> at;
  for (const MonitorCase& of : evidence.linked().cases)
    if (of.previous != kUnknown) ++at[evidence.visit(evidence.linked().visits[of.first]).step];
  const auto most = std::max_element(at.begin(), at.end(), [](auto& a, auto& b) { return a.second < b.second; });
  return most == at.end() ? kUnknown : most->first;
}

}  // namespace ketensim::chain
