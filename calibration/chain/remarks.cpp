// What the figures of a chain file rest on, in words.
#include "calibration/chain/remarks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ketensim::chain {
namespace {

using std::size_t;

class Remarking {
 public:
  Remarking(const Evidence& evidence, const CalibrationOptions& options, Calibration& fits)
      : evidence_(evidence), options_(options), fits_(fits) {}

  void add_all() {
    for (size_t s = 0; s < fits_.streams.size(); ++s) add_stream(fits_.streams[s], fits_.scenario.chain.streams[s]);
    for (const PoolPlan& pool : pools_of(evidence_, fits_.capacity)) add_pool(pool);
    add_unlimited();
    for (size_t s = 0; s < fits_.steps.size(); ++s) add_step(fits_.steps[s], fits_.scenario.chain.steps[s]);
    if (fits_.returns) add_returns(*fits_.returns);
    for (const std::string& name : attributes_left_out())
      note(fmt::format("{} is not carried by the chain: it is told where it makes no difference to where cases go",
                       name));
  }

 private:
  void remark(const std::string& path, std::string text) { fits_.remarks[path] = std::move(text); }
  void note(std::string text) { fits_.notes.push_back(std::move(text)); }
  void notes_of(const std::string& what, const std::vector<std::string>& notes) {
    for (const std::string& text : notes) note(fmt::format("{}: {}", what, text));
  }
  std::string cases(size_t count) const { return told_count(count, options_.min_cell) + " cases"; }
  const std::string& step_name(std::int32_t step) const {
    return evidence_.monitor().steps[static_cast<size_t>(step)].id;
  }

  std::string error(const Estimate& figure, std::string_view unit = "") const {
    return fmt::format("{:.3g}{} (se {:.2g}; 95% {:.3g} to {:.3g})", figure.estimate, unit, figure.standard_error,
                       figure.low, figure.high);
  }

  void add_stream(const StreamFit& fit, const Stream& stream) {
    const std::string path = "arrivals/" + stream.id;
    const ArrivalFit& of = fit.arrivals;
    size_t families = 0;
    for (const int day : fit.per_day) families += static_cast<size_t>(day);
    remark(path + "/rate",
           fmt::format("per day {}; {} families", error(of.per_day), told_count(families, options_.min_cell)));
    if (stream.trend_per_year != 0.0) remark(path + "/trend", error(of.trend_per_year));
    if (stream.school_holidays != 1.0) remark(path + "/school_holidays", error(of.school_holidays));
    if (stream.public_holidays != 1.0) remark(path + "/public_holidays", error(of.public_holidays));
    if (stream.day_dispersion > 0.0 || stream.month_dispersion > 0.0)
      remark(path + "/dispersion", fmt::format("counts vary more than by chance alone (p = {:.2g})", of.p_dispersion));
    notes_of("arrivals at " + stream.to, of.notes);
    for (const ArrivalChange& change : of.changes) {
      const std::chrono::year_month_day from{change.from};
      note(fmt::format("arrivals at {}: from {:04}-{:02}-{:02} {} times as many{}", stream.to,
                       static_cast<int>(from.year()), static_cast<unsigned>(from.month()),
                       static_cast<unsigned>(from.day()), error(change.factor),
                       change.until >= evidence_.monitor().until ? "" : ", for a while"));
    }
  }

  std::string organisation_name(std::int32_t organisation) const {
    return std::string(evidence_.monitor().organisations[static_cast<size_t>(organisation)]);
  }

  void add_pool(const PoolPlan& pool) {
    const std::string path = "pools/" + pool.id;
    const CommonCaseload common = common_caseload(pool);
    const bool members = pool.members.size() > 1 || fits_.scenario.chain.pools.empty();
    for (const CapacityFit* fit : pool.members) {
      const std::string at = path + "/cases_per_fte" + (members ? "/" + organisation_name(fit->organisation) : "");
      if (fit->limits)
        remark(at, fmt::format("{}; {} days with a queue", error(fit->cases_per_fte), fit->full_days));
      else
        remark(at, fmt::format("assumed as of the others ({:.3g}): never full, at most {:.3g} were seen", common.mean,
                               fit->busiest));
      notes_of(fit->organisation == kUnknown ? pool.id : organisation_name(fit->organisation) + " " + pool.id,
               fit->notes);
    }
  }

  void add_unlimited() {
    for (const CapacityFit& fit : fits_.capacity) {
      const std::int32_t step = fit.reported_at != kUnknown ? fit.reported_at : fit.claimed_at;
      if (fit.limits || step == kUnknown || fit.reported_at == kUnknown) continue;
      const auto& pools = fits_.scenario.chain.pools;
      if (std::any_of(pools.begin(), pools.end(), [&](const Pool& pool) { return pool.id == step_name(step); }))
        continue;
      note(fmt::format("{} {}: nobody is seen to wait for a slot, so that no limit is put on it", step_name(step),
                       fit.organisation == kUnknown ? "" : organisation_name(fit.organisation)));
    }
  }

  std::string fit_quality(const DurationFit& fit) const {
    return fit.family == "empirical"
               ? "the data's own curve: no family fits"
               : fmt::format("furthest from the data {:.1f} points, p = {:.2g}", 100.0 * fit.distance, fit.p_value);
  }

