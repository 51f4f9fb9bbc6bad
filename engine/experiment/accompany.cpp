#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "engine/kernel/chain_names.hpp"
#include "ketensim/wave.hpp"

namespace ketensim {
namespace {

using std::chrono::days;

constexpr int kMostSlots = 4096;
constexpr int kSweeps = 6;  // as often may what is added upstream make more come downstream
constexpr int kWeek = 7;

using Simulate = std::function<std::vector<Results>(const std::vector<Scenario>&)>;

std::string organisation_of(const std::string& name) { return name.substr(0, name.find('.')); }
std::string bare_of(const std::string& name) { return name.substr(name.find('.') + 1); }

/// The pool at which cases wait for a step of the results, as an intervention names it; empty: there is none of its
/// own.
std::string pool_at(const ChainNames& names, const Chain& chain, const Figure& at) {
  const Organisation* group = names.group_of(at.organisation);
  const std::string owner = group ? group->id : at.organisation;
  for (const Step& step : chain.steps) {
    if (organisation_of(step.id) != owner || bare_of(step.id) != at.step || step.pool.empty()) continue;
    return group && organisation_of(step.pool) == owner ? at.organisation + "." + bare_of(step.pool) : step.pool;
  }
  return {};
}

/// A queue that is compared with the baseline's.
struct Queue {
  std::size_t figure;
  std::string pool;
};

struct Place {
  Accompanying added;
  std::size_t first;  // period in which a queue first rises
  bool hopeless = false;
};

class Search {
 public:
  Search(const Results& baseline, const Scenario& alternative, const Results& results, const Simulate& simulate)
      : baseline_(baseline), alternative_(alternative), simulate_(simulate), now_(results) {
    const ChainNames names(alternative.chain);
    for (std::size_t f = 0; f < baseline.figures.size(); ++f) {
      const Figure& at = baseline.figures[f];
      const Organisation* itself = names.organisation(at.organisation);
      const bool is_group = itself && !itself->per.empty();
      if (at.step == "all" || is_group || indicator_kinds()[at.indicator].name != "queue_mean") continue;
      if (std::string pool = pool_at(names, alternative.chain, at); !pool.empty()) queues_.push_back({f, pool});
    }
  }

  Accompaniment found() {
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
      add_places();
      const std::vector<std::vector<std::size_t>> groups = groups_to_raise();
      if (groups.empty()) break;
      for (const std::vector<std::size_t>& group : groups) settle(group);
    }
    Accompaniment accompaniment;
    for (const Place& place : places_)
      if (place.added.slots > 0) accompaniment.pools.push_back(place.added);
    for (const Queue& queue : queues_) {
      const Figure& at = baseline_.figures[queue.figure];
      LeftOver over{at.organisation, at.step, Results::npos, {}};
      for (std::size_t period = 0; period < baseline_.base_periods; ++period) {
        const Summary extra = effect(baseline_, now_, queue.figure, period);
        if (above(extra) && (over.period == Results::npos || extra.mean > over.extra.mean)) {
          over.period = period;
          over.extra = extra;
        }
      }
      if (over.period != Results::npos) accompaniment.left_over.push_back(std::move(over));
    }
    accompaniment.results = std::move(now_);
    return accompaniment;
  }

 private:
  static bool above(const Summary& extra) { return extra.mean > std::max(kAtBaseline, 2.0 * extra.se); }

  /// The first period in which a queue at the pool is above the baseline's, or npos.
  std::size_t first_above(const Results& results, const std::string& pool) const {
    std::size_t first = Results::npos;
    for (const Queue& queue : queues_) {
      if (queue.pool != pool) continue;
      for (std::size_t period = 0; period < std::min(first, baseline_.base_periods); ++period)
        if (above(effect(baseline_, results, queue.figure, period))) first = period;
    }
    return first;
  }
  bool kept(const Results& results, const Place& place) const {
    return first_above(results, place.added.pool) == Results::npos;
  }

