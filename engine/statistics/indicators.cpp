#include "engine/statistics/indicators.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <set>

namespace ketensim {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
double ratio(double part, double whole) { return whole > 0.0 ? part / whole : kUndefined; }

/// Where an indicator has a meaning.
enum At : unsigned {
  kStep = 1,
  kOrganisation = 2,
  kChain = 4,
  kStepWithPool = 8,
  kStepWithNorm = 16,
  kStepWithWaitNorm = 32,
  kChainWithHelp = 64,
  kChainWithReturns = 128,
  kChainWithNorm = 256,
  kStepWithFte = 512
};

struct Row {
  IndicatorKind kind;
  unsigned at;
  double (*value)(const PlaceSums&);
};

/// Of those who wait at the end, who have waited so long.
template <std::size_t Band>
constexpr Row waiting_row(std::string_view name, std::string_view long_name) {
  return {{name, "cases", long_name}, kStep | kOrganisation | kChain, [](const PlaceSums& s) {
            return s.steps.queue_end_for[Band];
          }};
}

/// The table of indicators: adding one means adding a row (and, for a new fact, a sum).
const std::array kRows{
    Row{{"inflow", "cases", "cases received"}, kStep | kOrganisation | kChain, [](const PlaceSums& s) { return s.in; }},
    Row{{"started", "cases", "cases whose service started"}, kStep, [](const PlaceSums& s) { return s.steps.started; }},
    Row{{"outflow", "cases", "cases that went on, ended or withdrawn"},
        kStep | kOrganisation | kChain,
        [](const PlaceSums& s) { return s.out; }},
    Row{{"left", "cases", "cases that withdrew while waiting"},
        kStep | kOrganisation,
        [](const PlaceSums& s) { return s.steps.left; }},
    Row{{"held_end", "cases", "cases that have ended but are not yet released to the next step, at the end"},
        kStep | kOrganisation,
        [](const PlaceSums& s) { return s.steps.held_end; }},
    Row{{"queue_end", "cases", "cases waiting at the end"},
        kStep | kOrganisation,
        [](const PlaceSums& s) { return s.steps.queue_end; }},
    waiting_row<0>("queue_to_1w", "cases waiting at the end, for a week at most"),
    waiting_row<1>("queue_to_4w", "cases waiting at the end, for one to four weeks"),
    waiting_row<2>("queue_to_13w", "cases waiting at the end, for four to thirteen weeks"),
    waiting_row<3>("queue_over_13w", "cases waiting at the end, for more than thirteen weeks"),
    Row{{"queue_mean", "cases", "cases waiting, mean over time"},
        kStep | kOrganisation,
        [](const PlaceSums& s) { return s.steps.queue_area / s.days; }},
    Row{{"wip_end", "cases", "cases in service at the end"},
        kStep | kOrganisation,
        [](const PlaceSums& s) { return s.steps.wip_end; }},
    Row{{"wip_mean", "cases", "cases in service, mean over time"},
        kStep | kOrganisation,
        [](const PlaceSums& s) { return s.steps.wip_area / s.days; }},
    Row{{"slots_mean", "slots", "slots of the pool, mean over time"},
        kStepWithPool,
        [](const PlaceSums& s) { return s.pool.slots_area / s.days; }},
    Row{{"utilisation", "1", "busy slots of the pool as a share of its slots"},
        kStepWithPool,
        [](const PlaceSums& s) { return ratio(s.pool.busy_area, s.pool.slots_area); }},
    Row{{"caseload", "cases", "cases in service per fte at work, mean over time"},
        kStepWithFte,
        [](const PlaceSums& s) { return ratio(s.pool.busy_area, s.pool.fte_area); }},
    Row{{"wait_mean", "days", "wait of the cases started, mean"},
        kStep,
        [](const PlaceSums& s) { return ratio(s.steps.wait, s.steps.started); }},
    Row{{"wait_p50", "days", "wait of the cases started, median"},
        kStep,
        [](const PlaceSums& s) { return s.quantiles.wait_p50; }},
    Row{{"wait_p90", "days", "wait of the cases started, 90th percentile"},
        kStep,
        [](const PlaceSums& s) { return s.quantiles.wait_p90; }},
    Row{{"lead_mean", "days", "lead time of the cases ended, mean"},
        kStep,
        [](const PlaceSums& s) { return ratio(s.steps.lead, s.steps.ended); }},
    Row{{"lead_p90", "days", "lead time of the cases ended, 90th percentile"},
        kStep,
        [](const PlaceSums& s) { return s.quantiles.lead_p90; }},
    Row{{"norm_met", "1", "share of the cases ended within the norm on service or lead time"},
        kStepWithNorm | kChainWithNorm,
        [](const PlaceSums& s) { return ratio(s.steps.norm_met, s.steps.ended); }},
    Row{{"norm_met_wait", "1", "share of the cases started within the norm on wait"},
        kStepWithWaitNorm,
        [](const PlaceSums& s) { return ratio(s.steps.wait_norm_met, s.steps.started); }},
    Row{{"children_end", "cases", "children in the chain at the end"},
        kChain,
        [](const PlaceSums& s) { return s.chain.open_end; }},
    Row{{"to_help_mean", "days", "first report to the start of help, mean"},
        kChainWithHelp,
        [](const PlaceSums& s) { return ratio(s.chain.to_help, s.chain.helped); }},
    Row{{"to_help_p90", "days", "first report to the start of help, 90th percentile"},
        kChainWithHelp,
        [](const PlaceSums& s) { return s.quantiles.to_help_p90; }},
    Row{{"chain_mean", "days", "lead time of the cases that left the chain, mean"},
        kChain,
        [](const PlaceSums& s) { return ratio(s.chain.lead, s.chain.outflow); }},
    Row{{"chain_p90", "days", "lead time of the cases that left the chain, 90th percentile"},
        kChain,
        [](const PlaceSums& s) { return s.quantiles.lead_p90; }},
    Row{{"waiting_share", "1", "waiting as a share of the lead time of the cases that left the chain"},
        kChain,
        [](const PlaceSums& s) { return ratio(s.chain.waited, s.chain.seen); }},
    Row{{"waiting_mean", "cases", "cases in a queue or held before a limit, at all steps, mean over time"},
        kChain,
        [](const PlaceSums& s) { return (s.steps.queue_area + s.steps.held_area) / s.days; }},
    Row{{"returns", "cases", "children who came back"},
        kChainWithReturns,
        [](const PlaceSums& s) { return s.chain.returns; }},
    Row{{"cost", "euro", "what the levers cost"}, kChain, [](const PlaceSums& s) { return s.chain.euros; }},
};

bool applies(const Row& row, const Place& place) {
  switch (place.kind) {
    case Place::Kind::organisation:
      return row.at & kOrganisation;
    case Place::Kind::chain:
      return (row.at & kChain) || ((row.at & kChainWithHelp) && place.has_help) ||
             ((row.at & kChainWithReturns) && place.has_returns) || ((row.at & kChainWithNorm) && place.has_norm);
    case Place::Kind::step:
      break;
  }
  return (row.at & kStep) || ((row.at & kStepWithPool) && place.has_pool) ||
         ((row.at & kStepWithFte) && place.has_fte) || ((row.at & kStepWithNorm) && place.has_norm) ||
         ((row.at & kStepWithWaitNorm) && place.has_wait_norm);
}

using std::chrono::year_month_day;

std::string iso(Date day) {
  const year_month_day d{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(d.year()), static_cast<unsigned>(d.month()),
                     static_cast<unsigned>(d.day()));
}

/// The first day of the period after the one in which `day` lies.
Date next_boundary(Date day, Report report, Date end) {
  const year_month_day d{day};
  const auto first_of_month = year_month_day{d.year() / d.month() / 1};
  switch (report) {
    case Report::week:
      return day + std::chrono::days{8 - static_cast<int>(std::chrono::weekday{day}.iso_encoding())};
    case Report::month:
      return Date{first_of_month + std::chrono::months{1}};
    case Report::quarter: {
      const unsigned past = (static_cast<unsigned>(d.month()) - 1) % 3;
      return Date{first_of_month + std::chrono::months{3 - static_cast<int>(past)}};
    }
    case Report::year:
      return Date{(d.year() + std::chrono::years{1}) / 1 / 1};
    case Report::all:
      break;
  }
  return end;
}

std::string label_of(Date from, Report report, bool base) {
  if (report == Report::all) return "all";
  if (base) return iso(from);
  const year_month_day d{from};
  return fmt::format("{:04}-Q{}", static_cast<int>(d.year()), (static_cast<unsigned>(d.month()) - 1) / 3 + 1);
}

Place step_place(const Model& model, std::string organisation, std::vector<std::uint32_t> steps) {
  Place place;
  place.kind = Place::Kind::step;
  place.organisation = std::move(organisation);
  place.step = model.step_names[steps.front()];
  std::set<std::uint32_t> pools;
  for (const std::uint32_t step : steps) {
    const StepModel& s = model.steps[step];
    if (model.pools[s.pool].limited) pools.insert(s.pool);
    place.has_fte |= model.pools[s.pool].by_fte;
    place.has_norm |= s.norm.has_end();
    place.has_wait_norm |= s.norm.has_wait();
  }
  place.pools.assign(pools.begin(), pools.end());
  place.has_pool = !pools.empty();
  place.steps = std::move(steps);
  return place;
}

Place organisation_place(const Model& model, std::string name, std::vector<std::uint32_t> organisations) {
  Place place;
  place.kind = Place::Kind::organisation;
  place.organisation = std::move(name);
  place.step = "all";
  for (std::uint32_t s = 0; s < model.steps.size(); ++s)
    if (std::find(organisations.begin(), organisations.end(), model.steps[s].organisation) != organisations.end())
      place.steps.push_back(s);
  place.organisations = std::move(organisations);
  return place;
}

}  // namespace

