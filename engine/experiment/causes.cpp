#include "ketensim/causes.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <numeric>
#include <set>

#include "engine/experiment/levers.hpp"
#include "engine/statistics/indicators.hpp"
#include "ketensim/simulate.hpp"

namespace ketensim {
namespace {

constexpr double kAmple = 1e6;  // slots

/// Leaves out the interventions of some kinds; whether there were any.
template <class Leave>
bool leave_out(Scenario& scenario, Leave leave) {
  return std::erase_if(scenario.interventions, leave) > 0;
}

bool is_any_of(const Intervention& intervention, std::initializer_list<std::string_view> kinds) {
  return std::find(kinds.begin(), kinds.end(), intervention.kind) != kinds.end();
}

/// The same yearly mean, evenly; whether it was not.
bool even_out(Stream& stream) {
  if (stream.recorded) return false;
  Stream even = stream;
  even.month.fill(1.0);
  even.school_holidays = even.public_holidays = 1.0;
  even.day_dispersion = even.month_dispersion = 0.0;
  const bool was_uneven = even.month != stream.month || stream.school_holidays != 1.0 ||
                          stream.public_holidays != 1.0 || stream.day_dispersion != 0.0 ||
                          stream.month_dispersion != 0.0;
  stream = std::move(even);
  return was_uneven;
}

bool even_out(Chain& chain) {
  bool uneven = false;
  for (Stream& stream : chain.streams) uneven |= even_out(stream);
  return uneven;
}

bool even_out_arrivals(Scenario& scenario) {
  bool uneven = even_out(scenario.chain);
  for (std::shared_ptr<const Chain>& drawn : scenario.drawn) {
    auto even = std::make_shared<Chain>(*drawn);
    uneven |= even_out(*even);
    drawn = std::move(even);
  }
  return uneven;
}

/// The scenario with all causes up to this one taken away: from the one with all before it taken away.
Counterfactual take_away(Cause cause, Scenario& scenario) {
  Counterfactual counterfactual;
  counterfactual.without = cause;
  std::vector<Intervention> more;
  switch (cause) {
    case Cause::release:
      counterfactual.fewer = leave_out(scenario, [](const Intervention& i) {
        return is_any_of(i, {"release", "wip_limit"});
      });
      break;
    case Cause::upstream:
      counterfactual.fewer = leave_out(scenario, [](const Intervention& i) {
        return i.kind == "clear_backlog" || (i.kind == "arrivals" && i.settings.has("until"));
      });
      counterfactual.even_arrivals = even_out_arrivals(scenario);
      break;
    case Cause::leave: {
      const Model model = compile(scenario, lay_out_periods(scenario.period).cells);
      for (std::uint32_t pool = 1; pool < model.pools.size(); ++pool)
        for (Intervention& lever : spread_leave(model, pool)) more.push_back(std::move(lever));
      break;
    }
    case Cause::priority:
      counterfactual.fewer = leave_out(scenario, [](const Intervention& i) {
        return is_any_of(i, {"order", "reserve"});
      });
      for (const Step& step : scenario.chain.steps)
        if (!step.order.empty() && step.order != std::vector<std::string>{"received"})
          more.push_back(
              {"order",
               {{{"step", step.id}, {"from", origin_of(scenario)}, {"order", std::vector<std::string>{"received"}}}}});
      break;
    case Cause::capacity:
      // Who is absent is not missed, and needs not be drawn.
      counterfactual.fewer = leave_out(scenario, [](const Intervention& i) {
        return is_any_of(i, {"sick_leave", "turnover"});
      });
      for (const Pool& pool : scenario.chain.pools)
        more.push_back(capacity_change(pool.id, origin_of(scenario), {Change::Kind::set_slots, kAmple}));
      break;
    case Cause::closed:
      break;
  }
  counterfactual.same = !counterfactual.fewer && !counterfactual.even_arrivals && more.empty();
  scenario.interventions.insert(scenario.interventions.end(), more.begin(), more.end());
  counterfactual.more = std::move(more);
  return counterfactual;
}

/// Which cases are told of apart at each step: all, and those of each value of one attribute.
struct Groups {
  std::vector<std::uint32_t> attribute;  // per step, or kNone
  std::vector<std::size_t> first;        // per step: place of `all`; its values follow
  std::size_t places = 0;

