#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "ketensim/calibration.hpp"
#include "ketensim/indicators.hpp"

namespace ketensim {

/// What the deliveries themselves say of an indicator, period by period; NaN: not known, or without cases.
struct ObservedFigure {
  std::string organisation, step, indicator;  // as in Results: the step bare
  std::vector<double> values;
};

/// `inflow started outflow left queue_end wip_end wait_mean lead_mean norm_met norm_met_wait` per step of every
/// organisation (members apart). Where a gap in a delivery touches a period, nothing is known. A start that was not
/// delivered is taken to lie a day after receipt.
std::vector<ObservedFigure> observed_figures(const ImportPlan& plan, const Monitor& monitor,
                                             std::span<const ReportedPeriod> periods);

/// The chain driven by what was recorded: from the state at `from`, with the families (those of children who came back
/// as well) that were received until `until`, and the staff that there was. Parameters are the estimates.
Scenario replay_scenario(const ImportPlan& plan, const Monitor& monitor, const Calibration& calibration, Date from,
                         Date until, int replications, std::uint64_t seed);

/// One figure of a replay, simulated and observed.
struct Replayed {
  std::string organisation, step, indicator;
  ReportedPeriod period;
  double observed = 0.0;
  Summary simulated{};
  bool inside() const { return observed >= simulated.p05 && observed <= simulated.p95; }
};

/// How one step was replayed.
struct ReplayedStep {
  std::string organisation, step;
  bool queues = false;  // it has a real queue: somebody was left waiting at most month-ends
  double inside = 0.0;  // share of month-end queues within the 90% band
  double queue_observed = 0.0, queue_simulated = 0.0;      // mean over month-ends
  double littles_observed = 0.0, littles_simulated = 0.0;  // mean queue over inflow per day x mean wait
  std::string cause;                                       // the likeliest of what makes them part; empty: they do not
};

struct Replay {
  std::vector<Replayed> figures;
  std::vector<ReplayedStep> steps;
};

/// Sets simulated beside observed figures.
Replay compare_replay(const Results& results, std::span<const ObservedFigure> observed);

}  // namespace ketensim
