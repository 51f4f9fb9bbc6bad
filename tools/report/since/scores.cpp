// What came of earlier forecasts.
#include "tools/report/since/parts.hpp"

namespace ketensim::report {
namespace {

using enum SincePhrase;

std::string figure_name(const Forecasts& forecasts, std::string_view indicator) {
  if (indicator == "inflow") return forecasts.say(inflow_name);
  return forecasts.view().say(indicator == "queue_end" ? PastPhrase::queue_at_end : PastPhrase::mean_wait);
}

Table scores_table(const Forecasts& forecasts, const std::vector<Score>& scores) {
  const StudyView& view = forecasts.view();
  Table table;
  table.headers = {{view.say(Phrase::step), ""},       {view.say(PastPhrase::scored_figure), "", "", true},
                   {forecasts.say(months_told), ""},   {forecasts.say(within_band_count), ""},
                   {forecasts.say(expected_mean), ""}, {forecasts.say(came_mean), ""},
                   {view.say(PastPhrase::off_by), ""}, {forecasts.say(naive_off), "%"},
                   {forecasts.say(skill_since), "%"}};
  const auto percent = [&](double share) { return share == share ? view.number(100.0 * share, 0) : "–"; };
  for (const Score& score : scores)
    if (score.observed > 0.0 || score.expected > 0.0)
      table.rows.push_back({view.place(score.place), figure_name(forecasts, score.indicator),
                            fmt::format("{}", score.months), fmt::format("{}", score.inside),
                            view.number(score.expected), view.number(score.observed), percent(score.off),
                            percent(score.naive_off), percent(score.skill)});
  table.notes.push_back(forecasts.say(score_note));
  return table;
}

}  // namespace

void put_scores(Page& page, const Forecasts& forecasts) {
  for (std::size_t number = 1; number < forecasts.count(); ++number) {
    page.section(forecasts.say(score_title, fmt::arg("forecast", forecasts.view().title(number))));
    if (forecasts.scores(number).empty())
      page.note(forecasts.say(not_scored_yet));
    else
      page.table(scores_table(forecasts, forecasts.scores(number)));
    page.close("section");
  }
}

}  // namespace ketensim::report
