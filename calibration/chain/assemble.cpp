#include "calibration/chain/assemble.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace ketensim::chain {
namespace {

using std::size_t;

constexpr const char *kLate = "yes", *kNotLate = "no";

/// Builds the chain part by part, always in the same order, so that draws of one number are drawn alike.
class Assembly {
 public:
  Assembly(const Evidence& evidence, const Calibration& fits, Figures& figures)
      : evidence_(evidence),
        monitor_(evidence.monitor()),
        fits_(fits),
        figures_(figures),
        pools_(pools_of(evidence, fits.capacity)) {}

  Chain chain() && {
    add_organisations();
    for (const StreamFit& stream : fits_.streams) add_stream(stream);
    for (const PoolPlan& pool : pools_) add_pool(pool);
    for (const StepFit& fit : fits_.steps) add_step(fit);
    if (fits_.returns) {
      Returns& returns = chain_.returns.emplace();
      std::tie(returns.share, returns.after) = figures_.share_and_delay(*fits_.returns);
      returns.to = step_name(fits_.returns_to);
    }
    return std::move(chain_);
  }

 private:
  const std::string& step_name(std::int32_t step) const { return monitor_.steps[static_cast<size_t>(step)].id; }
  std::string attribute_name(std::int32_t attribute) const {
    return monitor_.attributes[static_cast<size_t>(attribute)];
  }
  std::string value_name(std::int32_t attribute, std::int32_t value) const {
    return std::string(evidence_.value_name(attribute, value));
  }
  /// The attribute of a number in DurationCase::classes; kUnknown: whether the wait was long.
  std::int32_t carried(std::int32_t place) const {
    const auto& attributes = evidence_.attributes();
    return static_cast<size_t>(place) < attributes.size() ? attributes[static_cast<size_t>(place)] : kUnknown;
  }
  bool has_steps(const std::string& organisation) const {
    return std::any_of(fits_.steps.begin(), fits_.steps.end(), [&](const StepFit& fit) {
      return monitor_.steps[static_cast<size_t>(fit.step)].organisation == organisation;
    });
  }

  void add_organisations() {
    for (const PartnerPlan& plan : evidence_.plan().organisations) {
      if (!has_steps(plan.id)) continue;
      Organisation& organisation = chain_.organisations.emplace_back();
      organisation.id = plan.id;
      organisation.name = plan.name;
      organisation.kind = plan.kind;
      organisation.per = plan.per;
      if (plan.per.empty()) continue;
      for (const AttributeShares& shares : fits_.attributes) {
        if (attribute_name(shares.attribute) != plan.per) continue;
        for (const auto& [value, count] : shares.counts) {
          const std::string member = value_name(shares.attribute, value);
          const auto named = std::find_if(plan.members.begin(), plan.members.end(),
                                          [&](const auto& known) { return known.first == member; });
          organisation.members.emplace_back(member, named == plan.members.end() ? member : named->second);
        }
        break;
      }
    }
  }

  std::vector<std::pair<std::string, double>> named_shares(const AttributeShares& of,
                                                           const std::vector<size_t>& counts) {
    const std::vector<double> shares = figures_.shares(counts);
    std::vector<std::pair<std::string, double>> named;
    for (size_t i = 0; i < counts.size(); ++i)
      named.emplace_back(value_name(of.attribute, of.counts[i].first), shares[i]);
    return named;
  }
  static std::vector<size_t> totals(const AttributeShares& of) {
    std::vector<size_t> counts;
    for (const auto& [value, count] : of.counts) counts.push_back(count);
    return counts;
  }

