#include "tests/properties/slots_by_hand.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace ketensim::support {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

std::string owner_of(const std::string& id) { return id.substr(0, id.find('.')); }

const Organisation& organisation_of(const Chain& chain, const std::string& owner) {
  for (const Organisation& o : chain.organisations) {
    if (o.id == owner) return o;
    for (const auto& [member, name] : o.members)
      if (member == owner) return o;
  }
  throw std::invalid_argument("no organisation " + owner);
}

double value_on(const Amount& amount, const std::string& member, Date day) {
  const Schedule* schedule = &amount.common;
  for (const auto& [name, own] : amount.by_member)
    if (name == member) schedule = &own;
  double value = schedule->from.front().second;
  for (const auto& [from, then] : schedule->from)
    if (from <= day) value = then;
  return value;
}

bool holds_on(const Settings& settings, Date day) {
  return settings.get_or("from", Date{}) <= day && (!settings.has("until") || day < settings.get<Date>("until"));
}

/// Rows of the steps that may come next on that day, by a route or by withdrawal.
std::vector<std::vector<std::size_t>> next_steps(const Scenario& scenario, Date day) {
  const std::vector<Step>& steps = scenario.chain.steps;
  std::vector<std::vector<std::size_t>> next(steps.size());
  const auto row = [&](const std::string& id) {
    return static_cast<std::size_t>(
        std::find_if(steps.begin(), steps.end(), [&](const Step& s) { return s.id == id; }) - steps.begin());
  };
  const auto add = [&](std::size_t from, const std::vector<Target>& targets) {
    for (const Target& target : targets)
      if (target.to != "out" && target.share > 0.0) next[from].push_back(row(target.to));
  };
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const std::vector<Target>* rerouted = nullptr;
    for (const auto& [kind, settings] : scenario.interventions)
      if ((kind == "routing" || kind == "choose") && settings.get<std::string>("step") == steps[i].id &&
          holds_on(settings, day))
        rerouted = &settings.get<std::vector<Target>>(kind == "routing" ? "to" : "among");
    for (const Branch& branch : steps[i].next) add(i, branch.when.empty() && rerouted ? *rerouted : branch.to);
    if (steps[i].patience && steps[i].patience->to != "out") next[i].push_back(row(steps[i].patience->to));
    for (std::size_t sent = next[i].size(); sent > 0; --sent) {
      const std::string* elsewhere = nullptr;
      for (const auto& [kind, settings] : scenario.interventions)
        if (kind == "overflow" && holds_on(settings, day) &&
            row(settings.get<std::string>("step")) == next[i][sent - 1])
          elsewhere = &settings.get<std::string>("to");
      if (elsewhere) next[i].push_back(row(*elsewhere));
    }
  }
  return next;
}

/// Whether `goal` is `from` or can come after it without passing `barred`.
bool leads_to(const std::vector<std::vector<std::size_t>>& next, std::size_t from, std::size_t goal,
              std::size_t barred) {
  std::vector<bool> seen(next.size());
  std::vector<std::size_t> open{from};
  while (!open.empty()) {
    const std::size_t step = open.back();
    open.pop_back();
    if (step == barred || seen[step]) continue;
    seen[step] = true;
    open.insert(open.end(), next[step].begin(), next[step].end());
  }
  return seen[goal];
}

class ClaimCount {
 public:
  ClaimCount(const Scenario& scenario, const Watched& run) : scenario_(scenario), chain_(scenario.chain), run_(run) {
    for (std::size_t s = 0; s < run.model.steps.size(); ++s) {
      const std::string& owner = run.model.organisation_of(s);
      const std::string id = organisation_of(chain_, owner).id + "." + run.model.step_names[s];
      for (std::size_t i = 0; i < chain_.steps.size(); ++i)
        if (chain_.steps[i].id == id) rows_.push_back(i);
    }
  }

  std::vector<Claim> count() {
    std::map<std::uint64_t, std::vector<const LoggedVisit*>> cases;
    for (const LoggedVisit& visit : run_.visits) cases[visit.case_id].push_back(&visit);
    for (auto& [id, visits] : cases) {
      std::stable_sort(visits.begin(), visits.end(),
                       [](const auto* a, const auto* b) { return a->received < b->received; });
      kept_.clear();
      for (const LoggedVisit* visit : visits) follow(*visit);
    }
    return std::move(claims_);
  }

 private:
  struct Kept {
    std::size_t holder, until, claim;
  };

  /// By dates, a service that took no day at a step and on a day of which the backlog is cleared looks the same.
  bool was_cleared(const LoggedVisit& v) const {
    return v.started == v.ended &&
           std::any_of(scenario_.interventions.begin(), scenario_.interventions.end(), [&](const Intervention& i) {
             if (i.kind != "clear_backlog" || i.settings.get<std::string>("step") != chain_.steps[rows_[v.step]].id)
               return false;
             const double since = v.ended - run_.moment(i.settings.get<Date>("on"));
             return since >= 0.0 && since < std::ceil(i.settings.get_or("over", Duration{1.0}).days);
           });
  }

