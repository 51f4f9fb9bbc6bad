#pragma once

#include <span>
#include <string_view>

#include "tools/report/phrases.hpp"

namespace ketensim::report {

/// What a report says of earlier forecasts and of the deliveries. The order is that of their table.
enum class PastPhrase {
  // earlier forecasts
  earlier,
  earlier_note,
  earlier_sentence,
  earlier_better,
  earlier_no_better,
  not_backtested,
  scored_figure,
  queue_at_end,
  mean_wait,
  off_by,
  quarter_ahead,
  quarters_ahead,
  within_band,
  less_off,
  judgement,
  no_better,
  earlier_table_note,
  near_horizon,
  whole_horizon,
  all_queues,
  no_scores,
  doubt_here,
  doubt_at_members,
  doubt_of_members,
  doubts_in_all,
  and_last,
  // deliveries
  quality,
  quality_note,
  quality_unknown,
  partner,
  rows_delivered,
  rows_touched_share,
  most_by,
  too_few,
  nothing_touched,
  gap_sentence,
  gap_of_step_sentence,
  no_gaps,
  count_  // how many there are
};

template <>
std::span<const PhraseRow<PastPhrase>> phrases<PastPhrase>();

}  // namespace ketensim::report
