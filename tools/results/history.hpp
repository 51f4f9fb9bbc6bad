#pragma once

#include <span>
#include <string>
#include <vector>

#include "ketensim/replay.hpp"

namespace ketensim {

/// What partners delivered of one step, month by month; NaN: not known, or not told.
struct HistoryFigure {
  std::string organisation, step, indicator;
  std::vector<Date> months;  // their first days
  std::vector<double> values;
};

/// Whole calendar months within [from, until).
std::vector<ReportedPeriod> history_months(Date from, Date until);

/// Observed figures added up per step: of an organisation with members only their total is left, so that no member can
/// be computed from what is told. Means and shares weigh by the cases that they rest on.
std::vector<ObservedFigure> added_per_step(const ImportPlan& plan, std::span<const ObservedFigure> figures);

/// history.csv, `organisation,step,period,indicator,value`: a figure that may not be told has no value.
std::string history_csv(std::span<const ObservedFigure> figures, std::span<const ReportedPeriod> months, int min_cell);

/// The figures of a history.csv, in its order. Throws InputError where it is none.
std::vector<HistoryFigure> read_history(const std::string& text);

}  // namespace ketensim