  /// By dates a service takes its slot all of its last day.
  double free_from(const LoggedVisit& v) const {
    const bool in_evening = scenario_.period.resolution == Resolution::day && !v.withdrawn && !was_cleared(v);
    return in_evening ? v.ended + 1.0 : v.ended;
  }

  PlainPool pool_of(const LoggedVisit& v, const std::string& id) const {
    for (const Pool& pool : chain_.pools)
      if (pool.id == id)
        return {&pool, organisation_of(chain_, owner_of(id)).per.empty() ? "" : run_.model.organisation_of(v.step)};
    return {};
  }

  void follow(const LoggedVisit& v) {
    const std::size_t row = rows_[v.step];
    const PlainPool pool = pool_of(v, chain_.steps[row].pool);
    const bool served = v.was_started() && !was_cleared(v);
    for (const std::string& more : chain_.steps[row].more_pools)
      if (served) claims_.push_back({pool_of(v, more), v.started, v.is_over() ? free_from(v) : kNever, &v});
    const bool has_one =
        std::any_of(kept_.begin(), kept_.end(), [&](const Kept& k) { return claims_[k.claim].pool == pool; });
    if (pool.pool && served && !has_one) {
      const std::string& until = chain_.steps[row].hold_until;
      claims_.push_back({pool, v.started, until.empty() && v.is_over() ? free_from(v) : kNever, &v});
      for (std::size_t i = 0; i < chain_.steps.size(); ++i)
        if (chain_.steps[i].id == until) kept_.push_back({row, i, claims_.size() - 1});
    }
    if (!v.is_over()) return;
    std::erase_if(kept_, [&](const Kept& k) {
      const bool done = !v.withdrawn && row == k.until;
      if (!done && v.next >= 0 &&
          leads_to(next_steps(scenario_, run_.day_of(v.ended)), rows_[static_cast<std::size_t>(v.next)], k.until,
                   k.holder))
        return false;
      claims_[k.claim].until = free_from(v);
      return true;
    });
  }

  const Scenario& scenario_;
  const Chain& chain_;
  const Watched& run_;
  std::vector<std::size_t> rows_;  // in the chain, of each step of the model
  std::vector<Kept> kept_;         // by the case that is followed
  std::vector<Claim> claims_;
};

}  // namespace

double own_slots(const Scenario& scenario, const PlainPool& pool, Date day) {
  const Pool& p = *pool.pool;
  const unsigned month = static_cast<unsigned>(std::chrono::year_month_day{day}.month());
  double slots = p.slots ? value_on(*p.slots, pool.member, day) : 0.0;
  double fte = p.fte ? value_on(*p.fte, pool.member, day) : 0.0;
  double percentage = 1.0 - p.leave[month - 1], added = 0.0;
  if (is_school_holiday(scenario.period.region, day)) percentage *= 1.0 - p.leave_school_holidays;
  bool in_slots = p.slots.has_value();
  for (const Intervention& i : scenario.interventions) {
    if (i.kind != "capacity" || i.settings.get<std::string>("pool") != p.id || !holds_on(i.settings, day)) continue;
    Change change = i.settings.get<Change>("change");
    const std::chrono::days ramp{static_cast<int>(i.settings.get_or("ramp", Duration{}).days)};
    if (ramp.count() > 0 &&
        day < i.settings.get<Date>("from") + ramp)  // half productive, where the settings do not say otherwise
      change.amount = change.kind == Change::Kind::factor ? (1.0 + change.amount) / 2.0 : change.amount / 2.0;
    if (change.kind == Change::Kind::factor) percentage *= change.amount;
    if (change.kind == Change::Kind::add_slots) added += change.amount;
    if (change.kind == Change::Kind::add_fte) fte += change.amount;
    if (change.kind == Change::Kind::set_slots) slots = change.amount, in_slots = true;
    if (change.kind == Change::Kind::set_fte) fte = change.amount, in_slots = false;
  }
  if (!in_slots) slots = fte * value_on(*p.cases_per_fte, pool.member, day);
  return std::max(0.0, std::floor(slots * percentage + added + 1e-9));
}

double borrowed_at_most(const Scenario& scenario, const PlainPool& pool, Date day) {
  double slots = 0.0;
  for (const Intervention& i : scenario.interventions)
    if (i.kind == "lend" && i.settings.get<std::string>("to") == pool.pool->id && holds_on(i.settings, day))
      slots += std::floor(i.settings.get<double>("slots") * i.settings.get_or("efficiency", 1.0) + 1e-9);
  return slots;
}

std::vector<Claim> claims_of(const Scenario& scenario, const Watched& run) { return ClaimCount(scenario, run).count(); }

std::vector<bool> steps_after(const Scenario& scenario, std::size_t step) {
  const auto next = next_steps(scenario, scenario.period.start);
  std::vector<bool> after(next.size());
  for (std::size_t i = 0; i < next.size(); ++i)
    for (const std::size_t first : next[step]) after[i] = after[i] || leads_to(next, first, i, next.size());
  return after;
}

}  // namespace ketensim::support
