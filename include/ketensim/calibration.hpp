#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ketensim/calibrate.hpp"
#include "ketensim/fit_arrivals.hpp"
#include "ketensim/fit_capacity.hpp"
#include "ketensim/monitor.hpp"
#include "ketensim/scenario.hpp"
#include "ketensim/write.hpp"

namespace ketensim {

struct CalibrationOptions {
  FitOptions fit;
  int draws = 200;         // of all parameters together
  int years = 2;           // that the chain file looks ahead
  int replications = 200;  // of the chain file
  int min_cell = 10;       // smaller counts are not told in remarks, others are rounded to 5
  std::uint64_t seed = 1;
  int threads = 0;  // 0: as many as the machine has; the result does not depend on it
};

/// The hand-over from a step to the next one, which no partner delivers.
struct HandoverFit {
  std::int32_t to = kUnknown;  // a step
  DurationFit delay;
};

/// What the visits to one step tell. Numbers index Monitor's names.
struct StepFit {
  std::int32_t step = kUnknown;
  std::size_t received = 0, started = 0, ended = 0, withdrawn = 0;  // visits
  DurationFit duration;
  std::vector<std::int32_t> outcomes;  // steps or kLeaves; RouteShares go by this order
  RouteFit routes;
  double routes_worsen_after = 0.0;     // days waited, where shares depend on that; its value is the last attribute
  std::optional<DurationFit> patience;  // where anyone withdraws
  std::vector<HandoverFit> handovers;   // those that take time
};

/// Families with their children and attributes at one entry of the chain.
struct StreamFit {
  std::int32_t to = kUnknown;  // the step
  ArrivalFit arrivals;
  std::vector<int> per_day;                        // families, from Monitor::from on
  std::vector<std::pair<int, std::size_t>> sizes;  // children of a family, and how many families have so many
  Estimate returned{0.0};  // children counted alone who are not in `sizes`: they came back from before the deliveries
};

/// Shares of the values of an attribute.
struct AttributeShares {
  std::int32_t attribute = kUnknown;
  bool told_later = false;                                   // by the members that it names, not at arrival
  std::vector<std::pair<std::int32_t, std::size_t>> counts;  // value and families, in the order of the chain file
  std::int32_t given = kUnknown;                             // an attribute on which the shares depend
  std::vector<std::pair<std::int32_t, std::vector<std::size_t>>> by_value;  // of `given`: counts in the same order
};

/// A chain with all that it rests on. `scenario` stands for chain.yaml: it starts from the state at the snapshot, and
/// its replications draw their parameters.
struct Calibration {
  std::vector<std::string> problems;  // why there is no chain; empty: there is one
  std::vector<std::string> notes;     // what a planner should know before trusting it
  Scenario scenario;
  Remarks remarks;  // on the figures of `scenario`

  std::vector<StreamFit> streams;
  std::vector<AttributeShares> attributes;
  std::vector<StepFit> steps;
  std::vector<CapacityFit> capacity;
  std::optional<ShareFit> returns;
  std::int32_t returns_to = kUnknown;  // the step at which most of them are received

  bool ok() const { return problems.empty(); }
};

/// Fits a chain to linked deliveries. Never throws on bad deliveries: says what is wrong with them.
Calibration calibrate(const ImportPlan& plan, const Monitor& monitor, const Linked& linked,
                      const CalibrationOptions& options = {});

/// The cases that are open at the end of `snapshot`, and those that left within `returning` before it.
ChainState state_at(const Monitor& monitor, const Linked& linked, Date snapshot, Duration returning);

/// The deliveries as they would have stood at the end of `snapshot`: what came later is not known.
Monitor known_at(const Monitor& monitor, Date snapshot);

}  // namespace ketensim
