#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ketensim/distribution.hpp"
#include "ketensim/time.hpp"

namespace ketensim {

struct Moment;  // of monitor.hpp

/// A figure that was estimated. The 95% interval is formed where the likelihood is nearest to a parabola (the
/// logarithm of what is positive, the logit of a share), so it need not be symmetric.
struct Estimate {
  double estimate = std::numeric_limits<double>::quiet_NaN();
  double standard_error = std::numeric_limits<double>::quiet_NaN();
  double low = std::numeric_limits<double>::quiet_NaN(), high = std::numeric_limits<double>::quiet_NaN();
  std::size_t cases = 0;  // that it rests on: those whose duration, outcome or return was seen
};

// ---- What dates tell of a duration ----

/// A duration as far as it is known, in days. It is counted from the beginning of the day (or minute) in which it
/// started: with a start that lies anywhere in the first `blur` days, start + duration lies in (lower, upper]. So a
/// duration between two dates is known within two days, not within one (doubly interval-censored: De Gruttola and
/// Lagakos 1989), and all within the first day are not equally likely.
struct Observation {
  static constexpr double kInfinity = std::numeric_limits<double>::infinity();
  double lower = 0.0, upper = kInfinity;  // infinity: not over when last seen (right-censored)
  double entry = 0.0;                     // it is known only because it was not over by then (left-truncated); 0: no
  double blur = 0.0;                      // the start is equally likely anywhere in (0, blur]
  double limit = kInfinity;               // it is seen until then, over or not; infinity: not known

  bool over() const { return upper < kInfinity; }
  bool operator==(const Observation&) const = default;
};

/// The same duration on the two clocks on which it may have run.
struct ObservedDuration {
  Observation days, working;
};

/// The window in which a partner's steps were seen, in days since 1970-01-01 like the moments.
struct ObservationWindow {
  double from = -Observation::kInfinity, until = Observation::kInfinity;
  bool truncated = false;  // what began before `from` is known only if it was not over then
};

/// What an end on the first working day after days off means: that it may have come on those days, as the end of a
/// service does on the calendar `netherlands` (scenarios/FORMAT.md), or that it came on that day.
enum class Ends { any_day, moved_to_working_day };

/// The duration from `start` to `end`, both as delivered. Nothing where the end lies before the start, where it never
/// comes, or where the start is not bounded.
std::optional<ObservedDuration> observe(const Calendar& calendar, const Moment& start, const Moment& end,
                                        const ObservationWindow& window, Ends ends);

/// The same for what may be cut short by something else: it had not come by the end of the day on which `stopped` came,
/// as by dates who withdraws goes before others start (if that day is not known: by its earliest). So a wait that ends
/// in a start says of the patience only that it was longer.
std::optional<ObservedDuration> observe_until(const Calendar& calendar, const Moment& start, const Moment& stopped,
                                              const ObservationWindow& window);

// ---- Durations ----

struct DurationCase {
  ObservedDuration duration;
  std::int32_t child = -1;            // folds are made of children, not of cases
  double wait = 0.0;                  // days waited before it began
  double begun = 0.0;                 // years since any moment, for the trend
  std::vector<std::int32_t> classes;  // the value of each attribute; negative: not known
  double load = 0.0;                  // how many more were present as it began than on average, as a share of those
};

enum class Clocks { days, working_days, both };

/// What is asked of a fit. The defaults suit steps with dozens to ten thousands of cases.
struct FitOptions {
  Clocks clocks = Clocks::both;                         // `both`: the likelihood chooses
  bool rich_families = true;                            // let in where both BIC and held-out likelihood ask for them
  bool classes = true, worsening = true, trend = true;  // look for them
  bool load = false;                                    // test whether durations depend on it
  int folds = 5;                                        // of the held-out likelihood
  int bootstraps = 99;                                  // at most, of the goodness of fit
  double level = 0.01;                                  // of every test
  /// A family is rejected if it fails the test and its curve is further than this from the data's anywhere: with ten
  /// thousands of cases every family fails, most of them harmlessly.
  double tolerance = 0.03;
  std::uint64_t seed = 1;
};

/// One row of the table of families.
struct DurationFamily {
  std::string_view name;
  std::string_view meaning;
  bool rich;  // must earn its place out of sample as well
};
std::span<const DurationFamily> duration_families();

/// A step function that rises to at most 1: the share that is over by `days`.
struct Curve {
  std::vector<double> days, share;
};

/// A family that was tried, without dependence on anything.
struct Candidate {
  std::string family;
  bool working_days = false;
  bool converged = false;
  int parameters = 0;
  double log_likelihood = 0.0, bic = 0.0;
  std::optional<double> held_out;  // log-likelihood of each fold under the fit to the others, summed
};

/// The distribution for all cases, or for those with one value of the attribute that divides them.
struct FittedDuration {
  std::vector<std::int32_t> values;  // of the attribute; empty: all cases
  Distribution distribution;
  Estimate mean;
  std::vector<std::pair<std::string, Estimate>> shapes;  // cv, shape, weight ..., by the names of chain files
  std::size_t cases = 0;                                 // of which mean.cases are over
  /// Where replications draw their own parameters: estimates on a scale without bounds and their covariance (row by
  /// row); see distribution_at().
  std::vector<double> parameters, covariance;
};

struct DurationFit {
  std::vector<std::string> problems;  // why there is no fit; empty: there is one
  std::vector<std::string> notes;     // what was tried and not kept, and what is doubtful
  std::string family;                 // of duration_families(), or `empirical` where each was rejected
  bool working_days = false;
  std::int32_t attribute = -1;  // that divides the cases; -1: none does
  std::vector<FittedDuration> parts;
  double worsens_after = 0.0;         // days waited
  std::optional<Estimate> worsening;  // after that, it takes so many times as long
  std::optional<Estimate> trend;      // growth per year; the parts then hold at the mean moment of begin
  double trend_weight = 1.0;          // the probability of a trend, of one and none (Raftery 1995, by BIC)
  /// How many times as long it takes where twice as many are present, where a test finds that; no part of the model.
  std::optional<Estimate> load;
  double trend_origin = 0.0;  // that moment, in years as in DurationCase::begun
  double log_likelihood = 0.0, bic = 0.0;
  std::vector<Candidate> candidates;
  double p_value = 1.0;   // of the goodness of fit
  double distance = 0.0;  // largest between the fitted share and the data's, at equally likely durations
  Curve curve;            // the data's own: turnbull(), starts taken at the middle of their day

