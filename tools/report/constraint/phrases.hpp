#pragma once

#include <span>
#include <string_view>

#include "tools/report/phrases.hpp"

namespace ketensim::report {

/// Every text of the report on a constraint. The order is that of their table.
enum class ConstraintPhrase {
  title,
  what_limits,
  is_constraint,
  one_of,
  none,
  worth_sentence,
  worth_nothing_sentence,
  next_sentence,
  // what a slot is worth
  worth,
  worth_note,
  worth_slot,
  worth_fte,
  worth_chart,
  worth_chart_sentence,
  pool,
  rank,
  in_use,
  for_it,
  of_all,
  bottleneck,
  waiting,
  lead_time,
  to_help,
  norm_met,
  pools_table,
  // the five steps
  steps,
  steps_note,
  step_done,
  throughput,
  throughput_chart,
  waiting_chart,
  lead_chart,
  steps_chart_sentence,
  change,
  as_it_is,
  spread_leave,
  no_leave,
  idle_slots,
  no_idle_slot,
  rope,
  no_rope,
  added,
  added_last,
  slots,
  fte,
  not_kept,
  steps_table,
  // buffers
  buffers,
  buffers_note,
  buffers_none,
  green,
  yellow,
  red,
  buffer_of,
  norm_lead_time,
  norm_wait,
  norm_service,
  buffer_sentence,
  buffers_table,
  open_cases,
  late,
  mostly,
  still_waiting,
  has_waited,
  long_service,
  more_buffers,
  // causes
  causes,
  causes_note,
  cause_release,
  cause_upstream,
  cause_leave,
  cause_priority,
  cause_capacity,
  cause_closed,
  whole_chain,
  nobody_waits,
  scenario,
  count_  // how many there are
};

template <>
std::span<const PhraseRow<ConstraintPhrase>> phrases<ConstraintPhrase>();

}  // namespace ketensim::report
