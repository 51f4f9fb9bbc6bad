#pragma once

#include <span>
#include <string_view>

#include "tools/report/phrases.hpp"

namespace ketensim::report {

/// What the report on what changed between forecasts says. The order is that of their table.
enum class SincePhrase {
  title,
  subject,
  forecast_name,
  forecast_name_without_state,
  // the answer
  children_then_now,
  no_common_period,
  fared,
  fared_naive,
  not_scored_yet,
  most_changed,
  nothing_changed_much,
  // what changed
  expectations,
  expected_at,
  earlier_expected,
  now_expected,
  outside,
  above_band,
  below_band,
  expectations_note,
  charts_note,
  // how the earlier one fared
  score_title,
  score_note,
  months_told,
  within_band_count,
  naive_off,
  came_mean,
  expected_mean,
  skill_since,
  inflow_name,
  // why
  why,
  amounts,
  difference_at,
  there_already,
  by_inflow,
  by_leaving,
  amounts_note,
  amounts_start,
  amounts_course,
  new_data,
  snapshot_moved,
  same_snapshot,
  months_came,
  months_revised,
  no_history,
  parameters,
  parameters_outside,
  parameters_same,
  parameters_unknown,
  parameter,
  earlier_value,
  now_value,
  change,
  judgement,
  outside_interval,
  all_parameters,
  parameters_note,
  plans,
  plans_same,
  staff_plan,
  plan_changed,
  plan_new,
  plan_dropped,
  plan_values,
  value_path,
  program,
  replications_column,
  seed_column,
  draws_column,
  of_forecast,
  count_  // how many there are
};

template <>
std::span<const PhraseRow<SincePhrase>> phrases<SincePhrase>();

}  // namespace ketensim::report
