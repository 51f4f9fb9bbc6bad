// The visits to a step as cases for the fits.
#include "calibration/chain/fit_steps.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "calibration/fit/special.hpp"

namespace ketensim::chain {
namespace {

using std::size_t;

constexpr size_t kFewestWithdrawn = 5, kFewestHandovers = 5;
constexpr double kFewestLate = 25.0;
constexpr std::array kWaits{7.0, 14.0, 21.0, 28.0, 42.0, 60.0, 90.0, 120.0, 180.0};  // after which routes may differ

/// A wait that is not known counts as none: half of what a missing start leaves open would grow with the duration, and
/// what passes before a start without a receipt is a hand-over.
double wait_of(const Evidence& evidence, std::int32_t number) {
  const MonitorVisit& visit = evidence.visit(number);
  if (!visit.started.known() || !visit.received.known()) return 0.0;
  return Evidence::between(visit.received, visit.started);
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
  return observe(evidence.calendar(), evidence.as_start_of_service(visit.started), visit.ended, evidence.window(),
                 ends_of(evidence));
}

/// How many cases stand at a step of each organisation, waiting or in service.
class Presence {
 public:
  Presence(const Evidence& evidence, std::int32_t step) : window_(evidence.window()) {
    for (const std::int32_t number : evidence.visits_at(step)) {
      const MonitorVisit& visit = evidence.visit(number);
      Moments& of = by_organisation_[visit.organisation];
      of.received.push_back(visit.received.earliest);
      of.ended.push_back(visit.ended.earliest);
    }
    for (auto& [organisation, of] : by_organisation_) {
      std::sort(of.received.begin(), of.received.end());
      std::sort(of.ended.begin(), of.ended.end());
      double days = 0.0;
      for (double day = window_.from; day < window_.until; day += kEvery, ++days) of.mean += of.at(day);
      of.mean /= std::max(days, 1.0);
    }
  }

  /// Beyond the mean over time, as a share of it.
  double load(std::int32_t organisation, double moment) const {
    const Moments& of = by_organisation_.at(organisation);
    return of.mean > 0.0 && std::isfinite(moment) ? of.at(moment) / of.mean - 1.0 : 0.0;
  }

