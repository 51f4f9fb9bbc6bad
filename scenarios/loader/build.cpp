#include "scenarios/loader/build.hpp"

#include <algorithm>
#include <array>

#include "scenarios/loader/form.hpp"
#include "scenarios/loader/key_names.hpp"
#include "scenarios/loader/quantities.hpp"

namespace ketensim::loader {
namespace {

/// Reads a key of a map into `target`, if it is there and sound.
template <class Read, class T>
void take(const Node& map, std::string_view key, Read read, T& target) {
  const Node* node = map.find(key);
  if (!node || !node->is_scalar()) return;
  if (const auto reading = read(node->text)) target = static_cast<T>(*reading.value);
}

void take_text(const Node& map, std::string_view key, std::string& target) {
  if (const Node* node = map.find(key); node && node->is_scalar()) target = node->text;
}

template <class Word>
void take_word(const Node& map, std::string_view key, std::initializer_list<std::pair<std::string_view, Word>> words,
               Word& target) {
  std::string text;
  take_text(map, key, text);
  for (const auto& [word, value] : words)
    if (word == text) target = value;
}

template <std::size_t N, class Read>
void take_each(const Node* map, const std::array<std::string_view, N>& keys, Read read, std::array<double, N>& target) {
  if (!map) return;
  for (std::size_t i = 0; i < N; ++i) take(*map, keys[i], read, target[i]);
}

/// The entries of a key's map; none if it is not there.
const std::vector<Entry>& entries_of(const Node& map, std::string_view key) {
  static const std::vector<Entry> kNone;
  const Node* node = map.find(key);
  return node ? node->entries : kNone;
}

Period build_period(const Node& time) {
  Period period;
  take(time, "start", read_date, period.start);
  take(time, "end", read_date, period.end);
  std::string warm_up;
  take_text(time, "warm_up", warm_up);
  period.chooses_warm_up = warm_up == "auto";
  take(time, "warm_up", read_duration, period.warm_up);
  take_word(time, "calendar", {{"netherlands", CalendarKind::netherlands}, {"continuous", CalendarKind::continuous}},
            period.calendar);
  take_word(time, "resolution", {{"continuous", Resolution::continuous}, {"day", Resolution::day}}, period.resolution);
  take_word(time, "handovers", {{"any_day", false}, {"working_days", true}}, period.handed_over_on_working_days);
  take_word(time, "region",
            {{"noord", SchoolRegion::noord}, {"midden", SchoolRegion::midden}, {"zuid", SchoolRegion::zuid}},
            period.region);
  take_word(time, "report",
            {{"week", Report::week},
             {"month", Report::month},
             {"quarter", Report::quarter},
             {"year", Report::year},
             {"all", Report::all}},
            period.report);
  return period;
}

Organisation build_organisation(const Entry& entry) {
  Organisation organisation;
  organisation.id = organisation.name = entry.key;
  take_text(entry.value, "name", organisation.name);
  take_text(entry.value, "kind", organisation.kind);
  for (const Entry& per : entries_of(entry.value, "per")) {
    organisation.per = per.key;
    for (const Node& value : per.value.items) organisation.members.emplace_back(value.text, value.text);
    for (const Entry& member : per.value.entries) organisation.members.emplace_back(member.key, member.value.text);
    break;
  }
  return organisation;
}

Stream::Shares build_shares(const std::vector<Entry>& entries) {
  Stream::Shares shares;
  for (const Entry& value : entries) {
    const Reading<double> share = read_share(value.value.text);
    shares.emplace_back(value.key, share ? *share.value : 0.0);
  }
  return shares;
}

Stream::Attribute build_attribute(const Entry& entry) {
  Stream::Attribute attribute{entry.key, {}, {}, {}};
  if (!gives_shares_by_another(entry.value)) {
    attribute.shares = build_shares(entry.value.entries);
    return attribute;
  }
  take_text(entry.value, "given", attribute.given);
  attribute.shares = build_shares(entries_of(entry.value, "otherwise"));
  for (const Entry& value : entries_of(entry.value, "by"))
    attribute.by_value.emplace_back(value.key, build_shares(value.value.entries));
  return attribute;
}

Stream build_stream(const Entry& entry) {
  const Node& node = entry.value;
  Stream stream;
  stream.id = entry.key;
  take_text(node, "to", stream.to);
  take(node, "rate", read_rate, stream.per_day);
  take(node, "trend", read_growth, stream.trend_per_year);
  take_each(node.find("month"), kMonths, read_number, stream.month);
  take_each(node.find("weekday"), kWeekdays, read_number, stream.weekday);
  take(node, "school_holidays", read_number, stream.school_holidays);
  take(node, "public_holidays", read_number, stream.public_holidays);
  if (const Node* dispersion = node.find("dispersion")) {
    take(*dispersion, "day", read_number, stream.day_dispersion);
    take(*dispersion, "month", read_number, stream.month_dispersion);
  }
  if (node.find("recorded")) stream.recorded = std::make_shared<const std::vector<Stream::Recorded>>();
  if (node.find("children")) stream.children.clear();
  for (const Entry& size : entries_of(node, "children")) {
    const Reading<std::int64_t> count = read_integer(size.key);
    const Reading<double> share = read_share(size.value.text);
    if (count && *count.value >= 1 && *count.value <= 1'000'000 && share)
      stream.children.emplace_back(static_cast<int>(*count.value), *share.value);
  }
  for (const Entry& attribute : entries_of(node, "attributes")) stream.attributes.push_back(build_attribute(attribute));
  return stream;
}

Schedule build_schedule(const Node& node) {
  Schedule schedule;
  if (node.is_scalar()) {
    const Reading<double> number = read_number(node.text);
    schedule.from.emplace_back(Date{}, number ? *number.value : 0.0);
  }
  for (const Entry& entry : node.entries) {
    const Reading<Date> month = read_month(entry.key);
    const Reading<double> number = read_number(entry.value.text);
    if (month && number) schedule.from.emplace_back(*month.value, *number.value);
  }
  std::stable_sort(schedule.from.begin(), schedule.from.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  return schedule;
}

void take_amount(const Node& pool, std::string_view key, std::optional<Amount>& target) {
  const Node* node = pool.find(key);
  if (!node) return;
  Amount& amount = target.emplace();
  const bool common = node->is_scalar() || (!node->entries.empty() && read_month(node->entries.front().key));
  if (common)
    amount.common = build_schedule(*node);
  else
    for (const Entry& member : node->entries) amount.by_member.emplace_back(member.key, build_schedule(member.value));
}

Pool build_pool(const Entry& entry) {
  Pool pool;
  pool.id = entry.key;
  take_amount(entry.value, "slots", pool.slots);
  take_amount(entry.value, "fte", pool.fte);
  take_amount(entry.value, "cases_per_fte", pool.cases_per_fte);
  if (const Node* leave = entry.value.find("leave")) {
    take_each(leave, kMonths, read_share, pool.leave);
    take(*leave, "school_holidays", read_share, pool.leave_school_holidays);
  }
  return pool;
}

std::vector<Branch> build_branches(const Node& list) {
  std::vector<Branch> branches;
  for (const Node& item : list.items) {
    Branch& branch = branches.emplace_back();
    if (const Node* when = item.find("when")) branch.when = build_conditions(*when);
    if (const Node* to = item.find("to")) branch.to = build_targets(*to);
    if (const Node* choose = item.find("choose")) {
      if (const Node* among = choose->find("among")) branch.to = build_targets(*among);
      std::string by;
      take_text(*choose, "by", by);
      branch.by = choice_rule(by).value_or(ChoiceRule::share);
    }
  }
  return branches;
}

std::vector<Worsening> build_worsenings(const Node& list) {
  std::vector<Worsening> worsenings;
  for (const Node& item : list.items) {
    Worsening& worsening = worsenings.emplace_back();
    take(item, "after", read_duration, worsening.after);
    take(item, "duration", read_factor, worsening.duration_factor);
    for (const Entry& set : entries_of(item, "set")) worsening.set.emplace_back(set.key, set.value.text);
  }
  return worsenings;
}

void add_outcomes(const std::vector<Condition>& when, const std::vector<Entry>& attributes,
                  std::vector<Outcome>& outcomes) {
  for (const Entry& attribute : attributes) {
    Outcome& outcome = outcomes.emplace_back(Outcome{when, attribute.key, {}});
    if (attribute.value.is_scalar()) outcome.shares.emplace_back(attribute.value.text, 1.0);
    for (const Entry& value : attribute.value.entries) {
      const Reading<double> share = read_share(value.value.text);
      outcome.shares.emplace_back(value.key, share ? *share.value : 0.0);
    }
  }
}

std::vector<Outcome> build_outcomes(const Node& node) {
  std::vector<Outcome> outcomes;
  add_outcomes({}, node.entries, outcomes);
  for (const Node& item : node.items) {
    const Node* when = item.find("when");
    add_outcomes(when ? build_conditions(*when) : std::vector<Condition>(), entries_of(item, "to"), outcomes);
  }
  return outcomes;
}

/// Of a list, the last entry without `when` holds for whom no other does.
void take_durations(const Node& node, Step& step) {
  if (!node.is_list()) {
    step.duration = build_distribution(node);
    return;
  }
  for (const Node& item : node.items) {
    const Node* when = item.find("when");
    std::vector<Condition> conditions = when ? build_conditions(*when) : std::vector<Condition>();
    if (conditions.empty() && &item == &node.items.back())
      step.duration = build_distribution(item);
    else
      step.duration_of_class.push_back({std::move(conditions), build_distribution(item)});
  }
}

Step build_step(const Entry& entry) {
  const Node& node = entry.value;
  Step step;
  step.id = entry.key;
  if (const Node* pool = node.find("pool"); pool && pool->is_list()) {
    step.more_pools = build_texts(*pool);
    if (!step.more_pools.empty()) step.pool = step.more_pools.front(), step.more_pools.erase(step.more_pools.begin());
  }
  take_text(node, "pool", step.pool);
  if (const Node* order = node.find("order")) step.order = build_texts(*order);
  if (const Node* duration = node.find("duration")) take_durations(*duration, step);
  if (const Node* norm = node.find("norm")) {
    take(*norm, "wait", read_duration, step.norm.wait);
    take(*norm, "service", read_duration, step.norm.service);
    take(*norm, "lead_time", read_duration, step.norm.lead_time);
  }
  if (const Node* patience = node.find("patience")) {
    step.patience = Patience{build_distribution(*patience)};
    take_text(*patience, "to", step.patience->to);
  }
  if (const Node* worsening = node.find("while_waiting")) step.while_waiting = build_worsenings(*worsening);
  take_text(node, "hold_until", step.hold_until);
  std::string help;
  take_text(node, "help", help);
  step.help = help == "true";
  if (const Node* set = node.find("set")) step.set = build_outcomes(*set);
  take(node, "siblings", read_share, step.siblings);
  if (const Node* next = node.find("next")) step.next = build_branches(*next);
  return step;
}

Returns build_returns(const Node& node) {
  Returns returns;
  take(node, "share", read_share, returns.share);
  if (const Node* after = node.find("after")) returns.after = build_distribution(*after);
  take_text(node, "to", returns.to);
  return returns;
}

}  // namespace

Chain build_chain(const Node& root) {
  Chain chain;
  for (const Entry& entry : entries_of(root, "organisations")) chain.organisations.push_back(build_organisation(entry));
  for (const Entry& entry : entries_of(root, "arrivals")) chain.streams.push_back(build_stream(entry));
  for (const Entry& entry : entries_of(root, "pools")) chain.pools.push_back(build_pool(entry));
  for (const Entry& entry : entries_of(root, "steps")) chain.steps.push_back(build_step(entry));
  if (const Node* returns = root.find("returns")) chain.returns = build_returns(*returns);
  return chain;
}

Precision build_precision(const Node& node) {
  Precision precision;
  take_text(node, "indicator", precision.indicator);
  take(node, "relative", read_share, precision.relative);
  take_text(node, "at", precision.at);
  take(node, "at_most", read_integer, precision.at_most);
  return precision;
}

Warn build_warn(const Node& node) {
  Warn warn;
  take(node, "norm_met_below", read_share, warn.norm_met_below);
  for (const Entry& queue : entries_of(node, "queue_above"))
    if (const Reading<double> cases = read_number(queue.value.text))
      warn.queue_above.emplace_back(queue.key, *cases.value);
  return warn;
}

Scenario build_scenario(const Node& root) {
  Scenario scenario;
  take_text(root, "name", scenario.name);
  if (const Node* time = root.find("time")) scenario.period = build_period(*time);
  take(root, "replications", read_integer, scenario.replications);
  if (const Node* precision = root.find("precision")) scenario.precision = build_precision(*precision);
  take(root, "seed", read_integer, scenario.seed);
  if (const Node* uncertainty = root.find("uncertainty"); uncertainty && uncertainty->is_map())
    take(*uncertainty, "staffing", read_share, scenario.staffing_uncertainty);
  if (const Node* warn = root.find("warn")) scenario.warn = build_warn(*warn);
  scenario.chain = build_chain(root);
  if (const Node* interventions = root.find("interventions"))
    scenario.interventions = build_interventions(*interventions);
  return scenario;
}

}  // namespace ketensim::loader
