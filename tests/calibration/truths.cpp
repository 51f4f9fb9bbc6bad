#include "tests/calibration/truths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>

#include "calibration/chain/evidence.hpp"

namespace ketensim::truths {
namespace {

using std::size_t;

constexpr int kFewestWaited = 40;        // on either side of a threshold: it can be found
constexpr double kNearThreshold = 10.0;  // days: a wait after which cases worsen is one of a list

/// Values of attributes that hold for a part of a fit.
using Class = std::vector<std::pair<std::string, std::string>>;

/// Whether the conditions hold for the class; nothing if that depends on an attribute that the class does not tell.
std::optional<bool> holds(const std::vector<Condition>& when, const Class& of) {
  for (const Condition& condition : when) {
    const auto value =
        std::find_if(of.begin(), of.end(), [&](const auto& known) { return known.first == condition.attribute; });
    if (value == of.end()) return {};
    if (std::find(condition.values.begin(), condition.values.end(), value->second) == condition.values.end())
      return false;
  }
  return true;
}

const Distribution* duration_of(const Step& step, const Class& of) {
  for (const DurationOfClass& entry : step.duration_of_class) {
    const auto here = holds(entry.when, of);
    if (!here) return nullptr;
    if (*here) return &entry.duration;
  }
  return &step.duration;
}

const Branch* branch_of(const Step& step, const Class& of) {
  for (const Branch& branch : step.next) {
    const auto here = holds(branch.when, of);
    if (!here) return nullptr;
    if (*here) return &branch;
  }
  return nullptr;
}

/// The attributes on which something depends.
template <class Entries>
std::set<std::string> attributes_of(const Entries& entries) {
  std::set<std::string> names;
  for (const auto& entry : entries)
    for (const Condition& condition : entry.when) names.insert(condition.attribute);
  return names;
}

std::string text_of(const Class& of) {
  std::string text;
  for (const auto& [attribute, value] : of) text += ", " + attribute + "=" + value;
  return text;
}

/// The middle 95% of what the draws say, with the estimate between.
Estimate drawn(double estimate, std::vector<double> draws) {
  Estimate figure{estimate};
  if (draws.size() < 40) return figure;
  std::sort(draws.begin(), draws.end());
  const auto n = static_cast<double>(draws.size());
  const double mean = std::accumulate(draws.begin(), draws.end(), 0.0) / n;
  double squares = 0.0;
  for (const double value : draws) squares += (value - mean) * (value - mean);
  figure.standard_error = std::sqrt(squares / (n - 1.0));
  const auto at = [&](double p) { return draws[static_cast<size_t>(std::clamp(p * (n + 1.0) - 1.0, 0.0, n - 1.0))]; };
  figure.low = at(0.025);
  figure.high = at(0.975);
  return figure;
}

class Comparing {
 public:
  Comparing(const Scenario& truth, const partners::Read& read, const Calibration& fits)
      : truth_(truth), fits_(fits), monitor_(read.monitor), evidence_(read.plan, read.monitor, read.linked) {}

  Comparison compare() && {
    for (const StepFit& fit : fits_.steps)
      for (const Step& step : truth_.chain.steps)
        if (step.id == step_name(fit.step)) compare_step(step, fit);
    compare_pools();
    compare_returns();
    for (const StreamFit& stream : fits_.streams) compare_stream(stream);
    return std::move(result_);
  }

 private:
  const std::string& step_name(std::int32_t step) const { return monitor_.steps[static_cast<size_t>(step)].id; }
  /// The attribute of a number in DurationCase::classes.
  std::int32_t carried(std::int32_t place) const { return evidence_.attributes()[static_cast<size_t>(place)]; }
  std::pair<std::string, std::string> named(std::int32_t place, std::int32_t value) const {
    const std::int32_t attribute = carried(place);
    return {monitor_.attributes[static_cast<size_t>(attribute)], std::string(evidence_.value_name(attribute, value))};
  }
  void add(const char* kind, const std::string& of, double truth, const Estimate& found) {
    if (found.standard_error > 0.0) result_.figures.push_back({kind, of, truth, found});
  }
  bool find(const char* kind, const std::string& of, bool right) {
    result_.findings.push_back({kind, of, right});
    return right;
  }

  // ---- Durations

  void compare_step(const Step& step, const StepFit& fit) {
    compare_duration(step, fit);
    compare_routes(step, fit);
    if (find("patience", step.id, step.patience.has_value() == fit.patience.has_value()) && step.patience &&
        fit.patience->ok())
      compare_part("patience", step.id, step.patience->after, fit.patience->family, fit.patience->parts.back());
    compare_handovers(step, fit);
  }

