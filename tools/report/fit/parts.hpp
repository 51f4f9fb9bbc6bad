#pragma once

#include "tools/report/fit/view.hpp"

namespace ketensim::report {

/// The parts of the page on a calibration, in their order.
void put_answer(Page& page, const FitView& view);
void put_arrivals(Page& page, const FitView& view);
void put_attributes(Page& page, const FitView& view);
void put_steps(Page& page, const FitView& view);
void put_capacity(Page& page, const FitView& view);
void put_returns(Page& page, const FitView& view);
void put_cleaning(Page& page, const FitView& view);
void put_provenance(Page& page, const FitView& view);

/// Of one step, below its durations.
void put_routes(Page& page, const FitView& view, const StepFit& fit);

}  // namespace ketensim::report