  explicit Groups(const Model& model) {
    for (const StepModel& step : model.steps) {
      attribute.push_back(kNone);
      for (const OrderKey& key : model.orders[step.order])
        if (key.kind == OrderKey::Kind::attribute) {
          attribute.back() = key.attribute;
          break;
        }
      first.push_back(places);
      places += 1 + (attribute.back() == kNone ? 0 : model.values[attribute.back()].size());
    }
  }
};

/// Case-days waited in the reported period, by the places of Groups.
class WaitingObserver : public Observer {
 public:
  WaitingObserver(const Groups& groups, double start, double end, std::vector<double>& into)
      : groups_(groups), start_(start), end_(end), into_(into) {
    into_.assign(groups.places, 0.0);
  }
  void visit(const Visit& visit) override {
    const double last = !std::isnan(visit.started) ? visit.started : !std::isnan(visit.ended) ? visit.ended : end_;
    const double days = std::min(last, end_) - std::max(visit.received, start_);
    if (!(days > 0.0)) return;
    const std::size_t place = groups_.first[visit.step];
    into_[place] += days;
    if (const std::uint32_t attribute = groups_.attribute[visit.step]; attribute != kNone)
      into_[place + 1 + visit.attributes[attribute]] += days;
  }

 private:
  const Groups& groups_;
  const double start_, end_;
  std::vector<double>& into_;
};

}  // namespace

Causes waiting_causes(const Scenario& scenario, const CausesOptions& options) {
  Scenario counterfactual = scenario;
  counterfactual.text.clear();
  counterfactual.period.report = Report::all;
  const Model model = compile(counterfactual, lay_out_periods(counterfactual.period).cells);
  const Groups groups(model);

  Causes causes;
  std::vector<Scenario> scenarios{counterfactual};
  std::array<std::size_t, kCauses> run_of{};  // which of the scenarios is without the cause
  for (std::size_t c = 0; c < kCauses; ++c) {
    causes.counterfactuals.push_back(take_away(static_cast<Cause>(c), counterfactual));
    if (!causes.counterfactuals.back().same) scenarios.push_back(counterfactual);
    run_of[c] = scenarios.size() - 1;
  }

  const auto replications = static_cast<std::size_t>(scenario.replications);
  std::vector<std::vector<std::vector<double>>> waited(scenarios.size(),
                                                       std::vector<std::vector<double>>(replications));
  RunOptions run;
  run.threads = options.threads;
  run.progress = options.progress;
  run.observe = [&](std::size_t s, int replication) {
    return std::make_unique<WaitingObserver>(groups, model.start, model.end,
                                             waited[s][static_cast<std::size_t>(replication)]);
  };
  const std::vector<Results> results = simulate(scenarios, run);

  /// Of a figure [scenario][replication]: the whole, and what each cause takes from it.
  const auto tell = [&](std::string organisation, std::string step, std::string cases, auto figure) {
    WaitingCauses told{std::move(organisation), std::move(step), std::move(cases), {}, {}};
    std::vector<double> values(replications);
    for (std::size_t r = 0; r < replications; ++r) values[r] = figure(std::size_t{0}, r);
    told.waiting = summarise(values);
    for (std::size_t c = 0; c < kCauses; ++c) {
      values.resize(replications);
      for (std::size_t r = 0; r < replications; ++r) {
        const double before = figure(c == 0 ? 0 : run_of[c - 1], r);
        values[r] = static_cast<Cause>(c) == Cause::closed ? before : before - figure(run_of[c], r);
      }
      told.parts[c] = summarise(values);
    }
    causes.steps.push_back(std::move(told));
  };
  const double days = model.end - model.start;
  for (std::size_t s = 0; s < model.steps.size(); ++s) {
    const auto of = [&](std::size_t place) {
      return [&, place](std::size_t variant, std::size_t r) { return waited[variant][r][place] / days; };
    };
    const std::string &organisation = model.organisation_of(s), &step = model.step_names[s];
    tell(organisation, step, "all", of(groups.first[s]));
    const std::uint32_t attribute = groups.attribute[s];
    if (attribute == kNone) continue;
    for (std::size_t v = 0; v < model.values[attribute].size(); ++v)
      tell(organisation, step, model.attributes[attribute] + "=" + model.values[attribute][v],
           of(groups.first[s] + 1 + v));
  }
  const std::size_t all = results.front().find("chain", "all", "waiting_mean");
  const std::size_t whole = results.front().find_period("all");
  tell("chain", "all", "all",
       [&](std::size_t variant, std::size_t r) { return results[variant].value(static_cast<int>(r), all, whole); });
  return causes;
}

}  // namespace ketensim
