#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ketensim/distribution.hpp"
#include "ketensim/time.hpp"

namespace ketensim {

/// An organisation, or with `per` one for each value of an attribute: organisation `GEM` per municipality GM0141 and
/// GM0153 stands for the organisations GM0141 and GM0153, and `GEM` names their total.
struct Organisation {
  std::string id, name, kind;
  std::string per;                                           // an attribute, or empty
  std::vector<std::pair<std::string, std::string>> members;  // attribute value and name of each member
};

/// Children who are reported: a non-homogeneous Poisson process of families, or the families that did arrive.
/// Intensity per day = per_day x month x weekday x (1 + trend_per_year)^(years since time.start) x holiday factors
/// x dispersion.
struct Stream {
  static constexpr int kLargestFamily = 255;

  std::string id, to;
  double per_day = 0.0;
  double trend_per_year = 0.0;
  std::array<double, 12> month{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};  // relative, Jan first
  std::array<double, 7> weekday{1, 1, 1, 1, 1, 1, 1};                // relative, Mon first
  double school_holidays = 1.0, public_holidays = 1.0;               // relative to other days
  std::vector<std::pair<int, double>> children{{1, 1.0}};            // size of a family and its share

  using Shares = std::vector<std::pair<std::string, double>>;  // values with their shares
  /// Drawn once per family, in the order listed; values rank in the order listed, `shares` first. Independent of the
  /// others, or with shares of its own for values of one attribute listed earlier (`shares` then holds for every other
  /// value).
  struct Attribute {
    std::string name;
    Shares shares;
    std::string given{};
    std::vector<std::pair<std::string, Shares>> by_value{};
  };
  std::vector<Attribute> attributes;

  /// The rate is multiplied by independent gamma factors of mean 1 with these variances, one for each day and one for
  /// each calendar month. Given the rate of a day its count is negative binomial, of variance mu + alpha mu^2 (Cameron
  /// and Trivedi 2013, ch. 3); the days of one month rise and fall together. 0: Poisson.
  double day_dispersion = 0.0, month_dispersion = 0.0;

  struct Recorded {
    double moment = 0.0;  // days since 1970-01-01
    int children = 1;
    std::vector<std::string> values;  // of `recorded_attributes`; empty: not known, and drawn from `attributes`
  };
  /// Families that did arrive, instead of the process, in the order of their moments. Null: there are none; copies of a
  /// stream share them. The rate, its factors, `children` and the dispersion then say nothing.
  std::shared_ptr<const std::vector<Recorded>> recorded;
  std::vector<std::string> recorded_attributes;
};

/// A number that holds from a month on; before the first month, the earliest value.
struct Schedule {
  std::vector<std::pair<Date, double>> from;  // sorted; one entry with any date: constant
};

/// A schedule for all, or one per member of a `per:` organisation.
struct Amount {
  Schedule common;
  std::vector<std::pair<std::string, Schedule>> by_member;  // empty: `common` holds for each
};

/// Who does the work. Either `slots`, or `fte` with `cases_per_fte`.
struct Pool {
  std::string id;  // ORGANISATION.name
  std::optional<Amount> slots, fte, cases_per_fte;
  std::array<double, 12> leave{};      // share absent per month, Jan first
  double leave_school_holidays = 0.0;  // share absent in school holidays, on top
};

/// Holds for a case whose attribute has one of the values.
struct Condition {
  std::string attribute;
  std::vector<std::string> values;
  bool operator==(const Condition&) const = default;
};

/// Where a case goes next (`out` leaves the chain), with which share, and how long the hand-over takes.
struct Target {
  std::string to;
  double share = 1.0;
  std::optional<Distribution> after;
};

/// How one of several targets is chosen, at the moment of the hand-over; see choice_rules().
enum class ChoiceRule { share, shortest_queue, most_free };

/// The first branch whose conditions all hold is taken; no conditions: always.
struct Branch {
  std::vector<Condition> when;
  std::vector<Target> to;
  ChoiceRule by = ChoiceRule::share;
};

/// An attribute that a step gives to a case as it ends, if the conditions hold: one of the values, by their shares.
struct Outcome {
  std::vector<Condition> when;
  std::string attribute;
  std::vector<std::pair<std::string, double>> shares;
};

/// After waiting this long at the step, its service takes `duration_factor` times as long, and attributes change.
struct Worsening {
  Duration after;
  double duration_factor = 1.0;
  std::vector<std::pair<std::string, std::string>> set;
};

struct Norm {
  std::optional<Duration> wait, service, lead_time;
};

struct Patience {
  Distribution after;
  std::string to = "out";
};

/// The duration of the cases for which all conditions hold.
struct DurationOfClass {
  std::vector<Condition> when;
  Distribution duration;
};

struct Step {
  std::string id;                       // ORGANISATION.name
  std::string pool;                     // empty: nobody waits for a slot
  std::vector<std::string> more_pools;  // a slot of each is taken together with that of `pool`, or none at all
  std::vector<std::string> order;       // rows of queue_orders() or attributes; empty: received
  Distribution duration;
  std::vector<DurationOfClass> duration_of_class;  // the first that holds, instead of `duration`
  Norm norm;
  std::optional<Patience> patience;
  std::vector<Worsening> while_waiting;
  std::string hold_until;  // the slot is kept until that step has ended
  bool help = false;
  std::vector<Outcome> set;  // in this order, before the routes are looked at
  /// The share of its cases whose route is drawn for the family: siblings who came together share that draw. Two
  /// siblings under the same shares go the same way because of it with probability siblings^2, else by chance.
  double siblings = 0.0;
  std::vector<Branch> next;
};

/// Of the children whose case goes out (each time anew), `share` come back after `after` as a new case at `to`.
struct Returns {
  double share = 0.0;
  Distribution after;
  std::string to;
};

struct Chain {
  std::vector<Organisation> organisations;
  std::vector<Stream> streams;
  std::vector<Pool> pools;
  std::vector<Step> steps;
  std::optional<Returns> returns;
};

/// The queue orders: what a step's `order` may name beside attributes.
std::span<const Word> queue_orders();

/// The rules by which one of several targets is chosen, in the order of ChoiceRule.
std::span<const Word> choice_rules();
std::optional<ChoiceRule> choice_rule(std::string_view name);

}  // namespace ketensim
