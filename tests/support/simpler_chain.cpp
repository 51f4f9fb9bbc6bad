#include "tests/support/simpler_chain.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "tests/support/chain_builder.hpp"
#include "tests/support/chain_text.hpp"
#include "tests/support/random_interventions.hpp"

namespace ketensim::support {
namespace {

using std::chrono::days;

template <class T>
void erase_at(std::vector<T>& list, std::size_t i) {
  list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
}

/// Whether a setting, or one inside it, names this step or pool.
bool names(const Settings& settings, const std::string& id) {
  for (const auto& [key, value] : settings.values) {
    if (const auto* text = std::get_if<std::string>(&value); text && *text == id) return true;
    if (const auto* list = std::get_if<std::vector<std::string>>(&value);
        list && std::find(list->begin(), list->end(), id) != list->end())
      return true;
    if (const auto* targets = std::get_if<std::vector<Target>>(&value))
      for (const Target& target : *targets)
        if (target.to == id) return true;
    if (const auto* group = std::get_if<Settings>(&value); group && names(*group, id)) return true;
  }
  return false;
}

void forget(Scenario& s, const std::string& id) {
  std::erase_if(s.interventions, [&](const Intervention& i) { return names(i.settings, id); });
}

/// Cases that would have come to the step leave the chain.
void remove_step(Scenario& s, std::size_t row) {
  const std::string id = s.chain.steps[row].id;
  erase_at(s.chain.steps, row);
  std::erase_if(s.chain.streams, [&](const Stream& stream) { return stream.to == id; });
  if (s.chain.returns && s.chain.returns->to == id) s.chain.returns.reset();
  for (Step& step : s.chain.steps) {
    if (step.hold_until == id) step.hold_until.clear();
    if (step.patience && step.patience->to == id) step.patience->to = "out";
    for (Branch& branch : step.next) {
      double share = 0.0;
      for (const Target& target : branch.to)
        if (target.to == id || target.to == "out") share += target.share;
      std::erase_if(branch.to, [&](const Target& target) { return target.to == id || target.to == "out"; });
      if (share > 0.0) branch.to.push_back({"out", share, {}});
    }
  }
  forget(s, id);
}

void remove_pool(Scenario& s, std::size_t row) {
  const std::string id = s.chain.pools[row].id;
  erase_at(s.chain.pools, row);
  for (Step& step : s.chain.steps)
    if (std::erase(step.more_pools, id) == 0 && step.pool == id) {
      step.pool.clear();
      step.more_pools.clear();
      step.hold_until.clear();
    }
  forget(s, id);
}

void remove_attribute(Scenario& s, const std::string& name) {
  for (Stream& stream : s.chain.streams) {
    std::erase_if(stream.attributes, [&](const Stream::Attribute& a) { return a.name == name; });
    for (Stream::Attribute& other : stream.attributes)
      if (other.given == name) other = {other.name, other.shares};
  }
  for (Step& step : s.chain.steps) {
    std::erase(step.order, name);
    for (Worsening& worsening : step.while_waiting) worsening.set.clear();
    step.duration_of_class.clear();
    std::erase_if(step.next, [](const Branch& branch) { return !branch.when.empty(); });
  }
}

void drop_unused(Scenario& s) {
  std::erase_if(s.chain.organisations, [&](const Organisation& o) {
    return std::none_of(s.chain.steps.begin(), s.chain.steps.end(),
                        [&](const Step& step) { return step.id.rfind(o.id + ".", 0) == 0; }) &&
           std::none_of(s.chain.pools.begin(), s.chain.pools.end(),
                        [&](const Pool& pool) { return pool.id.rfind(o.id + ".", 0) == 0; });
  });
}

class Simplifier {
 public:
  explicit Simplifier(const Scenario& scenario) : scenario_(scenario), text_(written(scenario)) {}

  std::vector<Scenario> all() {
    interventions();
    structure();
    for (std::size_t i = 0; i < scenario_.chain.steps.size(); ++i) step(i);
    for (std::size_t i = 0; i < scenario_.chain.streams.size(); ++i) stream(i);
    for (std::size_t i = 0; i < scenario_.chain.pools.size(); ++i) pool(i);
    period();
    return std::move(found_);
  }

 private:
  /// The scenario with one change, if it is another one and valid.
  void attempt(const std::function<void(Scenario&)>& change) {
    Scenario changed = scenario_;
    change(changed);
    if (written(changed) != text_ && is_valid(changed)) found_.push_back(std::move(changed));
  }

  void interventions() {
    const std::size_t count = scenario_.interventions.size();
    if (count > 1) attempt([](Scenario& s) { s.interventions.clear(); });
    for (std::size_t i = 0; i < count; ++i) {
      attempt([=](Scenario& s) { erase_at(s.interventions, i); });
      attempt([=](Scenario& s) { s.interventions[i].settings.values.erase("until"); });
    }
  }

