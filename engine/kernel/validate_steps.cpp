#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "engine/kernel/case_classes.hpp"
#include "engine/kernel/compilation.hpp"
#include "engine/kernel/validation.hpp"

namespace ketensim {
namespace {

constexpr double kLongestDays = 1000.0 * kDaysPerYear;
constexpr double kMostClasses = 100'000.0;

void check_pool_of(const Keys& at, const Step& step, const std::string& name, const ChainNames& names,
                   Findings& findings) {
  const auto pool = names.pool(name);
  if (!pool) {
    findings.unknown(at, "pool", name, names.all_pools());
    return;
  }
  const std::string pool_owner = organisation_part(name);
  const Organisation* group = names.organisation(pool_owner);
  if (group && !group->per.empty() && pool_owner != organisation_part(step.id))
    findings.error(at, fmt::format("pool {} is one pool for each {}: only steps of {} can work with it", name,
                                   group->per, pool_owner));
}

void check_hold(const Keys& at, const Step& step, const ChainNames& names, Findings& findings) {
  const auto until = names.step(step.hold_until);
  if (!until)
    findings.unknown(at, "step", step.hold_until, names.all_steps(false));
  else if (!until->member.empty())
    findings.error(at, "name the step of the whole organisation, not that of one member");
  else if (step.hold_until == step.id)
    findings.error(at, "a step keeps its slot until it ends anyway: leave this out");
  if (step.pool.empty()) findings.error(at, fmt::format("{} has no pool, so it has no slot to keep", step.id));
}

void check_norm(const Keys& at, const Norm& norm, Findings& findings) {
  const auto check = [&](const char* key, const std::optional<Duration>& term) {
    if (term && !(term->days > 0.0 && term->days <= kLongestDays))
      findings.error(at / key, fmt::format("a norm must be above 0 and at most 1000 years, not {} days", term->days));
  };
  check("wait", norm.wait);
  check("service", norm.service);
  check("lead_time", norm.lead_time);
}

/// Returns whether attribute and value are known.
bool check_value(const Keys& at, const std::string& attribute, const std::string& value, const ChainNames& names,
                 Findings& findings) {
  const ChainNames::Attribute* known = names.attribute(attribute);
  if (!known) return false;
  if (known->rank(value)) return true;
  findings.unknown(at, "value of " + attribute, value, known->values);
  return false;
}

void check_worsening(const Keys& at, const Worsening& worsening, const ChainNames& names, Findings& findings) {
  if (!(worsening.after.days > 0.0 && worsening.after.days <= kLongestDays))
    findings.error(at / "after",
                   fmt::format("this must be above 0 and at most 1000 years, not {} days", worsening.after.days));
  if (!(worsening.duration_factor > 0.0 && worsening.duration_factor <= 1000.0))
    findings.error(at / "duration",
                   fmt::format("the factor must be above 0 and at most 1000, not {}", worsening.duration_factor));
  for (const auto& [attribute, value] : worsening.set) {
    const Keys here = at / "set" / attribute;
    if (!names.attribute(attribute)) findings.unknown(here, "attribute", attribute, names.all_attributes());
    check_value(here, attribute, value, names, findings);
  }
}

void check_coverage(const Keys& at, const std::vector<Branch>& branches, const ChainNames& names, Findings& findings) {
  if (branches.empty() || branches.back().when.empty()) return;
  std::vector<const CaseClasses::When*> all;
  for (const Branch& branch : branches) all.push_back(&branch.when);
  const CaseClasses classes(all, names);
  if (classes.count() > kMostClasses) {
    findings.error(at,
                   "too many combinations of attributes to see whether each has a branch: end with a branch without "
                   "`when`");
    return;
  }
  CaseClasses::Class at_class = classes.first();
  do {
    if (classes.branch(branches, at_class)) continue;
    findings.error(
        at, fmt::format("no branch for a case with {}: end with a branch without `when`", classes.describe(at_class)));
    return;
  } while (classes.advance(at_class));
}

void check_next(const Keys& at, const Step& step, const ChainNames& names, Findings& findings) {
  if (step.next.empty()) findings.error(at, fmt::format("{} leads nowhere: name at least one branch", step.id));
  bool known = true;
  for (std::size_t i = 0; i < step.next.size(); ++i) {
    const Branch& branch = step.next[i];
    known &= check_conditions(at / i / "when", branch.when, names, findings);
    if (i > 0 && step.next[i - 1].when.empty())
      findings.error(at / i, "this branch is never taken: the one before it has no `when`");
    if (branch.to.empty()) {
      findings.error(at / i, "this branch leads nowhere: give `to`, or `choose`");
      continue;
    }
    check_targets(at / i / (branch.by == ChoiceRule::share ? "to" : "choose"), branch.to, names, findings);
    for (const Target& target : branch.to)
      if (branch.by != ChoiceRule::share && target.to == "out")
        findings.error(at / i / "choose", "`out` is not a step among which can be chosen: give a branch of its own");
  }
  if (known) check_coverage(at, step.next, names, findings);
}

void check_pools_of(const Keys& at, const Step& step, const ChainNames& names, Findings& findings) {
  if (!step.pool.empty()) check_pool_of(at, step, step.pool, names, findings);
  std::set<std::string> taken{step.pool};
  for (std::size_t i = 0; i < step.more_pools.size(); ++i) {
    const std::string& pool = step.more_pools[i];
    check_pool_of(at / (i + 1), step, pool, names, findings);
    if (!taken.insert(pool).second) findings.error(at / (i + 1), fmt::format("pool {} is named twice", pool));
  }
}

void check_outcomes(const Keys& at, const Step& step, const ChainNames& names, Findings& findings) {
  constexpr std::size_t kMostOutcomes = 4;  // the words of one draw
  if (step.set.size() > kMostOutcomes)
    findings.error(at, fmt::format("a step can set at most {} attributes", kMostOutcomes));
  for (const Outcome& outcome : step.set) {
    const Keys here = at / outcome.attribute;
    if (!is_identifier(outcome.attribute))
      findings.error(here, "an attribute is a letter followed by letters, digits, `_` or `-`");
    check_conditions(at / "when", outcome.when, names, findings);
    double total = 0.0;
    for (const auto& [value, share] : outcome.shares) {
      findings.within(here / value, "a share", share, 0.0, 1.0);
      total += share;
    }
    findings.adds_to_one(here, "the shares", total);
    for (const Organisation* group : names.groups_per(outcome.attribute))
      for (const auto& [value, share] : outcome.shares)
        if (std::none_of(group->members.begin(), group->members.end(),
                         [&, &name = value](const auto& member) { return member.first == name; }))
          findings.error(here / value,
                         fmt::format("{} has no member `{}` to which such a case could go", group->id, value));
  }
}

void check_duration(const Keys& at, const Step& step, const ChainNames& names, Findings& findings) {
  const std::size_t classes = step.duration_of_class.size();
  for (std::size_t i = 0; i < classes; ++i) {
    const DurationOfClass& of_class = step.duration_of_class[i];
    check_conditions(at / i / "when", of_class.when, names, findings);
    if (of_class.when.empty()) findings.error(at / i, "the durations after this one are never used: it has no `when`");
    findings.distribution(at / i, of_class.duration);
  }
  if (classes == 0)
    findings.distribution(at, step.duration);
  else if (step.duration.kind.empty())
    findings.error(at, "end with a duration without `when`, for all other cases");
  else
    findings.distribution(at / classes, step.duration);
}

void check_step(const Step& step, const ChainNames& names, Findings& findings) {
  const Keys at = Keys("steps") / step.id;
  check_owner(at, "step", step.id, names, findings);
  check_pools_of(at / "pool", step, names, findings);
  check_outcomes(at / "set", step, names, findings);
  check_order(at / "order", step.order, names, findings);
  check_duration(at / "duration", step, names, findings);
  check_norm(at / "norm", step.norm, findings);
  if (step.patience) {
    findings.distribution(at / "patience", step.patience->after);
    if (step.patience->to != "out" && !names.step(step.patience->to))
      findings.unknown(at / "patience" / "to", "step", step.patience->to, names.all_steps(true));
  }
  for (std::size_t i = 0; i < step.while_waiting.size(); ++i)
    check_worsening(at / "while_waiting" / i, step.while_waiting[i], names, findings);
  if (!step.hold_until.empty()) check_hold(at / "hold_until", step, names, findings);
  if (!(step.siblings >= 0.0 && step.siblings <= 1.0))
    findings.error(at / "siblings", fmt::format("a share lies between 0 and 1, not {}", step.siblings));
  check_next(at / "next", step, names, findings);
}

}  // namespace

bool check_conditions(const Keys& at, const std::vector<Condition>& when, const ChainNames& names, Findings& findings) {
  bool known = true;
  for (const Condition& condition : when) {
    const Keys here = at / condition.attribute;
    if (!names.attribute(condition.attribute)) {
      findings.unknown(here, "attribute", condition.attribute, names.all_attributes());
      known = false;
    }
    if (condition.values.empty()) findings.error(here, "name at least one value");
    for (const std::string& value : condition.values)
      known &= check_value(here, condition.attribute, value, names, findings);
  }
  return known;
}

void check_order(const Keys& at, const std::vector<std::string>& order, const ChainNames& names, Findings& findings) {
  std::vector<std::string> known = names.all_attributes();
  for (const Word& row : queue_orders()) known.emplace_back(row.name);
  for (std::size_t i = 0; i < order.size(); ++i)
    if (std::find(known.begin(), known.end(), order[i]) == known.end())
      findings.unknown(at / i, "order or attribute", order[i], known);
}

void check_targets(const Keys& at, const std::vector<Target>& targets, const ChainNames& names, Findings& findings) {
  double total = 0.0;
  for (const Target& target : targets) {
    const Keys here = at / target.to;
    if (target.to != "out" && !names.step(target.to)) findings.unknown(here, "step", target.to, names.all_steps(true));
    findings.within(here, "a share", target.share, 0.0, 1.0);
    if (target.after) findings.distribution(here / "after", *target.after);
    total += target.share;
  }
  findings.adds_to_one(at, "the shares", total);
}

void check_steps(const Chain& chain, const ChainNames& names, Findings& findings) {
  if (chain.steps.empty()) findings.error("steps", "a chain needs at least one step");
  std::set<std::string> taken;
  for (const Step& step : chain.steps) {
    if (!taken.insert(step.id).second)
      findings.error(Keys("steps") / step.id, fmt::format("there are two steps `{}`", step.id));
    check_step(step, names, findings);
  }
}

void check_returns(const Chain& chain, const ChainNames& names, Findings& findings) {
  if (!chain.returns) return;
  const Keys at("returns");
  if (!(chain.returns->share >= 0.0 && chain.returns->share < 1.0))
    findings.error(at / "share",
                   fmt::format("the share that returns must be from 0 to below 1, not {}", chain.returns->share));
  findings.distribution(at / "after", chain.returns->after);
  if (!names.step(chain.returns->to)) findings.unknown(at / "to", "step", chain.returns->to, names.all_steps(false));
}

}  // namespace ketensim
