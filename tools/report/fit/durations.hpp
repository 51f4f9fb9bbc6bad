#pragma once

#include <string>

#include "tools/report/fit/view.hpp"

namespace ketensim::report {

/// A duration against its fit: chart, figures, what it depends on, and what was tried.
void put_duration(Page& page, const FitView& view, const std::string& title, const DurationFit& fit);
/// The same of patience, of which most is never seen.
void put_patience(Page& page, const FitView& view, const std::string& title, const DurationFit& fit);

/// The families that were tried for a duration, folded.
void put_candidates(Page& page, const FitView& view, const std::vector<Candidate>& candidates);

/// What a part of a duration is fitted to: mean, shapes and cases in one table.
Table part_table(const FitView& view, const DurationFit& fit);

/// Which cases a part holds for.
std::string part_name(const FitView& view, const DurationFit& fit, const FittedDuration& part);

/// The chart of one or more curves: first that of the deliveries, in steps.
struct NamedCurve {
  std::string name;
  Curve curve;
};
void put_curves(Page& page, const FitView& view, const std::string& title, const std::string& sentence,
                const std::string& share_name, bool working_days, const std::vector<NamedCurve>& curves);

}  // namespace ketensim::report
