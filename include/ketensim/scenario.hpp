#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ketensim/chain.hpp"
#include "ketensim/intervention.hpp"
#include "ketensim/state.hpp"
#include "ketensim/time.hpp"

namespace ketensim {

enum class Report { week, month, quarter, year, all };

/// What is simulated and reported: [start, end), after a warm-up that is not reported.
struct Period {
  Date start, end;
  Duration warm_up;
  CalendarKind calendar = CalendarKind::netherlands;
  Resolution resolution = Resolution::continuous;
  bool handed_over_on_working_days = false;  // transfers and returns that end on another day: the next working day
  SchoolRegion region = SchoolRegion::noord;
  Report report = Report::month;
  bool chooses_warm_up = false;  // `warm_up` is not given: see choose_warm_up()
  bool operator==(const Period&) const = default;
};

/// Replications are added to those of the scenario, in their order, until the 95% interval of the mean of an indicator
/// reaches no further than `relative` times the mean to either side: in every period of the report, at the step `at`
/// or, if that is empty, at every step where in that period a real queue stands (10 cases, as a mean).
struct Precision {
  std::string indicator = "queue_end";  // of indicator_kinds()
  double relative = 0.02;
  std::string at;
  int at_most = 2000;  // replications
};

/// What is warned of ahead: that the norm at a step is met by less than a share of the cases, and that a queue is
/// longer than so many cases at the end of a period.
struct Warn {
  double norm_met_below = 0.8;
  std::vector<std::pair<std::string, double>> queue_above;  // by step; of a `per:` organisation, their total
};

/// A chain, a period, interventions, replications and a seed.
struct Scenario {
  std::string id;    // the file's stem
  std::string name;  // for people
  std::string text;  // the files it was read from, for provenance
  Chain chain;
  /// The same chain under other draws of its uncertain parameters: replication r runs on drawn[r % size]. Empty: all
  /// run on `chain`. Only figures differ, never names or structure. Copies of a scenario share them.
  std::vector<std::shared_ptr<const Chain>> drawn;
  /// The staff of each pool differs from plan from `period.start` on: by a factor with mean 1 and this standard
  /// deviation (lognormal), drawn for each pool in each replication. 0: it is as planned.
  double staffing_uncertainty = 0.0;
  std::shared_ptr<const ChainState> state;  // the cases open when it begins; none: it begins empty
  Period period;
  std::vector<Intervention> interventions;
  int replications = 100;
  std::optional<Precision> precision;  // none: it is as it comes
  std::uint64_t seed = 1;
  Warn warn;
};

/// A scenario in which an intervention has a range of changes stands for one scenario for each of them (for each
/// combination, where there are several ranges), called `stem[-5%]`; without a range it stands for itself.
/// Throws std::invalid_argument if these are more than 100.
std::vector<Scenario> variants(const Scenario& scenario);

/// Something that is wrong (or looks wrong) at a place in a scenario. `path` follows the keys of the file format:
/// {"steps", "VTT.triage", "next", "0", "to", "GEM.acces"}.
struct Problem {
  enum class Severity { error, warning };
  Severity severity = Severity::error;
  std::vector<std::string> path;
  std::string message;
  std::string suggestion;  // the nearest known name, or empty
  int draw = 0;            // of Scenario::drawn, from 1; 0: of the scenario as such
};

/// Every problem of a scenario, errors first. A scenario without errors can be simulated. The drawn chains are checked
/// once the scenario has no error of its own: what is wrong with the first few of them.
std::vector<Problem> validate(const Scenario& scenario);

/// The known name nearest to `name` (Damerau-Levenshtein distance at most a third of its length), or empty.
std::string nearest_name(const std::string& name, const std::vector<std::string>& known);

}  // namespace ketensim