  void add_stream(const StreamFit& fit) {
    Stream& stream = chain_.streams.emplace_back();
    stream.id = fits_.streams.size() == 1 ? "reports" : "to_" + step_name(fit.to);
    std::replace(stream.id.begin(), stream.id.end(), '.', '_');
    stream.to = step_name(fit.to);
    const ArrivalPattern pattern = figures_.arrivals(fit.arrivals);
    stream.per_day = pattern.per_day;
    stream.trend_per_year = pattern.trend_per_year;
    stream.month = pattern.month;
    stream.weekday = pattern.weekday;
    stream.school_holidays = pattern.school_holidays;
    stream.public_holidays = pattern.public_holidays;
    stream.day_dispersion = pattern.day_dispersion;
    stream.month_dispersion = pattern.month_dispersion;
    std::vector<size_t> families;
    for (const auto& [size, count] : fit.sizes) families.push_back(count);
    if (fit.sizes.front().first == 1) families.front() = figures_.left_of(families.front(), fit.returned);
    const std::vector<double> shares = figures_.shares(families);
    stream.children.clear();
    for (size_t i = 0; i < shares.size(); ++i) stream.children.emplace_back(fit.sizes[i].first, shares[i]);
    for (const AttributeShares& of : fits_.attributes) {
      Stream::Attribute& attribute = stream.attributes.emplace_back();
      attribute.name = attribute_name(of.attribute);
      attribute.shares = named_shares(of, totals(of));
      if (of.given == kUnknown) continue;
      attribute.given = attribute_name(of.given);
      for (const auto& [value, counts] : of.by_value)
        attribute.by_value.emplace_back(value_name(of.given, value), named_shares(of, counts));
    }
    for (const StepFit& step : fits_.steps)
      if (step.routes_worsen_after > 0.0)
        stream.attributes.push_back({late_attribute(evidence_, step.step), {{kNotLate, 1.0}, {kLate, 0.0}}});
  }

  // ---- Pools

  Schedule schedule_of(const CapacityFit& fit) const {
    Schedule schedule;
    for (const MonitorCapacity& month : monitor_.capacity)
      if (month.organisation == fit.organisation && month.step == fit.reported_at)
        schedule.from.emplace_back(month.month, month.fte);
    std::sort(schedule.from.begin(), schedule.from.end());
    return schedule;
  }

  double caseload_of(const CapacityFit& fit, const CommonCaseload& common) {
    if (fit.limits) return figures_.positive(fit.cases_per_fte);
    const Estimate assumed{common.mean, common.spread};
    return std::max(figures_.positive(assumed), fit.busiest + 1e-6);
  }

  void add_pool(const PoolPlan& plan) {
    Pool& pool = chain_.pools.emplace_back();
    pool.id = plan.id;
    const bool members = is_group(plan.organisation);
    const CommonCaseload common = common_caseload(plan);
    for (const CapacityFit* fit : plan.members) {
      const Schedule fte = schedule_of(*fit);
      const std::string name(fit->organisation == kUnknown
                                 ? std::string_view()
                                 : monitor_.organisations[static_cast<size_t>(fit->organisation)]);
      const auto put = [&](std::optional<Amount>& amount, Schedule schedule) {
        if (!amount) amount.emplace();
        if (members)
          amount->by_member.emplace_back(name, std::move(schedule));
        else
          amount->common = std::move(schedule);
      };
      const auto constant = [](double value) { return Schedule{{{Date{}, value}}}; };
      if (fte.from.empty()) {
        put(pool.slots, constant(std::max(1.0, std::round(fit->slots.estimate))));
      } else {
        put(pool.fte, fte);
        put(pool.cases_per_fte, constant(caseload_of(*fit, common)));
      }
    }
  }

  bool is_group(const std::string& organisation) const {
    const auto& plans = evidence_.plan().organisations;
    return std::any_of(plans.begin(), plans.end(),
                       [&](const PartnerPlan& plan) { return plan.id == organisation && !plan.per.empty(); });
  }

  // ---- Steps

  Condition condition(std::int32_t attribute, const std::vector<std::int32_t>& values) const {
    Condition of{attribute_name(attribute), {}};
    for (const std::int32_t value : values)
      if (value >= 0) of.values.push_back(value_name(attribute, value));
    return of;
  }

  /// A trend holds as far as it had come at the snapshot, and goes no further; as far as it is likely that there is one.
  double grown(const DurationFit& fit) {
    if (!fit.trend || fit.family == "empirical") return 1.0;
    const double years = moment_of(monitor_.until) / kDaysPerYear - fit.trend_origin;
    return std::exp(years * figures_.log_growth(fit));
  }

  void set_duration(const DurationFit& fit, Step& step) {
    if (!fit.ok() || fit.parts.empty()) {
      step.duration.kind = "deterministic";
      step.duration.parameters["mean"] = 0.0;
      return;
    }
    const double scale = grown(fit);
    for (size_t part = 0; part + 1 < fit.parts.size(); ++part) {
      const std::int32_t attribute = carried(fit.attribute);
      step.duration_of_class.push_back(
          {{condition(attribute, fit.parts[part].values)}, figures_.duration(fit, part, scale)});
    }
    step.duration = figures_.duration(fit, fit.parts.size() - 1, scale);
  }

  /// Longer than `days`, on the chain's own scale: where dates alone are kept, from the next day on.
  Duration beyond(double days) const { return {evidence_.daily() ? std::floor(days) + 1.0 : days, false}; }