  void add_duration(const std::string& path, const DurationFit& fit) {
    const size_t parts = fit.parts.size();
    for (size_t part = 0; part < parts; ++part) {
      const FittedDuration& of = fit.parts[part];
      std::string text = fmt::format("mean {}; {}", error(of.mean, fit.working_days ? " working days" : " days"),
                                     cases(of.mean.cases));
      for (const auto& [name, shape] : of.shapes) text += fmt::format("; {} {}", name, error(shape));
      if (part + 1 == parts) text += "; " + fit_quality(fit);
      remark(parts == 1 ? path : fmt::format("{}/{}", path, part), std::move(text));
    }
  }

  /// What divides cases, by its number in the fits.
  std::string carried_name(const StepFit& fit, std::int32_t number) const {
    const auto place = static_cast<size_t>(number);
    if (place >= evidence_.attributes().size())
      return fmt::format("whether they waited longer than {:.3g} days", fit.routes_worsen_after);
    return evidence_.monitor().attributes[static_cast<size_t>(evidence_.attributes()[place])];
  }

  void add_step(const StepFit& fit, const Step& step) {
    const std::string path = "steps/" + step.id;
    if (fit.duration.ok()) add_duration(path + "/duration", fit.duration);
    for (const std::string& problem : fit.duration.problems)
      note(fmt::format("{}: no duration: {}; it is taken to last no time", step.id, problem));
    notes_of(step.id + " duration", fit.duration.notes);
    if (fit.duration.trend)
      note(fmt::format("{} duration: changes by {} a year, with probability {:.0f}%; the chain holds it as it was at the "
                       "snapshot, by that probability",
                       step.id, error(*fit.duration.trend), 100.0 * fit.duration.trend_weight));
    if (fit.patience && fit.patience->ok()) {
      add_duration(path + "/patience", *fit.patience);
      notes_of(step.id + " patience", fit.patience->notes);
    }
    if (fit.duration.worsening)
      remark(path + "/while_waiting", fmt::format("takes {} times as long", error(*fit.duration.worsening)));
    if (fit.duration.attribute >= 0)
      note(fmt::format("{} duration: differs by {}", step.id, carried_name(fit, fit.duration.attribute)));
    for (const std::int32_t attribute : fit.routes.attributes)
      note(fmt::format("{} routes: differ by {}", step.id, carried_name(fit, attribute)));
    notes_of(step.id + " routes", fit.routes.notes);
    for (const std::string& problem : fit.routes.problems) note(fmt::format("{} routes: {}", step.id, problem));
    if (fit.routes.ok()) add_routes(path, fit, step);
    if (fit.routes.siblings)
      remark(path + "/siblings", fmt::format("{}; {} pairs of siblings", error(*fit.routes.siblings),
                                             told_count(fit.routes.siblings->cases, options_.min_cell)));
    for (const HandoverFit& handover : fit.handovers)
      notes_of(fmt::format("{} to {}", step.id, step_name(handover.to)), handover.delay.notes);
  }

  void add_routes(const std::string& path, const StepFit& fit, const Step& step) {
    for (size_t b = 0; b < step.next.size(); ++b)
      for (const RouteShares& part : fit.routes.parts) {
        if (!is_branch(fit, part, step.next[b])) continue;
        for (size_t i = 0; i < part.shares.size(); ++i) {
          const std::string to = fit.outcomes[i] == kLeaves ? "out" : step_name(fit.outcomes[i]);
          std::string text = fmt::format("se {:.2g}; {}", part.shares[i].standard_error, cases(part.shares[i].cases));
          for (const HandoverFit& handover : fit.handovers)
            if (handover.to == fit.outcomes[i] && handover.delay.ok() && !handover.delay.parts.empty())
              text += fmt::format("; hand-over {}, {}", error(handover.delay.parts.back().mean, " days"),
                                  fit_quality(handover.delay));
          remark(fmt::format("{}/next/{}/to/{}", path, b, to), std::move(text));
        }
        break;
      }
  }

  /// Whether a branch holds the shares of a part.
  static bool is_branch(const StepFit& fit, const RouteShares& part, const Branch& branch) {
    size_t targets = 0;
    for (size_t i = 0; i < part.shares.size(); ++i) {
      if (!(part.shares[i].estimate > 0.0)) continue;
      if (targets >= branch.to.size() || branch.to[targets].share != part.shares[i].estimate) return false;
      ++targets;
    }
    return targets == branch.to.size() && !fit.outcomes.empty();
  }

  void add_returns(const ShareFit& fit) {
    remark("returns/share", fmt::format("{}; {}", error(fit.share), cases(fit.share.cases)));
    remark("returns/after", fmt::format("mean {}; the follow-up covers {:.0f}% of it", error(fit.delay.mean, " days"),
                                        100.0 * fit.follow_up));
    notes_of("returns", fit.notes);
  }

  std::vector<std::string> attributes_left_out() const {
    std::vector<std::string> names;
    const Monitor& monitor = evidence_.monitor();
    for (size_t a = 0; a < monitor.attributes.size(); ++a)
      if (std::find(evidence_.attributes().begin(), evidence_.attributes().end(), static_cast<std::int32_t>(a)) ==
          evidence_.attributes().end())
        names.push_back(monitor.attributes[a]);
    return names;
  }

  const Evidence& evidence_;
  const CalibrationOptions& options_;
  Calibration& fits_;
};

}  // namespace

std::string told_count(std::size_t cases, int min_cell) {
  if (min_cell <= 1) return fmt::format("{}", cases);
  if (cases < static_cast<size_t>(min_cell)) return fmt::format("under {}", min_cell);
  return fmt::format("about {}", (cases + 2) / 5 * 5);
}

void add_remarks(const Evidence& evidence, const CalibrationOptions& options, Calibration& fits) {
  Remarking(evidence, options, fits).add_all();
}

}  // namespace ketensim::chain
