// Tables of what is uncertain and what goes wrong ahead.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ketensim/early_warning.hpp"
#include "tools/report/tables.hpp"

namespace ketensim::report {
namespace {

constexpr double kWorthARow = 0.05;  // of some period: a smaller probability is left out
constexpr double kLikely = 0.5;
constexpr double kQueue = 1.0;  // cases

template <class... Arguments>
std::string say(Phrase phrase, const View& view, const Arguments&... arguments) {
  return fmt::format(fmt::runtime(text_of(phrase, view.language)), arguments...);
}

std::string what(const EarlyWarning& warning, const View& view) {
  const bool cases = warning.indicator == "queue_end";
  const Phrase phrase = cases                                  ? Phrase::queue_above
                        : warning.indicator == "norm_met_wait" ? Phrase::norm_wait_below
                                                               : Phrase::norm_below;
  return say(phrase, view, fmt::arg("threshold", number((cases ? 1.0 : 100.0) * warning.threshold, 0, view.style)));
}

std::string percent(double probability, const View& view) { return number(100.0 * probability, 0, view.style); }

}  // namespace

std::string warm_up_note(const Conditions& conditions, const View& view) {
  if (!conditions.chosen) return "";
  return say(conditions.chosen->is_doubtful ? Phrase::warm_up_doubtful : Phrase::warm_up_chosen, view,
             fmt::arg("days", number(conditions.chosen->days, 0, view.style)));
}

Table early_warning_table(const Study& study, const Results& results, const Warn& warn, const View& view) {
  const std::vector<EarlyWarning> warnings = early_warnings(results, warn);
  if (warnings.empty()) return {};
  const auto name = [&](std::size_t period) { return period_text(results.periods[period], view.language); };
  const std::string unit = say(Phrase::percent, view);
  Table table{say(Phrase::early_warnings, view),
              {{say(Phrase::step, view), ""},
               {say(Phrase::warned_of, view), ""},
               {say(Phrase::chance_at_first, view, fmt::arg("period", name(0))), unit},
               {say(Phrase::highest_chance, view), unit},
               {say(Phrase::highest_in, view), ""},
               {say(Phrase::likely_from, view), ""}},
              {},
              {}};
  for (const Place& place : shown_places(study, results, view.all_members))
    for (const EarlyWarning& warning : warnings) {
      if (warning.organisation != place.organisation || warning.step != place.step) continue;
      std::size_t highest = Results::npos, likely = Results::npos;
      for (std::size_t period = warning.ahead.size(); period-- > 0;) {
        const double probability = warning.ahead[period].probability;
        if (std::isnan(probability)) continue;
        if (highest == Results::npos || probability >= warning.ahead[highest].probability) highest = period;
        if (probability >= kLikely) likely = period;
      }
      if (highest == Results::npos || warning.ahead[highest].probability < kWorthARow) continue;
      table.rows.push_back({place_text(study, place, view), what(warning, view),
                            percent(warning.ahead.front().probability, view),
                            percent(warning.ahead[highest].probability, view), name(highest),
                            likely == Results::npos ? "-" : name(likely)});
    }
  table.notes.push_back(say(table.rows.empty() ? Phrase::no_early_warnings : Phrase::early_warning_note, view));
  return table;
}

Table layer_table(const Study& study, const LayeredResults& layered, const View& view) {
  const Results& together = layered.runs[static_cast<std::size_t>(Layer::together)];
  const std::size_t last = together.base_periods - 1;
  const std::string cases = say(Phrase::cases, view);
  Table table{say(Phrase::layers, view, fmt::arg("period", period_text(together.periods[last], view.language))),
              {{say(Phrase::step, view), ""},
               {say(Phrase::layer_mean, view), cases},
               {say(Phrase::layer_chance, view), cases},
               {say(Phrase::layer_parameters, view), cases},
               {say(Phrase::layer_staffing, view), cases},
               {say(Phrase::layer_together, view), cases}},
              {},
              {}};
  for (const Place& place : shown_places(study, together, view.all_members)) {
    const std::size_t figure = together.find(place.organisation, place.step, "queue_end");
    if (figure == Results::npos) continue;
    const double mean = summarise(together, figure, last).mean;
    if (!(mean >= kQueue)) continue;
    std::vector<std::string> row{place_text(study, place, view), number(mean, view.style)};
    for (const Layer layer : kLayers)
      row.push_back(number(layered.standard_deviation(layer, figure, last), view.style));
    table.rows.push_back(std::move(row));
  }
  table.notes.push_back(say(Phrase::layers_note, view));
  return table;
}

}  // namespace ketensim::report