  void structure() {
    const Chain& chain = scenario_.chain;
    for (std::size_t i = 0; i < chain.steps.size(); ++i) attempt([=](Scenario& s) { remove_step(s, i); });
    for (std::size_t i = 0; i < chain.streams.size(); ++i)
      attempt([=](Scenario& s) {
        forget(s, s.chain.streams[i].id);
        erase_at(s.chain.streams, i);
      });
    attempt([](Scenario& s) { s.chain.returns.reset(); });
    for (std::size_t i = 0; i < chain.pools.size(); ++i) attempt([=](Scenario& s) { remove_pool(s, i); });
    if (!chain.streams.empty())
      for (const Stream::Attribute& attribute : chain.streams.front().attributes)
        attempt([&](Scenario& s) { remove_attribute(s, attribute.name); });
    attempt(drop_unused);
  }

  void period() {
    const auto length = (scenario_.period.end - scenario_.period.start).count();
    attempt([=](Scenario& s) { s.period.end -= days{length / 2}; });
    attempt([=](Scenario& s) { s.period.end -= days{length / 10}; });
    attempt([](Scenario& s) { s.period.warm_up.days = 0.0; });
    attempt([](Scenario& s) { s.period.resolution = Resolution::continuous; });
    attempt([](Scenario& s) { s.period.handed_over_on_working_days = false; });
    attempt([](Scenario& s) { s.period.calendar = CalendarKind::continuous; });
    attempt([](Scenario& s) { s.period.report = Report::all; });
  }

  void step(std::size_t i) {
    const auto change = [&](const auto& simplify) { attempt([&](Scenario& s) { simplify(s.chain.steps[i]); }); };
    change([](Step& s) { s.patience.reset(); });
    change([](Step& s) { s.while_waiting.clear(); });
    change([](Step& s) { s.hold_until.clear(); });
    change([](Step& s) { s.more_pools.clear(); });
    change([](Step& s) { s.set.clear(); });
    change([](Step& s) { s.next.back().by = ChoiceRule::share; });
    change([](Step& s) { s.order.clear(); });
    change([](Step& s) { s.norm = {}; });
    change([](Step& s) { s.help = false; });
    change([](Step& s) {
      if (s.next.size() > 1) erase_at(s.next, 0);
    });
    change([](Step& s) {
      for (Branch& branch : s.next)
        for (Target& target : branch.to) target.after.reset();
    });
    change([](Step& s) { s.duration_of_class.clear(); });
    change([](Step& s) { s.duration = deterministic(std::max(1.0, std::round(mean_of(s.duration)))); });
    for (std::size_t t = 0; t < scenario_.chain.steps[i].next.back().to.size(); ++t)
      change([=](Step& s) {
        std::vector<Target>& to = s.next.back().to;
        if (to.size() < 2) return;
        const double share = to[t].share;
        erase_at(to, t);
        to.front().share += share;
      });
  }

  void stream(std::size_t i) {
    const auto change = [&](const auto& simplify) { attempt([&](Scenario& s) { simplify(s.chain.streams[i]); }); };
    change([](Stream& s) { s.children = {{1, 1.0}}; });
    change([](Stream& s) { s.day_dispersion = s.month_dispersion = 0.0; });
    change([](Stream& s) {
      for (Stream::Attribute& a : s.attributes) a = {a.name, a.shares};
    });
    change([](Stream& s) {
      s.month.fill(1.0);
      s.weekday.fill(1.0);
      s.trend_per_year = 0.0;
      s.school_holidays = 1.0;
    });
    change([](Stream& s) { s.per_day = s.per_day > 0.1 ? 0.5 * s.per_day : s.per_day; });
  }

  void pool(std::size_t i) {
    const auto change = [&](const auto& simplify) { attempt([&](Scenario& s) { simplify(s.chain.pools[i]); }); };
    const auto always_slots = [&](double slots) {
      change([=](Pool& p) {
        const std::string id = p.id;
        p = Pool{};
        p.id = id;
        p.slots = always(slots);
      });
    };
    const Pool& pool = scenario_.chain.pools[i];
    const bool plain = pool.slots && pool.slots->by_member.empty() && pool.slots->common.from.size() == 1;
    const double slots = plain ? pool.slots->common.from.front().second : 4.0;
    if (!plain || slots > 1.0) {
      always_slots(1.0);
      if (!plain || slots > 2.0) always_slots(std::floor(slots / 2.0));
    }
    change([](Pool& p) {
      p.leave.fill(0.0);
      p.leave_school_holidays = 0.0;
    });
  }

  const Scenario& scenario_;
  const std::string text_;
  std::vector<Scenario> found_;
};

}  // namespace

std::vector<Scenario> simpler(const Scenario& scenario) { return Simplifier(scenario).all(); }

}  // namespace ketensim::support
