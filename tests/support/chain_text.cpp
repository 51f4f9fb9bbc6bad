#include "tests/support/chain_text.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <array>
#include <chrono>

namespace ketensim::support {
namespace {

constexpr std::array kMonths{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array kWeekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::string in_braces(const std::vector<std::string>& entries) {
  return fmt::format("{{{}}}", fmt::join(entries, ", "));
}
std::string listed(const std::vector<std::string>& entries) { return fmt::format("[{}]", fmt::join(entries, ", ")); }

std::string text(Date date) {
  const std::chrono::year_month_day day{date};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}
std::string text(double number) { return fmt::format("{}", number); }
std::string text(bool value) { return value ? "true" : "false"; }
std::string text(const std::string& name) { return name; }
std::string text(const std::vector<std::string>& names) { return listed(names); }
std::string text(const Duration& d) { return fmt::format("{} {}", d.days, d.working ? "working days" : "days"); }

std::string text(const Change& change) {
  switch (change.kind) {
    case Change::Kind::factor:
      return fmt::format("x{}", change.amount);
    case Change::Kind::add_slots:
      return fmt::format("{:+} slots", change.amount);
    case Change::Kind::add_fte:
      return fmt::format("{:+} fte", change.amount);
    case Change::Kind::set_slots:
      return fmt::format("{} slots", change.amount);
    case Change::Kind::set_fte:
      return fmt::format("{} fte", change.amount);
  }
  return {};
}

/// `exponential: 3 days`, to stand in braces.
std::string text(const Distribution& d) {
  const auto days = [&](double value) { return text(Duration{value, d.working_days}); };
  std::vector<std::string> entries;
  if (d.kind == "deterministic" || d.kind == "exponential")
    return fmt::format("{}: {}", d.kind, days(d.parameters.find("mean")->second));
  for (const double point : d.points) entries.push_back(days(point));
  if (d.kind == "uniform") return fmt::format("uniform: {}", listed(entries));
  if (d.kind == "empirical")
    return fmt::format("empirical: {{values: {}, weights: [{}]}}", listed(entries), fmt::join(d.weights, ", "));
  for (std::size_t i = 0; i < d.parts.size(); ++i)
    entries.push_back(fmt::format("{{weight: {}, {}}}", d.weights[i], text(d.parts[i])));
  if (d.kind == "mixture") return fmt::format("mixture: {}", listed(entries));
  for (const auto& [name, value] : d.parameters)
    entries.push_back(fmt::format("{}: {}", name, name == "mean" ? days(value) : text(value)));
  return fmt::format("{}: {}", d.kind, in_braces(entries));
}

std::string text(const std::vector<Target>& targets) {
  std::vector<std::string> entries;
  for (const Target& target : targets)
    entries.push_back(
        target.after ? fmt::format("{}: {{share: {}, after: {{{}}}}}", target.to, target.share, text(*target.after))
                     : fmt::format("{}: {}", target.to, target.share));
  return in_braces(entries);
}

std::string text(const std::vector<Condition>& conditions) {
  std::vector<std::string> entries;
  for (const Condition& condition : conditions)
    entries.push_back(condition.attribute + ": " + listed(condition.values));
  return in_braces(entries);
}

std::string text(const std::vector<Change>& changes) {
  std::vector<std::string> entries;
  for (const Change& change : changes) entries.push_back(text(change));
  return listed(entries);
}

std::string text(const Settings& settings);

std::string text(const Value& value) {
  return std::visit([](const auto& typed) { return text(typed); }, value);
}

std::string text(const Settings& settings) {
  std::vector<std::string> entries;
  for (const auto& [key, value] : settings.values) entries.push_back(key + ": " + text(value));
  return in_braces(entries);
}

template <class Pairs>
std::string shares(const Pairs& pairs) {
  std::vector<std::string> entries;
  for (const auto& [name, share] : pairs) entries.push_back(fmt::format("{}: {}", name, share));
  return in_braces(entries);
}

/// Factors by month or weekday other than the usual.
template <std::size_t N>
void factors(std::vector<std::string>& entries, const char* key, const std::array<double, N>& values,
             const std::array<const char*, N>& names) {
  std::vector<std::string> given;
  for (std::size_t i = 0; i < N; ++i)
    if (values[i] != 1.0) given.push_back(fmt::format("{}: {}", names[i], values[i]));
  if (!given.empty()) entries.push_back(fmt::format("{}: {}", key, in_braces(given)));
}

std::string text(const Stream::Attribute& attribute) {
  if (attribute.given.empty()) return attribute.name + ": " + shares(attribute.shares);
  std::vector<std::string> by_value;
  for (const auto& [value, by] : attribute.by_value) by_value.push_back(value + ": " + shares(by));
  return fmt::format("{}: {{given: {}, by: {}, otherwise: {}}}", attribute.name, attribute.given, in_braces(by_value),
                     shares(attribute.shares));
}

std::string text(const Stream& stream) {
  std::vector<std::string> entries{"to: " + stream.to, fmt::format("rate: {} / day", stream.per_day),
                                   "children: " + shares(stream.children)};
  if (stream.trend_per_year != 0.0) entries.push_back(fmt::format("trend: {} / year", stream.trend_per_year));
  factors(entries, "month", stream.month, kMonths);
  factors(entries, "weekday", stream.weekday, kWeekdays);
  entries.push_back("school_holidays: " + text(stream.school_holidays));
  entries.push_back("public_holidays: " + text(stream.public_holidays));
  entries.push_back(fmt::format("dispersion: {{day: {}, month: {}}}", stream.day_dispersion, stream.month_dispersion));
  std::vector<std::string> attributes;
  for (const Stream::Attribute& attribute : stream.attributes) attributes.push_back(text(attribute));
  if (!attributes.empty()) entries.push_back("attributes: " + in_braces(attributes));
  return in_braces(entries);
}

std::string text(const Schedule& schedule) {
  if (schedule.from.size() == 1) return text(schedule.from.front().second);
  std::vector<std::string> entries;
  for (const auto& [month, value] : schedule.from) entries.push_back(text(month).substr(0, 7) + ": " + text(value));
  return in_braces(entries);
}

std::string text(const Amount& amount) {
  if (amount.by_member.empty()) return text(amount.common);
  std::vector<std::string> entries;
  for (const auto& [member, schedule] : amount.by_member) entries.push_back(member + ": " + text(schedule));
  return in_braces(entries);
}

std::string text(const Pool& pool) {
  std::vector<std::string> entries, leave;
  if (pool.slots) entries.push_back("slots: " + text(*pool.slots));
  if (pool.fte) entries.push_back("fte: " + text(*pool.fte));
  if (pool.cases_per_fte) entries.push_back("cases_per_fte: " + text(*pool.cases_per_fte));
  for (std::size_t m = 0; m < pool.leave.size(); ++m)
    if (pool.leave[m] != 0.0) leave.push_back(fmt::format("{}: {}", kMonths[m], pool.leave[m]));
  if (pool.leave_school_holidays != 0.0) leave.push_back("school_holidays: " + text(pool.leave_school_holidays));
  if (!leave.empty()) entries.push_back("leave: " + in_braces(leave));
  return in_braces(entries);
}

std::string text(const Norm& norm) {
  std::vector<std::string> entries;
  if (norm.wait) entries.push_back("wait: " + text(*norm.wait));
  if (norm.service) entries.push_back("service: " + text(*norm.service));
  if (norm.lead_time) entries.push_back("lead_time: " + text(*norm.lead_time));
  return in_braces(entries);
}

std::string text(const Worsening& worsening) {
  std::vector<std::string> entries{"after: " + text(worsening.after),
                                   fmt::format("duration: x{}", worsening.duration_factor)};
  if (!worsening.set.empty()) entries.push_back("set: " + shares(worsening.set));
  return in_braces(entries);
}

std::string text(const Branch& branch) {
  std::vector<std::string> entries;
  if (!branch.when.empty()) entries.push_back("when: " + text(branch.when));
  entries.push_back(branch.by == ChoiceRule::share
                        ? "to: " + text(branch.to)
                        : fmt::format("choose: {{among: {}, by: {}}}", text(branch.to),
                                      choice_rules()[static_cast<std::size_t>(branch.by)].name));
  return in_braces(entries);
}

std::string text(const Outcome& outcome) {
  std::vector<std::string> entries;
  if (!outcome.when.empty()) entries.push_back("when: " + text(outcome.when));
  entries.push_back(fmt::format("to: {{{}: {}}}", outcome.attribute, shares(outcome.shares)));
  return in_braces(entries);
}

template <class T>
std::string each(const std::vector<T>& list) {
  std::vector<std::string> entries;
  for (const T& entry : list) entries.push_back(text(entry));
  return listed(entries);
}

std::string text(const Step& step) {
  std::vector<std::string> entries;
  std::vector<std::string> pools = step.more_pools;
  pools.insert(pools.begin(), step.pool);
  if (!step.pool.empty()) entries.push_back("pool: " + (pools.size() == 1 ? step.pool : listed(pools)));
  if (!step.order.empty()) entries.push_back("order: " + text(step.order));
  if (step.duration_of_class.empty()) {
    entries.push_back(fmt::format("duration: {{{}}}", text(step.duration)));
  } else {
    std::vector<std::string> classes;
    for (const DurationOfClass& of_class : step.duration_of_class)
      classes.push_back(fmt::format("{{when: {}, {}}}", text(of_class.when), text(of_class.duration)));
    classes.push_back(in_braces({text(step.duration)}));
    entries.push_back("duration: " + listed(classes));
  }
  if (step.norm.wait || step.norm.service || step.norm.lead_time) entries.push_back("norm: " + text(step.norm));
  if (step.patience)
    entries.push_back(fmt::format("patience: {{{}, to: {}}}", text(step.patience->after), step.patience->to));
  if (!step.while_waiting.empty()) entries.push_back("while_waiting: " + each(step.while_waiting));
  if (!step.hold_until.empty()) entries.push_back("hold_until: " + step.hold_until);
  if (step.help) entries.push_back("help: true");
  if (!step.set.empty()) entries.push_back("set: " + each(step.set));
  if (step.siblings > 0.0) entries.push_back(fmt::format("siblings: {}", step.siblings));
  entries.push_back("next: " + each(step.next));
  return in_braces(entries);
}

std::string text(const Organisation& organisation) {
  if (organisation.per.empty()) return "{}";
  std::vector<std::string> members;
  for (const auto& [member, name] : organisation.members) members.push_back(member);
  return fmt::format("{{per: {{{}: {}}}}}", organisation.per, listed(members));
}

std::string text(const Period& period) {
  constexpr std::array kReports{"week", "month", "quarter", "year", "all"};
  constexpr std::array kRegions{"noord", "midden", "zuid"};
  return fmt::format(
      "{{start: {}, end: {}, warm_up: {}, calendar: {}, resolution: {}, handovers: {}, region: {}, report: {}}}",
      text(period.start), text(period.end), text(period.warm_up),
      period.calendar == CalendarKind::netherlands ? "netherlands" : "continuous",
      period.resolution == Resolution::day ? "day" : "continuous",
      period.handed_over_on_working_days ? "working_days" : "any_day",
      kRegions[static_cast<std::size_t>(period.region)], kReports[static_cast<std::size_t>(period.report)]);
}

template <class T>
std::string block(const char* key, const std::vector<T>& list) {
  if (list.empty()) return {};
  std::string lines = fmt::format("{}:\n", key);
  for (const T& entry : list) lines += fmt::format("  {}: {}\n", entry.id, text(entry));
  return lines;
}

}  // namespace

std::string written(const Intervention& intervention) {
  std::vector<std::string> entries;
  for (const auto& [name, value] : intervention.settings.values) {
    bool per_year = false;
    for (const InterventionKind& kind : intervention_kinds())
      for (const Key& key : kind.keys)
        per_year |= kind.name == intervention.kind && key.name == name && key.type == ValueType::growth;
    entries.push_back(name + ": " + text(value) + (per_year ? " / year" : ""));
  }
  return fmt::format("{}: {}", intervention.kind, in_braces(entries));
}

std::string written(const Scenario& scenario) {
  const Chain& chain = scenario.chain;
  std::string file = fmt::format("format: ketensim/1\ntime: {}\nreplications: {}\nseed: {}\n", text(scenario.period),
                                 scenario.replications, scenario.seed);
  file += block("organisations", chain.organisations) + block("arrivals", chain.streams) + block("pools", chain.pools) +
          block("steps", chain.steps);
  if (chain.returns)
    file += fmt::format("returns: {{share: {}, after: {{{}}}, to: {}}}\n", chain.returns->share,
                        text(chain.returns->after), chain.returns->to);
  if (!scenario.interventions.empty()) file += "interventions:\n";
  for (const Intervention& intervention : scenario.interventions) file += "  - " + written(intervention) + "\n";
  return file;
}

}  // namespace ketensim::support
