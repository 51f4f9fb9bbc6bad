#include "tests/support/random_chain.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <utility>

#include "tests/support/chains.hpp"

namespace ketensim::support {
namespace {

using std::chrono::days;

constexpr const char* kGroup = "G";  // the organisation that is one for each place
const std::vector<std::string> kPlaces{"north", "south", "west"};

std::string owner_of(const std::string& id) { return id.substr(0, id.find('.')); }

Distribution random_distribution(Chance& chance, double mean, bool calendar) {
  Distribution d;
  switch (chance.between(0, 7)) {
    case 0:
      d = deterministic(mean);
      break;
    case 1:
    case 2:
      d = exponential(mean);
      break;
    case 3:
      d = uniform(0.5 * mean, 1.5 * mean);
      break;
    case 4:
      d = gamma(mean, chance.pick({0.5, 1.5}));
      break;
    case 5:
      d = lognormal(mean, 0.8);
      break;
    case 6:
      d = mixture({exponential(0.5 * mean), weibull(1.5 * mean, 1.5)}, {1.0, 1.0});
      break;
    default:
      d = empirical({0.5 * mean, mean, 2.0 * mean}, {2.0, 3.0, 1.0});
  }
  if (calendar && chance.happens(0.25)) {
    d.working_days = true;
    for (Distribution& part : d.parts) part.working_days = true;
  }
  return d;
}

/// `count` shares in tenths, each at least one.
std::vector<double> random_shares(Chance& chance, std::size_t count) {
  std::vector<int> tenths(count, 1);
  for (int left = 10 - static_cast<int>(count); left > 0; --left) {
    const int at = chance.between(0, static_cast<int>(count) - 1);
    ++tenths[static_cast<std::size_t>(at)];
  }
  std::vector<double> shares;
  for (const int t : tenths) shares.push_back(t / 10.0);
  return shares;
}

/// Children per day at each step, by the branch that holds for all: enough to give pools a sensible size.
std::vector<double> flows(const Chain& chain) {
  std::vector<double> outside(chain.steps.size()), flow(outside);
  const auto row = [&](const std::string& id) {
    return static_cast<std::size_t>(
        std::find_if(chain.steps.begin(), chain.steps.end(), [&](const Step& s) { return s.id == id; }) -
        chain.steps.begin());
  };
  for (const Stream& stream : chain.streams)
    for (const auto& [size, share] : stream.children) outside[row(stream.to)] += stream.per_day * size * share;
  for (int round = 0; round < 20; ++round) {
    std::vector<double> next = outside;
    for (std::size_t i = 0; i < chain.steps.size(); ++i)
      for (const Target& target : chain.steps[i].next.back().to)
        if (target.to != "out") next[row(target.to)] += flow[i] * target.share;
    flow = next;
  }
  return flow;
}

class ChainMaker {
 public:
  ChainMaker(Chance& chance, const ChainShape& shape) : chance_(chance), shape_(shape) {}

  Scenario make() {
    add_period();
    add_steps();
    add_streams();
    for (Step& step : chain().steps) add_duration_of_class(step);
    for (std::size_t i = 0; i < chain().steps.size(); ++i) add_routes(i);
    add_pools();
    if (!shape_.plain)
      for (std::size_t i = 0; i < chain().steps.size(); ++i) add_policies(i);
    if (!shape_.feed_forward && chance_.happens(0.4))
      chain().returns = Returns{chance_.pick({0.1, 0.4}), exponential(60.0), pick_step()};
    // Two pools for a step do not go with every slot that is kept.
    if (!is_valid(scenario_))
      for (Step& step : chain().steps) step.more_pools.clear();
    return std::move(scenario_);
  }

 private:
  Chain& chain() { return scenario_.chain; }
  bool calendar() const { return scenario_.period.calendar == CalendarKind::netherlands; }
  const std::string& pick_step() { return chance_.pick(chain().steps).id; }
  /// Members of the organisation that is one for each place; 0 if there is none.
  std::size_t group_size() const {
    for (const Organisation& o : scenario_.chain.organisations)
      if (!o.per.empty()) return o.members.size();
    return 0;
  }

