#pragma once

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
  std::vector<double> cases;  // that each rests on: of a count itself, of a mean or share those it is over
};

/// `inflow started outflow left queue_end wip_end wait_mean lead_mean norm_met norm_met_wait` per step of every
/// organisation (members apart). Where a gap in a delivery touches a period, nothing is known. A start that was not
/// delivered is taken to lie a day after receipt.
std::vector<ObservedFigure> observed_figures(const ImportPlan& plan, const Monitor& monitor,
                                             std::span<const ReportedPeriod> periods);

/// A real queue: more than two were waiting at the ends of three months in a row. Fewer may have come that very day.
bool real_queue(std::span<const double> month_ends);

/// The chain driven by what was recorded: from the state at `from`, with the families (those of children who came back
/// as well) that were received until `until`, and the staff that there was. Replications draw their parameters.
Scenario replay_scenario(const ImportPlan& plan, const Monitor& monitor, const Calibration& calibration, Date from,
                         Date until, int replications, std::uint64_t seed);

/// One figure of a replay, simulated and observed.
struct Replayed {
  std::string organisation, step, indicator;
  ReportedPeriod period;
  double observed = 0.0;
  double cases = 0.0;  // that the observed figure rests on
  Summary simulated{};
  bool holds(double value) const { return value >= simulated.p05 && value <= simulated.p95; }
  bool inside() const { return holds(observed); }
};

/// How one step was replayed.
struct ReplayedStep {
  std::string organisation, step;
  bool queues = false;                                 // it has a real_queue()
  int months = 0;                                      // whose queue is known
  double inside = 0.0;                                 // share of them with the observed queue within the 90% band
  /// Share of the simulated pasts, had each been observed, of which no more lay inside: small where chance does not
  /// explain that the two part. A queue that is off stays off for months, so many may lie outside together.
  double by_chance = 1.0;
  double queue_observed = 0.0, queue_simulated = 0.0;  // mean over month-ends
  /// Queue over (started per day x wait of who started): 1 where Little's law holds, more where cases withdraw (their
  /// waits are in no mean) or the queue grows. NaN: nobody waited.
  double little_observed = 0.0, little_simulated = 0.0;
  /// What most likely makes them part, of `route` (others arrive here), `capacity` (others are at work), `duration`
  /// (work goes at another pace), `order` (all these agree); empty: they do not part.
  std::string cause;
};

struct Replay {
  std::vector<Replayed> figures;
  std::vector<ReplayedStep> steps;
};

/// Sets simulated beside observed figures.
Replay compare_replay(const Results& results, std::span<const ObservedFigure> observed);

}  // namespace ketensim
