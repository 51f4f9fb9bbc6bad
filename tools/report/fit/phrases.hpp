#pragma once

#include <span>
#include <string_view>

#include "tools/report/phrases.hpp"

namespace ketensim::report {

/// Every text of the page on a calibration, by what it says. The order is that of their table.
enum class FitPhrase {
  // headings
  title,
  trust,
  arrivals,
  attributes,
  steps,
  capacity,
  returns,
  cleaning,
  provenance,
  // answer
  read_sentence,
  no_chain,
  touched_sentence,
  untouched_sentence,
  little_touched_sentence,
  gap_sentence,
  no_gaps,
  all_fits_sound,
  doubtful_fits,
  doubtful,
  doubt_none,
  doubt_rejected,
  doubt_far,
  doubt_few,
  doubt_wide,
  doubt_patience,
  doubt_follow_up,
  doubt_queue,
  doubt_short,
  change_sentence,
  passing_sentence,
  bend_sentence,
  trend_sentence,
  changes,
  remarks,
  privacy_note,
  exact_note,
  interval_note,
  // columns
  figure,
  value,
  interval,
  cases,
  families,
  share,
  month,
  weekday,
  observed,
  fitted,
  data_curve,
  days,
  working_days,
  per_day,
  percent,
  factor,
  from,
  until,
  lasting,
  growth_changes,
  children,
  figures_of,
  gap,
  change,
  all_cases,
  other_cases,
  class_,
  family,
  clock,
  parameters,
  log_likelihood,
  bic,
  held_out,
  rolling,
  chosen,
  not_converged,
  mean,
  standard_error,
  shapes,
  candidates,
  models,
  // arrivals
  arrivals_chart,
  arrivals_sentence,
  too_few_months,
  families_per_month,
  rate,
  trend,
  school_holidays,
  public_holidays,
  day_dispersion,
  month_dispersion,
  dispersion_p,
  not_in_model,
  factors,
  arrival_figures,
  change_table,
  sizes,
  weekdays,
  at_arrival,
  told_by_members,
  // durations
  visits_sentence,
  duration_of,
  patience_of,
  handover_of,
  share_over,
  duration_sentence,
  empirical_sentence,
  patience_sentence,
  beyond,
  too_few_cases,
  no_fit,
  empirical,
  distance_note,
  divided_note,
  worsening_note,
  trend_note,
  // routes
  routes_of,
  route_sentence,
  route_class_sentence,
  outcome,
  out,
  waited_longer,
  waited_shorter,
  single_outcome,
  hidden_class,
  no_routes,
  // capacity
  pool_chart,
  pool_sentence,
  slots_sentence,
  no_limit,
  per_fte,
  in_service,
  busy,
  limit,
  queue_days,
  as_full,
  member,
  order,
  kept,
  in_turn,
  by_receipt,
  last_first,
  no_order,
  few_choices,
  held_until,
  small_members,
  order_note,
  no_pools,
  // returns
  returns_chart,
  share_back,
  returns_sentence,
  return_share,
  return_delay,
  no_returns,
  // cleaning
  rows_touched,
  rule,
  rows_of,
  under_share,
  what_rules_find,
  rule_sentence,
  nothing_cleaned,
  repairs_note,
  // provenance
  made_by,
  snapshot,
  truncated,
  options,
  files,
  chain_file,
  count_  // how many there are
};

template <>
std::span<const PhraseRow<FitPhrase>> phrases<FitPhrase>();

/// What a cleaning rule finds and what that may bias. In English it stands in cleaning_rules().
struct RulePhraseRow {
  std::string_view rule, name, finds, bias;
};
std::span<const RulePhraseRow> dutch_rules();

/// A family of durations as a planner may call it: the name itself where there is no other.
struct FamilyPhraseRow {
  std::string_view family, nl, en;
};
std::span<const FamilyPhraseRow> family_phrases();
/// The same of their shape parameters.
std::span<const FamilyPhraseRow> shape_phrases();

}  // namespace ketensim::report
