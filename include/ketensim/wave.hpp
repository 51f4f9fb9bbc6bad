#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ketensim/compare.hpp"
#include "ketensim/scenario.hpp"

namespace ketensim {

/// What a burst does at a step where it arrives. All are paired differences from the baseline, over the periods from
/// its arrival to the end of the report.
struct Wave {
  Burst burst;
  std::size_t passed;   // the period by whose end 90% of the extra inflow of the burst has come
  double days_to_pass;  // from the first day of its arrival to the end of that period
  Summary inflow;       // cases, of the burst as a whole: until it is gone
  Summary waiting;      // child-days
  bool normed = false;  // the step has a norm
  Summary breaches;     // cases beyond a norm: on service or lead time of those ended, on wait of those started
};

/// The wave at every step with a burst, in the order of arrival; the totals of `per:` groups are there too.
std::vector<Wave> waves(const Results& baseline, const Results& alternative);

/// Slots added to a pool from one day until another.
struct Accompanying {
  std::string pool;
  Date from, until;
  int slots = 0;
  double slot_days() const { return slots * static_cast<double>((until - from).count()); }
};

/// A step whose queue stays above the baseline's all the same.
struct LeftOver {
  std::string organisation, step;
  std::size_t period;  // in which it is furthest above
  Summary extra;       // mean queue there
};

struct Accompaniment {
  std::vector<Accompanying> pools;  // in the order in which the queues begin to rise
  std::vector<LeftOver> left_over;  // empty: every queue is kept
  Results results;                  // of the alternative with all of it
};

/// A mean queue in a period is at the baseline's if it is no more than this above it, or than two standard errors of
/// the difference: half a case.
inline constexpr double kAtBaseline = 0.5;

/// The smallest capacity beside an alternative that keeps every queue that it makes rise at or below the baseline's, in
/// every period of the report: at each pool the fewest slots, at the earliest from the period before the queue first
/// rises; then the earliest end, and for that the latest begin, in whole weeks. Found by bisection, for what more slots
/// do to their own queue is monotone under shared draws. Steps are taken in the order in which their queues rise, and
/// again where what was added upstream makes more come. `simulate` runs scenarios that differ in capacity alone.
/// All share their period, replications and seed; `baseline` and `results` are what was simulated of both already.
Accompaniment accompany(const Results& baseline, const Scenario& alternative, const Results& results,
                        const std::function<std::vector<Results>(const std::vector<Scenario>&)>& simulate);

/// The interventions that add it.
std::vector<Intervention> interventions_of(const std::vector<Accompanying>& pools);

}  // namespace ketensim