  void add_period() {
    scenario_.id = scenario_.name = "random";
    scenario_.seed = static_cast<std::uint64_t>(chance_.between(1, 1'000'000));
    scenario_.replications = 1;
    Period& period = scenario_.period;
    period.start = date(2024, 1, 1) + days{chance_.between(0, 365)};
    period.end = period.start + days{chance_.between(150, 365)};
    period.warm_up.days = chance_.pick({0.0, 0.0, 45.0});
    period.calendar = chance_.happens(0.5) ? CalendarKind::netherlands : CalendarKind::continuous;
    period.resolution = chance_.happens(0.4) ? Resolution::day : Resolution::continuous;
    period.handed_over_on_working_days = chance_.happens(0.3);
    period.report = chance_.pick({Report::month, Report::month, Report::week, Report::all});
  }

  void add_steps() {
    const int count = chance_.between(1, 6), owners = chance_.between(1, 3);
    const bool group = chance_.happens(0.3);
    for (int i = 0; i < count; ++i) {
      const bool in_group = group && chance_.happens(0.4);
      const std::string owner =
          in_group ? kGroup : std::string(1, static_cast<char>('A' + chance_.between(1, owners) - 1));
      Step& step = chain().steps.emplace_back();
      step.id = owner + ".s" + std::to_string(i + 1);
      step.duration = random_distribution(chance_, chance_.pick({1.0, 4.0, 10.0, 30.0}), calendar());
      step.help = chance_.happens(0.3);
      if (chance_.happens(0.2)) step.siblings = chance_.pick({0.3, 1.0});
      if (chance_.happens(0.5)) step.norm = random_norm(chance_);
      const auto known = std::any_of(chain().organisations.begin(), chain().organisations.end(),
                                     [&](const Organisation& o) { return o.id == owner; });
      if (!known) add_organisation(owner);
    }
  }

  void add_organisation(const std::string& id) {
    Organisation& added = chain().organisations.emplace_back(organisation(id));
    if (id != kGroup) return;
    added.per = "place";
    const int members = chance_.between(2, 3);
    for (int m = 0; m < members; ++m) added.members.emplace_back(kPlaces[static_cast<std::size_t>(m)], "");
  }

  void add_streams() {
    const int count = chance_.between(1, 2);
    const bool urgency = chance_.happens(0.7);
    for (int i = 0; i < count; ++i) {
      Stream& added = chain().streams.emplace_back(stream("stream" + std::to_string(i + 1),
                                                          i == 0 ? chain().steps.front().id : pick_step(),
                                                          chance_.pick({0.3, 0.8, 1.5}) / count));
      if (chance_.happens(0.4)) added.children = {{1, 0.5}, {2, 0.3}, {4, 0.2}};
      if (chance_.happens(0.3)) added.weekday[5] = added.weekday[6] = 0.2;
      if (chance_.happens(0.3)) added.month[static_cast<std::size_t>(chance_.between(0, 11))] = 0.4;
      if (chance_.happens(0.2)) added.trend_per_year = chance_.pick({-0.2, 0.3});
      if (chance_.happens(0.2)) added.school_holidays = 0.5;
      if (chance_.happens(0.2)) added.day_dispersion = chance_.pick({0.05, 1.0});
      if (chance_.happens(0.2)) added.month_dispersion = 0.1;
      if (urgency) added.attributes.push_back(attribute("urgency", {{"crisis", 0.3}, {"regular", 0.7}}));
      if (const std::size_t members = group_size(); members > 0) {
        Stream::Attribute& place = added.attributes.emplace_back(attribute("place", {}));
        for (std::size_t m = 0; m < members; ++m)
          place.shares.emplace_back(kPlaces[m], m == 0 ? 1.0 - 0.3 * static_cast<double>(members - 1) : 0.3);
        if (urgency && chance_.happens(0.5)) {
          place.given = "urgency";
          Stream::Shares& in_crisis = place.by_value.emplace_back("crisis", place.shares).second;
          std::swap(in_crisis.front().second, in_crisis.back().second);
        }
      }
    }
  }

  void add_duration_of_class(Step& step) {
    const Stream& stream = chain().streams.front();
    if (stream.attributes.empty() || !chance_.happens(0.25)) return;
    const Stream::Attribute& drawn = chance_.pick(stream.attributes);
    step.duration_of_class.push_back({{{drawn.name, {drawn.shares.front().first}}},
                                      random_distribution(chance_, chance_.pick({1.0, 4.0, 20.0}), calendar())});
  }