  /// A place for each pool where a queue rises and that has none yet.
  void add_places() {
    std::vector<Place> more;
    for (const Queue& queue : queues_) {
      const auto same = [&](const Place& place) { return place.added.pool == queue.pool; };
      if (std::any_of(places_.begin(), places_.end(), same) || std::any_of(more.begin(), more.end(), same)) continue;
      const std::size_t first = first_above(now_, queue.pool);
      if (first == Results::npos) continue;
      const Date from = baseline_.periods[first > 0 ? first - 1 : 0].from;
      more.push_back({{queue.pool, from, alternative_.period.end, 0}, first, false});
    }
    std::stable_sort(more.begin(), more.end(), [](const Place& a, const Place& b) { return a.first < b.first; });
    places_.insert(places_.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }

  /// Places where a queue is above the baseline's, members of one group together: none of them sends cases to another.
  std::vector<std::vector<std::size_t>> groups_to_raise() const {
    const ChainNames names(alternative_.chain);
    std::vector<std::pair<std::size_t, std::vector<std::size_t>>> groups;  // by the row of their pool
    for (std::size_t p = 0; p < places_.size(); ++p) {
      if (places_[p].hopeless || kept(now_, places_[p])) continue;
      const std::size_t row = names.pool(places_[p].added.pool)->row;
      const auto same =
          std::find_if(groups.begin(), groups.end(), [&](const auto& group) { return group.first == row; });
      if (same == groups.end())
        groups.push_back({row, {p}});
      else
        same->second.push_back(p);
    }
    std::vector<std::vector<std::size_t>> members;
    for (auto& [row, group] : groups) members.push_back(std::move(group));
    return members;
  }

  Results simulated(const std::vector<Place>& places) const {
    std::vector<Accompanying> added;
    for (const Place& place : places)
      if (place.added.slots > 0 && place.added.from < place.added.until) added.push_back(place.added);
    Scenario scenario = alternative_;
    for (Intervention& intervention : interventions_of(added))
      scenario.interventions.push_back(std::move(intervention));
    return std::move(simulate_({scenario}).front());
  }

  /// For each of the places at once: the least whole number in (low, high] that keeps its queues, where `high` does and
  /// `low` does not. `put` sets a place to a number.
  template <class Put>
  void bisect(const std::vector<std::size_t>& group, std::map<std::size_t, std::pair<int, int>> bounds, Put put) {
    const auto open = [&](std::size_t p) { return bounds[p].second - bounds[p].first > 1; };
    while (std::any_of(group.begin(), group.end(), open)) {
      std::map<std::size_t, int> tried;
      for (const std::size_t p : group)
        put(places_[p], tried[p] = open(p) ? (bounds[p].first + bounds[p].second) / 2 : bounds[p].second);
      const Results results = simulated(places_);
      for (const std::size_t p : group)
        if (open(p)) (kept(results, places_[p]) ? bounds[p].second : bounds[p].first) = tried[p];
    }
    for (const std::size_t p : group) put(places_[p], bounds[p].second);
  }

  /// The fewest slots, then the shortest time, at each place of the group.
  void settle(const std::vector<std::size_t>& all) {
    for (const std::size_t p : all) {
      Place& place = places_[p];
      place.added.from = baseline_.periods[place.first > 0 ? place.first - 1 : 0].from;
      place.added.until = alternative_.period.end;
    }
    const std::vector<std::size_t> group = raised(all);
    std::map<std::size_t, std::pair<int, int>> weeks;
    for (const std::size_t p : group) {
      const auto length = static_cast<int>((places_[p].added.until - places_[p].added.from).count());
      weeks[p] = {0, (length + kWeek - 1) / kWeek};
    }
    const Date end = alternative_.period.end;
    bisect(group, weeks,
           [&](Place& place, int count) { place.added.until = std::min(place.added.from + days{kWeek * count}, end); });
    // From the other side the least is how many weeks before its end it begins.
    for (const std::size_t p : group) {
      const auto length = static_cast<int>((places_[p].added.until - places_[p].added.from).count());
      weeks[p] = {0, (length + kWeek - 1) / kWeek};
    }
    std::map<std::string, Date> earliest;
    for (const std::size_t p : group) earliest[places_[p].added.pool] = places_[p].added.from;
    bisect(group, weeks, [&](Place& place, int count) {
      place.added.from = std::max(place.added.until - days{kWeek * count}, earliest[place.added.pool]);
    });
    now_ = simulated(places_);
  }

  /// The places of the group that can be kept, each with its fewest slots.
  std::vector<std::size_t> raised(const std::vector<std::size_t>& all) {
    std::map<std::size_t, std::pair<int, int>> bounds;
    std::vector<std::size_t> open = all;
    for (const std::size_t p : all) {
      const int had = places_[p].added.slots;
      bounds[p] = {std::max(0, had - 1), std::max(1, had)};
    }
    while (!open.empty()) {
      for (const std::size_t p : all) places_[p].added.slots = bounds[p].second;
      const Results results = simulated(places_);
      std::vector<std::size_t> still;
      for (const std::size_t p : open) {
        if (kept(results, places_[p])) continue;
        bounds[p] = {bounds[p].second, 2 * bounds[p].second};
        if (bounds[p].second <= kMostSlots) {
          still.push_back(p);
        } else {
          places_[p].hopeless = true;
          bounds[p] = {-1, 0};
        }
      }
      open = std::move(still);
    }
    std::vector<std::size_t> group;
    for (const std::size_t p : all) {
      places_[p].added.slots = bounds[p].second;
      if (!places_[p].hopeless) group.push_back(p);
    }
    bisect(group, bounds, [](Place& place, int slots) { place.added.slots = slots; });
    return group;
  }

  const Results& baseline_;
  const Scenario& alternative_;
  const Simulate& simulate_;
  Results now_;  // of the alternative with what is added at present
  std::vector<Queue> queues_;
  std::vector<Place> places_;
};

}  // namespace

Accompaniment accompany(const Results& baseline, const Scenario& alternative, const Results& results,
                        const Simulate& simulate) {
  return Search(baseline, alternative, results, simulate).found();
}

std::vector<Intervention> interventions_of(const std::vector<Accompanying>& pools) {
  std::vector<Intervention> interventions;
  for (const Accompanying& added : pools)
    interventions.push_back({"capacity",
                             {{{"pool", added.pool},
                               {"from", added.from},
                               {"until", added.until},
                               {"change", Change{Change::Kind::add_slots, static_cast<double>(added.slots)}}}}});
  return interventions;
}

}  // namespace ketensim