 private:
  static constexpr double kEvery = 7.0;
  struct Moments {
    std::vector<double> received, ended;
    double mean = 0.0;
    double at(double moment) const {
      const auto until = [moment](const std::vector<double>& sorted) {
        return static_cast<double>(std::upper_bound(sorted.begin(), sorted.end(), moment) - sorted.begin());
      };
      return until(received) - until(ended);
    }
  };
  ObservationWindow window_;
  std::map<std::int32_t, Moments> by_organisation_;
};

std::vector<DurationCase> services(const Evidence& evidence, std::int32_t step) {
  const Presence presence(evidence, step);
  std::vector<DurationCase> cases;
  for (const std::int32_t number : evidence.visits_at(step))
    if (const auto service = service_of(evidence, number)) {
      const MonitorVisit& visit = evidence.visit(number);
      cases.push_back(case_of(evidence, number, *service, visit.started));
      cases.back().load = presence.load(visit.organisation, visit.started.earliest);
    }
  return cases;
}

// ---- Routes

/// Cases with where they went, apart by how long they had waited before.
struct Decisions {
  std::vector<RouteCase> early, late;
};

Decisions decisions(const Evidence& evidence, const StepFit& fit, double late_after) {
  Decisions decided;
  for (const std::int32_t number : evidence.visits_at(fit.step)) {
    const auto service = service_of(evidence, number);
    if (!service) continue;
    RouteCase of{service->days, -1, evidence.classes(number), evidence.years(evidence.visit(number).started),
                 evidence.siblings(number)};
    const auto at = std::find(fit.outcomes.begin(), fit.outcomes.end(), evidence.next(number));
    if (at != fit.outcomes.end()) of.outcome = static_cast<std::int32_t>(at - fit.outcomes.begin());
    // What is over and leads nobody knows where says nothing.
    if ((of.outcome >= 0) != of.duration.over()) continue;
    (wait_of(evidence, number) > late_after ? decided.late : decided.early).push_back(std::move(of));
  }
  return decided;
}

/// How much likelier own shares for early and late cases are than common ones: twice the logarithm, chi squared with as
/// many degrees of freedom where there is no difference.
struct Difference {
  double ratio = 0.0, freedom = 0.0, cases = 0.0;
};

/// Early and late are compared within each class: a queue that serves one class first lets the others wait, and would
/// pass the difference between classes for one of waiting. Classes with few of either say nothing.
Difference difference(const Decisions& decided, size_t outcomes, const std::vector<std::int32_t>& attributes) {
  using Counts = std::array<std::vector<double>, 2>;  // of early and late
  std::map<std::vector<std::int32_t>, Counts> classes;
  const auto count = [&](const std::vector<RouteCase>& cases, size_t late) {
    for (const RouteCase& c : cases) {
      if (c.outcome < 0) continue;
      std::vector<std::int32_t> key;
      for (const std::int32_t a : attributes) key.push_back(c.classes[static_cast<size_t>(a)]);
      Counts& counts = classes[key];
      for (auto& side : counts) side.resize(outcomes);
      counts[late][static_cast<size_t>(c.outcome)] += 1.0;
    }
  };
  count(decided.early, 0);
  count(decided.late, 1);
  Difference result;
  for (const auto& [key, counts] : classes) {
    std::array<double, 2> all{};
    for (size_t late = 0; late < 2; ++late) all[late] = std::accumulate(counts[late].begin(), counts[late].end(), 0.0);
    if (std::min(all[0], all[1]) < kFewestLate) continue;
    result.cases += all[0] + all[1];
    result.freedom += static_cast<double>(outcomes - 1);
    for (size_t k = 0; k < outcomes; ++k) {
      const double share = (counts[0][k] + counts[1][k]) / (all[0] + all[1]);
      for (size_t late = 0; late < 2; ++late)
        if (counts[late][k] > 0.0)
          result.ratio += 2.0 * counts[late][k] * std::log(counts[late][k] / (share * all[late]));
    }
  }
  return result;
}

/// The wait after which shares differ; 0: none. Where the service worsens after a wait, that one is tried, and has to
/// pass a test; elsewhere the one that divides best must be worth its place by BIC as well.
double late_after(const Evidence& evidence, const FitOptions& options, const StepFit& fit) {
  const size_t outcomes = fit.outcomes.size();
  std::vector<double> waits(kWaits.begin(), kWaits.end());
  if (fit.duration.worsening) waits = {fit.duration.worsens_after};
  double best = 0.0, least = options.level;
  for (const double wait : waits) {
    Difference clear = difference(decisions(evidence, fit, wait), outcomes, fit.routes.attributes);
    if (!(clear.freedom > 0.0)) continue;
    clear.ratio /= fit.routes.design_effect;
    const double p = fit::chi_squared_above(clear.freedom, clear.ratio) * static_cast<double>(waits.size());
    const bool worth = fit.duration.worsening.has_value() || clear.ratio > clear.freedom * std::log(clear.cases);
    if (p >= least || !worth) continue;
    best = wait;
    least = p;
  }
  return best;
}

/// Shares of early and of late cases as one fit: the late ones first, told apart by one attribute more.
RouteFit together(const RouteFit& early, const RouteFit& late, std::int32_t attribute) {
  RouteFit all = early;
  all.parts.clear();
  for (const auto& [fit, value] : {std::pair{&late, 1}, std::pair{&early, 0}})
    for (RouteShares part : fit->parts) {
      part.when.emplace_back(attribute, value);
      all.parts.push_back(std::move(part));
    }
  for (const std::int32_t other : late.attributes)
    if (std::find(all.attributes.begin(), all.attributes.end(), other) == all.attributes.end())
      all.attributes.push_back(other);
  all.attributes.push_back(attribute);
  return all;
}

void fit_routes_of(const Evidence& evidence, const FitOptions& options, StepFit& fit) {
  std::set<std::int32_t> seen;
  for (const std::int32_t number : evidence.visits_at(fit.step))
    if (const std::int32_t next = evidence.next(number); next != kUnknown && has_started(evidence.visit(number)))
      seen.insert(next);
  const bool leaves = seen.erase(kLeaves) > 0;
  fit.outcomes.assign(seen.begin(), seen.end());
  if (leaves) fit.outcomes.push_back(kLeaves);
  const size_t outcomes = fit.outcomes.size();
  fit.routes = ketensim::fit_routes(decisions(evidence, fit, Moment::kInfinity).early, outcomes, options);
  if (outcomes < 2 || !fit.routes.ok()) return;
  const double wait = late_after(evidence, options, fit);
  if (wait == 0.0) return;
  const Decisions decided = decisions(evidence, fit, wait);
  const RouteFit early = ketensim::fit_routes(decided.early, outcomes, options);
  const RouteFit late = ketensim::fit_routes(decided.late, outcomes, options);
  if (!early.ok() || !late.ok()) return;
  RouteFit both = together(early, late, static_cast<std::int32_t>(evidence.attributes().size()));
  both.siblings = fit.routes.siblings;
  both.design_effect = fit.routes.design_effect;
  fit.routes = std::move(both);
  fit.routes_worsen_after = wait;
}

// ---- Patience

/// When the case withdrew. By dates who was received as the step before ended came in the evening, and could not go
/// before the next morning: that one tells no more than that the patience was over.
Moment withdrawal(const Evidence& evidence, std::int32_t number) {
  const MonitorVisit& visit = evidence.visit(number);
  Moment at = visit.ended;
  const std::int32_t before = evidence.before(number);
  const bool in_evening = evidence.daily() && before != kUnknown && visit.received.known() &&
                          evidence.visit(before).ended.earliest == visit.received.earliest;
  if (in_evening && at.earliest <= visit.received.earliest + 1.0) at.earliest = visit.received.earliest;
  return at;
}

std::optional<DurationFit> fit_patience_of(const Evidence& evidence, const FitOptions& options, StepFit& fit) {
  if (fit.withdrawn < kFewestWithdrawn) return {};
  std::vector<DurationCase> cases;
  for (const std::int32_t number : evidence.visits_at(fit.step)) {
    const MonitorVisit& visit = evidence.visit(number);
    const Moment received = evidence.as_start(visit.received);
    const auto waited =
        visit.withdrawn
            ? observe(evidence.calendar(), received, withdrawal(evidence, number), evidence.window(), Ends::any_day)
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
  FitOptions with_load = options;
  with_load.load = true;
  fit.duration = fit_durations(services(evidence, step), with_load);
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
