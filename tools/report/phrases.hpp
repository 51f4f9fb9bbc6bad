#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace ketensim::report {

enum class Language { nl, en };

/// Every text of tables and report, by what it says. The order is that of their table.
enum class Phrase {
  // headings
  answer,
  steps,
  chain,
  differences,
  bursts,
  rises,
  assumptions,
  provenance,
  // columns and their units
  step,
  inflow,
  waiting_end,
  waiting_futures,
  waiting_mean,
  wait_mean,
  wait_p90,
  norm_met,
  norm_met_wait,
  utilisation,
  figure,
  value,
  difference,
  arrives,
  peak,
  peak_inflow,
  gone,
  highest_in,
  extra_waiting,
  cases_per_year,
  cases,
  cases_in_period,
  days,
  percent,
  percent_points,
  // the chain's own figures
  children_end,
  to_help_mean,
  to_help_p90,
  chain_mean,
  chain_p90,
  waiting_share,
  returns,
  // notes
  interval_note,
  stand_out_note,
  burst_note,
  small_bursts_left_out,
  no_differences,
  no_bursts,
  too_few_replications,
  zero_everywhere,
  not_gone,
  // alternatives side by side, and what they cost
  cost,
  costs,
  euro,
  costs_note,
  side_by_side,
  side_by_side_note,
  alternative,
  children_in_chain,
  at_the_end,
  until_help,
  in_chain,
  of_which_waiting,
  come_back,
  // the answer in sentences
  children_sentence,
  longest_wait_sentence,
  to_help_sentence,
  norm_sentence,
  shorter_queue_sentence,
  longer_queue_sentence,
  burst_sentence,
  burst_stays_sentence,
  to_help_change_sentence,
  // assumptions and provenance
  period_assumption,
  period_without_warm_up,
  calendar_netherlands,
  calendar_continuous,
  replications_assumption,
  common_draws_assumption,
  model_assumption,
  simulated_not_persons,
  made_by,
  scenario_files,
  report_title,
  comparison_title,
  // trouble ahead, layers of uncertainty, and a warm-up that was chosen
  early_warnings,
  warned_of,
  norm_below,
  norm_wait_below,
  queue_above,
  chance_at_first,
  highest_chance,
  likely_from,
  early_warning_note,
  no_early_warnings,
  layers,
  layer_mean,
  layer_chance,
  layer_parameters,
  layer_staffing,
  layer_together,
  layers_note,
  warm_up_chosen,
  warm_up_doubtful,
  week_of,
  quarter_of,
  figures_of_chart,
  contents,
  language_name,
  months,  // twelve short names, separated by spaces
  count_   // how many there are
};

/// One row of a table of phrases: a phrase in both languages, with the same named places for figures.
template <class AnyPhrase>
struct PhraseRow {
  AnyPhrase phrase;
  std::string_view nl, en;
};

/// The table of an enumeration of phrases, a row for each in the order of the enumeration.
template <class AnyPhrase>
std::span<const PhraseRow<AnyPhrase>> phrases();
template <>
std::span<const PhraseRow<Phrase>> phrases<Phrase>();

template <class AnyPhrase>
std::string_view text_of(AnyPhrase phrase, Language language) {
  const PhraseRow<AnyPhrase>& row = phrases<AnyPhrase>()[static_cast<std::size_t>(phrase)];
  return language == Language::nl ? row.nl : row.en;
}

}  // namespace ketensim::report