  void set_worsening(const StepFit& fit, Step& step) {
    if (fit.duration.worsening) {
      step.while_waiting.push_back(
          {beyond(fit.duration.worsens_after), figures_.positive(*fit.duration.worsening), {}});
    }
    if (!(fit.routes_worsen_after > 0.0)) return;
    const Duration after = beyond(fit.routes_worsen_after);
    if (step.while_waiting.empty() || !(step.while_waiting.back().after == after))
      step.while_waiting.push_back({after, 1.0, {}});
    step.while_waiting.back().set.emplace_back(late_attribute(evidence_, fit.step), kLate);
  }

  std::vector<Target> targets_of(const StepFit& fit, const RouteShares& part) {
    const std::vector<double> shares = figures_.shares(part);
    std::vector<Target> targets;
    for (size_t i = 0; i < shares.size(); ++i) {
      if (!(shares[i] > 0.0)) continue;
      Target& target = targets.emplace_back();
      target.to = fit.outcomes[i] == kLeaves ? "out" : step_name(fit.outcomes[i]);
      target.share = shares[i];
      for (const auto& [to, delay] : delays_)
        if (to == fit.outcomes[i]) target.after = delay;
    }
    return targets;
  }

  void set_routes(const StepFit& fit, Step& step) {
    delays_.clear();
    for (const HandoverFit& handover : fit.handovers)
      if (handover.delay.ok() && !handover.delay.parts.empty())
        delays_.emplace_back(handover.to, figures_.duration(handover.delay, handover.delay.parts.size() - 1));
    if (!fit.routes.ok()) {
      step.next.push_back({{}, {Target{"out", 1.0, {}}}});
      return;
    }
    std::vector<Branch> late, others;
    for (const RouteShares& part : fit.routes.parts) {
      Branch branch{{}, targets_of(fit, part)};
      bool is_late = false;
      for (const auto& [place, value] : part.when) {
        const std::int32_t attribute = carried(place);
        if (attribute != kUnknown)
          branch.when.push_back(condition(attribute, {value}));
        else if (value == 1)
          is_late = true;
      }
      if (is_late) branch.when.push_back({late_attribute(evidence_, fit.step), {kLate}});
      // The shares of those who waited little stand for all who did not wait long, and close the list.
      (is_late ? late : others).push_back(std::move(branch));
    }
    step.next = std::move(late);
    for (Branch& branch : others) {
      step.next.push_back(std::move(branch));
      if (step.next.back().when.empty()) break;  // holds for everyone
    }
  }

  void set_pool(const StepFit& fit, Step& step) {
    for (const PoolPlan& pool : pools_) {
      if (pool.claimed_at != fit.step) continue;
      step.pool = pool.id;
      if (pool.held_until != kUnknown && pool.held_until != fit.step) step.hold_until = step_name(pool.held_until);
      if (pool.telling->order.attribute != kUnknown)
        step.order = {attribute_name(pool.telling->order.attribute), "received"};
    }
  }

  void add_step(const StepFit& fit) {
    Step& step = chain_.steps.emplace_back();
    step.id = step_name(fit.step);
    set_pool(fit, step);
    set_duration(fit.duration, step);
    for (const auto& [name, norm] : evidence_.plan().norms)
      if (name == step.id) step.norm = norm;
    const auto& help = evidence_.plan().help;
    step.help = std::find(help.begin(), help.end(), step.id) != help.end();
    if (fit.patience && fit.patience->ok() && !fit.patience->parts.empty())
      step.patience = Patience{figures_.duration(*fit.patience, fit.patience->parts.size() - 1)};
    set_worsening(fit, step);
    set_routes(fit, step);
    if (fit.routes.siblings) step.siblings = figures_.share(*fit.routes.siblings);
  }

  const Evidence& evidence_;
  const Monitor& monitor_;
  const Calibration& fits_;
  Figures& figures_;
  std::vector<PoolPlan> pools_;
  std::vector<std::pair<std::int32_t, Distribution>> delays_;  // hand-overs of the step at hand
  Chain chain_;
};

}  // namespace

std::string late_attribute(const Evidence& evidence, std::int32_t step) {
  std::string name = "late_" + evidence.monitor().steps[static_cast<size_t>(step)].id;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

Chain assemble(const Evidence& evidence, const Calibration& fits, Figures& figures) {
  return Assembly(evidence, fits, figures).chain();
}

}  // namespace ketensim::chain
