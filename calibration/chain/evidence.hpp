#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ketensim/calibration.hpp"

namespace ketensim::chain {

inline constexpr double kKnownSame = 0.95;  // of receipts on the day of the end before: no hand-over takes time

inline double moment_of(Date date) { return static_cast<double>(date.time_since_epoch().count()); }

/// The visits of the deliveries as evidence on the figures of a chain. Refers to all that it was made from.
class Evidence {
 public:
  Evidence(const ImportPlan& plan, const Monitor& monitor, const Linked& linked);

  const ImportPlan& plan() const { return plan_; }
  const Monitor& monitor() const { return monitor_; }
  const Linked& linked() const { return linked_; }
  const Calendar& calendar() const { return calendar_; }
  /// Whether dates alone were delivered, and the chain keeps dates alone.
  bool daily() const { return daily_; }
  ObservationWindow window() const;

  /// The attributes that the chain carries (of Monitor::attributes): told where children enter, or naming members.
  const std::vector<std::int32_t>& attributes() const { return attributes_; }
  /// Whether the attribute is drawn as the family arrives; otherwise a step on the way gives it.
  bool at_entry(std::int32_t attribute) const { return at_entry_[static_cast<std::size_t>(attribute)]; }
  /// The value of a carried attribute at a visit: as it or an earlier one of the case tells, or the member that works.
  std::int32_t value(std::int32_t visit, std::int32_t attribute) const;
  /// The values of all carried attributes; those that only later steps give are not known.
  std::vector<std::int32_t> classes(std::int32_t visit) const;
  std::string_view value_name(std::int32_t attribute, std::int32_t value) const {
    return monitor_.attribute_values[static_cast<std::size_t>(attribute)][static_cast<std::size_t>(value)];
  }

  const MonitorVisit& visit(std::int32_t number) const { return monitor_.visits[static_cast<std::size_t>(number)]; }
  const std::vector<std::int32_t>& visits_at(std::int32_t step) const { return at_[static_cast<std::size_t>(step)]; }
  const MonitorCase& case_of(std::int32_t visit) const {
    return linked_.cases[static_cast<std::size_t>(case_of_[static_cast<std::size_t>(visit)])];
  }
  /// The same number for the visits of one family; a child whose family is not known is one of its own.
  std::int32_t family(std::int32_t number) const {
    return visit(number).family != kUnknown ? visit(number).family : -2 - visit(number).child;
  }
  /// The visit before in the same case, or kUnknown.
  std::int32_t before(std::int32_t visit) const { return before_[static_cast<std::size_t>(visit)]; }
  /// The same number for the visits of siblings who were reported together, each its first to the step; -1: alone.
  std::int64_t siblings(std::int32_t visit) const;
  /// Where the case goes after the visit, as far as it is known: a step, kLeaves or kUnknown.
  std::int32_t next(std::int32_t visit) const;

  /// A moment as the start of a duration: of a date its beginning, where the chain keeps dates.
  Moment as_start(const Moment& moment) const;
  /// Of a service: at noon of a date, where the chain keeps dates.
  Moment as_start_of_service(const Moment& moment) const;
  /// Days between two moments, by their middles.
  static double between(const Moment& from, const Moment& to);
  double years(const Moment& moment) const { return moment.earliest / kDaysPerYear; }
  /// Whether the visit was received while some of its organisation's visits were not delivered.
  bool in_gap(std::int32_t visit) const;
  std::vector<std::pair<Date, Date>> gaps_at(std::int32_t step) const;
  /// Whether what is handed over is received on working days alone.
  bool handed_over_on_working_days() const;

 private:
  void choose_attributes();
  void find_followers();
  void find_gaps();

  const ImportPlan& plan_;
  const Monitor& monitor_;
  const Linked& linked_;
  Calendar calendar_;
  bool daily_ = true;
  std::vector<std::int32_t> attributes_;
  std::vector<bool> at_entry_;
  std::vector<std::int32_t> case_of_, before_, after_;
  std::vector<std::vector<std::int32_t>> at_;  // by step
  struct GapSteps {
    double from, until;
    std::vector<bool> steps;
  };
  std::vector<GapSteps> gaps_;
  double longest_pause_ = 0.0;  // between visits of a log without outcomes, 99 in 100
};

}  // namespace ketensim::chain