std::span<const IndicatorKind> indicator_kinds() {
  static const auto kinds = [] {
    std::array<IndicatorKind, kRows.size()> all{};
    std::transform(kRows.begin(), kRows.end(), all.begin(), [](const Row& row) { return row.kind; });
    return all;
  }();
  return kinds;
}

double indicator_value(std::size_t indicator, const PlaceSums& sums) { return kRows[indicator].value(sums); }

std::size_t Results::find(std::string_view organisation, std::string_view step, std::string_view indicator) const {
  for (std::size_t f = 0; f < figures.size(); ++f)
    if (figures[f].organisation == organisation && figures[f].step == step &&
        indicator_kinds()[figures[f].indicator].name == indicator)
      return f;
  return npos;
}

std::size_t Results::find_period(std::string_view label) const {
  for (std::size_t p = 0; p < periods.size(); ++p)
    if (periods[p].label == label) return p;
  return npos;
}

void StepSums::add(const StepSums& other) {
  inflow += other.inflow;
  started += other.started;
  ended += other.ended;
  left += other.left;
  wait += other.wait;
  lead += other.lead;
  norm_met += other.norm_met;
  wait_norm_met += other.wait_norm_met;
  queue_area += other.queue_area;
  held_area += other.held_area;
  wip_area += other.wip_area;
  queue_end += other.queue_end;
  wip_end += other.wip_end;
  held_end += other.held_end;
  for (std::size_t band = 0; band < queue_end_for.size(); ++band) queue_end_for[band] += other.queue_end_for[band];
}