  /// A service and, where only dates are kept, the rest of its last day.
  double slot_days(const Step& step) const {
    return mean_of(step.duration) + (scenario_.period.resolution == Resolution::day ? 1.0 : 0.0);
  }

  /// Every step is a target of one before it, or of a stream: so each can be reached.
  void add_routes(std::size_t i) {
    Step& step = chain().steps[i];
    std::vector<Target> all = random_targets(chance_, chain(), i, shape_.feed_forward);
    if (i + 1 < chain().steps.size()) {
      const std::string& following = chain().steps[i + 1].id;
      if (std::none_of(all.begin(), all.end(), [&](const Target& t) { return t.to == following; }))
        all.front().to = following;
    }
    for (Target& target : all)
      if (chance_.happens(0.25)) target.after = random_distribution(chance_, chance_.pick({2.0, 15.0}), calendar());
    const bool by_urgency = !chain().streams.front().attributes.empty() && chance_.happens(0.3);
    if (by_urgency) {
      const Stream::Attribute& drawn = chain().streams.front().attributes.front();
      step.next.push_back(
          to(random_targets(chance_, chain(), i, shape_.feed_forward), {{drawn.name, {drawn.shares.front().first}}}));
    }
    step.next.push_back(to(std::move(all)));
    const bool leaves = std::any_of(step.next.back().to.begin(), step.next.back().to.end(),
                                    [](const Target& target) { return target.to == "out"; });
    if (!shape_.plain && !leaves && chance_.happens(0.3))
      step.next.back().by = chance_.pick({ChoiceRule::shortest_queue, ChoiceRule::most_free});
  }

  void add_pools() {
    const std::vector<double> flow = flows(chain());
    std::vector<double> load;
    for (std::size_t i = 0; i < chain().steps.size(); ++i) {
      Step& step = chain().steps[i];
      if (chance_.happens(0.2)) continue;
      const std::string owner = owner_of(step.id);
      std::vector<std::size_t> usable;
      for (std::size_t p = 0; p < chain().pools.size(); ++p)
        if (owner_of(chain().pools[p].id) != kGroup || owner == kGroup) usable.push_back(p);
      std::size_t at = chain().pools.size();
      if (!usable.empty() && chance_.happens(0.35)) {
        at = chance_.pick(usable);
      } else {
        chain().pools.emplace_back().id = owner + ".p" + std::to_string(at + 1);
        load.push_back(0.0);
      }
      step.pool = chain().pools[at].id;
      load[at] += flow[i] * slot_days(step);
      if (usable.empty() || usable.front() == at || shape_.plain || !chance_.happens(0.15)) continue;
      step.more_pools = {chain().pools[usable.front()].id};  // as a worker and a behavioural scientist
      load[usable.front()] += flow[i] * slot_days(step);
    }
    for (std::size_t p = 0; p < chain().pools.size(); ++p) set_capacity(chain().pools[p], load[p]);
  }

  void set_capacity(Pool& pool, double load) {
    const bool group = owner_of(pool.id) == kGroup;
    const double wanted =
        (group ? load / static_cast<double>(group_size()) : load) * chance_.pick({0.7, 0.95, 1.1, 1.5});
    const double slots = std::max(1.0, std::round(wanted));
    Schedule varying;
    const Date start = scenario_.period.start;
    const auto month = [](Date day) {
      const std::chrono::year_month_day d{day};
      return Date{d.year() / d.month() / 1};
    };
    varying.from = {{month(start), slots},
                    {month(start + days{70}), chance_.pick({0.0, 1.0, 0.5 * slots})},
                    {month(start + days{120}), slots + 1.0}};
    switch (chance_.between(0, group ? 4 : 3)) {
      case 0:
        pool.fte = always(slots / 2.0);
        pool.cases_per_fte = always(chance_.pick({2.0, 2.5}));
        break;
      case 1:
        pool.slots = Amount{varying, {}};
        break;
      case 4:
        pool.slots.emplace();
        for (std::size_t m = 0; m < group_size(); ++m)
          pool.slots->by_member.emplace_back(kPlaces[m], m == 0 ? varying : always(slots).common);
        break;
      default:
        pool.slots = always(slots);
    }
    if (chance_.happens(0.2)) pool.leave[static_cast<std::size_t>(chance_.between(0, 11))] = 0.5;
    if (chance_.happens(0.2)) pool.leave_school_holidays = 0.3;
  }

