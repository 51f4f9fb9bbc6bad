#include "tools/results/netcdf_layout.hpp"

#include <algorithm>

namespace ketensim::netcdf {
namespace {

bool same(const ReportedPeriod& a, const ReportedPeriod& b) {
  return a.label == b.label && a.from == b.from && a.until == b.until;
}

std::size_t index_of(const std::vector<ReportedPeriod>& periods, const ReportedPeriod& period) {
  const auto found =
      std::find_if(periods.begin(), periods.end(), [&](const auto& other) { return same(other, period); });
  return static_cast<std::size_t>(found - periods.begin());
}

using PlaceName = std::pair<std::string, std::string>;

/// The figures of a place follow each other: where the one before it was, or else anywhere.
std::size_t index_of(const std::vector<PlaceName>& places, const Figure& figure, std::size_t guess) {
  const auto same = [&](const PlaceName& place) {
    return place.first == figure.organisation && place.second == figure.step;
  };
  if (guess < places.size() && same(places[guess])) return guess;
  return static_cast<std::size_t>(std::find_if(places.begin(), places.end(), same) - places.begin());
}

void add_period(std::vector<ReportedPeriod>& periods, const ReportedPeriod& period) {
  if (index_of(periods, period) == periods.size()) periods.push_back(period);
}

}  // namespace

Layout layout_of(const Study& study) {
  Layout layout;
  for (const Results& results : study.results) {
    layout.replications = std::max(layout.replications, results.replications);
    std::size_t after = 0;  // a new place follows the one before it: every scenario keeps its order
    for (const Figure& figure : results.figures) {
      std::size_t place = index_of(layout.places, figure, after - 1);
      if (place == layout.places.size()) {
        place = after;
        layout.places.emplace(layout.places.begin() + static_cast<std::ptrdiff_t>(after), figure.organisation,
                              figure.step);
      }
      after = place + 1;
      if (std::find(layout.indicators.begin(), layout.indicators.end(), figure.indicator) == layout.indicators.end())
        layout.indicators.push_back(figure.indicator);
    }
    for (std::size_t period = 0; period < results.periods.size(); ++period)
      add_period(period < results.base_periods ? layout.periods : layout.longer, results.periods[period]);
  }
  std::sort(layout.indicators.begin(), layout.indicators.end());
  // Scenarios may cover different years: the axis of periods stays in the order of time.
  std::stable_sort(layout.periods.begin(), layout.periods.end(),
                   [](const ReportedPeriod& a, const ReportedPeriod& b) { return a.from < b.from; });
  if (!layout.periods.empty()) layout.origin = layout.periods.front().from;
  return layout;
}

Indices indices_of(const Layout& layout, const Results& results) {
  Indices indices;
  std::size_t place = 0;
  for (const Figure& figure : results.figures) {
    place = index_of(layout.places, figure, place);
    indices.place_of_figure.push_back(place);
  }
  for (std::size_t period = 0; period < results.periods.size(); ++period)
    indices.index_of_period.push_back(
        index_of(period < results.base_periods ? layout.periods : layout.longer, results.periods[period]));
  return indices;
}

}  // namespace ketensim::netcdf
