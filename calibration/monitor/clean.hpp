#pragma once

#include <vector>

#include "calibration/monitor/raw.hpp"
#include "ketensim/time.hpp"

namespace ketensim::monitor {

/// [from, until) in days since 1970-01-01.
struct Window {
  double from = 0.0, until = 0.0;
};

/// The window that the import file names, or else that of the dates delivered.
Window window_of(const Raw& raw);

/// What the sound rows of a step show of its ends; tells a plausible mended date from others.
struct StepHabit {
  bool working_days = false;  // it ends on working days alone
  double longest = 0.0;       // service, in days: all but one in a thousand are shorter
};

/// The rules that look at one row, or at the rows of one child. Each leaves its traces in the ledger.
void take_members_from_other_rows(Raw& raw);
/// Visits by child; those of a child by step, organisation and receipt, then as delivered.
std::vector<std::int32_t> order_by_child(const Raw& raw);
void reject_repeated_rows(Raw& raw, const std::vector<std::int32_t>& order);
void drop_wrong_dates(Raw& raw, const Window& window);
std::vector<StepHabit> habits_of(const Raw& raw, const Calendar& calendar, double origin);
void mend_order_of_dates(Raw& raw, const Window& window, const Calendar& calendar, double origin,
                         const std::vector<StepHabit>& habits);
void note_missing_moments(Raw& raw);

/// The rows that are left, as visits with intervals for what is not known. Fills visits and values of `monitor`.
void make_visits(Raw& raw, const Window& window, const std::vector<std::int32_t>& order, Monitor& monitor);

}  // namespace ketensim::monitor