  void add_policies(std::size_t i) {
    Step& step = chain().steps[i];
    if (chance_.happens(0.5)) step.order = random_order(chance_, chain());
    const bool last = i + 1 == chain().steps.size();
    if (chance_.happens(0.25)) {
      step.patience = Patience{random_distribution(chance_, chance_.pick({5.0, 40.0}), calendar()), "out"};
      if (chance_.happens(0.4) && (!last || !shape_.feed_forward))
        step.patience->to =
            chain()
                .steps[static_cast<std::size_t>(chance_.between(shape_.feed_forward ? static_cast<int>(i) + 1 : 0,
                                                                static_cast<int>(chain().steps.size()) - 1))]
                .id;
    }
    if (chance_.happens(0.25)) {
      Worsening& worsening = step.while_waiting.emplace_back();
      worsening.after = {chance_.pick({3.0, 12.0}), calendar() && chance_.happens(0.3)};
      worsening.duration_factor = chance_.pick({1.0, 1.4});
      const Stream::Attribute* drawn =
          chain().streams.front().attributes.empty() ? nullptr : &chain().streams.front().attributes.front();
      if (drawn && drawn->name == "urgency" && chance_.happens(0.6)) worsening.set = {{"urgency", "crisis"}};
    }
    if (chance_.happens(0.2)) {
      Outcome& outcome = step.set.emplace_back();
      outcome.attribute = "measure";
      outcome.shares = {{"none", 0.4}, {"supervision", 0.6}};
    }
    if (!last && !step.pool.empty() && chance_.happens(0.3))
      step.hold_until = chain()
                            .steps[static_cast<std::size_t>(
                                chance_.between(static_cast<int>(i) + 1, static_cast<int>(chain().steps.size()) - 1))]
                            .id;
  }

  Chance& chance_;
  ChainShape shape_;
  Scenario scenario_;
};

}  // namespace

std::vector<Target> random_targets(Chance& chance, const Chain& chain, std::size_t from, bool feed_forward) {
  std::vector<std::string> to{"out"};
  for (std::size_t i = from + 1; i < chain.steps.size() && to.size() < 4; ++i)
    if (chance.happens(0.5)) to.push_back(chain.steps[i].id);
  const bool back = !feed_forward && chance.happens(0.25);
  chance.shuffle(to);
  if (back) to.push_back(chain.steps[static_cast<std::size_t>(chance.between(0, static_cast<int>(from)))].id);
  std::vector<double> shares = random_shares(chance, to.size());
  if (back) std::swap(shares.back(), *std::min_element(shares.begin(), shares.end()));
  std::vector<Target> targets;
  for (std::size_t i = 0; i < to.size(); ++i) targets.push_back({to[i], shares[i], {}});
  return targets;
}

std::vector<std::string> random_order(Chance& chance, const Chain& chain) {
  std::vector<std::string> keys;
  for (const Word& order : queue_orders()) keys.emplace_back(order.name);
  for (const Stream::Attribute& attribute : chain.streams.front().attributes) keys.push_back(attribute.name);
  chance.shuffle(keys);
  keys.resize(static_cast<std::size_t>(chance.between(1, 2)));
  return keys;
}

Norm random_norm(Chance& chance) {
  Norm norm;
  const auto term = [&] { return Duration{chance.pick({2.0, 10.0, 40.0}), chance.happens(0.3)}; };
  if (chance.happens(0.5)) norm.wait = term();
  if (chance.happens(0.5)) norm.service = term();
  if (chance.happens(0.5)) norm.lead_time = term();
  return norm;
}

Date origin_of(const Scenario& scenario) {
  return scenario.period.start - days{static_cast<int>(std::ceil(scenario.period.warm_up.days))};
}

bool is_valid(const Scenario& scenario) {
  const std::vector<Problem> problems = validate(scenario);
  return std::none_of(problems.begin(), problems.end(),
                      [](const Problem& p) { return p.severity == Problem::Severity::error; });
}

Scenario random_chain(std::uint64_t seed, const ChainShape& shape) {
  Chance chance(seed);
  return ChainMaker(chance, shape).make();
}

}  // namespace ketensim::support
