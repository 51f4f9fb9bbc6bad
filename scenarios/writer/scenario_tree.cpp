// A scenario by the keys of its file.
#include "scenarios/writer/scenario_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "scenarios/loader/key_names.hpp"

namespace ketensim::writer {
namespace {

using std::size_t;

/// Digits enough for what is estimated: a relative error below one in a million.
std::string number(double value) { return fmt::format("{:.6g}", value); }

std::string days(double value, bool working) {
  return fmt::format("{:.6g} {}", value, working ? "working days" : "days");
}
std::string span(const Duration& duration) { return days(duration.days, duration.working); }

/// Shares with ten decimals that add up to 1: the largest takes what rounding leaves.
std::vector<std::string> share_texts(const std::vector<double>& shares) {
  std::vector<double> rounded;
  double rest = 1.0;
  for (const double share : shares) {
    rounded.push_back(std::round(share * 1e8) / 1e8);
    rest -= rounded.back();
  }
  if (!rounded.empty()) *std::max_element(rounded.begin(), rounded.end()) += rest;
  std::vector<std::string> texts;
  for (const double share : rounded) texts.push_back(fmt::format("{:.8g}", share));
  return texts;
}

template <class Key>
Tree shares_tree(const std::vector<std::pair<Key, double>>& shares) {
  std::vector<double> values;
  for (const auto& [key, share] : shares) values.push_back(share);
  const std::vector<std::string> texts = share_texts(values);
  Tree tree = Tree::line();
  for (size_t i = 0; i < shares.size(); ++i) tree.add(fmt::format("{}", shares[i].first), texts[i]);
  return tree;
}

// ---- Distributions

Tree figures_tree(const Distribution& d);

Tree points_tree(const Distribution& d) {
  Tree values = Tree::list(), weights = Tree::list();
  values.inline_ = weights.inline_ = true;
  for (const double point : d.points) values.push(Tree::of(days(point, d.working_days)));
  for (const double weight : d.weights) weights.push(Tree::of(number(weight)));
  if (d.kind == "uniform" || d.weights.empty()) return values;
  Tree tree;
  tree.add("values", std::move(values));
  tree.add("weights", std::move(weights));
  return tree;
}

Tree parts_tree(const Distribution& d) {
  Tree parts = Tree::list();
  for (size_t i = 0; i < d.parts.size(); ++i) {
    Tree part = Tree::line();
    part.add("weight", number(i < d.weights.size() ? d.weights[i] : 1.0));
    part.add(d.parts[i].kind, figures_tree(d.parts[i]));
    parts.push(std::move(part));
  }
  return parts;
}

/// What stands after the name of a distribution.
Tree figures_tree(const Distribution& d) {
  for (const DistributionKind& kind : distribution_kinds()) {
    if (kind.name != d.kind) continue;
    const auto figure = [&](const Key& key) {
      const double value = d.parameters.find(key.name)->second;
      return key.type == ValueType::duration ? days(value, d.working_days) : number(value);
    };
    switch (kind.form) {
      case DistributionForm::scalar:
        return Tree::of(figure(kind.keys.front()));
      case DistributionForm::parameters: {
        Tree tree = Tree::line();
        for (const Key& key : kind.keys)
          if (d.parameters.count(key.name)) tree.add(std::string(key.name), figure(key));
        return tree;
      }
      case DistributionForm::bounds:
      case DistributionForm::points:
        return points_tree(d);
      case DistributionForm::parts:
        return parts_tree(d);
    }
  }
  throw std::invalid_argument("no distribution is called " + d.kind);
}

bool is_short(const Distribution& d) { return d.kind != "empirical" && d.kind != "mixture"; }

void add_distribution(const Distribution& d, Tree& to) { to.add(d.kind, figures_tree(d)); }

Tree distribution_tree(const Distribution& d) {
  Tree tree;
  tree.inline_ = is_short(d);
  add_distribution(d, tree);
  return tree;
}

// ---- Parts of the chain

Tree conditions_tree(const std::vector<Condition>& when) {
  Tree tree = Tree::line();
  for (const Condition& condition : when) {
    if (condition.values.size() == 1) {
      tree.add(condition.attribute, quoted(condition.values.front()));
      continue;
    }
    Tree values = Tree::list();
    values.inline_ = true;
    for (const std::string& value : condition.values) values.push(Tree::of(quoted(value)));
    tree.add(condition.attribute, std::move(values));
  }
  return tree;
}

Tree organisations_tree(const Chain& chain) {
  Tree tree;
  for (const Organisation& organisation : chain.organisations) {
    Tree& of = tree.add(organisation.id, Tree());
    of.inline_ = organisation.per.empty();
    if (!organisation.name.empty()) of.add("name", quoted(organisation.name));
    if (!organisation.kind.empty()) of.add("kind", quoted(organisation.kind));
    if (organisation.per.empty()) continue;
    Tree& members = of.add("per", Tree()).add(organisation.per, Tree());
    for (const auto& [value, name] : organisation.members) members.add(value, quoted(name.empty() ? value : name));
  }
  return tree;
}

template <size_t N>
void add_factors(const char* key, const std::array<double, N>& factors, const std::array<std::string_view, N>& names,
                 Tree& to) {
  if (std::all_of(factors.begin(), factors.end(), [](double f) { return f == 1.0; })) return;
  Tree& tree = to.add(key, Tree::line());
  for (size_t i = 0; i < N; ++i) tree.add(std::string(names[i]), number(factors[i]));
}

Tree attribute_tree(const Stream::Attribute& attribute) {
  if (attribute.given.empty()) return shares_tree(attribute.shares);
  Tree tree;
  tree.add("given", attribute.given);
  Tree& by = tree.add("by", Tree());
  for (const auto& [value, shares] : attribute.by_value) by.add(value, shares_tree(shares));
  tree.add("otherwise", shares_tree(attribute.shares));
  return tree;
}

Tree stream_tree(const Stream& stream) {
  if (stream.recorded) throw std::invalid_argument("recorded arrivals are written to a file of their own");
  Tree tree;
  tree.add("to", stream.to);
  tree.add("rate", fmt::format("{:.6g} / year", stream.per_day * kDaysPerYear));
  if (stream.trend_per_year != 0.0) tree.add("trend", fmt::format("{:.6g}% / year", 100.0 * stream.trend_per_year));
  add_factors("month", stream.month, loader::kMonths, tree);
  add_factors("weekday", stream.weekday, loader::kWeekdays, tree);
  if (stream.school_holidays != 1.0) tree.add("school_holidays", number(stream.school_holidays));
  if (stream.public_holidays != 1.0) tree.add("public_holidays", number(stream.public_holidays));
  if (stream.day_dispersion > 0.0 || stream.month_dispersion > 0.0) {
    Tree& dispersion = tree.add("dispersion", Tree::line());
    if (stream.day_dispersion > 0.0) dispersion.add("day", number(stream.day_dispersion));
    if (stream.month_dispersion > 0.0) dispersion.add("month", number(stream.month_dispersion));
  }
  tree.add("children", shares_tree(stream.children));
  if (stream.attributes.empty()) return tree;
  Tree& attributes = tree.add("attributes", Tree());
  for (const Stream::Attribute& attribute : stream.attributes)
    attributes.add(attribute.name, attribute_tree(attribute));
  return tree;
}

Tree schedule_tree(const Schedule& schedule) {
  if (schedule.from.size() == 1) return Tree::of(number(schedule.from.front().second));
  Tree tree = Tree::line();
  for (const auto& [month, value] : schedule.from) tree.add(day_of(month).substr(0, 7), number(value));
  return tree;
}

Tree amount_tree(const Amount& amount) {
  if (amount.by_member.empty()) return schedule_tree(amount.common);
  Tree tree;
  for (const auto& [member, schedule] : amount.by_member) tree.add(member, schedule_tree(schedule));
  return tree;
}

Tree pool_tree(const Pool& pool) {
  Tree tree;
  if (pool.slots) tree.add("slots", amount_tree(*pool.slots));
  if (pool.cases_per_fte) tree.add("cases_per_fte", amount_tree(*pool.cases_per_fte));
  if (pool.fte) tree.add("fte", amount_tree(*pool.fte));
  std::array<double, 12> present{};
  for (size_t m = 0; m < 12; ++m) present[m] = pool.leave[m];
  if (std::any_of(present.begin(), present.end(), [](double share) { return share > 0.0; }) ||
      pool.leave_school_holidays > 0.0) {
    Tree& leave = tree.add("leave", Tree::line());
    for (size_t m = 0; m < 12; ++m)
      if (present[m] > 0.0) leave.add(std::string(loader::kMonths[m]), number(present[m]));
    if (pool.leave_school_holidays > 0.0) leave.add("school_holidays", number(pool.leave_school_holidays));
  }
  return tree;
}

// ---- Steps

Tree target_tree(const Target& target, const std::string& share) {
  if (!target.after) return Tree::of(share);
  Tree tree;
  tree.inline_ = is_short(*target.after);
  tree.add("share", share);
  tree.add("after", distribution_tree(*target.after));
  return tree;
}

Tree branch_tree(const Branch& branch) {
  Tree tree;
  if (!branch.when.empty()) tree.add("when", conditions_tree(branch.when));
  std::vector<double> shares;
  for (const Target& target : branch.to) shares.push_back(target.share);
  const std::vector<std::string> texts = share_texts(shares);
  Tree to;
  for (size_t i = 0; i < branch.to.size(); ++i) to.add(branch.to[i].to, target_tree(branch.to[i], texts[i]));
  if (branch.by == ChoiceRule::share) {
    tree.add("to", std::move(to));
    return tree;
  }
  Tree& choose = tree.add("choose", Tree());
  choose.add("among", std::move(to));
  choose.add("by", std::string(choice_rules()[static_cast<size_t>(branch.by)].name));
  return tree;
}

Tree duration_tree(const Step& step) {
  if (step.duration_of_class.empty()) return distribution_tree(step.duration);
  Tree tree = Tree::list();
  for (const DurationOfClass& of : step.duration_of_class) {
    Tree item;
    item.inline_ = is_short(of.duration);
    item.add("when", conditions_tree(of.when));
    add_distribution(of.duration, item);
    tree.push(std::move(item));
  }
  tree.push(distribution_tree(step.duration));
  return tree;
}

Tree worsening_tree(const Step& step) {
  Tree tree = Tree::list();
  for (const Worsening& worsening : step.while_waiting) {
    Tree item = Tree::line();
    item.add("after", span(worsening.after));
    if (worsening.duration_factor != 1.0) item.add("duration", fmt::format("x{:.6g}", worsening.duration_factor));
    if (!worsening.set.empty()) {
      Tree& set = item.add("set", Tree::line());
      for (const auto& [attribute, value] : worsening.set) set.add(attribute, quoted(value));
    }
    tree.push(std::move(item));
  }
  return tree;
}

Tree outcomes_tree(const Step& step) {
  Tree tree = Tree::list();
  for (const Outcome& outcome : step.set) {
    Tree item;
    if (!outcome.when.empty()) item.add("when", conditions_tree(outcome.when));
    item.add("to", Tree()).add(outcome.attribute, shares_tree(outcome.shares));
    tree.push(std::move(item));
  }
  return tree;
}

Tree texts_tree(const std::vector<std::string>& texts) {
  Tree tree = Tree::list();
  tree.inline_ = true;
  for (const std::string& text : texts) tree.push(Tree::of(quoted(text)));
  return tree;
}

Tree step_tree(const Step& step) {
  Tree tree;
  if (!step.pool.empty() && step.more_pools.empty()) tree.add("pool", step.pool);
  if (!step.more_pools.empty()) {
    std::vector<std::string> pools{step.pool};
    pools.insert(pools.end(), step.more_pools.begin(), step.more_pools.end());
    tree.add("pool", texts_tree(pools));
  }
  if (!step.order.empty()) tree.add("order", texts_tree(step.order));
  if (!step.hold_until.empty()) tree.add("hold_until", step.hold_until);
  tree.add("duration", duration_tree(step));
  Tree norm = Tree::line();
  if (step.norm.wait) norm.add("wait", span(*step.norm.wait));
  if (step.norm.service) norm.add("service", span(*step.norm.service));
  if (step.norm.lead_time) norm.add("lead_time", span(*step.norm.lead_time));
  if (!norm.empty()) tree.add("norm", std::move(norm));
  if (step.patience) {
    Tree& patience = tree.add("patience", distribution_tree(step.patience->after));
    if (step.patience->to != "out") patience.add("to", step.patience->to);
  }
  if (!step.while_waiting.empty()) tree.add("while_waiting", worsening_tree(step));
  if (step.help) tree.add("help", "true");
  if (!step.set.empty()) tree.add("set", outcomes_tree(step));
  if (step.siblings > 0.0) tree.add("siblings", number(step.siblings));
  Tree& next = tree.add("next", Tree::list());
  for (const Branch& branch : step.next) next.push(branch_tree(branch));
  return tree;
}

Tree time_tree(const Period& period) {
  Tree tree;
  tree.add("start", day_of(period.start));
  tree.add("end", day_of(period.end));
  if (period.chooses_warm_up)
    tree.add("warm_up", "auto");
  else if (period.warm_up.days > 0.0)
    tree.add("warm_up", span(period.warm_up));
  tree.add("calendar", period.calendar == CalendarKind::continuous ? "continuous" : "netherlands");
  if (period.resolution == Resolution::day) tree.add("resolution", "day");
  if (period.handed_over_on_working_days) tree.add("handovers", "working_days");
  constexpr std::array kRegions{"noord", "midden", "zuid"};
  tree.add("region", kRegions[static_cast<size_t>(period.region)]);
  constexpr std::array kReports{"week", "month", "quarter", "year", "all"};
  tree.add("report", kReports[static_cast<size_t>(period.report)]);
  return tree;
}

Tree warn_tree(const Warn& warn) {
  Tree tree;
  tree.add("norm_met_below", number(warn.norm_met_below));
  if (warn.queue_above.empty()) return tree;
  Tree& queues = tree.add("queue_above", Tree());
  for (const auto& [step, cases] : warn.queue_above) queues.add(step, number(cases));
  return tree;
}

Tree precision_tree(const Precision& precision) {
  Tree tree = Tree::line();
  tree.add("indicator", precision.indicator);
  tree.add("relative", number(precision.relative));
  if (!precision.at.empty()) tree.add("at", precision.at);
  tree.add("at_most", std::to_string(precision.at_most));
  return tree;
}

}  // namespace

std::string day_of(Date date) {
  const std::chrono::year_month_day day{date};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

Tree tree_of(const Scenario& scenario, const Chain& chain) {
  if (!scenario.interventions.empty()) throw std::invalid_argument("interventions are not written");
  Tree tree;
  tree.add("format", "ketensim/1");
  tree.add("name", quoted(scenario.name));
  tree.add("time", time_tree(scenario.period));
  if (scenario.state) {
    tree.add("snapshot", day_of(scenario.state->snapshot));
    tree.add("start_from", "state.csv");
  }
  if (!scenario.drawn.empty()) tree.add("draws", "draws.csv");
  tree.add("replications", std::to_string(scenario.replications));
  if (scenario.precision) tree.add("precision", precision_tree(*scenario.precision));
  tree.add("seed", std::to_string(scenario.seed));
  if (scenario.staffing_uncertainty > 0.0)
    tree.add("uncertainty", Tree::line()).add("staffing", number(scenario.staffing_uncertainty));
  if (const Warn usual; scenario.warn.norm_met_below != usual.norm_met_below || !scenario.warn.queue_above.empty())
    tree.add("warn", warn_tree(scenario.warn));
  tree.add("organisations", organisations_tree(chain));
  Tree& arrivals = tree.add("arrivals", Tree());
  for (const Stream& stream : chain.streams) arrivals.add(stream.id, stream_tree(stream));
  if (!chain.pools.empty()) {
    Tree& pools = tree.add("pools", Tree());
    for (const Pool& pool : chain.pools) pools.add(pool.id, pool_tree(pool));
  }
  Tree& steps = tree.add("steps", Tree());
  for (const Step& step : chain.steps) steps.add(step.id, step_tree(step));
  if (chain.returns) {
    Tree& returns = tree.add("returns", Tree());
    returns.add("share", number(chain.returns->share));
    returns.add("after", distribution_tree(chain.returns->after));
    returns.add("to", chain.returns->to);
  }
  return tree;
}

}  // namespace ketensim::writer