  bool finds_worsening(const Step& step, const StepFit& of) {
    const DurationFit& fit = of.duration;
    if (step.while_waiting.empty()) return find("nothing worsens", step.id, !fit.worsening);
    // Longer than a wait of n days is from the next day on.
    const double after = step.while_waiting.front().after.days - 1.0;
    std::array<int, 2> waited{};  // no longer, and longer
    for (const std::int32_t number : evidence_.visits_at(of.step)) {
      const MonitorVisit& visit = evidence_.visit(number);
      if (!visit.withdrawn && visit.started.known()) ++waited[visit.started.earliest - visit.received.earliest > after];
    }
    if (waited[0] < kFewestWaited) return false;
    if (waited[1] < kFewestWaited && !fit.worsening) return true;
    return find("worsening", step.id, fit.worsening && std::abs(fit.worsens_after - after) <= kNearThreshold);
  }

  void compare_duration(const Step& step, const StepFit& of_step) {
    const DurationFit& fit = of_step.duration;
    if (!find("there is a duration", step.id, fit.ok() && !fit.parts.empty())) return;
    const std::set<std::string> depends = attributes_of(step.duration_of_class);
    std::set<std::string> found;
    if (fit.attribute >= 0) found.insert(monitor_.attributes[static_cast<size_t>(carried(fit.attribute))]);
    bool right =
        find(depends.empty() ? "duration depends on nothing" : "duration depends on class", step.id, found == depends);
    right &= find("clock", step.id, fit.working_days == step.duration.working_days);
    right &= finds_worsening(step, of_step);
    right &= find("durations have no trend", step.id, !fit.trend);
    find("family", step.id, fit.family == step.duration.kind);
    if (!right) return;
    if (fit.worsening) add("worsening", step.id, step.while_waiting.front().duration_factor, *fit.worsening);
    for (const FittedDuration& part : fit.parts) {
      Class of;
      for (const std::int32_t value : part.values)
        if (value >= 0 && of.empty()) of.push_back(named(fit.attribute, value));
      if (const Distribution* own = duration_of(step, of))
        compare_part("duration", step.id + text_of(of), *own, fit.family, part);
    }
  }

  void compare_part(const std::string& what, const std::string& of, const Distribution& truth,
                    const std::string& family, const FittedDuration& part) {
    add((what + ": mean").c_str(), of, mean_of(truth), part.mean);
    if (family != truth.kind) return;
    for (const auto& [name, figure] : part.shapes)
      if (const auto own = truth.parameters.find(name); own != truth.parameters.end())
        add((what + ": shape").c_str(), of, own->second, figure);
  }

  // ---- Routes and hand-overs

  void compare_routes(const Step& step, const StepFit& fit) {
    if (!find("there are routes", step.id, fit.routes.ok())) return;
    const std::set<std::string> depends = attributes_of(step.next);
    std::set<std::string> found;
    for (const std::int32_t place : fit.routes.attributes)
      found.insert(static_cast<size_t>(place) < evidence_.attributes().size()
                       ? monitor_.attributes[static_cast<size_t>(carried(place))]
                       : "late");
    if (!find(depends.empty() ? "routes depend on nothing" : "routes depend on class", step.id, found == depends))
      return;
    for (const RouteShares& part : fit.routes.parts) {
      Class of;
      for (const auto& [place, value] : part.when) of.push_back(named(place, value));
      const Branch* own = branch_of(step, of);
      if (!own || fit.outcomes.size() < 2) continue;
      for (size_t i = 0; i < fit.outcomes.size(); ++i) {
        const std::string to = fit.outcomes[i] == kLeaves ? "out" : step_name(fit.outcomes[i]);
        double share = 0.0;
        for (const Target& target : own->to)
          if (target.to == to) share += target.share;
        // What never happens has an interval from its prior alone.
        if (share > 0.0) add("route: share", step.id + text_of(of) + " to " + to, share, part.shares[i]);
      }
    }
  }

  void compare_handovers(const Step& step, const StepFit& fit) {
    for (const Branch& branch : step.next)
      for (const Target& target : branch.to) {
        if (target.to == "out") continue;
        const auto found = std::find_if(fit.handovers.begin(), fit.handovers.end(),
                                        [&](const HandoverFit& of) { return step_name(of.to) == target.to; });
        const std::string of = step.id + " to " + target.to;
        if (!find(target.after ? "hand-over takes time" : "hand-over takes none", of,
                  target.after.has_value() == (found != fit.handovers.end())))
          continue;
        if (!target.after || !found->delay.ok() || &branch != &step.next.back()) continue;
        if (find("clock of a hand-over", of, !found->delay.working_days))
          compare_part("hand-over", of, *target.after, found->delay.family, found->delay.parts.back());
      }
  }

  // ---- Pools

