#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ketensim/indicators.hpp"
#include "ketensim/scenario.hpp"

namespace ketensim {

/// Why children wait. Each is what waits less when it is taken away too, after those before it.
enum class Cause {
  release,   // a weekly release, or a limit on work in progress
  upstream,  // more at one time than at another: cleared backlogs, temporary arrivals, seasons, holidays, dispersion
  leave,     // the slots that there are, not evenly over the year
  priority,  // others are served first who came later
  capacity,  // too few slots for the work, or for what chance brings together
  closed     // nights and days off: what waits even with a slot for everyone
};
inline constexpr std::size_t kCauses = 6;
inline constexpr std::array<std::string_view, kCauses> kCauseNames{"release",  "upstream", "leave",
                                                                   "priority", "capacity", "closed"};

/// Who waits at a step, on average over the period, and why. The parts add up to the whole in every replication.
struct WaitingCauses {
  std::string organisation, step;  // `chain`, `all`: everyone who waits, with those held before a limit
  std::string cases;               // `all`, or those of one value of the attribute that the queue is ordered by first
  Summary waiting;                 // cases
  std::array<Summary, kCauses> parts;
};

/// The scenario with the causes up to one of them taken away, as far as a file can say that on top of the scenario's.
struct Counterfactual {
  Cause without = Cause::release;
  bool same = false;               // as the one before: there is nothing to be taken away
  bool fewer = false;              // interventions of the scenario are left out, which no file on top of it can do
  bool even_arrivals = false;      // streams without season, holidays and dispersion
  std::vector<Intervention> more;  // beside those of the scenario
};

struct CausesOptions {
  int threads = 0;
  std::function<void(int done, int total)> progress;
};

struct Causes {
  std::vector<WaitingCauses> steps;  // in the order of the chain; the chain last
  std::vector<Counterfactual> counterfactuals;
};

/// Takes one cause away after the other, in the order of Cause, with the same draws. What a cause brings depends on
/// that order: who would wait for two reasons waits for the one that is taken away last.
Causes waiting_causes(const Scenario& scenario, const CausesOptions& options = {});

}  // namespace ketensim
