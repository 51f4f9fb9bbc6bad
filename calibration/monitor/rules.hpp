#pragma once

#include <cstddef>

namespace ketensim::monitor {

/// The cleaning rules, in the order in which they are applied. One row each in cleaning_rules().
enum class Rule : std::size_t {
  unknown_code,
  impossible_date,
  duplicate,
  corrected,
  placeholder_date,
  after_snapshot,
  start_before_received,
  day_month_swap,
  wrong_year,
  end_before_start,
  missing_start,
  no_received,
  overlapping_steps,
};
inline constexpr std::size_t kRules = static_cast<std::size_t>(Rule::overlapping_steps) + 1;

}  // namespace ketensim::monitor