  void compare_pools() {
    for (const CapacityFit& fit : fits_.capacity) {
      const std::string organisation(fit.organisation == kUnknown
                                         ? std::string_view()
                                         : monitor_.organisations[static_cast<size_t>(fit.organisation)]);
      const Step *claims = nullptr, *served = nullptr;
      for (const Step& step : truth_.chain.steps) {
        if (step.id == step_name(fit.claimed_at)) served = &step;
        if (step.pool.empty()) continue;
        const std::string& frees = step.hold_until.empty() ? step.id : step.hold_until;
        if (fit.reported_at != kUnknown ? frees == step_name(fit.reported_at) : step.id == step_name(fit.claimed_at))
          claims = &step;
      }
      const std::string of = organisation + ": " + (served ? served->id : std::string("nowhere"));
      if (!claims) {
        find("no limit is invented", of, !fit.limits);
        continue;
      }
      if (!find("a pool limits", of, fit.limits)) continue;
      const std::string& frees = claims->hold_until.empty() ? claims->id : claims->hold_until;
      bool right = find("where a slot is claimed", of, step_name(fit.claimed_at) == claims->id);
      right &= find("where a slot is freed", of, step_name(fit.held_until) == frees);
      const std::string first = fit.order.attribute == kUnknown
                                    ? std::string("received")
                                    : monitor_.attributes[static_cast<size_t>(fit.order.attribute)];
      find("order of a queue", of, first == (claims->order.empty() ? "received" : claims->order.front()));
      if (!right) continue;
      for (const Pool& pool : truth_.chain.pools)
        if (pool.id == claims->pool)
          add("cases per fte", of, pool.cases_per_fte->common.from.front().second, fit.cases_per_fte);
    }
  }

  // ---- Returns and arrivals

  void compare_returns() {
    const auto& truth = truth_.chain.returns;
    if (!find("returns", truth ? truth->to : "", truth.has_value() == fits_.returns.has_value()) || !truth) return;
    find("where children return", truth->to, step_name(fits_.returns_to) == truth->to);
    add("returns: share", truth->to, truth->share, fits_.returns->share);
    add("returns: mean delay", truth->to, mean_of(truth->after), fits_.returns->delay.mean);
  }

  void compare_stream(const StreamFit& fit) {
    const Stream& stream = truth_.chain.streams.front();
    if (!find("an entry", step_name(fit.to), step_name(fit.to) == stream.to)) return;
    const ArrivalFit& found = fit.arrivals;
    const double years = static_cast<double>((found.at - truth_.period.start).count()) / kDaysPerYear;
    add("reports: rate at the snapshot", stream.to, stream.per_day * std::pow(1.0 + stream.trend_per_year, years),
        found.per_day);
    // A trend is always allowed for: what is found is whether it lies apart from none.
    const bool apart = found.trend_per_year.low > 0.0 || found.trend_per_year.high < 0.0;
    find(stream.trend_per_year == 0.0 ? "no trend in reports" : "trend in reports", stream.to,
         apart == (stream.trend_per_year != 0.0));
    add("reports: trend", stream.to, stream.trend_per_year, found.trend_per_year);
    find("no change of level in reports", stream.to, found.changes.empty());
    static constexpr std::array kDays{31.0, 28.25, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0};
    double months = 0.0, week = 0.0;
    for (size_t m = 0; m < 12; ++m) months += kDays[m] / 365.25 * stream.month[m];
    for (const double factor : stream.weekday) week += factor / 7.0;
    for (size_t m = 0; m < 12; ++m)
      add("reports: month", stream.to + fmt::format(", month {}", m + 1), stream.month[m] / months, found.month[m]);
    for (size_t w = 0; w < 7; ++w)
      add("reports: weekday", stream.to + fmt::format(", weekday {}", w + 1), stream.weekday[w] / week,
          found.weekday[w]);
    find("reports are Poisson", stream.to,
         found.pattern.day_dispersion == 0.0 && found.pattern.month_dispersion == 0.0);
    compare_shares(stream);
  }

  /// Shares of sizes and attributes, with what the drawn chains say.
  void compare_shares(const Stream& truth) {
    const Stream& at = fits_.scenario.chain.streams.front();
    const auto over_draws = [&](auto&& value) {
      std::vector<double> values;
      for (const auto& chain : fits_.scenario.drawn) values.push_back(value(chain->streams.front()));
      return values;
    };
    for (const auto& [size, share] : truth.children) {
      const auto of = [size = size](const Stream& stream) {
        for (const auto& [children, part] : stream.children)
          if (children == size) return part;
        return 0.0;
      };
      add("families: share of a size", fmt::format("{} children", size), share, drawn(of(at), over_draws(of)));
    }
    for (const Stream::Attribute& attribute : truth.attributes)
      for (const auto& [value, share] : attribute.shares) {
        const auto of = [&attribute, name = value](const Stream& stream) {
          for (const Stream::Attribute& other : stream.attributes)
            for (const auto& [known, part] : other.shares)
              if (other.name == attribute.name && known == name) return part;
          return 0.0;
        };
        add("attributes: share", attribute.name + "=" + value, share, drawn(of(at), over_draws(of)));
      }
    for (const AttributeShares& shares : fits_.attributes)
      find("attributes depend on nothing", monitor_.attributes[static_cast<size_t>(shares.attribute)],
           shares.given == kUnknown);
  }

  const Scenario& truth_;
  const Calibration& fits_;
  const Monitor& monitor_;
  chain::Evidence evidence_;
  Comparison result_;
};

}  // namespace

Comparison compare(const Scenario& truth, const partners::Read& read, const Calibration& calibration) {
  return Comparing(truth, read, calibration).compare();
}

}  // namespace ketensim::truths
