// The forecasts of a page as one study of their baselines.
#include <algorithm>

#include "tools/report/since/parts.hpp"
#include "tools/report/study/courses.hpp"
#include "tools/results/dates.hpp"
#include "tools/results/errors.hpp"

namespace ketensim::report {
namespace {

const std::vector<std::string_view> kScored{"queue_end", "wait_mean", "inflow"};

/// The baseline's name with the day that it knows of.
std::string name_of(const Study& study, Language language) {
  const Results& results = study.results.front();
  const Conditions& conditions = study.conditions.front();
  const bool from_state = conditions.start == Conditions::Start::state;
  const std::string name = results.name.empty() ? results.scenario : results.name;
  return fmt::format(
      fmt::runtime(
          text_of(from_state ? SincePhrase::forecast_name : SincePhrase::forecast_name_without_state, language)),
      fmt::arg("name", name),
      fmt::arg("day", day_text(from_state ? conditions.snapshot : results.periods.front().from, language)));
}

Study combined(const std::vector<PastForecast>& oldest_first, Language language) {
  Study all = oldest_first.back().study;
  all.compared = false;
  all.results.front().name = name_of(oldest_first.back().study, language);
  for (auto forecast = oldest_first.rbegin() + 1; forecast != oldest_first.rend(); ++forecast) {
    const Study& study = forecast->study;
    all.results.push_back(study.results.front());
    all.results.back().name = name_of(study, language);
    all.conditions.push_back(study.conditions.front());
    for (const OrganisationLabel& label : study.organisations)
      if (std::none_of(all.organisations.begin(), all.organisations.end(),
                       [&](const OrganisationLabel& known) { return known.id == label.id; }))
        all.organisations.push_back(label);
  }
  return all;
}

std::vector<Forecasts::Common> common_periods(const Results& now, const Results& earlier) {
  std::vector<Forecasts::Common> common;
  for (std::size_t a = 0; a < now.base_periods; ++a)
    for (std::size_t b = 0; b < earlier.base_periods; ++b)
      if (now.periods[a].from == earlier.periods[b].from && now.periods[a].until == earlier.periods[b].until)
        common.push_back({a, b});
  return common;
}

bool has_place(const Results& results, const Place& place) {
  return std::any_of(results.figures.begin(), results.figures.end(), [&](const Figure& figure) {
    return figure.organisation == place.organisation && figure.step == place.step;
  });
}

}  // namespace

Forecasts::Forecasts(const std::vector<PastForecast>& oldest_first, Language language)
    : oldest_first_(oldest_first),
      study_(combined(oldest_first, language)),
      view_(study_, language),
      places_(view_.places()),
      common_(common_periods(study_.results[0], study_.results[1])) {
  std::erase_if(places_,
                [&](const Place& place) { return !has_courses(view_, place) || !has_place(study_.results[1], place); });
  const std::vector<HistoryFigure> history =
      study_.history.empty() ? std::vector<HistoryFigure>() : read_history(study_.history);
  for (const Results& results : study_.results)
    scores_.push_back(&results == &study_.results.front() ? std::vector<Score>()
                                                          : scores_of(results, history, places_, kScored));
}

PastForecast baseline_alone(Study study) {
  PastForecast forecast;
  for (std::size_t i = 1; i < study.results.size(); ++i)
    forecast.alternatives.emplace_back(study.results[i].scenario, std::move(study.results[i].text));
  study.results.resize(1);
  study.conditions.resize(1);
  forecast.study = std::move(study);
  return forecast;
}

}  // namespace ketensim::report
