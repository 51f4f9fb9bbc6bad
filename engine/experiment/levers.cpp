#include "engine/experiment/levers.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "engine/kernel/compilation.hpp"

namespace ketensim {
namespace {

using std::chrono::days;
using std::chrono::year_month_day;

/// The day from the origin on which the calendar year ends in which `day` lies.
int end_of_year(const Model& model, int day) {
  const year_month_day date{model.origin + days{day}};
  return static_cast<int>((Date{(date.year() + std::chrono::years{1}) / 1 / 1} - model.origin).count());
}

/// Whether the steps are of two members of one `per:` organisation.
bool at_other_member(const Model& model, std::size_t a, std::size_t b) {
  const std::uint32_t one = model.steps[a].organisation, other = model.steps[b].organisation;
  return one != other && model.organisations[one].group != kNone &&
         model.organisations[one].group == model.organisations[other].group;
}

/// Whether at least half of those who leave the step go inside, of each branch, and nobody goes elsewhere but out.
bool leads_inside(const Model& model, const Routing& routing, const std::vector<bool>& inside) {
  return std::all_of(routing.begin(), routing.end(), [&](const BranchModel& branch) {
    double before = 0.0, entering = 0.0;
    for (const RouteModel& route : branch.routes) {
      const double share = route.cumulative - std::exchange(before, route.cumulative);
      const Destination& to = model.destinations[route.destination];
      const std::vector<std::int32_t> steps = to.attribute == kNone ? std::vector<std::int32_t>{to.step} : to.by_value;
      for (const std::int32_t step : steps)
        if (step != kOut && !inside[static_cast<std::size_t>(step)]) return false;
      if (to.attribute != kNone || to.step != kOut) entering += share;
    }
    return entering >= 0.5;
  });
}

}  // namespace

Intervention capacity_change(const std::string& pool, Date from, Change change) {
  return {"capacity", {{{"pool", pool}, {"from", from}, {"change", change}}}};
}

Intervention capacity_change(const std::string& pool, Date from, Date until, Change change) {
  Intervention intervention = capacity_change(pool, from, change);
  intervention.settings.values.emplace("until", until);
  return intervention;
}

std::vector<SlotSpan> slot_spans(const Model& model, std::uint32_t pool) {
  const int start = static_cast<int>(model.start), end = static_cast<int>(model.end);
  const PoolModel& p = model.pools[pool];
  std::vector<SlotSpan> spans{{0, end, p.staffing == kNone ? p.slots : slots_of(model.staffings[p.staffing])}};
  for (const Tick& tick : model.ticks) {
    const bool own = tick.index == pool && (tick.kind == Tick::Kind::slots || tick.kind == Tick::Kind::staffing);
    if (!own) continue;
    spans.back().until = static_cast<int>(tick.time);
    const bool staffed = tick.kind == Tick::Kind::staffing;
    spans.push_back({spans.back().until, end, staffed ? slots_of(model.staffings[tick.count]) : tick.count});
  }
  std::erase_if(spans, [&](const SlotSpan& span) { return span.until <= start; });
  spans.front().from = std::max(spans.front().from, start);
  return spans;
}

std::vector<Intervention> spread_leave(const Model& model, std::uint32_t pool) {
  // Every span again within its year, with what it should have.
  struct Piece {
    int from, until;
    std::int64_t added;
  };
  std::vector<Piece> pieces;
  const auto add = [&](int from, int until, std::int64_t added) {
    if (from >= until) return;
    if (!pieces.empty() && pieces.back().until == from && pieces.back().added == added)
      pieces.back().until = until;
    else
      pieces.push_back({from, until, added});
  };
  const std::vector<SlotSpan> spans = slot_spans(model, pool);
  const int end = static_cast<int>(model.end);
  for (int first = static_cast<int>(model.start); first < end;) {
    const int last = std::min(end, end_of_year(model, first));
    std::int64_t slot_days = 0;
    for (const SlotSpan& span : spans)
      slot_days += std::int64_t{span.slots} * std::max(0, std::min(span.until, last) - std::max(span.from, first));
    const std::int64_t level = slot_days / (last - first);
    const int higher_until = first + static_cast<int>(slot_days % (last - first));
    for (const SlotSpan& span : spans) {
      const int from = std::max(span.from, first), until = std::min(span.until, last);
      const int cut = std::clamp(higher_until, from, std::max(from, until));
      add(from, cut, level + 1 - span.slots);
      add(cut, until, level - span.slots);
    }
    first = last;
  }
  std::vector<Intervention> levers;
  for (const Piece& piece : pieces)
    if (piece.added != 0)
      levers.push_back(capacity_change(model.pools[pool].id, model.origin + days{piece.from},
                                       model.origin + days{piece.until},
                                       {Change::Kind::add_slots, static_cast<double>(piece.added)}));
  return levers;
}

std::vector<std::string> steps_towards(const Model& model, std::uint32_t pool) {
  std::vector<bool> inside(model.steps.size());
  for (std::size_t s = 0; s < model.steps.size(); ++s) {
    const StepModel& step = model.steps[s];
    const bool takes = step.pool == pool || std::count(step.more_pools.begin(), step.more_pools.end(), pool) > 0;
    if (takes) inside[s] = true;
    if (step.pool != pool || step.hold == kNone) continue;
    const HoldModel& hold = model.holds[step.hold];
    for (std::size_t t = 0; t < model.steps.size(); ++t)
      if ((hold.keeps[t] != 0 || hold.frees[t] != 0) && !at_other_member(model, s, t)) inside[t] = true;
  }
  for (bool more = true; more;) {
    more = false;
    for (std::size_t s = 0; s < model.steps.size(); ++s) {
      if (inside[s] || !leads_inside(model, model.routings[model.steps[s].routing], inside)) continue;
      inside[s] = more = true;
    }
  }
  std::vector<std::string> names;
  for (std::size_t s = 0; s < model.steps.size(); ++s)
    if (inside[s]) names.push_back(model.organisation_of(s) + "." + model.step_names[s]);
  return names;
}

}  // namespace ketensim