  bool ok() const { return problems.empty(); }
};

/// Chooses the clock and the family by BIC, and keeps a dependence on class, wait or time of begin only where a
/// likelihood-ratio test and BIC both ask for it. Never throws on bad cases: says what is wrong with them.
DurationFit fit_durations(std::span<const DurationCase> cases, const FitOptions& options = {});

/// The distribution of a family at parameters on the scale of FittedDuration::parameters.
Distribution distribution_at(std::string_view family, std::span<const double> parameters, bool working_days);

/// The nonparametric maximum-likelihood estimate under interval-censoring and left-truncation (Turnbull 1976), by
/// self-consistency; with exact and right-censored durations alone that of Kaplan and Meier (1958). `blur` is
/// disregarded. Shares are told at the ends of the intervals that hold mass. Throws std::invalid_argument on bounds
/// that make no sense.
Curve turnbull(std::span<const Observation> observations);

// ---- Routes ----

struct RouteCase {
  Observation duration;                                     // until the outcome
  std::int32_t outcome = -1;                                // negative: not over
  std::vector<std::int32_t> classes;                        // the value of each attribute; negative: not known
  double begun = std::numeric_limits<double>::quiet_NaN();  // years since any moment, for the periods; NaN: not known
  std::int64_t family = -1;                                 // siblings who came together; negative: alone
};

struct RouteShares {
  std::vector<std::pair<std::int32_t, std::int32_t>> when;  // attribute and value; empty: every case
  std::vector<Estimate> shares;                             // by outcome; they add up to 1
  std::vector<double> dirichlet;                            // where replications draw their own shares
  std::size_t cases = 0;                                    // open ones as well
};

struct RouteFit {
  std::vector<std::string> problems, notes;
  std::vector<std::int32_t> attributes;  // on which the shares depend; empty: none
  std::vector<RouteShares> parts;        // by class; the last holds for every other case
  double p_periods = 1.0;                // that shares are alike in all years
  /// Step::siblings, where siblings go the same way beyond chance. Every error and test then allows for it: fewer cases
  /// than there are decide by themselves.
  std::optional<Estimate> siblings;
  double design_effect = 1.0;
  bool ok() const { return problems.empty(); }
};

/// Shares of `outcomes` outcomes. Open cases are censored, and outcomes compete (Aalen and Johansen 1978), so that an
/// outcome that takes long is not undercounted; what lies beyond the longest follow-up goes by the outcomes seen.
/// They are the shares as they are now: how far they wander is averaged over, so that those that stood still for years
/// are the mean of all, and those that went off lately are where they went. Uncertainty is that of a Dirichlet
/// distribution with Jeffreys' prior on as many cases as carry the same error; draws are of a year to come.
RouteFit fit_routes(std::span<const RouteCase> cases, std::size_t outcomes, const FitOptions& options = {});

/// The share that has had each outcome by the end of the follow-up, with the standard error of Dinse and Larson (1986).
struct Incidence {
  std::vector<Estimate> by_outcome;
  double undecided = 1.0;  // the share whose outcome lies beyond the follow-up
};
Incidence cumulative_incidence(std::span<const RouteCase> cases, std::size_t outcomes);

// ---- Patience, returns and hand-overs ----

/// Patience: how long cases wait before they withdraw. Who starts, or waits still, is right-censored.
DurationFit fit_patience(std::span<const DurationCase> cases, const FitOptions& options = {});

/// What comes for a share of the cases only: a child that returns, a case that arrives at the next partner.
struct ShareFit {
  std::vector<std::string> problems, notes;
  std::string family;
  bool working_days = false;
  Estimate share;  // of all that leave, whenever it comes
  FittedDuration delay;
  /// Those of the delay with the logit of the share behind them: a larger share goes with longer delays where the
  /// follow-up is short. Empty where nothing suggests that it stays away for anyone.
  std::vector<double> parameters, covariance;
  double log_likelihood = 0.0, bic = 0.0;
  double follow_up = 0.0;  // the share of the delays that the longest follow-up covers
  std::vector<Candidate> candidates;
  Curve curve;
  bool ok() const { return problems.empty(); }
};

/// A mixture cure model (Boag 1949; Farewell 1982) of delays: the share for which it comes, and after how long.
ShareFit fit_share_and_delay(std::span<const DurationCase> cases, const FitOptions& options = {});

}  // namespace ketensim
