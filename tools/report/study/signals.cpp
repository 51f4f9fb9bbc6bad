#include "tools/report/study/signals.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

#include "tools/report/study/parts.hpp"

namespace ketensim::report {
namespace {

using enum StudyPhrase;

constexpr double kHalf = 0.5;
constexpr double kRise = 1.5, kExtra = 5.0;
constexpr double kWorthAColumn = 0.05;
constexpr std::size_t kMostColumns = 10;  // of a table, that a sheet of paper holds
constexpr std::array kTints{0.2, 0.5, 0.8};
constexpr std::array<std::string_view, 2> kNorms{"norm_met_wait", "norm_met"};

template <class Passed>
std::vector<double> probabilities(const Results& results, std::size_t figure, Passed passed) {
  std::vector<double> all;
  for (std::size_t period = 0; period < results.base_periods; ++period) {
    int defined = 0, count = 0;
    for (int replication = 0; replication < results.replications; ++replication) {
      const double value = results.value(replication, figure, period);
      if (std::isnan(value)) continue;
      ++defined;
      count += passed(value) ? 1 : 0;
    }
    all.push_back(defined == 0 ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(count) / defined);
  }
  return all;
}

bool is_seen(const Signal& signal) {
  return std::any_of(signal.probabilities.begin(), signal.probabilities.end(),
                     [](double p) { return p >= kWorthAColumn; });
}

int tint_of(double probability) {
  return static_cast<int>(
      std::count_if(kTints.begin(), kTints.end(), [&](double least) { return probability >= least; }));
}

std::string name_of(const StudyView& view, const Signal& signal) {
  if (signal.kind == Signal::Kind::queue)
    return view.say(signal_queue, fmt::arg("threshold", view.number(signal.threshold, 0)));
  return view.say(signal.indicator == kNorms.front() ? signal_wait_norm : signal_norm);
}

Table signal_table(const StudyView& view, const Results& results, const std::vector<Signal>& signals,
                   std::span<const std::size_t> columns) {
  Table table;
  table.headers.push_back({view.say(period_month), ""});
  for (const std::size_t s : columns)
    table.headers.push_back({signals[s].place.organisation + " – " + signals[s].place.step, name_of(view, signals[s])});
  for (std::size_t period = 0; period < results.base_periods; ++period) {
    std::vector<std::string> row{view.period(results, period)};
    std::vector<int> tints{0};
    for (const std::size_t s : columns) {
      row.push_back(view.number(100.0 * signals[s].probabilities[period], 0));
      tints.push_back(tint_of(signals[s].probabilities[period]));
    }
    table.rows.push_back(std::move(row));
    table.tints.push_back(std::move(tints));
  }
  return table;
}

/// As many tables as it takes, about as wide as each other.
void put_tables(Page& page, const StudyView& view, const Results& results, const std::vector<Signal>& signals,
                const std::vector<std::size_t>& shown) {
  const std::size_t tables = (shown.size() + kMostColumns - 1) / kMostColumns;
  for (std::size_t t = 0; t < tables; ++t) {
    const std::size_t first = t * shown.size() / tables, last = (t + 1) * shown.size() / tables;
    page.table(signal_table(view, results, signals, std::span(shown).subspan(first, last - first)));
  }
}

}  // namespace

std::vector<Signal> signals_of(const Results& baseline, const Results& results, const std::vector<Place>& places) {
  std::vector<Signal> signals;
  for (const Place& place : places) {
    for (const std::string_view indicator : kNorms) {
      const std::size_t figure = results.find(place.organisation, place.step, indicator);
      if (figure == Results::npos) continue;
      signals.push_back({place, Signal::Kind::norm, indicator, kHalf,
                         probabilities(results, figure, [](double share) { return share < kHalf; })});
    }
    const std::size_t figure = results.find(place.organisation, place.step, "queue_end");
    const Summary start = figure_at(baseline, place, "queue_end", 0);
    if (figure == Results::npos || start.defined == 0) continue;
    const double threshold = std::ceil(std::max(kRise * start.mean, start.mean + kExtra));
    signals.push_back({place, Signal::Kind::queue, "queue_end", threshold,
                       probabilities(results, figure, [&](double queue) { return queue > threshold; })});
  }
  return signals;
}

void put_signals(Page& page, const StudyView& view) {
  page.section(view.say(StudyPhrase::signals));
  std::vector<std::vector<Signal>> all;
  std::vector<bool> seen;  // in any scenario
  for (std::size_t i = 0; i < view.scenarios(); ++i) {
    all.push_back(signals_of(view.compared() ? view.baseline() : view.results(i), view.results(i), view.places()));
    if (seen.size() < all.back().size()) seen.resize(all.back().size(), false);
    for (std::size_t s = 0; s < all.back().size(); ++s) seen[s] = seen[s] || is_seen(all.back()[s]);
  }
  std::vector<std::size_t> shown;
  for (std::size_t s = 0; s < seen.size(); ++s)
    if (seen[s]) shown.push_back(s);
  if (shown.empty()) {
    page.note(view.say(no_signals));
  } else {
    page.note(view.say(signals_note, fmt::arg("replications", view.baseline().replications)));
    std::vector<Page::Panel> panels;
    for (std::size_t i = 0; i < view.scenarios(); ++i)
      panels.emplace_back(view.title(i), [&, i] { put_tables(page, view, view.results(i), all[i], shown); });
    page.choice(view.say(scenario_choice), panels);
  }
  page.close("section");
}

}  // namespace ketensim::report