void ChainSums::add(const ChainSums& later) {
  inflow += later.inflow;
  outflow += later.outflow;
  returns += later.returns;
  lead += later.lead;
  waited += later.waited;
  seen += later.seen;
  helped += later.helped;
  to_help += later.to_help;
  open_end = later.open_end;
  euros += later.euros;
}

Layout lay_out_periods(const Period& period) {
  Layout layout;
  std::vector<Report> levels{period.report};
  if (period.report != Report::all) levels.insert(levels.end(), {Report::quarter, Report::all});
  layout.levels = levels.size();
  std::set<Date> boundaries{period.start, period.end};
  for (std::size_t level = 0; level < levels.size(); ++level) {
    for (Date from = period.start; from < period.end;) {
      const Date until = std::min(next_boundary(from, levels[level], period.end), period.end);
      layout.periods.push_back({label_of(from, levels[level], level == 0), from, until});
      layout.level_of.push_back(level);
      boundaries.insert(until);
      from = until;
    }
    if (level == 0) layout.base_periods = layout.periods.size();
  }
  layout.cells.assign(boundaries.begin(), boundaries.end());
  const auto index = [&](Date day) {
    return static_cast<std::size_t>(std::lower_bound(layout.cells.begin(), layout.cells.end(), day) -
                                    layout.cells.begin());
  };
  for (const ReportedPeriod& p : layout.periods) layout.ranges.push_back({index(p.from), index(p.until)});
  return layout;
}

void lay_out_figures(const Model& model, Layout& layout) {
  const auto add = [&](Place place) {
    for (std::size_t i = 0; i < kRows.size(); ++i) {
      if (!applies(kRows[i], place)) continue;
      layout.figures.push_back({place.organisation, place.step, i});
      layout.place_of.push_back(layout.places.size());
    }
    layout.places.push_back(std::move(place));
  };
  // Steps and total of each organisation in the order of the file; after the members of a group, the group's totals.
  for (std::uint32_t o = 0; o < model.organisations.size(); ++o) {
    const OrganisationModel& organisation = model.organisations[o];
    bool any = false;
    for (std::uint32_t s = 0; s < model.steps.size(); ++s) {
      if (model.steps[s].organisation != o) continue;
      add(step_place(model, organisation.id, {s}));
      any = true;
    }
    if (any) add(organisation_place(model, organisation.id, {o}));
    const bool last_member = organisation.group != kNone && (o + 1 == model.organisations.size() ||
                                                             model.organisations[o + 1].group != organisation.group);
    if (!last_member || !any) continue;
    std::vector<std::uint32_t> members;
    for (std::uint32_t m = 0; m <= o; ++m)
      if (model.organisations[m].group == organisation.group) members.push_back(m);
    const std::string& group = model.groups[organisation.group];
    for (std::uint32_t s = 0; s < model.steps.size(); ++s) {
      if (model.steps[s].organisation != members.front()) continue;
      std::vector<std::uint32_t> same;
      for (std::uint32_t t = 0; t < model.steps.size(); ++t)
        if (model.step_names[t] == model.step_names[s] &&
            model.organisations[model.steps[t].organisation].group == organisation.group)
          same.push_back(t);
      add(step_place(model, group, std::move(same)));
    }
    add(organisation_place(model, group, std::move(members)));
  }
  Place chain;
  chain.kind = Place::Kind::chain;
  chain.organisation = "chain";
  chain.step = "all";
  chain.has_help = std::any_of(model.steps.begin(), model.steps.end(), [](const StepModel& s) { return s.help; });
  chain.has_returns = model.has_returns();
  for (std::uint32_t s = 0; s < model.steps.size(); ++s) {
    chain.steps.push_back(s);
    chain.has_norm |= model.steps[s].norm.has_end();
  }
  add(std::move(chain));
}

}  // namespace ketensim
