#include "tools/report/figures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>

namespace ketensim::report {
namespace {

constexpr std::size_t kFewMembers = 3;
constexpr std::size_t kMostRises = 3;
constexpr double kClear = 4.0;        // standard errors
constexpr double kWorthARow = 0.05;   // of the largest burst
constexpr double kNoticeable = 0.01;  // of the baseline's figure
constexpr std::string_view kTotal = "all", kChain = "chain";

constexpr std::array kStepColumns{Column{"inflow", Phrase::inflow, Phrase::cases_per_year, Scale::per_year},
                                  Column{"queue_end", Phrase::waiting_end, Phrase::cases, Scale::plain, true},
                                  Column{"wait_mean", Phrase::wait_mean, Phrase::days, Scale::plain, true},
                                  Column{"wait_p90", Phrase::wait_p90, Phrase::days},
                                  Column{"norm_met", Phrase::norm_met, Phrase::percent, Scale::percent},
                                  Column{"norm_met_wait", Phrase::norm_met_wait, Phrase::percent, Scale::percent},
                                  Column{"utilisation", Phrase::utilisation, Phrase::percent, Scale::percent}};

constexpr std::array kDifferenceColumns{
    Column{"inflow", Phrase::inflow, Phrase::cases_per_year, Scale::per_year, true},
    Column{"queue_mean", Phrase::waiting_mean, Phrase::cases, Scale::plain, true},
    Column{"wait_mean", Phrase::wait_mean, Phrase::days, Scale::plain, true},
    Column{"norm_met", Phrase::norm_met, Phrase::percent_points, Scale::percent, true},
    Column{"utilisation", Phrase::utilisation, Phrase::percent_points, Scale::percent, true}};

constexpr std::array kChainFigures{
    Column{"children_end", Phrase::children_end, Phrase::cases, Scale::plain, true},
    Column{"to_help_mean", Phrase::to_help_mean, Phrase::days, Scale::plain, true},
    Column{"to_help_p90", Phrase::to_help_p90, Phrase::days, Scale::plain, true},
    Column{"chain_mean", Phrase::chain_mean, Phrase::days, Scale::plain, true},
    Column{"chain_p90", Phrase::chain_p90, Phrase::days, Scale::plain, true},
    Column{"waiting_share", Phrase::waiting_share, Phrase::percent, Scale::percent, true},
    Column{"returns", Phrase::returns, Phrase::cases_per_year, Scale::per_year, true},
    Column{"cost", Phrase::cost, Phrase::euro, Scale::plain, true}};

/// What fits beside each other of the chain's own figures.
constexpr std::array kOverviewColumns{
    Column{"children_end", Phrase::children_in_chain, Phrase::at_the_end, Scale::plain, true},
    Column{"to_help_mean", Phrase::until_help, Phrase::days, Scale::plain, true},
    Column{"chain_mean", Phrase::in_chain, Phrase::days, Scale::plain, true},
    Column{"waiting_share", Phrase::of_which_waiting, Phrase::percent_points, Scale::percent, true},
    Column{"returns", Phrase::come_back, Phrase::cases_per_year, Scale::per_year, true},
    Column{"cost", Phrase::costs, Phrase::euro, Scale::plain, true}};

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
constexpr Summary kNothing{kUndefined, kUndefined, kUndefined, kUndefined, kUndefined, kUndefined, kUndefined, 0};

bool has_total(const Results& results, const std::string& group) {
  return std::any_of(results.figures.begin(), results.figures.end(),
                     [&](const Figure& figure) { return figure.organisation == group && figure.step != kTotal; });
}

std::size_t members_of(const Study& study, const std::string& group) {
  return static_cast<std::size_t>(std::count_if(study.organisations.begin(), study.organisations.end(),
                                                [&](const OrganisationLabel& label) { return label.group == group; }));
}

bool is_shown(const std::vector<Place>& places, const Burst& burst) {
  return std::any_of(places.begin(), places.end(), [&](const Place& place) {
    return place.organisation == burst.organisation && place.step == burst.step;
  });
}

}  // namespace

std::vector<Place> shown_places(const Study& study, const Results& results, bool all_members) {
  std::vector<Place> places;
  const Figure* before = nullptr;  // the figures of a place follow each other
  for (const Figure& figure : results.figures) {
    const bool again = before && before->organisation == figure.organisation && before->step == figure.step;
    before = &figure;
    if (again || figure.step == kTotal || figure.organisation == kChain) continue;
    const std::string group = study.label(figure.organisation).group;
    const bool hidden =
        !group.empty() && !all_members && members_of(study, group) > kFewMembers && has_total(results, group);
    if (!hidden) places.push_back({figure.organisation, figure.step});
  }
  return places;
}

bool is_cost(const Column& column) { return column.indicator == "cost"; }

bool is_told(const Column& column, const Results& results) {
  if (!is_cost(column)) return true;
  const Summary cost = figure_at(results, {"chain", "all"}, column.indicator, whole_period(results));
  return cost.mean != 0.0 && !std::isnan(cost.mean);
}

std::size_t whole_period(const Results& results) {
  const std::size_t period = results.find_period("all");
  return period == Results::npos ? results.periods.size() - 1 : period;
}

Summary figure_at(const Results& results, const Place& place, std::string_view indicator, std::size_t period) {
  const std::size_t figure = results.find(place.organisation, place.step, indicator);
  return figure == Results::npos ? kNothing : summarise(results, figure, period);
}

Summary effect_at(const Results& baseline, const Results& alternative, const Place& place, std::string_view indicator,
                  std::size_t period) {
  const std::size_t figure = baseline.find(place.organisation, place.step, indicator);
  return figure == Results::npos ? kNothing : effect(baseline, alternative, figure, period);
}

bool stands_out(const Summary& effect) { return effect.mean != 0.0 && std::abs(effect.mean) > kClear * effect.se; }

bool noticeable(const Summary& effect, const Summary& baseline) {
  return stands_out(effect) && std::abs(effect.mean) >= kNoticeable * std::abs(baseline.mean);
}

bool identical(const Results& baseline, const Results& alternative) {
  // Undefined on both sides is no difference either: the bits are compared, not the numbers.
  if (baseline.figures.size() != alternative.figures.size() || baseline.periods.size() != alternative.periods.size() ||
      baseline.replications != alternative.replications)
    return false;
  std::vector<double> left(baseline.row_size()), right(alternative.row_size());
  for (int replication = 0; replication < baseline.replications; ++replication) {
    baseline.read(replication, left.data());
    alternative.read(replication, right.data());
    if (!std::equal(left.begin(), left.end(), right.begin(),
                    [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }))
      return false;
  }
  return true;
}

std::vector<Rise> rises(const Results& baseline, const Results& alternative, const std::vector<Place>& places) {
  std::vector<Rise> found;
  for (const Place& place : places) {
    Rise highest{place, Results::npos, kNothing};
    for (std::size_t period = 0; period < baseline.base_periods; ++period) {
      const Summary extra = effect_at(baseline, alternative, place, "queue_end", period);
      if (stands_out(extra) && extra.mean > 0.0 && !(extra.mean <= highest.extra.mean))
        highest = {place, period, extra};
    }
    if (highest.period != Results::npos) found.push_back(highest);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Rise& a, const Rise& b) { return a.extra.mean > b.extra.mean; });
  if (found.size() > kMostRises) found.resize(kMostRises);
  return found;
}

ShownBursts shown_bursts(const Results& baseline, const Results& alternative, const std::vector<Place>& places) {
  ShownBursts shown{bursts(baseline, alternative), 0};
  std::erase_if(shown.bursts, [&](const Burst& burst) { return !is_shown(places, burst); });
  double largest = 0.0;
  for (const Burst& burst : shown.bursts) largest = std::max(largest, burst.at_peak.mean);
  shown.left_out =
      std::erase_if(shown.bursts, [&](const Burst& burst) { return burst.at_peak.mean < kWorthARow * largest; });
  return shown;
}

double factor_of(Scale scale, const ReportedPeriod& period) {
  switch (scale) {
    case Scale::plain:
      return 1.0;
    case Scale::percent:
      return 100.0;
    case Scale::per_year:
      return kDaysPerYear / static_cast<double>((period.until - period.from).count());
  }
  return 1.0;
}

std::span<const Column> step_columns() { return kStepColumns; }
std::span<const Column> difference_columns() { return kDifferenceColumns; }
std::span<const Column> chain_figures() { return kChainFigures; }
std::span<const Column> overview_columns() { return kOverviewColumns; }

}  // namespace ketensim::report
